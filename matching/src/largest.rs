//! The largest weakly stable matching, with a proof that none is larger.
//!
//! With ties the weakly stable matchings differ in size, and to find the largest is NP-hard, already when
//! only one side has ties (Manlove, Irving, Iwama, Miyazaki & Morita 2002, "Hard variants of stable
//! marriage"). So this is for a round of some thousand candidates, or for a year's end, not for every night;
//! [`promotion`] is quick and loses at most a third, usually less than one in thirty.
//!
//! How: pairs that no weakly stable matching holds are struck, what remains falls into parts, each starts
//! from the promotion's matching below and the largest placement above, and what lies between is searched
//! exactly, from both ends.
//!
//! Guaranteed: the answer is weakly stable and at least as large as the promotion's; no weakly stable
//! matching places more than the bound; when they are equal it is proven to be a largest. Not guaranteed:
//! that patience lasts until then, and truth: as with promotion, a candidate can gain by an untrue list
//! ([`TRUTH_SAFE`]). Which of several largest matchings it is follows from the market and the seed, by no
//! rule that favours either side.
//!
//! Limits: rounds with as many seats as candidates and *few* ties are the hard ones; see the figures at
//! [`largest_weakly_stable`].

mod conditions;
mod covers;
mod possible;
mod search;

use crate::components::components;
use crate::market::Market;
use crate::matching::Matching;
use crate::promotion::promotion;

/// Whether no candidate can gain by an untrue list under this mechanism.
pub const TRUTH_SAFE: bool = false;

/// A large weakly stable matching and what is known of larger ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Largest {
    /// A weakly stable matching; the largest when the search ended [`Ended::Proven`].
    pub matching: Matching,
    /// No weakly stable matching places more candidates than this.
    pub bound: usize,
    /// How the search ended.
    pub ended: Ended,
}

/// How the search for a largest matching ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// No weakly stable matching is larger.
    Proven,
    /// Patience ended first: there may be a larger one, up to the bound.
    Patience,
    /// A part of the market is too large to be searched: there may be a larger one, up to the bound.
    TooLarge,
}

impl Largest {
    /// Whether the matching is proven to be a largest.
    pub fn is_proven(&self) -> bool {
        self.ended == Ended::Proven
    }
}

/// A weakly stable matching of largest size, as far as `patience` reaches: it is asked every so often, and its
/// `false` ends the search with the best found so far. `seed` is that of the [`promotion`] it starts from.
///
/// Figures: 108 random rounds of 1,000 candidates, 200 openings and lists of 5, with 800 to 1,200 seats,
/// release build, one core of a shared machine. 100 were proven, nearly all in less than half a second and
/// the slowest in 2.5 s, among them every one whose openings tied 85 of 100 neighbours or more. The other 8,
/// with few ties and seats about as many as candidates, were stopped after 6 s, 2 to 9 below their bound.
///
/// ```
/// use migiude_matching::{Market, largest_weakly_stable};
///
/// // Haruka and Kenji are equally welcome at the brewery (0), where Kenji has nowhere else to go and Haruka the
/// // inn (1); Mei, whom the inn likes as much as Haruka, has the foundry (2) besides.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0]);
/// market.candidate([1, 2]);
/// market.opening_with_ties(1, [[0, 1]]);
/// market.opening_with_ties(1, [[0, 2]]);
/// market.opening(1, [2]);
/// let market = market.build()?;
/// let largest = largest_weakly_stable(&market, 0, &mut || true);
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| largest.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), Some(2)));
/// assert!(largest.is_proven() && largest.bound == 3);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn largest_weakly_stable(market: &Market, seed: u64, patience: &mut dyn FnMut() -> bool) -> Largest {
    let known = promotion(market, seed).matching;
    // A weakly stable matching has possible pairs only, so what is known falls into the parts of these.
    let possible = possible::possible(market);
    let parts = components(&possible);
    let (mut bound, mut ended) = (0, Ended::Proven);
    let mut solve = |part| {
        let found = search::search(&parts.get(part).market, parts.part_of(&known, part), patience);
        bound += found.bound;
        ended = ended.max(found.ended);
        found.matching
    };
    let matching = parts.join((0..parts.len()).map(&mut solve));
    Largest { matching, bound, ended }
}
