//! `migiude solve`: every mechanism, and the wishes that go with them.
//!
//! The second implementation accepts what comes out; the crate's own tests hold the algorithms against brute force.

use std::process::Command;

use serde_json::{Value, json};

use crate::house::{Market, Town, places};

/// Knuth's market of ten stable matchings.
const KNUTH: &str = "4\n4\n1 1 2 3 4\n2 2 1 4 3\n3 3 4 1 2\n4 4 3 2 1\n\
                     1 1 4 3 2 1\n2 1 3 4 1 2\n3 1 2 1 4 3\n4 1 1 2 3 4\n";

/// The second implementation on the market and result that lie in a town.
#[track_caller]
pub fn verified(town: &Town, market: &str, result: &Value) {
    verified_with(town, market, result, &[]);
}

/// The same for a result that was asked for with these words.
#[track_caller]
fn verified_with(town: &Town, market: &str, result: &Value, words: &[&str]) {
    town.write("verified.json", result.to_string());
    let verifier = concat!(env!("CARGO_MANIFEST_DIR"), "/matching/verifier/verify.py");
    let mut command = Command::new("python3");
    command.arg(verifier).args([market, "verified.json"]).args(words).current_dir(town.path());
    let told = command.output().expect("python3 is installed");
    assert!(told.status.success(), "{result:#}\n{}", String::from_utf8_lossy(&told.stdout));
}

fn refused(market: &Market<'_>, words: &[&str], because: &str) {
    let told = market.solve(&[words, &["--lang", "en"]].concat()).exits(2);
    assert!(told.err.contains(because), "{words:?}: {}", told.err);
}

#[test]
fn every_mechanism_finds_its_own_of_knuths_ten() {
    let town = Town::anywhere();
    let market = town.market("knuth.glasgow", KNUTH);
    for (mechanism, expected, beside) in [
        ("candidate-optimal", "1 2 3 4", json!({})),
        ("opening-optimal", "4 3 2 1", json!({})),
        ("egalitarian", "1 2 3 4", json!({"objective": 20})),
        ("min-regret", "2 1 4 3", json!({"regret": 3})),
        ("median", "2 1 4 3", json!({"exact": true})),
        ("balanced", "2 4 1 3", json!({"exact": true, "bound": 10})),
        ("promotion", "1 2 3 4", json!({})),
        ("strong", "1 2 3 4", json!({})),
        ("super", "1 2 3 4", json!({})),
        ("max-weakly-stable", "1 2 3 4", json!({"proven": true, "bound": 4})),
    ] {
        let result = market.under(mechanism);
        assert_eq!((result["mechanism"].as_str(), places(&result).as_str()), (Some(mechanism), expected));
        for (member, value) in beside.as_object().expect("an object") {
            assert_eq!(&result[member], value, "{mechanism}: {member}");
        }
        market.audit(&result).done();
        verified(&town, "knuth.glasgow", &result);
    }
}

#[test]
fn the_egalitarian_matching_of_the_fingerprint_costs_698() {
    let town = Town::anywhere();
    let market = town.market("fingerprint.glasgow", &super::solve::fingerprint(1, 50));
    let result = market.under("egalitarian");
    assert_eq!(result["objective"], 698);
    assert_eq!(
        result["candidate_cost"].as_u64().zip(result["opening_cost"].as_u64()).map(|(a, b)| a + b),
        Some(698)
    );
    verified(&town, "fingerprint.glasgow", &result);
}

#[test]
fn forced_and_forbidden_pairs_are_kept_by_either_objective() {
    let town = Town::anywhere();
    let market = town.market("knuth.glasgow", KNUTH);
    let with = |words: &[&str]| places(&market.solve(words).done().json());
    assert_eq!(with(&["--force", "1:2"]), "2 1 3 4", "the best for candidates that has the pair");
    assert_eq!(with(&["--forbid", "1:1", "--forbid", "3:3"]), "2 1 4 3");
    assert_eq!(with(&["--mechanism", "egalitarian", "--force", "1:4"]), "4 3 1 2");
}

