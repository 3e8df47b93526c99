//! The exact search of one part of a market: a stable matching or a proof that there is none, and then the fewest
//! blocks or the fewest extra seats.
//!
//! Every answer is exact. The fewest is found from below: none is proven too few, then one, and so on, so that a
//! search that is stopped knows a bound. The problem is NP-hard, and so are the fewest blocks to come near (Manlove,
//! McBride & Trimble 2017); on markets like those of a round it is quick.

use std::collections::BTreeSet;

use super::clash::Clash;
use super::conditions::{Conditions, Relief};
use super::market::CoupledMarket;
use super::units::{UnitId, Units};
use crate::Opening;
use crate::audit::couples::Blocking;
use crate::exact::{Formula, Lit, Model, Verdict};
use crate::market::Market;
use crate::matching::Matching;

/// One part of a market that is to be searched.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) market: &'a Market,
    pub(super) units: &'a Units,
    pub(super) part: &'a [UnitId],
}

/// What the search for a stable matching ends with.
pub(super) enum Stable<'a> {
    /// Written into the matching.
    Found,
    /// Proven that there is none.
    Never(Box<Unstable<'a>>),
    /// Patience ended, or the part is too large to be searched.
    Stopped,
}

/// The conditions that cannot all hold, and those of their excuses that are enough to blame.
pub(super) struct Unstable<'a> {
    conditions: Conditions<'a>,
    core: Vec<Lit>,
}

/// What the search for extra seats ends with.
pub(super) enum ExtraSeats {
    /// Which openings get how many more, and how many it takes at least in all.
    Found { seats: Vec<(Opening, u32)>, fewest: usize },
    /// Proven that [`EXTRA_SEATS`](super::conditions::EXTRA_SEATS) more everywhere do not help.
    Never,
    /// Stopped before anything was found.
    Stopped,
}

