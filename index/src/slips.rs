//! Slips of the keyboard: one edit in a word long enough to be recognised all the same. Never in kanji, where one
//! character is half a word.

use crate::normalise::{is_hiragana, is_katakana};

/// Letters or kana from which on a word may contain a typing error.
const TYPO_FROM: usize = 5;
/// Letters or kana up to which it may: longer ones are expensive and never one word.
const TYPO_TO: usize = 24;

/// Whether a word is of one script in which people slip, and long enough to be recognised all the same.
pub(crate) fn may_have_typo(text: &str) -> bool {
    let one_script = |is: fn(char) -> bool| text.chars().all(is);
    (TYPO_FROM..=TYPO_TO).contains(&text.chars().count())
        && (one_script(is_katakana) || one_script(is_hiragana) || one_script(|c| c.is_ascii_alphabetic()))
}

/// Whether two different strings are one insertion, deletion, replacement or swap of neighbours apart.
pub(crate) fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - tail], &b[..b.len() - tail]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([x, y], [u, v]) => x == v && y == u,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_one_and_not_none_or_two() {
        for (a, b) in [
            ("マーケテング", "マーケティング"),
            ("kintone", "kintne"),
            ("abcde", "abdce"),
            ("デザイン", "デサイン"),
        ] {
            assert!(one_edit(a, b) && one_edit(b, a), "{a} {b}");
        }
        for (a, b) in [("kintone", "kintone"), ("kintone", "kitnoen"), ("", "ab"), ("abcd", "badc")] {
            assert!(!one_edit(a, b), "{a} {b}");
        }
    }
}
