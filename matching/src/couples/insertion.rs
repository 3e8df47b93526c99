//! Couples taken in one after the other, in the manner of Roth & Peranson (The redesign of the matching market for
//! American physicians, 1999).
//!
//! It begins with the singles alone, in the stable matching best for them. Then each couple takes the best choice
//! that the openings would let it have. Whoever is displaced by that goes down its own list next; a couple of
//! which one member is displaced gives up both seats. When nobody stands displaced, an opening that somebody left
//! gives the seat to the first of its list who would rather be there, which may leave another one.
//!
//! Nothing says that this ends: a couple can displace itself by way of others, and come back. The run is a fixed
//! rule from state to state, so it goes round for ever exactly when a state comes again, and that is looked for
//! (Brent 1980). Then the couple that displaced another couple last is taken in before that one, and the run
//! begins anew (after the sorted deferred acceptance of Ashlagi, Braverman & Hassidim 2014), until an order of
//! couples comes again, [`ORDERS`] at most.
//!
//! Guaranteed: what it calls stable is stable. Not guaranteed: that it finds what exists, or the best of several;
//! candidates may gain by an untrue list. Cost: for each move, the mover's choices and the list of each opening
//! left; at most [`MOVES`] moves for each single and couple, and few are needed where it ends.

use super::seating::Seating;
use super::units::UnitId;
use crate::Opening;
use crate::matching::Matching;

/// Moves of one run for each unit there is, after which it is taken to go round.
const MOVES: usize = 8;
/// Orders of couples that are tried.
const ORDERS: usize = 32;

/// Takes the couples of one part in, over what its singles have `alone`, and leaves `seating` in the state it led
/// to, or that the last run led to. Answers whether nothing blocks that; `false` when patience, asked before
/// each run but the first, ended.
pub(super) fn insert_couples(
    seating: &mut Seating<'_>,
    part: &[UnitId],
    alone: &Matching,
    patience: &mut dyn FnMut() -> bool,
) -> bool {
    let is_couple = |&unit: &UnitId| seating.units.unit(unit).couple.is_some();
    let mut order: Vec<UnitId> = part.iter().copied().filter(is_couple).collect();
    let mut tried = Vec::new();
    loop {
        let mut run = Run::begin(seating, part, alone, &order);
        if run.leads_to_a_stable_matching() {
            return true;
        }
        let Some((later, displaced)) = run.couple_displaced else { return false };
        tried.push(order.clone());
        put_before(&mut order, later, displaced);
        if tried.len() == ORDERS || tried.contains(&order) || !patience() {
            return false;
        }
    }
}

/// Moves one couple to just before another, unless it stands before it.
fn put_before(order: &mut [UnitId], couple: UnitId, other: UnitId) {
    let place = |of: UnitId| order.iter().position(|&unit| unit == of);
    if let (Some(from), Some(to)) = (place(couple), place(other))
        && to < from
    {
        order[to..=from].rotate_right(1);
    }
}

/// One run, with couples taken in in one order.
struct Run<'r, 'a> {
    seating: &'r mut Seating<'a>,
    part: &'r [UnitId],
    order: &'r [UnitId],
    state: Waiting,
    /// A couple being taken in, and another couple that was displaced meanwhile: the last such pair.
    couple_displaced: Option<(UnitId, UnitId)>,
}

/// What there is still to do; with the seating, all that the next step depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Waiting {
    /// Units that have nothing and have not asked since; the last is served first.
    standing: Vec<UnitId>,
    /// Openings that somebody left; the last is served first.
    vacant: Vec<Opening>,
    /// How many couples of the order have been taken in.
    taken_in: usize,
}

impl<'r, 'a> Run<'r, 'a> {
    fn begin(
        seating: &'r mut Seating<'a>,
        part: &'r [UnitId],
        alone: &Matching,
        order: &'r [UnitId],
    ) -> Self {
        let units = seating.units;
        for &unit in part {
            seating.leave(unit);
            let unit_alone = units.unit(unit).members[0].and_then(|single| alone.opening_of(single));
            let has = |opening| {
                let choices = units.choices(unit).iter();
                choices
                    .map(|choice| choice.places[0])
                    .position(|place| place.is_some_and(|place| place.opening == opening))
            };
            if let Some(place) = unit_alone.and_then(has) {
                seating.sit(unit, place as u32);
            }
        }
        Self { seating, part, order, state: Waiting::default(), couple_displaced: None }
    }

    /// Goes on until nothing blocks, or the run goes round.
    fn leads_to_a_stable_matching(&mut self) -> bool {
        let mut remembered = self.whole_state();
        let (mut since, mut until) = (0u64, 1u64);
        for _ in 0..=MOVES * self.part.len() {
            let Some((unit, choice)) = self.next_move() else { return true };
            self.make(unit, choice);
            if self.seating.mark() == remembered.0 && self.whole_state() == remembered {
                return false;
            }
            since += 1;
            if since == until {
                remembered = self.whole_state();
                (since, until) = (0, until * 2);
            }
        }
        false
    }

    fn whole_state(&self) -> (u64, Vec<Option<u32>>, Waiting) {
        let has = self.part.iter().map(|&unit| self.seating.has(unit)).collect();
        (self.seating.mark(), has, self.state.clone())
    }

    /// Who moves next, and to which choice; none when nothing blocks.
    fn next_move(&mut self) -> Option<(UnitId, u32)> {
        loop {
            if let Some(unit) = self.state.standing.pop() {
                if let Some(choice) = self.seating.better(unit) {
                    return Some((unit, choice));
                }
            } else if let Some(&opening) = self.state.vacant.last() {
                let listers = self.seating.market.openings().list(opening).iter();
                if let Some(found) =
                    self.first_to_move(listers.map(|edge| self.seating.units.of_candidate(edge.partner)))
                {
                    return Some(found);
                }
                self.state.vacant.pop();
            } else if let Some(&couple) = self.order.get(self.state.taken_in) {
                self.state.taken_in += 1;
                self.state.standing.push(couple);
            } else {
                return self.first_to_move(self.part.iter().copied());
            }
        }
    }

    /// The first of some units that would and could have something better. Couples not yet taken in wait.
    fn first_to_move(&self, mut units: impl Iterator<Item = UnitId>) -> Option<(UnitId, u32)> {
        let waiting = &self.order[self.state.taken_in..];
        units.find_map(|unit| {
            let choice = self.seating.better(unit).filter(|_| !waiting.contains(&unit))?;
            Some((unit, choice))
        })
    }

    fn make(&mut self, unit: UnitId, choice: u32) {
        let effect = self.seating.take(unit, choice);
        let taken_in = self.state.taken_in.checked_sub(1).map(|last| self.order[last]);
        let displaced_couples =
            effect.displaced.iter().copied().filter(|&other| self.seating.units.unit(other).couple.is_some());
        for other in displaced_couples {
            if let Some(couple) = taken_in.filter(|&couple| couple != other) {
                self.couple_displaced = Some((couple, other));
            }
        }
        self.state.standing.extend(effect.displaced);
        self.state.vacant.extend(effect.vacated);
    }
}
