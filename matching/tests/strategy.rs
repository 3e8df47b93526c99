//! Strategy notes: what openings could have gained, and markets in which nobody could.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::strategy::{
    CappedLists, Gain, Report, capped_lists, common_score, opening_gains, room,
};
use migiude_matching::{Market, candidate_optimal, opening_optimal};
use proptest::prelude::*;
use support::plan::{Plan, strict};
use support::{Judge, ids, market, run};

fn gains(market: &Market) -> Vec<Gain> {
    let found = opening_gains(&market.strict().unwrap(), &mut || true);
    assert!(found.complete && found.examined as usize == market.openings().len());
    found.gains
}

/// The true ranks that an opening would hold if it reported this, by running the mechanism anew. A list of `k` counts
/// mutually acceptable people only, as ranks do.
fn would_hold(plan: &Plan, opening: usize, report: Report) -> Vec<u32> {
    let market = plan.market();
    let mut other = plan.clone();
    match report {
        Report::List(length) => {
            let list = market.openings().list(opening as u32).iter().take(length as usize);
            other.openings[opening].1 = list.map(|edge| vec![edge.partner]).collect();
        }
        Report::Seats(seats) => other.openings[opening].0 = seats,
    }
    let mut ranks = Judge::of(&market).held_ranks(opening, &other.candidate_optimal());
    ranks.retain(|&rank| rank != u32::MAX);
    ranks
}

fn better_for_every_responsive_ranking(one: &[u32], other: &[u32]) -> bool {
    one != other && one.len() >= other.len() && one.iter().zip(other).all(|(one, other)| one <= other)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_opening_has_a_gain_exactly_when_trying_every_report_finds_one(plan in strict()) {
        let market = plan.market();
        let found = gains(&market);
        for gain in &found {
            prop_assert_eq!(&would_hold(&plan, gain.opening as usize, gain.report), &gain.after);
        }
        for opening in 0..plan.openings.len() {
            let all = market.openings().list(opening as u32).len() as u32;
            let truth = would_hold(&plan, opening, Report::List(all));
            let lists: Vec<Report> = (0..all).map(Report::List).collect();
            let seats: Vec<Report> = (0..plan.openings[opening].0).map(Report::Seats).collect();
            for (reports, is_list) in [(lists, true), (seats, false)] {
                let mine = |gain: &&Gain| {
                    gain.opening as usize == opening && matches!(gain.report, Report::List(_)) == is_list
                };
                let gain = found.iter().find(mine);
                let held: Vec<Vec<u32>> = reports.iter().map(|&report| would_hold(&plan, opening, report)).collect();
                let sure = held.iter().any(|held| better_for_every_responsive_ranking(held, &truth));
                // Some responsive ranking prefers what the truth's does not beat or equal seat by seat.
                let possible =
                    |held: &Vec<u32>| *held != truth && !better_for_every_responsive_ranking(&truth, held);
                prop_assert_eq!(gain.is_some_and(|gain| gain.sure), sure);
                prop_assert_eq!(gain.is_some(), held.iter().any(possible));
                prop_assert!(gain.is_none_or(|gain| gain.before == truth));
                // Fewer seats are never surely better.
                prop_assert!(is_list || !sure);
            }
        }
    }

    #[test]
    fn a_full_opening_surely_gains_by_a_shorter_list_exactly_when_the_other_extreme_gives_it_others(plan in strict()) {
        let market = plan.market();
        let strict = market.strict().unwrap();
        let judge = Judge::of(&market);
        let (best, worst) = (ids(&candidate_optimal(&strict).matching), ids(&opening_optimal(&strict).matching));
        let found = gains(&market);
        let differing = room(&strict);
        for opening in 0..plan.openings.len() {
            let (now, at_best) = (judge.held_ranks(opening, &best), judge.held_ranks(opening, &worst));
            prop_assert_eq!(differing.openings.contains(&(opening as u32)), now != at_best);
            if now.contains(&u32::MAX) {
                continue;
            }
            let sure = found.iter().find(|gain| gain.opening as usize == opening && gain.sure);
            prop_assert_eq!(sure.map(|gain| &gain.after), (now != at_best).then_some(&at_best));
        }
        let differing: Vec<u32> = (0..).zip(best.iter().zip(&worst)).filter(|(_, (a, b))| a != b).map(|(c, _)| c).collect();
        prop_assert_eq!(room(&strict).candidates, differing);
    }

    #[test]
    fn a_common_score_is_found_exactly_when_there_is_one_and_means_one_stable_matching(plan in strict()) {
        let market = plan.market();
        let score = common_score(&market.strict().unwrap());
        prop_assert_eq!(score.is_some(), some_order_explains(&market));
        if let Some(score) = score {
            prop_assert!(explains(&market, &score.places));
            let stable = Judge::of(&market).stable();
            prop_assert_eq!(stable, vec![ids(&score.matching)]);
        }
    }

    #[test]
    fn where_both_sides_rank_by_one_score_it_is_detected_and_nobody_gains_surely(
        scores in Just((0..20u32).collect::<Vec<_>>()).prop_shuffle(), quotas in proptest::collection::vec(0..=2u32, 4)
    ) {
        let by_score = |pairs: Vec<u32>| {
            let mut order: Vec<u32> = (0..pairs.len() as u32).collect();
            order.sort_unstable_by_key(|&partner| scores[pairs[partner as usize] as usize]);
            order.into_iter().map(|partner| vec![partner]).collect()
        };
        let plan = Plan {
            candidates: (0..5).map(|c| by_score((0..4).map(|o| 4 * c + o).collect())).collect(),
            openings: (0..4).map(|o| (quotas[o as usize], by_score((0..5).map(|c| 4 * c + o).collect()))).collect(),
        };
        let market = plan.market();
        let strict = market.strict().unwrap();
        let shared = common_score(&strict).expect("the score they all rank by");
        prop_assert!(explains(&market, &shared.places));
        prop_assert_eq!(ids(&shared.matching), plan.candidate_optimal());
        prop_assert_eq!(&shared.matching, &opening_optimal(&strict).matching);
        prop_assert!(room(&strict).candidates.is_empty());
        let free_of_gain = |gain: &Gain| !gain.sure || gain.before.len() < quotas[gain.opening as usize] as usize;
        prop_assert!(gains(&market).iter().all(free_of_gain));
    }
}

