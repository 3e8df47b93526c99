//! Floors with a price: what is promised, with brute force as the judge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::audit::caps::audit_caps;
use migiude_matching::floors::{Change, Seats, Unmet, Waste, WithFloors};
use migiude_matching::{
    Market, Region, Regions, extended_seat_deferred_acceptance, flexible_deferred_acceptance,
};
use proptest::prelude::*;
use support::regions::{Case, RulesJudge, case};
use support::{Judge, ids, market};

fn region(name: &str, floor: u32, openings: &[u32]) -> Region {
    Region { name: name.into(), floor, openings: openings.to_vec(), ..Region::default() }
}

fn with_floors(market: &Market, rules: &Regions) -> Result<WithFloors, Unmet> {
    extended_seat_deferred_acceptance(&market.strict().expect("no ties"), rules, &mut || true)
}

#[test]
fn where_no_matching_is_fair_and_fills_every_wanted_seat_ours_is_fair_and_tells_the_price() {
    let market = market(&["1 2", "1 2"], &[(2, "1 2"), (1, "1 2")]);
    let rules = Regions::new(&market, vec![region("2", 1, &[1])], vec![]).unwrap();
    let judge = Judge::of(&market);
    let feasible: Vec<_> = judge.valid().into_iter().filter(|matching| matching.contains(&2)).collect();
    // A free seat that somebody would rather have, or envy: the plain blocking pairs.
    assert!(feasible.iter().all(|matching| !judge.blocking(matching).is_empty()));

    let found = with_floors(&market, &rules).unwrap();
    assert_eq!(ids(&found.outcome.matching), [1, 2]);
    assert_eq!(found.seats, Seats::Extended(1));
    let audit = audit_caps(&market, &rules, &found.outcome.matching);
    assert!(audit.is_feasible() && audit.is_fair());
    assert_eq!(found.price.payers, [Change { candidate: 1, without: Some(1), with: Some(2) }]);
    assert_eq!(found.price.gainers, []);
    assert_eq!(found.price.waste, [Waste { candidate: 1, opening: 0, needed_by: Some(0) }]);
    assert_eq!((found.price.ranks_paid(), found.price.unmatched()), (1, 0));
}

#[test]
fn a_floor_that_nobody_lists_is_told_with_the_regions_and_the_people_who_could_come() {
    let market = market(&["1 2", "1", "1"], &[(3, "2 3 1"), (2, "1 2 3"), (2, "")]);
    let told = vec![region("inn", 1, &[1]), region("foundry", 1, &[1, 2])];
    let rules = Regions::new(&market, told, vec![]).unwrap();
    assert_eq!(ids(&with_floors(&market, &rules).unwrap().outcome.matching), [2, 1, 1]);
    let told = vec![region("both", 2, &[1, 2]), region("brewery", 2, &[0])];
    let rules = Regions::new(&market, told, vec![]).unwrap();
    let Err(Unmet::Shortage(shortage)) = with_floors(&market, &rules) else {
        panic!("one person cannot be two")
    };
    assert_eq!(shortage.floors, [("both".to_owned(), 2)]);
    assert_eq!((shortage.candidates.as_slice(), shortage.openings.as_slice()), (&[0][..], &[1, 2][..]));
    assert_eq!(
        Unmet::Shortage(shortage).to_string(),
        "no matching keeps the floors: region `both` needs 2, 2 are needed and at most 1 can come, 1 of them to openings \
         with seats for all who list them"
    );
}

#[test]
fn to_send_away_the_brewerys_favourite_fairly_closes_the_brewery() {
    // Whoever the brewery would keep, its favourite would envy at the inn.
    let market = market(&["1 2", "1", "1"], &[(3, "1 2 3"), (1, "1")]);
    let rules = Regions::new(&market, vec![region("inn", 1, &[1])], vec![]).unwrap();
    let found = with_floors(&market, &rules).unwrap();
    assert_eq!((ids(&found.outcome.matching), found.seats), (vec![2, 0, 0], Seats::Cut(0)));
    assert_eq!((found.price.ranks_paid(), found.price.unmatched()), (1, 2));
}

