//! `migiude solve` on markets that hold more than two sides of lists: caps, floors, couples, slots, days.

use serde_json::{Value, json};

use super::mechanisms::verified;
use crate::house::{Town, places};

/// A couple who go to two openings together or nowhere, and a single: nothing is stable.
const NOTHING_STABLE: &str = "r s h1 h2\nc a b h1 h2\np h1 1 a s\np h2 1 s b\n";

/// Ten doctors in a region of two hospitals (Kamada and Kojima): three want the first, seven the second.
fn ten_doctors() -> Value {
    let all: Vec<String> = (1..=10).map(|doctor| format!("d{doctor}")).collect();
    let wishes = all
        .iter()
        .enumerate()
        .map(|(at, doctor)| (doctor.clone(), json!([if at < 3 { "h1" } else { "h2" }])));
    json!({
        "candidates": wishes.collect::<serde_json::Map<_, _>>(),
        "openings": {"h1": {"quota": 10, "list": all}, "h2": {"quota": 10, "list": all}},
    })
}

fn caps(cap: u32) -> Value {
    let targets = json!({"h1": 5, "h2": cap - 5});
    let region = json!({"name": "33", "cap": cap, "openings": ["h1", "h2"], "targets": targets});
    json!({"regions": [region], "order": ["h1", "h2"]})
}

#[test]
fn a_regional_cap_is_shared_and_not_cut_into_quotas_beforehand() {
    let town = Town::anywhere();
    let market = town.market("doctors.json", &ten_doctors().to_string());
    town.write("caps.json", caps(10).to_string());
    let result = market.solve(&["--caps", "caps.json"]).done().json();
    assert_eq!(result["size"], 10, "quotas cut to five and five would place eight");
    assert_eq!(result["caps"], json!([{"name": "33", "cap": 10, "placed": 10}]));
    assert_eq!(result["rules"], caps(10), "the rules are part of the result");
    // The audit takes the rules from the result, or those it is given.
    let audited = market.audit(&result).done().json();
    assert_eq!(audited["caps"], result["caps"]);
    town.write("tighter.json", caps(9).to_string());
    let told = town.run(["audit", "doctors.json", "result.json", "--caps", "tighter.json", "--lang", "en"]);
    let told = told.exits(1).json();
    assert_eq!((&told["valid"], &told["caps"][0]["placed"]), (&json!(false), &json!(10)));
    assert!(told["problems"].to_string().contains("region “33” holds 10"), "{told:#}");
    verified(&town, "doctors.json", &result);

    let result = market.solve(&["--caps", "tighter.json"]).done().json();
    assert_eq!((&result["size"], &result["candidates"]["d10"]), (&json!(9), &Value::Null));
    town.write("result.json", result.to_string());
    let why =
        town.does(["why", "doctors.json", "result.json", "--candidate", "d10", "--opening", "h2"]).json();
    assert_eq!(why["answer"], "rule", "a seat was free, and the cap stood before it");
    verified(&town, "doctors.json", &result);
}

#[test]
fn regions_that_overlap_are_refused_with_both_names() {
    let town = Town::anywhere();
    let market = town.market("doctors.json", &ten_doctors().to_string());
    let region = |name: &str, openings: Value| json!({"name": name, "cap": 3, "openings": openings});
    let three = json!({"candidates": {}, "openings": {"h1": {"quota": 1, "list": []},
        "h2": {"quota": 1, "list": []}, "h3": {"quota": 1, "list": []}}});
    town.write("three.json", three.to_string());
    let rules =
        json!({"regions": [region("north", json!(["h1", "h2"])), region("coast", json!(["h2", "h3"]))]});
    town.write("overlap.json", rules.to_string());
    let told = town.run(["solve", "three.json", "--caps", "overlap.json", "--lang", "en"]).exits(2);
    assert!(told.err.contains("north") && told.err.contains("coast"), "{}", told.err);
    for (rules, because) in [
        (json!({"regions": [region("a", json!(["h9"]))]}), "h9"),
        (json!({"regions": [{"name": "a", "ceiling": 3}]}), "ceiling"),
        (json!([]), "caps.json, line 1"),
    ] {
        town.write("caps.json", rules.to_string());
        let told = market.solve(&["--caps", "caps.json", "--lang", "en"]).exits(2);
        assert!(told.err.contains(because), "{rules}: {}", told.err);
    }
}