/// Whether every list of either side goes upwards in the places of its pairs, which are all different.
fn explains(market: &Market, places: &[u32]) -> bool {
    let place = |c: u32, o: u32| {
        let at = market.candidates().list(c).iter().position(|edge| edge.partner == o).unwrap();
        places[market.candidates().range(c).start + at]
    };
    let mut all = places.to_vec();
    all.sort_unstable();
    all.windows(2).all(|two| two[0] < two[1])
        && market.each_candidate().all(|c| {
            market
                .candidates()
                .list(c)
                .windows(2)
                .all(|two| place(c, two[0].partner) < place(c, two[1].partner))
        })
        && market.each_opening().all(|o| {
            market
                .openings()
                .list(o)
                .windows(2)
                .all(|two| place(two[0].partner, o) < place(two[1].partner, o))
        })
}

/// Whether there is any such order, by taking away, as long as there is one, a pair that is first for both of its two.
fn some_order_explains(market: &Market) -> bool {
    let partners = |list: &[migiude_matching::Edge]| list.iter().map(|edge| edge.partner).collect::<Vec<_>>();
    let mut candidates: Vec<Vec<u32>> =
        market.each_candidate().map(|c| partners(market.candidates().list(c))).collect();
    let mut openings: Vec<Vec<u32>> =
        market.each_opening().map(|o| partners(market.openings().list(o))).collect();
    let first = |candidates: &[Vec<u32>], openings: &[Vec<u32>]| {
        let mutual =
            |c: &usize| candidates[*c].first().is_some_and(|&o| openings[o as usize][0] as usize == *c);
        (0..candidates.len()).find(mutual)
    };
    while let Some(c) = first(&candidates, &openings) {
        let o = candidates[c].remove(0);
        openings[o as usize].remove(0);
    }
    candidates.iter().all(Vec::is_empty)
}

#[test]
fn truncation_pays_an_opening() {
    let truth = market(&["1 2", "2 1"], &[(1, "2 1"), (1, "1 2")]);
    assert_eq!(run(candidate_optimal, &truth), [1, 2]);
    let found = gains(&truth);
    let gain = Gain { opening: 0, report: Report::List(1), before: vec![2], after: vec![1], sure: true };
    assert_eq!(found[0], gain);
    // And so it is: if the first opening lists only the second candidate, both openings have their first choice.
    let untrue = market(&["1 2", "2 1"], &[(1, "2"), (1, "1 2")]);
    assert_eq!(run(candidate_optimal, &untrue), [2, 1]);
}

#[test]
fn in_the_nrmp_teaching_example_the_two_extremes_agree_and_no_full_hospital_gains() {
    // Arthur, Sunny, Joseph, Latha, Darrius; Mercy, City, General.
    let market =
        market(&["2", "2 1", "2 3 1", "1 2 3", "2 1 3"], &[(2, "5 3"), (2, "5 1 2 4 3"), (2, "5 1 3 4")]);
    let strict = market.strict().unwrap();
    assert_eq!(run(candidate_optimal, &market), [2, 0, 3, 3, 2]);
    assert!(room(&strict).candidates.is_empty() && room(&strict).openings.is_empty());
    assert!(gains(&market).iter().all(|gain| !gain.sure));
}

#[test]
fn naming_fewer_seats_can_bring_one_better_person_for_two() {
    // The brewery holds two, of rank 2 and 3; with one seat named, whom it refuses sends its first choice over.
    let market = market(&["1 2", "1 2", "2 1"], &[(2, "3 1 2"), (1, "2 3 1")]);
    let gain = gains(&market).into_iter().find(|gain| matches!(gain.report, Report::Seats(_))).unwrap();
    assert_eq!((gain.opening, gain.report), (0, Report::Seats(1)));
    assert_eq!((gain.before, gain.after, gain.sure), (vec![2, 3], vec![1], false));
}

#[test]
fn patience_that_ends_is_said() {
    let market = market(&["1 2", "2 1"], &[(1, "2 1"), (1, "1 2")]);
    // One refusal ends each examination of a list, and one that of the seats; the second opening is not finished.
    let mut asked = 0;
    let mut patience = || {
        asked += 1;
        asked <= 6
    };
    let found = opening_gains(&market.strict().unwrap(), &mut patience);
    assert_eq!((found.examined, found.complete, found.gains.len()), (1, false, 1));
}

#[test]
fn lists_at_the_cap_are_counted_with_the_entries_that_nobody_returned() {
    let market = market(&["1 2", "2", "", "2 1"], &[(1, "1"), (1, "1 2")]);
    assert_eq!(capped_lists(&market), CappedLists { longest: 2, at_longest: 2, lists: 3 });
}

#[test]
fn a_long_common_order_needs_no_deep_stack() {
    let mut market = Market::builder();
    for c in 0..100_000u32 {
        market.candidate([c, c + 1]);
    }
    market.opening(1, [0]);
    for o in 1..100_000u32 {
        market.opening(1, [o - 1, o]);
    }
    market.opening(1, [99_999]);
    let market = market.build().unwrap();
    let strict = market.strict().unwrap();
    assert_eq!(common_score(&strict).unwrap().matching, candidate_optimal(&strict).matching);
}
