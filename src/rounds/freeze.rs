//! The input of a round: everyone's list as ranks, handed in or standing in.
//!
//! A score is frozen as a *rank*: the index may order tomorrow otherwise than today, the round may not.
//!
//! Who handed in no list gets one of these partners, ordered by score, equal scores tied:
//! - everyone whose own list names this one;
//! - among those who have no list either, this one's best `K`, and everyone among whose best `K` this one is.
//!
//! The score is always computed for the pair at hand, never assumed. A pair that a hard condition excludes is no
//! pair, nor is one with somebody whom the search room may not show (a draft, a person without consent). Between
//! equal scores at the end of the best `K`, the smaller id stays.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::eligibility::{Entrant, Participants};
use crate::domain::{
    CandidateId, Frozen, FrozenCandidate, FrozenOpening, OpeningId, Parent, Settings, Source,
};
use crate::search::shortlist::Fit;

/// What a shortlist is made from: [`Fit`], or for a round in which everyone brought a list, [`NoScores`].
pub(super) trait Scores {
    /// Every opening a candidate may be matched with, the best first.
    fn openings_for(&self, candidate: CandidateId) -> Vec<OpeningId>;
    /// Every candidate an opening may be matched with, the best first.
    fn candidates_for(&self, opening: OpeningId) -> Vec<CandidateId>;
    /// How a candidate scores an opening; none when the pair is excluded.
    fn of_opening(&self, candidate: CandidateId, opening: OpeningId) -> Option<u32>;
    /// How an opening scores a candidate; none when the pair is excluded.
    fn of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<u32>;
}

impl Scores for Fit {
    fn openings_for(&self, candidate: CandidateId) -> Vec<OpeningId> {
        self.top_openings(candidate, usize::MAX).into_iter().map(|scored| scored.id).collect()
    }

    fn candidates_for(&self, opening: OpeningId) -> Vec<CandidateId> {
        self.top_candidates(opening, usize::MAX).into_iter().map(|scored| scored.id).collect()
    }

    fn of_opening(&self, candidate: CandidateId, opening: OpeningId) -> Option<u32> {
        self.score_of_opening(candidate, opening)
    }

    fn of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<u32> {
        self.score_of_candidate(opening, candidate)
    }
}

/// Nobody fits anybody: for rounds in which no shortlist stands in.
pub(super) struct NoScores;

impl Scores for NoScores {
    fn openings_for(&self, _: CandidateId) -> Vec<OpeningId> {
        Vec::new()
    }

    fn candidates_for(&self, _: OpeningId) -> Vec<CandidateId> {
        Vec::new()
    }

    fn of_opening(&self, _: CandidateId, _: OpeningId) -> Option<u32> {
        None
    }

    fn of_candidate(&self, _: OpeningId, _: CandidateId) -> Option<u32> {
        None
    }
}

/// Whether a shortlist stands in for somebody.
pub(super) fn wants_scores(participants: &Participants) -> bool {
    let lists = &participants.checklist;
    lists.candidates.shortlist + lists.openings.shortlist > 0
}

/// The frozen input of these participants.
pub(super) fn freeze(
    round: i64,
    parent: Option<Parent>,
    settings: Settings,
    participants: Participants,
    scores: &impl Scores,
) -> Frozen {
    let standing_in = StandIns::of(&participants, settings.top_k as usize, scores);
    let StandIns { mut of_candidates, mut of_openings } = standing_in;
    let Participants { candidates, openings, couples, checklist } = participants;
    let candidates = (0..).zip(candidates).map(|(number, entrant)| {
        let list = of_candidates.remove(&number).map_or(entrant.list, ranked);
        FrozenCandidate { id: entrant.id, key: entrant.key, source: entrant.source, list }
    });
    let openings = (0..).zip(openings).map(|(number, entrant)| {
        let list = of_openings.remove(&number).map_or(entrant.list, ranked);
        FrozenOpening { id: entrant.id, key: entrant.key, quota: entrant.seats, source: entrant.source, list }
    });
    let (candidates, openings) = (candidates.collect(), openings.collect());
    Frozen { round, parent, settings, candidates, openings, couples, checklist }
}

/// For each one without a list, the partners with their scores.
#[derive(Default)]
struct StandIns {
    of_candidates: BTreeMap<u32, BTreeMap<u32, u32>>,
    of_openings: BTreeMap<u32, BTreeMap<u32, u32>>,
}

impl StandIns {
    fn of(participants: &Participants, k: usize, scores: &impl Scores) -> Self {
        let mut all = Self::default();
        all.name_each_other(participants, k, scores);
        all.answer_lists(participants, scores);
        all
    }

    /// Where neither has a list: the best `k` of both sides, united.
    fn name_each_other(&mut self, participants: &Participants, k: usize, scores: &impl Scores) {
        let candidates = standing_in(&participants.candidates);
        let openings = standing_in(&participants.openings);
        for (&id, &number) in &candidates {
            let best = scores.openings_for(id);
            let best = best.into_iter().filter_map(|other| Some((other, *openings.get(&other)?)));
            for (other, at) in best.take(k) {
                self.pair((id, number), (other, at), scores);
            }
        }
        for (&id, &number) in &openings {
            let best = scores.candidates_for(id);
            let best = best.into_iter().filter_map(|other| Some((other, *candidates.get(&other)?)));
            for (other, at) in best.take(k) {
                self.pair((other, at), (id, number), scores);
            }
        }
    }

    fn pair(&mut self, candidate: (CandidateId, u32), opening: (OpeningId, u32), scores: &impl Scores) {
        let of_opening = scores.of_opening(candidate.0, opening.0);
        let of_candidate = scores.of_candidate(opening.0, candidate.0);
        if let (Some(of_opening), Some(of_candidate)) = (of_opening, of_candidate) {
            self.of_candidates.entry(candidate.1).or_default().insert(opening.1, of_opening);
            self.of_openings.entry(opening.1).or_default().insert(candidate.1, of_candidate);
        }
    }

    /// Where one of the two handed in a list: the other gets a score for whoever stands there.
    fn answer_lists(&mut self, participants: &Participants, scores: &impl Scores) {
        let (candidates, openings) = (&participants.candidates, &participants.openings);
        for (number, candidate) in (0..).zip(candidates) {
            for &named in candidate.list.iter().flatten() {
                let opening = &openings[named as usize];
                if opening.source == Source::Shortlist
                    && let Some(score) = scores.of_candidate(opening.id, candidate.id)
                {
                    self.of_openings.entry(named).or_default().insert(number, score);
                }
            }
        }
        for (number, opening) in (0..).zip(openings) {
            for &named in opening.list.iter().flatten() {
                let candidate = &candidates[named as usize];
                if candidate.source == Source::Shortlist
                    && let Some(score) = scores.of_opening(candidate.id, opening.id)
                {
                    self.of_candidates.entry(named).or_default().insert(number, score);
                }
            }
        }
    }
}

/// Those without a list, by id, with their numbers.
fn standing_in<Id: Copy + Ord>(entrants: &[Entrant<Id>]) -> BTreeMap<Id, u32> {
    let all = (0..).zip(entrants);
    all.filter(|(_, one)| one.source == Source::Shortlist).map(|(number, one)| (one.id, number)).collect()
}

/// Partners by score, the best first, equal scores together.
fn ranked(scores: BTreeMap<u32, u32>) -> Vec<Vec<u32>> {
    let mut groups: BTreeMap<Reverse<u32>, Vec<u32>> = BTreeMap::new();
    for (partner, score) in scores {
        groups.entry(Reverse(score)).or_default().push(partner);
    }
    groups.into_values().collect()
}
