//! One spelling for what a reader takes as the same word, and the way back to the characters written.
//!
//! Full and half width, upper and lower case, half-width kana with their marks, old and variant kanji, dashes used
//! as long vowels, ヴ and kanji numerals beside a unit of time all become one form. Every piece of the result remembers
//! the bytes of the original it came from, so that a highlight marks what the author wrote.
//!
//! Not for: splitting into words, dropping a trailing long vowel (it needs the word: see [`crate::analysis`]).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Current form and, after it, the old or variant forms of one kanji that NFKC leaves apart; groups stand apart by
/// white space.
pub(crate) const KANJI_VARIANTS: &str = include_str!("../data/kanji_variants.txt");

/// More bytes of marks on one character than any script writes are dropped: they only cost time.
const MAX_MARKS: usize = 32;

/// A normalised text with its map to the original.
#[derive(Debug, Clone, Default)]
pub struct Normalised {
    text: String,
    pieces: Vec<Piece>,
}

/// Where one character of the normalised text begins, and the bytes of the original that it stands for.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    at: usize,
    origin: Range<usize>,
}

impl Normalised {
    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that the non-empty range of bytes of the normalised text stands for. Cost:
    /// logarithmic in the length.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let first = self.piece_at(range.start);
        let last = self.piece_at(range.end.saturating_sub(1).max(range.start));
        match (first, last) {
            (Some(first), Some(last)) => first.origin.start..last.origin.end,
            _ => 0..0,
        }
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// With room for what so many bytes become: few texts grow.
    fn for_bytes(bytes: usize) -> Self {
        /// A kana or a kanji.
        const OF_ONE: usize = 3;
        Self { text: String::with_capacity(bytes), pieces: Vec::with_capacity(bytes / OF_ONE) }
    }

    fn push(&mut self, c: char, origin: &Range<usize>) {
        self.pieces.push(Piece { at: self.text.len(), origin: origin.clone() });
        self.text.push(c);
    }
}

/// The normalised text alone.
pub fn normalise(text: &str) -> String {
    normalise_mapped(text).text
}

/// The normalised text with its map. Cost: linear in the length.
pub fn normalise_mapped(text: &str) -> Normalised {
    let mut out = Normalised::for_bytes(text.len());
    let mut last = ' ';
    for Cluster { origin, base, marks } in clusters(text) {
        let mut push = |c: char| {
            let c = match c {
                '\n' => '\n',
                c if c.is_whitespace() || c.is_control() => ' ',
                c if is_dash(c) && is_katakana(last) => 'ー',
                c if is_dash(c) && c != 'ー' => '-',
                c => current_form(c),
            };
            out.push(c, &origin);
            last = c;
        };
        // Most characters of a text are of one form only.
        if marks.is_empty() && base.is_some_and(|c| is_hiragana(c) || matches!(c, 'ァ'..='ヺ' | '一'..='鿿'))
        {
            base.into_iter().for_each(push);
        } else {
            let composed = base.into_iter().chain(marks.chars()).nfkc();
            composed.flat_map(char::to_lowercase).for_each(&mut push);
        }
    }
    with_digits(with_plain_v(out))
}

/// What NFKC must see together.
struct Cluster {
    /// Bytes of the original.
    origin: Range<usize>,
    /// Nothing when what stands first has no width of its own.
    base: Option<char>,
    marks: String,
}

/// The text cut into characters, each with the marks, the half-width voicing marks and the variation selectors behind it.
fn clusters(text: &str) -> impl Iterator<Item = Cluster> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        let voiced = is_katakana(first) || is_hiragana(first);
        let mut marks = String::new();
        while let Some(&(at, c)) = chars.peek() {
            let mark = match c {
                'ﾞ' => Some('\u{3099}'),
                'ﾟ' => Some('\u{309a}'),
                '゛' if voiced => Some('\u{3099}'),
                '゜' if voiced => Some('\u{309a}'),
                // Nearly every character: to look into the tables for it would cost more than all else here.
                UNIFIED_FROM..=UNIFIED_TO | 'ぁ'..='ゖ' | 'ァ'..='ヺ' => break,
                c if is_invisible(c) => None,
                c if is_combining_mark(c) => Some(c),
                _ => break,
            };
            chars.next();
            end = at + c.len_utf8();
            marks.extend(mark.filter(|_| marks.len() < MAX_MARKS));
        }
        Some(Cluster { origin: start..end, base: Some(first).filter(|&c| !is_invisible(c)), marks })
    })
}

