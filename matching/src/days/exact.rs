//! The exact search for a stable matching with day sizes, or for the proof that there is none.
//!
//! When [`unsplit`] leaves no opening over its days, its matching is stable. Else the [question](Question) is put to
//! the solver. That no pair blocks can be assumed pair by pair, so that a contradiction says which pairs are at odds.
//! From a stable matching the search goes on to others that are better for some candidate and worse for none, until
//! there is none.
//!
//! Cost: exponential at worst, as the problem is NP-hard (McDermid & Manlove 2010).
//!
//! Guaranteed: whatever is answered is right. Not guaranteed: an answer before patience ends; that the matching
//! found is the best one for everybody, as there need not be such a one.

use std::collections::BTreeSet;
use std::fmt;

use super::question::Question;
use super::{DaysError, unsplit};
use crate::exact::{Lit, Verdict};
use crate::market::StrictMarket;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// What a search for a stable matching with day sizes found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exact {
    /// A stable matching.
    Stable {
        /// Who got which opening.
        matching: Matching,
        /// Whether no other stable matching is better for some candidate and worse for none; false only when
        /// the search for one was stopped or would have been too large.
        undominated: bool,
    },
    /// There is none, because of these pairs.
    NoneStable(Proof),
    /// Patience ended before anything was found.
    Stopped,
    /// The market and its days need a larger formula than fits in memory; nothing was searched.
    TooLarge,
}

/// Why no stable matching exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Whatever the matching, if no opening is over its days then one of these pairs blocks it. By candidate and
    /// the candidate's preference.
    pub pairs: Vec<(Candidate, Opening)>,
    /// Whether no pair can be left out of them; false only when patience ended before all were tried.
    pub minimal: bool,
}

impl Proof {
    /// The candidates at odds, in order.
    pub fn candidates(&self) -> Vec<Candidate> {
        Vec::from_iter(self.pairs.iter().map(|&(candidate, _)| candidate).collect::<BTreeSet<_>>())
    }

    /// The openings at odds, in order.
    pub fn openings(&self) -> Vec<Opening> {
        Vec::from_iter(self.pairs.iter().map(|&(_, opening)| opening).collect::<BTreeSet<_>>())
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("every matching that keeps to the days is blocked by one of these pairs: ")?;
        for (at, (candidate, opening)) in self.pairs.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}candidate {candidate} and opening {opening}")?;
        }
        Ok(())
    }
}

/// Searches for a stable matching with day sizes while `patience` says to go on.
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
/// let strict = market.strict().expect("no ties");
/// let days::Exact::NoneStable(proof) = days::exact(&strict, &[1, 1, 2], &mut || true)? else {
///     panic!("nothing is stable here")
/// };
/// assert_eq!((proof.candidates(), proof.openings()), (vec![0, 1, 2], vec![0, 1]));
/// // If Mei took one day only, something would be.
/// assert!(matches!(days::exact(&strict, &[1, 1, 1], &mut || true)?, days::Exact::Stable { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn exact(
    market: &StrictMarket<'_>,
    days: &[u32],
    patience: &mut dyn FnMut() -> bool,
) -> Result<Exact, DaysError> {
    let generous = unsplit(market, days)?;
    let first = generous.over.iter().all(|&over| over == 0).then_some(generous.matching);
    if let Some(matching) = &first
        && days.windows(2).all(|two| two[0] == two[1])
    {
        // Days of one size are seats: this is the best matching for everybody.
        return Ok(Exact::Stable { matching: matching.clone(), undominated: true });
    }
    let Some(mut question) = Question::of(market, days) else {
        return Ok(first.map_or(Exact::TooLarge, |matching| Exact::Stable { matching, undominated: false }));
    };
    let first = match first {
        Some(matching) => matching,
        None => match question.formula.solve(&[question.unblocked], patience) {
            Verdict::Possible(model) => question.matching(&model),
            Verdict::Impossible(_) => return Ok(Exact::NoneStable(proof(question, patience))),
            Verdict::Stopped => return Ok(Exact::Stopped),
            Verdict::TooLarge => return Ok(Exact::TooLarge),
        },
    };
    Ok(improved(question, first, patience))
}

/// Goes on from a stable matching to others that are better for some candidate and worse for none.
fn improved(mut question: Question, first: Matching, patience: &mut dyn FnMut() -> bool) -> Exact {
    let mut matching = first;
    loop {
        let somebody = question.formula.variable();
        let mut assumed = vec![question.unblocked, somebody];
        let mut better = vec![!somebody];
        for (candidate, wishes) in (0..).zip(&question.wishes) {
            let got = matching.opening_of(candidate);
            let place = wishes.iter().position(|wish| Some(wish.opening) == got);
            assumed.extend(place.map(|place| wishes[place].served));
            better.extend(wishes[..place.unwrap_or(wishes.len())].last().map(|wish| wish.served));
        }
        question.formula.clause(better);
        match question.formula.solve(&assumed, patience) {
            Verdict::Possible(model) => matching = question.matching(&model),
            Verdict::Impossible(_) => return Exact::Stable { matching, undominated: true },
            Verdict::Stopped | Verdict::TooLarge => {
                return Exact::Stable { matching, undominated: false };
            }
        }
    }
}

/// Pairs that cannot all be kept from blocking: from all pairs one after the other is left out as long as they
/// cannot.
fn proof(mut question: Question, patience: &mut dyn FnMut() -> bool) -> Proof {
    let all = question.wishes.iter().flatten().map(|wish| wish.unblocked);
    let mut core: Vec<Lit> = all.filter(|&unblocked| unblocked != question.formula.always()).collect();
    let mut needed = Vec::new();
    let mut minimal = true;
    while let Some(tried) = core.pop() {
        let rest: Vec<Lit> = core.iter().chain(&needed).copied().collect();
        match question.formula.solve(&rest, patience) {
            Verdict::Impossible(smaller) => core.retain(|lit| smaller.contains(lit)),
            Verdict::Possible(_) => needed.push(tried),
            Verdict::Stopped | Verdict::TooLarge => {
                minimal = false;
                needed.push(tried);
                needed.append(&mut core);
            }
        }
    }
    let named = (0..).zip(&question.wishes).flat_map(|(candidate, wishes)| {
        let needed = wishes.iter().filter(|wish| needed.contains(&wish.unblocked));
        needed.map(move |wish| (candidate, wish.opening))
    });
    Proof { pairs: named.collect(), minimal }
}
