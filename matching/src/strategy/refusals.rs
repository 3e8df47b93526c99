//! An opening refuses somebody it holds in the candidate-optimal matching: deferred acceptance goes on from there.
//!
//! The refused proposes further down its list, may displace somebody, who proposes further, and so on: one chain.
//! To cut a list below its worst holder, or to have a seat less, *is* such a refusal, so every shorter report of an
//! opening follows from the one before by one more chain, and all of them together make at most m proposals.

use super::Report;
use crate::market::{Edge, StrictMarket};
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// A run of candidate-proposing deferred acceptance that can go on and be taken back.
pub(super) struct Refusals<'a> {
    market: &'a StrictMarket<'a>,
    /// The entries of its list that a candidate has come to: the last of them holds it, or refused it.
    asked: Vec<u32>,
    /// Whether an entry of the openings' lists is held.
    held: Vec<bool>,
    seats: Vec<Seats>,
    log: Vec<Change>,
}

#[derive(Debug, Clone, Copy)]
struct Seats {
    free: u32,
    /// Who ranks before this is admitted.
    cutoff: u32,
}

enum Change {
    Asked(Candidate, u32),
    Held(usize),
    Seats(Opening, Seats),
}

impl<'a> Refusals<'a> {
    /// Goes on from the candidate-optimal matching.
    pub(super) fn from(market: &'a StrictMarket<'a>, matching: &Matching) -> Self {
        let seats = |opening| match market.quota(opening) {
            0 => Seats { free: 0, cutoff: 0 },
            quota => Seats { free: quota, cutoff: u32::MAX },
        };
        let mut run = Self {
            market,
            asked: market.each_candidate().map(|c| market.candidates().list(c).len() as u32).collect(),
            held: vec![false; market.pairs()],
            seats: market.each_opening().map(seats).collect(),
            log: Vec::new(),
        };
        for (candidate, opening) in matching.pairs() {
            let list = market.candidates().list(candidate);
            if let Some(place) = list.iter().position(|edge| edge.partner == opening) {
                run.asked[candidate as usize] = place as u32 + 1;
                let _nobody_stands_up = run.admit(list[place]);
            }
        }
        run.log.clear();
        run
    }

    /// The ranks that an opening holds, best first.
    pub(super) fn ranks(&self, opening: Opening) -> Vec<u32> {
        let held = &self.held[self.market.openings().range(opening)];
        (1..).zip(held).filter(|&(_, &held)| held).map(|(rank, _)| rank).collect()
    }

    /// The opening no longer lists its worst holder nor anybody below; answers its report
    /// then.
    pub(super) fn cut_list(&mut self, opening: Opening) -> Option<Report> {
        let worst = self.worst_before(opening, u32::MAX)?;
        let Seats { free, .. } = self.seats[opening as usize];
        self.refuse(opening, worst, Seats { free: free + 1, cutoff: worst });
        Some(Report::List(worst - 1))
    }

    /// The opening has one seat less than it has holders; answers its report then.
    pub(super) fn cut_seats(&mut self, opening: Opening) -> Option<Report> {
        let worst = self.worst_before(opening, u32::MAX)?;
        let cutoff = self.worst_before(opening, worst).unwrap_or(0);
        self.refuse(opening, worst, Seats { free: 0, cutoff });
        Some(Report::Seats(self.ranks(opening).len() as u32))
    }

    /// Refuses the holder of this rank, and follows the chain to its end.
    fn refuse(&mut self, opening: Opening, rank: u32, seats: Seats) {
        let place = self.market.openings().range(opening).start + rank as usize - 1;
        self.set_held(place, false);
        self.set_seats(opening, seats);
        let mut refused = Some(self.market.openings().edges()[place].partner);
        while let Some(candidate) = refused {
            refused = self.seek(candidate);
        }
    }

    /// A candidate proposes below what it lost; answers who had to stand up for it.
    fn seek(&mut self, candidate: Candidate) -> Option<Candidate> {
        let asked = self.asked[candidate as usize];
        self.log.push(Change::Asked(candidate, asked));
        let rest = &self.market.candidates().list(candidate)[asked as usize..];
        let admits = |edge: &Edge| edge.rank < self.seats[edge.partner as usize].cutoff;
        let admitted = rest.iter().position(admits);
        self.asked[candidate as usize] += admitted.map_or(rest.len(), |place| place + 1) as u32;
        self.admit(rest[admitted?])
    }

    /// Seats a candidate that ranks before the cutoff.
    fn admit(&mut self, Edge { partner: opening, rank }: Edge) -> Option<Candidate> {
        let start = self.market.openings().range(opening).start;
        self.set_held(start + rank as usize - 1, true);
        let Seats { free, cutoff } = self.seats[opening as usize];
        if free > 1 {
            self.set_seats(opening, Seats { free: free - 1, cutoff });
            return None;
        }
        let mut stands_up = None;
        if free == 0 {
            // Full, so the cutoff is its worst holder.
            let worst = start + cutoff as usize - 1;
            self.set_held(worst, false);
            stands_up = Some(self.market.openings().edges()[worst].partner);
        }
        let cutoff = self.worst_before(opening, cutoff).unwrap_or(0);
        self.set_seats(opening, Seats { free: 0, cutoff });
        stands_up
    }

    /// The worst rank that an opening holds before this one.
    fn worst_before(&self, opening: Opening, rank: u32) -> Option<u32> {
        let held = &self.held[self.market.openings().range(opening)];
        let end = held.len().min(rank as usize - 1);
        held[..end].iter().rposition(|&held| held).map(|place| place as u32 + 1)
    }

    fn set_held(&mut self, place: usize, held: bool) {
        self.log.push(Change::Held(place));
        self.held[place] = held;
    }

    fn set_seats(&mut self, opening: Opening, seats: Seats) {
        self.log.push(Change::Seats(opening, self.seats[opening as usize]));
        self.seats[opening as usize] = seats;
    }

    /// Takes back everything since the candidate-optimal matching. O(what was done).
    pub(super) fn take_back(&mut self) {
        for change in self.log.drain(..).rev() {
            match change {
                Change::Asked(candidate, asked) => self.asked[candidate as usize] = asked,
                Change::Held(place) => self.held[place] = !self.held[place],
                Change::Seats(opening, seats) => self.seats[opening as usize] = seats,
            }
        }
    }
}
