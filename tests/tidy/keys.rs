//! Texts: every key in every language, every key used, every used key there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{Source, none, sources};

/// Japanese help has no English twin: English help is the doc comment beside the option.
const JAPANESE_ONLY: &str = "help";

type Keys = BTreeMap<String, String>;

/// The keys of a file of this language.
fn keys_of<'a>(source: &'a Source, lang: &str) -> Vec<&'a str> {
    if !source.path.starts_with(&format!("src/texts/locales/{lang}/")) {
        return Vec::new();
    }
    let plain = |key: &&str| {
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    source
        .text
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim_end())
        .filter(plain)
        .collect()
}

/// The keys of a language and the file of each.
fn keys(texts: &[Source], lang: &str) -> Keys {
    let of = |source: &Source| -> Vec<(String, String)> {
        keys_of(source, lang).into_iter().map(|key| (key.to_owned(), source.path.clone())).collect()
    };
    texts.iter().flat_map(of).collect()
}

fn untranslated(texts: &[Source]) -> Vec<String> {
    let (ja, en) = (keys(texts, "ja"), keys(texts, "en"));
    let missing = |from: &Keys, to: &Keys, lang: &str| -> Vec<String> {
        let gone = from.iter().filter(|(key, _)| !to.contains_key(*key));
        gone.filter(|(key, _)| !(lang == "en" && key.starts_with(JAPANESE_ONLY)))
            .map(|(key, file)| format!("{file}: {key} is missing in {lang}"))
            .collect()
    };
    [missing(&ja, &en, "en"), missing(&en, &ja, "ja")].concat()
}

fn twice(texts: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for lang in ["ja", "en"] {
        let mut seen = BTreeSet::new();
        for source in texts {
            for key in keys_of(source, lang) {
                if !seen.insert(key) {
                    complaints.push(format!("{}: {key} is said twice in {lang}", source.path));
                }
            }
        }
    }
    complaints
}

/// The string literals of code and templates that may be keys, whole or with holes to be filled.
struct Named {
    whole: BTreeSet<String>,
    with_holes: Vec<(String, Regex)>,
    /// Keys asked for by name, and where.
    asked: BTreeMap<String, String>,
}

fn named(code: &[Source]) -> Named {
    static LITERAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#""([a-z][A-Za-z0-9_-]*(?:\{[a-z_.]*\}[A-Za-z0-9_-]*)*)""#).expect("a pattern")
    });
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:\bsay|\bsay_with|shell\.t|shell\.with)\(\s*"([A-Za-z0-9_-]+)""#).expect("a pattern")
    });
    static HOLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\\{[^}]*\\\}").expect("a pattern"));
    let mut named = Named { whole: BTreeSet::new(), with_holes: Vec::new(), asked: BTreeMap::new() };
    for source in code.iter().filter(|source| !source.path.ends_with(".ftl")) {
        for found in LITERAL.captures_iter(&source.text) {
            let literal = &found[1];
            if literal.contains("-{") {
                let pattern = HOLE.replace_all(&regex::escape(literal), "[A-Za-z0-9_-]+").into_owned();
                let pattern = Regex::new(&format!("^{pattern}$")).expect("an escaped text");
                named.with_holes.push((format!("{}: {literal}", source.path), pattern));
            } else {
                named.whole.insert(literal.to_owned());
            }
        }
        for found in ASKED.captures_iter(&source.text) {
            named.asked.insert(found[1].to_owned(), source.path.clone());
        }
    }
    named
}

fn unsaid_and_unused(texts: &[Source], code: &[Source]) -> Vec<String> {
    let (ja, named) = (keys(texts, "ja"), named(code));
    let unsaid = named.asked.iter().filter(|(key, _)| !ja.contains_key(*key));
    let used = |key: &str| {
        key.starts_with(JAPANESE_ONLY)
            || named.whole.contains(key)
            || named.with_holes.iter().any(|(_, pattern)| pattern.is_match(key))
    };
    let unused = ja.iter().filter(|(key, _)| !used(key));
    let unsaid = unsaid.map(|(key, file)| format!("{file}: {key} is asked for and said nowhere"));
    let unused = unused.map(|(key, file)| format!("{file}: {key} is used nowhere"));
    unsaid.chain(unused).collect()
}

#[cfg(test)]
fn texts(ja: &str, en: &str) -> Vec<Source> {
    vec![Source::new("src/texts/locales/ja/x.ftl", ja), Source::new("src/texts/locales/en/x.ftl", en)]
}

#[test]
fn every_text_is_said_in_every_language() {
    none(&untranslated(&sources("src/texts")));
}

#[test]
fn a_text_missing_in_a_language_is_found() {
    assert_eq!(untranslated(&texts("greeting = やあ\n", "greeting = Hello\n")), Vec::<String>::new());
    assert_eq!(untranslated(&texts("greeting = やあ\nbye = では\n", "greeting = Hello\n")).len(), 1);
    assert_eq!(untranslated(&texts("", "greeting = Hello\n")).len(), 1);
    assert_eq!(untranslated(&texts("help-import = 取り込む\n", "")), Vec::<String>::new());
}

#[test]
fn every_text_is_said_once() {
    none(&twice(&sources("src/texts")));
}

#[test]
fn a_text_said_twice_is_found() {
    assert_eq!(twice(&texts("a = あ\nb = い\na = う\n", "a = a\n")).len(), 1);
}

#[test]
fn every_text_is_used_and_every_used_text_is_there() {
    none(&unsaid_and_unused(&sources("src/texts"), &sources("src")));
}

#[test]
fn a_text_that_is_unused_or_missing_is_found() {
    let check =
        |ja: &str, code: &str| unsaid_and_unused(&texts(ja, ""), &[Source::new("src/web/x.rs", code)]);
    assert_eq!(check("a-b = あ\n", r#"lang.say("a-b")"#), Vec::<String>::new());
    assert_eq!(check("a-b = あ\n", r#"let key = if x { "a-b" } else { "a-c" };"#), Vec::<String>::new());
    assert_eq!(check("stage-draft = 準備\n", r#"lang.say(&format!("stage-{name}"))"#), Vec::<String>::new());
    assert_eq!(check("a-b = あ\n", "").len(), 1, "used nowhere");
    assert_eq!(check("", r#"{{ lang.say_with("a-b", &[]) }}"#).len(), 1, "said nowhere");
}
