//! Slips of the keyboard: one edit in a word long enough to be recognised all the same. Never in kanji, where one
//! character is half a word.

use crate::normalise::{is_hiragana, is_kanji, is_katakana};

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

/// Whether a word that nothing has may have been meant as another one: two edits in a long word of letters or kana, one in a
/// shorter one, and one character of three or more kanji. That is to be asked, not taken for granted.
pub(crate) fn may_mean(asked: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (asked.chars().collect(), other.chars().collect());
    let one_script = |is: fn(char) -> bool| a.iter().chain(&b).all(|&c| is(c));
    let phonetic =
        one_script(is_katakana) || one_script(is_hiragana) || one_script(|c| c.is_ascii_alphabetic());
    let most = match a.len() {
        6..=TYPO_TO if phonetic => 2,
        4..=TYPO_TO if phonetic => 1,
        3..=TYPO_TO if one_script(is_kanji) && a.len() == b.len() => 1,
        _ => return false,
    };
    // People get the first character right, or the last.
    let begins_alike = a.first() == b.first() || a.last() == b.last();
    a.len().abs_diff(b.len()) <= most && begins_alike && (1..=most).contains(&edits(&a, &b))
}

/// The number of insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal string
/// alignment; Oommen and Loke, 1997). Cost: the product of the lengths.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_been_meant_is_near_and_of_the_same_script() {
        for (asked, other) in [
            ("デザイソ", "デザイン"),
            ("マケテング", "マケテンク"),
            ("コンサルタト", "コンサルタント"),
            ("マケーティグ", "マーケティング"),
            ("後継社", "後継者"),
            ("pithon", "python"),
        ] {
            assert!(may_mean(asked, other), "{asked} {other}");
        }
        for (asked, other) in [
            ("デザイン", "デザイン"),
            ("旅官", "旅館"),
            ("ライス", "アイス"),
            ("後継社", "後継ぎ"),
            ("デザイン", "design"),
        ] {
            assert!(!may_mean(asked, other), "{asked} {other}");
        }
        assert!(!may_mean("マケテング", "マーケティング"), "two edits in five kana are too many");
    }

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
