//! What the benches share: chance that is the same everywhere, random lists, and the best of some runs.

#![allow(dead_code, reason = "each bench uses what it needs")]

pub mod town;

use std::hint::black_box;
use std::time::{Duration, Instant};

use migiude_matching::Market;

/// The best of so many runs is taken, which a busy machine disturbs least.
const RUNS: usize = 5;

/// The shortest time a work takes.
pub fn best_of<T>(work: impl Fn() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

/// xorshift64*: fast and the same everywhere.
pub struct Chance(pub u64);

impl Chance {
    /// A number below `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((u64::from((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32) * u64::from(bound)) >> 32)
            as u32
    }

    /// Puts a list into random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

/// An applicant, behind the place the opening has in the applicant's list.
pub type Applicant = (usize, u32);

/// A market whose candidates list some openings at random.
pub struct Shape {
    /// How many candidates.
    pub candidates: u32,
    /// How many openings.
    pub openings: u32,
    /// Seats of each opening.
    pub seats: u32,
    /// Openings on each candidate's list.
    pub choices: usize,
}

impl Shape {
    /// The openings on each list, and for each opening its applicants in random order.
    pub fn lists(&self, chance: &mut Chance) -> (Vec<Vec<u32>>, Vec<Vec<Applicant>>) {
        let mut applicants = vec![Vec::new(); self.openings as usize];
        let mut lists = Vec::with_capacity(self.candidates as usize);
        for candidate in 0..self.candidates {
            let mut list: Vec<u32> = Vec::with_capacity(self.choices);
            while list.len() < self.choices {
                let opening = chance.below(self.openings);
                if !list.contains(&opening) {
                    applicants[opening as usize].push((list.len(), candidate));
                    list.push(opening);
                }
            }
            lists.push(list);
        }
        applicants.iter_mut().for_each(|list| chance.shuffle(list));
        (lists, applicants)
    }

    /// Openings list their applicants in random order, of whom every `tie`-th begins a new group; 1 = no ties.
    pub fn market(&self, tie: usize, chance: &mut Chance) -> Market {
        let (lists, applicants) = self.lists(chance);
        let mut market = Market::builder();
        lists.into_iter().for_each(|list| market.candidate(list));
        for list in applicants {
            let list: Vec<u32> = list.into_iter().map(|(_, candidate)| candidate).collect();
            market.opening_with_ties(self.seats, list.chunks(tie));
        }
        market.build().expect("random lists are possible")
    }
}
