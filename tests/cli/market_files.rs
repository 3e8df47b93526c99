//! `solve`, `audit` and `why` on markets in files.

use serde_json::{Value, json};

use crate::house::{Told, Town};

/// Arthur, Sunny, Joseph, Latha, Darrius at Mercy, City, General: the teaching example of the NRMP.
const NRMP: &str = "5\n3\n1 2\n2 2 1\n3 2 3 1\n4 1 2 3\n5 2 1 3\n1 2 5 3\n2 2 5 1 2 4 3\n3 2 5 1 3 4\n";

/// Haruka and Kenji are equally welcome at the brewery, which has one seat; the inn would rather have Kenji.
const TIED: &str = r#"{"candidates": {"Haruka": ["brewery", "inn"], "Kenji": ["brewery", "inn"]},
    "openings": {"brewery": {"quota": 1, "list": [["Haruka", "Kenji"]]},
                 "inn": {"quota": 1, "list": ["Kenji", "Haruka"]}}}"#;

fn solved(town: &Town, options: &[&str]) -> Value {
    town.does([&["solve", "--output", "json"], options].concat()).json()
}

fn english(town: &Town, words: &[&str]) -> Told {
    town.run([words, &["--lang", "en"]].concat())
}

/// The NRMP example and its solution.
fn nrmp() -> Town {
    let town = Town::anywhere();
    town.write("nrmp.txt", NRMP);
    let result = town.does(["solve", "nrmp.txt", "--output", "json"]).out;
    town.write("result.json", result);
    town
}

#[test]
fn a_market_is_solved_and_its_result_holds_what_the_audit_counted() {
    let town = nrmp();
    let result = solved(&town, &["nrmp.txt"]);
    let expected = json!({
        "mechanism": "candidate-optimal",
        "candidates": {"1": "2", "2": null, "3": "3", "4": "3", "5": "2"},
        "openings": {"1": [], "2": ["1", "5"], "3": ["3", "4"]},
        "size": 4, "candidate_cost": 6, "opening_cost": 8, "blocking_pairs": 0,
        "dropped": [
            {"side": "candidate", "agent": "2", "entry": "1"},
            {"side": "candidate", "agent": "4", "entry": "1"},
            {"side": "opening", "agent": "3", "entry": "1"},
        ],
        "lottery_seed": null,
    });
    assert_eq!(result, expected);
}

#[test]
fn both_sides_optima_differ_where_the_literature_says_so() {
    let town = Town::anywhere();
    town.write(
        "rs16.suite",
        "r 1 5 1\nr 2 2 5 1\nr 3 3 1\nr 4 4 1\nr 5 1 2\nr 6 1 3\nr 7 1 3 4\n\
        p 1 3 1 2 3 4 5 6 7\np 2 1 5 2\np 3 1 6 7 3\np 4 1 7 4\np 5 1 2 1\n",
    );
    let best_for_candidates = solved(&town, &["rs16.suite"]);
    let best_for_openings = solved(&town, &["rs16.suite", "--mechanism", "opening-optimal"]);
    let expected = json!({"1": "5", "2": "2", "3": "3", "4": "4", "5": "1", "6": "1", "7": "1"});
    assert_eq!(best_for_candidates["candidates"], expected);
    let expected = json!({"1": "1", "2": "5", "3": "1", "4": "1", "5": "2", "6": "3", "7": "4"});
    assert_eq!(best_for_openings["candidates"], expected);
    assert_eq!(best_for_openings["mechanism"], "opening-optimal");
}

#[test]
fn a_lottery_is_repeated_by_its_seed_and_recorded() {
    let town = Town::anywhere();
    town.write("tied.json", TIED);
    assert_eq!(solved(&town, &["tied.json"])["lottery_seed"], 0);
    let mut winners = Vec::new();
    for seed in ["1", "2", "3", "4", "5", "6", "7", "8"] {
        let one = solved(&town, &["tied.json", "--seed", seed]);
        assert_eq!(one, solved(&town, &["tied.json", "--seed", seed]));
        assert_eq!(one["lottery_seed"].to_string(), seed);
        winners.push(one["openings"]["brewery"][0].clone());
    }
    assert!(winners.contains(&json!("Haruka")) && winners.contains(&json!("Kenji")), "{winners:?}");
}

#[test]
fn a_result_is_printed_as_a_table_or_for_a_spreadsheet() {
    let town = nrmp();
    let table = english(&town, &["solve", "nrmp.txt"]).done().out;
    assert!(table.contains("blocking pairs: 0") && table.contains("placed: 4 of 5"), "{table}");
    assert!(table.contains("left out: candidate 2 lists 1"), "{table}");
    let sheet = town.does(["solve", "nrmp.txt", "--output", "csv"]).out;
    assert_eq!(
        sheet.lines().take(3).collect::<Vec<_>>(),
        ["candidate,opening,candidate_rank,opening_rank", "1,2,1,2", "2,,,",]
    );
}