#[test]
fn wishes_that_cannot_hold_together_are_named_with_the_people() {
    let town = Town::anywhere();
    let market = town.market("knuth.glasgow", KNUTH);
    let none = market.solve(&["--force", "1:1", "--forbid", "2:2", "--forbid", "3:1"]).exits(1).json();
    assert!(none["candidates"].is_null() && none["reason"].is_string());
    assert_eq!(none["clash"]["rules"], json!(["--force 1:1", "--forbid 2:2"]), "and not the third");
    assert_eq!(none["clash"]["candidates"], json!(["1", "2"]));
    verified_with(&town, "knuth.glasgow", &none, &["--force", "1:1", "--forbid", "2:2", "--forbid", "3:1"]);
    let told =
        town.run(["solve", "knuth.glasgow", "--force", "1:1", "--forbid", "1:1", "--lang", "en"]).exits(1);
    assert!(told.out.contains("--force 1:1") && told.out.contains("--forbid 1:1"), "{}", told.out);
}

#[test]
fn keys_with_colons_are_understood_and_unknown_pairs_refused() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"a:b": ["c:d"]}, "openings": {"c:d": {"quota": 1, "list": ["a:b"]}},
    });
    let market = town.market("colons.json", &market.to_string());
    let forced = market.solve(&["--force", "a:b:c:d"]).done().json();
    assert_eq!(forced["size"], 1);
    verified_with(&town, "colons.json", &forced, &["--force", "a:b:c:d"]);
    refused(&market, &["--force", "a:b"], "--force");
    refused(&market, &["--forbid", "a:c"], "--forbid");
    refused(&market, &["--forbid", "nobody"], "--forbid");
}

