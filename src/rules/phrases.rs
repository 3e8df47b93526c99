//! Many patterns over one line of text, where a pattern that allows cancels the hits it overlaps.
//!
//! Patterns use no look-around and no back-reference, so that every search is linear in the text. What would
//! need look-around elsewhere is said by a second pattern that matches the harmless longer phrase.

use std::ops::Range;

use regex::{Regex, RegexSet};
use unicode_normalization::UnicodeNormalization;

/// A list of patterns, known by their place in the list.
pub(super) struct Phrases {
    /// Tells in one pass which patterns match at all; most lines match none.
    any: RegexSet,
    each: Vec<Regex>,
}

/// One match of one pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// The place of the pattern in the list.
    pub(super) pattern: usize,
    /// Where it matched, in bytes of the line.
    pub(super) span: Range<usize>,
}

impl Phrases {
    /// # Errors
    /// The first pattern that is no regular expression.
    pub(super) fn new<P: AsRef<str>>(patterns: &[P]) -> Result<Self, regex::Error> {
        Ok(Self {
            any: RegexSet::new(patterns)?,
            each: patterns.iter().map(|pattern| Regex::new(pattern.as_ref())).collect::<Result<_, _>>()?,
        })
    }

    /// Every match of the patterns that `applies` selects, pattern by pattern.
    pub(super) fn hits(&self, line: &str, applies: impl Fn(usize) -> bool) -> Vec<Hit> {
        let matching = self.any.matches(line);
        let applicable = matching.iter().filter(|pattern| applies(*pattern));
        applicable
            .flat_map(|pattern| {
                self.each[pattern].find_iter(line).map(move |found| Hit { pattern, span: found.range() })
            })
            .collect()
    }
}

/// The lines of a text as the patterns expect them: NFKC, no white space, none empty.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', '\r'])
        .map(|line| line.nfkc().filter(|letter| !letter.is_whitespace()).collect::<String>())
        .filter(|line| !line.is_empty())
}

/// The accusing hits that no allowing hit of the same category overlaps. `role` gives the category of a
/// pattern and whether it allows.
pub(super) fn upheld<C: PartialEq>(hits: Vec<Hit>, role: impl Fn(usize) -> (C, bool)) -> Vec<Hit> {
    let (allowing, accusing): (Vec<Hit>, Vec<Hit>) = hits.into_iter().partition(|hit| role(hit.pattern).1);
    let cancels = |allowed: &Hit, hit: &Hit| {
        role(allowed.pattern).0 == role(hit.pattern).0
            && allowed.span.start < hit.span.end
            && hit.span.start < allowed.span.end
    };
    accusing.into_iter().filter(|hit| !allowing.iter().any(|allowed| cancels(allowed, hit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_without_width_and_spaces() {
        assert_eq!(lines("３５ 歳\r\n\n　まで").collect::<Vec<_>>(), ["35歳", "まで"]);
    }

    #[test]
    fn a_hit_is_cancelled_only_by_an_overlap_of_its_own_category() {
        let phrases = Phrases::new(&["cat", "black cat", "dog", "big dog"]).expect("patterns");
        let role = |pattern| [("cats", false), ("cats", true), ("dogs", false), ("cats", true)][pattern];
        let hits = phrases.hits("black cat, cat, big dog", |_| true);
        let standing: Vec<_> = upheld(hits, role).into_iter().map(|hit| hit.span).collect();
        assert_eq!(standing, [11..14, 20..23]);
    }
}