impl<'a> Part<'a> {
    fn conditions(self, relief: Relief) -> Option<Conditions<'a>> {
        Conditions::of(self.market, self.units, self.part, relief)
    }

    /// Writes a stable matching of the part: one that no other beats for one unit without being worse for another,
    /// if patience lasts so long.
    pub(super) fn stable(self, patience: &mut dyn FnMut() -> bool, matching: &mut Matching) -> Stable<'a> {
        let Some(mut conditions) = self.conditions(Relief::Agents) else { return Stable::Stopped };
        let kept = nobody_excused(&conditions);
        match solve_near(&mut conditions, &kept, matching, patience) {
            Verdict::Possible(model) => {
                let best = climb(&mut conditions, &kept, model, patience);
                conditions.write(&best, matching);
                Stable::Found
            }
            Verdict::Impossible(core) => Stable::Never(Box::new(Unstable { conditions, core })),
            Verdict::Stopped | Verdict::TooLarge => Stable::Stopped,
        }
    }

    /// How many of these blocks are of the part.
    pub(super) fn blocks(self, market: &CoupledMarket, blocking: &[Blocking]) -> usize {
        let here = |block: &&Blocking| {
            let candidate = match **block {
                Blocking::Single { candidate, .. } => candidate,
                Blocking::Couple { couple, .. } => market.couples()[couple as usize].members[0],
            };
            self.part.binary_search(&self.units.of_candidate(candidate)).is_ok()
        };
        blocking.iter().filter(here).count()
    }

    /// Gives the units of the part what they have in another matching.
    pub(super) fn copy(self, from: &Matching, to: &mut Matching) {
        for member in self.part.iter().flat_map(|&unit| self.units.unit(unit).members).flatten() {
            to.set(member, from.opening_of(member));
        }
    }

    /// Writes a matching of the part with fewer blocks than `known`, and as few as there can be, if there is one.
    /// Answers how many there are at least. It is known that there is none without.
    pub(super) fn fewest_blocks(
        self,
        known: usize,
        patience: &mut dyn FnMut() -> bool,
        matching: &mut Matching,
    ) -> usize {
        let Some(mut conditions) = self.conditions(Relief::Blocks) else { return 1 };
        let mut count = Growing::of(conditions.blocks.clone());
        for blocks in 1..known {
            let at_most = count.at_most(&mut conditions.formula, blocks, known);
            match solve_near(&mut conditions, &[at_most], matching, patience) {
                Verdict::Possible(model) => {
                    conditions.write(&model, matching);
                    return blocks;
                }
                Verdict::Impossible(_) => {}
                Verdict::Stopped | Verdict::TooLarge => return blocks,
            }
        }
        known
    }

    /// The fewest extra seats with which the part has a stable matching, which is written into the matching, and
    /// with them as few openings with two as can be, and then a matching as [`stable`](Self::stable) gives.
    pub(super) fn extra_seats(
        self,
        patience: &mut dyn FnMut() -> bool,
        matching: &mut Matching,
    ) -> ExtraSeats {
        let Some(mut conditions) = self.conditions(Relief::Seats) else { return ExtraSeats::Stopped };
        let any = match solve_near(&mut conditions, &[], matching, patience) {
            Verdict::Possible(model) => model,
            Verdict::Impossible(_) => return ExtraSeats::Never,
            Verdict::Stopped | Verdict::TooLarge => return ExtraSeats::Stopped,
        };
        let extra: Vec<Lit> = conditions.extra.iter().flatten().copied().collect();
        let most = extra.iter().filter(|&&seat| any.holds(seat)).count();
        let (mut best, mut fewest) = (any, 1);
        let mut count = Growing::of(extra.clone());
        while fewest <= most {
            let at_most = count.at_most(&mut conditions.formula, fewest, most);
            match solve_near(&mut conditions, &[at_most], matching, patience) {
                Verdict::Possible(model) => {
                    best = spread(&mut conditions, at_most, model, patience);
                    break;
                }
                Verdict::Impossible(_) => fewest += 1,
                Verdict::Stopped | Verdict::TooLarge => break,
            }
        }
        let given: Vec<Lit> = extra.iter().map(|&seat| if best.holds(seat) { seat } else { !seat }).collect();
        let best = climb(&mut conditions, &given, best, patience);
        conditions.write(&best, matching);
        let more = conditions
            .extra
            .iter()
            .map(|extra| extra.iter().filter(|&&seat| best.holds(seat)).count() as u32);
        let seats = conditions.openings.iter().copied().zip(more).filter(|&(_, more)| more > 0).collect();
        ExtraSeats::Found { seats, fewest }
    }
}

/// Under a limit of seats, as few openings with two more as can be.
fn spread(
    conditions: &mut Conditions<'_>,
    at_most: Lit,
    model: Model,
    patience: &mut dyn FnMut() -> bool,
) -> Model {
    let second: Vec<Lit> = conditions.extra.iter().map(|extra| extra[1]).collect();
    let known = second.iter().filter(|&&seat| model.holds(seat)).count();
    let mut count = Growing::of(second);
    for fewer in 0..known {
        let limits = [at_most, count.at_most(&mut conditions.formula, fewer, known)];
        match conditions.formula.solve(&limits, patience) {
            Verdict::Possible(better) => return better,
            Verdict::Impossible(_) => {}
            Verdict::Stopped | Verdict::TooLarge => break,
        }
    }
    model
}

/// Searches with everybody held where a matching has them, and lets go, as often as that is in the way, of those in
/// whose way it is: what goes round is often a small part of the market, and the rest need not be searched.
fn solve_near(
    conditions: &mut Conditions<'_>,
    wanted: &[Lit],
    matching: &Matching,
    patience: &mut dyn FnMut() -> bool,
) -> Verdict {
    let mut held: Vec<Lit> =
        (0..conditions.part.len()).map(|place| conditions.has_as_in(matching, place)).collect();
    loop {
        match conditions.formula.solve(&[wanted, &held].concat(), patience) {
            Verdict::Impossible(core) => {
                let before = held.len();
                let in_the_way: BTreeSet<Lit> = core.iter().copied().collect();
                held.retain(|lit| !in_the_way.contains(lit));
                if held.len() == before {
                    return Verdict::Impossible(core);
                }
            }
            other => return other,
        }
    }
}

