//! Pairs of neighbouring kana and kanji, each in the forms that say how it lies to the words around it.
//!
//! Pairs find what words do not: parts of words, and words that the dictionary cuts otherwise in another context. They
//! find false friends too (京都 in 東京都), so a pair stands in the index in up to five forms, and a query chooses:
//!
//! | form | where |
//! |---|---|
//! | `会計` | anywhere |
//! | `=会計` | inside one word that is not a name |
//! | `^会計` | a word begins with it |
//! | `会計$` | a word ends with it |
//! | `^会計$` | both |
//!
//! Latin letters and digits have no pairs: IT is not in PROFIT.

use std::ops::Range;

use crate::analysis::Segment;

/// How a string may lie to the words of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Lie {
    /// It begins where a word begins and ends where a word ends, however it was cut between.
    Whole,
    /// It is inside one word that is not a name.
    Inside,
    /// Anywhere, false friends included.
    Anywhere,
}

/// The forms to be found side by side for a string; none for fewer than two characters.
pub(crate) fn asked(string: &str, lie: Lie) -> Vec<String> {
    let last = pairs(string).count().saturating_sub(1);
    let form = |(i, (_, pair)): (usize, (usize, &str))| match lie {
        Lie::Whole => edged(pair, i == 0, i == last),
        Lie::Inside => inside(pair),
        Lie::Anywhere => pair.to_owned(),
    };
    pairs(string).enumerate().map(form).collect()
}

/// The forms of all pairs of a run, with their places counted in characters from `place`; returns the place for the next
/// run. The last character stands alone too, so that every character is the beginning of something.
pub(crate) fn written(run: &str, words: &[Segment], place: usize, out: &mut Vec<(usize, String)>) -> usize {
    let begins = |at: usize| words.binary_search_by_key(&at, |word| word.range.start).is_ok();
    let mut place = place;
    for (start, pair) in pairs(run) {
        let end = start + pair.len();
        let (first, last) = (begins(start), end == run.len() || begins(end));
        out.push((place, pair.to_owned()));
        if first {
            out.push((place, edged(pair, true, false)));
        }
        if last {
            out.push((place, edged(pair, false, true)));
        }
        if first && last {
            out.push((place, edged(pair, true, true)));
        }
        if is_inside(words, start..end) {
            out.push((place, inside(pair)));
        }
        place += 1;
    }
    out.extend(run.chars().next_back().map(|c| (place, c.to_string())));
    place + 2
}

/// Whether the bytes of a run are a part, not the whole, of one word that is not a name.
pub(crate) fn is_inside(words: &[Segment], range: Range<usize>) -> bool {
    let after = words.partition_point(|word| word.range.start <= range.start);
    let word = after.checked_sub(1).and_then(|at| words.get(at));
    word.is_some_and(|word| range.end <= word.range.end && word.range != range && !word.name)
}

/// Neighbouring characters with the byte where the first begins.
fn pairs(string: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = string.char_indices().skip(2).map(|(at, _)| at).chain([string.len()]);
    let many = string.chars().nth(1).is_some();
    string.char_indices().zip(ends).take_while(move |_| many).map(|((at, _), end)| (at, &string[at..end]))
}

fn inside(pair: &str) -> String {
    format!("={pair}")
}

fn edged(pair: &str, first: bool, last: bool) -> String {
    format!("{}{pair}{}", if first { "^" } else { "" }, if last { "$" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_written_in_the_forms_of_its_lie() {
        let words = [0..6, 6..15].map(|range| Segment { range, name: false });
        let mut grams = Vec::new();
        let next = written("公認会計士", &words, 0, &mut grams);
        let at = |place: usize| {
            grams.iter().filter(|gram| gram.0 == place).map(|gram| gram.1.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(at(0), ["公認", "^公認", "公認$", "^公認$"]);
        assert_eq!(at(1), ["認会"]);
        assert_eq!(at(2), ["会計", "^会計", "=会計"]);
        assert_eq!(at(3), ["計士", "計士$", "=計士"]);
        assert_eq!(at(4), ["士"]);
        assert_eq!(next, 6);
    }
}
