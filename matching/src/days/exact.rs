//! The exact search for a stable matching with day sizes, or for the proof that there is none.
//!
//! When [`unsplit`] leaves no opening over its days, its matching is stable. Else the question is put to the solver:
//! for each acceptable pair whether the two are together, for each candidate whether it has its choice of some rank
//! or a better one, for each opening whether those at the head of its list hold at least so many days. That no
//! pair blocks is assumed pair by pair, so that a contradiction says which pairs are at odds. From a stable matching
//! the search goes on to others that are better for some candidate and worse for none, until there is none.
//!
//! Cost: exponential at worst, as the problem is NP-hard (McDermid & Manlove 2010); the formula has some variables
//! for each entry of an opening's list and each number of its days that can matter.
//!
//! Guaranteed: whatever is answered is right. Not guaranteed: an answer before patience ends; that the matching
//! found is the best one for everybody, as there need not be such a one.

use std::collections::BTreeSet;
use std::fmt;

use super::{DaysError, unsplit};
use crate::exact::{Formula, Lit, Model, Verdict};
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
        None => match question.formula.solve(&question.unblocked(), patience) {
            Verdict::Possible(model) => question.matching(&model),
            Verdict::Impossible(core) => return Ok(Exact::NoneStable(question.proof(core, patience))),
            Verdict::Stopped => return Ok(Exact::Stopped),
            Verdict::TooLarge => return Ok(Exact::TooLarge),
        },
    };
    Ok(question.improved(first, patience))
}

/// How many "at least so many days" may stand in a formula before it is too large.
const LARGEST: usize = 1 << 20;

/// What the formula says of one entry of a candidate's list.
struct Wish {
    opening: Opening,
    /// The two are together; never, when the days do not fit at all.
    together: Lit,
    /// The candidate has this opening or a better one.
    served: Lit,
    /// The two do not block: to be assumed.
    unblocked: Lit,
}

/// The conditions of validity, and for each pair the condition that it does not block.
struct Question {
    formula: Formula,
    /// For each candidate its list, best first.
    wishes: Vec<Vec<Wish>>,
}

impl Question {
    fn of(market: &StrictMarket<'_>, days: &[u32]) -> Option<Self> {
        let mut question = Self { formula: Formula::new(), wishes: Vec::new() };
        let fits = |candidate: Candidate, opening| days[candidate as usize] <= market.quota(opening);
        for candidate in market.each_candidate() {
            let mut wishes = Vec::new();
            let mut served = !question.formula.always();
            for opening in market.candidates().list(candidate).iter().map(|edge| edge.partner) {
                let mut wish = Wish {
                    opening,
                    together: !question.formula.always(),
                    served,
                    unblocked: question.formula.always(),
                };
                if fits(candidate, opening) {
                    wish.together = question.formula.variable();
                    question.formula.clause([!wish.together, !served]);
                    served = question.either(served, wish.together);
                    wish.served = served;
                    wish.unblocked = question.formula.variable();
                }
                wishes.push(wish);
            }
            question.wishes.push(wishes);
        }
        let mut size = 0;
        for opening in market.each_opening() {
            let list = market.openings().list(opening).iter().filter(|edge| fits(edge.partner, opening));
            let sizes: Vec<(Lit, u64)> = list
                .clone()
                .map(|edge| {
                    let wish = &question.wishes[edge.partner as usize][edge.rank as usize - 1];
                    (wish.together, u64::from(days[edge.partner as usize]))
                })
                .collect();
            let rooms = rooms(&mut question.formula, &sizes, market.quota(opening).into(), &mut size)?;
            for (edge, room) in list.zip(rooms) {
                let wish = &question.wishes[edge.partner as usize][edge.rank as usize - 1];
                question.formula.clause([!wish.together, room]);
                question.formula.clause([!wish.unblocked, !room, wish.served]);
            }
        }
        Some(question)
    }

    /// A literal that is true exactly when one of two is.
    fn either(&mut self, one: Lit, other: Lit) -> Lit {
        let either = self.formula.variable();
        self.formula.clause([!either, one, other]);
        self.formula.clause([either, !one]);
        self.formula.clause([either, !other]);
        either
    }

