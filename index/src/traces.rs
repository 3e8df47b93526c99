//! Which sentences of a text can have a word of a question at all.
//!
//! The texts of a page are cut again to be marked, and cutting costs more than everything else that a page needs. Most sentences
//! have nothing of the question, and that can be seen as they are written: whatever form a word takes, it keeps its kanji,
//! its katakana, its letters and its digits, and few sentences have characters of more than one form.

use crate::normalise::{is_hiragana, may_change};
use crate::pattern::{Pattern, Word};
use crate::synonyms::{Synonyms, Term};

/// What the words of a question leave in a text.
#[derive(Debug, Default)]
pub(crate) struct Traces {
    /// Some word leaves none.
    none: bool,
    each: Vec<Trace>,
}

/// Characters that must all be there.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Trace {
    mask: u64,
    characters: String,
}

impl Traces {
    /// Those of everything that counts as having one of the words.
    pub fn of(words: &[Word], table: &Synonyms) -> Self {
        let mut traces = Self::default();
        for alternative in words.iter().flatten() {
            for pattern in [&alternative.pattern].into_iter().chain(&alternative.unless) {
                traces.add(pattern, table);
            }
        }
        traces.each.sort_unstable();
        traces.each.dedup();
        traces
    }

    fn add(&mut self, pattern: &Pattern, table: &Synonyms) {
        match pattern {
            Pattern::Phrase(words) => self.add_words(words.iter().map(|(_, word)| word.as_str())),
            Pattern::Group(group, tie) => table.terms_tied(group, *tie).for_each(|term| self.add_term(term)),
            Pattern::Part { part, .. } => self.each.push(Trace::of(part.clone())),
            Pattern::Character(c) => self.each.push(Trace::of(c.to_string())),
            // Any one of its characters may be another one.
            Pattern::Near(_) => self.none = true,
        }
    }

    /// A term stands in a text by its words or by its characters; both have what its words keep.
    fn add_term(&mut self, term: &Term) {
        self.add_words(term.tokens.iter().map(|token| token.term.as_str()));
    }

    fn add_words<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let kept: String = words.flat_map(str::chars).filter(|&c| !is_hiragana(c)).collect();
        // What is hiragana throughout may be inflected beyond recognition: 来る becomes き or こ.
        if kept.is_empty() { self.none = true } else { self.each.push(Trace::of(kept)) }
    }

    /// Whether a sentence may have one of the words; when not, it has none. Cost: a look at each character.
    pub fn may_stand_in(&self, written: &str) -> bool {
        let mask = mask(written);
        let stands = |trace: &Trace| {
            mask & trace.mask == trace.mask
                && trace.characters.chars().all(|c| written.contains(|w: char| w.to_ascii_lowercase() == c))
        };
        self.none || self.each.iter().any(stands) || written.chars().any(may_change)
    }
}

impl Trace {
    fn of(characters: String) -> Self {
        Self { mask: mask(&characters), characters }
    }
}

/// Which characters there may be in any case, in sixty-four drawers.
fn mask(text: &str) -> u64 {
    text.chars().fold(0, |mask, c| mask | 1 << (u32::from(c.to_ascii_lowercase()) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::document::Reason;
    use crate::pattern::{Alternative, exactly};

    fn traces(term: &str) -> Traces {
        let pattern = exactly(&Term::new(term)).expect("a word");
        let word = vec![Alternative::word(pattern, Reason::Word { asked: term.to_owned() })];
        Traces::of(&[word], &Synonyms::default())
    }

    #[test]
    fn a_sentence_without_the_kanji_of_a_word_cannot_have_it() {
        let traces = traces("手伝う");
        assert!(traces.may_stand_in("週末に手伝っていただける方"));
        assert!(!traces.may_stand_in("手に職のある方"));
        assert!(!traces.may_stand_in("伝える方"));
        assert!(traces.may_stand_in("ﾃﾂﾀﾞｳ方"), "what is written in another form is looked at");
    }

    #[test]
    fn a_group_stands_where_one_of_its_terms_may() {
        let table = Synonyms::default();
        let group = table.group_of("番頭").expect("a group").id.clone();
        let pattern = Pattern::Group(group, crate::terms::Tie::Same);
        let word = vec![Alternative::word(pattern, Reason::Word { asked: "番頭".to_owned() })];
        let traces = Traces::of(&[word], &table);
        assert!(traces.may_stand_in("社長の右腕として"));
        assert!(!traces.may_stand_in("庭の草を刈ります"));
    }

    /// The one thing that all this rests on.
    #[test]
    fn every_word_keeps_its_characters_whatever_its_form() {
        let texts = "引き継ぎ、引継いだ。サーバーを立ち上げて、ヴァイオリンを弾けた。来られる方、来い、出来ます。二ヶ月働いた。\
                     美しかった町を見直そう。ＥＣサイトを組み立てたい、申し込まれた、問い合わせた。𠮷野家へ行った、言われた。";
        let text = analyse(texts);
        assert!(text.tokens.len() > 20);
        for token in &text.tokens {
            let written = &text.normalised.text()[token.range.clone()];
            let kept = token.term.chars().filter(|&c| !is_hiragana(c));
            assert!(kept.clone().all(|c| written.contains(c)), "{written} is {}", token.term);
        }
    }
}
