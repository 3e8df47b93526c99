//! Candidates propose; openings hold as many as a ledger of seats lets them, the best by their own lists.

use super::ledger::Ledger;
use crate::Opening;
use crate::deferred_acceptance::Outcome;
use crate::market::{Edge, StrictMarket};
use crate::matching::Matching;
use crate::places::Places;

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

/// Whom the openings hold.
struct Benches {
    /// The entries of their lists that are held.
    held: Places,
    /// Whoever ranks below this is admitted: everyone until the opening has refused somebody, then who is better
    /// than the worst it holds. An opening that has refused somebody never has more seats than at that moment.
    cutoffs: Vec<u32>,
}

const EVERYONE: u32 = u32::MAX;
const NO_ONE: u32 = 0;

impl Benches {
    fn of(market: &StrictMarket<'_>) -> Self {
        Self { held: Places::none_of(market.pairs()), cutoffs: vec![EVERYONE; market.openings().len()] }
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
        self.held.put(place);
        let has_refused = self.cutoffs[opening as usize] != EVERYONE;
        let loser = if has_refused { Some(opening) } else { ledger.take(opening) };
        displaced.extend(loser.map(|loser| self.dismiss(market, loser)));
    }

    /// Lets the worst one held go, and from now on only better ones than the rest in; answers its place.
    fn dismiss(&mut self, market: &StrictMarket<'_>, opening: Opening) -> u32 {
        let range = market.openings().range(opening);
        let cutoff = &mut self.cutoffs[opening as usize];
        let end = if *cutoff == EVERYONE { range.end } else { range.start + *cutoff as usize };
        let worst = self.held.last_in(range.start, end).expect("an opening that loses a seat holds somebody");
        self.held.take(worst);
        *cutoff =
            self.held.last_in(range.start, worst).map_or(NO_ONE, |place| (place - range.start) as u32 + 1);
        worst as u32
    }

    fn matching(&self, market: &StrictMarket<'_>) -> Matching {
        let mut matching = Matching::empty(market.candidates().len());
        for opening in market.each_opening() {
            let range = market.openings().range(opening);
            let mut end = range.end;
            while let Some(place) = self.held.last_in(range.start, end) {
                matching.assign(market.openings().edges()[place].partner, opening);
                end = place;
            }
        }
        matching
    }
}
