//! Market files at the command line: formats, `audit`, `why`, and what is refused.

use serde_json::{Value, json};

use crate::house::{Town, places};

/// Three candidates, two openings of one seat: 1 and 2 both want opening 1, which wants 2; nobody asked 3.
const SMALL: &str = "3\n2\n1 1 2\n2 1\n3 2\n1 1 2 1\n2 1 1\n";

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
fn a_result_is_also_a_table_and_a_csv() {
    let town = Town::anywhere();
    town.market("a.glasgow", SMALL);
    assert!(
        !town.does(["solve", "a.glasgow"]).out.trim_start().starts_with('{'),
        "a table unless asked otherwise"
    );
    let csv = town.does(["solve", "a.glasgow", "--output", "csv"]).out;
    assert_eq!(csv.lines().count(), 1 + 3, "{csv}");
}

#[test]
fn the_audit_finds_the_pair_that_would_rather_have_each_other() {
    let town = Town::anywhere();
    let market = town.market("a.glasgow", SMALL);
    let mut result = market.under("candidate-optimal");
    let sound = market.audit(&result).done().json();
    assert_eq!((&sound["valid"], &sound["stable"]), (&json!(true), &json!(true)));

    result["candidates"] = json!({"1": "1", "2": null, "3": null});
    result["openings"] = json!({"1": ["1"], "2": []});
    let envious = market.audit(&result).exits(1).json();
    assert_eq!((&envious["valid"], &envious["stable"]), (&json!(true), &json!(false)));
    assert_eq!(envious["blocking_pairs"], json!([["2", "1"]]));

    result["candidates"] = json!({"1": "1", "2": "1", "3": null});
    result["openings"] = json!({"1": ["1", "2"], "2": []});
    let crowded = market.audit(&result).exits(1).json();
    assert_eq!(crowded["valid"], false);
    assert!(!crowded["problems"].as_array().expect("a list").is_empty());
}

#[test]
fn every_question_why_has_one_of_the_five_answers() {
    let town = Town::anywhere();
    // 4 is on no list of opening 2; 1 did better than opening 2; 2 was outranked at opening 1 by nobody but 1.
    let text = "4\n2\n1 1 2\n2 1 2\n3 2\n4 1 2\n1 1 1 2 4\n2 1 2 1 3\n";
    let market = town.market("why.glasgow", text);
    let result = market.under("candidate-optimal");
    assert_eq!(places(&result), "1 2 - -");
    let answer = |candidate, opening| -> Value {
        market.why(&result, candidate, opening).done().json()["answer"].clone()
    };
    assert_eq!(answer("1", "1"), "matched");
    assert_eq!(answer("3", "1"), "you_did_not_list");
    assert_eq!(answer("4", "2"), "not_listed_by_opening");
    assert_eq!(answer("1", "2"), "you_did_better");
    assert_eq!(answer("2", "1"), "filled_with_preferred");
    assert_eq!(answer("3", "2"), "filled_with_preferred");
    market.why(&result, "nobody", "1").exits(2);
}

#[test]
fn what_is_not_built_yet_is_refused_with_a_sentence() {
    let town = Town::anywhere();
    let market = town.market("a.glasgow", SMALL);
    let mechanisms = [
        "egalitarian",
        "min-regret",
        "median",
        "balanced",
        "promotion",
        "strong",
        "super",
        "max-weakly-stable",
    ];
    let unbuilt: Vec<Vec<&str>> = mechanisms
        .iter()
        .map(|mechanism| vec!["--mechanism", mechanism])
        .chain([
            vec!["--force", "1:1"],
            vec!["--forbid", "1:1"],
            vec!["--previous", "a.glasgow"],
            vec!["--caps", "a.glasgow"],
        ])
        .collect();
    for words in unbuilt {
        let told = market.solve(&words).exits(2);
        assert!(told.out.is_empty(), "{words:?}: {}", told.out);
        assert!(
            told.err.contains(words.last().expect("a word")) || told.err.contains(words[0]),
            "{}",
            told.err
        );
    }
    town.run(["lattice", "a.glasgow"]).exits(2);
}

#[test]
fn a_couple_is_refused_until_couples_can_be_kept_together() {
    let town = Town::anywhere();
    let market = town.market("couple.suite", "r 1 1 2\nc 2 3 1 2\np 1 1 2 1\np 2 1 1 3\n");
    market.solve(&[]).exits(2);
}

#[test]
fn a_malformed_line_is_refused_with_its_number() {
    let town = Town::anywhere();
    let cases = [
        ("count.glasgow", "three\n2\n", 1),
        ("entry.glasgow", "2\n1\n1 1\n2 x\n1 1 1 2\n", 4),
        ("twice.glasgow", "2\n1\n1 1 1\n2 1\n1 1 1 2\n", 3),
        ("open-tie.glasgow", "# a comment\n\n1\n1\n1 (1\n1 1 1\n", 5),
        ("far.glasgow", "1\n1\n1 9\n1 1 1\n", 3),
        ("quota.glasgow", "1\n1\n1 1\n1 -2 1\n", 4),
        ("letter.suite", "r 1 1\nx 1 1\np 1 1 1\n", 2),
    ];
    for (name, text, line) in cases {
        let told = town.market(name, text).solve(&[]).exits(2);
        assert!(told.err.contains(name), "{name}: {}", told.err);
        assert!(told.err.contains(&line.to_string()), "{name}, line {line}: {}", told.err);
        assert!(told.out.is_empty());
    }
}

#[test]
fn an_unreadable_file_is_refused() {
    let town = Town::anywhere();
    town.run(["solve", "nowhere.json"]).exits(2);
    town.market("broken.json", "{\"candidates\": ").solve(&[]).exits(2);
    town.write("binary.json", [0xff, 0xfe, 0x00, 0x7b]);
    town.run(["solve", "binary.json"]).exits(2);
    town.market("a.glasgow", SMALL).audit(&json!({"no": "result"})).exits(2);
    town.run(["audit", "a.glasgow", "nowhere.json"]).exits(2);
    town.run(["solve", "."]).exits(2);
}

#[test]
fn file_commands_leave_no_data_directory_behind() {
    let town = Town::anywhere();
    town.market("a.glasgow", SMALL).under("candidate-optimal");
    assert!(!town.data().exists());
}
