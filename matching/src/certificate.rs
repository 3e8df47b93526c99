//! A proof of stability that anybody can check without knowing how the matching was found.
//!
//! A stable matching is market-clearing cutoffs (Azevedo & Leshno 2016): each full opening names the worst rank it
//! holds, every other opening takes whoever comes, and each candidate has the best of what is within its reach.
//! [`Certificate::of`] writes these numbers down; [`check`] reads the market and the numbers only, and accepts
//! exactly the stable matchings: with ties, exactly the weakly stable ones.
//!
//! Cost: O(m) each, 16 bytes an agent. It proves that the matching is stable, not which of the stable ones it is.

use thiserror::Error;

use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// What an opening holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// Its seats in all.
    pub quota: u32,
    /// Who has them, in ascending order.
    pub holders: Vec<Candidate>,
    /// The worst rank among the holders when every seat is taken, 0 when there is no seat at all; none while a
    /// seat is free. Whoever ranks *before* it would be taken.
    pub cutoff: Option<u32>,
}

/// The numbers that prove a matching stable. Ranks are dense, 1 = best, counted in the market's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Each opening's seats.
    pub openings: Vec<Seats>,
    /// The rank each candidate gives what it got; none when it got nothing.
    pub candidates: Vec<Option<u32>>,
}

/// Where a certificate proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Flaw {
    /// It speaks of another number of agents than the market has.
    #[error("it is about {candidates} candidates and {openings} openings, not those of this market")]
    Size {
        /// Candidates it speaks of.
        candidates: usize,
        /// Openings it speaks of.
        openings: usize,
    },
    /// A pair that do not both list each other.
    #[error("candidate {candidate} and opening {opening} are not acceptable to each other")]
    Unacceptable {
        /// The candidate of the pair.
        candidate: Candidate,
        /// The opening of the pair.
        opening: Opening,
    },
    /// A candidate who stands in the way of its own: it holds two seats, or its rank is not that of its seat.
    #[error("the rank said of candidate {candidate} is not that of the one seat it holds")]
    Rank {
        /// The candidate.
        candidate: Candidate,
    },
    /// An opening whose numbers are wrong: its quota, more holders than seats, or the cutoff.
    #[error("the quota, the number of holders or the cutoff of opening {opening} is not what it must be")]
    Seats {
        /// The opening.
        opening: Opening,
    },
    /// A candidate who likes an opening better that would take it.
    #[error(
        "opening {opening} is within the reach of candidate {candidate}, who likes it better than what it has"
    )]
    Blocking {
        /// The candidate.
        candidate: Candidate,
        /// The opening.
        opening: Opening,
    },
}