#[test]
fn two_regions_that_need_the_same_person_are_named_together() {
    let market = market(&["1 2", "3"], &[(1, "1"), (1, "1"), (1, "2")]);
    let told = vec![region("north", 1, &[0]), region("south", 1, &[1]), region("west", 1, &[2])];
    let rules = Regions::new(&market, told, vec![]).unwrap();
    let Err(Unmet::Shortage(shortage)) = with_floors(&market, &rules) else {
        panic!("one person cannot be two")
    };
    assert_eq!(shortage.floors, [("north".to_owned(), 1), ("south".to_owned(), 1)]);
    assert_eq!((shortage.needed(), shortage.available()), (2, 1));
}

#[test]
fn a_floor_that_only_the_envious_could_fill_is_told_as_unfair() {
    // The inn needs Haruka, but the brewery, which must also have one, prefers her to Kenji, and so does she.
    let market = market(&["1 2", "1"], &[(1, "1 2"), (1, "1")]);
    let told = vec![region("brewery", 1, &[0]), region("inn", 1, &[1])];
    let rules = Regions::new(&market, told, vec![]).unwrap();
    let Err(Unmet::Unfair(short)) = with_floors(&market, &rules) else { panic!("she would envy him") };
    assert_eq!(short.regions, [("inn".to_owned(), 1, 0)]);
    assert_eq!((short.candidates, short.openings), (vec![0], vec![1]));
}

#[test]
fn a_regions_seats_are_spread_another_way_when_the_order_leaves_a_floor_short() {
    // With its one reserved seat at opening 1 the valley keeps c1, whom the inn (3) needs; at opening 2 it does not.
    let market = market(&["1 3", "2"], &[(1, "1"), (1, "2"), (1, "1")]);
    let told = vec![region("valley", 1, &[0, 1]), region("inn", 1, &[2])];
    let rules = Regions::new(&market, told, vec![0, 1]).unwrap();
    let found = with_floors(&market, &rules).unwrap();
    assert_eq!((ids(&found.outcome.matching), found.seats), (vec![3, 2], Seats::Searched));
    let stopped = extended_seat_deferred_acceptance(&market.strict().unwrap(), &rules, &mut || false);
    assert!(matches!(stopped, Err(Unmet::Undecided(_))));
}

#[test]
fn extended_seats_are_cut_no_further_than_the_floors_ask() {
    // Five at the brewery's six seats, one of whom must go to the inn, and one who has no list: five seats in all.
    let lists = ["1 2", "1 2", "1 2", "1 2", "1 2", ""];
    let market = market(&lists, &[(6, "1 2 3 4 5"), (2, "5 4 3 2 1")]);
    let rules = Regions::new(&market, vec![region("inn", 1, &[1])], vec![]).unwrap();
    let found = with_floors(&market, &rules).unwrap();
    assert_eq!((ids(&found.outcome.matching), found.seats), (vec![1, 1, 1, 1, 2, 0], Seats::Cut(4)));
}

#[test]
fn floors_on_ten_thousand_nested_regions_are_kept() {
    let depth = 10_000;
    let mut market = Market::builder();
    (0..depth).for_each(|candidate| market.candidate([depth, candidate]));
    (0..depth).for_each(|opening| market.opening(1, [opening]));
    market.opening(depth, 0..depth);
    let market = market.build().unwrap();
    let level = |level: u32| Region {
        within: level.checked_sub(1).map(|outer| outer as usize),
        ..region(
            &level.to_string(),
            if level.is_multiple_of(1000) { (depth - level) / 2 } else { 0 },
            &[level],
        )
    };
    let rules = Regions::new(&market, (0..depth).map(level).collect(), vec![]).unwrap();
    let found = with_floors(&market, &rules).unwrap();
    let audit = audit_caps(&market, &rules, &found.outcome.matching);
    assert!(audit.is_feasible() && audit.is_fair());
    assert_eq!(found.price.payers.len(), depth as usize / 2);
}

