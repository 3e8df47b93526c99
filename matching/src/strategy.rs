//! Notes on strategy, for the page of whoever runs the round: where truth may not have been everybody's best reply.
//!
//! | note | what it tells |
//! |---|---|
//! | [`capped_lists`] | how many lists a cap may have cut short, which makes truth unsafe |
//! | [`room`] | who has different partners in the two extreme stable matchings |
//! | [`opening_gains`] | which openings could have gained by listing fewer people or naming fewer seats |
//! | [`common_score`] | whether one score explains both sides' lists; then the stable matching is unique and greedy |
//!
//! Source: capped lists, Haeringer & Klijn 2009; gains by seats, Sönmez 1997; by lists, Roth & Peranson 1999: without
//! room nobody who is full gains by cutting its list.
//!
//! They are about the candidate-optimal mechanism, under which no candidate gains by an untrue list. They say what
//! *could* have been gained by an agent who knew all lists, the others telling the truth; not that anybody lied.
//!
//! Cost: O(m) each, but for the gains, which follow chains and take patience. Limits: strict lists, so a market with
//! ties is asked about one lottery; caps, couples, slots and days are not looked at.

mod gains;
mod refusals;
mod score;

pub use gains::{Gain, Gains, Report, opening_gains};
pub use score::{CommonScore, common_score};

use crate::deferred_acceptance::{candidate_optimal, opening_optimal};
use crate::market::{Market, Side, StrictMarket};
use crate::{Candidate, Opening};

/// How the lengths of the candidates' lists lie against the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CappedLists {
    /// The length of the longest list, entries that the other side did not return included.
    pub longest: u32,
    /// How many candidates have a list of exactly this length.
    pub at_longest: u32,
    /// How many candidates have a list at all.
    pub lists: u32,
}

/// Counts the lists of maximal length. Where the rules cap lists at that length, these candidates may have had to
/// leave out openings that they like, and which to leave out is a gamble: truth is no longer safe for them. O(m).
///
/// ```
/// use migiude_matching::{Market, strategy::capped_lists};
///
/// // Haruka and Kenji name two, the brewery (0) and the inn (1); Mei names one.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([1]);
/// market.opening(1, [0, 1]);
/// market.opening(1, [0, 1, 2]);
/// let lists = capped_lists(&market.build()?);
/// assert_eq!((lists.longest, lists.at_longest, lists.lists), (2, 2, 3));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn capped_lists(market: &Market) -> CappedLists {
    let mut counted = CappedLists { longest: 0, at_longest: 0, lists: 0 };
    for candidate in market.each_candidate() {
        let kept = market.candidates().list(candidate).len();
        let length = (kept + market.dropped_of(Side::Candidate, candidate).len()) as u32;
        counted.lists += u32::from(length > 0);
        if length > counted.longest {
            counted = CappedLists { longest: length, at_longest: 0, ..counted };
        }
        counted.at_longest += u32::from(length > 0 && length == counted.longest);
    }
    counted
}

/// Everybody whose partners differ between the stable matching best for candidates and the one best for openings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The candidates, in order.
    pub candidates: Vec<Candidate>,
    /// The openings, in order.
    pub openings: Vec<Opening>,
}

/// The room between the two extremes of the lattice of stable matchings; empty when there is only one. O(m).
///
/// ```
/// use migiude_matching::{Market, strategy::room};
///
/// // Haruka prefers the brewery (0), Kenji the inn (1), and each of these the other; Mei has the foundry (2) anyway.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([2]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0, 1]);
/// market.opening(1, [2]);
/// let market = market.build()?;
/// let room = room(&market.strict().expect("no ties"));
/// assert_eq!((room.candidates, room.openings), (vec![0, 1], vec![0, 1]));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn room(market: &StrictMarket<'_>) -> Room {
    let (best, worst) = (candidate_optimal(market).matching, opening_optimal(market).matching);
    let differs = |&candidate: &Candidate| best.opening_of(candidate) != worst.opening_of(candidate);
    let candidates: Vec<Candidate> = market.each_candidate().filter(differs).collect();
    // The same candidates are placed in both, so whoever differs has an opening in each.
    let of_both = candidates.iter().flat_map(|&c| [best.opening_of(c), worst.opening_of(c)]).flatten();
    let mut openings: Vec<Opening> = of_both.collect();
    openings.sort_unstable();
    openings.dedup();
    Room { candidates, openings }
}

/// All notes on one market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// How the lists lie against the longest.
    pub lists: CappedLists,
    /// Who has different partners in the two extremes.
    pub room: Room,
    /// Which openings could have gained.
    pub gains: Gains,
    /// Whether one score explains both sides' lists, so that the stable matching is the greedy one.
    pub shares_score: bool,
}

/// Takes all notes; `patience` may end the examination of the openings, which says so.
pub fn notes(market: &StrictMarket<'_>, patience: &mut dyn FnMut() -> bool) -> Notes {
    Notes {
        lists: capped_lists(market),
        room: room(market),
        gains: opening_gains(market, patience),
        shares_score: common_score(market).is_some(),
    }
}