impl Certificate {
    /// Writes down the numbers of a matching, stable or not; [`check`] tells. O(m).
    ///
    /// # Errors
    /// A matching about other candidates, or with a pair that is not acceptable, has no such numbers.
    ///
    /// ```
    /// use migiude_matching::certificate::{self, Certificate, Flaw};
    /// use migiude_matching::{Market, Matching};
    ///
    /// // Haruka and Kenji want the brewery (0), which prefers Haruka; Mei wants the inn (1), which has two seats.
    /// let mut market = Market::builder();
    /// market.candidate([0]);
    /// market.candidate([0, 1]);
    /// market.candidate([1]);
    /// market.opening(1, [0, 1]);
    /// market.opening(2, [2, 1]);
    /// let market = market.build()?;
    /// let proof = Certificate::of(&market, &Matching::new([Some(0), Some(1), Some(1)])).expect("a valid matching");
    /// assert_eq!(proof.openings[0].cutoff, Some(1));
    /// assert_eq!(proof.candidates, [Some(1), Some(2), Some(1)]);
    /// assert_eq!(certificate::check(&market, &proof), Ok(()));
    /// // Had the brewery taken Kenji, Haruka would be within its reach.
    /// let proof = Certificate::of(&market, &Matching::new([None, Some(0), Some(1)])).expect("a valid matching");
    /// assert_eq!(certificate::check(&market, &proof), Err(Flaw::Blocking { candidate: 0, opening: 0 }));
    /// # Ok::<(), migiude_matching::MarketError>(())
    /// ```
    pub fn of(market: &Market, matching: &Matching) -> Result<Self, Flaw> {
        let size = Flaw::Size { candidates: matching.len(), openings: market.openings().len() };
        if matching.len() != market.candidates().len() {
            return Err(size);
        }
        let seats = |opening| Seats { quota: market.quota(opening), holders: Vec::new(), cutoff: None };
        let mut openings: Vec<Seats> = market.each_opening().map(seats).collect();
        let mut worst = vec![0; openings.len()];
        let mut candidates = vec![None; matching.len()];
        for (candidate, opening) in matching.pairs() {
            let Some((own, theirs)) = ranks(market, candidate, opening) else {
                return Err(Flaw::Unacceptable { candidate, opening });
            };
            candidates[candidate as usize] = Some(own);
            openings[opening as usize].holders.push(candidate);
            worst[opening as usize] = theirs.max(worst[opening as usize]);
        }
        for (seats, worst) in openings.iter_mut().zip(worst) {
            seats.cutoff = (seats.holders.len() >= seats.quota as usize).then_some(worst);
        }
        Ok(Self { openings, candidates })
    }
}

/// The rank a candidate gives an opening and the rank it has there.
fn ranks(market: &Market, candidate: Candidate, opening: Opening) -> Option<(u32, u32)> {
    let mut list = market.candidates().ranked(candidate);
    list.find(|(_, edge)| edge.partner == opening).map(|(own, edge)| (own, edge.rank))
}

/// Reads a certificate against its market and nothing else; accepts it when and only when the matching it speaks of
/// is stable in this market. O(m).
///
/// # Errors
/// The first place where it proves nothing.
pub fn check(market: &Market, certificate: &Certificate) -> Result<(), Flaw> {
    let Certificate { openings, candidates } = certificate;
    if (candidates.len(), openings.len()) != (market.candidates().len(), market.openings().len()) {
        return Err(Flaw::Size { candidates: candidates.len(), openings: openings.len() });
    }

    // The seats: everybody holds at most one, its rank is said truly, and so is the cutoff.
    let mut seated = vec![false; candidates.len()];
    for (opening, Seats { quota, holders, cutoff }) in (0..).zip(openings) {
        let mut worst = 0;
        for &candidate in holders {
            let acceptable =
                ((candidate as usize) < candidates.len()).then(|| ranks(market, candidate, opening));
            let Some((own, theirs)) = acceptable.flatten() else {
                return Err(Flaw::Unacceptable { candidate, opening });
            };
            let twice = std::mem::replace(&mut seated[candidate as usize], true);
            if twice || candidates[candidate as usize] != Some(own) {
                return Err(Flaw::Rank { candidate });
            }
            worst = theirs.max(worst);
        }
        let quota_said_truly = *quota == market.quota(opening) && holders.len() <= *quota as usize;
        if !quota_said_truly || *cutoff != (holders.len() == *quota as usize).then_some(worst) {
            return Err(Flaw::Seats { opening });
        }
    }

    // The candidates: nothing better is within reach.
    for (candidate, rank) in (0..).zip(candidates) {
        if rank.is_some() != seated[candidate as usize] {
            return Err(Flaw::Rank { candidate });
        }
        let better =
            market.candidates().ranked(candidate).take_while(|&(own, _)| rank.is_none_or(|rank| own < rank));
        for (_, edge) in better {
            if openings[edge.partner as usize].cutoff.is_none_or(|cutoff| edge.rank < cutoff) {
                return Err(Flaw::Blocking { candidate, opening: edge.partner });
            }
        }
    }
    Ok(())
}
