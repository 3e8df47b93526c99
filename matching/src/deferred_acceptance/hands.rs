//! What the candidates hold while openings propose.

use super::Outcome;
use crate::market::{Edge, Market};
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// The hands of all candidates.
pub(super) struct Hands<'a> {
    held: Vec<Hand>,
    openings: Vec<Offering<'a>>,
    /// The openings with an empty seat that have not been served since.
    pub(super) queue: Vec<Opening>,
    proposals: u64,
}

/// What one candidate holds.
#[derive(Clone, Copy)]
struct Hand {
    /// Its rank in the candidate's own list.
    rank: u32,
    opening: Opening,
}

/// How far one opening has come.
#[derive(Clone, Copy)]
struct Offering<'a> {
    /// The part of its list it has not gone through.
    rest: &'a [Edge],
    /// How many of its seats are empty; they stay so once the list is at its end.
    empty: u32,
}

impl Hand {
    /// Stands for no opening.
    const NONE: Opening = u32::MAX;
    /// The rank of no opening: any other is better.
    const EMPTY: Self = Self { rank: u32::MAX, opening: Self::NONE };
    /// A rank than which none is better.
    const REFUSES_ALL: u32 = 0;

    fn accepts(self, edge: Edge) -> bool {
        edge.rank < self.rank
    }
}

impl<'a> Hands<'a> {
    pub(super) fn new(market: &'a Market) -> Self {
        let offering =
            |opening| Offering { rest: market.openings().list(opening), empty: market.quota(opening) };
        Self {
            held: vec![Hand::EMPTY; market.candidates().len()],
            openings: market.each_opening().map(offering).collect(),
            queue: market.each_opening().filter(|&opening| market.quota(opening) > 0).collect(),
            proposals: 0,
        }
    }

    /// Lets each of a group offer its empty seats down its list.
    pub(super) fn serve(&mut self, group: &[Opening]) {
        // Hands only improve, so whoever refuses now refuses for ever.
        let refused: Vec<bool> = group.iter().map(|&opening| self.first_refuses(opening)).collect();
        for (&opening, refused) in group.iter().zip(refused) {
            self.offer(opening, usize::from(refused));
        }
    }

    /// Makes a candidate refuse every offer to come.
    pub(super) fn refuse_all(&mut self, candidate: Candidate) {
        self.held[candidate as usize].rank = Hand::REFUSES_ALL;
    }

    pub(super) fn into_outcome(self) -> Outcome {
        let opening = |hand: &Hand| (hand.opening != Hand::NONE).then_some(hand.opening);
        Outcome { matching: Matching::new(self.held.iter().map(opening)), proposals: self.proposals }
    }

    fn first_refuses(&self, opening: Opening) -> bool {
        let first = self.openings[opening as usize].rest.first();
        first.is_some_and(|&edge| !self.held[edge.partner as usize].accepts(edge))
    }

    /// Offers the empty seats of an opening down its list, of which the first so many are known to refuse.
    fn offer(&mut self, opening: Opening, refused: usize) {
        let Offering { rest, mut empty } = self.openings[opening as usize];
        let mut asked = refused;
        while empty > 0 && asked < rest.len() {
            let edge = rest[asked];
            asked += 1;
            let hand = &mut self.held[edge.partner as usize];
            if hand.accepts(edge) {
                let lost = std::mem::replace(hand, Hand { rank: edge.rank, opening }).opening;
                empty -= 1;
                self.vacate(lost);
            }
        }
        self.openings[opening as usize] = Offering { rest: &rest[asked..], empty };
        self.proposals += asked as u64;
    }

    /// Empties a seat of an opening that has lost somebody.
    fn vacate(&mut self, lost: Opening) {
        if lost == Hand::NONE {
            return;
        }
        let Offering { empty, .. } = &mut self.openings[lost as usize];
        if *empty == 0 {
            self.queue.push(lost);
        }
        *empty += 1;
    }
}
