//! The command line of `verify.py`, on files of every format.

use std::fs;
use std::path::PathBuf;

use migiude_matching::formats::{Listing, glasgow, json, suite};

use crate::dice::Dice;
use crate::markets::{MIDDLE, MIDDLE_WITH_TIES, random};
use crate::python::on_files;
use crate::results::Round;

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("verifier").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The verdict on a market file with its candidate-optimal result, right or with a size that is one too large.
fn verdict(name: &str, market: &str, listing: Listing, arguments: &[&str], right: bool) -> i32 {
    let round = Round::of(listing);
    let mut result = round.result("candidate-optimal", &round.candidate_optimal(7), round.used(7));
    if !right {
        result["size"] = (result["size"].as_u64().unwrap() + 1).into();
    }
    let folder = folder(name);
    let (market_file, result_file) = (folder.join(name), folder.join("result.json"));
    fs::write(&market_file, market).unwrap();
    fs::write(&result_file, result.to_string()).unwrap();
    let files = [market_file.to_str().unwrap(), result_file.to_str().unwrap()];
    let (code, verdict) = on_files(&[&files, arguments].concat());
    assert_eq!(verdict["accepted"], code == 0, "{verdict}");
    assert_eq!(verdict["problems"].as_array().unwrap().len(), usize::from(!right), "{verdict}");
    code
}

#[test]
fn a_market_of_every_format_is_read_from_its_file() {
    let mut dice = Dice::new(11);
    let (ties, strict) = (random(&mut dice, MIDDLE_WITH_TIES), random(&mut dice, MIDDLE));
    let as_json = json::write(&ties);
    assert_eq!(verdict("ties.json", &as_json, ties.clone(), &[], true), 0);
    assert_eq!(verdict("wrong.json", &as_json, ties.clone(), &[], false), 1);

    let text = suite::write(&strict).unwrap();
    assert_eq!(verdict("strict.suite", &text, strict, &[], true), 0);

    let text = glasgow::write(&ties).unwrap();
    let numbered = glasgow::read(&text).unwrap();
    assert_eq!(verdict("ties.txt", &text, numbered.clone(), &["--format", "glasgow"], true), 0);
    assert_eq!(verdict("wrong.txt", &text, numbered, &["--format", "glasgow"], false), 1);
}

#[test]
fn what_cannot_be_read_is_neither_accepted_nor_refused() {
    let folder = folder("unreadable");
    let path = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let market = path(
        "market.json",
        r#"{"candidates": {"a": ["o"]}, "openings": {"o": {"quota": 1, "list": ["a"]}}}"#,
    );
    let deep = path("deep.json", &"[".repeat(100_000));
    let twice = path("twice.json", r#"{"candidates": {}, "candidates": {}}"#);
    let huge = path("huge.glasgow", "4000000000\n4000000000\n");
    let stranger = path("stranger.suite", "r 1 2\np 3 1 1\n");
    let result = path("result.json", "{}");
    for files in [
        [&deep, &result],
        [&twice, &result],
        [&huge, &result],
        [&stranger, &result],
        [&market, &deep],
        [&market, &twice],
        [&market, &"/nowhere/at/all.json".to_owned()],
    ] {
        let (code, verdict) = on_files(&files.map(String::as_str));
        assert_eq!((code, verdict["accepted"].as_bool()), (2, Some(false)), "{files:?} {verdict}");
    }
    // A result that is JSON but says nothing is refused.
    assert_eq!(on_files(&[&market, &result]).0, 1);
}
