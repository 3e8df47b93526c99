//! Who takes part with which list, as pure functions of a region.

use super::region::{THREE_FOR_TWO, region};
use crate::domain::{CandidateId, Frozen, OpeningId, Region, Sealed, Settings, Source};
use crate::rounds::eligibility::participants;
use crate::rounds::freeze::{Scores, freeze};
use crate::rounds::propose;
use crate::search::shortlist::{Edge, Edges};

/// Everybody scores by the last digits of the keys: the nearer the better, 5 or more apart is no pair.
struct ByDistance(Region);

impl ByDistance {
    fn candidate(&self, id: CandidateId) -> i32 {
        digits(&self.0.candidates.iter().find(|one| one.id == id).unwrap().codes[0])
    }

    fn opening(&self, id: OpeningId) -> i32 {
        digits(self.0.openings.iter().find(|one| one.id == id).unwrap().code.as_deref().unwrap())
    }
}

fn digits(key: &str) -> i32 {
    key[2..].parse().unwrap()
}

impl Scores for ByDistance {
    fn edges(&self, k: usize, candidates: &[CandidateId], openings: &[OpeningId]) -> Edges {
        let mut pairs = Vec::new();
        for &candidate in candidates {
            for &opening in openings {
                let pair = (self.of_opening(candidate, opening), self.of_candidate(opening, candidate));
                if let (Some(of_opening), Some(of_candidate)) = pair {
                    pairs.push(Edge { candidate, opening, of_opening, of_candidate });
                }
            }
        }
        let among_best = |one: &Edge, same: &dyn Fn(&Edge) -> bool, key: &dyn Fn(&Edge) -> u32| {
            pairs.iter().filter(|other| same(other) && key(other) > key(one)).count() < k
        };
        let kept: Vec<Edge> = pairs
            .iter()
            .filter(|one| {
                among_best(one, &|other| other.candidate == one.candidate, &|edge| edge.of_opening)
                    || among_best(one, &|other| other.opening == one.opening, &|edge| edge.of_candidate)
            })
            .copied()
            .collect();
        let cut_off = (pairs.len() - kept.len()) as u64;
        Edges { pairs: kept, cut_off }
    }

    fn of_opening(&self, candidate: CandidateId, opening: OpeningId) -> Option<u32> {
        let apart = self.candidate(candidate).abs_diff(self.opening(opening));
        (apart < 5).then_some(100 - 10 * apart)
    }

    fn of_candidate(&self, opening: OpeningId, candidate: CandidateId) -> Option<u32> {
        self.of_opening(candidate, opening)
    }
}

fn frozen(lines: &str, settings: Settings) -> Frozen {
    let region = region(lines);
    let participants = participants(&region, &[], settings.with_placed);
    freeze(1, None, settings, participants, &ByDistance(region))
}

fn frozen_by(lines: &str, top_k: u32) -> Frozen {
    frozen(lines, Settings { top_k, ..Settings::default() })
}

/// A list as `shortlist M-1 (M-2 M-3)`.
fn list(frozen: &Frozen, key: &str) -> String {
    let said = |source: Source, groups: &[Vec<u32>], key_of: &dyn Fn(u32) -> String| {
        let groups = groups.iter().map(|group| {
            let keys = group.iter().map(|&one| key_of(one)).collect::<Vec<_>>().join(" ");
            if group.len() > 1 { format!("({keys})") } else { keys }
        });
        std::iter::once(source.name().to_owned()).chain(groups).collect::<Vec<_>>().join(" ")
    };
    let opening = |at: u32| frozen.openings[at as usize].key.clone();
    let candidate = |at: u32| frozen.candidates[at as usize].key.clone();
    if let Some(one) = frozen.candidates.iter().find(|one| one.key == key) {
        return said(one.source, &one.list, &opening);
    }
    let one = frozen.openings.iter().find(|one| one.key == key).expect("takes part");
    said(one.source, &one.list, &candidate)
}

#[test]
fn lists_that_were_handed_in_are_frozen_as_they_are_with_ties() {
    let frozen = frozen_by("C-1: M-2 (M-1 M-3)\n C-2: M-1\n M-1: C-1\n M-2(3): C-2\n M-3: C-1 C-2", 20);
    assert_eq!(list(&frozen, "C-1"), "imported M-2 (M-1 M-3)");
    assert_eq!(list(&frozen, "M-2"), "imported C-2");
    assert_eq!(frozen.openings.iter().map(|one| one.quota).collect::<Vec<_>>(), [1, 3, 1]);
    assert_eq!(frozen.checklist.candidates.with_ties, 1);
}

#[test]
fn a_certified_list_goes_before_an_imported_one() {
    let frozen = frozen_by("C-1: M-1\n certified C-1: M-2\n M-1: C-1\n M-2: C-1", 20);
    assert_eq!(list(&frozen, "C-1"), "certified M-2");
}

#[test]
fn agents_stand_in_the_order_of_their_keys() {
    let frozen = frozen_by("C-3: M-1\n C-1: M-1\n C-2: M-1\n M-9: C-1\n M-1: C-1", 20);
    assert_eq!(frozen.candidates.iter().map(|one| &*one.key).collect::<Vec<_>>(), ["C-1", "C-2", "C-3"]);
    assert_eq!(frozen.openings.iter().map(|one| &*one.key).collect::<Vec<_>>(), ["M-1", "M-9"]);
}

