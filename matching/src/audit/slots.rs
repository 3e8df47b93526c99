//! Checks a matching in which candidates have several slots, from the definitions alone.
//!
//! It is *valid* when every pair accepts each other, no pair stands there twice, no candidate has more openings
//! than slots and no opening more candidates than seats. A candidate and an opening that accept each other and are
//! not together *block* it when the candidate has a free slot or strictly prefers the opening to one it has, and
//! the opening has a free seat or strictly prefers the candidate to one it has (pairwise stability, Roth 1984).

use thiserror::Error;

use super::{cost, count};
use crate::market::Market;
use crate::matching::ManyMatching;
use crate::{Candidate, Opening};

/// Why a matching is not one of this market and these slots.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ManyProblem {
    /// The matching speaks of another number of candidates.
    #[error("the matching has {found} candidates, the market {expected}")]
    Candidates {
        /// Candidates of the matching.
        found: usize,
        /// Candidates of the market.
        expected: usize,
    },
    /// The slots speak of another number of candidates.
    #[error("slots are given for {found} candidates, the market has {expected}")]
    Slots {
        /// For how many candidates there are slots; who is left out has none.
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
    /// The same pair twice; it is counted once.
    #[error("candidate {candidate} has opening {opening} twice")]
    Twice {
        /// The candidate of the pair.
        candidate: Candidate,
        /// The opening of the pair.
        opening: Opening,
    },
    /// More openings than slots.
    #[error("candidate {candidate} has {slots} slots and {openings} openings")]
    OverSlots {
        /// The candidate.
        candidate: Candidate,
        /// Its slots.
        slots: u32,
        /// The openings it has.
        openings: u32,
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

/// What the audit of a matching with slots finds. Ranks are dense, 1 = best, counted in the market's lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManyAudit {
    /// Why the matching is not valid; empty when it is.
    pub problems: Vec<ManyProblem>,
    /// Every pair that blocks the matching, by candidate and then by the candidate's preference.
    pub blocking_pairs: Vec<(Candidate, Opening)>,
    /// How many acceptable pairs there are in the matching.
    pub placed: u32,
    /// Candidates without an acceptable opening.
    pub unmatched: u32,
    /// Slots that stayed free, over all candidates.
    pub free_slots: u64,
    /// Seats that nobody took, over all openings.
    pub empty_seats: u64,
    /// `candidate_ranks[r - 1]` slots went to the candidate's choice of rank `r`.
    pub candidate_ranks: Vec<u32>,
    /// `opening_ranks[r - 1]` seats went to the opening's choice of rank `r`.
    pub opening_ranks: Vec<u32>,
}

impl ManyAudit {
    /// Whether the matching is one of this market and these slots.
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

/// What an agent holds, as the audit has counted it.
#[derive(Clone, Copy, Default)]
struct Hold {
    held: u32,
    worst: u32,
}

impl Hold {
    fn take(&mut self, rank: u32) {
        self.held += 1;
        self.worst = self.worst.max(rank);
    }

    /// Whom the agent would rather have: anyone while there is room, else those before its worst.
    fn cutoff(self, room: u32) -> u32 {
        if self.held < room { UNACCEPTABLE } else { self.worst }
    }
}

/// A rank worse than every rank of a list.
const UNACCEPTABLE: u32 = u32::MAX;

/// Checks a matching of a market with slots, with or without ties.
/// O(candidates + openings + m log of the most openings one candidate has).
///
/// ```
/// use migiude_matching::{ManyMatching, Market, audit};
///
/// // Haruka has two slots and only the inn (1); the brewery (0) would have her too, rather than Kenji. Mei has
/// // asked for nothing.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0]);
/// market.candidate([]);
/// market.opening(1, [0, 1]);
/// market.opening(1, [0]);
/// let matching = ManyMatching::new([vec![1], vec![0], vec![]]);
/// let found = audit::slots::audit(&market.build()?, &[2, 1, 1], &matching);
/// assert!(found.is_valid() && !found.is_stable());
/// assert_eq!(found.blocking_pairs, [(0, 0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn audit(market: &Market, slots: &[u32], matching: &ManyMatching) -> ManyAudit {
    let mut found = ManyAudit::default();
    let expected = market.candidates().len();
    if matching.len() != expected {
        found.problems.push(ManyProblem::Candidates { found: matching.len(), expected });
    }
    if slots.len() != expected {
        found.problems.push(ManyProblem::Slots { found: slots.len(), expected });
    }
    let slots_of = |candidate: Candidate| slots.get(candidate as usize).copied().unwrap_or(0);

    let mut candidate_holds = vec![Hold::default(); expected];
    let mut opening_holds = vec![Hold::default(); market.openings().len()];
    for candidate in market.each_candidate() {
        let own = &mut candidate_holds[candidate as usize];
        let mut unlisted = distinct(matching.openings_of(candidate));
        if unlisted.len() < matching.openings_of(candidate).len() {
            let twice = |opening| ManyProblem::Twice { candidate, opening };
            found.problems.extend(repeated(matching.openings_of(candidate)).into_iter().map(twice));
        }
        let before = found.placed;
        for (rank, edge) in market.candidates().ranked(candidate) {
            let Ok(place) = unlisted.binary_search(&edge.partner) else { continue };
            unlisted.remove(place);
            own.take(rank);
            opening_holds[edge.partner as usize].take(edge.rank);
            count(&mut found.candidate_ranks, rank);
            count(&mut found.opening_ranks, edge.rank);
            found.placed += 1;
        }
        found.unmatched += u32::from(found.placed == before);
        for opening in unlisted {
            own.take(UNACCEPTABLE);
            match opening_holds.get_mut(opening as usize) {
                None => found.problems.push(ManyProblem::UnknownOpening { candidate, opening }),
                Some(hold) => {
                    hold.take(UNACCEPTABLE);
                    found.problems.push(ManyProblem::Unacceptable { candidate, opening });
                }
            }
        }
        let (slots, openings) = (slots_of(candidate), own.held);
        found.free_slots += u64::from(slots.saturating_sub(openings));
        if openings > slots {
            found.problems.push(ManyProblem::OverSlots { candidate, slots, openings });
        }
    }
    for (opening, hold) in (0..).zip(&opening_holds) {
        let (quota, holders) = (market.quota(opening), hold.held);
        found.empty_seats += u64::from(quota.saturating_sub(holders));
        if holders > quota {
            found.problems.push(ManyProblem::OverQuota { opening, quota, holders });
        }
    }

    for candidate in market.each_candidate() {
        let cutoff = candidate_holds[candidate as usize].cutoff(slots_of(candidate));
        let own = distinct(matching.openings_of(candidate));
        let better = market.candidates().ranked(candidate).take_while(|&(rank, _)| rank < cutoff);
        let blocking = better.map(|(_, edge)| edge).filter(|edge| {
            let wanted = opening_holds[edge.partner as usize].cutoff(market.quota(edge.partner));
            own.binary_search(&edge.partner).is_err() && edge.rank < wanted
        });
        found.blocking_pairs.extend(blocking.map(|edge| (candidate, edge.partner)));
    }
    found
}

/// The openings in order, each once.
fn distinct(openings: &[Opening]) -> Vec<Opening> {
    let mut once = openings.to_vec();
    once.sort_unstable();
    once.dedup();
    once
}

/// The openings that stand there more than once.
fn repeated(openings: &[Opening]) -> Vec<Opening> {
    let mut sorted = openings.to_vec();
    sorted.sort_unstable();
    let mut repeated: Vec<Opening> =
        sorted.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
    repeated.dedup();
    repeated
}
