//! `migiude solve`: the markets of the literature, through the door.
//!
//! The answers are facts of the literature; the crate's own tests hold the algorithms against brute force.

use serde_json::json;

use crate::house::{Town, places};

/// Three candidates, two openings of one seat: 1 and 2 both want opening 1, which wants 2; nobody asked 3.
const SMALL: &str = "3\n2\n1 1 2\n2 1\n3 2\n1 1 2 1\n2 1 1\n";

/// Both extremes of a market in the Glasgow format.
#[track_caller]
fn extremes(name: &str, market: &str, candidate_optimal: &str, opening_optimal: &str) {
    let town = Town::anywhere();
    let market = town.market(&format!("{name}.glasgow"), market);
    for (mechanism, expected) in
        [("candidate-optimal", candidate_optimal), ("opening-optimal", opening_optimal)]
    {
        let result = market.under(mechanism);
        assert_eq!(places(&result), expected, "{name}, {mechanism}");
        assert_eq!(result["mechanism"], mechanism);
        assert_eq!(result["blocking_pairs"], 0);
        assert_eq!(result["lottery_seed"], json!(null), "no ties, no lottery");
        market.audit(&result).done();
    }
}

#[test]
fn gale_and_shapley_example_one_has_two_ends() {
    extremes("gs1", "3\n3\n1 1 2 3\n2 2 3 1\n3 3 1 2\n1 1 2 3 1\n2 1 3 1 2\n3 1 1 2 3\n", "1 2 3", "3 1 2");
}

#[test]
fn gale_and_shapley_example_two_has_one_answer() {
    let market = "4\n4\n1 1 2 3 4\n2 1 4 3 2\n3 2 1 3 4\n4 4 2 3 1\n1 1 4 3 1 2\n2 1 2 4 1 3\n3 1 4 1 2 3\n4 1 3 2 1 4\n";
    extremes("gs2", market, "3 4 1 2", "3 4 1 2");
}

#[test]
fn knuths_market_of_ten_has_opposite_ends() {
    let market = "4\n4\n1 1 2 3 4\n2 2 1 4 3\n3 3 4 1 2\n4 4 3 2 1\n1 1 4 3 2 1\n2 1 3 4 1 2\n3 1 2 1 4 3\n4 1 1 2 3 4\n";
    extremes("knuth", market, "1 2 3 4", "4 3 2 1");
}

#[test]
fn the_fifth_man_of_roth_and_sotomayor_is_always_single() {
    let market = "5\n4\n1 1 2 3 4\n2 4 2 3 1\n3 4 3 1 2\n4 1 4 3 2\n5 1 2 4\n\
                  1 1 2 3 1 4 5\n2 1 3 1 2 4 5\n3 1 5 4 1 2 3\n4 1 1 4 5 2 3\n";
    extremes("rs29", market, "1 2 3 4 -", "4 1 2 3 -");
}

#[test]
fn a_college_of_three_seats_fills_as_roth_and_sotomayor_say() {
    let market = "7\n5\n1 5 1\n2 2 5 1\n3 3 1\n4 4 1\n5 1 2\n6 1 3\n7 1 3 4\n\
                  1 3 1 2 3 4 5 6 7\n2 1 5 2\n3 1 6 7 3\n4 1 7 4\n5 1 2 1\n";
    extremes("rs16", market, "5 2 3 4 1 1 1", "1 5 1 1 2 3 4");
}

#[test]
fn a_stable_answer_may_please_nobody_most() {
    let market = "3\n3\n1 2 1 3\n2 1 2 3\n3 1 2 3\n1 1 1 3 2\n2 1 2 1 3\n3 1 2 1 3\n";
    extremes("efficiency", market, "1 2 3", "1 2 3");
}

#[test]
fn an_opening_gains_by_hiding_whom_it_would_accept() {
    extremes("honest", "2\n2\n1 1 2\n2 2 1\n1 1 2 1\n2 1 1 2\n", "1 2", "2 1");
    extremes("truncated", "2\n2\n1 1 2\n2 2 1\n1 1 2\n2 1 1 2\n", "2 1", "2 1");
}

#[test]
fn nobody_goes_to_mercy_in_the_nrmp_example() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {
            "Arthur": ["City"],
            "Sunny": ["City", "Mercy"],
            "Joseph": ["City", "General", "Mercy"],
            "Latha": ["Mercy", "City", "General"],
            "Darrius": ["City", "Mercy", "General"],
        },
        "openings": {
            "Mercy": {"quota": 2, "list": ["Darrius", "Joseph"]},
            "City": {"quota": 2, "list": ["Darrius", "Arthur", "Sunny", "Latha", "Joseph"]},
            "General": {"quota": 2, "list": ["Darrius", "Arthur", "Joseph", "Latha"]},
        },
    });
    let result = town.market("nrmp.json", &market.to_string()).under("candidate-optimal");
    let expected =
        json!({"Arthur": "City", "Darrius": "City", "Joseph": "General", "Latha": "General", "Sunny": null});
    assert_eq!(result["candidates"], expected);
    assert_eq!(result["openings"]["Mercy"], json!([]));
    assert_eq!(result["size"], 4);
    assert!(!result["dropped"].as_array().expect("a list").is_empty(), "one-sided entries are told");
}

