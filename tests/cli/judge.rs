//! `migiude index judge`: the figure that may not fall.

use crate::house::{Town, binary, said};

#[test]
fn the_answers_are_as_good_as_they_were_and_as_was_promised() {
    let town = Town::anywhere();
    let told = said(binary().current_dir(town.path()).args(["index", "judge", "--output", "json"]));
    assert_eq!(told.code, 0, "below a floor: {}\n{}", told.err, told.out);
    let left: Vec<_> = std::fs::read_dir(town.path()).expect("a directory").collect();
    assert!(left.is_empty(), "it needs no data directory and makes none: {left:?}");
    let all = &told.json()["all"];
    assert!(all["questions"].as_u64().expect("a number") >= 120, "{all}");
    assert!(all["ndcg"].as_f64().expect("a number") >= 0.90, "{all}");
    assert_eq!(all["false_matches"], 0, "no 京都 in 東京都 among the first ten: {all}");
}

#[test]
fn the_questions_of_other_readers_are_answered_as_well_as_they_were() {
    for set in ["second", "third"] {
        let set = format!("{}/src/cli/judge/{set}.toml", env!("CARGO_MANIFEST_DIR"));
        let town = Town::anywhere();
        let asked = ["index", "judge", "--lang", "en", "--set", &set];
        let told = said(binary().current_dir(town.path()).args(asked));
        assert_eq!(told.code, 0, "{set}: {}\n{}", told.err, told.out);
    }
}

#[test]
fn a_set_that_cannot_be_read_is_refused_with_its_place() {
    let town = Town::anywhere();
    std::fs::write(town.path().join("set.toml"), "[floor]\nndcg = 'high'").expect("a file");
    let told =
        said(binary().current_dir(town.path()).args(["index", "judge", "--lang", "en", "--set", "set.toml"]));
    assert_eq!(told.code, 2, "{}", told.out);
    assert!(told.err.contains("set.toml") && told.err.contains("line 2"), "{}", told.err);
}
