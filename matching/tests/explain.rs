//! Why not X, menus and counterfactuals of whole rounds, against one pair and one candidate at a time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{
    Answer, ForParticipant, Market, Matching, Menus, Reasons, Side, break_ties, candidate_optimal, explain,
    menu,
};
use proptest::prelude::*;
use support::plan::{Plan, plan, strict};
use support::{Judge, ids};

/// What the candidate-optimal mechanism gives a candidate who reports another list.
fn would_get(plan: &Plan, who: usize, list: Vec<u32>) -> u32 {
    let mut other = plan.clone();
    other.candidates[who] = list.into_iter().map(|opening| vec![opening]).collect();
    other.candidate_optimal()[who]
}

fn lists(plan: &Plan, who: usize) -> Vec<u32> {
    plan.candidates[who].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_menus_at_once_are_the_menus_one_by_one(plan in strict()) {
        let market = plan.market();
        let strict = market.strict().unwrap();
        let mut menus = Menus::of(&strict);
        for candidate in market.each_candidate() {
            prop_assert_eq!(menus.menu(candidate), menu(&strict, candidate));
        }
    }

    #[test]
    fn a_menu_holds_exactly_what_some_list_brings(plan in strict(), who in 0..6usize) {
        prop_assume!(who < plan.candidates.len());
        let market = plan.market();
        let strict = market.strict().unwrap();
        let menu = Menus::of(&strict).menu(who as u32);
        for opening in lists(&plan, who) {
            prop_assert_eq!(would_get(&plan, who, vec![opening]) == opening + 1, menu.contains(&opening));
        }
        // No longer list brings anything that a list of one does not.
        let wished: Vec<u32> = lists(&plan, who);
        for turned in 0..wished.len() {
            let mut list = wished.clone();
            list.rotate_left(turned);
            let got = would_get(&plan, who, list);
            prop_assert!(got == 0 || menu.contains(&(got - 1)));
        }
    }

    #[test]
    fn the_counterfactual_says_what_would_have_come_of_ranking_it_first(plan in strict(), who in 0..6usize) {
        prop_assume!(who < plan.candidates.len());
        let market = plan.market();
        let strict = market.strict().unwrap();
        let mut menus = Menus::of(&strict);
        for opening in market.each_opening() {
            let rest = lists(&plan, who).into_iter().filter(|&other| other != opening);
            let got = would_get(&plan, who, std::iter::once(opening).chain(rest).collect());
            match menus.if_first(who as u32, opening) {
                Some(would) => prop_assert_eq!(would, got == opening + 1),
                // Only where the opening listed the candidate and the candidate did not list it.
                None => {
                    prop_assert!(!lists(&plan, who).contains(&opening));
                    prop_assert!(plan.openings[opening as usize].1.concat().contains(&(who as u32)));
                }
            }
        }
    }

    #[test]
    fn the_reasons_of_a_round_are_the_reasons_one_by_one(plan in plan(true), seed: u64) {
        let market = plan.market();
        let matching = candidate_optimal(&break_ties(&market, seed)).matching;
        let reasons = Reasons::of(&market, &matching);
        for who in market.each_candidate() {
            let answers: Vec<_> = reasons.of_candidate(who).collect();
            for answer in &answers {
                prop_assert_eq!(answer, &explain(&market, &matching, who, answer.opening));
            }
            let mut about: Vec<u32> = answers.iter().map(|answer| answer.opening).collect();
            let mut listed = lists(&plan, who as usize);
            about.sort_unstable();
            listed.sort_unstable();
            prop_assert_eq!(about, listed);
        }
    }

    /// Two worlds that differ only in whether, and where, an opening lists the candidate, but not in the outcome, look the
    /// same to the candidate: what it is told does not tell them apart.
    #[test]
    fn what_a_participant_is_told_follows_from_its_own_list_and_result(plan in plan(true), seed: u64) {
        let market = plan.market();
        let matching = candidate_optimal(&break_ties(&market, seed)).matching;
        let got = ids(&matching);
        for (who, list) in plan.candidates.iter().enumerate() {
            let place = |id: u32| list.iter().position(|group| group.contains(&id.wrapping_sub(1)));
            for (opening, (quota, _)) in (0..).zip(&plan.openings) {
                let told = explain(&market, &matching, who as u32, opening).for_participant(list);
                let expected = match (place(opening + 1), place(got[who])) {
                    _ if got[who] == opening + 1 => ForParticipant::Matched,
                    (None, _) => ForParticipant::YouDidNotList,
                    (Some(wish), Some(got)) if got <= wish => ForParticipant::YouDidBetter,
                    _ if *quota == 0 => ForParticipant::Rule,
                    _ => ForParticipant::NotPlaced,
                };
                prop_assert_eq!(told, expected);
            }
        }
    }

    #[test]
    fn menus_of_a_market_with_ties_are_those_of_its_lottery(plan in plan(true), seed: u64) {
        let market = plan.market();
        let strict = break_ties(&market, seed);
        let outcome = candidate_optimal(&strict).matching;
        let mut menus = Menus::of(&strict);
        for who in market.each_candidate() {
            prop_assert_eq!(menus.menu(who).first().copied(), outcome.opening_of(who));
        }
    }

    #[test]
    fn when_a_candidate_leaves_nobody_who_stays_is_worse_off_from_either_side(plan in strict(), who in 0..6usize) {
        prop_assume!(who < plan.candidates.len());
        let judge = Judge::of(&plan.market());
        let before = ids(&migiude_matching::opening_optimal(&plan.market().strict().unwrap()).matching);
        let mut without = plan.clone();
        without.candidates[who].clear();
        let after = ids(&migiude_matching::opening_optimal(&without.market().strict().unwrap()).matching);
        for other in (0..before.len()).filter(|&other| other != who) {
            prop_assert!(judge.rank(other, &after) <= judge.rank(other, &before));
        }
    }
}