/// Everybody keeps to the rules.
fn nobody_excused(conditions: &Conditions<'_>) -> Vec<Lit> {
    conditions.unit_excused.iter().chain(&conditions.opening_excused).map(|&lit| !lit).collect()
}

/// From one matching to another that is as good for every unit and better for one, until there is none. What is
/// `kept` stays true.
fn climb(
    conditions: &mut Conditions<'_>,
    kept: &[Lit],
    mut model: Model,
    patience: &mut dyn FnMut() -> bool,
) -> Model {
    loop {
        let mut wanted = kept.to_vec();
        let mut better = Vec::new();
        for place in 0..conditions.part.len() {
            let equals = match conditions.choice_in(&model, place) {
                Some(choice) => conditions.equals(place, choice),
                None => conditions.units.choices(conditions.part[place]).len()..0,
            };
            wanted.extend(conditions.has_before(place, equals.end));
            better.extend(conditions.has_before(place, equals.start));
        }
        // This asks for one step up, and the next for another: it holds only while it is assumed.
        let step = conditions.formula.variable();
        conditions.formula.clause(better.into_iter().chain([!step]));
        wanted.push(step);
        match conditions.formula.solve(&wanted, patience) {
            Verdict::Possible(higher) => model = higher,
            _ => return model,
        }
    }
}

/// A counter that is built only as high as it is asked about.
struct Growing {
    lits: Vec<Lit>,
    count: Vec<Lit>,
}

impl Growing {
    fn of(lits: Vec<Lit>) -> Self {
        Self { lits, count: Vec::new() }
    }

    /// At most `limit` of them are true; no limit beyond `highest` will be asked about.
    fn at_most(&mut self, formula: &mut Formula, limit: usize, highest: usize) -> Lit {
        if self.count.len() <= limit {
            self.count = formula.counter(&self.lits, (4 * (limit + 1)).min(highest).max(limit + 1));
        }
        !self.count[limit]
    }
}

impl Unstable<'_> {
    /// Names the units and openings that cannot be satisfied together: as few as leave a contradiction when any
    /// one of them is left out, if patience lasts so long.
    pub(super) fn clash(mut self, patience: &mut dyn FnMut() -> bool) -> Clash {
        let conditions = &mut self.conditions;
        let mut core = self.core;
        let mut minimal = true;
        // Units first, so that singles go where openings alone explain it.
        let mut next = 0;
        while next < core.len() {
            let mut without = core.clone();
            without.remove(next);
            match conditions.formula.solve(&without, patience) {
                Verdict::Impossible(smaller) => {
                    // What stands before is needed; the core keeps the order of what was assumed.
                    next = smaller.iter().take_while(|lit| core[..next].contains(lit)).count();
                    core = smaller;
                }
                Verdict::Possible(_) => next += 1,
                Verdict::Stopped | Verdict::TooLarge => {
                    minimal = false;
                    break;
                }
            }
        }
        let blamed = |excuse: &Lit| core.contains(&!*excuse);
        let mut clash = Clash { couples: Vec::new(), singles: Vec::new(), openings: Vec::new(), minimal };
        for (&unit, _) in
            conditions.part.iter().zip(&conditions.unit_excused).filter(|(_, excuse)| blamed(excuse))
        {
            match conditions.units.unit(unit).couple {
                Some(couple) => clash.couples.push(couple),
                None => clash.singles.extend(conditions.units.unit(unit).members[0]),
            }
        }
        let openings = conditions.openings.iter().zip(&conditions.opening_excused);
        clash.openings.extend(openings.filter(|(_, excuse)| blamed(excuse)).map(|(&opening, _)| opening));
        clash
    }
}
