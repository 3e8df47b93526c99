//! `migiude lattice`: all stable matchings of a market at once.

use serde_json::{Value, json};

use crate::house::{Told, Town};

/// Knuth's market of ten stable matchings.
const KNUTH: &str = "4\n4\n1 1 2 3 4\n2 2 1 4 3\n3 3 4 1 2\n4 4 3 2 1\n\
                     1 1 4 3 2 1\n2 1 3 4 1 2\n3 1 2 1 4 3\n4 1 1 2 3 4\n";

fn lattice(town: &Town, words: &[&str]) -> Told {
    town.run([&["lattice"], words].concat())
}

/// So many pairs of two candidates and two openings who want each other crosswise: two stable matchings for each.
fn crosses(pairs: usize) -> String {
    let line = |one: usize, first: usize, second: usize| format!("{one} {first} {second}\n");
    let mut candidates = String::new();
    let mut openings = String::new();
    for pair in 0..pairs {
        let (one, other) = (2 * pair + 1, 2 * pair + 2);
        candidates += &(line(one, one, other) + &line(other, other, one));
        openings += &format!("{one} 1 {other} {one}\n{other} 1 {one} {other}\n");
    }
    format!("{0}\n{0}\n{candidates}{openings}", 2 * pairs)
}

#[test]
fn knuths_market_has_six_rotations_and_ten_stable_matchings() {
    let town = Town::anywhere();
    town.write("knuth.glasgow", KNUTH);
    let told = lattice(&town, &["knuth.glasgow", "--all"]).done().json();
    assert_eq!((&told["rotations"], &told["count"]), (&json!(6), &json!(10)));
    assert!(told.get("more_than").is_none() && told["lottery_seed"].is_null());
    assert_eq!(told["stable_pairs"].as_array().expect("a list").len(), 16);
    assert_eq!(told["candidate_optimal"], json!({"1": "1", "2": "2", "3": "3", "4": "4"}));
    assert_eq!(told["opening_optimal"], json!({"1": "4", "2": "3", "3": "2", "4": "1"}));
    let all = told["matchings"].as_array().expect("a list");
    let mut different: Vec<&Value> = Vec::new();
    for matching in all {
        assert!(!different.contains(&matching), "{matching} is listed twice");
        different.push(matching);
    }
    assert_eq!(different.len(), 10);
    for matching in all {
        town.write("r.json", json!({"candidates": matching}).to_string());
        town.does(["audit", "knuth.glasgow", "r.json"]);
    }
}

#[test]
fn a_limit_ends_the_count_and_keeps_the_list_away() {
    let town = Town::anywhere();
    town.write("knuth.glasgow", KNUTH);
    let told = lattice(&town, &["knuth.glasgow", "--limit", "9", "--all"]).done().json();
    assert_eq!((&told["count"], &told["more_than"]), (&Value::Null, &json!(9)));
    assert!(told.get("matchings").is_none());
    let told = lattice(&town, &["knuth.glasgow", "--limit", "10"]).done().json();
    assert_eq!(told["count"], 10);
}

#[test]
fn more_than_a_million_stable_matchings_are_not_counted_to_the_end() {
    let town = Town::anywhere();
    town.write("many.glasgow", crosses(5_000));
    let told = lattice(&town, &["many.glasgow"]).done().json();
    assert_eq!(told["rotations"], 5_000);
    assert_eq!((&told["count"], &told["more_than"]), (&Value::Null, &json!(1_000_000)));
    // Twenty crosses are a little more than a million, and small enough to be counted when asked for.
    town.write("twenty.glasgow", crosses(20));
    assert_eq!(lattice(&town, &["twenty.glasgow"]).done().json()["more_than"], 1_000_000);
    let told = lattice(&town, &["twenty.glasgow", "--limit", "2000000"]).done().json();
    assert_eq!(told["count"], 1_048_576);
}

#[test]
fn ties_are_broken_by_the_lottery_and_other_markets_are_refused() {
    let town = Town::anywhere();
    town.write("ties.glasgow", "2\n2\n1 (1 2)\n2 (1 2)\n1 1 (1 2)\n2 1 (1 2)\n");
    assert_eq!(lattice(&town, &["ties.glasgow", "--seed", "3"]).done().json()["lottery_seed"], 3);
    town.write("couple.suite", "c 1 2 3 3\np 3 2 1 2\n");
    let told = lattice(&town, &["couple.suite", "--lang", "en"]).exits(2);
    assert!(told.err.contains("without couples"), "{}", told.err);
    lattice(&town, &["nowhere.glasgow"]).exits(2);
}
