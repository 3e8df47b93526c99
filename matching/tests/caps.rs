//! Regional caps: what the literature and the theorems promise, with brute force as the judge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::audit::caps::audit_caps;
use migiude_matching::formats::{Names, caps as caps_file};
use migiude_matching::{
    Market, Region, Regions, RegionsError, candidate_optimal, flexible_deferred_acceptance,
};
use proptest::prelude::*;
use support::regions::{Case, RulesJudge, case};
use support::{ids, market, matching, run};

fn region(name: &str, cap: Option<u32>, openings: &[u32]) -> Region {
    Region { name: name.into(), cap, openings: openings.to_vec(), ..Region::default() }
}

fn flexible(market: &Market, rules: &Regions) -> Vec<u32> {
    ids(&flexible_deferred_acceptance(&market.strict().expect("no ties"), rules).matching)
}

/// d1–d3 want h1, d4–d10 want h2; the hospitals have `quota` seats each.
fn kamada_kojima(quota: u32) -> Market {
    let doctors = ["1", "1", "1", "2", "2", "2", "2", "2", "2", "2"];
    market(&doctors, &[(quota, "1 2 3 4 5 6 7 8 9 10"), (quota, "1 2 3 4 5 6 7 8 9 10")])
}

#[test]
fn in_kamada_and_kojima_example_1_all_ten_doctors_are_placed_where_cut_quotas_place_eight() {
    assert_eq!(run(candidate_optimal, &kamada_kojima(5)).iter().filter(|&&o| o > 0).count(), 8);
    let market = kamada_kojima(10);
    let rules = Regions::new(&market, vec![region("33", Some(10), &[0, 1])], vec![]).unwrap();
    assert_eq!([rules.target(0), rules.target(1)], [Some(5), Some(5)]);
    assert_eq!(flexible(&market, &rules), [1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
}

#[test]
fn without_a_target_the_order_alone_decides_who_gets_the_last_seat_of_the_valley() {
    let market = market(&["1", "2"], &[(1, "1"), (1, "2")]);
    let valley = Region { targets: vec![(0, 0), (1, 0)], ..region("valley", Some(1), &[0, 1]) };
    for (order, expected) in [(vec![0, 1], [1, 0]), (vec![1, 0], [0, 2])] {
        let rules = Regions::new(&market, vec![valley.clone()], order.clone()).unwrap();
        assert_eq!(flexible(&market, &rules), expected);
        assert_eq!(rules.order(), order);
    }
}

#[test]
fn untold_targets_share_the_cap_by_quotas_at_every_level_around_the_told_ones() {
    let quotas = [(6, ""), (3, ""), (3, ""), (8, "")];
    let market = market(&[], &quotas);
    let prefecture = Region { targets: vec![(3, 1)], ..region("prefecture", Some(7), &[3]) };
    let firm = Region { within: Some(0), ..region("firm", Some(5), &[0, 1, 2]) };
    let rules = Regions::new(&market, vec![prefecture, firm], vec![2, 0]).unwrap();
    // The firm can use its five; of them 2.5, 1.25, 1.25 by quotas: rounded down 2, 1, 1, then one to opening 0.
    let targets: Vec<u32> = (0..4).map(|opening| rules.target(opening).unwrap()).collect();
    assert_eq!(targets, [3, 1, 1, 1]);
    assert_eq!(rules.order(), [2, 0, 1, 3]);
}

#[test]
fn regions_that_overlap_are_refused_with_both_names_and_the_opening_they_share() {
    let market = market(&[], &[(1, ""), (1, ""), (1, ""), (1, "")]);
    let told = vec![region("plain", None, &[0, 1, 2]), region("coast", None, &[1, 2, 3])];
    let refused = Regions::new(&market, told, vec![]).unwrap_err();
    assert_eq!(refused.regions(), ["plain", "coast"]);
    // Three levels told flat, in any order, and one that sticks out of the middle one.
    let told = vec![
        region("small", None, &[0]),
        region("all", None, &[0, 1, 2, 3]),
        region("middle", None, &[1, 0]),
        region("astray", None, &[1, 2]),
    ];
    let refused = Regions::new(&market, told.clone(), vec![]).unwrap_err();
    assert!(matches!(&refused, RegionsError::Overlap { opening: 1, .. }), "{refused}");
    let rules = Regions::new(&market, told[..3].to_vec(), vec![]).unwrap();
    let within: Vec<_> = rules.all().iter().map(|region| region.within).collect();
    assert_eq!(within, [Some(2), None, Some(1)]);
}

#[test]
fn a_region_told_nested_in_two_places_is_an_overlap() {
    let market = market(&[], &[(1, ""), (1, ""), (1, "")]);
    let told = vec![
        region("north", None, &[0]),
        region("south", None, &[1]),
        Region { within: Some(0), ..region("firm", None, &[2]) },
        Region { within: Some(1), ..region("track", None, &[2]) },
    ];
    let refused = Regions::new(&market, told, vec![]).unwrap_err();
    assert!(matches!(refused, RegionsError::Overlap { opening: 2, .. }), "{refused}");
}

#[test]
fn rules_that_cannot_be_are_refused_with_the_region_and_the_reason() {
    let market = market(&[], &[(2, ""), (2, ""), (2, "")]);
    let with = |change: &dyn Fn(&mut Region), order: &[u32]| {
        let mut valley = region("valley", Some(3), &[0, 1]);
        change(&mut valley);
        Regions::new(&market, vec![valley], order.to_vec()).unwrap_err().to_string()
    };
    assert_eq!(with(&|r| r.openings.push(7), &[]), "region `valley` lists opening 7, which does not exist");
    assert_eq!(with(&|r| r.openings.push(0), &[]), "region `valley` lists opening 0 twice");
    assert_eq!(
        with(&|r| r.within = Some(0), &[]),
        "region `valley` is nested in a region not told before it"
    );
    let foreign = "region `valley` has a target for opening 2, which lies outside it";
    assert_eq!(with(&|r| r.targets.push((2, 1)), &[]), foreign);
    let unknown = format!("region `valley` has a target for opening {}, which lies outside it", u32::MAX);
    assert_eq!(with(&|r| r.targets.push((u32::MAX, 1)), &[]), unknown);
    let twice = "region `valley` has a target for opening 0, which has one already";
    assert_eq!(with(&|r| r.targets = vec![(0, 1), (0, 1)], &[]), twice);
    let above = "region `valley`: the target 3 of opening 0 is above its quota 2";
    assert_eq!(with(&|r| r.targets = vec![(0, 3)], &[]), above);
    let sum = "region `valley`: its targets sum to 4, its cap is 3";
    assert_eq!(with(&|r| r.targets = vec![(0, 2), (1, 2)], &[]), sum);
    assert_eq!(with(&|r| r.floor = 4, &[]), "region `valley`: its floors ask for 4, its cap is 3");
    assert_eq!(with(&|r| r.floor = 5, &[]), "region `valley`: its floor is 5, and it has 4 seats");
    assert_eq!(with(&|_| (), &[0, 0]), "the order names opening 0 twice");
    assert_eq!(with(&|_| (), &[2]), "the order names opening 2, which is in no region");
    let twins = vec![region("valley", None, &[0]), region("valley", None, &[1])];
    let refused = Regions::new(&market, twins, vec![]).unwrap_err();
    assert_eq!(refused.to_string(), "there are two regions `valley`");
}

#[test]
fn the_floors_of_nested_regions_may_not_ask_for_more_than_the_cap_around_them() {
    let market = market(&[], &[(2, ""), (2, "")]);
    let told = vec![
        region("prefecture", Some(3), &[]),
        Region { within: Some(0), floor: 2, ..region("firm", None, &[0]) },
        Region { within: Some(0), floor: 2, ..region("farm", None, &[1]) },
    ];
    let refused = Regions::new(&market, told, vec![]).unwrap_err();
    assert_eq!(refused, RegionsError::FloorsAboveCap { region: "prefecture".into(), floors: 4, cap: 3 });
}

#[test]
fn quotas_and_caps_as_large_as_numbers_go_are_shared_without_overflow() {
    let all = u32::MAX;
    let market = market(&["1", "2"], &[(all, "1"), (all, "2"), (all, "")]);
    let rules = Regions::new(&market, vec![region("world", Some(all), &[0, 1, 2])], vec![]).unwrap();
    assert_eq!((0..3).map(|o| u64::from(rules.target(o).unwrap())).sum::<u64>(), u64::from(all));
    assert_eq!(flexible(&market, &rules), [1, 2]);
}

/// A chain of regions, each with one opening of its own and one seat less than the region around it.
fn chain(depth: u32, candidates: u32) -> Case {
    let list = |c: u32| vec![(c * 7919) % depth, (c * 104_729 + 1) % depth];
    let lists: Vec<Vec<u32>> = (0..candidates).map(list).collect();
    let mut openings: Vec<(u32, Vec<u32>)> = vec![(3, vec![]); depth as usize];
    for (candidate, list) in (0..).zip(&lists) {
        list.iter().for_each(|&opening| openings[opening as usize].1.push(candidate));
    }
    let level = |level: u32| Region {
        within: level.checked_sub(1).map(|outer| outer as usize),
        ..region(&level.to_string(), Some(depth - level), &[level])
    };
    let mut lists = lists;
    lists.iter_mut().for_each(|list| list.dedup());
    openings.iter_mut().for_each(|(_, list)| list.dedup());
    Case { candidates: lists, openings, regions: (0..depth).map(level).collect(), order: vec![] }
}

#[test]
fn ten_thousand_regions_one_inside_the_other_are_kept_at_every_level() {
    let case = chain(10_000, 12_000);
    let (market, rules) = (case.market(), case.rules().unwrap());
    let outcome = flexible_deferred_acceptance(&market.strict().unwrap(), &rules);
    let found = audit_caps(&market, &rules, &outcome.matching);
    assert!(found.is_stable(), "{:?}", found.blocking_pairs.first());
    assert!(found.plain.placed > 0 && !found.held_back.is_empty());
}

#[test]
fn a_hundred_thousand_regions_side_by_side_are_kept() {
    let count = 100_000;
    let mut market = Market::builder();
    (0..2 * count).for_each(|candidate| market.candidate([candidate / 2]));
    (0..count).for_each(|opening| market.opening(2, [2 * opening, 2 * opening + 1]));
    let market = market.build().unwrap();
    let regions = (0..count).map(|number| region(&number.to_string(), Some(1), &[number])).collect();
    let rules = Regions::new(&market, regions, vec![]).unwrap();
    let outcome = flexible_deferred_acceptance(&market.strict().unwrap(), &rules);
    assert!(audit_caps(&market, &rules, &outcome.matching).is_stable());
    assert_eq!(outcome.matching.size(), count as usize);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_outcome_is_stable_and_best_for_every_candidate_among_all_stable_matchings(case in case(5, false)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let judge = RulesJudge::of(&case, &rules);
        let found = flexible(&case.market(), &rules);
        prop_assert!(judge.keeps_caps(&judge.seats(&found)));
        prop_assert_eq!(judge.blocking(&found), []);
        for other in judge.within_caps() {
            if judge.blocking(&other).is_empty() {
                for candidate in 0..found.len() {
                    prop_assert!(judge.judge.rank(candidate, &found) <= judge.judge.rank(candidate, &other));
                }
            }
        }
    }

    #[test]
    fn the_audit_agrees_with_the_rules_on_every_valid_matching(case in case(4, false)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let judge = RulesJudge::of(&case, &rules);
        let market = case.market();
        for each in judge.judge.valid() {
            let found = audit_caps(&market, &rules, &matching(&each));
            let feasible = judge.keeps_caps(&judge.seats(&each));
            prop_assert_eq!(found.is_feasible(), feasible);
            prop_assert_eq!(found.is_fair(), judge.is_fair(&each));
            if feasible {
                let mut pairs: Vec<(u32, u32)> =
                    found.blocking_pairs.iter().map(|pair| (pair.candidate, pair.opening)).collect();
                pairs.sort_unstable();
                prop_assert_eq!(pairs, judge.blocking(&each), "{:?}", each);
                let plain = found.plain.blocking_pairs.len();
                prop_assert_eq!(found.blocking_pairs.len() + found.held_back.len(), plain);
            }
        }
    }

    #[test]
    fn caps_that_never_bind_change_nothing(case in case(6, false)) {
        let mut case = case;
        case.regions.iter_mut().for_each(|region| region.cap = region.cap.map(|cap| cap + 12));
        let Some(rules) = case.rules() else { return Ok(()) };
        prop_assert_eq!(flexible(&case.market(), &rules), run(candidate_optimal, &case.market()));
    }

    #[test]
    fn nobody_is_worse_off_than_with_quotas_cut_to_the_targets(case in case(6, false)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let mut cut = case.clone();
        for (opening, (quota, _)) in (0..).zip(&mut cut.openings) {
            *quota = rules.target(opening).unwrap_or(*quota);
        }
        let (flexible, cut) = (flexible(&case.market(), &rules), run(candidate_optimal, &cut.market()));
        let judge = RulesJudge::of(&case, &rules).judge;
        for candidate in 0..flexible.len() {
            prop_assert!(judge.rank(candidate, &flexible) <= judge.rank(candidate, &cut));
        }
    }

    #[test]
    fn the_order_in_which_candidates_propose_is_irrelevant(
        case in case(6, false), keys in proptest::collection::vec(any::<u32>(), 6)
    ) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let before = flexible(&case.market(), &rules);
        let mut old: Vec<usize> = (0..case.candidates.len()).collect();
        old.sort_by_key(|&candidate| keys[candidate]);
        let mut new = vec![0; old.len()];
        (0..).zip(&old).for_each(|(number, &candidate)| new[candidate] = number);
        let mut renumbered = case.clone();
        renumbered.candidates = old.iter().map(|&candidate| case.candidates[candidate].clone()).collect();
        for (_, list) in &mut renumbered.openings {
            list.iter_mut().for_each(|candidate| *candidate = new[*candidate as usize]);
        }
        let after = flexible(&renumbered.market(), &rules);
        for (candidate, &number) in new.iter().enumerate() {
            prop_assert_eq!(before[candidate], after[number as usize]);
        }
    }

    #[test]
    fn targets_and_order_as_filled_in_give_the_same_rules_again(case in case(6, false)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let mut told = rules.all().to_vec();
        // Regions may be told in any order once they are told flat, with all that they contain.
        for (region, sets) in told.iter_mut().zip(&case.regions) {
            region.within = None;
            region.openings.clone_from(&sets.openings);
        }
        let again = Regions::new(&case.market(), told, rules.order().to_vec()).unwrap();
        prop_assert_eq!(again, rules);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_candidate_gains_by_any_untrue_list(case in case(4, false)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let judge = RulesJudge::of(&case, &rules).judge;
        let truth = flexible(&case.market(), &rules);
        for candidate in 0..case.candidates.len() {
            for list in lists(case.openings.len() as u32) {
                let mut untrue = case.clone();
                untrue.candidates[candidate] = list;
                let after = flexible(&untrue.market(), &rules);
                let listed = after[candidate] == 0 || case.candidates[candidate].contains(&(after[candidate] - 1));
                let mutual = listed && judge.rank(candidate, &after) > 0;
                prop_assert!(!mutual || judge.rank(candidate, &truth) <= judge.rank(candidate, &after));
            }
        }
    }
}

/// Every list over `0..openings`, the empty one first.
fn lists(openings: u32) -> Vec<Vec<u32>> {
    let mut all = vec![vec![]];
    let mut next = 0;
    while next < all.len() {
        for opening in 0..openings {
            if !all[next].contains(&opening) {
                all.push([all[next].as_slice(), &[opening]].concat());
            }
        }
        next += 1;
    }
    all
}

fn names(case: &Case) -> Names {
    Names::new((0..case.openings.len()).map(|opening| format!("O-{opening}"))).unwrap()
}

fn refused(rules: &str) -> String {
    let market = market(&[], &[(2, ""), (2, ""), (2, "")]);
    let names = Names::new(["brewery", "inn", "foundry"].map(str::to_owned)).unwrap();
    caps_file::read(rules, &names, &market).expect_err(rules).to_string()
}

#[test]
fn a_rules_file_that_cannot_be_is_refused_with_the_member_or_the_line() {
    let nested = r#"{"regions": [{"name": "a"}, {"name": "b", "regions": [{"name": "c", MORE}]}]}"#;
    let inner = |more: &str| refused(&nested.replace("MORE", more));
    assert_eq!(inner(r#""openings": ["pub"]"#), "regions[1].regions[0].openings: there is no opening `pub`");
    assert_eq!(
        inner(r#""openings": ["inn", "inn"]"#),
        "regions[1].regions[0].openings: `inn` is listed twice"
    );
    assert_eq!(
        inner(r#""openings": ["inn"], "targets": {"inn": 1, "inn": 1}"#),
        "regions[1].regions[0].targets: `inn` is listed twice"
    );
    assert_eq!(
        inner(r#""targets": {"inn": 1}"#),
        "regions[1].regions[0]: region `c` has a target for opening `inn`, which lies outside it"
    );
    assert_eq!(
        inner(r#""openings": ["inn"], "targets": {"inn": 3}"#),
        "regions[1].regions[0]: region `c`: the target 3 of opening `inn` is above its quota 2"
    );
    for number in ["-1", "1.5", "4294967296", "\"3\"", "1e99"] {
        assert!(inner(&format!("\"cap\": {number}")).starts_with("line 1: invalid"), "{number}");
    }
    assert!(inner(r#""quota": 3"#).starts_with("line 1: unknown field `quota`"));
    assert!(inner(r#""cap": 1, "cap": 2"#).starts_with("line 1: duplicate field `cap`"));
    assert!(refused(r#"{"regions": [{"cap": 1}]}"#).starts_with("line 1: missing field `name`"));
    assert_eq!(
        refused(r#"{"order": ["inn"]}"#),
        "order: the order names opening `inn`, which is in no region"
    );
    let overlap = r#"{"regions": [{"name": "plain", "openings": ["brewery", "inn"]},
                                  {"name": "coast", "openings": ["inn", "foundry"]}]}"#;
    assert_eq!(
        refused(overlap),
        "regions[1]: regions `plain` and `coast` share opening `inn`, and neither contains the other"
    );
    let deep = format!("{{{}", r#""regions": [{"name": "x", "#.repeat(100_000));
    assert!(refused(&deep).contains("recursion limit"));
}

#[test]
fn rules_nested_deeper_than_a_file_can_hold_are_written_side_by_side_and_read_back() {
    let case = chain(300, 100);
    let (names, rules) = (names(&case), case.rules().unwrap());
    let text = caps_file::write(&rules, &names);
    let again = caps_file::read(&text, &names, &case.market()).unwrap();
    assert_eq!(caps_file::write(&again, &names), text);
    assert_eq!(flexible(&case.market(), &again), flexible(&case.market(), &rules));
}

proptest! {
    #[test]
    fn a_rules_file_is_read_back_as_what_was_used(case in case(4, true)) {
        let Some(rules) = case.rules() else { return Ok(()) };
        let text = caps_file::write(&rules, &names(&case));
        let again = caps_file::read(&text, &names(&case), &case.market()).unwrap();
        prop_assert_eq!(caps_file::write(&again, &names(&case)), text);
        prop_assert_eq!(flexible(&case.market(), &again), flexible(&case.market(), &rules));
    }
}