#[test]
fn a_lottery_decides_how_many_are_matched_under_ties() {
    let town = Town::anywhere();
    let market = town.market("ties.glasgow", "2\n2\n1 1 2\n2 1\n1 1 (1 2)\n2 1 1\n");
    let mut sizes = Vec::new();
    for seed in 0..24 {
        let result = market.solve(&["--seed", &seed.to_string()]).done().json();
        assert_eq!(result["lottery_seed"], seed);
        assert_eq!(result["blocking_pairs"], 0);
        sizes.push(result["size"].as_u64().expect("a number"));
    }
    sizes.sort_unstable();
    sizes.dedup();
    assert_eq!(sizes, [1, 2], "both weakly stable sizes come up");
    assert_eq!(market.solve(&[]).done().json()["lottery_seed"], 0, "the seed is 0 when none is given");
    assert_eq!(market.solve(&["--seed", "5"]).out, market.solve(&["--seed", "5"]).out, "and repeats itself");
}

#[test]
fn tied_entries_share_a_rank_and_the_next_follows_without_a_gap() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"a": ["x", ["y", "z"], "w"]},
        "openings": {
            "x": {"quota": 0, "list": ["a"]},
            "y": {"quota": 0, "list": ["a"]},
            "z": {"quota": 0, "list": ["a"]},
            "w": {"quota": 1, "list": ["a"]},
        },
    });
    let result = town.market("dense.json", &market.to_string()).under("candidate-optimal");
    assert_eq!(places(&result), "w");
    assert_eq!(result["candidate_cost"], 3, "1 2 2 3");
}

#[test]
fn the_fingerprint_market_has_the_known_costs() {
    let town = Town::anywhere();
    let market = town.market("fingerprint.glasgow", &fingerprint(1, 50));
    let costs = |mechanism| {
        let result = market.under(mechanism);
        assert_eq!(result["size"], 50);
        (result["candidate_cost"].clone(), result["opening_cost"].clone())
    };
    assert_eq!(costs("candidate-optimal"), (json!(267), json!(513)));
    assert_eq!(costs("opening-optimal"), (json!(600), json!(213)));
}

#[test]
fn one_market_reads_the_same_in_three_formats() {
    let town = Town::anywhere();
    let json = json!({
        "candidates": {"1": ["1", "2"], "2": ["1"], "3": ["2"]},
        "openings": {"1": {"quota": 1, "list": ["2", "1"]}, "2": {"quota": 1, "list": ["1"]}},
    });
    let suite = "r 1 1 2\nr 2 1\nr 3 2\np 1 1 2 1\np 2 1 1\n";
    for (name, text) in [("a.glasgow", SMALL), ("a.suite", suite), ("a.json", &json.to_string())] {
        assert_eq!(places(&town.market(name, text).under("candidate-optimal")), "2 1 -", "{name}");
    }
}

#[test]
fn a_market_is_read_from_standard_input() {
    let told =
        Town::anywhere().reads(["solve", "-", "--format", "glasgow", "--output", "json"], SMALL).done();
    assert_eq!(places(&told.json()), "2 1 -");
}

#[test]
fn file_commands_leave_no_data_directory_behind() {
    let town = Town::anywhere();
    town.market("a.glasgow", SMALL).under("candidate-optimal");
    assert!(!town.data().exists());
}

/// Everybody ranks everybody, shuffled by a linear congruential generator: candidates first, then openings.
pub fn fingerprint(seed: u64, n: usize) -> String {
    let mut state = seed;
    let mut below = |k: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % k
    };
    let mut shuffled = || {
        let mut list: Vec<usize> = (1..=n).collect();
        for at in (1..n).rev() {
            list.swap(at, below(at + 1));
        }
        list.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
    };
    let candidates: String = (1..=n).map(|id| format!("{id} {}\n", shuffled())).collect();
    let openings: String = (1..=n).map(|id| format!("{id} 1 {}\n", shuffled())).collect();
    format!("{n}\n{n}\n{candidates}{openings}")
}

#[test]
fn a_key_cannot_break_the_table_or_steer_the_terminal() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"red\u{1b}[31m": ["two\nlines"], "b": [""]},
        "openings": {"two\nlines": {"quota": 1, "list": ["red\u{1b}[31m"]}, "": {"quota": 1, "list": ["b"]}},
    });
    town.write("keys.json", market.to_string());
    let told = town.does(["solve", "keys.json", "--lang", "en"]).out;
    assert!(told.contains("red\\u{1b}[31m") && told.contains("two\\nlines"), "{told}");
    assert!(!told.contains('\u{1b}') && !told.contains("unmatched"), "{told}");
}
