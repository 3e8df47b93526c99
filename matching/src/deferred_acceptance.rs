//! Deferred acceptance: the stable matching best for every candidate, or best for every opening.
//!
//! One side proposes down its lists, the other holds the best it has seen so far (Gale & Shapley 1962). Proposers
//! are served one by one, the displaced in later waves; neither the outcome nor the number of proposals depends
//! on that order (McVitie & Wilson 1971). Openings that propose reach the stable matching best for all of them
//! (Roth 1984).
//!
//! Guaranteed: the outcome is stable; the proposing side's outcome is best for each of its members among all
//! stable matchings; candidates cannot gain by an untrue list when *they* propose. Not guaranteed: the truth of the
//! other side, nor of openings with several seats, who can gain by an untrue list under either. Limits: strict
//! lists; ties are broken before, by a lottery that is recorded ([`crate::ties`]).
//!
//! Cost: O(m) time, each entry is looked at once; beside the market m bits and some 12 bytes an agent.
//!
//! What takes the time is waiting for memory, since whoever is displaced is found, and asks, at random. So agents
//! are served in groups: what the next step needs is looked up for a whole group at once, and the processor waits
//! for many answers together.

mod hands;
mod seats;

use hands::Hands;
use seats::Seats;

use crate::Candidate;
use crate::market::{Edge, StrictMarket};
use crate::matching::Matching;

/// What a run of deferred acceptance gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Who got which opening.
    pub matching: Matching,
    /// How many proposals were made: a measure of the work, the same in every order of proposing.
    pub proposals: u64,
}

/// The stable matching that every candidate likes best (candidates propose). The default mechanism.
///
/// ```
/// use migiude_matching::{Market, candidate_optimal};
///
/// // Haruka and Kenji both want the brewery (0) first, Mei the inn (1). The brewery prefers Kenji.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0, 1]);
/// market.candidate([1]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0, 2]);
/// let market = market.build()?;
/// let outcome = candidate_optimal(&market.strict().expect("no ties"));
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), None));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn candidate_optimal(market: &StrictMarket<'_>) -> Outcome {
    let (candidates, entries) = (market.candidates(), market.openings().edges());
    let mut seats = Seats::new(market);
    for first in market.each_candidate().step_by(GROUP) {
        let last = candidates.len().min(first as usize + GROUP) as Candidate;
        seats.serve((first..last).map(|candidate| (candidate, candidates.list(candidate))));
    }
    while !seats.displaced.is_empty() {
        for some in std::mem::take(&mut seats.displaced).chunks(GROUP) {
            let lost: Vec<Edge> = some.iter().map(|&place| entries[place as usize]).collect();
            // They go on below the opening they lost, which knows the rank they gave it.
            let below = |lost: &Edge| (lost.partner, &candidates.list(lost.partner)[lost.rank as usize..]);
            let rests: Vec<(Candidate, &[Edge])> = lost.iter().map(below).collect();
            seats.serve(rests);
        }
    }
    seats.into_outcome()
}

/// The stable matching that every opening likes best (openings propose); every candidate likes it least.
///
/// ```
/// use migiude_matching::{Market, opening_optimal};
///
/// // Haruka prefers the brewery (0), Kenji the inn (1), Mei takes either; each opening prefers the other's fan.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([0, 1]);
/// market.opening(1, [1, 0, 2]);
/// market.opening(1, [0, 1, 2]);
/// let market = market.build()?;
/// let outcome = opening_optimal(&market.strict().expect("no ties"));
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), None));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn opening_optimal(market: &StrictMarket<'_>) -> Outcome {
    opening_optimal_without(market, None)
}

/// [`opening_optimal`] of the market that one candidate has left.
pub(crate) fn opening_optimal_without(market: &StrictMarket<'_>, absent: Option<Candidate>) -> Outcome {
    let mut hands = Hands::new(market);
    if let Some(absent) = absent {
        hands.refuse_all(absent);
    }
    while !hands.queue.is_empty() {
        for some in std::mem::take(&mut hands.queue).chunks(GROUP) {
            hands.serve(some);
        }
    }
    hands.into_outcome()
}

/// How many agents are served together: enough to wait for at once, few enough to stay near.
const GROUP: usize = 256;
