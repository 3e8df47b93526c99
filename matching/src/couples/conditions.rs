//! The [definition](crate::audit::couples::STABILITY) as conditions for the exact search.
//!
//! One variable for each unit and choice; from them, for each unit, "it has this choice or a better one", and for
//! each scarce opening, "of those it likes as much as this or more, it holds at least so many". An opening turns
//! a candidate away exactly when its seats are all held by people it likes as much or more, so every way of
//! blocking is forbidden by one clause of these. About 4 literals for each joint choice, and quota × list for
//! each scarce opening.
//!
//! What may give way is left open, by literals that excuse from a condition: whole units and openings for a proof,
//! single blocks for the fewest of them, seats for the fewest more.

use std::collections::BTreeMap;

use super::counts::{Counts, any};
use super::units::{Choice, Place, UnitId, Units, is_scarce};
use crate::exact::{Formula, Lit, Model};
use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// What may give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relief {
    /// Everything of a unit that would block, and the seats of an opening that would not be enough.
    Agents,
    /// One unit with one choice that blocks.
    Blocks,
    /// Up to [`EXTRA_SEATS`] seats more at an opening.
    Seats,
}

/// How many more seats an opening may get.
pub(super) const EXTRA_SEATS: usize = 2;

/// Counts (quota × list, over all scarce openings) beyond which a part is not searched: they would not fit
/// into the formula.
const LARGEST: usize = 1 << 21;

/// The conditions of one part of a market.
pub(super) struct Conditions<'a> {
    pub(super) formula: Formula,
    pub(super) units: &'a Units,
    market: &'a Market,
    relief: Relief,
    /// The units, in order.
    pub(super) part: &'a [UnitId],
    /// The scarce openings, in order.
    pub(super) openings: Vec<Opening>,
    /// For each unit and choice: the unit has it, or one at an earlier place of its list.
    so_far: Vec<Vec<Lit>>,
    /// For each unit and choice: the unit has it.
    chosen: Vec<Vec<Lit>>,
    /// A candidate is at an opening.
    sits: BTreeMap<(Candidate, Opening), Lit>,
    /// For each scarce opening.
    counts: Vec<Counts>,
    /// For each unit: it may block as it likes ([`Relief::Agents`]).
    pub(super) unit_excused: Vec<Lit>,
    /// For each scarce opening: it may hold as many as it likes ([`Relief::Agents`]).
    pub(super) opening_excused: Vec<Lit>,
    /// For each unit and choice, in order: they block ([`Relief::Blocks`]).
    pub(super) blocks: Vec<Lit>,
    /// For each scarce opening: it has at least one seat more, two more ([`Relief::Seats`]).
    pub(super) extra: Vec<[Lit; EXTRA_SEATS]>,
}

impl<'a> Conditions<'a> {
    /// None when there would be too many to hold.
    pub(super) fn of(
        market: &'a Market,
        units: &'a Units,
        part: &'a [UnitId],
        relief: Relief,
    ) -> Option<Self> {
        let named = part.iter().flat_map(|&unit| units.choices(unit)).flat_map(|choice| choice.places);
        let mut openings: Vec<Opening> = named
            .flatten()
            .map(|place| place.opening)
            .filter(|&opening| is_scarce(market, opening))
            .collect();
        openings.sort_unstable();
        openings.dedup();
        let counted = |&opening: &Opening| {
            let seats = relief.seats(market.quota(opening) as usize);
            market.openings().list(opening).len().saturating_mul(seats)
        };
        if openings.iter().map(counted).fold(0, usize::saturating_add) > LARGEST {
            return None;
        }
        let mut conditions = Self {
            formula: Formula::new(),
            units,
            market,
            relief,
            part,
            openings,
            so_far: Vec::new(),
            chosen: Vec::new(),
            sits: BTreeMap::new(),
            counts: Vec::new(),
            unit_excused: Vec::new(),
            opening_excused: Vec::new(),
            blocks: Vec::new(),
            extra: Vec::new(),
        };
        part.iter().for_each(|&unit| conditions.has_one_choice_at_most(unit));
        for place in 0..conditions.openings.len() {
            conditions.holds_no_more_than_its_seats(conditions.openings[place]);
        }
        for place in 0..part.len() {
            conditions.does_not_block(place);
        }
        Some(conditions)
    }

