//! What may be done to a market without changing an outcome, or with a known change; brute force is the judge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{Matching, Outcome, candidate_optimal, opening_optimal};
use proptest::prelude::*;
use support::plan::{Groups, Plan, plan};
use support::{Judge, ids};

type Mechanism = fn(&migiude_matching::StrictMarket<'_>) -> Outcome;
const MECHANISMS: [Mechanism; 2] = [candidate_optimal, opening_optimal];

fn run(mechanism: Mechanism, plan: &Plan) -> Outcome {
    mechanism(&plan.market().strict().unwrap())
}

fn sorted(mut matchings: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    matchings.sort();
    matchings
}

/// The entries of a strict list, best first.
fn entries(groups: &Groups) -> Vec<u32> {
    groups.concat()
}

fn groups(entries: impl IntoIterator<Item = u32>) -> Groups {
    entries.into_iter().map(|entry| vec![entry]).collect()
}

/// The candidates an opening holds, ids from 1.
fn holders(matching: &[u32], id: u32) -> Vec<u32> {
    (0..).zip(matching).filter(|&(_, &opening)| opening == id).map(|(candidate, _)| candidate).collect()
}

/// The plan whose lists, of both sides, hold mutual entries only.
fn mutual(plan: &Plan) -> Plan {
    let wishes: Vec<Vec<u32>> = plan.candidates.iter().map(entries).collect();
    let offers: Vec<Vec<u32>> = plan.openings.iter().map(|(_, list)| entries(list)).collect();
    let answered = |list: &[u32], own: u32, others: &[Vec<u32>]| {
        groups(list.iter().copied().filter(|&entry| others[entry as usize].contains(&own)))
    };
    Plan {
        candidates: (0..).zip(&wishes).map(|(c, list)| answered(list, c, &offers)).collect(),
        openings: (0..)
            .zip(&offers)
            .map(|(o, list)| (plan.openings[o as usize].0, answered(list, o, &wishes)))
            .collect(),
    }
}

/// Each list up to where `last` says, or whole.
fn cut(list: &Groups, last: Option<u32>) -> Groups {
    let list = entries(list);
    let end =
        last.and_then(|last| list.iter().position(|&entry| entry == last)).map_or(list.len(), |at| at + 1);
    groups(list[..end].iter().copied())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbering_the_agents_otherwise_renumbers_the_outcome_and_nothing_else(
        plan in plan(false),
        candidate_names in Just((0..6u32).collect::<Vec<_>>()).prop_shuffle(),
        opening_names in Just((0..4u32).collect::<Vec<_>>()).prop_shuffle()
    ) {
        // The order of serving follows the numbers, so this also says that the order of proposals is irrelevant.
        let (n, m) = (plan.candidates.len() as u32, plan.openings.len() as u32);
        let candidates: Vec<u32> = candidate_names.into_iter().filter(|&name| name < n).collect();
        let openings: Vec<u32> = opening_names.into_iter().filter(|&name| name < m).collect();
        let number = |names: &[u32], old: u32| names.iter().position(|&name| name == old).unwrap() as u32;
        let renamed = |list: &Groups, names: &[u32]| groups(entries(list).into_iter().map(|old| number(names, old)));
        let other = Plan {
            candidates: candidates.iter().map(|&c| renamed(&plan.candidates[c as usize], &openings)).collect(),
            openings: openings
                .iter()
                .map(|&o| (plan.openings[o as usize].0, renamed(&plan.openings[o as usize].1, &candidates)))
                .collect(),
        };
        for mechanism in MECHANISMS {
            let (one, other) = (run(mechanism, &plan), run(mechanism, &other));
            prop_assert_eq!(one.proposals, other.proposals);
            let back = (0..n).map(|c| {
                other.matching.opening_of(number(&candidates, c)).map(|o| openings[o as usize])
            });
            prop_assert_eq!(one.matching, Matching::new(back));
        }
    }

    #[test]
    fn the_number_of_proposals_follows_from_the_outcome(plan in plan(false)) {
        let plan = mutual(&plan);
        let judge = Judge::of(&plan.market());
        let best = run(candidate_optimal, &plan);
        let got = ids(&best.matching);
        // A candidate asks down to what it gets, or everybody.
        let asked = |c: usize| match got[c] {
            0 => plan.candidates[c].len() as u64,
            _ => u64::from(judge.rank(c, &got)),
        };
        prop_assert_eq!(best.proposals, (0..got.len()).map(asked).sum::<u64>());
        // An opening offers down to the worst it gets, or to everybody while a seat is free.
        let worst = run(opening_optimal, &plan);
        let offered = |o: usize| {
            let (quota, list) = &plan.openings[o];
            match judge.held_ranks(o, &ids(&worst.matching)).last() {
                _ if *quota == 0 => 0,
                Some(&rank) if rank < u32::MAX => u64::from(rank),
                _ => list.len() as u64,
            }
        };
        prop_assert_eq!(worst.proposals, (0..plan.openings.len()).map(offered).sum::<u64>());
    }

    #[test]
    fn deleting_what_candidates_like_less_than_their_best_outcome_leaves_that_outcome_alone(plan in plan(false)) {
        let best = plan.candidate_optimal();
        let mut shorter = plan.clone();
        for (list, got) in shorter.candidates.iter_mut().zip(&best) {
            *list = cut(list, got.checked_sub(1));
        }
        prop_assert_eq!(shorter.candidate_optimal(), best.clone());
        prop_assert_eq!(ids(&run(opening_optimal, &shorter).matching), best.clone());
        prop_assert_eq!(Judge::of(&shorter.market()).stable(), [best]);
    }

    #[test]
    fn deleting_below_the_worst_stable_outcome_loses_no_stable_matching(plan in plan(false)) {
        let all = sorted(Judge::of(&plan.market()).stable());
        let worst = ids(&run(opening_optimal, &plan).matching);
        let best = plan.candidate_optimal();
        let mut shorter = plan.clone();
        for (list, got) in shorter.candidates.iter_mut().zip(&worst) {
            *list = cut(list, got.checked_sub(1));
        }
        prop_assert_eq!(sorted(Judge::of(&shorter.market()).stable()), all.clone());
        // The candidates' best is the openings' worst; whoever has a free seat keeps its whole list.
        for (id, (quota, list)) in (1..).zip(&mut shorter.openings) {
            let held = holders(&best, id);
            if held.len() == *quota as usize {
                let last = entries(list).into_iter().rfind(|candidate| held.contains(candidate));
                *list = cut(list, last);
            }
        }
        prop_assert_eq!(sorted(Judge::of(&shorter.market()).stable()), all);
        for mechanism in MECHANISMS {
            prop_assert_eq!(run(mechanism, &shorter).matching, run(mechanism, &plan).matching);
        }
    }

    #[test]
    fn a_seat_each_for_the_seats_of_an_opening_keeps_the_stable_matchings(plan in plan(false)) {
        // Opening o becomes as many openings of one seat, which everybody lists in the same order.
        let mut clones: Vec<Vec<u32>> = Vec::new();
        let mut openings = Vec::new();
        for (quota, list) in &plan.openings {
            clones.push((openings.len() as u32..).take(*quota as usize).collect());
            openings.extend((0..*quota).map(|_| (1, list.clone())));
        }
        let cloned = Plan {
            candidates: plan
                .candidates
                .iter()
                .map(|list| groups(entries(list).into_iter().flat_map(|opening| clones[opening as usize].clone())))
                .collect(),
            openings,
        };
        let owner = |clone: u32| (1..).zip(&clones).find(|(_, clones)| clones.contains(&clone)).unwrap().0;
        let back = |matching: Vec<u32>| -> Vec<u32> {
            matching.into_iter().map(|id| id.checked_sub(1).map_or(0, owner)).collect()
        };
        for mechanism in MECHANISMS {
            prop_assert_eq!(back(ids(&run(mechanism, &cloned).matching)), ids(&run(mechanism, &plan).matching));
        }
        // Brute force over many clones takes long, so it judges the smaller markets.
        if cloned.openings.len() <= 5 {
            let of_clones = Judge::of(&cloned.market()).stable().into_iter().map(back).collect();
            prop_assert_eq!(sorted(of_clones), sorted(Judge::of(&plan.market()).stable()));
        }
    }

    #[test]
    fn side_by_side_two_markets_have_the_product_of_their_stable_matchings(one in plan(false), other in plan(false)) {
        let (n, m) = (one.candidates.len() as u32, one.openings.len() as u32);
        let moved = |list: &Groups, by: u32| groups(entries(list).into_iter().map(|entry| entry + by));
        let mut both = one.clone();
        both.candidates.extend(other.candidates.iter().map(|list| moved(list, m)));
        both.openings.extend(other.openings.iter().map(|(quota, list)| (*quota, moved(list, n))));
        for mechanism in MECHANISMS {
            let (first, second) = (run(mechanism, &one), run(mechanism, &other));
            let union = run(mechanism, &both);
            prop_assert_eq!(union.proposals, first.proposals + second.proposals);
            let moved = ids(&second.matching).into_iter().map(|id| if id == 0 { 0 } else { id + m });
            prop_assert_eq!(ids(&union.matching), ids(&first.matching).into_iter().chain(moved).collect::<Vec<_>>());
        }
        if both.candidates.len() <= 7 {
            let count = |plan: &Plan| Judge::of(&plan.market()).stable().len();
            prop_assert_eq!(count(&both), count(&one) * count(&other));
        }
    }

    #[test]
    fn when_each_candidate_takes_its_kth_best_of_all_stable_matchings_that_is_stable(plan in plan(false)) {
        // Teo and Sethuraman 1998; k = 1 and the last are the two extremes.
        let judge = Judge::of(&plan.market());
        let all = judge.stable();
        let mut of_each: Vec<Vec<(u32, u32)>> = (0..plan.candidates.len())
            .map(|c| all.iter().map(|each| (judge.rank(c, each), each[c])).collect())
            .collect();
        of_each.iter_mut().for_each(|outcomes| outcomes.sort_unstable());
        for k in 0..all.len() {
            let median: Vec<u32> = of_each.iter().map(|outcomes| outcomes[k].1).collect();
            prop_assert!(all.contains(&median), "k = {}", k + 1);
            let extreme = [(0, MECHANISMS[0]), (all.len() - 1, MECHANISMS[1])];
            for (_, mechanism) in extreme.into_iter().filter(|&(at, _)| at == k) {
                prop_assert_eq!(&ids(&run(mechanism, &plan).matching), &median);
            }
        }
    }

    #[test]
    fn no_matching_at_all_is_better_for_every_candidate_than_their_best_stable_one(plan in plan(false)) {
        // Weak Pareto optimality for the proposing side (Roth 1982); unstable matchings are among the rivals.
        let judge = Judge::of(&plan.market());
        let best = plan.candidate_optimal();
        prop_assume!(!best.is_empty());
        for other in judge.valid() {
            prop_assert!((0..best.len()).any(|c| judge.rank(c, &best) <= judge.rank(c, &other)));
        }
    }
}
