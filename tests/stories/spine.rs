//! From a coordinator's spreadsheets to published pairings.

use std::collections::BTreeMap;
use std::ffi::OsString;

use serde_json::Value;

use crate::house::{file_of, on_both_engines, pairs_of, sample_region, sum};

/// `import` of the sample region, with further words.
fn import(more: &[&str]) -> Vec<OsString> {
    let mut words = vec![OsString::from("import"), sample_region().into()];
    words.extend(more.iter().map(Into::into));
    words
}

on_both_engines! {
    fn an_import_says_what_became_of_every_row(town: Town) {
        let told = town.does(import(&[]));
        assert!(told.out.contains("firms.csv") && told.out.contains("couples.csv"), "a table:\n{}", told.out);

        let report = town.does(import(&["--report", "json"])).json();
        for file in report["files"].as_array().expect("a list") {
            let count = |name: &str| file[name].as_u64().expect("a number");
            let stored = count("accepted") + count("warned");
            assert_eq!(count("rows"), stored + count("rejected") + count("skipped"), "{file:#}");
            assert_eq!(stored, count("new") + count("updated") + count("unchanged"), "{file:#}");
        }
    }

    fn the_sample_holds_what_its_desk_says(town: Town) {
        let report = town.does(import(&["--report", "json"])).json();
        assert_eq!(file_of(&report, "firms.csv")["new"], 24);
        assert_eq!(file_of(&report, "openings.csv")["new"], 36);
        assert_eq!(file_of(&report, "candidates.csv")["new"], 120);
        assert!(sum(&report, "rejected") > 0, "with the everyday mess");
    }

    fn a_second_import_changes_nothing(town: Town) {
        town.does(import(&[]));
        let again = town.does(import(&["--report", "json"])).json();
        assert_eq!(sum(&again, "new"), 0, "{again:#}");
        assert_eq!(sum(&again, "updated"), 0, "{again:#}");
        assert!(sum(&again, "unchanged") > 0);
    }

    fn rejected_rows_come_back_with_their_reasons(town: Town) {
        let report = town.does(import(&["--report", "json", "--rejects", "back"])).json();
        let mut returned = 0;
        for file in report["files"].as_array().expect("a list") {
            let name = file["file"].as_str().expect("a name");
            let path = town.path().join("back").join(name.replace(".csv", "-rejected.csv"));
            if file["rejected"] == 0 {
                assert!(!path.exists(), "{name} has nothing to mend");
                continue;
            }
            let codes = codes_by_row(file);
            let mut reader = csv::Reader::from_path(&path).expect("a file of rejected rows");
            let width = reader.headers().expect("a header").len();
            assert_eq!(reader.headers().expect("a header").iter().skip(width - 4).collect::<Vec<_>>(), ["行番号", "列", "理由コード", "理由"]);
            for row in reader.records() {
                let row = row.expect("a row");
                let number: u64 = row[width - 4].parse().expect("a row number");
                assert!(codes[&number].iter().all(|code| row[width - 2].contains(code)), "{name}: {row:?}");
                assert!(!row[width - 1].is_empty(), "{name}: {row:?}");
                returned += 1;
            }
        }
        assert_eq!(returned, sum(&report, "rejected"));
        // What was returned can be handed in as it is: nothing new in it, and nothing lost.
        let again = town.does(["import", "back", "--report", "json"]).json();
        assert_eq!(sum(&again, "rejected"), returned, "{again:#}");
    }

    fn a_search_finds_what_was_imported(town: Town) {
        let town = town.with_sample_region();
        let all = town.does(["search", "openings", "", "--limit", "100", "--output", "json"]).json();
        assert!(all["total"].as_u64().expect("a number") > 0, "{all:#}");
        let hit = &all["hits"][0];
        assert!(hit["id"].as_str().expect("the coordinator's key").starts_with("M-"), "{hit:#}");
        assert!(hit["score"].is_number() && hit["reasons"].is_array(), "{hit:#}");

        let title = hit["title"].as_str().expect("a title");
        let found = town.does(["search", "openings", title, "--output", "json"]).json();
        assert_eq!(found["hits"][0]["id"], hit["id"], "an opening is found by its title");

        let contract = |value: &str| -> u64 {
            let filter = format!("contract={value}");
            let found = town.does(["search", "openings", "", "--filter", &filter, "--output", "json"]).json();
            found["total"].as_u64().expect("a number")
        };
        assert!(contract("業務委託") < all["total"].as_u64().expect("a number"), "a filter narrows");
        let people = town.does(["search", "profiles", "経験", "--output", "json"]).json();
        assert!(people["hits"][0]["id"].as_str().expect("a key").starts_with("C-"), "{people:#}");
    }

    fn a_lost_index_is_made_again(town: Town) {
        let town = town.with_sample_region();
        let found = || town.does(["search", "openings", "酒", "--output", "json"]).json();
        let before = found();
        std::fs::remove_dir_all(town.data().join("index")).expect("an index to lose");
        assert_eq!(before["total"], found()["total"]);
    }

    fn a_round_goes_from_draft_to_published(town: Town) {
        let town = town.with_sample_region();
        town.round(&["new"]).done();
        assert_eq!(town.stage(), "draft");
        town.round(&["freeze", "--seed", "7"]).done();
        assert_eq!(town.stage(), "frozen");
        let told = town.round(&["run"]).done();
        assert!(told.out.contains('0'), "the audit is told:\n{}", told.out);

        let proposed = town.shown_round();
        assert_eq!(proposed["stage"], "proposed");
        assert_eq!(proposed["round"], 1);
        assert_eq!(proposed["mechanism"], "candidate-optimal");
        assert_eq!(proposed["blocking_pairs"], 0);
        assert!(!pairs_of(&proposed).is_empty());
        assert!(proposed["hash"].as_str().expect("a hash").len() >= 32, "{}", proposed["hash"]);

        town.round(&["compare"]).done();
        town.round(&["publish"]).done();
        let published = town.shown_round();
        assert_eq!(published["stage"], "published");
        assert_eq!(pairs_of(&published), pairs_of(&proposed));
        assert_eq!(published["hash"], proposed["hash"]);
    }

    fn everybody_of_a_round_is_matched_once_or_named_unmatched(town: Town) {
        let round = town.with_a_proposal("7").shown_round();
        let keys = |list: &Value| -> Vec<String> {
            list.as_array().expect("a list").iter().map(|key| key.as_str().expect("a key").to_owned()).collect()
        };
        let mut people: Vec<String> =
            pairs_of(&round).iter().map(|pair| pair.split(' ').next().expect("a key").to_owned()).collect();
        people.extend(keys(&round["unmatched"]["candidates"]));
        let counted = people.len();
        people.sort();
        people.dedup();
        assert_eq!(people.len(), counted, "nobody is in two places");
        assert!(keys(&round["unmatched"]["openings"]).iter().all(|key| key.starts_with("M-")));
    }

    fn anybody_can_recompute_a_round_from_its_export(town: Town) {
        let town = town.with_a_proposal("7");
        let expected = pairs_of(&town.shown_round());

        let json = town.round(&["export", "--format", "json"]).done().out;
        let market = town.market("frozen.json", &json);
        let result = market.solve(&["--seed", "7"]).done().json();
        assert_eq!(pairs(&result), expected);
        market.audit(&result).done();

        let glasgow = town.round(&["export", "--format", "glasgow"]).done().out;
        assert!(glasgow.lines().any(|line| line.starts_with('#') && line.contains("M-")), "keys as comments");
        let numbered = town.market("frozen.glasgow", &glasgow).solve(&["--seed", "7"]).done().json();
        for count in ["size", "candidate_cost", "opening_cost", "blocking_pairs"] {
            assert_eq!(numbered[count], result[count], "{count}");
        }
    }

    fn the_same_seed_gives_the_same_round(town: Town) {
        let town = town.with_a_proposal("7");
        let first = town.shown_round();
        town.round(&["new"]).done();
        town.round(&["freeze", "--seed", "7"]).done();
        town.round(&["run"]).done();
        let second = town.shown_round();
        assert_eq!(second["round"], 2);
        assert_eq!(pairs_of(&second), pairs_of(&first));
    }

    fn a_step_at_the_wrong_stage_is_answered_with_no(town: Town) {
        let town = town.with_sample_region();
        town.round(&["new"]).done();
        town.round(&["run"]).exits(1);
        town.round(&["publish"]).exits(1);
        assert_eq!(town.stage(), "draft", "and nothing moved");
        town.round(&["freeze", "--seed", "7"]).done();
        town.round(&["publish"]).exits(1);
        assert_eq!(town.stage(), "frozen");
        town.round(&["freeze", "--seed", "8"]).exits(1);
        assert_eq!(town.stage(), "frozen");
        town.round(&["run"]).done();
        town.round(&["publish"]).done();
        town.round(&["freeze"]).exits(1);
        assert_eq!(town.stage(), "published");
    }

    fn a_step_that_is_done_may_be_asked_for_again(town: Town) {
        let town = town.with_a_proposal("7");
        let proposed = town.shown_round();
        town.round(&["run"]).done();
        assert_eq!(town.shown_round()["pairs"], proposed["pairs"]);
        town.round(&["publish"]).done();
        let published = town.shown_round();
        town.round(&["publish"]).done();
        assert_eq!(town.shown_round(), published);
    }

    fn a_round_that_is_not_there_is_bad_input(town: Town) {
        let town = town.with_sample_region();
        town.round(&["new"]).done();
        for words in [["show", "99"], ["freeze", "99"], ["run", "99"], ["compare", "99"], ["publish", "99"], ["export", "99"]] {
            town.round(&words).exits(2);
        }
        town.round(&["show", "1"]).done();
    }

    fn a_proposal_whose_parent_moved_is_not_published(town: Town) {
        let town = town.with_a_proposal("7");
        town.round(&["new"]).done();
        town.round(&["freeze", "--seed", "8"]).done();
        town.round(&["run"]).done();
        town.round(&["publish", "1"]).done();
        // The second was proposed beside an empty town; meanwhile the first was published.
        town.round(&["publish", "2"]).exits(1);
        assert_eq!(town.stage(), "proposed");
    }
}

/// The codes of rejected rows by row number.
fn codes_by_row(file: &Value) -> BTreeMap<u64, Vec<String>> {
    let mut codes: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for problem in file["problems"].as_array().expect("a list") {
        if problem["level"] == "reject" {
            let row = problem["row"].as_u64().expect("a row number");
            codes.entry(row).or_default().push(problem["code"].as_str().expect("a code").to_owned());
        }
    }
    codes
}

/// The pairs of a result as `candidate opening`, sorted.
fn pairs(result: &Value) -> Vec<String> {
    let candidates = result["candidates"].as_object().expect("a matching");
    let pair = |(candidate, opening): (&String, &Value)| Some(format!("{candidate} {}", opening.as_str()?));
    let mut pairs: Vec<String> = candidates.iter().filter_map(pair).collect();
    pairs.sort();
    pairs
}
