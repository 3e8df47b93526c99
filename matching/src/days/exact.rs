//! The exact search for a stable matching with day sizes, or for the proof that there is none.
//!
//! When [`unsplit`] leaves no opening over its days, its matching is stable and is the answer. Else the question is
//! put to the solver: for each acceptable pair whether the two are together, for each candidate whether it has its
//! choice of some rank or a better one, for each opening whether those at the head of its list hold at least so
//! many days. That no pair blocks is assumed pair by pair, so that a contradiction says which pairs are at odds.
//!
//! Cost: exponential at worst, as the problem is NP-complete (McDermid & Manlove 2010); the formula has
//! some variables for each entry of an opening's list and each number of its days that can matter.
//!
//! Guaranteed: whatever is answered is right. Not guaranteed: an answer before patience ends; that the matching
//! found is the best one for anybody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{DaysError, unsplit};
use crate::exact::{Formula, Lit, Verdict};
use crate::market::StrictMarket;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// What a search for a stable matching with day sizes found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exact {
    /// A stable matching.
    Stable(Matching),
    /// There is none, because of these pairs.
    None(NoneStable),
    /// Patience ended first.
    Stopped,
    /// The market and its days need a larger formula than fits in memory; nothing was searched.
    TooLarge,
}

/// The proof that no stable matching exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoneStable {
    /// Whatever the matching, if no opening is over its days then one of these pairs blocks it. By candidate.
    pub pairs: Vec<(Candidate, Opening)>,
    /// Whether no pair can be left out of them; false only when patience ended before all were tried.
    pub minimal: bool,
}

impl NoneStable {
    /// The candidates at odds, in order.
    pub fn candidates(&self) -> Vec<Candidate> {
        Vec::from_iter(self.pairs.iter().map(|&(candidate, _)| candidate).collect::<BTreeSet<_>>())
    }

    /// The openings at odds, in order.
    pub fn openings(&self) -> Vec<Opening> {
        Vec::from_iter(self.pairs.iter().map(|&(_, opening)| opening).collect::<BTreeSet<_>>())
    }
}

impl fmt::Display for NoneStable {
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
/// let days::Exact::None(proof) = days::exact(&strict, &[1, 1, 2], &mut || true)? else {
///     panic!("nothing is stable here")
/// };
/// assert_eq!((proof.candidates(), proof.openings()), (vec![0, 1, 2], vec![0, 1]));
/// // If Mei took one day only, there would be room for all.
/// assert!(matches!(days::exact(&strict, &[1, 1, 1], &mut || true)?, days::Exact::Stable(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn exact(
    market: &StrictMarket<'_>,
    days: &[u32],
    patience: &mut dyn FnMut() -> bool,
) -> Result<Exact, DaysError> {
    let generous = unsplit(market, days)?;
    if generous.over.iter().all(|&over| over == 0) {
        return Ok(Exact::Stable(generous.matching));
    }
    let Some(mut question) = Question::of(market, days) else { return Ok(Exact::TooLarge) };
    let assumptions: Vec<Lit> = question.unblocked.values().copied().collect();
    Ok(match question.formula.solve(&assumptions, patience) {
        Verdict::Possible(model) => {
            let mut matching = Matching::empty(market.candidates().len());
            for (&(candidate, opening), &together) in &question.together {
                if model.holds(together) {
                    matching.assign(candidate, opening);
                }
            }
            Exact::Stable(matching)
        }
        Verdict::Impossible(core) => Exact::None(question.proof(core, patience)),
        Verdict::Stopped => Exact::Stopped,
        Verdict::TooLarge => Exact::TooLarge,
    })
}

type Pair = (Candidate, Opening);

/// How many "at least so many days" may stand in a formula before it is too large.
const LARGEST: usize = 1 << 20;

/// The conditions of validity, and for each pair the condition that it does not block.
struct Question {
    formula: Formula,
    /// Whether the two are together; only for pairs whose days fit at all.
    together: BTreeMap<Pair, Lit>,
    /// To assume that the pair does not block.
    unblocked: BTreeMap<Pair, Lit>,
}

