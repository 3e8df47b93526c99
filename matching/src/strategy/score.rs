//! Whether one score, shared by both sides, explains all lists; then there is one stable matching, the greedy one.
//!
//! Exact condition: there is a number for each acceptable pair such that every candidate and every opening ranks its
//! pairs by it, higher number first. Draw an arrow from each pair to the next one in the candidate's list and to the
//! next one in the opening's list: such a number exists when and only when the arrows have no cycle, and then it is the
//! place in a topological order. The literature speaks of globally ranked pairs (Abraham, Levavi, Manlove & O'Malley
//! 2008) and of aligned preferences; uniqueness under weaker conditions, Eeckhout 2000 and Clark 2006.
//!
//! Why the outcome is unique: whoever is first of all pairs, and each next one whose two are still free, would block a
//! matching without it. So every stable matching, and any stable mechanism from either side, is the greedy one, and
//! nobody gains by cutting a list.
//!
//! Cost: O(m) time (Kahn's sort: a pair waits for at most two), 5 bytes a pair. Strict lists only.

use crate::market::{Edge, StrictMarket};
use crate::matching::Matching;

/// One score for both sides, and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonScore {
    /// For each entry of the candidates' lists ([`Preferences::edges`](crate::Preferences::edges)) the place of the
    /// pair in one common order, from 0 = best; there may be other such orders.
    pub places: Vec<u32>,
    /// The only stable matching: in the common order, every pair whose two are still free.
    pub matching: Matching,
}

/// Finds a score that both sides could share, if there is one. O(m).
///
/// ```
/// use migiude_matching::{Market, candidate_optimal, opening_optimal, strategy::common_score};
///
/// // How well they get on: Haruka and the brewery (0) 9, Kenji and the brewery 8, Mei and the inn (1) 7, Kenji and
/// // the inn 6. Everybody ranks by that.
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0, 1]);
/// market.candidate([1]);
/// market.opening(1, [0, 1]);
/// market.opening(2, [2, 1]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// let greedy = common_score(&strict).expect("they share a score").matching;
/// assert_eq!(greedy, candidate_optimal(&strict).matching);
/// assert_eq!(greedy, opening_optimal(&strict).matching);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn common_score(market: &StrictMarket<'_>) -> Option<CommonScore> {
    let (candidates, openings) = (market.candidates(), market.openings());
    // A pair waits for the one before it in either list; those that wait for none are ready.
    let mut waits_for = vec![0u8; market.pairs()];
    let mut ready = Vec::new();
    for candidate in market.each_candidate() {
        let first = candidates.range(candidate).start;
        for pair in candidates.range(candidate) {
            waits_for[pair] = u8::from(pair > first) + u8::from(candidates.edges()[pair].rank > 1);
            if waits_for[pair] == 0 {
                ready.push((pair, candidate));
            }
        }
    }

    let mut free: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
    let mut matching = Matching::empty(candidates.len());
    let mut places = vec![0; market.pairs()];
    let mut sorted = 0;
    while let Some((pair, candidate)) = ready.pop() {
        places[pair] = sorted;
        sorted += 1;
        let Edge { partner: opening, rank } = candidates.edges()[pair];
        let seats = &mut free[opening as usize];
        if *seats > 0 && matching.opening_of(candidate).is_none() {
            *seats -= 1;
            matching.assign(candidate, opening);
        }
        let in_own_list = (pair + 1 < candidates.range(candidate).end).then_some((pair + 1, candidate));
        let next = openings.list(opening).get(rank as usize);
        let in_theirs =
            next.map(|edge| (candidates.range(edge.partner).start + edge.rank as usize - 1, edge.partner));
        for (next, candidate) in in_own_list.into_iter().chain(in_theirs) {
            waits_for[next] -= 1;
            if waits_for[next] == 0 {
                ready.push((next, candidate));
            }
        }
    }
    (sorted as usize == market.pairs()).then_some(CommonScore { places, matching })
}
