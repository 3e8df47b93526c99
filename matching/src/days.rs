//! True day sizes, an openly weaker service: candidate `c` takes `days[c]` of its one opening's days, and an
//! opening's quota counts days.
//!
//! A stable matching, [`DEFINITION`], need not exist: three candidates and two openings suffice for none, and to
//! find out is NP-hard (McDermid & Manlove 2010). So there are two answers, and the operator chooses:
//!
//! - [`exact`] searches: a stable matching, or a proof that there is none which names the pairs at odds, or that
//!   the search was stopped. For small and for yearly rounds.
//! - [`unsplit`] always answers, and lets an opening be over its days by less than the days of the last one it
//!   takes, [`UNSPLIT_DEFINITION`] (Dean, Goemans & Immorlica 2006, *The unsplittable stable marriage problem*).
//!
//! Guaranteed by [`unsplit`]: whoever would rather be elsewhere sees the whole days of that opening filled by
//! people it ranks above; so nothing blocks it in the sense of [`DEFINITION`] either, and when no opening is over
//! it *is* stable. Without its last holder no opening reaches its days, so it is over by less than that holder's
//! days, and nobody is over when all take one day: then it is [`candidate_optimal`](crate::candidate_optimal).
//! Everybody has an opening at least as good as the best of which it has any share in any stable *division* of
//! days (Baïou & Balinski 2002, where one may work two days here and one there). Time O(m).
//!
//! Not guaranteed: that an opening has room for all it is given; that a candidate does as well as in some matching
//! that [`exact`] finds, or worse: the two cannot be compared, even when no opening is over; that truth is a
//! candidate's best list under either: three people and two openings suffice for one to gain under [`unsplit`] by
//! leaving out its first choice.

mod exact;
mod question;

use thiserror::Error;

pub use exact::{Exact, Proof, exact};

use crate::Candidate;
use crate::deferral::{Proposers, Receivers, defer};
use crate::market::{Market, StrictMarket};
use crate::matching::Matching;

/// Stability with days in words (McDermid & Manlove 2010), for whoever reads a result.
pub const DEFINITION: &str = "A candidate and an opening that list each other block a matching when the candidate \
    prefers the opening to what it has, and the candidate's days fit into the opening's beside the days of those \
    it holds and ranks above the candidate. A matching is stable when no opening is over its days and nothing \
    blocks it.";

/// What [`unsplit`] keeps to in words.
pub const UNSPLIT_DEFINITION: &str = "A candidate and an opening that list each other block a matching when the \
    candidate prefers the opening to what it has, and the days of those the opening holds and ranks above the \
    candidate do not fill the opening's days. A matching is stable but unsplit when no opening has its days filled \
    without the last one it holds, and nothing blocks it; the last one may reach over.";

/// What an unsplit run gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsplit {
    /// Who got which opening.
    pub matching: Matching,
    /// By how many days each opening is over its own; 0 where it is not.
    pub over: Vec<u64>,
    /// How many proposals were made: a measure of the work, the same in every order of proposing.
    pub proposals: u64,
}

/// Days that no market with sizes can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DaysError {
    /// Days were told for another number of candidates.
    #[error("days are given for {found} candidates, the market has {expected}")]
    Candidates {
        /// For how many candidates there are days.
        found: usize,
        /// Candidates of the market.
        expected: usize,
    },
    /// A candidate that takes no days.
    #[error("candidate {0} takes 0 days; it takes at least one")]
    NoDays(Candidate),
}

/// The matching in which whoever comes last at an opening may reach over its days (candidates propose).
///
/// # Errors
/// Days for another number of candidates, and a candidate of 0 days.
///
/// ```
/// use migiude_matching::{Market, days};
///
/// // Haruka and Kenji take one day each, Mei two. The brewery (0) has one day, the inn (1) two.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([1]);
/// market.opening(1, [1, 2, 0]);
/// market.opening(2, [0, 2, 1]);
/// let market = market.build()?;
/// let answer = days::unsplit(&market.strict().expect("no ties"), &[1, 1, 2])?;
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| answer.matching.opening_of(candidate));
/// // Mei's two days fill the inn, so that Kenji goes to the brewery, which sends Haruka to the inn; the inn
/// // prefers Haruka to Mei but has not its days filled without Mei: it is over by one.
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), Some(1)));
/// assert_eq!(answer.over, [0, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn unsplit(market: &StrictMarket<'_>, days: &[u32]) -> Result<Unsplit, DaysError> {
    check(market, days)?;
    let held = defer(
        &Proposers { lists: market.candidates(), partners: |_| 1, units: |c| days[c as usize] },
        &Receivers { lists: market.openings(), quota: |o| market.quota(o) },
    );
    let mut matching = Matching::empty(market.candidates().len());
    let mut over = Vec::with_capacity(market.openings().len());
    for opening in market.each_opening() {
        let mut load = 0;
        for place in market.openings().range(opening).filter(|&place| held.places.has(place)) {
            let candidate = market.openings().edges()[place].partner;
            matching.assign(candidate, opening);
            load += u64::from(days[candidate as usize]);
        }
        over.push(load.saturating_sub(u64::from(market.quota(opening))));
    }
    Ok(Unsplit { matching, over, proposals: held.proposals })
}

fn check(market: &Market, days: &[u32]) -> Result<(), DaysError> {
    let (found, expected) = (days.len(), market.candidates().len());
    if found != expected {
        return Err(DaysError::Candidates { found, expected });
    }
    match (0..).zip(days).find(|&(_, &days)| days == 0) {
        Some((candidate, _)) => Err(DaysError::NoDays(candidate)),
        None => Ok(()),
    }
}