/// Variation selectors, joiners, marks of direction, soft hyphens: nothing a reader searches by.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// What people type for a long vowel or a hyphen.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | 'ー' | 'ｰ')
}

/// Katakana, including the long vowel mark and the half-width forms.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | 'ｦ'..='ﾝ')
}

/// Hiragana.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ')
}

/// Kanji, the repetition mark and ヶ, which is written as part of a kanji word, not included.
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〆' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character of a word may become another one, alone or beside others, by more than its case: not kana, kanji of one
/// form and ASCII. What stands between words does not count.
pub(crate) fn may_change(c: char) -> bool {
    match c {
        'ヴ' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' => true,
        c if c != 'ー' && is_dash(c) => true,
        c if c.is_ascii() || is_hiragana(c) => false,
        'ァ'..='ヺ' | 'ー' | '・' | '\u{3000}'..='】' | '！' | '？' | '（' | '）' | '：' => false,
        UNIFIED_FROM..=UNIFIED_TO => numeral(c).is_some() || current_form(c) != c,
        _ => true,
    }
}

/// The block of most kanji.
const UNIFIED_FROM: char = '\u{4e00}';
const UNIFIED_TO: char = '\u{9fff}';

/// The current form of a kanji. Nearly every character of a text is asked for, so it is looked up by its place.
fn current_form(c: char) -> char {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    if !(UNIFIED_FROM..=UNIFIED_TO).contains(&c) {
        return current_forms().get(&c).copied().unwrap_or(c);
    }
    let table = TABLE.get_or_init(|| {
        let form = |c: char| current_forms().get(&c).copied().unwrap_or(c);
        (UNIFIED_FROM..=UNIFIED_TO).map(form).collect()
    });
    table.get(c as usize - UNIFIED_FROM as usize).copied().unwrap_or(c)
}

fn current_forms() -> &'static HashMap<char, char> {
    static TABLE: OnceLock<HashMap<char, char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for group in KANJI_VARIANTS.split_whitespace() {
            let mut forms = group.chars();
            if let Some(current) = forms.next() {
                table.extend(forms.filter(|&old| old != current).map(|old| (old, current)));
            }
        }
        table
    })
}

/// ヴァ, ヴィ … and ヴ written as they are spoken: バイオリン and ヴァイオリン.
fn with_plain_v(source: Normalised) -> Normalised {
    if !source.text.contains('ヴ') {
        return source;
    }
    let mut out = Normalised::for_bytes(source.text.len());
    let mut pieces = source.text.chars().zip(&source.pieces).peekable();
    while let Some((c, piece)) = pieces.next() {
        let vowel = pieces.peek().filter(|_| c == 'ヴ').and_then(|&(next, after)| {
            let plain = match next {
                'ァ' => 'バ',
                'ィ' => 'ビ',
                'ェ' => 'ベ',
                'ォ' => 'ボ',
                _ => return None,
            };
            Some((plain, after.origin.end))
        });
        match vowel {
            Some((plain, end)) => {
                out.push(plain, &(piece.origin.start..end));
                pieces.next();
            }
            None => out.push(if c == 'ヴ' { 'ブ' } else { c }, &piece.origin),
        }
    }
    out
}

