//! What the solver is asked about a market with day sizes.
//!
//! For each acceptable pair whether the two are together; for each candidate whether it has its choice of some rank
//! or a better one; for each opening whether those at the head of its list hold at least so many days. A pair whose
//! days fit beside those held above the candidate does not block when the candidate has this opening or a better
//! one.
//!
//! Cost: some variables for each entry of an opening's list and each number of its days that can matter.

use crate::exact::{Formula, Lit, Model};
use crate::market::StrictMarket;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// How many "at least so many days" may stand in a formula before it is too large.
const LARGEST: usize = 1 << 20;

/// What the formula says of one entry of a candidate's list.
pub(super) struct Wish {
    pub(super) opening: Opening,
    /// The two are together; never, when the days do not fit at all.
    pub(super) together: Lit,
    /// The candidate has this opening or a better one.
    pub(super) served: Lit,
    /// The two do not block: to be assumed; always so, when the days do not fit at all.
    pub(super) unblocked: Lit,
}

/// The conditions of validity, and for each pair the condition that it does not block.
pub(super) struct Question {
    pub(super) formula: Formula,
    /// For each candidate its list, best first.
    pub(super) wishes: Vec<Vec<Wish>>,
    /// No pair blocks: to be assumed.
    pub(super) unblocked: Lit,
}

impl Question {
    /// None when the formula would be too large.
    pub(super) fn of(market: &StrictMarket<'_>, days: &[u32]) -> Option<Self> {
        let mut formula = Formula::new();
        let unblocked = formula.variable();
        let mut question = Self { formula, wishes: Vec::new(), unblocked };
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
                    question.formula.clause([!unblocked, wish.unblocked]);
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

    /// The matching that the solver found.
    pub(super) fn matching(&self, model: &Model) -> Matching {
        Matching::new(self.wishes.iter().map(|wishes| {
            let got = wishes.iter().find(|wish| model.holds(wish.together));
            got.map(|wish| wish.opening)
        }))
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
