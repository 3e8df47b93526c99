//! Checks a matching with day sizes, from the definitions alone.
//!
//! It is *valid* when every pair accepts each other and no opening is over its days: in the exact sense, the days
//! of its holders fit into its quota (McDermid & Manlove 2010); in the unsplit sense, they do not fill it without
//! the one it ranks last (Dean, Goemans & Immorlica 2006). A candidate and an opening *block* it when the candidate
//! strictly prefers the opening to what it has, and beside the days of those the opening holds and does not rank
//! below the candidate there is still room: for all the candidate's days in the exact sense, for any day in the
//! unsplit sense.

use thiserror::Error;

use super::{cost, count};
use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// How strictly an opening keeps to its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Its holders fit into its days.
    Exact,
    /// The last of its holders may reach over its days.
    Unsplit,
}

/// Why a matching is not one of this market and these days.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DaysProblem {
    /// The matching speaks of another number of candidates.
    #[error("the matching has {found} candidates, the market {expected}")]
    Candidates {
        /// Candidates of the matching.
        found: usize,
        /// Candidates of the market.
        expected: usize,
    },
    /// The days speak of another number of candidates.
    #[error("days are given for {found} candidates, the market has {expected}")]
    Days {
        /// For how many candidates there are days; who is left out takes one.
        found: usize,
        /// Candidates of the market.
        expected: usize,
    },
    /// A candidate has an opening that does not exist.
    #[error("candidate {candidate} has opening {opening}, which does not exist")]
    UnknownOpening {
        /// Who has it.
        candidate: Candidate,
        /// What does not exist.
        opening: Opening,
    },
    /// A pair that do not both list each other.
    #[error("candidate {candidate} and opening {opening} are not acceptable to each other")]
    Unacceptable {
        /// The candidate of the pair.
        candidate: Candidate,
        /// The opening of the pair.
        opening: Opening,
    },
    /// More days held than the quota lets, by the keeping that was asked for.
    #[error("opening {opening} has {quota} days and holds candidates of {held}")]
    OverQuota {
        /// The opening.
        opening: Opening,
        /// Its days.
        quota: u32,
        /// The days of its holders.
        held: u64,
    },
}

/// What the audit of a matching with day sizes finds. Ranks are dense, 1 = best, counted in the market's lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysAudit {
    /// Why the matching is not valid; empty when it is.
    pub problems: Vec<DaysProblem>,
    /// Every pair that blocks the matching, by candidate and then by the candidate's preference.
    pub blocking_pairs: Vec<(Candidate, Opening)>,
    /// By how many days each opening is over its own; 0 where it is not.
    pub over: Vec<u64>,
    /// How many acceptable pairs there are in the matching.
    pub placed: u32,
    /// Candidates without an acceptable opening.
    pub unmatched: u32,
    /// Days that nobody took, over all openings.
    pub empty_days: u64,
    /// `candidate_ranks[r - 1]` candidates got their choice of rank `r`.
    pub candidate_ranks: Vec<u32>,
    /// `opening_ranks[r - 1]` candidates were the opening's choice of rank `r`.
    pub opening_ranks: Vec<u32>,
}

impl DaysAudit {
    /// Whether the matching is one of this market and these days.
    pub fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether the matching is valid and nothing blocks it.
    pub fn is_stable(&self) -> bool {
        self.is_valid() && self.blocking_pairs.is_empty()
    }

    /// The sum of the ranks the candidates got, over matched pairs.
    pub fn candidate_cost(&self) -> u64 {
        cost(&self.candidate_ranks)
    }

    /// The sum of the ranks the openings got, over matched pairs.
    pub fn opening_cost(&self) -> u64 {
        cost(&self.opening_ranks)
    }
}