#[test]
fn an_unlisted_and_an_outranked_candidate_are_told_the_same_even_below_what_they_got() {
    // The brewery (0) never listed Haruka; she got the inn (1), which she likes better, and must not learn it.
    let mut market = Market::builder();
    market.candidate([1, 0]);
    market.opening(1, []);
    market.opening(1, [0]);
    let market = market.build().unwrap();
    let why = explain(&market, &Matching::new([Some(1)]), 0, 0);
    assert_eq!(why.answer, Answer::NotListedByOpening);
    assert_eq!(why.for_participant(&[[1], [0]]), ForParticipant::YouDidBetter);
}

/// A round of 10,000 candidates, 2,000 openings of five seats and ten wishes each.
fn large_round() -> Market {
    let mut state = 1u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut market = Market::builder();
    let mut applicants = vec![Vec::new(); 2000];
    for candidate in 0..10_000u32 {
        let mut list: Vec<u32> = Vec::new();
        while list.len() < 10 {
            let opening = below(2000) as u32;
            if !list.contains(&opening) {
                applicants[opening as usize].push(candidate);
                list.push(opening);
            }
        }
        market.candidate(list);
    }
    for mut list in applicants {
        for last in (1..list.len()).rev() {
            list.swap(last, below(last + 1));
        }
        // Some wishes are not returned.
        list.truncate(list.len() * 19 / 20);
        market.opening(5, list);
    }
    market.build().unwrap()
}

#[test]
fn every_participant_of_a_large_round_is_answered() {
    let market = large_round();
    let strict = market.strict().unwrap();
    let matching = candidate_optimal(&strict).matching;
    let reasons = Reasons::of(&market, &matching);
    let answers = market.each_candidate().flat_map(|who| reasons.of_candidate(who));
    assert_eq!(answers.count(), 100_000);
    let mut menus = Menus::of(&strict);
    for who in market.each_candidate() {
        assert_eq!(menus.menu(who).first().copied(), matching.opening_of(who));
    }
    // A few by the slow way; and dropped wishes are among the answers.
    for who in (0..10_000).step_by(2_000) {
        assert_eq!(menus.menu(who), menu(&strict, who));
    }
    assert!(market.dropped().iter().any(|drop| drop.side == Side::Candidate));
}