#[test]
fn a_floor_is_kept_and_its_price_is_told() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"c1": ["o1", "o2"], "c2": ["o1", "o2"]},
        "openings": {"o1": {"quota": 2, "list": ["c1", "c2"]}, "o2": {"quota": 1, "list": ["c1", "c2"]}},
    });
    let market = town.market("floor.json", &market.to_string());
    town.write("floors.json", r#"{"regions": [{"name": "hills", "floor": 1, "openings": ["o2"]}]}"#);
    let result = market.solve(&["--caps", "floors.json"]).done().json();
    assert_eq!(places(&result), "o1 o2");
    assert_eq!(result["price"]["payers"], json!([{"candidate": "c2", "without": 1, "with": 2}]));
    assert_eq!(
        (&result["price"]["ranks_paid"], &result["price"]["waste"]),
        (&json!(1), &json!([["c2", "o1"]]))
    );
    market.audit(&result).done();
    verified(&town, "floor.json", &result);
}

#[test]
fn a_seat_that_stays_empty_for_fairness_is_counted_as_a_block() {
    let town = Town::anywhere();
    // The floor takes a and c to the mill. If the shop took b, a would envy b there; so its two seats stay empty,
    // though no rule keeps b from them.
    let market = json!({
        "candidates": {"a": ["shop", "mill"], "b": ["shop"], "c": ["mill"]},
        "openings": {"shop": {"quota": 2, "list": ["a", "b"]}, "mill": {"quota": 2, "list": ["a", "c"]}},
    });
    let market = town.market("empty.json", &market.to_string());
    town.write("floors.json", r#"{"regions": [{"name": "hills", "floor": 2, "openings": ["mill"]}]}"#);
    let result = market.solve(&["--caps", "floors.json"]).done().json();
    assert_eq!((places(&result).as_str(), &result["blocking_pairs"]), ("mill - mill", &json!(1)));
    let told = market.audit(&result).exits(1).json();
    assert_eq!((&told["valid"], &told["blocking_pairs"]), (&json!(true), &json!([["b", "shop"]])));
    verified(&town, "empty.json", &result);
}

#[test]
fn a_floor_that_nobody_can_fill_is_named_with_the_people_who_could_come() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"c1": ["o1"], "c2": ["o1", "o2"]},
        "openings": {"o1": {"quota": 2, "list": ["c1", "c2"]}, "o2": {"quota": 2, "list": ["c2"]}},
    });
    let market = town.market("short.json", &market.to_string());
    town.write("floors.json", r#"{"regions": [{"name": "hills", "floor": 2, "openings": ["o2"]}]}"#);
    let none = market.solve(&["--caps", "floors.json", "--lang", "en"]).exits(1).json();
    assert!(none["clash"]["rules"].to_string().contains("hills"), "{none:#}");
    assert_eq!((&none["clash"]["candidates"], &none["clash"]["openings"]), (&json!(["c2"]), &json!(["o2"])));
}

#[test]
fn couples_that_leave_nothing_stable_get_what_was_chosen_for_that() {
    let town = Town::anywhere();
    let market = town.market("couple.suite", NOTHING_STABLE);
    let none = market.solve(&[]).exits(1).json();
    assert_eq!(none["clash"]["candidates"], json!(["s", "a", "b"]));
    verified(&town, "couple.suite", &none);

    let undecided = market.solve(&["--patience", "0"]).exits(1).json();
    assert_eq!((&undecided["candidates"], &undecided["proven"]), (&Value::Null, &json!(false)));
    verified(&town, "couple.suite", &undecided);

    let least = market.solve(&["--otherwise", "fewest-blocks"]).done().json();
    assert_eq!((&least["blocking_pairs"], &least["proven"]), (&json!(1), &json!(true)));
    let told = market.audit(&least).exits(1).json();
    let blocks = ["blocking_pairs", "blocking_couples"].map(|kind| told[kind].as_array().map_or(0, Vec::len));
    assert_eq!(blocks.iter().sum::<usize>(), 1, "{told:#}");
    verified(&town, "couple.suite", &least);

    let larger = market.solve(&["--otherwise", "extra-seats"]).done().json();
    assert_eq!(larger["extra_seats"].as_object().map(serde_json::Map::len), Some(1));
    assert_eq!((&larger["size"], &larger["blocking_pairs"]), (&json!(3), &json!(0)));
    market.audit(&larger).done();
    verified(&town, "couple.suite", &larger);
}

