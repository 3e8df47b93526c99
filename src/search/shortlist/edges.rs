//! Shortlists for everybody at once, as pairs with the points of both sides.

use std::cmp::Reverse;
use std::num::NonZero;
use std::ops::Range;

use super::Fit;
use crate::domain::{CandidateId, OpeningId};

/// A pair that is on the shortlist of at least one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// One of the two.
    pub candidate: CandidateId,
    /// The other.
    pub opening: OpeningId,
    /// The points the opening gets from the candidate.
    pub of_opening: u32,
    /// The points the candidate gets from the opening's firm.
    pub of_candidate: u32,
}

/// The pairs of a region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// In order of candidate, then opening.
    pub pairs: Vec<Edge>,
    /// Pairs that no condition excludes and that are on neither's shortlist.
    pub cut_off: u64,
}

/// What one processor found: places of persons and posts.
#[derive(Default)]
struct Share {
    pairs: Vec<(u32, u32)>,
    allowed: u64,
}

impl Fit {
    /// The best `k` of both sides, united, among these candidates and openings. Points are computed for both sides of
    /// every pair, never assumed; between equals at the end of the best `k`, the smaller id stays.
    ///
    /// Cost: every candidate beside every opening, twice, over all processors. Memory: a pair is 40 bytes.
    pub fn edges(&self, k: usize, candidates: &[CandidateId], openings: &[OpeningId]) -> Edges {
        let persons: Vec<usize> = candidates.iter().filter_map(|id| self.columns.person(*id)).collect();
        let posts: Vec<usize> = openings.iter().filter_map(|id| self.columns.post(*id)).collect();
        let takes_part = |places: &[usize], count: usize| {
            let mut all = vec![false; count];
            places.iter().for_each(|&place| all[place] = true);
            all
        };
        let person_takes_part = takes_part(&persons, self.columns.persons.len());
        let post_takes_part = takes_part(&posts, self.columns.posts.len());
        let of_persons = over_processors(persons.len(), |places| {
            let mut share = Share::default();
            let (mut texts, mut best) = (vec![0; self.columns.posts.len()], Vec::new());
            for &person in &persons[places] {
                let scored = self.openings_for(person, &mut texts);
                share.allowed += top(scored.filter(|(post, _)| post_takes_part[*post]), k, &mut best);
                share.pairs.extend(best.iter().map(|&(_, post)| (person as u32, post as u32)));
            }
            share
        });
        let of_posts = over_processors(posts.len(), |places| {
            let mut share = Share::default();
            let (mut texts, mut best) = (vec![0; self.columns.persons.len()], Vec::new());
            for &post in &posts[places] {
                let scored = self.candidates_for(post, &mut texts);
                top(scored.filter(|(person, _)| person_takes_part[*person]), k, &mut best);
                share.pairs.extend(best.iter().map(|&(_, person)| (person as u32, post as u32)));
            }
            share
        });
        let allowed: u64 = of_persons.iter().map(|share| share.allowed).sum();
        let mut pairs: Vec<(u32, u32)> =
            of_persons.into_iter().chain(of_posts).flat_map(|share| share.pairs).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let cut_off = allowed.saturating_sub(pairs.len() as u64);
        let scored = over_processors(pairs.len(), |places| {
            pairs[places].iter().map(|&(person, post)| self.edge(person as usize, post as usize)).collect()
        });
        Edges { pairs: scored.into_iter().flat_map(|share: Vec<Edge>| share).collect(), cut_off }
    }

    fn edge(&self, person: usize, post: usize) -> Edge {
        let (candidate, opening) = (&self.columns.persons[person], &self.columns.posts[post]);
        let (to_post, to_person) = self.texts_of(person, post);
        Edge {
            candidate: candidate.id,
            opening: opening.id,
            of_opening: super::sum(&self.seen_by(candidate, opening, to_post)),
            of_candidate: super::sum(&self.seen_by_firm(opening, candidate, to_person)),
        }
    }
}

/// Puts the best `k` into `best` as (points reversed, place) and returns how many there were. Places have the order of
/// ids.
fn top(scored: impl Iterator<Item = (usize, u32)>, k: usize, best: &mut Vec<(Reverse<u32>, usize)>) -> u64 {
    best.clear();
    best.extend(scored.map(|(place, points)| (Reverse(points), place)));
    let all = best.len() as u64;
    if k < best.len() {
        best.select_nth_unstable(k);
        best.truncate(k);
    }
    all
}

/// Gives each processor a run of places; what they make, in order.
fn over_processors<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = count.div_ceil(workers).max(1);
    let work = &work;
    std::thread::scope(|scope| {
        let runs = (0..count).step_by(share).map(|from| from..(from + share).min(count));
        let workers: Vec<_> = runs.map(|run| scope.spawn(move || work(run))).collect();
        let done = workers.into_iter().map(|worker| worker.join());
        done.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}
