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
//! Cost: `n` candidates and `m` openings take `n + m` similarity queries once (some milliseconds each on large
//! indexes, spread over the processors), then `m` or `n` small sums a shortlist. Memory: the columns and at most
//! 500 text figures an agent.

mod columns;
mod conditions;
mod parts;
#[cfg(test)]
mod tests;
mod texts;
mod weights;

use std::cmp::Reverse;

use migiude_index::Kind;

use super::{Search, SearchError, documents};
use crate::domain::{CandidateId, OpeningId, Region};
use crate::texts::Lang;
use columns::{Columns, Person, Post};
use texts::Resemblance;
pub use weights::{CandidateWeights, FirmWeights, Weights};

/// A region made ready to be scored. Firms' and candidates' texts come from the index, so let it
/// [catch up](Search::catch_up) first.
#[derive(Debug)]
pub struct Fit {
    columns: Columns,
    weights: Weights,
    /// For each person, how much the posts resemble what the person offers.
    posts_for: Vec<Resemblance>,
    /// For each post, how much the persons resemble what it asks for.
    persons_for: Vec<Resemblance>,
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
}

impl Part {
    /// What the part compares, for people.
    pub fn label(self, lang: Lang) -> String {
        lang.say(&format!("part-{}", self.name))
    }
}

impl Fit {
    /// Reads the region into columns and asks the index how texts resemble each other. Keeps a processor busy for
    /// seconds: not for a thread that serves others.
    ///
    /// # Errors
    /// [`SearchError::Index`] when the index cannot be read.
    pub fn new(region: &Region, search: &Search, weights: &Weights) -> Result<Self, SearchError> {
        let columns = Columns::of(region);
        let persons: Vec<_> = columns.persons.iter().map(|person| person.id.to_string()).collect();
        let posts: Vec<_> = columns.posts.iter().map(|post| post.id.to_string()).collect();
        let offered = |at: usize| documents::offered_words(&region.candidates[columns.persons[at].row].facts);
        let wanted = |at: usize| documents::wanted_words(&region.openings[columns.posts[at].row].facts);
        let index = search.index.similarity()?;
        let posts_for = texts::resemblances(&index, Kind::Opening, &posts, persons.len(), offered)?;
        let persons_for = texts::resemblances(&index, Kind::Profile, &persons, posts.len(), wanted)?;
        Ok(Self { columns, weights: weights.clone(), posts_for, persons_for })
    }

    /// The `k` openings with the most points for a candidate, best first, equals by id. Empty for somebody who
    /// takes no part.
    pub fn top_openings(&self, candidate: CandidateId, k: usize) -> Vec<Scored<OpeningId>> {
        let Some(at) = self.columns.person(candidate) else { return Vec::new() };
        let person = &self.columns.persons[at];
        let texts = self.posts_for[at].spread(self.columns.posts.len());
        let scored = self.columns.posts.iter().zip(texts).filter_map(|(post, text)| {
            let score = conditions::allow(person, post).then(|| sum(&self.seen_by(person, post, text)))?;
            Some(Scored { id: post.id, score })
        });
        best(scored.collect(), k)
    }

    /// The `k` candidates with the most points for an opening, best first, equals by id. Empty for an opening that
    /// takes no part.
    pub fn top_candidates(&self, opening: OpeningId, k: usize) -> Vec<Scored<CandidateId>> {
        let Some(at) = self.columns.post(opening) else { return Vec::new() };
        let post = &self.columns.posts[at];
        let texts = self.persons_for[at].spread(self.columns.persons.len());
        let scored = self.columns.persons.iter().zip(texts).filter_map(|(person, text)| {
            let score =
                conditions::allow(person, post).then(|| sum(&self.seen_by_firm(post, person, text)))?;
            Some(Scored { id: person.id, score })
        });
        best(scored.collect(), k)
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
        let text = self.posts_for[of_person].with(of_post);
        let (person, post) = (&self.columns.persons[of_person], &self.columns.posts[of_post]);
        Some(self.seen_by(person, post, text).to_vec())
    }

    /// The parts of [`Fit::score_of_candidate`]: they add up to it.
    pub fn parts_of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<Vec<Part>> {
        let (of_person, of_post) = self.allowed(candidate, opening)?;
        let text = self.persons_for[of_post].with(of_person);
        let (person, post) = (&self.columns.persons[of_person], &self.columns.posts[of_post]);
        Some(self.seen_by_firm(post, person, text).to_vec())
    }

    fn allowed(&self, candidate: CandidateId, opening: OpeningId) -> Option<(usize, usize)> {
        let pair = (self.columns.person(candidate)?, self.columns.post(opening)?);
        conditions::allow(&self.columns.persons[pair.0], &self.columns.posts[pair.1]).then_some(pair)
    }

    fn seen_by(&self, person: &Person, post: &Post, text: u16) -> [Part; parts::OF_OPENING] {
        parts::of_opening(&self.weights.candidate, &self.columns, person, post, text)
    }

    fn seen_by_firm(&self, post: &Post, person: &Person, text: u16) -> [Part; parts::OF_CANDIDATE] {
        parts::of_candidate(&self.weights.firm, person, post, text)
    }
}

fn sum(parts: &[Part]) -> u32 {
    parts.iter().map(|part| part.points).sum()
}

fn best<Id: Copy + Ord>(mut scored: Vec<Scored<Id>>, k: usize) -> Vec<Scored<Id>> {
    let order = |one: &Scored<Id>| (Reverse(one.score), one.id);
    if k < scored.len() {
        scored.select_nth_unstable_by_key(k, order);
        scored.truncate(k);
    }
    scored.sort_unstable_by_key(order);
    scored
}