#[test]
fn a_couple_moves_together_and_the_definition_stands_beside_it() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"s": ["h1", "h2"]},
        "openings": {"h1": {"quota": 1, "list": ["a", "s"]}, "h2": {"quota": 2, "list": ["b", "s"]}},
        "couples": [{"members": ["a", "b"], "list": [["h1", "h2"], ["h2", "h1"], [null, "h2"]]}],
    });
    let market = town.market("couple.json", &market.to_string());
    let result = market.solve(&[]).done().json();
    assert_eq!(result["candidates"], json!({"s": "h2", "a": "h1", "b": "h2"}));
    assert!(result["definition"].as_str().is_some_and(|text| text.contains("McDermid")));
    let dropped = json!([{"couple": ["a", "b"], "choice": ["h2", "h1"]}]);
    assert_eq!(result["dropped_choices"], dropped, "h2 does not list a");
    market.audit(&result).done();
    verified(&town, "couple.json", &result);
    let why =
        |who: &str| town.run(["why", "couple.json", "result.json", "--candidate", who, "--opening", "h1"]);
    assert_eq!(why("s").done().json()["answer"], "filled_with_preferred");
    why("a").exits(2);
}

#[test]
fn a_candidate_with_two_slots_has_two_openings() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"Haruka": {"slots": 2, "list": ["brewery", "inn"]}, "Kenji": ["brewery", "inn"]},
        "openings": {"brewery": {"quota": 2, "list": ["Haruka", "Kenji"]},
                     "inn": {"quota": 1, "list": ["Haruka", "Kenji"]}},
    });
    let market = town.market("slots.json", &market.to_string());
    for mechanism in ["candidate-optimal", "opening-optimal"] {
        let result = market.under(mechanism);
        assert_eq!(result["candidates"], json!({"Haruka": ["brewery", "inn"], "Kenji": ["brewery"]}));
        market.audit(&result).done();
        verified(&town, "slots.json", &result);
    }
    town.write("worse.json", r#"{"candidates": {"Haruka": ["brewery"], "Kenji": ["brewery", "inn"]}}"#);
    let told = town.run(["audit", "slots.json", "worse.json", "--lang", "en"]).exits(1).json();
    assert!(told["problems"].to_string().contains("has 1 slots and 2 openings"), "{told:#}");
    let told = town.does(["solve", "slots.json", "--lang", "en"]).out;
    assert!(told.contains("placed: 2 of 2") && told.contains("3 pairs"), "{told}");
}

#[test]
fn days_that_leave_nothing_stable_get_a_proof_or_the_openly_weaker_answer() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"c1": ["o1", "o2"], "c2": ["o2", "o1"], "c3": {"days": 2, "list": ["o2"]}},
        "openings": {"o1": {"quota": 1, "list": ["c2", "c3", "c1"]}, "o2": {"quota": 2, "list": ["c1", "c3", "c2"]}},
    });
    let market = town.market("days.json", &market.to_string());
    let none = market.solve(&[]).exits(1).json();
    assert_eq!(none["clash"]["candidates"], json!(["c1", "c2", "c3"]));
    verified(&town, "days.json", &none);
    let over = market.solve(&["--otherwise", "extra-seats"]).done().json();
    assert_eq!((&over["over"], &over["blocking_pairs"]), (&json!({"o2": 1}), &json!(0)));
    market.audit(&over).done();
    verified(&town, "days.json", &over);
    market.solve(&["--otherwise", "fewest-blocks"]).exits(2);
}

