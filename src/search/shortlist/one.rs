//! The shortlist of one candidate or of one opening, with why each partner stands there and what keeps the others out: for
//! people to read.
//!
//! Useful for a page. Not useful for a round, which needs everybody's: [`Fit::edges`].

use std::cmp::Reverse;

use migiude_index::Side;

use super::conditions::{self, Condition};
use super::{Fit, Part, RESOLUTION, sum};
use crate::domain::{CandidateId, OpeningId};

/// The partners of one, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortlist<Id> {
    /// The best of them. Equals stand in order of id, which says nothing about them.
    pub best: Vec<Fitting<Id>>,
    /// How many there are that nothing excludes.
    pub allowed: usize,
    /// Whether somebody who was left off is as good as the last who stands there.
    pub cuts_a_tie: bool,
    /// The others, each with everything that stands against it.
    pub excluded: Vec<(Id, Vec<Condition>)>,
}

/// A partner that nothing excludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting<Id> {
    /// The partner.
    pub id: Id,
    /// The points it gets.
    pub score: u32,
    /// One more than how many are better, as far as a score can tell: equals have the same place.
    pub place: usize,
    /// Whether another one has the same place.
    pub is_tied: bool,
    /// What the points are made of.
    pub parts: Vec<Part>,
}

impl<Id> Shortlist<Id> {
    /// How many partners each condition keeps out; a partner may be kept out by several.
    pub fn reasons(&self) -> Vec<(Condition, usize)> {
        let count =
            |one: &Condition| self.excluded.iter().filter(|(_, against)| against.contains(one)).count();
        Condition::ALL.iter().map(|one| (*one, count(one))).filter(|(_, count)| *count > 0).collect()
    }
}

impl Fit {
    /// The best `k` openings for a candidate. None for somebody who takes no part.
    ///
    /// Cost: every opening once, well below a microsecond each; making the [`Fit`] costs more.
    pub fn shortlist_of_candidate(&self, candidate: CandidateId, k: usize) -> Option<Shortlist<OpeningId>> {
        let at = self.columns.person(candidate)?;
        let person = &self.columns.persons[at];
        let mut texts = vec![0; self.columns.posts.len()];
        self.texts.spread(Side::One, at, &mut texts);
        let seen = self.columns.posts.iter().zip(texts).map(|(post, text)| {
            let parts = move || self.seen_by(person, post, text).to_vec();
            (post.id, conditions::against(person, post), parts)
        });
        Some(shortlist(seen, k))
    }

    /// The best `k` candidates for an opening. None for an opening that takes no part.
    pub fn shortlist_of_opening(&self, opening: OpeningId, k: usize) -> Option<Shortlist<CandidateId>> {
        let at = self.columns.post(opening)?;
        let post = &self.columns.posts[at];
        let mut texts = vec![0; self.columns.persons.len()];
        self.texts.spread(Side::Other, at, &mut texts);
        let seen = self.columns.persons.iter().zip(texts).map(|(person, text)| {
            let parts = move || self.seen_by_firm(post, person, text).to_vec();
            (person.id, conditions::against(person, post), parts)
        });
        Some(shortlist(seen, k))
    }
}

fn shortlist<Id: Copy + Ord, Parts: FnOnce() -> Vec<Part>>(
    partners: impl Iterator<Item = (Id, Vec<Condition>, Parts)>,
    k: usize,
) -> Shortlist<Id> {
    let (mut all, mut excluded) = (Vec::new(), Vec::new());
    for (id, against, parts) in partners {
        if against.is_empty() {
            let parts = parts();
            all.push(Fitting { id, score: sum(&parts), place: 0, is_tied: false, parts });
        } else {
            excluded.push((id, against));
        }
    }
    all.sort_by_key(|one| (Reverse(step(one)), one.id));
    let steps: Vec<u32> = all.iter().map(step).collect();
    let is_same =
        |one: usize, other: usize| steps.get(one).is_some_and(|step| Some(step) == steps.get(other));
    for (at, one) in all.iter_mut().enumerate() {
        one.place = 1 + steps.partition_point(|better| *better > steps[at]);
        one.is_tied = is_same(at, at + 1) || at > 0 && is_same(at, at - 1);
    }
    let (allowed, cuts_a_tie) = (all.len(), k > 0 && is_same(k - 1, k));
    all.truncate(k);
    Shortlist { best: all, allowed, cuts_a_tie, excluded }
}

/// The step of the resolution on which a score stands.
fn step<Id>(one: &Fitting<Id>) -> u32 {
    one.score / RESOLUTION
}
