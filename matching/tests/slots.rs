//! Candidates with several slots: what the theorems promise, with every many-to-many matching of a small market as
//! the judge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

use migiude_matching::audit::slots::{ManyProblem, audit};
use migiude_matching::slots::{SlotsError, candidate_optimal, opening_optimal};
use migiude_matching::{ManyMatching, Market, Matching};
use proptest::prelude::*;

/// Strict lists, numbers from 0; candidates with their slots, openings with their seats.
#[derive(Debug, Clone)]
struct Plan {
    candidates: Vec<(u32, Vec<u32>)>,
    openings: Vec<(u32, Vec<u32>)>,
}

/// Who holds whom, one row a candidate, in order of number.
type Rows = Vec<Vec<u32>>;

impl Plan {
    fn market(&self) -> Market {
        let mut market = Market::builder();
        self.candidates.iter().for_each(|(_, list)| market.candidate(list.iter().copied()));
        self.openings.iter().for_each(|(quota, list)| market.opening(*quota, list.iter().copied()));
        market.build().expect("only possible markets are generated")
    }

    fn slots(&self) -> Vec<u32> {
        self.candidates.iter().map(|(slots, _)| *slots).collect()
    }

    fn candidate_optimal(&self) -> Rows {
        rows(&candidate_optimal(&self.market().strict().unwrap(), &self.slots()).unwrap().matching)
    }

    fn opening_optimal(&self) -> Rows {
        rows(&opening_optimal(&self.market().strict().unwrap(), &self.slots()).unwrap().matching)
    }

    /// The same plan with the sides exchanged.
    fn mirrored(&self) -> Self {
        Self { candidates: self.openings.clone(), openings: self.candidates.clone() }
    }

    fn mutual(&self, candidate: usize, opening: u32) -> bool {
        self.openings[opening as usize].1.contains(&(candidate as u32))
    }

    /// Every valid matching.
    fn valid(&self) -> Vec<Rows> {
        let mut all: Vec<Rows> = vec![vec![]];
        for (candidate, (slots, list)) in self.candidates.iter().enumerate() {
            let mut sets: Rows = vec![vec![]];
            for &opening in list.iter().filter(|&&opening| self.mutual(candidate, opening)) {
                let with = sets.iter().filter(|set| set.len() < *slots as usize);
                let more: Rows = with.map(|set| [set.as_slice(), &[opening]].concat()).collect();
                sets.extend(more);
            }
            let fits = |rows: &Rows| {
                let over = |(o, (quota, _)): (u32, &(u32, Vec<u32>))| {
                    rows.iter().filter(|row| row.contains(&o)).count() > *quota as usize
                };
                !(0..).zip(&self.openings).any(over)
            };
            let longer = |rows: &Rows| -> Vec<Rows> {
                sets.iter()
                    .map(|set| [rows.as_slice(), std::slice::from_ref(set)].concat())
                    .filter(fits)
                    .collect()
            };
            all = all.iter().flat_map(longer).collect();
        }
        all.iter_mut().flatten().for_each(|row| row.sort_unstable());
        all
    }

    /// The pairs that block any rows, straight from the definition.
    fn blocking(&self, rows: &Rows) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for (c, (slots, list)) in (0u32..).zip(&self.candidates) {
            for &o in list.iter().filter(|&&o| self.mutual(c as usize, o)) {
                let (quota, standing) = &self.openings[o as usize];
                let own = &rows[c as usize];
                let held: Vec<u32> =
                    (0..).zip(rows).filter(|(_, row)| row.contains(&o)).map(|(c, _)| c).collect();
                let wants = |list: &[u32], held: &[u32], room: u32, new: u32| {
                    let rank = |x: u32| list.iter().position(|&y| y == x).unwrap_or(usize::MAX);
                    held.len() < room as usize || held.iter().any(|&h| rank(new) < rank(h))
                };
                if !own.contains(&o) && wants(list, own, *slots, o) && wants(standing, &held, *quota, c) {
                    pairs.push((c, o));
                }
            }
        }
        pairs
    }

    fn stable(&self) -> Vec<Rows> {
        self.valid().into_iter().filter(|rows| self.blocking(rows).is_empty()).collect()
    }

    /// What candidate `c` would choose from all it holds in two matchings.
    fn choice(&self, c: usize, one: &[u32], other: &[u32]) -> Vec<u32> {
        let (slots, list) = &self.candidates[c];
        let offered = list.iter().copied().filter(|o| one.contains(o) || other.contains(o));
        let mut chosen: Vec<u32> = offered.take(*slots as usize).collect();
        chosen.sort_unstable();
        chosen
    }

    /// Whether every candidate, from what it holds in the two, would choose what it holds in `best`.
    fn is_best_for_candidates(&self, best: &Rows, other: &Rows) -> bool {
        (0..best.len()).all(|c| self.choice(c, &best[c], &other[c]) == best[c])
    }
}

