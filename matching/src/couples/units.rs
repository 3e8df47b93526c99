//! Singles and couples as one kind of thing, and which of them can touch each other.
//!
//! A single is a couple whose second member is never there: its choices are `[opening, none]`, and clause 1 of the
//! [definition](crate::audit::couples::STABILITY) is clause 2a for it. So every mechanism for couples has one case
//! and not two.

use std::ops::Range;

use super::market::{Couple, CoupledMarket};
use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// A single or a couple, by number: singles and couples stand in the order of their first members.
pub(super) type UnitId = u32;

/// A place at an opening: which, and the rank the member has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) opening: Opening,
    pub(super) rank: u32,
}

/// What a unit would take: a place for each member, or none for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) places: [Option<Place>; 2],
    /// The rank the unit gives it, 1 = best.
    pub(super) rank: u32,
}

/// One unit: its members and where its choices lie among all.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) members: [Option<Candidate>; 2],
    pub(super) couple: Option<u32>,
    choices: Range<usize>,
}

/// All units with their choices, best first. Choices that need a place at an opening without seats are left out.
#[derive(Debug)]
pub(super) struct Units {
    units: Vec<Unit>,
    choices: Vec<Choice>,
    unit_of: Vec<UnitId>,
}

impl Units {
    /// The units of a market whose lists one by one are those of `market`, which may have its ties broken.
    pub(super) fn of(coupled: &CoupledMarket, market: &Market) -> Self {
        let mut all =
            Self { units: Vec::new(), choices: Vec::new(), unit_of: vec![0; market.candidates().len()] };
        let place = |edge: &crate::Edge| Place { opening: edge.partner, rank: edge.rank };
        for candidate in market.each_candidate() {
            let start = all.choices.len();
            let (members, couple) = match coupled.couple_of(candidate) {
                None => {
                    let ranked = market.candidates().ranked(candidate);
                    let choices =
                        ranked.map(|(rank, edge)| Choice { places: [Some(place(&edge)), None], rank });
                    all.choices.extend(choices.filter(|choice| has_seats(market, choice)));
                    ([Some(candidate), None], None)
                }
                Some(couple) => {
                    let Couple { members, list } = &coupled.couples()[couple as usize];
                    if members.iter().min() != Some(&candidate) {
                        // The couple is taken up at the member that comes first.
                        continue;
                    }
                    let known = members.map(|member| by_opening(market, member));
                    let seek = |member: usize, opening: Opening| {
                        let at = known[member].binary_search_by_key(&opening, |place| place.opening);
                        known[member][at.expect("the openings of a joint choice list the members")]
                    };
                    let choices = (1..).zip(list).map(|(rank, [one, other])| Choice {
                        places: [one.map(|opening| seek(0, opening)), other.map(|opening| seek(1, opening))],
                        rank,
                    });
                    all.choices.extend(choices.filter(|choice| has_seats(market, choice)));
                    (members.map(Some), Some(couple))
                }
            };
            for member in members.into_iter().flatten() {
                all.unit_of[member as usize] = all.units.len() as UnitId;
            }
            all.units.push(Unit { members, couple, choices: start..all.choices.len() });
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    pub(super) fn unit(&self, unit: UnitId) -> &Unit {
        &self.units[unit as usize]
    }

    /// The unit of a candidate.
    pub(super) fn of_candidate(&self, candidate: Candidate) -> UnitId {
        self.unit_of[candidate as usize]
    }

    /// The choices of a unit, best first.
    pub(super) fn choices(&self, unit: UnitId) -> &[Choice] {
        &self.choices[self.units[unit as usize].choices.clone()]
    }

    /// The members of a unit that have a place in a choice, with the place.
    pub(super) fn seats(
        &self,
        unit: UnitId,
        choice: &Choice,
    ) -> impl Iterator<Item = (Candidate, Place)> + use<> {
        let both = self.unit(unit).members.into_iter().zip(choice.places);
        both.filter_map(|(member, place)| member.zip(place))
    }

    /// Writes what a unit has into a matching.
    pub(super) fn assign(&self, unit: UnitId, choice: Option<usize>, matching: &mut Matching) {
        let places = choice.map_or([None, None], |choice| self.choices(unit)[choice].places);
        for (member, place) in self.unit(unit).members.into_iter().zip(places) {
            if let Some(member) = member {
                matching.set(member, place.map(|place| place.opening));
            }
        }
    }

    /// The parts of the market that cannot touch each other and hold a couple, each as its units in order.
    ///
    /// Units touch at an opening that some of its listers must go without; an opening with a seat for everybody
    /// it lists never turns anybody away and connects nobody.
    pub(super) fn parts(&self, market: &Market) -> Vec<Vec<UnitId>> {
        let mut joined = Joined { above: (0..self.len() as UnitId).collect() };
        for opening in market.each_opening().filter(|&opening| is_scarce(market, opening)) {
            let mut listers =
                market.openings().list(opening).iter().map(|edge| self.of_candidate(edge.partner));
            if let Some(first) = listers.next() {
                listers.for_each(|unit| joined.join(first, unit));
            }
        }
        let mut parts: Vec<Vec<UnitId>> = vec![Vec::new(); self.len()];
        for unit in 0..self.len() as UnitId {
            parts[joined.root(unit) as usize].push(unit);
        }
        let with_couple = |part: &Vec<UnitId>| part.iter().any(|&unit| self.unit(unit).couple.is_some());
        parts.into_iter().filter(with_couple).collect()
    }
}

/// Whether an opening has seats, but not for everybody it lists.
pub(super) fn is_scarce(market: &Market, opening: Opening) -> bool {
    let quota = market.quota(opening);
    0 < quota && (quota as usize) < market.openings().list(opening).len()
}

fn has_seats(market: &Market, choice: &Choice) -> bool {
    choice.places.into_iter().flatten().all(|place| market.quota(place.opening) > 0)
}

/// The places of a candidate, by opening.
fn by_opening(market: &Market, candidate: Candidate) -> Vec<Place> {
    let list = market.candidates().list(candidate);
    let mut places: Vec<Place> =
        list.iter().map(|edge| Place { opening: edge.partner, rank: edge.rank }).collect();
    places.sort_unstable_by_key(|place| place.opening);
    places
}

/// Which units are in one part: union–find, the smaller number above.
struct Joined {
    above: Vec<UnitId>,
}

impl Joined {
    fn root(&mut self, mut unit: UnitId) -> UnitId {
        while self.above[unit as usize] != unit {
            let grand = self.above[self.above[unit as usize] as usize];
            self.above[unit as usize] = grand;
            unit = grand;
        }
        unit
    }

    fn join(&mut self, one: UnitId, other: UnitId) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other) as usize] = one.min(other);
    }
}