/// Floors as the judge sees them: all matchings that keep every cap and floor, and whether each is fair.
fn feasible(judge: &RulesJudge) -> Vec<(Vec<u32>, bool)> {
    let all = judge.within_caps().into_iter().filter(|matching| judge.keeps_floors(&judge.seats(matching)));
    all.map(|matching| (matching.clone(), judge.is_fair(&matching))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_fair_matching_that_keeps_the_floors_is_found_whenever_there_is_one_else_the_reason(case in case(5, true)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let judge = RulesJudge::of(&case, &rules);
        let all = feasible(&judge);
        match with_floors(&case.market(), &rules) {
            Ok(found) => prop_assert!(all.contains(&(ids(&found.outcome.matching), true))),
            Err(Unmet::Shortage(shortage)) => {
                prop_assert!(all.is_empty());
                prop_assert!(shortage.needed() > shortage.available());
                let lists = |c: &u32| shortage.openings.iter().any(|o| judge.judge.accepts(*c, *o));
                let expected: Vec<u32> = (0..case.candidates.len() as u32).filter(lists).collect();
                prop_assert_eq!(shortage.candidates, expected);
            }
            Err(Unmet::Unfair(short)) => {
                prop_assert!(!all.is_empty() && all.iter().all(|(_, fair)| !fair));
                prop_assert!(!short.regions.is_empty());
            }
            Err(Unmet::Undecided(_)) => prop_assert!(false, "patience was endless"),
        }
    }

    #[test]
    fn when_the_flexible_matching_fills_the_floors_it_is_the_answer(case in case(6, true)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let market = case.market();
        let flexible = flexible_deferred_acceptance(&market.strict().unwrap(), &rules).matching;
        if audit_caps(&market, &rules, &flexible).is_feasible() {
            let found = with_floors(&market, &rules).unwrap();
            prop_assert_eq!(ids(&found.outcome.matching), ids(&flexible));
            prop_assert!(found.price.payers.is_empty() && found.price.gainers.is_empty());
        }
    }

    #[test]
    fn the_audit_holds_back_whom_a_floor_needs(case in case(4, true)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let judge = RulesJudge::of(&case, &rules);
        for (each, fair) in feasible(&judge) {
            let audit = audit_caps(&case.market(), &rules, &support::matching(&each));
            prop_assert!(audit.is_feasible() && audit.is_fair() == fair);
            for pair in &audit.blocking_pairs {
                let mut moved = each.clone();
                moved[pair.candidate as usize] = pair.opening + 1;
                let free = pair.ground == migiude_matching::audit::caps::Ground::FreeSeat;
                // Whoever blocks by a free seat can just go there.
                let seats = judge.seats(&moved);
                prop_assert!(!free || judge.keeps_caps(&seats) && judge.keeps_floors(&seats));
            }
        }
    }
}

/// Every candidate and opening list each other; the floors ask for no more than the candidates.
fn full_lists() -> impl Strategy<Value = Case> {
    case(4, true).prop_flat_map(|case| {
        let (n, m) = (case.candidates.len(), case.openings.len());
        let all = |count: usize| Just((0..count as u32).collect::<Vec<_>>()).prop_shuffle();
        let candidates = proptest::collection::vec(all(m), n);
        let openings = proptest::collection::vec(all(n), m);
        (Just(case), candidates, openings).prop_map(|(mut case, candidates, openings)| {
            case.candidates = candidates;
            case.openings.iter_mut().zip(openings).for_each(|((_, list), full)| *list = full);
            case
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_full_lists_nothing_is_cut_and_no_candidate_gains_by_another_full_list(case in full_lists()) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let judge = RulesJudge::of(&case, &rules);
        let Ok(truth) = with_floors(&case.market(), &rules) else {
            prop_assert!(feasible(&judge).is_empty());
            return Ok(());
        };
        prop_assert!(matches!(truth.seats, Seats::Extended(_)));
        for candidate in 0..case.candidates.len() {
            for list in permutations(case.openings.len() as u32) {
                let mut untrue = case.clone();
                untrue.candidates[candidate] = list;
                let after = ids(&with_floors(&untrue.market(), &rules).unwrap().outcome.matching);
                let before = ids(&truth.outcome.matching);
                prop_assert!(judge.judge.rank(candidate, &before) <= judge.judge.rank(candidate, &after));
            }
        }
    }
}

fn permutations(count: u32) -> Vec<Vec<u32>> {
    let mut all = vec![vec![]];
    for _ in 0..count {
        let longer = |list: &Vec<u32>| {
            let list = list.clone();
            (0..count)
                .filter(|o| !list.contains(o))
                .map(|o| [list.as_slice(), &[o]].concat())
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}