fn rows(matching: &ManyMatching) -> Rows {
    let sorted = |candidate| {
        let mut row = matching.openings_of(candidate).to_vec();
        row.sort_unstable();
        row
    };
    (0..matching.len() as u32).map(sorted).collect()
}

/// The rows of the other side.
fn turned(rows: &Rows, others: usize) -> Rows {
    let holders = |other| (0..).zip(rows).filter(|(_, row)| row.contains(&other)).map(|(c, _)| c).collect();
    (0..others as u32).map(holders).collect()
}

fn list(partners: u32) -> impl Strategy<Value = Vec<u32>> {
    let all: Vec<u32> = (0..partners).collect();
    prop_oneof![
        1 => proptest::sample::subsequence(all.clone(), 0..=partners as usize).prop_shuffle(),
        5 => Just(all).prop_shuffle(),
    ]
}

/// Small markets of every shape, and often ones in which the sides disagree, so that much is stable.
fn plan() -> impl Strategy<Value = Plan> {
    let room = || prop_oneof![1 => Just(0u32), 8 => 1..=2u32, 1 => Just(3u32)];
    let any = (0..=4u32, 0..=4u32).prop_flat_map(move |(n, m)| {
        let candidates = proptest::collection::vec((room(), list(m)), n as usize);
        let openings = proptest::collection::vec((room(), list(n)), m as usize);
        (candidates, openings).prop_map(|(candidates, openings)| Plan { candidates, openings })
    });
    prop_oneof![1 => any, 2 => disagreeing()]
}

