//! Deferred acceptance: the stable matching best for every candidate, or best for every opening.
//!
//! One side proposes down its lists, the other holds the best it has seen so far (Gale & Shapley 1962). The
//! proposers are served one by one, each followed until nobody is displaced (McVitie & Wilson 1971); the outcome
//! and the number of proposals do not depend on that order. Openings that propose reach the stable matching best
//! for all of them (Roth 1984).
//!
//! Guaranteed: the outcome is stable; the proposing side's outcome is best for each of its members among all
//! stable matchings; candidates cannot gain by an untrue list when *they* propose. Not guaranteed: openings with
//! several seats can gain by an untrue list under either.
//!
//! Cost: O(m) time, each entry is looked at once; m bits and 4 bytes a candidate, 8 an opening, beside the market.

use crate::market::{Market, StrictMarket};
use crate::matching::Matching;
use crate::{Candidate, Opening};

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
    let candidates = market.candidates();
    let mut seats = Seats::new(market);
    // How many entries of its list a candidate has tried; one more than there are when it has given up.
    let mut tried = vec![0u32; candidates.len()];
    let mut proposals = 0u64;
    for first in market.each_candidate() {
        let mut seeker = Some(first);
        while let Some(candidate) = seeker {
            let list = candidates.list(candidate);
            let before = tried[candidate as usize] as usize;
            let hope = list[before..].iter().position(|edge| edge.rank < seats.cutoff[edge.partner as usize]);
            let at = hope.map_or(list.len(), |offset| before + offset);
            tried[candidate as usize] = at as u32 + 1;
            proposals += (list.len().min(at + 1) - before) as u64;
            seeker = hope.and_then(|_| seats.admit(market, list[at].partner, list[at].rank));
        }
    }
    let opening_of = |candidate: Candidate| {
        let last = (tried[candidate as usize] as usize).checked_sub(1)?;
        candidates.list(candidate).get(last).map(|edge| edge.partner)
    };
    Outcome { matching: Matching::new(market.each_candidate().map(opening_of)), proposals }
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
    let (candidates, openings) = (market.candidates(), market.openings());
    // The rank in its own list of what a candidate holds.
    let mut held = vec![NOTHING; candidates.len()];
    let mut tried = vec![0usize; openings.len()];
    let mut proposals = 0u64;
    for first in market.each_opening() {
        let offers = market.quota(first) as usize;
        for _ in 0..offers.min(openings.list(first).len()) {
            let mut seeker = Some(first);
            while let Some(opening) = seeker.take() {
                for edge in &openings.list(opening)[tried[opening as usize]..] {
                    tried[opening as usize] += 1;
                    if absent == Some(edge.partner) {
                        continue;
                    }
                    proposals += 1;
                    let best = &mut held[edge.partner as usize];
                    if edge.rank < *best {
                        let left = std::mem::replace(best, edge.rank);
                        seeker = partner_at(market, edge.partner, left);
                        break;
                    }
                }
            }
        }
    }
    let opening_of = |candidate: Candidate| partner_at(market, candidate, held[candidate as usize]);
    Outcome { matching: Matching::new(market.each_candidate().map(opening_of)), proposals }
}

/// The rank of holding nothing: worse than any.
const NOTHING: u32 = u32::MAX;

fn partner_at(market: &Market, candidate: Candidate, rank: u32) -> Option<Opening> {
    (rank != NOTHING).then(|| market.candidates().list(candidate)[rank as usize - 1].partner)
}

/// Whom each opening holds: one bit for each entry of its list.
///
/// Once full, the worst rank held only ever improves, so it walks down the bits once in all, whatever the quota:
/// the one structure serves an opening of one seat and of ten thousand. A hopeless proposal costs one read of
/// the cutoff.
struct Seats {
    /// Whoever ranks below this is admitted: the worst rank held when full, else everyone.
    cutoff: Vec<u32>,
    free: Vec<u32>,
    held: Vec<u64>,
}

impl Seats {
    fn new(market: &Market) -> Self {
        const EVERYONE: u32 = u32::MAX;
        const NO_ONE: u32 = 0;
        let free: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
        let cutoff = free.iter().map(|&quota| if quota == 0 { NO_ONE } else { EVERYONE }).collect();
        Self { cutoff, free, held: vec![0; market.pairs().div_ceil(64)] }
    }

    /// Seats the candidate at `rank`, which is below the cutoff; answers who has to stand up for it.
    fn admit(&mut self, market: &Market, opening: Opening, rank: u32) -> Option<Candidate> {
        let list = market.openings().range(opening);
        let place = list.start + rank as usize - 1;
        self.held[place / 64] |= 1 << (place % 64);
        let free = &mut self.free[opening as usize];
        if *free > 1 {
            *free -= 1;
            return None;
        }
        let was_full = std::mem::take(free) == 0;
        let end = if was_full { list.start + self.cutoff[opening as usize] as usize - 1 } else { list.end };
        let worst = self.last_held_before(end);
        self.cutoff[opening as usize] = (worst - list.start) as u32 + 1;
        if !was_full {
            return None;
        }
        self.held[end / 64] &= !(1 << (end % 64));
        Some(market.openings().edges()[end].partner)
    }

    /// The last place held before `end`; there is one, since the opening has just admitted somebody.
    fn last_held_before(&self, end: usize) -> usize {
        let mut word = (end - 1) / 64;
        let mut bits = self.held[word] & (u64::MAX >> (63 - (end - 1) % 64));
        while bits == 0 {
            word -= 1;
            bits = self.held[word];
        }
        word * 64 + 63 - bits.leading_zeros() as usize
    }
}
