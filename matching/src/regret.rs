//! The stable matching in which the worst rank anybody has to live with is as good as it can be.
//!
//! The *regret* of a matching is the worst rank in it: over all placed candidates the rank each gives its opening,
//! over all openings the worst rank each holds. Agents without a partner have none in every stable matching and do
//! not count (Gusfield 1987 for one-to-one markets).
//!
//! Going down, candidates' ranks only get worse and openings' only better. For a regret of k every rotation that
//! takes an opening's holder of a rank above k away has to be eliminated, with all that come before it, and none
//! that takes a candidate to a rank above k may be. So a rotation stands in the way of k when both the worst rank
//! it is *needed* against and the worst rank it leads to are above k, and the least regret is the largest smaller
//! of the two; or what the extremes leave no choice about. No search is needed.
//!
//! Cost: O(n + entries above the outcome + moves + arcs). Guaranteed: the least regret, and of the matchings that
//! have it the one best for every candidate. Limits: strict lists; one very bad rank that nobody can avoid leaves
//! nothing to choose for the rest, for whom [`optimum`](mod@crate::optimum) does more.

use crate::lattice::Lattice;
use crate::matching::Matching;

/// A stable matching of least regret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastRegret {
    /// The matching.
    pub matching: Matching,
    /// The worst rank in it, of either side; 0 when nobody is placed.
    pub regret: u32,
}

/// The stable matching whose worst rank, over both sides, is best.
///
/// ```
/// use migiude_matching::{Lattice, Market, minimum_regret};
///
/// // Haruka (0), Kenji (1) and Mei (2) like the brewery (0), the inn (1) and the foundry (2) in a circle, and are
/// // liked the other way round: one side's first choice is the other's third, everybody's second is a middle way.
/// let mut market = Market::builder();
/// market.candidate([0, 1, 2]);
/// market.candidate([1, 2, 0]);
/// market.candidate([2, 0, 1]);
/// market.opening(1, [1, 2, 0]);
/// market.opening(1, [2, 0, 1]);
/// market.opening(1, [0, 1, 2]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// let least = minimum_regret(&Lattice::of(&strict));
/// assert_eq!(least.regret, 2);
/// assert_eq!([0, 1, 2].map(|candidate| least.matching.opening_of(candidate)), [Some(1), Some(2), Some(0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn minimum_regret(lattice: &Lattice<'_>) -> LeastRegret {
    let found = &lattice.found;
    let opening_rank = |candidate, index: u32| lattice.pair(candidate, index).opening_rank;
    // The worst rank of an opening's holder that stays while the rotation is not eliminated.
    let mut needed = vec![0; found.len()];
    for rotation in found.each().rev() {
        let own = found.steps(rotation).iter().map(|step| opening_rank(step.candidate, step.from));
        let later = found.order.after(rotation).iter().map(|&after| needed[after as usize]);
        needed[rotation as usize] = own.chain(later).max().unwrap_or(0);
    }
    let leads_to = |rotation| found.steps(rotation).iter().map(|step| step.to + 1).max().unwrap_or(0);
    let in_the_way = found.each().map(|rotation| leads_to(rotation).min(needed[rotation as usize]));
    let of_candidates = lattice.pairs(&found.top).map(|pair| pair.candidate_rank);
    let bottom = lattice.opening_optimal();
    let of_openings = lattice.pairs(&bottom).map(|pair| pair.opening_rank);
    let regret = in_the_way.chain(of_candidates).chain(of_openings).max().unwrap_or(0);
    let closed: Vec<bool> = needed.iter().map(|&needed| needed > regret).collect();
    LeastRegret { matching: lattice.matching_of(&closed), regret }
}
