//! Who might fit whom: scores of openings as a candidate would see them, and of candidates as a firm would.
//!
//! Useful as a stand-in for a rank-order list nobody has written yet, and as a proposal to those who write one. Not
//! useful as a judgement on a person: a score says how far the two forms agree, nothing else.
//!
//! 1. Only candidates whom firms may find and openings that may be published take part; who hides from a firm is kept
//!    from it in both directions.
//! 2. Hard conditions ([`conditions`]) exclude a pair when both have filled the field and the answers contradict
//!    each other. An empty field excludes nobody.
//! 3. The score is the sum of named parts ([`parts`]), each a whole number of points out of the points its weight
//!    allows. Arithmetic is in whole numbers, so two runs over the same region and index agree to the point, on any
//!    machine; equal scores are a tie, which the caller must treat as one.
//!
//! The two directions are weighed differently: a candidate looks for a place, days and pay that suit a life; a firm
//! looks for somebody who can do the work. What must not count is not even in the columns: name, home, ties to a
//! place, mail, telephone, the desk's notes, and a president's name or age.
//!
//! Cost: every text is cut once (some 100 microseconds); a shortlist then looks at every partner, some 50 nanoseconds
//! each. [`Fit::edges`] does that for everybody, over all processors. Memory: about 2 KB a person or opening.
//!
//! A page asks for the list of one ([`for_candidate`], [`for_firm`], [`for_opening`]): it reads the other side alone, and
//! the points are those a round would give.

mod columns;
mod conditions;
mod edges;
mod kept;
mod one;
mod parts;
mod proposed;
#[cfg(test)]
mod tests;
mod weights;

use std::cmp::Reverse;

use migiude_index::{Resemblance, Side};

use super::documents;
use crate::domain::{CandidateId, OpeningId, Region};
use crate::texts::Lang;
use columns::{Columns, Person, Post};
pub use conditions::Condition;
pub use edges::{Edge, Edges};
pub use kept::{InForce, NotSet, history, in_force, in_force_in, set};
pub use one::{Fitting, Shortlist};
pub use proposed::{Candidates, Openings, SeenCandidates, for_candidate, for_firm, for_opening};
pub use weights::{CandidateWeights, FirmWeights, WHOLE, Weights};

/// Points by which two scores must differ to mean anything: below, the two are equally good. A score is a sum of parts that
/// are rough in themselves; whoever puts partners into order treats those of one step of so many points as tied.
pub const RESOLUTION: u32 = 10;

/// A region made ready to be scored.
#[derive(Debug)]
pub struct Fit {
    columns: Columns,
    weights: Weights,
    /// The words of persons beside those of posts.
    texts: Resemblance,
}

/// A partner with the points it gets; equal points are a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored<Id> {
    /// The partner.
    pub id: Id,
    /// The points, out of the sum of the weights (1000 unless somebody changed them).
    pub score: u32,
}

/// One part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name, the same as its weight's.
    pub name: &'static str,
    /// The points it gave.
    pub points: u32,
    /// The points it could have given.
    pub of: u32,
    /// Whether both sides told what it compares; if not, it is a guess.
    pub told: bool,
}

impl Part {
    /// What the part compares, for people.
    pub fn label(self, lang: Lang) -> String {
        lang.say(&format!("part-{}", self.name))
    }
}

impl Fit {
    /// Reads the region into columns and compares its texts. Keeps the processors busy for seconds at ten thousands: not
    /// for a thread that serves others.
    pub fn new(region: &Region, weights: &Weights) -> Self {
        let columns = Columns::of(region);
        let offered = |at: usize| documents::offered_words(&region.candidates[columns.persons[at].row].facts);
        let wanted = |at: usize| documents::wanted_words(&region.openings[columns.posts[at].row].facts);
        let texts = Resemblance::of(columns.persons.len(), offered, columns.posts.len(), wanted);
        Self { columns, weights: weights.clone(), texts }
    }

    /// The `k` openings with the most points for a candidate, best first, equals by id. Empty for somebody who
    /// takes no part.
    pub fn top_openings(&self, candidate: CandidateId, k: usize) -> Vec<Scored<OpeningId>> {
        let Some(at) = self.columns.person(candidate) else { return Vec::new() };
        let mut texts = vec![0; self.columns.posts.len()];
        let scored = self.openings_for(at, &mut texts);
        best(scored.map(|(post, score)| Scored { id: self.columns.posts[post].id, score }), k)
    }

