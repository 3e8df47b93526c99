//! Who sits where while units move about: what a unit could have, and what its move does to the others.

use std::collections::BTreeSet;

use super::units::{Choice, Place, UnitId, Units};
use crate::market::Market;
use crate::matching::Matching;
use crate::ties::split_mix;
use crate::{Candidate, Opening};

/// A state of the market: what every unit has, whom every opening holds.
pub(super) struct Seating<'a> {
    pub(super) market: &'a Market,
    pub(super) units: &'a Units,
    /// What each unit has, as the place of its choice in its list.
    has: Vec<Option<u32>>,
    /// By opening: the ranks held and who holds them, best first.
    held: Vec<BTreeSet<(u32, Candidate)>>,
    /// The sum of [`mark_of`] over what all units have.
    mark: u64,
}

/// What a move does to others.
pub(super) struct Effect {
    /// Units that lost what they had.
    pub(super) displaced: Vec<UnitId>,
    /// Openings that somebody left without being displaced there.
    pub(super) vacated: Vec<Opening>,
}

impl<'a> Seating<'a> {
    /// Everybody stands.
    pub(super) fn new(market: &'a Market, units: &'a Units) -> Self {
        let held = vec![BTreeSet::new(); market.openings().len()];
        Self { market, units, has: vec![None; units.len()], held, mark: 0 }
    }

    /// What a unit has, as the place of its choice in its list.
    pub(super) fn has(&self, unit: UnitId) -> Option<u32> {
        self.has[unit as usize]
    }

    /// Alike for like states; all but certainly unlike for unlike ones.
    pub(super) fn mark(&self) -> u64 {
        self.mark
    }

    /// Writes what some units have into a matching.
    pub(super) fn write(&self, part: &[UnitId], matching: &mut Matching) {
        for &unit in part {
            self.units.assign(unit, self.has(unit).map(|choice| choice as usize), matching);
        }
    }

    /// The first choice of a unit, of those it prefers to what it has, that the openings would let it have.
    pub(super) fn better(&self, unit: UnitId) -> Option<u32> {
        let choices = self.units.choices(unit);
        let better = &choices[..self.has[unit as usize].map_or(choices.len(), |place| place as usize)];
        better.iter().position(|choice| self.would_have(unit, choice)).map(|place| place as u32)
    }

    /// Lets a unit take a choice that [`better`](Self::better) found. Openings that hold too many then let the
    /// worst go, and a couple of which one must go goes whole.
    pub(super) fn take(&mut self, unit: UnitId, choice: u32) -> Effect {
        let mut left = self.leave(unit);
        self.sit(unit, choice);
        let chosen = self.units.choices(unit)[choice as usize];
        // Whoever kept its seat has left nothing.
        left.retain(|place| !chosen.places.contains(&Some(*place)));
        let mut displaced = Vec::new();
        for place in chosen.places.into_iter().flatten() {
            while let Some(worst) = self.one_too_many(place.opening, unit) {
                let mut lost = self.leave(worst);
                // Where it was displaced its seat is taken; where it left, and if both left for one, it is free.
                lost.retain(|place| self.free(place.opening) > 0);
                left.extend(lost);
                displaced.push(worst);
            }
        }
        Effect { displaced, vacated: left.into_iter().map(|place| place.opening).collect() }
    }

    /// Gives a unit that has nothing a choice, whoever sits there.
    pub(super) fn sit(&mut self, unit: UnitId, choice: u32) {
        self.has[unit as usize] = Some(choice);
        self.mark = self.mark.wrapping_add(mark_of(unit, choice));
        for (member, place) in self.units.seats(unit, &self.units.choices(unit)[choice as usize]) {
            self.held[place.opening as usize].insert((place.rank, member));
        }
    }

    /// Lets a unit stand up from all its places, which are answered.
    pub(super) fn leave(&mut self, unit: UnitId) -> Vec<Place> {
        let Some(choice) = self.has[unit as usize].take() else { return Vec::new() };
        self.mark = self.mark.wrapping_sub(mark_of(unit, choice));
        let seats = self.units.seats(unit, &self.units.choices(unit)[choice as usize]);
        seats
            .map(|(member, place)| {
                self.held[place.opening as usize].remove(&(place.rank, member));
                place
            })
            .collect()
    }

    /// The unit of the worst holder, other than `mover`, of an opening that holds too many.
    fn one_too_many(&self, opening: Opening, mover: UnitId) -> Option<UnitId> {
        let held = &self.held[opening as usize];
        if held.len() <= self.market.quota(opening) as usize {
            return None;
        }
        let worst_first = held.iter().rev().map(|&(_, holder)| self.units.of_candidate(holder));
        worst_first.into_iter().find(|&other| other != mover)
    }

    fn choice(&self, unit: UnitId) -> Option<&'a Choice> {
        let units = self.units;
        self.has[unit as usize].map(|place| &units.choices(unit)[place as usize])
    }

    /// Whether the openings of a choice, which the unit does not have, would let the unit have it.
    fn would_have(&self, unit: UnitId, choice: &Choice) -> bool {
        let [a, b] = self.units.unit(unit).members;
        let has = self.choice(unit).map_or([None, None], |choice| choice.places);
        match (choice.places, [has[0] == choice.places[0], has[1] == choice.places[1]]) {
            ([Some(place), _], [false, true]) => self.admits(place, b),
            ([_, Some(place)], [true, false]) => self.admits(place, a),
            ([Some(one), Some(other)], [false, false]) if one.opening == other.opening => {
                self.admits_both(one.opening, one.rank.min(other.rank), one.rank.max(other.rank))
            }
            (places, [false, false]) => places.into_iter().flatten().all(|place| self.admits(place, None)),
            // A member that would rather be nowhere asks nobody.
            _ => true,
        }
    }

    /// Whether there is a free seat, or somebody worse who is not `beside`.
    fn admits(&self, place: Place, beside: Option<Candidate>) -> bool {
        let worst = || {
            let others = self.held[place.opening as usize].iter().rev();
            others.filter(|&&(_, holder)| Some(holder) != beside).map(|&(rank, _)| rank).next()
        };
        self.free(place.opening) > 0 || worst().is_some_and(|worst| place.rank < worst)
    }

    /// Whether two come in at once, of these two ranks, the better first.
    fn admits_both(&self, opening: Opening, better: u32, worse: u32) -> bool {
        let mut worst = self.held[opening as usize].iter().rev().map(|&(rank, _)| rank);
        match self.free(opening) {
            0 => {
                worst.next().is_some_and(|worst| worse < worst)
                    && worst.next().is_some_and(|second_worst| better < second_worst)
            }
            1 => worst.next().is_some_and(|worst| better < worst),
            _ => true,
        }
    }

    fn free(&self, opening: Opening) -> usize {
        (self.market.quota(opening) as usize).saturating_sub(self.held[opening as usize].len())
    }
}

/// A number far apart from that of any other unit or choice.
fn mark_of(unit: UnitId, choice: u32) -> u64 {
    split_mix(&mut (u64::from(unit) << 32 | u64::from(choice)))
}