impl Question {
    fn of(market: &StrictMarket<'_>, days: &[u32]) -> Option<Self> {
        let mut question =
            Self { formula: Formula::new(), together: BTreeMap::new(), unblocked: BTreeMap::new() };
        let fits = |candidate: Candidate, opening| days[candidate as usize] <= market.quota(opening);
        let mut served = BTreeMap::new();
        for candidate in market.each_candidate() {
            let mut better = !question.formula.always();
            for edge in market.candidates().list(candidate).iter().filter(|e| fits(candidate, e.partner)) {
                let together = question.formula.variable();
                question.formula.clause([!together, !better]);
                better = question.or(better, together);
                question.together.insert((candidate, edge.partner), together);
                served.insert((candidate, edge.partner), better);
            }
        }
        let mut size = 0;
        for opening in market.each_opening() {
            let list = market.openings().list(opening).iter().map(|edge| edge.partner);
            let list: Vec<Candidate> = list.filter(|&candidate| fits(candidate, opening)).collect();
            let rooms = question.rooms(opening, &list, market.quota(opening), days, &mut size)?;
            for (candidate, room) in list.into_iter().zip(rooms) {
                let pair = (candidate, opening);
                let unblocked = question.formula.variable();
                question.formula.clause([!question.together[&pair], room]);
                question.formula.clause([!unblocked, !room, served[&pair]]);
                question.unblocked.insert(pair, unblocked);
            }
        }
        Some(question)
    }

    /// A literal that is true exactly when one of two is.
    fn or(&mut self, one: Lit, other: Lit) -> Lit {
        let either = self.formula.variable();
        self.formula.clause([!either, one, other]);
        self.formula.clause([either, !one]);
        self.formula.clause([either, !other]);
        either
    }

    /// For each candidate of an opening's list, whether its days fit beside those held above it. None when that
    /// would make the formula too large; `size` counts over all openings.
    fn rooms(
        &mut self,
        opening: Opening,
        list: &[Candidate],
        quota: u32,
        days: &[u32],
        size: &mut usize,
    ) -> Option<Vec<Lit>> {
        // `totals[k]`: the days of the first k together. `asked[k]`: the numbers t for which it matters whether
        // the first k hold at least t days, collected from the end of the list to its head.
        let days_of = |place: usize| u64::from(days[list[place] as usize]);
        let too_many = |place: usize| u64::from(quota) - days_of(place) + 1;
        let totals: Vec<u64> = (0..list.len())
            .scan(0, |total, place| Some(std::mem::replace(total, *total + days_of(place))))
            .collect();
        let mut asked: Vec<Vec<u64>> = vec![Vec::new(); list.len()];
        for place in (0..list.len()).rev() {
            let below = asked.get(place + 1).into_iter().flatten();
            let below = below.flat_map(|&t| [Some(t), t.checked_sub(days_of(place))]).flatten();
            let matters = |t: &u64| (1..=totals[place]).contains(t);
            let mut numbers: Vec<u64> = below.chain([too_many(place)]).filter(matters).collect();
            numbers.sort_unstable();
            numbers.dedup();
            *size += numbers.len();
            if *size > LARGEST {
                return None;
            }
            asked[place] = numbers;
        }

        let mut rooms = Vec::with_capacity(list.len());
        // Whether the first `place` hold at least each of the numbers asked of them.
        let mut hold: Vec<Lit> = Vec::new();
        let always = self.formula.always();
        for place in 0..list.len() {
            let at_least = |t: u64| match asked[place].binary_search(&t) {
                _ if t == 0 => always,
                Ok(at) => hold[at],
                Err(_) => !always,
            };
            rooms.push(!at_least(too_many(place)));
            let together = self.together[&(list[place], opening)];
            let mut longer = Vec::new();
            for &t in asked.get(place + 1).into_iter().flatten() {
                let without = at_least(t);
                let with = at_least(t.saturating_sub(days_of(place)));
                let reached = self.formula.variable();
                self.formula.clause([!without, reached]);
                self.formula.clause([!together, !with, reached]);
                self.formula.clause([!reached, without, together]);
                self.formula.clause([!reached, with]);
                longer.push(reached);
            }
            hold = longer;
        }
        Some(rooms)
    }

    /// The pairs of a contradiction, after leaving out one after the other as long as it stays one.
    fn proof(&mut self, core: Vec<Lit>, patience: &mut dyn FnMut() -> bool) -> NoneStable {
        let mut core = core;
        let mut needed = Vec::new();
        let mut minimal = true;
        while let Some(tried) = core.pop() {
            let rest: Vec<Lit> = core.iter().chain(&needed).copied().collect();
            match self.formula.solve(&rest, patience) {
                Verdict::Impossible(smaller) => {
                    core.retain(|lit| smaller.contains(lit));
                    needed.retain(|lit| smaller.contains(lit));
                }
                Verdict::Possible(_) => needed.push(tried),
                Verdict::Stopped | Verdict::TooLarge => {
                    minimal = false;
                    needed.push(tried);
                    needed.append(&mut core);
                }
            }
        }
        let named = self.unblocked.iter().filter(|(_, lit)| needed.contains(lit));
        NoneStable { pairs: named.map(|(&pair, _)| pair).collect(), minimal }
    }
}
