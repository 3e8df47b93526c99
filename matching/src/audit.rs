//! Checks a matching against its market: validity, blocking pairs, rank statistics.
//!
//! It knows the definitions and no algorithm: nothing here is shared with any mechanism, and anybody's matching
//! can be handed in, also an impossible one.
//!
//! A matching is *valid* when every pair accepts each other and no opening holds more than its quota. A candidate
//! and an opening *block* it when the candidate strictly prefers the opening to what it has, and the opening has a
//! free seat or strictly prefers the candidate to somebody it holds (Gusfield & Irving 1989). With ties this is
//! weak stability. Nobody prefers an unacceptable partner to anyone.

pub mod caps;
pub mod couples;
pub mod days;
pub mod slots;
pub mod ties;

use thiserror::Error;

use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// Why a matching is not one of this market.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// The matching speaks of another number of candidates.
    #[error("the matching has {found} candidates, the market {expected}")]
    Candidates {
        /// Candidates of the matching.
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
    /// More candidates than seats.
    #[error("opening {opening} has {quota} seats and {holders} candidates")]
    OverQuota {
        /// The opening.
        opening: Opening,
        /// Its seats.
        quota: u32,
        /// The candidates it has.
        holders: u32,
    },
}

/// What the audit of a matching finds. Ranks are dense, 1 = best, counted in the market's lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Why the matching is not valid; empty when it is.
    pub problems: Vec<Problem>,
    /// Every pair that blocks the matching, by candidate and then by the candidate's preference.
    pub blocking_pairs: Vec<(Candidate, Opening)>,
    /// How many acceptable pairs there are in the matching.
    pub placed: u32,
    /// Candidates without an acceptable opening.
    pub unmatched: u32,
    /// Seats that nobody took, over all openings.
    pub empty_seats: u64,
    /// `candidate_ranks[r - 1]` candidates got their choice of rank `r`.
    pub candidate_ranks: Vec<u32>,
    /// `opening_ranks[r - 1]` seats went to the opening's choice of rank `r`.
    pub opening_ranks: Vec<u32>,
}

impl Audit {
    /// Whether the matching is one of this market.
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

/// What an opening holds, as the audit has counted it.
#[derive(Clone, Copy, Default)]
struct Hold {
    holders: u32,
    worst: u32,
}

/// Checks a matching of a market, with or without ties. O(candidates + openings + entries above the outcome).
///
/// ```
/// use migiude_matching::{Market, Matching, audit};
///
/// // Haruka, Kenji and Mei all want the brewery, which prefers them in this order and took the last.
/// let mut market = Market::builder();
/// for _ in ["Haruka", "Kenji", "Mei"] {
///     market.candidate([0]);
/// }
/// market.opening(1, [0, 1, 2]);
/// let found = audit(&market.build()?, &Matching::new([None, None, Some(0)]));
/// assert!(found.is_valid() && !found.is_stable());
/// assert_eq!(found.blocking_pairs, [(0, 0), (1, 0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn audit(market: &Market, matching: &Matching) -> Audit {
    const UNACCEPTABLE: u32 = u32::MAX;
    let mut found = Audit::default();
    let expected = market.candidates().len();
    if matching.len() != expected {
        found.problems.push(Problem::Candidates { found: matching.len(), expected });
    }

    let mut holds = vec![Hold::default(); market.openings().len()];
    let mut own_rank = vec![UNACCEPTABLE; expected];
    for (candidate, opening) in matching.pairs().take_while(|&(candidate, _)| (candidate as usize) < expected)
    {
        let Some(hold) = holds.get_mut(opening as usize) else {
            found.problems.push(Problem::UnknownOpening { candidate, opening });
            continue;
        };
        hold.holders += 1;
        match market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == opening) {
            Some((rank, edge)) => {
                own_rank[candidate as usize] = rank;
                hold.worst = hold.worst.max(edge.rank);
                count(&mut found.candidate_ranks, rank);
                count(&mut found.opening_ranks, edge.rank);
                found.placed += 1;
            }
            None => {
                hold.worst = UNACCEPTABLE;
                found.problems.push(Problem::Unacceptable { candidate, opening });
            }
        }
    }
    found.unmatched = expected as u32 - found.placed;

    // Whom an opening would rather have: anyone while a seat is free, else those before its worst.
    let mut cutoff = vec![0u32; holds.len()];
    for (opening, hold) in (0..).zip(&holds) {
        let quota = market.quota(opening);
        cutoff[opening as usize] = if hold.holders < quota { UNACCEPTABLE } else { hold.worst };
        found.empty_seats += u64::from(quota.saturating_sub(hold.holders));
        if hold.holders > quota {
            found.problems.push(Problem::OverQuota { opening, quota, holders: hold.holders });
        }
    }

    for candidate in market.each_candidate() {
        let own = own_rank[candidate as usize];
        let better = market.candidates().ranked(candidate).take_while(|&(rank, _)| rank < own);
        let blocking = better.filter(|(_, edge)| edge.rank < cutoff[edge.partner as usize]);
        found.blocking_pairs.extend(blocking.map(|(_, edge)| (candidate, edge.partner)));
    }
    found
}

fn count(histogram: &mut Vec<u32>, rank: u32) {
    if histogram.len() < rank as usize {
        histogram.resize(rank as usize, 0);
    }
    histogram[rank as usize - 1] += 1;
}

fn cost(histogram: &[u32]) -> u64 {
    (1..).zip(histogram).map(|(rank, &count): (u64, _)| rank * u64::from(count)).sum()
}