    /// Whom a model seats where.
    pub(super) fn write(&self, model: &Model, matching: &mut Matching) {
        for (place, &unit) in self.part.iter().enumerate() {
            self.units.assign(unit, self.choice_in(model, place), matching);
        }
    }

    /// What the unit at a place of the part has in a model.
    pub(super) fn choice_in(&self, model: &Model, place: usize) -> Option<usize> {
        self.chosen[place].iter().position(|&lit| model.holds(lit))
    }

    /// The unit at a place of the part has what it has in a matching.
    pub(super) fn has_as_in(&self, matching: &Matching, place: usize) -> Lit {
        let unit = self.part[place];
        let members = self.units.unit(unit).members;
        let has = members.map(|member| member.and_then(|member| matching.opening_of(member)));
        let is_this = |choice: &Choice| choice.places.map(|place| place.map(|place| place.opening)) == has;
        match self.units.choices(unit).iter().position(is_this) {
            Some(choice) => self.chosen[place][choice],
            None => self.so_far[place].last().map_or(self.formula.always(), |&something| !something),
        }
    }

    /// The unit at a place of the part has one of its choices `0..end`; none when there is no such choice.
    pub(super) fn has_before(&self, place: usize, end: usize) -> Option<Lit> {
        end.checked_sub(1).map(|last| self.so_far[place][last])
    }

    /// Where the choices as good as this one begin and end in the unit's list.
    pub(super) fn equals(&self, place: usize, choice: usize) -> std::ops::Range<usize> {
        let choices = self.units.choices(self.part[place]);
        let rank = choices[choice].rank;
        choices.partition_point(|other| other.rank < rank)
            ..choices.partition_point(|other| other.rank <= rank)
    }

    fn never(&self) -> Lit {
        !self.formula.always()
    }

    fn has_one_choice_at_most(&mut self, unit: UnitId) {
        let formula = &mut self.formula;
        let choices = self.units.choices(unit);
        let chosen: Vec<Lit> = choices.iter().map(|_| formula.variable()).collect();
        let mut so_far: Vec<Lit> = Vec::with_capacity(chosen.len());
        for &this in &chosen {
            let Some(&before) = so_far.last() else {
                so_far.push(this);
                continue;
            };
            let now = formula.variable();
            formula.clause([!before, !this]);
            formula.clause([!before, now]);
            formula.clause([!this, now]);
            formula.clause([!now, before, this]);
            so_far.push(now);
        }
        let mut at: BTreeMap<(Candidate, Opening), Vec<Lit>> = BTreeMap::new();
        for (choice, &lit) in choices.iter().zip(&chosen) {
            for (member, place) in self.units.seats(unit, choice) {
                at.entry((member, place.opening)).or_default().push(lit);
            }
        }
        for (pair, lits) in at {
            let sits = any(formula, &lits);
            self.sits.insert(pair, sits);
        }
        self.so_far.push(so_far);
        self.chosen.push(chosen);
    }

    fn holds_no_more_than_its_seats(&mut self, opening: Opening) {
        let quota = self.market.quota(opening) as usize;
        let seats = self.relief.seats(quota);
        let excused = (self.relief == Relief::Agents).then(|| self.formula.variable());
        let mut counts = Counts::default();
        for (rank, edge) in self.market.openings().ranked(opening) {
            let Some(&sits) = self.sits.get(&(edge.partner, opening)) else { continue };
            if let Some(&full) = counts.of_all().get(seats - 1) {
                self.formula.clause([!sits, !full].into_iter().chain(excused));
            }
            counts.add(&mut self.formula, rank, sits, seats);
        }
        self.opening_excused.extend(excused);
        if self.relief == Relief::Seats {
            let extra @ [one, two] = [self.formula.variable(), self.formula.variable()];
            self.formula.clause([!two, one]);
            for (&held, more) in counts.of_all().iter().skip(quota).zip(extra) {
                self.formula.clause([!held, more]);
            }
            self.extra.push(extra);
        }
        self.counts.push(counts);
    }

