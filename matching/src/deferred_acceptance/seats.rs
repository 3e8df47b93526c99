//! Whom the openings hold while candidates propose.

use super::Outcome;
use crate::market::{Edge, Market};
use crate::matching::Matching;
use crate::places::Places;
use crate::{Candidate, Opening};

/// The seats of all openings.
pub(super) struct Seats {
    /// One an opening, and one more for where the last list ends.
    seats: Vec<Seat>,
    /// How many seats of each opening nobody has taken yet.
    free: Vec<u32>,
    /// The entries of the openings' lists that are held.
    held: Places,
    /// The places of those who have had to stand up and have not been served since.
    pub(super) displaced: Vec<u32>,
    matching: Matching,
    proposals: u64,
}

/// What a proposal to an opening reads. Both are places among all entries of the openings' lists.
///
/// Once an opening is full its worst held place only ever improves, so it walks down the bits once in all, whatever
/// the quota: the one structure serves an opening of one seat and of ten thousand.
#[derive(Clone, Copy)]
struct Seat {
    start: u32,
    /// Whoever stands before this is admitted: the end of the list while a seat is free, then the worst held.
    cutoff: u32,
}

/// A candidate before one opening of its list, with the rest of the list after it.
struct Ask<'a> {
    candidate: Candidate,
    opening: Opening,
    /// Where the candidate stands in the opening's list.
    place: u32,
    rest: &'a [Edge],
}

impl Seats {
    pub(super) fn new(market: &Market) -> Self {
        let seat = |opening: Opening| {
            let list = market.openings().range(opening);
            // Without a quota nobody stands before the cutoff.
            let cutoff = if market.quota(opening) == 0 { list.start } else { list.end };
            Seat { start: list.start as u32, cutoff: cutoff as u32 }
        };
        let end = market.pairs() as u32;
        Self {
            seats: market.each_opening().map(seat).chain([Seat { start: end, cutoff: end }]).collect(),
            free: market.each_opening().map(|opening| market.quota(opening)).collect(),
            held: Places::none_of(market.pairs()),
            displaced: Vec::new(),
            matching: Matching::empty(market.candidates().len()),
            proposals: 0,
        }
    }

    /// Lets each of a group propose down its list until it is admitted.
    pub(super) fn serve<'a>(&mut self, group: impl IntoIterator<Item = (Candidate, &'a [Edge])>) {
        let asks: Vec<Option<Ask<'a>>> =
            group.into_iter().map(|(candidate, list)| self.ask(candidate, list)).collect();
        asks.into_iter().flatten().for_each(|ask| self.seek(ask));
    }

    pub(super) fn into_outcome(self) -> Outcome {
        Outcome { matching: self.matching, proposals: self.proposals }
    }

    /// A candidate before the first opening of its list; without one it goes home.
    fn ask<'a>(&mut self, candidate: Candidate, list: &'a [Edge]) -> Option<Ask<'a>> {
        let Some((edge, rest)) = list.split_first() else {
            self.matching.set(candidate, None);
            return None;
        };
        self.proposals += 1;
        let place = self.seats[edge.partner as usize].start + (edge.rank - 1);
        Some(Ask { candidate, opening: edge.partner, place, rest })
    }

    fn seek(&mut self, mut ask: Ask<'_>) {
        while ask.place >= self.seats[ask.opening as usize].cutoff {
            match self.ask(ask.candidate, ask.rest) {
                Some(next) => ask = next,
                None => return,
            }
        }
        self.matching.assign(ask.candidate, ask.opening);
        self.admit(ask.opening, ask.place);
    }

    /// Seats whoever stands at `place`, which is before the cutoff; a full opening lets its worst go.
    fn admit(&mut self, opening: Opening, place: u32) {
        let opening = opening as usize;
        let end = self.seats[opening + 1].start;
        self.held.put(place as usize);
        let cutoff = self.seats[opening].cutoff;
        if cutoff < end {
            self.held.take(cutoff as usize);
            self.displaced.push(cutoff);
        } else {
            self.free[opening] -= 1;
            if self.free[opening] > 0 {
                return;
            }
        }
        // There is one, since somebody has just been admitted before the cutoff.
        self.seats[opening].cutoff = self.held.last_before(cutoff as usize) as u32;
    }
}
