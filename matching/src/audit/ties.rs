//! What blocks a matching when lists have ties: three strengths of stability, from their definitions.
//!
//! Like the plain audit it knows no algorithm and takes anybody's matching, also an impossible one.
//!
//! A candidate and an opening that are acceptable to each other and not matched could come together. Each of
//! the two would then *gain* (be strictly better off), *lose*, or neither. A candidate compares the opening
//! with what it has, and anything acceptable is a gain to whoever has nothing; an opening compares the
//! candidate with the worst it holds, and a gain it is when a seat is free. An opening of no seats never
//! gains.
//!
//! | stability | the pair blocks when | source |
//! |---|---|---|
//! | weak | both gain | Irving 1994 |
//! | strong | one gains and the other does not lose | Irving 1994; Irving, Manlove & Scott 2003 |
//! | super | neither loses | Irving 1994; Irving, Manlove & Scott 2000 |
//!
//! So a super-stable matching is strongly stable, and a strongly stable one weakly stable; without ties the
//! three are one.

use std::cmp::Ordering;

use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// How much stability asks when somebody is indifferent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stability {
    /// No pair of whom both gain.
    Weak,
    /// No pair of whom one gains and the other does not lose.
    Strong,
    /// No pair of whom neither loses.
    Super,
}

/// Every pair that blocks a matching, by candidate and then by the candidate's preference. O(m + agents).
///
/// ```
/// use migiude_matching::audit::ties::{Stability, blocking_pairs};
/// use migiude_matching::{Market, Matching};
///
/// // Haruka, Kenji and Mei are equally welcome at the brewery (0), which took Haruka; Mei is at the inn (1).
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0]);
/// market.candidate_with_ties([[0, 1]]);
/// market.opening_with_ties(1, [[0, 1, 2]]);
/// market.opening(1, [2]);
/// let market = market.build()?;
/// let matching = Matching::new([Some(0), None, Some(1)]);
/// // Kenji would gain, and the brewery not lose; with Mei neither would lose.
/// assert_eq!(blocking_pairs(&market, &matching, Stability::Weak), []);
/// assert_eq!(blocking_pairs(&market, &matching, Stability::Strong), [(1, 0)]);
/// assert_eq!(blocking_pairs(&market, &matching, Stability::Super), [(1, 0), (2, 0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn blocking_pairs(
    market: &Market,
    matching: &Matching,
    stability: Stability,
) -> Vec<(Candidate, Opening)> {
    /// The rank of an unacceptable partner, and of none at all.
    const LAST: u32 = u32::MAX;
    let mut holders = vec![0u32; market.openings().len()];
    for (_, opening) in matching.pairs() {
        if let Some(count) = holders.get_mut(opening as usize) {
            *count += 1;
        }
    }
    // What each opening would give up for another: a free seat, else the worst it holds.
    let given_up = |opening: Opening| {
        let held = holders[opening as usize];
        let ranked = market.openings().ranked(opening);
        let acceptable = ranked.filter(|(_, edge)| matching.opening_of(edge.partner) == Some(opening));
        let (count, worst) =
            acceptable.fold((0, 0), |(count, worst), (rank, _)| (count + 1, rank.max(worst)));
        if held < market.quota(opening) || count < held { LAST } else { worst }
    };
    let given_up: Vec<u32> = market.each_opening().map(given_up).collect();

    let mut blocking = Vec::new();
    for candidate in market.each_candidate() {
        let own = matching.opening_of(candidate);
        let list = market.candidates().ranked(candidate);
        let own_rank =
            list.into_iter().find(|(_, edge)| Some(edge.partner) == own).map_or(LAST, |(rank, _)| rank);
        for (rank, edge) in
            market.candidates().ranked(candidate).filter(|(_, edge)| Some(edge.partner) != own)
        {
            // `Less` is a gain: a better rank than now.
            let both = (rank.cmp(&own_rank), edge.rank.cmp(&given_up[edge.partner as usize]));
            let blocks = match stability {
                Stability::Weak => both == (Ordering::Less, Ordering::Less),
                Stability::Strong => {
                    both.0.is_le() && both.1.is_le() && both != (Ordering::Equal, Ordering::Equal)
                }
                Stability::Super => both.0.is_le() && both.1.is_le(),
            };
            if blocks {
                blocking.push((candidate, edge.partner));
            }
        }
    }
    blocking
}
