//! What bad spreadsheets get: a sentence, exit 2, and a store as it was.

use serde_json::Value;

use crate::house::{Town, on_both_engines, sample_region};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(sample_region().join(name)).expect("a sheet of the sample")
}

#[track_caller]
fn refused(town: &Town, path: &str) {
    let told = town.run(["import", path]).exits(2);
    let file = path.rsplit('/').next().expect("a name");
    assert!(told.err.contains(file), "the refusal of {path} names the file: {}", told.err);
    assert!(told.out.is_empty(), "{}", told.out);
    let english = town.run(["import", path, "--lang", "en"]).exits(2);
    assert_ne!(told.err, english.err, "refused in the user's language");
}

#[test]
fn what_is_no_spreadsheet_is_refused() {
    let town = Town::anywhere();
    refused(&town, "nowhere.csv");
    town.write("empty/letter.txt", "拝啓");
    refused(&town, "empty");
    town.write("firms.csv", "");
    refused(&town, "firms.csv");
    town.write(
        "garbage.csv",
        (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
    );
    refused(&town, "garbage.csv");
    town.write("garbage.xlsx", b"PK\x03\x04 this is no workbook");
    refused(&town, "garbage.xlsx");
    town.write("recipe.csv", "材料,量\n米,二合\n");
    refused(&town, "recipe.csv");
}

#[test]
fn a_sheet_without_a_required_column_is_refused_with_the_columns_it_has() {
    let town = Town::anywhere();
    town.write("firms.csv", "企業ID,会社概要,備考\nF-001,酒を造る,なし\n");
    let told = town.run(["import", "firms.csv"]).exits(2);
    assert!(told.err.contains("会社概要"), "{}", told.err);
}

on_both_engines! {
    fn one_refused_file_keeps_all_of_them_out(town: Town) {
        town.write("desk/firms.csv", sample("firms.csv"));
        town.write("desk/openings.csv", "募集ID,備考,役割\nM-001,,番頭\n");
        town.run(["import", "desk"]).exits(2);

        town.write("desk/openings.csv", sample("openings.csv"));
        let report = town.does(["import", "desk", "--report", "json"]).json();
        let new = |file: &Value| file["new"].as_u64().expect("a number");
        let files = report["files"].as_array().expect("a list");
        assert!(files.iter().all(|file| new(file) > 0 && file["updated"] == 0), "{report:#}");
    }
}

on_both_engines! {
    fn a_rehearsal_stores_nothing(town: Town) {
        let sample = sample_region();
        let words = |extra: &[&'static str]| -> Vec<std::ffi::OsString> {
            let mut words = vec!["import".into(), sample.clone().into_os_string(), "--report".into(), "json".into()];
            words.extend(extra.iter().map(Into::into));
            words
        };
        let rehearsed = town.does(words(&["--dry-run"])).json();
        assert_eq!(rehearsed, town.does(words(&["--dry-run"])).json(), "the second time is as the first");
        assert_eq!(rehearsed, town.does(words(&[])).json(), "and as the import itself");
    }
}