#[test]
fn a_malformed_file_is_refused_with_its_line() {
    let town = Town::anywhere();
    town.write("broken.txt", "1\n1\n1 (1\n1 1 1\n");
    assert!(english(&town, &["solve", "broken.txt"]).exits(2).err.contains("broken.txt, line 3"));
    town.write("sjis.txt", [b"1\n1\n1 1\n1 1 ".as_slice(), &[0x8b, 0xa0]].concat());
    assert!(english(&town, &["solve", "sjis.txt"]).exits(2).err.contains("line 4: this is not UTF-8"));
    town.write("twice.json", r#"{"candidates": {"a": [], "a": []}, "openings": {}}"#);
    assert!(english(&town, &["solve", "twice.json"]).exits(2).err.contains("“a” is described twice"));
    town.write("note.txt", "hello");
    assert!(english(&town, &["solve", "note.txt"]).exits(2).err.contains("--format"));
    assert!(english(&town, &["solve", "nowhere.txt"]).exits(2).err.contains("nowhere.txt"));
}

#[test]
fn an_audit_accepts_a_stable_result_whoever_made_it() {
    let town = nrmp();
    let clean = json!({"valid": true, "stable": true, "problems": [], "blocking_pairs": [], "caps": []});
    assert_eq!(town.does(["audit", "nrmp.txt", "result.json"]).json(), clean);
    town.write("other.json", r#"{"by": "hand", "candidates": {"1": "2", "3": "3", "4": "3", "5": "2"}}"#);
    assert_eq!(town.does(["audit", "nrmp.txt", "other.json"]).json(), clean);
}

#[test]
fn an_audit_names_every_pair_that_would_rather_have_each_other() {
    let town = nrmp();
    // Sunny took Arthur's seat at City.
    town.write("swapped.json", r#"{"candidates": {"1": null, "2": "2", "3": "3", "4": "3", "5": "2"}}"#);
    let told = town.run(["audit", "nrmp.txt", "swapped.json"]).exits(1).json();
    assert_eq!(told["valid"], true);
    assert_eq!(told["stable"], false);
    assert_eq!(told["blocking_pairs"], json!([["1", "2"]]));
}

#[test]
fn an_audit_says_in_words_why_a_result_is_not_valid() {
    let town = nrmp();
    for (result, problem) in [
        (r#"{"candidates": {"1": "9"}}"#, "opening “9” is not in the market"),
        (r#"{"candidates": {"8": null}}"#, "candidate “8” is not in the market"),
        (r#"{"candidates": {"1": "1"}}"#, "do not both list each other"),
        (r#"{"candidates": {"1": "2", "2": "2", "5": "2"}}"#, "has 2 seats and 3 candidates"),
        (r#"{"candidates": {"1": "2"}, "openings": {"2": ["1"], "3": ["1"]}}"#, "has several seats: 2, 3"),
        (r#"{"candidates": {"1": "2"}, "openings": {"2": []}}"#, "that opening does not name the candidate"),
        (
            r#"{"candidates": {"1": null}, "openings": {"2": ["1"]}}"#,
            "the candidate does not name that opening",
        ),
    ] {
        town.write("bad.json", result);
        let told = english(&town, &["audit", "nrmp.txt", "bad.json"]).exits(1).json();
        assert_eq!((&told["valid"], &told["stable"]), (&json!(false), &json!(false)), "{result}");
        assert!(told["problems"].to_string().contains(problem), "{result}: {}", told["problems"]);
    }
    town.write("bad.json", "{}");
    town.run(["audit", "nrmp.txt", "bad.json"]).exits(2);
}

#[test]
fn why_gives_the_one_reason_for_each_pair() {
    let town = nrmp();
    for (candidate, opening, answer) in [
        ("1", "2", "matched"),
        ("1", "3", "you_did_not_list"),
        ("2", "1", "not_listed_by_opening"),
        ("5", "1", "you_did_better"),
        ("2", "2", "filled_with_preferred"),
    ] {
        let words = ["why", "nrmp.txt", "result.json", "--candidate", candidate, "--opening", opening];
        assert_eq!(town.does(words).json()["answer"], answer, "{candidate} at {opening}");
    }
    let words = ["why", "nrmp.txt", "result.json", "--candidate", "9", "--opening", "1"];
    assert!(english(&town, &words).exits(2).err.contains("“9”"));
    town.write("bad.json", r#"{"candidates": {"1": "1"}}"#);
    town.run(["why", "nrmp.txt", "bad.json", "--candidate", "1", "--opening", "2"]).exits(2);
}

#[test]
fn an_opening_without_a_seat_is_a_rule() {
    let town = Town::anywhere();
    town.write("m.json", r#"{"candidates": {"a": ["o"]}, "openings": {"o": {"quota": 0, "list": ["a"]}}}"#);
    town.write("r.json", town.does(["solve", "m.json", "--output", "json"]).out);
    let told = town.does(["why", "m.json", "r.json", "--candidate", "a", "--opening", "o"]).json();
    assert_eq!(told["answer"], "rule");
}
