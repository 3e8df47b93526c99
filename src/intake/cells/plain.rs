//! What readers of everything that is not a text see: NFKC, no spaces, no bracketed remarks.

use unicode_normalization::UnicodeNormalization;

/// NFKC without any white space.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().filter(|letter| !letter.is_whitespace()).collect()
}

/// Takes bracketed remarks out of a text that is already [`plain`]: 23名(パート含む) → 23名. An unclosed bracket stays.
pub(super) fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut opened: Vec<usize> = Vec::new();
    for letter in text.chars() {
        match letter {
            '(' | '[' | '【' | '〔' | '〈' | '《' => {
                opened.push(out.len());
                out.push(letter);
            }
            ')' | ']' | '】' | '〕' | '〉' | '》' if !opened.is_empty() => {
                if let Some(start) = opened.pop() {
                    out.truncate(start);
                }
            }
            _ => out.push(letter),
        }
    }
    out
}

/// Splits `3~5` in its two ends. Any of 〜 ~ - ― から (and their look-alikes) divides, but only between two things.
pub(super) fn ends(text: &str) -> Option<(&str, &str)> {
    const DIVIDERS: [&str; 9] = ["から", "〜", "~", "-", "―", "–", "—", "−", "‐"];
    let (at, divider) =
        DIVIDERS.iter().filter_map(|divider| text.find(divider).map(|at| (at, *divider))).min()?;
    let (left, right) = (&text[..at], &text[at + divider.len()..]);
    (!left.is_empty() && !right.is_empty()).then_some((left, right))
}

/// Any hyphen-like character, for numbers and ids where a long vowel mark is a hyphen too.
pub(super) fn is_hyphen(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30FC}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_in_brackets_are_dropped_and_open_brackets_stay() {
        assert_eq!(without_brackets("23名(パート含む)"), "23名");
        assert_eq!(without_brackets("a(b(c)d)e"), "ae");
        assert_eq!(without_brackets("a)b(c"), "a)b(c");
    }

    #[test]
    fn a_divider_stands_between_two_ends() {
        assert_eq!(ends("1〜2"), Some(("1", "2")));
        assert_eq!(ends("3万円から5万円"), Some(("3万円", "5万円")));
        assert_eq!(ends("-5"), None);
        assert_eq!(ends("5万円〜"), None);
    }
}