    /// The `k` candidates with the most points for an opening, best first, equals by id. Empty for an opening that
    /// takes no part.
    pub fn top_candidates(&self, opening: OpeningId, k: usize) -> Vec<Scored<CandidateId>> {
        let Some(at) = self.columns.post(opening) else { return Vec::new() };
        let mut texts = vec![0; self.columns.persons.len()];
        let scored = self.candidates_for(at, &mut texts);
        best(scored.map(|(person, score)| Scored { id: self.columns.persons[person].id, score }), k)
    }

    /// The places of the posts that a person may be matched with, and the points each gets from them. `texts` holds a
    /// figure for each post.
    fn openings_for<'a>(
        &'a self,
        at: usize,
        texts: &'a mut [u32],
    ) -> impl Iterator<Item = (usize, u32)> + 'a {
        self.texts.spread(Side::One, at, texts);
        let person = &self.columns.persons[at];
        let posts = self.columns.posts.iter().zip(texts.iter()).enumerate();
        posts
            .filter(move |(_, (post, _))| conditions::allow(person, post))
            .map(move |(place, (post, text))| (place, sum(&self.seen_by(person, post, *text))))
    }

    /// The same for the persons that a post may be matched with.
    fn candidates_for<'a>(
        &'a self,
        at: usize,
        texts: &'a mut [u32],
    ) -> impl Iterator<Item = (usize, u32)> + 'a {
        self.texts.spread(Side::Other, at, texts);
        let post = &self.columns.posts[at];
        let persons = self.columns.persons.iter().zip(texts.iter()).enumerate();
        persons
            .filter(move |(_, (person, _))| conditions::allow(person, post))
            .map(move |(place, (person, text))| (place, sum(&self.seen_by_firm(post, person, *text))))
    }

    /// The points an opening gets from a candidate; none when a hard condition excludes the pair or one of the two
    /// takes no part.
    pub fn score_of_opening(&self, candidate: CandidateId, opening: OpeningId) -> Option<u32> {
        self.parts_of_opening(candidate, opening).map(|parts| sum(&parts))
    }

    /// The points a candidate gets from an opening's firm; none as for [`Fit::score_of_opening`].
    pub fn score_of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<u32> {
        self.parts_of_candidate(opening, candidate).map(|parts| sum(&parts))
    }

    /// The parts of [`Fit::score_of_opening`]: they add up to it.
    pub fn parts_of_opening(&self, candidate: CandidateId, opening: OpeningId) -> Option<Vec<Part>> {
        let (of_person, of_post) = self.allowed(candidate, opening)?;
        let (text, _) = self.texts_of(of_person, of_post);
        let (person, post) = (&self.columns.persons[of_person], &self.columns.posts[of_post]);
        Some(self.seen_by(person, post, text).to_vec())
    }

    /// The parts of [`Fit::score_of_candidate`]: they add up to it.
    pub fn parts_of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<Vec<Part>> {
        let (of_person, of_post) = self.allowed(candidate, opening)?;
        let (_, text) = self.texts_of(of_person, of_post);
        let (person, post) = (&self.columns.persons[of_person], &self.columns.posts[of_post]);
        Some(self.seen_by_firm(post, person, text).to_vec())
    }

    /// How far the words of a post are what a person offers, and how far those of the person are what the post asks.
    fn texts_of(&self, person: usize, post: usize) -> (u32, u32) {
        (self.texts.with(Side::One, person, post), self.texts.with(Side::Other, post, person))
    }

    fn allowed(&self, candidate: CandidateId, opening: OpeningId) -> Option<(usize, usize)> {
        let pair = (self.columns.person(candidate)?, self.columns.post(opening)?);
        conditions::allow(&self.columns.persons[pair.0], &self.columns.posts[pair.1]).then_some(pair)
    }

    fn seen_by(&self, person: &Person, post: &Post, text: u32) -> [Part; parts::OF_OPENING] {
        parts::of_opening(&self.weights.candidate, &self.columns, person, post, text)
    }

    fn seen_by_firm(&self, post: &Post, person: &Person, text: u32) -> [Part; parts::OF_CANDIDATE] {
        parts::of_candidate(&self.weights.firm, person, post, text)
    }
}

fn sum(parts: &[Part]) -> u32 {
    parts.iter().map(|part| part.points).sum()
}

fn best<Id: Copy + Ord>(scored: impl Iterator<Item = Scored<Id>>, k: usize) -> Vec<Scored<Id>> {
    let mut scored: Vec<Scored<Id>> = scored.collect();
    let order = |one: &Scored<Id>| (Reverse(one.score), one.id);
    if k < scored.len() {
        scored.select_nth_unstable_by_key(k, order);
        scored.truncate(k);
    }
    scored.sort_unstable_by_key(order);
    scored
}