#[test]
fn with_ties_days_are_matched_by_the_lottery_and_whoever_is_last_alike_may_reach_over() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"c0": {"days": 1, "list": [["o1", "o2"]]}, "c1": {"days": 3, "list": [["o2", "o1"]]},
                       "c2": {"days": 1, "list": ["o2", "o1"]}, "c3": {"days": 1, "list": [["o1", "o2"]]}},
        "openings": {"o1": {"quota": 2, "list": ["c0", "c3", ["c1", "c2"]]},
                     "o2": {"quota": 3, "list": [["c1", "c2"], ["c3", "c0"]]}},
    });
    let market = town.market("ties.json", &market.to_string());
    let over = market.solve(&["--otherwise", "extra-seats", "--patience", "0"]).done().json();
    assert_eq!(over["proven"], false, "whether something is stable was not decided: {over:#}");
    market.audit(&over).done();
    verified(&town, "ties.json", &over);
}

#[test]
fn a_proof_by_the_lottery_says_so() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"c0": [["o1", "o2"]], "c1": ["o1"], "c2": ["o1", "o2"], "c3": ["o1"],
                       "c4": {"days": 2, "list": ["o1"]}},
        "openings": {"o1": {"quota": 2, "list": [["c0", "c4"], "c2", ["c1", "c3"]]},
                     "o2": {"quota": 1, "list": ["c1", ["c4", "c2"], "c0", "c3"]}},
    });
    let market = town.market("lottery.json", &market.to_string());
    let none = market.solve(&["--seed", "84", "--lang", "en"]).exits(1).json();
    assert!(none["clash"]["rules"].to_string().contains("lottery of seed 84"), "{none:#}");
    verified(&town, "lottery.json", &none);
}

#[test]
fn the_price_of_floors_is_told_in_the_ranks_of_the_file() {
    let town = Town::anywhere();
    let market = json!({
        "candidates": {"c": [["o1", "o2"]]},
        "openings": {"o1": {"quota": 1, "list": ["c"]}, "o2": {"quota": 1, "list": ["c"]}},
    });
    let market = town.market("alike.json", &market.to_string());
    for floor in ["o1", "o2"] {
        let rules = json!({"regions": [{"name": "hills", "floor": 1, "openings": [floor]}]});
        town.write("floors.json", rules.to_string());
        let result = market.solve(&["--caps", "floors.json"]).done().json();
        assert_eq!(places(&result), floor);
        assert_eq!(result["price"]["payers"], json!([]), "c likes both equally");
    }
}

#[test]
fn what_one_setting_has_no_place_for_is_refused() {
    let town = Town::anywhere();
    town.write("couple.suite", NOTHING_STABLE);
    town.write("caps.json", "{}");
    town.write("slots.json", r#"{"candidates": {"a": {"slots": 2, "list": []}}, "openings": {}}"#);
    town.write("days.json", r#"{"candidates": {"a": {"days": 2, "list": []}}, "openings": {}}"#);
    let couple = json!({"members": ["a", "b"], "list": []});
    let both = json!({"candidates": {"c": {"days": 2, "list": []}}, "openings": {}, "couples": [couple]});
    town.write("both.json", both.to_string());
    town.write("r.json", r#"{"candidates": {}}"#);
    for words in [
        &["solve", "couple.suite", "--caps", "caps.json"][..],
        &["solve", "couple.suite", "--mechanism", "egalitarian"],
        &["solve", "both.json"],
        &["solve", "slots.json", "--mechanism", "median"],
        &["solve", "slots.json", "--previous", "r.json"],
        &["solve", "slots.json", "--otherwise", "proof"],
        &["solve", "days.json", "--force", "a:b"],
        &["solve", "days.json", "--certificate"],
        &["audit", "slots.json", "r.json", "--caps", "caps.json"],
        &["audit", "days.json", "r.json", "--stability", "super"],
        &["why", "slots.json", "r.json", "--candidate", "a"],
    ] {
        let told = town.run([words, &["--lang", "en"]].concat()).exits(2);
        assert!(!told.err.is_empty() && told.out.is_empty(), "{words:?}");
        let japanese = town.run(words).exits(2);
        assert_ne!(told.err, japanese.err, "{words:?}");
    }
}
