//! Candidates propose; openings hold as many as a ledger of seats lets them, the best by their own lists.

use super::ledger::Ledger;
use crate::Opening;
use crate::deferred_acceptance::Outcome;
use crate::market::{Edge, StrictMarket};
use crate::matching::Matching;

/// Deferred acceptance with seats from a ledger; the outcome does not depend on the order of proposing.
///
/// O(m) proposals, of which only those to openings that have refused nobody yet ask the ledger for anything.
pub(crate) fn propose(market: &StrictMarket<'_>, ledger: &mut Ledger) -> Outcome {
    let candidates = market.candidates();
    let mut benches = Benches::of(market);
    let mut proposals = 0;
    let mut displaced: Vec<u32> = Vec::new();
    for candidate in market.each_candidate() {
        proposals += benches.seek(market, ledger, first_and_rest(candidates.list(candidate)), &mut displaced);
    }
    // A displaced candidate goes on below the opening it lost: the edge it lost tells the rank it gave it.
    let edges = market.openings().edges();
    while !displaced.is_empty() {
        for some in std::mem::take(&mut displaced).chunks(WAVE) {
            // Looked up step by step for all, because the processor then waits for many of them at once.
            let lost: Vec<Edge> = some.iter().map(|&place| edges[place as usize]).collect();
            let below = |lost: &Edge| &candidates.list(lost.partner)[lost.rank as usize..];
            let rests: Vec<&[Edge]> = lost.iter().map(below).collect();
            let nexts: Vec<Option<(Edge, &[Edge])>> = rests.into_iter().map(first_and_rest).collect();
            for next in nexts {
                proposals += benches.seek(market, ledger, next, &mut displaced);
            }
        }
    }
    Outcome { matching: benches.matching(market), proposals }
}

/// How many displaced candidates are looked up together.
const WAVE: usize = 4096;

fn first_and_rest(list: &[Edge]) -> Option<(Edge, &[Edge])> {
    list.split_first().map(|(&first, rest)| (first, rest))
}

/// Whom the openings hold: one bit for each entry of their lists.
struct Benches {
    held: Vec<u64>,
    /// Whoever ranks below this is admitted: everyone until the opening has refused somebody, then who is better
    /// than the worst it holds. An opening that has refused somebody never has more seats than at that moment.
    cutoffs: Vec<u32>,
}

const EVERYONE: u32 = u32::MAX;
const NO_ONE: u32 = 0;

impl Benches {
    fn of(market: &StrictMarket<'_>) -> Self {
        Self { held: vec![0; market.pairs().div_ceil(64)], cutoffs: vec![EVERYONE; market.openings().len()] }
    }

    /// Proposes down the rest of a candidate's list until it is let in; answers how many proposals that took.
    fn seek(
        &mut self,
        market: &StrictMarket<'_>,
        ledger: &mut Ledger,
        next: Option<(Edge, &[Edge])>,
        displaced: &mut Vec<u32>,
    ) -> u64 {
        let Some((first, rest)) = next else { return 0 };
        let mut proposals = 0;
        for edge in std::iter::once(&first).chain(rest) {
            proposals += 1;
            if edge.rank < self.cutoffs[edge.partner as usize] {
                self.admit(market, ledger, edge, displaced);
                break;
            }
        }
        proposals
    }

    /// Lets a candidate in. If somebody has to stand up for it, maybe that same candidate, the place of that edge
    /// among the openings' is noted in `displaced`.
    fn admit(
        &mut self,
        market: &StrictMarket<'_>,
        ledger: &mut Ledger,
        edge: &Edge,
        displaced: &mut Vec<u32>,
    ) {
        let opening = edge.partner;
        let place = market.openings().range(opening).start + edge.rank as usize - 1;
        self.held[place / 64] |= 1 << (place % 64);
        let has_refused = self.cutoffs[opening as usize] != EVERYONE;
        let loser = if has_refused { Some(opening) } else { ledger.take(opening) };
        displaced.extend(loser.map(|loser| self.dismiss(market, loser)));
    }

    /// Lets the worst one held go, and from now on only better ones than the rest in; answers its place.
    fn dismiss(&mut self, market: &StrictMarket<'_>, opening: Opening) -> u32 {
        let range = market.openings().range(opening);
        let cutoff = &mut self.cutoffs[opening as usize];
        let end = if *cutoff == EVERYONE { range.end } else { range.start + *cutoff as usize };
        let worst =
            last_held(&self.held, range.start, end).expect("an opening that loses a seat holds somebody");
        self.held[worst / 64] &= !(1 << (worst % 64));
        *cutoff = last_held(&self.held, range.start, worst)
            .map_or(NO_ONE, |place| (place - range.start) as u32 + 1);
        worst as u32
    }

    fn matching(&self, market: &StrictMarket<'_>) -> Matching {
        let mut matching = Matching::empty(market.candidates().len());
        for opening in market.each_opening() {
            let range = market.openings().range(opening);
            let mut end = range.end;
            while let Some(place) = last_held(&self.held, range.start, end) {
                matching.assign(market.openings().edges()[place].partner, opening);
                end = place;
            }
        }
        matching
    }
}

/// The last place held in `start..end`.
fn last_held(held: &[u64], start: usize, end: usize) -> Option<usize> {
    let last = end.checked_sub(1).filter(|&last| last >= start)?;
    let mut word = last / 64;
    let mut bits = held[word] & (u64::MAX >> (63 - last % 64));
    while bits == 0 {
        if word == start / 64 {
            return None;
        }
        word -= 1;
        bits = held[word];
    }
    let place = word * 64 + 63 - bits.leading_zeros() as usize;
    (place >= start).then_some(place)
}
