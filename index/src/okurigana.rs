//! One form for words that are written with more or fewer of their kana: 引き継ぎ, 引継ぎ, 引継 and the verb 引き継ぐ.
//!
//! Which words these are stands in `data/okurigana.txt`, by their kanji alone. The kana are not dropped from every word:
//! 生き物 is no 生物, 後継ぎ is read otherwise than 後継.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::analysis::{Role, Word};
use crate::normalise::{is_hiragana, is_kanji};

const STEMS: &str = include_str!("../data/okurigana.txt");

/// Words of the dictionary that one such word may be cut into: 問い, 合わ, せ.
const MOST: usize = 3;
/// Characters of the longest spelling: 問い合わせる.
const LONGEST: usize = 7;

/// The words of a run, each spelling of one of these words as one word with one form.
pub(crate) fn joined(run: &str, words: Vec<Word>) -> Vec<Word> {
    let mut out = Vec::with_capacity(words.len());
    let mut rest = &words[..];
    while let Some(first) = rest.first() {
        let found = (1..=MOST.min(rest.len()))
            .rev()
            .find_map(|length| Some((length, stem_of(run, &rest[..length])?)));
        let (length, term) = match found {
            Some((length, stem)) => (length, Some(stem.to_owned())),
            None => (1, first.term.clone()),
        };
        let role = if found.is_some() && length > 1 { Role::Noun } else { first.role };
        out.push(Word { term, range: first.range.start..rest[length - 1].range.end, role });
        rest = &rest[length..];
    }
    out
}

/// The kanji of a word of the table that these words spell.
fn stem_of(run: &str, words: &[Word]) -> Option<&'static str> {
    let (first, last) = (words.first()?, words.last()?);
    if words.iter().any(|word| word.term.is_none()) {
        return None;
    }
    let written = run.get(first.range.start..last.range.end)?;
    // A single verb may stand in any form: its base form says which kana belong to it.
    stem(written).or_else(|| first.term.as_deref().filter(|_| words.len() == 1).and_then(stem))
}

fn stem(written: &str) -> Option<&'static str> {
    static TABLE: OnceLock<FxHashMap<[char; 2], &'static str>> = OnceLock::new();
    let mut kanji = ['\0'; 2];
    let mut count = 0;
    for (at, c) in written.chars().enumerate() {
        if is_kanji(c) {
            *kanji.get_mut(count)? = c;
            count += 1;
        }
        let begins_otherwise = at == 0 && count == 0;
        if begins_otherwise || at == LONGEST || !(is_kanji(c) || is_hiragana(c)) {
            return None;
        }
    }
    TABLE.get_or_init(table).get(&kanji).copied()
}

fn table() -> FxHashMap<[char; 2], &'static str> {
    let both = |stem: &'static str| {
        let mut kanji = stem.chars();
        Some(([kanji.next()?, kanji.next()?], stem))
    };
    STEMS.split_whitespace().filter_map(both).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::analysis::analyse;

    #[test]
    fn every_spelling_becomes_its_kanji() {
        for (spellings, stem) in [
            ("引継 引継ぎ 引き継ぎ 引き継ぐ 引継ぐ", "引継"),
            ("取組 取組み 取り組み 取り組む", "取組"),
            ("受付 受付け 受け付け 受け付ける", "受付"),
            ("見積 見積り 見積もり 見積もる", "見積"),
            ("組立 組立て 組み立て 組み立てる", "組立"),
            ("申込 申込み 申し込み 申し込む", "申込"),
            ("問合せ 問い合わせ 問い合せ 問合わせ", "問合"),
            ("打合せ 打ち合わせ 打合わせ", "打合"),
            ("売上 売上げ 売り上げ", "売上"),
            ("締切 締切り 締め切り", "締切"),
        ] {
            for spelling in spellings.split(' ') {
                let tokens = analyse(spelling).tokens;
                let terms: Vec<&str> = tokens.iter().map(|token| token.term.as_str()).collect();
                assert_eq!(terms, [stem], "{spelling}");
            }
        }
    }

    #[test]
    fn other_words_keep_their_kana() {
        for word in ["後継ぎ", "生き物", "手探り"] {
            assert!(analyse(word).tokens.iter().any(|token| token.term.chars().any(is_hiragana)), "{word}");
        }
    }

    #[test]
    fn every_word_of_the_table_is_kanji_and_stands_there_once() {
        let mut seen = HashSet::new();
        for stem in STEMS.split_whitespace() {
            assert!(stem.chars().count() == 2 && stem.chars().all(is_kanji), "{stem}");
            assert!(seen.insert(stem), "{stem} stands there twice");
        }
    }
}
