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

use migiude_matching::Market;
use migiude_matching::strategy::common_score;

use super::eligibility::{Entrant, Participants};
use crate::domain::{
    CandidateId, Checklist, Frozen, FrozenCandidate, FrozenOpening, OpeningId, Parent, Settings, Source,
};
use crate::search::shortlist::{Edges, Fit, RESOLUTION};

/// What a shortlist is made from: [`Fit`], or for a round in which everyone brought a list, [`NoScores`].
pub(super) trait Scores {
    /// The best `k` of both sides, united, among these candidates and openings.
    fn edges(&self, k: usize, candidates: &[CandidateId], openings: &[OpeningId]) -> Edges;
    /// How a candidate scores an opening; none when the pair is excluded.
    fn of_opening(&self, candidate: CandidateId, opening: OpeningId) -> Option<u32>;
    /// How an opening scores a candidate; none when the pair is excluded.
    fn of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<u32>;
}

impl Scores for Fit {
    fn edges(&self, k: usize, candidates: &[CandidateId], openings: &[OpeningId]) -> Edges {
        Fit::edges(self, k, candidates, openings)
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
    fn edges(&self, _: usize, _: &[CandidateId], _: &[OpeningId]) -> Edges {
        Edges::default()
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
    let has_scores = wants_scores(&participants);
    let standing_in = StandIns::of(&participants, settings.top_k as usize, scores);
    let StandIns { mut of_candidates, mut of_openings, cut_off } = standing_in;
    let Participants { candidates, openings, couples, checklist } = participants;
    let checklist = Checklist { cut_off, ..checklist };
    let candidates = (0..).zip(candidates).map(|(number, entrant)| {
        let list = of_candidates.remove(&number).map_or(entrant.list, ranked);
        FrozenCandidate { id: entrant.id, key: entrant.key, source: entrant.source, list }
    });
    let openings = (0..).zip(openings).map(|(number, entrant)| {
        let list = of_openings.remove(&number).map_or(entrant.list, ranked);
        FrozenOpening { id: entrant.id, key: entrant.key, quota: entrant.seats, source: entrant.source, list }
    });
    let (candidates, openings) = (candidates.collect(), openings.collect());
    let mut frozen = Frozen { round, parent, settings, candidates, openings, couples, checklist };
    frozen.checklist.one_score = has_scores && shares_score(&frozen);
    frozen
}

/// Whether one ranking of pairs explains all lists. Ties are put in the order of the numbers on both sides: if a common
/// score left them equal, that is one, too.
fn shares_score(input: &Frozen) -> bool {
    let in_order = |list: &[Vec<u32>]| -> Vec<u32> {
        let sorted = |group: &Vec<u32>| {
            let mut group = group.clone();
            group.sort_unstable();
            group
        };
        list.iter().flat_map(sorted).collect()
    };
    let mut builder = Market::builder();
    input.candidates.iter().for_each(|one| builder.candidate(in_order(&one.list)));
    input.openings.iter().for_each(|one| builder.opening(one.quota, in_order(&one.list)));
    let market = builder.build();
    market.is_ok_and(|market| market.strict().is_some_and(|strict| common_score(&strict).is_some()))
}

/// For each one without a list, the partners with their scores.
#[derive(Default)]
struct StandIns {
    of_candidates: BTreeMap<u32, BTreeMap<u32, u32>>,
    of_openings: BTreeMap<u32, BTreeMap<u32, u32>>,
    /// Pairs that nothing excludes and that are on neither's shortlist.
    cut_off: u64,
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
        let ids =
            (candidates.keys().copied().collect::<Vec<_>>(), openings.keys().copied().collect::<Vec<_>>());
        let edges = scores.edges(k, &ids.0, &ids.1);
        self.cut_off = edges.cut_off;
        for edge in edges.pairs {
            if let (Some(&candidate), Some(&opening)) =
                (candidates.get(&edge.candidate), openings.get(&edge.opening))
            {
                self.of_candidates.entry(candidate).or_default().insert(opening, edge.of_opening);
                self.of_openings.entry(opening).or_default().insert(candidate, edge.of_candidate);
            }
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

/// Partners by score, the best first; scores that differ by less than a score can tell stand together.
fn ranked(scores: BTreeMap<u32, u32>) -> Vec<Vec<u32>> {
    let mut groups: BTreeMap<Reverse<u32>, Vec<u32>> = BTreeMap::new();
    for (partner, score) in scores {
        groups.entry(Reverse(score / RESOLUTION)).or_default().push(partner);
    }
    groups.into_values().collect()
}
