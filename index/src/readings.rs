//! Nouns by how they are read: who types とうふ means 豆腐, and may not know its kanji or have left it unconverted.

use std::sync::OnceLock;

use crate::normalise::{is_hiragana, is_katakana};

/// A line for each reading, in the order of their bytes: katakana, and the nouns, most usual first. Made by
/// `examples/make_dictionary.rs`.
const COMPRESSED: &[u8] = include_bytes!("../data/readings.txt.zst");

/// How far the katakana stand behind the hiragana in Unicode.
const KATAKANA_FROM_HIRAGANA: u32 = 0x60;

/// The nouns that are read like this; none for what is not kana. Cost: unpacks 3 MB once, then some steps of halving.
pub(crate) fn nouns_read(kana: &str) -> impl Iterator<Item = &'static str> {
    let wanted = as_katakana(kana).unwrap_or_default();
    let found = lines().binary_search_by(|(reading, _)| (*reading).cmp(wanted.as_str())).ok();
    nouns(found.and_then(|at| lines().get(at)))
}

/// The nouns whose reading begins like this, in the order of their readings. Cost: as [`nouns_read`], and as many as are taken.
pub(crate) fn nouns_beginning(kana: &str) -> impl Iterator<Item = &'static str> {
    let wanted = as_katakana(kana).filter(|kana| !kana.is_empty());
    let from = wanted
        .as_ref()
        .map_or(lines().len(), |wanted| lines().partition_point(|(reading, _)| *reading < wanted.as_str()));
    let wanted = wanted.unwrap_or_default();
    let begin = lines()[from..].iter().take_while(move |(reading, _)| reading.starts_with(&wanted));
    begin.flat_map(|line| nouns(Some(line)))
}

/// How a noun of two characters or more may be read, in hiragana and in katakana: who writes かまぼこ means 蒲鉾. Only readings of
/// three characters or more: a shorter one stands for anything. Cost: puts all nouns into order once, then some steps of halving.
pub(crate) fn readings_of(noun: &str) -> impl Iterator<Item = String> {
    const LEAST: usize = 3;
    static NOUNS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let all = NOUNS.get_or_init(|| {
        let of_line = |line: &'static (&str, &str)| nouns(Some(line)).map(|noun| (noun, line.0));
        let mut all: Vec<_> = lines().iter().flat_map(of_line).collect();
        all.sort_unstable();
        all
    });
    let is_one = noun.chars().nth(1).is_none();
    let from = if is_one { all.len() } else { all.partition_point(|(one, _)| *one < noun) };
    let read = all[from..].iter().take_while(move |(one, _)| *one == noun).map(|(_, reading)| *reading);
    let long = read.filter(|reading| reading.chars().nth(LEAST - 1).is_some());
    long.flat_map(|reading| as_hiragana(reading).into_iter().chain([reading.to_owned()]))
}

fn nouns(line: Option<&(&'static str, &'static str)>) -> impl Iterator<Item = &'static str> + use<> {
    line.map_or("", |(_, nouns)| nouns).split(' ').filter(|noun| !noun.is_empty())
}

/// Readings, with the nouns that have them.
fn lines() -> &'static [(&'static str, &'static str)] {
    static LINES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    LINES.get_or_init(|| {
        static TEXT: OnceLock<String> = OnceLock::new();
        let text = TEXT.get_or_init(|| {
            let bytes = zstd::decode_all(COMPRESSED).expect("the embedded readings are a zstd frame");
            String::from_utf8(bytes).expect("the embedded readings are UTF-8")
        });
        text.lines().filter_map(|line| line.split_once('\t')).collect()
    })
}

/// Kana as katakana; none for anything else.
pub(crate) fn as_katakana(kana: &str) -> Option<String> {
    let katakana = |c: char| match c {
        c if is_hiragana(c) => char::from_u32(u32::from(c) + KATAKANA_FROM_HIRAGANA),
        c if is_katakana(c) => Some(c),
        _ => None,
    };
    kana.chars().map(katakana).collect()
}

/// Katakana as hiragana; none for anything else, nor for the few that have no hiragana.
pub(crate) fn as_hiragana(katakana: &str) -> Option<String> {
    let hiragana = |c: char| match c {
        'ー' | 'ヷ' | 'ヸ' | 'ヹ' | 'ヺ' => None,
        c if is_katakana(c) => char::from_u32(u32::from(c) - KATAKANA_FROM_HIRAGANA),
        _ => None,
    };
    katakana.chars().map(hiragana).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_found_by_their_reading_in_either_kana() {
        assert_eq!(nouns_read("とうふ").collect::<Vec<_>>(), ["豆腐"]);
        assert_eq!(nouns_read("オンセン").collect::<Vec<_>>(), ["温泉"]);
        assert!(nouns_read("こうか").any(|noun| noun == "効果"), "of several all");
        for nothing in ["", "とう", "豆腐", "tofu", "ンンン"] {
            assert_eq!(nouns_read(nothing).count(), 0, "{nothing}");
        }
        assert!(nouns_beginning("さかぐ").any(|noun| noun == "酒蔵"));
        assert_eq!(nouns_beginning("").chain(nouns_beginning("酒")).count(), 0);
    }

    #[test]
    fn a_noun_is_read_in_both_kana_unless_the_reading_says_too_little() {
        assert_eq!(readings_of("蒲鉾").collect::<Vec<_>>(), ["かまぼこ", "カマボコ"]);
        for nothing in ["酒", "", "かまぼこ", "蒲"] {
            assert_eq!(readings_of(nothing).count(), 0, "{nothing}");
        }
    }
}