    /// That nothing blocks.
    fn unblocked(&self) -> Vec<Lit> {
        self.wishes.iter().flatten().map(|wish| wish.unblocked).collect()
    }

    fn matching(&self, model: &Model) -> Matching {
        Matching::new(self.wishes.iter().map(|wishes| {
            let got = wishes.iter().find(|wish| model.holds(wish.together));
            got.map(|wish| wish.opening)
        }))
    }

    /// Goes on from a stable matching to others that are better for some candidate and worse for none.
    fn improved(&mut self, first: Matching, patience: &mut dyn FnMut() -> bool) -> Exact {
        let mut matching = first;
        loop {
            let mut assumed = self.unblocked();
            let somebody = self.formula.variable();
            let mut better = vec![!somebody];
            for (candidate, wishes) in (0..).zip(&self.wishes) {
                let got = matching.opening_of(candidate);
                let place = wishes.iter().position(|wish| Some(wish.opening) == got);
                assumed.extend(place.map(|place| wishes[place].served));
                better.extend(wishes[..place.unwrap_or(wishes.len())].last().map(|wish| wish.served));
            }
            self.formula.clause(better);
            assumed.push(somebody);
            match self.formula.solve(&assumed, patience) {
                Verdict::Possible(model) => matching = self.matching(&model),
                Verdict::Impossible(_) => return Exact::Stable { matching, undominated: true },
                Verdict::Stopped | Verdict::TooLarge => {
                    return Exact::Stable { matching, undominated: false };
                }
            }
        }
    }

    /// The pairs of a contradiction, after leaving out one after the other as long as it stays one.
    fn proof(&mut self, mut core: Vec<Lit>, patience: &mut dyn FnMut() -> bool) -> Proof {
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
        let named = (0..).zip(&self.wishes).flat_map(|(candidate, wishes)| {
            let needed = wishes.iter().filter(|wish| needed.contains(&wish.unblocked));
            needed.map(move |wish| (candidate, wish.opening))
        });
        Proof { pairs: named.collect(), minimal }
    }
}

/// For each of an opening's people, best first, whether its days fit beside those held above it, given for each
/// whether it is held and its days, of which each is at most the quota. None when that would make the formula too
/// large; `size` counts over all openings.
fn rooms(formula: &mut Formula, people: &[(Lit, u64)], quota: u64, size: &mut usize) -> Option<Vec<Lit>> {
    let too_many = |place: usize| quota - people[place].1 + 1;
    // `asked[k]`: the numbers t, in order, for which it matters whether the first k hold at least t days; they
    // are collected from the end of the list to its head. `total`: the days of those before the place.
    let mut asked: Vec<Vec<u64>> = vec![Vec::new(); people.len()];
    let mut total: u64 = people.iter().map(|&(_, days)| days).sum();
    for (place, &(_, days)) in people.iter().enumerate().rev() {
        total -= days;
        let below = asked.get(place + 1).into_iter().flatten();
        let below = below.flat_map(|&t| [Some(t), t.checked_sub(days)]).flatten();
        let matters = |t: &u64| (1..=total).contains(t);
        let mut numbers: Vec<u64> = below.chain([too_many(place)]).filter(matters).collect();
        numbers.sort_unstable();
        numbers.dedup();
        *size += numbers.len();
        if *size > LARGEST {
            return None;
        }
        asked[place] = numbers;
    }

    let mut rooms = Vec::with_capacity(people.len());
    // Whether the people before the place hold at least each of the numbers asked of them.
    let mut hold: Vec<Lit> = Vec::new();
    let always = formula.always();
    for (place, &(held, days)) in people.iter().enumerate() {
        let at_least = |t: u64| match asked[place].binary_search(&t) {
            _ if t == 0 => always,
            Ok(at) => hold[at],
            Err(_) => !always,
        };
        rooms.push(!at_least(too_many(place)));
        let mut longer = Vec::new();
        for &t in asked.get(place + 1).into_iter().flatten() {
            let (without, with) = (at_least(t), at_least(t.saturating_sub(days)));
            let reached = formula.variable();
            formula.clause([!without, reached]);
            formula.clause([!held, !with, reached]);
            formula.clause([!reached, without, held]);
            formula.clause([!reached, with]);
            longer.push(reached);
        }
        hold = longer;
    }
    Some(rooms)
}
