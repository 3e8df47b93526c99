//! What the theorems promise, on generated markets, with brute force as the judge.
//!
//! Only possible markets are generated; empty lists, quota 0, unbalanced sides, one-sided entries and ties are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{
    Answer, Matching, Side, audit, break_ties, candidate_optimal, explain, menu, opening_optimal,
};
use proptest::prelude::*;
use support::plan::{Groups, Plan, list, plan};
use support::{Judge, dropped, ids, matching};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn candidate_optimal_is_best_for_every_candidate_and_worst_for_every_opening(plan in plan(false)) {
        let market = plan.market();
        let judge = Judge::of(&market);
        let best = plan.candidate_optimal();
        prop_assert!(judge.blocking(&best).is_empty());
        for other in judge.stable() {
            for candidate in 0..best.len() {
                prop_assert!(judge.rank(candidate, &best) <= judge.rank(candidate, &other));
            }
            for opening in 0..plan.openings.len() {
                prop_assert!(judge.held_ranks(opening, &best) >= judge.held_ranks(opening, &other));
            }
        }
    }

    #[test]
    fn opening_optimal_is_best_for_every_opening_and_worst_for_every_candidate(plan in plan(false)) {
        let market = plan.market();
        let judge = Judge::of(&market);
        let best = ids(&opening_optimal(&market.strict().unwrap()).matching);
        prop_assert!(judge.blocking(&best).is_empty());
        for other in judge.stable() {
            for opening in 0..plan.openings.len() {
                prop_assert!(judge.held_ranks(opening, &best) <= judge.held_ranks(opening, &other));
            }
            for candidate in 0..best.len() {
                prop_assert!(judge.rank(candidate, &best) >= judge.rank(candidate, &other));
            }
        }
    }

    #[test]
    fn the_same_people_are_placed_in_every_stable_matching(plan in plan(false)) {
        let judge = Judge::of(&plan.market());
        let first = plan.candidate_optimal();
        let holders = |matching: &[u32], o: u32| (0..matching.len()).filter(|&c| matching[c] == o).collect::<Vec<_>>();
        for other in judge.stable() {
            for (one, other) in first.iter().zip(&other) {
                prop_assert_eq!(*one == 0, *other == 0);
            }
            for (id, (quota, _)) in (1..).zip(&plan.openings) {
                let (one, other) = (holders(&first, id), holders(&other, id));
                prop_assert_eq!(one.len(), other.len());
                // Rural hospitals: whoever does not fill its seats has the same people everywhere.
                prop_assert!(one.len() == *quota as usize || one == other);
            }
        }
    }

    #[test]
    fn the_audit_agrees_with_the_definition_on_every_matching(plan in plan(true)) {
        let market = plan.market();
        let judge = Judge::of(&market);
        for each in judge.valid() {
            let found = audit(&market, &matching(&each));
            prop_assert!(found.is_valid());
            let mut blocking = found.blocking_pairs.clone();
            blocking.sort_unstable();
            prop_assert_eq!(&blocking, &judge.blocking(&each));
            prop_assert_eq!(found.placed as usize, each.iter().filter(|&&o| o > 0).count());
            let cost = |c: &usize| u64::from(judge.rank(*c, &each));
            let matched: Vec<usize> = (0..each.len()).filter(|&c| each[c] > 0).collect();
            prop_assert_eq!(found.candidate_cost(), matched.iter().map(cost).sum::<u64>());
        }
    }

    #[test]
    fn the_audit_calls_a_matching_valid_only_when_it_is(
        plan in plan(true), openings in proptest::collection::vec(0..=5u32, 6)
    ) {
        let market = plan.market();
        let any = &openings[..plan.candidates.len()];
        let valid = Judge::of(&market).valid().iter().any(|each| each == any);
        prop_assert_eq!(audit(&market, &matching(any)).is_valid(), valid);
    }

    #[test]
    fn any_lottery_leads_to_a_weakly_stable_matching(plan in plan(true), seed: u64) {
        let market = plan.market();
        let judge = Judge::of(&market);
        let strict = break_ties(&market, seed);
        prop_assert!(!strict.has_ties());
        prop_assert_eq!(strict.dropped(), market.dropped());
        for mechanism in [candidate_optimal, opening_optimal] {
            let outcome = mechanism(&strict).matching;
            prop_assert!(judge.blocking(&ids(&outcome)).is_empty());
            prop_assert!(audit(&market, &outcome).is_stable());
            prop_assert!(audit(&strict, &outcome).is_stable());
        }
    }

    #[test]
    fn exactly_the_one_sided_entries_are_dropped_and_reported(plan in plan(true)) {
        let market = plan.market();
        let pairs = |lists: Vec<&Groups>| -> Vec<(u32, u32)> {
            (1..).zip(lists).flat_map(|(a, list)| list.concat().into_iter().map(move |b| (a, b + 1))).collect()
        };
        let wished = pairs(plan.candidates.iter().collect());
        let offered = pairs(plan.openings.iter().map(|(_, list)| list).collect());
        let unanswered = |own: &[(u32, u32)], other: &[(u32, u32)]| -> Vec<(u32, u32)> {
            own.iter().copied().filter(|&(a, b)| !other.contains(&(b, a))).collect()
        };
        prop_assert_eq!(dropped(&market, Side::Candidate), unanswered(&wished, &offered));
        prop_assert_eq!(dropped(&market, Side::Opening), unanswered(&offered, &wished));
        prop_assert_eq!(market.pairs() + market.dropped().len() + market.pairs(), wished.len() + offered.len());
    }

    #[test]
    fn when_a_candidate_leaves_nobody_who_stays_is_worse_off(plan in plan(false), who in 0..6usize) {
        prop_assume!(who < plan.candidates.len());
        let judge = Judge::of(&plan.market());
        let before = plan.candidate_optimal();
        let mut without = plan.clone();
        without.candidates[who].clear();
        let after = without.candidate_optimal();
        for candidate in (0..before.len()).filter(|&candidate| candidate != who) {
            prop_assert!(judge.rank(candidate, &after) <= judge.rank(candidate, &before));
        }
    }

    #[test]
    fn when_a_quota_grows_no_candidate_is_worse_off(plan in plan(false), which in 0..4usize) {
        prop_assume!(which < plan.openings.len());
        let judge = Judge::of(&plan.market());
        let before = plan.candidate_optimal();
        let mut larger = plan.clone();
        larger.openings[which].0 += 1;
        let after = larger.candidate_optimal();
        for candidate in 0..before.len() {
            prop_assert!(judge.rank(candidate, &after) <= judge.rank(candidate, &before));
        }
    }

    #[test]
    fn no_candidate_gains_by_an_untrue_list(plan in plan(false), who in 0..6usize, lie in list(4, false)) {
        prop_assume!(who < plan.candidates.len());
        let judge = Judge::of(&plan.market());
        let honest = plan.candidate_optimal();
        let mut lying = plan.clone();
        lying.candidates[who] = lie.into_iter().filter(|group| (group[0] as usize) < plan.openings.len()).collect();
        let outcome = lying.candidate_optimal();
        // What it got by the lie counts by its true list; an opening it does not truly want is no gain.
        let gained = match outcome[who] {
            0 => false,
            opening => {
                let rank = plan.market().candidates().ranked(who as u32).find(|(_, e)| e.partner + 1 == opening);
                rank.is_some_and(|(rank, _)| rank < judge.rank(who, &honest))
            }
        };
        prop_assert!(!gained);
    }

    #[test]
    fn a_menu_holds_exactly_what_some_list_would_bring(plan in plan(false), who in 0..6usize) {
        prop_assume!(who < plan.candidates.len());
        let market = plan.market();
        let menu = menu(&market.strict().unwrap(), who as u32);
        for edge in market.candidates().list(who as u32) {
            let mut only = plan.clone();
            only.candidates[who] = vec![vec![edge.partner]];
            let would_get = only.candidate_optimal()[who] == edge.partner + 1;
            prop_assert_eq!(would_get, menu.contains(&edge.partner));
        }
        prop_assert_eq!(plan.candidate_optimal()[who], menu.first().map_or(0, |first| first + 1));
    }

    #[test]
    fn every_pair_of_a_stable_matching_gets_the_one_true_reason(plan in plan(true), seed: u64) {
        let market = plan.market();
        let judge = Judge::of(&market);
        let outcome = candidate_optimal(&break_ties(&market, seed)).matching;
        let got = ids(&outcome);
        for (candidate, wishes) in (0..).zip(&plan.candidates) {
            for (opening, (quota, offers)) in (0..).zip(&plan.openings) {
                let explained = explain(&market, &outcome, candidate, opening);
                let expected = if got[candidate as usize] == opening + 1 {
                    Answer::Matched
                } else if !wishes.concat().contains(&opening) {
                    Answer::YouDidNotList
                } else if !offers.concat().contains(&candidate) {
                    Answer::NotListedByOpening
                } else if judge.rank(candidate as usize, &got) <= explained.candidate_rank.unwrap() {
                    Answer::YouDidBetter
                } else if *quota == 0 {
                    Answer::Rule
                } else {
                    Answer::FilledWithPreferred
                };
                prop_assert_eq!(explained.answer, expected);
            }
        }
    }

    #[test]
    fn the_order_in_which_proposers_are_served_changes_nothing(plan in plan(false)) {
        // The order in which proposers are served follows the numbers, so turning them round tries another order.
        let turn = |groups: &Groups, n: usize| -> Groups {
            groups.iter().map(|group| group.iter().map(|&entry| n as u32 - 1 - entry).collect()).collect()
        };
        let (n, m) = (plan.candidates.len(), plan.openings.len());
        let turned = Plan {
            candidates: plan.candidates.iter().rev().map(|groups| turn(groups, m)).collect(),
            openings: plan.openings.iter().rev().map(|(quota, groups)| (*quota, turn(groups, n))).collect(),
        };
        for mechanism in [candidate_optimal, opening_optimal] {
            let run = |plan: &Plan| mechanism(&plan.market().strict().unwrap());
            let (one, other) = (run(&plan), run(&turned));
            prop_assert_eq!(one.proposals, other.proposals);
            let back = (0..n as u32).rev().map(|c| other.matching.opening_of(c).map(|o| m as u32 - 1 - o));
            prop_assert_eq!(one.matching, Matching::new(back));
        }
    }

    #[test]
    fn a_shared_score_gives_the_greedy_matching_from_both_sides(
        scores in Just((0..16u32).collect::<Vec<_>>()).prop_shuffle(), quotas in proptest::collection::vec(0..=2u32, 4)
    ) {
        let by_score = |pairs: [usize; 4]| -> Groups {
            let mut order: Vec<u32> = (0..4).collect();
            order.sort_unstable_by_key(|&partner| scores[pairs[partner as usize]]);
            order.into_iter().map(|partner| vec![partner]).collect()
        };
        let plan = Plan {
            candidates: (0..4).map(|c| by_score([0, 1, 2, 3].map(|o| 4 * c + o))).collect(),
            openings: (0..4).map(|o| (quotas[o], by_score([0, 1, 2, 3].map(|c| 4 * c + o)))).collect(),
        };
        let mut pairs: Vec<usize> = (0..16).collect();
        pairs.sort_unstable_by_key(|&pair| scores[pair]);
        let mut greedy = [0u32; 4];
        let mut free = quotas.clone();
        for (candidate, opening) in pairs.into_iter().map(|pair| (pair / 4, pair % 4)) {
            if greedy[candidate] == 0 && free[opening] > 0 {
                greedy[candidate] = opening as u32 + 1;
                free[opening] -= 1;
            }
        }
        prop_assert_eq!(plan.candidate_optimal(), greedy);
        prop_assert_eq!(ids(&opening_optimal(&plan.market().strict().unwrap()).matching), greedy);
    }

    #[test]
    fn in_markets_too_large_to_enumerate_both_extremes_agree_on_who_is_placed(
        wishes in proptest::collection::vec(list(6, false), 150), quotas in proptest::collection::vec(0..=90u32, 6),
        orders in proptest::collection::vec(Just((0..150u32).collect::<Vec<_>>()).prop_shuffle(), 6)
    ) {
        let openings = quotas.iter().zip(&orders);
        let plan = Plan {
            candidates: wishes,
            openings: openings.map(|(&quota, order)| (quota, order.iter().map(|&c| vec![c]).collect())).collect(),
        };
        let market = plan.market();
        let strict = market.strict().unwrap();
        let (best, worst) = (candidate_optimal(&strict).matching, opening_optimal(&strict).matching);
        let (of_best, of_worst) = (audit(&market, &best), audit(&market, &worst));
        prop_assert!(of_best.is_stable() && of_worst.is_stable());
        prop_assert!(of_best.candidate_cost() <= of_worst.candidate_cost());
        prop_assert!(of_best.opening_cost() >= of_worst.opening_cost());
        for (opening, (one, other)) in best.holders(6).iter().zip(worst.holders(6)).enumerate() {
            prop_assert_eq!(one.len(), other.len());
            prop_assert!(one.len() == quotas[opening] as usize || *one == other);
        }
        // Candidate-optimal, judged by the textbook: rounds in which everybody refused goes one entry further.
        prop_assert_eq!(ids(&best), by_rounds(&plan));
    }
}

/// Gale and Shapley's own telling: in each round the refused ask their next choice and openings keep their best.
fn by_rounds(plan: &Plan) -> Vec<u32> {
    let mut asked = vec![0; plan.candidates.len()];
    loop {
        let choice = |c: usize| plan.candidates[c].get(asked[c]).map(|group| group[0] as usize);
        let mut refused = Vec::new();
        for (opening, (quota, order)) in plan.openings.iter().enumerate() {
            let asking = order.iter().map(|group| group[0] as usize).filter(|&c| choice(c) == Some(opening));
            refused.extend(asking.skip(*quota as usize));
        }
        if refused.is_empty() {
            return (0..asked.len()).map(|c| choice(c).map_or(0, |opening| opening as u32 + 1)).collect();
        }
        refused.into_iter().for_each(|candidate| asked[candidate] += 1);
    }
}
