//! Seats that fall vacant are offered down the openings' lists: the one step behind menus and vacancy chains.
//!
//! Wherever candidates hold something, one vacant seat makes one chain: the opening offers it down its list, whoever
//! likes it better than what it has takes it and leaves a seat vacant behind, and so on until nobody is left behind.
//! An opening never asks twice, since what a candidate holds only ever improves. The order in which seats are
//! offered does not matter, as in deferred acceptance (McVitie & Wilson 1971).

use crate::market::{Edge, StrictMarket};
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// The rank of holding nothing: worse than any.
const NOTHING: u32 = u32::MAX;

/// What every candidate holds, and how far every opening has come down its list.
pub(crate) struct Offers<'a> {
    market: &'a StrictMarket<'a>,
    /// The rank a candidate gives what it holds.
    held: Vec<u32>,
    /// The place, among the openings' entries, of an opening's next offer.
    next: Vec<u32>,
    /// What was there before, change by change.
    log: Vec<Change>,
}

enum Change {
    Held(Candidate, u32),
    Next(Opening, u32),
}

impl<'a> Offers<'a> {
    /// Candidates hold what a valid matching gives them; no opening has made an offer yet.
    pub(crate) fn new(market: &'a StrictMarket<'a>, matching: &Matching) -> Self {
        let rank = |candidate| {
            let opening = matching.opening_of(candidate)?;
            let mut ranks = (1..).zip(market.candidates().list(candidate));
            ranks.find(|(_, edge)| edge.partner == opening).map(|(rank, _)| rank)
        };
        let start = |opening| market.openings().range(opening).start as u32;
        Self {
            market,
            held: market.each_candidate().map(|candidate| rank(candidate).unwrap_or(NOTHING)).collect(),
            next: market.each_opening().map(start).collect(),
            log: Vec::new(),
        }
    }

    /// What a candidate holds.
    pub(crate) fn opening_of(&self, candidate: Candidate) -> Option<Opening> {
        let rank = self.held[candidate as usize];
        (rank != NOTHING).then(|| self.market.candidates().list(candidate)[rank as usize - 1].partner)
    }

    /// Who holds what.
    pub(crate) fn matching(&self) -> Matching {
        Matching::new(self.market.each_candidate().map(|candidate| self.opening_of(candidate)))
    }

    /// Offers of an opening begin at this place of the openings' entries.
    pub(crate) fn begin_at(&mut self, opening: Opening, place: u32) {
        self.next[opening as usize] = place;
    }

    /// Whether an opening has come past the entry to which it gives this rank.
    pub(crate) fn has_passed(&self, opening: Opening, rank: u32) -> bool {
        self.next[opening as usize] >= self.market.openings().range(opening).start as u32 + rank
    }

    /// Fills a vacant seat, the seat that this leaves vacant, and so on to the end of the chain; `absent` takes
    /// nothing. O(entries passed).
    pub(crate) fn fill(&mut self, vacant: Opening, absent: Option<Candidate>) {
        let mut vacant = Some(vacant);
        while let Some(opening) = vacant {
            vacant = self.fill_one(opening, absent);
        }
    }

    /// Answers the opening that was left for the seat, if any was.
    fn fill_one(&mut self, opening: Opening, absent: Option<Candidate>) -> Option<Opening> {
        let range = self.next[opening as usize] as usize..self.market.openings().range(opening).end;
        let edges = &self.market.openings().edges()[range];
        let likes_it_better = |edge: &Edge| edge.rank < self.held[edge.partner as usize];
        let taker = edges.iter().position(|edge| likes_it_better(edge) && Some(edge.partner) != absent);
        self.log.push(Change::Next(opening, self.next[opening as usize]));
        self.next[opening as usize] += taker.map_or(edges.len(), |place| place + 1) as u32;
        let Edge { partner: candidate, rank } = edges[taker?];
        let left = self.opening_of(candidate);
        let held = std::mem::replace(&mut self.held[candidate as usize], rank);
        self.log.push(Change::Held(candidate, held));
        left
    }

    /// Takes back everything since the last time. O(what was done).
    pub(crate) fn take_back(&mut self) {
        for change in self.log.drain(..).rev() {
            match change {
                Change::Held(candidate, rank) => self.held[candidate as usize] = rank,
                Change::Next(opening, place) => self.next[opening as usize] = place,
            }
        }
    }
}