#[test]
fn an_earlier_result_is_departed_from_in_the_way_asked_for() {
    let town = Town::anywhere();
    // Mei had the brewery and left; Haruka has the inn and would rather have the brewery, and so would Kenji.
    let market = json!({
        "candidates": {"Haruka": ["brewery", "inn"], "Kenji": ["brewery", "inn"]},
        "openings": {"brewery": {"quota": 1, "list": ["Haruka", "Kenji"]},
                     "inn": {"quota": 1, "list": ["Haruka", "Kenji"]}},
    });
    let market = town.market("now.json", &market.to_string());
    town.write("before.json", r#"{"candidates": {"Mei": "brewery", "Haruka": "inn", "Kenji": null}}"#);
    let repair = |how: &str| market.solve(&["--previous", "before.json", "--repair", how]).done().json();

    let fewest = repair("fewest-moves");
    assert_eq!(fewest["candidates"], json!({"Haruka": "brewery", "Kenji": "inn"}));
    assert_eq!(fewest["moved"], json!(["Haruka", "Kenji"]));
    let frozen = repair("freeze");
    assert_eq!(frozen["candidates"], json!({"Haruka": "inn", "Kenji": "brewery"}));
    assert_eq!((&frozen["moved"], &frozen["envy"]), (&json!(["Kenji"]), &json!([["Haruka", "brewery"]])));
    let chain = repair("vacancy-chain");
    assert_eq!(chain["candidates"], fewest["candidates"], "the vacant seat goes to Haruka, hers to Kenji");
    assert_eq!(chain["envy"], json!([]));
    for (result, stable) in [(&fewest, true), (&frozen, false), (&chain, true)] {
        assert_eq!(market.audit(result).code, i32::from(!stable), "{result:#}");
    }
    let told =
        town.run(["solve", "now.json", "--previous", "before.json", "--repair", "freeze", "--lang", "en"]);
    assert!(told.out.contains("would rather have each other: Haruka and brewery"), "{}", told.out);
    assert!(told.out.contains("moved since the earlier result: 1 (Kenji)"), "{}", told.out);
}

#[test]
fn of_several_stable_matchings_the_one_with_the_fewest_moves_is_taken() {
    let town = Town::anywhere();
    let market = town.market("knuth.glasgow", KNUTH);
    town.write("before.json", r#"{"candidates": {"1": "2", "2": "4", "3": "1", "4": "3"}}"#);
    let result = market.solve(&["--previous", "before.json"]).done().json();
    assert_eq!(
        (places(&result).as_str(), &result["moved"]),
        ("2 4 1 3", &json!([])),
        "it is stable as it was"
    );
    let result = market.solve(&["--previous", "before.json", "--forbid", "1:2"]).done().json();
    assert_eq!(result["moved"].as_array().map(Vec::len), Some(2), "{result:#}");
    town.write("broken.json", r#"{"candidates": {"1": ["2", "3"]}}"#);
    refused(&market, &["--previous", "broken.json"], "several seats");
}

#[test]
fn ties_decide_what_exists_and_how_many_are_placed() {
    let town = Town::anywhere();
    // One woman, two men she likes equally; only one of them would also go elsewhere.
    let market = town.market("ties.glasgow", "2\n2\n1 1 2\n2 1\n1 1 (1 2)\n2 1 1\n");
    for mechanism in ["promotion", "max-weakly-stable"] {
        let result = market.under(mechanism);
        assert_eq!((&result["size"], &result["blocking_pairs"]), (&json!(2), &json!(0)), "{mechanism}");
        verified(&town, "ties.glasgow", &result);
    }
    for mechanism in ["strong", "super"] {
        let none = market.solve(&["--mechanism", mechanism]).exits(1).json();
        assert!(none["candidates"].is_null());
        assert_eq!(none["clash"]["candidates"], json!(["1", "2"]), "{none:#}");
        assert_eq!(none["clash"]["openings"][0], "1");
        verified(&town, "ties.glasgow", &none);
    }
    // All alike: whoever sits where is strongly stable, nothing is super-stable.
    let market = town.market("alike.glasgow", "2\n2\n1 (1 2)\n2 (1 2)\n1 1 (1 2)\n2 1 (1 2)\n");
    let strong = market.under("strong");
    assert_eq!((&strong["size"], &strong["lottery_seed"]), (&json!(2), &Value::Null), "no lottery was used");
    verified(&town, "alike.glasgow", &strong);
    market.solve(&["--mechanism", "super"]).exits(1);
    town.write("strong.json", strong.to_string());
    town.does(["audit", "alike.glasgow", "strong.json", "--stability", "strong"]);
    let told = town.run(["audit", "alike.glasgow", "strong.json", "--stability", "super"]).exits(1).json();
    assert_eq!(told["blocking_pairs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_result_carries_its_proof_its_rivals_and_its_notes_when_asked() {
    let town = Town::anywhere();
    let market = town.market("truncation.glasgow", "2\n2\n1 1 2\n2 2 1\n1 1 2 1\n2 1 1 2\n");
    let result = market.solve(&["--certificate", "--compare", "--notes"]).done().json();
    assert_eq!(result["certificate"]["openings"]["1"], json!({"quota": 1, "holders": ["1"], "cutoff": 2}));
    assert_eq!(result["certificate"]["candidates"], json!({"1": 1, "2": 1}));
    assert_eq!(result["comparisons"]["maximum_cardinality"]["size"], 2);
    let gain = &result["strategy"]["openings_that_could_gain"][0];
    assert_eq!(
        (&gain["opening"], &gain["by"], &gain["entries_or_seats"]),
        (&json!("1"), &json!("shorter_list"), &json!(1))
    );
    assert_eq!(result["strategy"]["candidates_with_room"], json!(["1", "2"]));
    verified(&town, "truncation.glasgow", &result);
    let told = town.does(["solve", "truncation.glasgow", "--compare", "--notes", "--lang", "en"]);
    assert!(
        told.out.contains("first come, first served") && told.out.contains("gain for sure"),
        "{}",
        told.out
    );
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let town = Town::anywhere();
    let market = town.market("knuth.glasgow", KNUTH);
    town.write("r.json", market.under("candidate-optimal").to_string());
    refused(&market, &["--mechanism", "median", "--force", "1:1"], "--mechanism median");
    refused(&market, &["--mechanism", "strong", "--previous", "r.json"], "--previous");
    refused(&market, &["--previous", "r.json", "--repair", "freeze", "--forbid", "1:1"], "--repair freeze");
    refused(&market, &["--otherwise", "extra-seats"], "couples or days");
    market.solve(&["--repair", "freeze"]).exits(2);
    market.solve(&["--mechanism", "magic"]).exits(2);
    let told =
        town.reads(["solve", "-", "--previous", "-", "--format", "glasgow", "--lang", "en"], KNUTH).exits(2);
    assert!(told.err.contains("Only one file"), "{}", told.err);
}