#[test]
fn who_has_no_list_gets_one_by_score_and_equal_scores_are_a_tie() {
    let frozen = frozen_by("C-2: -\n M-1: -\n M-2: -\n M-3: -", 20);
    assert_eq!(list(&frozen, "C-2"), "shortlist M-2 (M-1 M-3)");
    assert_eq!(list(&frozen, "M-1"), "shortlist C-2");
}

#[test]
fn the_best_of_either_side_are_united() {
    // Each takes one: C-1 and C-2 want M-1, which wants C-1; nobody takes M-4, which wants C-2.
    let frozen = frozen_by("C-1: -\n C-2: -\n M-1: -\n M-4: -", 1);
    assert_eq!(list(&frozen, "C-2"), "shortlist M-1 M-4");
    assert_eq!(list(&frozen, "M-1"), "shortlist C-1 C-2");
    assert_eq!(list(&frozen, "C-1"), "shortlist M-1");
}

#[test]
fn pairs_that_no_shortlist_had_room_for_are_counted() {
    let four = "C-1: -\nC-2: -\nC-3: -\nM-1: -\nM-2: -\nM-3: -\nM-4: -";
    let all = frozen_by(four, 10);
    let few = frozen_by(four, 1);
    let pairs = |frozen: &Frozen| frozen.candidates.iter().flat_map(|one| &one.list).flatten().count() as u64;
    assert_eq!(all.checklist.cut_off, 0);
    assert!(few.checklist.cut_off > 0);
    assert_eq!(few.checklist.cut_off + pairs(&few), pairs(&all));
}

#[test]
fn a_score_that_both_sides_share_is_noticed_and_one_that_they_do_not_is_not() {
    let nobody_brought_a_list = "C-1: -\nC-2: -\nM-1: -\nM-2: -";
    assert!(frozen_by(nobody_brought_a_list, 10).checklist.one_score);
    // Each wants the other's second choice: no ranking of pairs explains that.
    let crossed = "C-1: M-1 M-2\nC-2: M-2 M-1\nM-1: C-2 C-1\nM-2: C-1 C-2\nC-3: -\nM-3: -";
    assert!(!frozen_by(crossed, 10).checklist.one_score);
}

#[test]
fn a_stand_in_answers_everyone_who_lists_it_and_nobody_else_who_brought_a_list() {
    let frozen = frozen_by("C-1: M-1\n C-2: M-2\n C-3: -\n M-1: -\n M-2: C-3 C-1", 1);
    assert_eq!(list(&frozen, "M-1"), "shortlist C-1 C-3");
    assert_eq!(list(&frozen, "C-3"), "shortlist M-2 M-1");
    assert_eq!(list(&frozen, "C-2"), "imported M-2");
    assert_eq!(list(&frozen, "M-2"), "imported C-3 C-1");
}

#[test]
fn a_hard_condition_excludes_a_pair_even_when_one_lists_the_other() {
    let frozen = frozen_by("C-1: M-9\n C-8: -\n M-9: -", 20);
    assert_eq!(list(&frozen, "M-9"), "shortlist C-8");
    assert_eq!(list(&frozen, "C-1"), "imported M-9");
}

#[test]
fn without_consent_or_as_a_draft_only_a_list_or_somebody_elses_list_brings_in() {
    let frozen = frozen_by("C-1!: M-1 M-3\n C-2!: -\n C-3: -\n M-1: C-1\n M-2!: -\n M-3!: -", 20);
    assert_eq!(list(&frozen, "C-1"), "imported M-1 M-3");
    assert_eq!(list(&frozen, "M-3"), "nothing");
    let checklist = &frozen.checklist;
    assert_eq!((checklist.unconsented, checklist.left_out.unconsented), (1, 1));
    assert_eq!((checklist.drafts, checklist.left_out.drafts), (1, 1));
    assert_eq!(frozen.candidates.len() + frozen.openings.len(), 4);
}

#[test]
fn the_hash_follows_from_the_input_alone() {
    let seal = |seed| Sealed::new(frozen(THREE_FOR_TWO, Settings { seed, ..Settings::default() }));
    assert_eq!(seal(1).hash(), seal(1).hash());
    assert_ne!(seal(1).hash(), seal(2).hash());
    assert_eq!(seal(1).hash().len(), 64);
}

#[test]
fn an_altered_record_no_longer_fits_its_hash() {
    let sealed = Sealed::new(frozen(THREE_FOR_TWO, Settings::default()));
    let stored = |text: String| Sealed::<Frozen>::stored(text, sealed.hash().to_owned()).unwrap();
    assert!(stored(sealed.text().to_owned()).is_intact());
    assert!(!stored(sealed.text().replace("\"quota\":1", "\"quota\":2")).is_intact());
}

#[test]
fn a_proposal_is_a_pure_function_of_the_input() {
    let input = Sealed::new(frozen("C-1: M-1\n C-2: M-1\n M-1: (C-1 C-2)", Settings::default()));
    let proposal = propose(&input).unwrap();
    assert_eq!(proposal, propose(&input).unwrap());
    assert_eq!(proposal.input, input.hash());
    assert!(proposal.lottery_used && proposal.audit.is_clean());
    assert_eq!(proposal.pairs().count(), 1);
}

#[test]
fn the_seed_decides_who_wins_a_tie() {
    let winner = |seed| {
        let settings = Settings { seed, ..Settings::default() };
        let input = Sealed::new(frozen("C-1: M-1\n C-2: M-1\n M-1: (C-1 C-2)", settings));
        propose(&input).unwrap().pairs().next().unwrap().0
    };
    let winners: Vec<u32> = (0..20).map(winner).collect();
    assert!(winners.contains(&0) && winners.contains(&1), "{winners:?}");
}