/// Kanji numerals beside a unit of time, before 代目 and before what is counted written as digits: 週一 and 週1, 月二回 and 月2回,
/// 三代目 and 3代目, 八十歳 and 80歳; with them 週に一日 as 週1日 and 三ヶ月 as 3か月.
fn with_digits(source: Normalised) -> Normalised {
    let chars: Vec<char> = source.text.chars().collect();
    let counts = |c: char| numeral(c).is_some() || c.is_ascii_digit();
    if !chars.iter().any(|&c| counts(c)) {
        return source;
    }
    let mut out = Normalised::for_bytes(source.text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let last = at.checked_sub(1).map(|at| chars[at]);
        if c == 'に' && last.is_some_and(is_span) && next.is_some_and(counts) {
            at += 1;
            continue;
        }
        if is_small_ka(c) && next == Some('月') && last.is_some_and(counts) {
            out.push('か', &source.pieces[at].origin);
            at += 1;
            continue;
        }
        let numerals: Vec<u32> = chars[at..].iter().map_while(|&c| numeral(c)).collect();
        let length = numerals.len().max(1);
        let behind = |by: usize| chars.get(at + length + by).copied();
        // 週に一日 and 一か月 count as 週一日 and 一月 do.
        let before =
            at.checked_sub(2).map(|at| chars[at]).filter(|&c| last == Some('に') && is_span(c)).or(last);
        let after = if behind(0).is_some_and(is_small_ka) { behind(1) } else { behind(0) };
        let counts_heirs = chars[at..].iter().skip(length).take(2).eq(&['代', '目']);
        let counts_things = is_free(last) && is_counter(behind(0)) && is_free(behind(1));
        let is_count = counts_time(before, after) || counts_heirs || counts_things;
        let origins = &source.pieces[at..at + length];
        if let Some(number) = value(&numerals).filter(|_| is_count) {
            let origin = origins[0].origin.start..origins[length - 1].origin.end;
            number.to_string().chars().for_each(|digit| out.push(digit, &origin));
            at += length;
        } else {
            out.push(c, &origins[0].origin);
            at += 1;
        }
    }
    out
}

/// Whether a numeral between these characters counts weeks, months, times, days or years: 唯一日本 does not.
fn counts_time(before: Option<char>, after: Option<char>) -> bool {
    match before {
        Some('週') => true,
        Some('月' | '年') if is_free(after) => true,
        Some('月' | '年' | '第' | '毎' | '約' | '計' | '丸' | '満') => is_unit(after),
        before => is_free(before) && is_unit(after),
    }
}

/// Whether a character makes no word with a kanji beside it.
fn is_free(c: Option<char>) -> bool {
    !c.is_some_and(is_kanji)
}

/// What things and people are counted by, where no longer word begins: 三人の会社, not 一人前.
fn is_counter(c: Option<char>) -> bool {
    matches!(c, Some('歳' | '人' | '名' | '社' | '店' | '軒' | '室' | '棟' | '台' | '件' | '割' | '円'))
}

/// What something may happen once in.
fn is_span(c: char) -> bool {
    matches!(c, '週' | '月' | '年')
}

/// How months are counted: 3か月, 3ヶ月, 3カ月, 3箇月.
fn is_small_ka(c: char) -> bool {
    matches!(c, 'か' | 'ヶ' | 'ケ' | 'ヵ' | 'カ' | '箇' | '個')
}

fn is_unit(c: Option<char>) -> bool {
    matches!(c, Some('週' | '月' | '回' | '日' | '年'))
}

fn numeral(c: char) -> Option<u32> {
    let digit = "一二三四五六七八九十".chars().position(|numeral| numeral == c)?;
    u32::try_from(digit + 1).ok()
}

/// The number below one hundred that kanji numerals spell; nothing for what is not one number (一二, 十十).
fn value(numerals: &[u32]) -> Option<u32> {
    match numerals[..] {
        [n] => Some(n),
        [10, ones @ 1..=9] => Some(10 + ones),
        [tens @ 2..=9, 10] => Some(tens * 10),
        [tens @ 2..=9, 10, ones @ 1..=9] => Some(tens * 10 + ones),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_variants_is_disjoint_from_the_others() {
        let mut seen = std::collections::HashSet::new();
        for group in KANJI_VARIANTS.split_whitespace() {
            let forms: std::collections::HashSet<char> = group.chars().collect();
            for form in forms {
                assert!(seen.insert(form), "{form} stands in two groups");
            }
        }
    }

    #[test]
    fn the_map_leads_back_to_the_characters_written() {
        let original = "㈱ｶﾞｰﾃﾞﾝ髙";
        let normalised = normalise_mapped(original);
        assert_eq!(normalised.text(), "(株)ガーデン高");
        let garden = normalised.text().find("ガーデン").unwrap();
        let origin = normalised.origin(garden..garden + "ガーデン".len());
        assert_eq!(&original[origin], "ｶﾞｰﾃﾞﾝ");
        let inside = normalised.text().find('株').unwrap();
        assert_eq!(&original[normalised.origin(inside..inside + 3)], "㈱");
    }
}
