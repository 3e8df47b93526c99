//! Regional caps: flexible deferred acceptance over a laminar family of regions.
//!
//! A cap says how many candidates at most a region takes, whatever the quotas of its openings. To shrink the quotas
//! until they sum to the cap wastes seats; here the openings share the cap while the candidates propose
//! (Kamada & Kojima 2015, *Efficient matching under distributional constraints*; nested regions: Kamada & Kojima
//! 2018, *Stability and strategy-proofness for matching with constraints*; Goto, Kojima, Kurata, Tamura & Yokoo
//! 2017, *Designing matching mechanisms under general distributional constraints*).
//!
//! # The rule
//! Seats are given in one fixed order: first, at every opening, those up to its target; then round by round one
//! further seat each, in the order of the openings. A seat is given when somebody proposes for it and every region
//! around the opening has room. Each opening fills its seats from its own list. With one level of regions this is
//! the rule of Kamada & Kojima 2015; with nested ones the same order of seats serves all levels.
//!
//! # Why it is safe
//! In a laminar family the sets of seats that keep all caps are the independent sets of a matroid, and walking down
//! a fixed order, keeping what fits, is its greedy choice. One seat more wanted therefore costs at most one seat,
//! and a seat once refused stays refused when more are wanted. So the regions' joint choice among proposals is
//! substitutable (a proposal refused stays refused when others come in) and obeys the law of aggregate demand (more
//! proposals never fill fewer seats). By Hatfield & Milgrom 2005 the outcome is then the same in any order of
//! proposing, is best for every candidate among all stable matchings (as [`crate::audit::caps`] defines them), and no
//! candidate can gain by an untrue list.
//!
//! Guaranteed: every cap is kept at every level; no justified envy at any opening; the plain candidate-optimal
//! matching when no cap binds; nobody worse off than with quotas shrunk to the targets. Not guaranteed: that nobody
//! prefers a free seat behind a full region (no matching can promise it); that openings cannot gain.
//!
//! Cost: O(m · (log openings + log² regions)) time, however deep the regions are nested; some 100 bytes an opening or
//! region and m bits beside the market. Ties must be broken before. Non-laminar rules are refused by [`Regions::new`].

mod ledger;
mod nesting;
mod proposals;
mod regions;
mod rooms;
mod targets;

pub(crate) use ledger::Ledger;
pub(crate) use proposals::propose;
pub use regions::{Region, Regions, RegionsError};

use crate::deferred_acceptance::Outcome;
use crate::market::StrictMarket;

/// The stable matching under regional caps that every candidate likes best. Floors are not looked at.
///
/// `regions` are those made for this market by [`Regions::new`].
///
/// ```
/// use migiude_matching::{Market, Region, Regions, flexible_deferred_acceptance};
///
/// // Haruka wants the brewery (0), Kenji and Mei the inn (1). The valley takes two people; one seat each would
/// // leave nobody for the second seat of the inn while Haruka stays away.
/// let mut market = Market::builder();
/// market.candidate([2, 0]);
/// market.candidate([1]);
/// market.candidate([1]);
/// market.opening(2, [0]);
/// market.opening(2, [1, 2]);
/// market.opening(1, [0]); // the foundry lies elsewhere
/// let market = market.build()?;
/// let valley = Region {
///     name: "valley".into(),
///     cap: Some(2),
///     openings: vec![0, 1],
///     targets: vec![(0, 1), (1, 1)],
///     ..Region::default()
/// };
/// let regions = Regions::new(&market, vec![valley], vec![])?;
/// let outcome = flexible_deferred_acceptance(&market.strict().expect("no ties"), &regions);
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(2), Some(1), Some(1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn flexible_deferred_acceptance(market: &StrictMarket<'_>, regions: &Regions) -> Outcome {
    propose(market, &mut Ledger::with_caps(market, regions))
}