    /// Forbids the unit at a place of the part every way to block, or asks for its excuse.
    fn does_not_block(&mut self, place: usize) {
        let unit = self.part[place];
        let of_unit = (self.relief == Relief::Agents).then(|| self.formula.variable());
        self.unit_excused.extend(of_unit);
        let nowhere = [0, 1].map(|member| self.is_nowhere(place, member));
        for (at, choice) in self.units.choices(unit).iter().enumerate() {
            let of_block = (self.relief == Relief::Blocks).then(|| self.formula.variable());
            self.blocks.extend(of_block);
            let as_good = self.so_far[place][self.equals(place, at).end - 1];
            let content: Vec<Lit> = [Some(as_good), of_unit, of_block].into_iter().flatten().collect();
            let [a, b] = self.units.unit(unit).members;
            let [g, h] = choice.places;
            let stays = [(a, g, nowhere[0]), (b, h, nowhere[1])].map(|(member, place, nowhere)| match member
                .zip(place)
            {
                Some((member, place)) => self.sits[&(member, place.opening)],
                None => nowhere,
            });
            // 1, 2a, 2b: one of them stays, the other moves.
            for (mover, beside, stays) in [(g, h, stays[1]), (h, g, stays[0])] {
                let refused = mover.map(|place| self.refuses(place, beside));
                self.formula.clause(content.iter().copied().chain([!stays]).chain(refused));
            }
            // 3a to 3d: both move.
            let refused = match (g, h) {
                (Some(g), Some(h)) if g.opening == h.opening => {
                    let (better, worse) = (g.rank.min(h.rank), g.rank.max(h.rank));
                    [
                        Some(self.holds_all_but(g.opening, better, 1)),
                        Some(self.holds_all_but(g.opening, worse, 0)),
                    ]
                }
                _ => [g, h].map(|place| place.map(|place| self.refuses(place, None))),
            };
            self.formula.clause(content.iter().copied().chain(stays).chain(refused.into_iter().flatten()));
        }
    }

    /// Member 0 or 1 of the unit at a place of the part has no opening. A single has no member 1.
    fn is_nowhere(&mut self, place: usize, member: usize) -> Lit {
        let choices = self.units.choices(self.part[place]);
        let somewhere =
            choices.iter().zip(&self.chosen[place]).filter(|(choice, _)| choice.places[member].is_some());
        let somewhere: Vec<Lit> = somewhere.map(|(_, &lit)| lit).collect();
        !any(&mut self.formula, &somewhere)
    }

    /// An opening turns a candidate of this rank away, who comes to somebody `beside` it, if anybody.
    fn refuses(&mut self, place: Place, beside: Option<Place>) -> Lit {
        match beside.filter(|beside| beside.opening == place.opening && beside.rank > place.rank) {
            // The other is worse and will not be displaced: the rest of the seats are to be held by better ones.
            Some(_) => self.holds_all_but(place.opening, place.rank, 1),
            None => self.holds_all_but(place.opening, place.rank, 0),
        }
    }

    /// All seats of an opening but so many (0 or 1) are held by candidates of this rank or better.
    fn holds_all_but(&mut self, opening: Opening, rank: u32, but: usize) -> Lit {
        let Ok(place) = self.openings.binary_search(&opening) else {
            // An opening with a seat for everybody is never full.
            return self.never();
        };
        let always = self.formula.always();
        let held = |counts: &Counts, seats: usize| match seats.checked_sub(1) {
            None => always,
            Some(at) => counts.up_to(rank).get(at).copied().unwrap_or(!always),
        };
        let seats = self.market.quota(opening) as usize - but;
        let all = held(&self.counts[place], seats);
        let Some(&extra) = self.extra.get(place) else { return all };
        // As many more as the opening has got.
        let still_all = self.formula.variable();
        self.formula.clause([!still_all, all]);
        for (more, lit) in (1..).zip(extra) {
            let all = held(&self.counts[place], seats + more);
            self.formula.clause([!still_all, !lit, all]);
        }
        still_all
    }
}

impl Relief {
    /// How many an opening of so many seats may be made to hold.
    fn seats(self, quota: usize) -> usize {
        if self == Self::Seats { quota + EXTRA_SEATS } else { quota }
    }
}