/// Everybody's first choice likes it least: a Latin square, a little disturbed.
fn disagreeing() -> impl Strategy<Value = Plan> {
    let rooms = || proptest::collection::vec(1..=2u32, 4);
    let swaps = proptest::collection::vec((0..8usize, 0..3usize), 0..4);
    (3..=4u32, rooms(), rooms(), swaps).prop_map(|(n, slots, seats, swaps)| {
        let candidates = (0..n).map(|c| (slots[c as usize], (0..n).map(|k| (c + k) % n).collect()));
        let openings = (0..n).map(|o| (seats[o as usize], (1..=n).map(|k| (o + k) % n).collect()));
        let mut plan = Plan { candidates: candidates.collect(), openings: openings.collect() };
        let mut lists: Vec<&mut Vec<u32>> =
            plan.candidates.iter_mut().chain(&mut plan.openings).map(|(_, list)| list).collect();
        for (agent, place) in swaps {
            let list = &mut lists[agent % (2 * n as usize)];
            list.swap(place % (n as usize - 1), place % (n as usize - 1) + 1);
        }
        plan
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_side_gets_its_best_of_all_pairwise_stable_matchings_and_the_other_its_worst(plan in plan()) {
        let (best, worst) = (plan.candidate_optimal(), plan.opening_optimal());
        let mirrored = plan.mirrored();
        let seen_by_openings = |rows: &Rows| turned(rows, plan.openings.len());
        prop_assert!(plan.blocking(&best).is_empty() && plan.blocking(&worst).is_empty());
        let stable = plan.stable();
        prop_assert!(stable.contains(&best) && stable.contains(&worst));
        for other in &stable {
            prop_assert!(plan.is_best_for_candidates(&best, other));
            prop_assert!(plan.is_best_for_candidates(other, &worst));
            prop_assert!(mirrored.is_best_for_candidates(&seen_by_openings(&worst), &seen_by_openings(other)));
            prop_assert!(mirrored.is_best_for_candidates(&seen_by_openings(other), &seen_by_openings(&best)));
        }
        prop_assert_eq!(seen_by_openings(&worst), mirrored.candidate_optimal());
    }

    #[test]
    fn everyone_has_as_many_partners_in_all_and_whoever_has_room_left_the_same_ones(plan in plan()) {
        let first = plan.candidate_optimal();
        for other in plan.stable() {
            for ((one, other), (slots, _)) in first.iter().zip(&other).zip(&plan.candidates) {
                prop_assert_eq!(one.len(), other.len());
                prop_assert!(one.len() == *slots as usize || one == other);
            }
            let held = turned(&first, plan.openings.len());
            for ((one, other), (quota, _)) in held.iter().zip(turned(&other, plan.openings.len())).zip(&plan.openings) {
                prop_assert_eq!(one.len(), other.len());
                prop_assert!(one.len() == *quota as usize || *one == other);
            }
        }
    }

    #[test]
    fn with_one_slot_each_it_is_the_plain_market(mut plan in plan()) {
        plan.candidates.iter_mut().for_each(|(slots, _)| *slots = 1);
        let market = plan.market();
        let strict = market.strict().unwrap();
        type Plain = fn(&migiude_matching::StrictMarket<'_>) -> migiude_matching::Outcome;
        type Many = fn(&migiude_matching::StrictMarket<'_>, &[u32]) -> Result<migiude_matching::ManyOutcome, SlotsError>;
        let pairs: [(Plain, Many); 2] = [
            (migiude_matching::candidate_optimal, candidate_optimal),
            (migiude_matching::opening_optimal, opening_optimal),
        ];
        for (plain, many) in pairs {
            let (plain, many) = (plain(&strict), many(&strict, &plan.slots()).unwrap());
            let one = |c| many.matching.openings_of(c).first().copied();
            prop_assert_eq!(plain.matching, Matching::new(market.each_candidate().map(one)));
            prop_assert_eq!(plain.proposals, many.proposals);
        }
    }

    #[test]
    fn a_candidate_with_one_slot_cannot_gain_by_any_untrue_list(mut plan in plan()) {
        if let Some((slots, truth)) = plan.candidates.first_mut() {
            *slots = 1;
            let truth = truth.clone();
            let rank = |rows: &Rows| rows[0].first().map_or(usize::MAX, |o| truth.iter().position(|t| t == o).unwrap());
            let honest = rank(&plan.candidate_optimal());
            for untrue in reports(&truth) {
                plan.candidates[0].1 = untrue;
                prop_assert!(honest <= rank(&plan.candidate_optimal()));
            }
        }
    }

    #[test]
    fn an_opening_with_one_seat_cannot_gain_by_any_untrue_list_when_openings_propose(mut plan in plan()) {
        if let Some((seats, truth)) = plan.openings.first_mut() {
            *seats = 1;
            let truth = truth.clone();
            let rank = |rows: &Rows| turned(rows, 1)[0].first().map_or(usize::MAX, |c| truth.iter().position(|t| t == c).unwrap());
            let honest = rank(&plan.opening_optimal());
            for untrue in reports(&truth) {
                plan.openings[0].1 = untrue;
                prop_assert!(honest <= rank(&plan.opening_optimal()));
            }
        }
    }

    #[test]
    fn two_towns_without_a_common_pair_are_matched_apart(one in plan(), other in plan()) {
        let (n, m) = (one.candidates.len() as u32, one.openings.len() as u32);
        let mut both = one.clone();
        let moved = |agents: &[(u32, Vec<u32>)], by: u32| -> Vec<(u32, Vec<u32>)> {
            agents.iter().map(|(room, list)| (*room, list.iter().map(|entry| entry + by).collect())).collect()
        };
        both.candidates.extend(moved(&other.candidates, m));
        both.openings.extend(moved(&other.openings, n));
        for mechanism in [Plan::candidate_optimal, Plan::opening_optimal] {
            let apart = mechanism(&other).into_iter().map(|row| row.into_iter().map(|o| o + m).collect());
            let apart: Rows = mechanism(&one).into_iter().chain(apart).collect();
            prop_assert_eq!(mechanism(&both), apart);
        }
    }

    #[test]
    fn the_audit_agrees_with_the_definition_on_every_valid_matching(plan in plan()) {
        let market = plan.market();
        for rows in plan.valid() {
            let found = audit(&market, &plan.slots(), &ManyMatching::new(rows.clone()));
            prop_assert!(found.is_valid());
            let mut blocking = found.blocking_pairs.clone();
            blocking.sort_unstable();
            let mut expected = plan.blocking(&rows);
            expected.sort_unstable();
            prop_assert_eq!(blocking, expected);
            prop_assert_eq!(found.placed as usize, rows.iter().map(Vec::len).sum::<usize>());
            prop_assert_eq!(found.unmatched as usize, rows.iter().filter(|row| row.is_empty()).count());
            prop_assert_eq!(found.free_slots, u64::from(plan.slots().iter().sum::<u32>()) - u64::from(found.placed));
            let seats: u32 = plan.openings.iter().map(|(quota, _)| quota).sum();
            prop_assert_eq!(found.empty_seats, u64::from(seats - found.placed));
            let of_rank = |r: usize, ranks: &[u32]| ranks.get(r).copied().unwrap_or(0);
            let first = rows.iter().enumerate().filter(|(c, row)| {
                plan.candidates[*c].1.iter().find(|&&o| plan.mutual(*c, o)).is_some_and(|o| row.contains(o))
            });
            prop_assert_eq!(of_rank(0, &found.candidate_ranks) as usize, first.count());
        }
    }

    #[test]
    fn whatever_is_handed_in_the_audit_accepts_only_valid_matchings(
        plan in plan(), rows in proptest::collection::vec(proptest::collection::vec(0..5u32, 0..4), 0..5)
    ) {
        let found = audit(&plan.market(), &plan.slots(), &ManyMatching::new(rows.clone()));
        let mut sorted = rows;
        sorted.iter_mut().for_each(|row| row.sort_unstable());
        prop_assert_eq!(found.is_valid(), plan.valid().contains(&sorted));
    }
}

/// Every strict list of some of these entries.
fn reports(entries: &[u32]) -> Rows {
    let mut all: Rows = vec![vec![]];
    let mut longest = all.clone();
    for _ in entries {
        let more = |list: &Vec<u32>| -> Rows {
            let rest = entries.iter().filter(|entry| !list.contains(entry));
            rest.map(|&entry| [list.as_slice(), &[entry]].concat()).collect()
        };
        longest = longest.iter().flat_map(more).collect();
        all.extend(longest.iter().cloned());
    }
    all
}

#[test]
fn haruka_with_two_slots_gains_by_not_listing_the_inn() {
    // Asking the inn drives Kenji to the brewery, which then sends Haruka away.
    let mut plan = Plan {
        candidates: vec![(2, vec![0, 1, 2]), (1, vec![1, 0]), (1, vec![])],
        openings: vec![(1, vec![1, 0]), (1, vec![0, 1]), (1, vec![0])],
    };
    assert_eq!(plan.candidate_optimal(), [vec![1, 2], vec![0], vec![]]);
    plan.candidates[0].1 = vec![0, 2];
    assert_eq!(plan.candidate_optimal(), [vec![0, 2], vec![1], vec![]]);
}

#[test]
fn nobody_is_placed_without_a_slot_and_a_slot_too_many_stays_free() {
    let plan = Plan {
        candidates: vec![(0, vec![0, 1]), (u32::MAX, vec![0, 1]), (1, vec![1])],
        openings: vec![(u32::MAX, vec![0, 1, 2]), (0, vec![1, 2])],
    };
    for rows in [plan.candidate_optimal(), plan.opening_optimal()] {
        assert_eq!(rows, [vec![], vec![0], vec![]]);
    }
    let found = audit(&plan.market(), &plan.slots(), &ManyMatching::new(plan.candidate_optimal()));
    assert!(found.is_stable());
    assert_eq!((found.free_slots, found.unmatched), (u64::from(u32::MAX), 2));
}

#[test]
fn slots_for_another_number_of_candidates_are_refused() {
    let plan = Plan { candidates: vec![(1, vec![0])], openings: vec![(1, vec![0])] };
    let market = plan.market();
    let refused = SlotsError { found: 2, expected: 1 };
    assert_eq!(candidate_optimal(&market.strict().unwrap(), &[1, 1]), Err(refused));
    assert_eq!(opening_optimal(&market.strict().unwrap(), &[1, 1]), Err(refused));
    assert_eq!(refused.to_string(), "slots are given for 2 candidates, the market has 1");
    let found = audit(&market, &[], &ManyMatching::new([[0]]));
    let (slots, openings) = (0, 1);
    let none = ManyProblem::Slots { found: 0, expected: 1 };
    assert_eq!(found.problems, [none, ManyProblem::OverSlots { candidate: 0, slots, openings }]);
}

#[test]
fn the_audit_names_every_way_of_not_being_a_matching() {
    let plan = Plan {
        candidates: vec![(1, vec![0]), (1, vec![0, 1]), (1, vec![])],
        openings: vec![(1, vec![0, 1]), (1, vec![1])],
    };
    let matching = ManyMatching::new([vec![0, 7, 0], vec![0], vec![1], vec![0]]);
    let told: Vec<String> =
        audit(&plan.market(), &plan.slots(), &matching).problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "the matching has 4 candidates, the market 3",
            "candidate 0 has opening 0 twice",
            "candidate 0 has opening 7, which does not exist",
            "candidate 0 has 1 slots and 2 openings",
            "candidate 2 and opening 1 are not acceptable to each other",
            "opening 0 has 1 seats and 2 candidates",
        ]
    );
}

#[test]
fn equally_good_partners_do_not_block_in_the_audit() {
    // Haruka and Kenji are equally welcome at the brewery, and Haruka likes brewery and inn equally.
    let mut market = Market::builder();
    market.candidate_with_ties([[0, 1]]);
    market.candidate([0]);
    market.opening_with_ties(1, [[0, 1]]);
    market.opening(1, [0]);
    let market = market.build().unwrap();
    let stable =
        |slots: [u32; 2], rows: [Vec<u32>; 2]| audit(&market, &slots, &ManyMatching::new(rows)).is_stable();
    assert!(stable([1, 1], [vec![1], vec![0]]));
    assert!(stable([2, 1], [vec![1], vec![0]]));
    assert!(stable([1, 1], [vec![0], vec![]]));
    assert!(!stable([2, 1], [vec![0], vec![]]));
}
