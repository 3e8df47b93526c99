//! Candidates with several day slots: each may hold several openings at once, the same opening once.
//!
//! A candidate with two slots may help the brewery on Mondays and the inn on Thursdays; an opening with two seats
//! may have two such candidates. Both sides rank single partners and like a better one in the place of a worse
//! one, whatever else they hold (*responsive* preferences).
//!
//! **Pairwise stable**, [`DEFINITION`]: no candidate and opening that accept each other and are not together would
//! both rather be, each in a free slot or seat or in the place of somebody it likes less.
//!
//! Source: many-to-many deferred acceptance, Roth 1984 (*Stability and polarization of interests in job matching*);
//! the order of pairwise-stable matchings, Blair 1988. One slot each is the market of Gale & Shapley 1962.
//!
//! Cost: O(m) time, whatever the slots; m bits, four bytes a slot and some 32 an agent beside
//! the market.
//!
//! Guaranteed: a pairwise-stable matching exists, and each mechanism gives the one best for every member of the
//! proposing side: from what it holds in this one and in any other, a member would choose this one. Every agent
//! has as many partners in all of them. A candidate with *one* slot cannot gain by an untrue list when candidates
//! propose, whatever the slots of the others.
//!
//! Not guaranteed: a candidate with *several* slots can gain by an untrue list, even when candidates propose, and so
//! can any opening; only one of a single seat is safe when openings propose. Several agents together may find an
//! exchange that no pair can make (Sotomayor 1999: pairwise stable need not be in the core). Slots say nothing about
//! which day, nor about how much of a seat a candidate takes: that is [`days`](crate::days).

use thiserror::Error;

use crate::deferral::{Proposers, Receivers, defer};
use crate::market::{Market, StrictMarket};
use crate::matching::ManyMatching;
use crate::places::Places;

/// Pairwise stability in words, for whoever reads a result.
pub const DEFINITION: &str = "A candidate and an opening that list each other and are not together block a \
    matching when the candidate has a free slot or prefers the opening to one it has, and the opening has a free \
    seat or prefers the candidate to one it has. A matching is pairwise stable when nothing blocks it.";

/// What a run of deferred acceptance with slots gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManyOutcome {
    /// Who got which openings, each candidate's best first.
    pub matching: ManyMatching,
    /// How many proposals were made: a measure of the work, the same in every order of proposing.
    pub proposals: u64,
}

/// Slots were told for another number of candidates than the market has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("slots are given for {found} candidates, the market has {expected}")]
pub struct SlotsError {
    /// For how many candidates there are slots.
    pub found: usize,
    /// Candidates of the market.
    pub expected: usize,
}

/// The pairwise-stable matching that every candidate likes best (candidates propose).
///
/// `slots[c]` openings at most for candidate `c`; 0 is legal and gets none. With one slot each it is
/// [`candidate_optimal`](crate::candidate_optimal).
///
/// # Errors
/// Slots for another number of candidates.
///
/// ```
/// use migiude_matching::{Market, slots};
///
/// // Haruka has two free days, Kenji and Mei one. Brewery (0), inn (1) and foundry (2) have one seat each.
/// let mut market = Market::builder();
/// market.candidate([0, 1, 2]);
/// market.candidate([0, 1]);
/// market.candidate([1, 2]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0, 2, 1]);
/// market.opening(1, [0, 2]);
/// let market = market.build()?;
/// let outcome = slots::candidate_optimal(&market.strict().expect("no ties"), &[2, 1, 1])?;
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.openings_of(candidate));
/// // Kenji is first at the brewery, so that Haruka's two days go to the inn and the foundry.
/// assert_eq!((haruka, kenji, mei), (&[1, 2][..], &[0][..], &[][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn candidate_optimal(market: &StrictMarket<'_>, slots: &[u32]) -> Result<ManyOutcome, SlotsError> {
    check(market, slots)?;
    let held = defer(
        &Proposers { lists: market.candidates(), partners: |c| slots[c as usize], units: |_| 1 },
        &Receivers { lists: market.openings(), quota: |o| market.quota(o) },
    );
    // Seen from the candidates: an edge names the place it has in the candidate's own list.
    let mut places = Places::none_of(market.pairs());
    for (place, edge) in market.openings().edges().iter().enumerate() {
        if held.places.has(place) {
            places.put(market.candidates().range(edge.partner).start + edge.rank as usize - 1);
        }
    }
    Ok(ManyOutcome { matching: matching(market, &places), proposals: held.proposals })
}

/// The pairwise-stable matching that every opening likes best (openings propose); candidates like it least.
///
/// # Errors
/// Slots for another number of candidates.
///
/// ```
/// use migiude_matching::{Market, slots};
///
/// // Haruka likes the brewery (0) best, Kenji the inn (1), Mei takes either with both her days; each opening
/// // has two seats and likes Mei, and then the other's fan.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([0, 1]);
/// market.opening(2, [2, 1, 0]);
/// market.opening(2, [2, 0, 1]);
/// let market = market.build()?;
/// let outcome = slots::opening_optimal(&market.strict().expect("no ties"), &[1, 1, 2])?;
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.openings_of(candidate));
/// assert_eq!((haruka, kenji, mei), (&[1][..], &[0][..], &[0, 1][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn opening_optimal(market: &StrictMarket<'_>, slots: &[u32]) -> Result<ManyOutcome, SlotsError> {
    check(market, slots)?;
    let held = defer(
        &Proposers { lists: market.openings(), partners: |o| market.quota(o), units: |_| 1 },
        &Receivers { lists: market.candidates(), quota: |c| slots[c as usize] },
    );
    Ok(ManyOutcome { matching: matching(market, &held.places), proposals: held.proposals })
}

fn check(market: &Market, slots: &[u32]) -> Result<(), SlotsError> {
    let (found, expected) = (slots.len(), market.candidates().len());
    if found == expected { Ok(()) } else { Err(SlotsError { found, expected }) }
}

/// The matching of some places of the candidates' lists.
fn matching(market: &Market, held: &Places) -> ManyMatching {
    let candidates = market.candidates();
    ManyMatching::new(market.each_candidate().map(|candidate| {
        let places = candidates.range(candidate).filter(|&place| held.has(place));
        places.map(|place| candidates.edges()[place].partner)
    }))
}
