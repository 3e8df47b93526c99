//! `migiude index judge`: the figure that may not fall.

use crate::house::{Town, binary, said};

#[test]
fn the_answers_are_as_good_as_they_were() {
    let town = Town::anywhere();
    let told = said(binary().current_dir(town.path()).args(["index", "judge", "--lang", "en"]));
    assert_eq!(told.code, 0, "{}\n{}", told.err, told.out);
    let left: Vec<_> = std::fs::read_dir(town.path()).expect("a directory").collect();
    assert!(left.is_empty(), "it needs no data directory and makes none: {left:?}");
}

#[test]
fn the_whole_set_reaches_what_was_promised() {
    let judged = Town::anywhere().does(["index", "judge", "--output", "json"]).json();
    let all = &judged["all"];
    assert!(all["questions"].as_u64().expect("a number") >= 120, "{all}");
    assert!(all["ndcg"].as_f64().expect("a number") >= 0.90, "{all}");
    assert_eq!(all["false_matches"], 0, "no 京都 in 東京都 among the first ten: {all}");
}