/// Checks a matching of a market with day sizes, with or without ties. O(candidates + openings + m), plus sorting
/// the blocking pairs.
///
/// ```
/// use migiude_matching::audit::days::{Keeping, audit};
/// use migiude_matching::{Market, Matching};
///
/// // Haruka and Kenji take one day each, Mei two; all three want the inn (0), which has two days.
/// let mut market = Market::builder();
/// for _ in ["Haruka", "Kenji", "Mei"] {
///     market.candidate([0]);
/// }
/// market.opening(2, [0, 2, 1]);
/// let market = market.build()?;
/// // Mei does not fit beside Haruka, but Kenji does.
/// let without_mei = Matching::new([Some(0), Some(0), None]);
/// assert!(audit(&market, &[1, 1, 2], &without_mei, Keeping::Exact).is_stable());
/// assert_eq!(audit(&market, &[1, 1, 2], &without_mei, Keeping::Unsplit).blocking_pairs, [(2, 0)]);
/// // With Mei the inn is over by a day, which is the last one's.
/// let with_mei = Matching::new([Some(0), None, Some(0)]);
/// assert!(!audit(&market, &[1, 1, 2], &with_mei, Keeping::Exact).is_valid());
/// assert!(audit(&market, &[1, 1, 2], &with_mei, Keeping::Unsplit).is_stable());
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn audit(market: &Market, days: &[u32], matching: &Matching, keeping: Keeping) -> DaysAudit {
    const UNACCEPTABLE: u32 = u32::MAX;
    let mut found = DaysAudit::default();
    let expected = market.candidates().len();
    if matching.len() != expected {
        found.problems.push(DaysProblem::Candidates { found: matching.len(), expected });
    }
    if days.len() != expected {
        found.problems.push(DaysProblem::Days { found: days.len(), expected });
    }
    let days_of = |candidate: Candidate| u64::from(days.get(candidate as usize).copied().unwrap_or(1));

    let mut own_rank = vec![UNACCEPTABLE; expected];
    let mut held = vec![0u64; market.openings().len()];
    for (candidate, opening) in matching.pairs().take_while(|&(candidate, _)| (candidate as usize) < expected)
    {
        let Some(held) = held.get_mut(opening as usize) else {
            found.problems.push(DaysProblem::UnknownOpening { candidate, opening });
            continue;
        };
        *held += days_of(candidate);
        match market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == opening) {
            Some((rank, edge)) => {
                own_rank[candidate as usize] = rank;
                count(&mut found.candidate_ranks, rank);
                count(&mut found.opening_ranks, edge.rank);
                found.placed += 1;
            }
            None => found.problems.push(DaysProblem::Unacceptable { candidate, opening }),
        }
    }
    found.unmatched = expected as u32 - found.placed;

    let mut blocking = Vec::new();
    for (opening, &held) in (0..).zip(&held) {
        let quota = u64::from(market.quota(opening));
        // The days of those held so far down the list, and of whoever is held last: of several who are last alike,
        // any lottery may have made it the one who takes most.
        let (mut above, mut last) = (0, 0);
        let mut list = market.openings().ranked(opening).peekable();
        while let Some(&(group, _)) = list.peek() {
            let (mut others, mut most) = (Vec::new(), 0);
            while let Some((_, edge)) = list.next_if(|&(rank, _)| rank == group) {
                if matching.opening_of(edge.partner) == Some(opening) {
                    above += days_of(edge.partner);
                    most = most.max(days_of(edge.partner));
                } else if edge.rank < own_rank[edge.partner as usize] {
                    others.push(edge);
                }
            }
            last = if most > 0 { most } else { last };
            let room = |candidate| match keeping {
                Keeping::Exact => above + days_of(candidate) <= quota,
                Keeping::Unsplit => above < quota,
            };
            let wanting = others.into_iter().filter(|edge| room(edge.partner));
            blocking.extend(wanting.map(|edge| (edge.partner, edge.rank, opening)));
        }
        let over = held.saturating_sub(quota);
        let too_many = match keeping {
            Keeping::Exact => over > 0,
            Keeping::Unsplit => held > 0 && held - last >= quota,
        };
        if too_many {
            found.problems.push(DaysProblem::OverQuota { opening, quota: market.quota(opening), held });
        }
        found.over.push(over);
        found.empty_days += quota.saturating_sub(held);
    }
    blocking.sort_unstable();
    found.blocking_pairs.extend(blocking.into_iter().map(|(candidate, _, opening)| (candidate, opening)));
    found
}
