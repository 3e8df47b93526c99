//! What the command line says of itself.

use crate::house::{Town, binary, said};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["demo"],
    &["import"],
    &["search"],
    &["index"],
    &["index", "judge"],
    &["round"],
    &["round", "new"],
    &["round", "freeze"],
    &["round", "run"],
    &["round", "show"],
    &["round", "compare"],
    &["round", "publish"],
    &["round", "export"],
    &["solve"],
    &["lattice"],
    &["audit"],
    &["why"],
    &["serve"],
];

fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'ぁ'..='ヿ' | '一'..='龥'))
}

#[test]
fn every_command_explains_itself_in_both_languages() {
    let town = Town::anywhere();
    for command in COMMANDS {
        let help = |lang: &str| town.does([*command, &["--help", "--lang", lang]].concat()).out;
        let (ja, en) = (help("ja"), help("en"));
        assert!(is_japanese(ja.lines().next().expect("a first line")), "{command:?}:\n{ja}");
        // A language is called by its own name.
        assert!(!is_japanese(&en.replace("日本語", "")), "{command:?}:\n{en}");
        assert!(en.contains("--data-dir"), "{command:?} takes what every command takes:\n{en}");
    }
}

#[test]
fn wrong_words_are_refused_with_what_to_do() {
    let town = Town::anywhere();
    let cases: &[&[&str]] = &[
        &["imprt"],
        &["import"],
        &["import", "--no-such-option", "x"],
        &["search", "cats", "neko"],
        &["search", "openings", "酒", "--limit", "many"],
        &["search", "openings", "酒", "--filter", "colour=blue"],
        &["search", "openings", "酒", "--filter", "pref"],
        &["round", "fly"],
        &["round", "show", "--output", "poem"],
        &["round", "show", "first"],
        &["solve"],
        &["serve", "--listen", "nowhere"],
    ];
    for words in cases {
        let told = town.run(*words).exits(2);
        assert!(told.out.is_empty(), "{words:?}: {}", told.out);
        assert!(!told.err.trim().is_empty(), "{words:?}");
        let english = town.run([*words, &["--lang", "en"]].concat()).exits(2);
        assert!(is_japanese(&told.err), "{words:?}: {}", told.err);
        assert_ne!(told.err, english.err, "{words:?}");
    }
}

#[test]
fn options_of_every_command_may_stand_anywhere() {
    let town = Town::anywhere();
    let data = town.data();
    let data = data.to_str().expect("a path of ours");
    let orders = [
        ["--data-dir", data, "index", "check"],
        ["index", "--data-dir", data, "check"],
        ["index", "check", "--data-dir", data],
    ];
    for words in orders {
        let told = said(binary().current_dir(town.path()).args(words));
        assert_eq!(told.code, 0, "{words:?}: {}", told.err);
    }
}
