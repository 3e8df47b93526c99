//! The words of a question and, for each, everything that counts as having it.
//!
//! A word is asked in steps, each taken only when the one before finds nothing in the collection:
//! 1. the word, as the dictionary cuts it or between the edges of words; its synonyms; related terms; a part of a
//!    longer word (会計 in 会計士);
//! 2. for Latin and kana words of five letters or more, whatever is one edit away;
//! 3. its characters anywhere, across the edges of words (where 京都 finds 東京都);
//! 4. the words it consists of, each from step 1 (酒蔵で週1回働く番頭).
//!
//! So a false friend never stands beside a true hit, and never enters its total.

use std::ops::Range;

use crate::analysis::gram::Lie;
use crate::analysis::{Token, analyse};
use crate::document::{Note, Reason};
use crate::normalise::{is_hiragana, is_kanji, is_katakana};
use crate::schema::one_small_ke;
use crate::synonyms::Synonyms;

/// Characters of a question that are read.
const MAX_CHARS: usize = 200;
/// Words of a question that are asked.
const MAX_WORDS: usize = 12;
/// Things that count as having one word.
const MAX_ALTERNATIVES: usize = 96;

/// Weight of the word itself over a part of a word, as measured in the design of the search.
const WORD: f32 = 4.0;
const SYNONYM: f32 = WORD * 0.7;
const RELATED: f32 = WORD * 0.35;
const TYPO: f32 = WORD * 0.5;
/// A part gets this little and no more however rare it is, so that it ranks behind every word.
const PART: f32 = 0.05;

/// Letters or kana from which on a word may contain a typing error.
const TYPO_FROM: usize = 5;
/// Letters or kana up to which it may: longer ones are expensive and never one word.
const TYPO_TO: usize = 24;
/// Kana from which on a string may be a part of a word; シェフ is no part of シェフィールド.
const KANA_PART_FROM: usize = 4;

/// What a document may contain.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pattern {
    /// Words at these distances from the first.
    Phrase(Vec<(usize, String)>),
    /// Two or more kana and kanji.
    Gram(String, Lie),
    /// One kana or kanji, anywhere.
    Character(char),
    /// A word at most one edit away.
    Near(String),
}

/// One of the things that count as having a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    pub pattern: Pattern,
    pub weight: f32,
    /// In the short texts only.
    pub strong_only: bool,
    /// Not in a document that has one of these.
    pub unless: Vec<Pattern>,
    pub reason: Reason,
}

impl Alternative {
    fn new(pattern: Pattern, weight: f32, reason: Reason) -> Self {
        Alternative { pattern, weight, strong_only: false, unless: Vec::new(), reason }
    }

    /// Whether it is only characters, not a word.
    pub fn is_part(&self) -> bool {
        matches!(self.reason, Reason::Part { .. })
    }
}

/// A word as everything that counts as having it, best first.
pub(crate) type Word = Vec<Alternative>;

/// The words to be asked.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub words: Vec<Word>,
    pub notes: Vec<Note>,
}

/// Plans a question. `found` says whether any document of the collection has the word.
pub(crate) fn plan<E>(
    text: &str,
    synonyms: &Synonyms,
    mut found: impl FnMut(&Word) -> Result<bool, E>,
) -> Result<Plan, E> {
    let mut plan = Plan::default();
    let kept = text.char_indices().nth(MAX_CHARS).map_or(text, |(at, _)| &text[..at]);
    let mut asked = split(kept);
    if kept.len() < text.len() || asked.len() > MAX_WORDS {
        asked.truncate(MAX_WORDS);
        plan.notes.push(Note::Cut { kept: asked.join(" ") });
    }
    for word in asked {
        let term = Term::new(word, word);
        let steps = [term.exact(synonyms), term.typos(synonyms), term.anywhere()];
        let searchable = steps.iter().any(|step| !step.is_empty());
        let units = term.units(synonyms);
        if let Some(step) = first_found(&steps, &mut found)? {
            plan.words.push(step);
        } else if units.len() > 1 {
            let mut words = Vec::with_capacity(units.len());
            for unit in units {
                let steps = [unit.exact(synonyms), unit.typos(synonyms), unit.anywhere()];
                words.push(first_found(&steps, &mut found)?.unwrap_or_default());
            }
            // 宇宙飛行士 that is nowhere, nor its parts, is one word that is missing, not two.
            if words.iter().all(Vec::is_empty) {
                words.truncate(1);
            }
            plan.words.extend(words);
        } else if searchable {
            plan.words.push(Word::new());
        } else {
            plan.notes.push(Note::Ignored { word: word.to_owned() });
        }
    }
    if plan.words.len() > MAX_WORDS {
        plan.words.truncate(MAX_WORDS);
        if plan.notes.iter().all(|note| !matches!(note, Note::Cut { .. })) {
            plan.notes.push(Note::Cut { kept: kept.to_owned() });
        }
    }
    Ok(plan)
}

fn first_found<E>(
    steps: &[Word],
    found: &mut impl FnMut(&Word) -> Result<bool, E>,
) -> Result<Option<Word>, E> {
    for step in steps.iter().filter(|step| !step.is_empty()) {
        if found(step)? {
            return Ok(Some(step.clone()));
        }
    }
    Ok(None)
}

/// The words between spaces and commas, each once.
fn split(text: &str) -> Vec<&str> {
    let separates = |c: char| c.is_whitespace() || c.is_control() || "、。,，/／|｜\"“”「」『』".contains(c);
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(separates).filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// A string that is asked as one.
struct Term {
    /// As typed.
    asked: String,
    /// Normalised.
    text: String,
    tokens: Vec<Token>,
}

impl Term {
    fn new(asked: &str, string: &str) -> Self {
        let analysed = analyse(string);
        let text = analysed.normalised.text().trim().to_owned();
        Term { asked: asked.to_owned(), text, tokens: analysed.tokens }
    }

    fn asked(&self) -> String {
        self.asked.clone()
    }

    fn is_one_character(&self) -> bool {
        self.text.chars().count() == 1
    }

    /// Kana and kanji only, two or more: what has pairs of characters.
    fn is_japanese(&self) -> bool {
        !self.is_one_character() && self.text.chars().all(|c| is_kanji(c) || is_hiragana(c) || is_katakana(c))
    }

    fn exact(&self, synonyms: &Synonyms) -> Word {
        let mut word = Word::new();
        let reach = synonyms.reach(&self.tokens);
        word.extend(phrase(&self.tokens).map(|pattern| {
            let itself = Alternative::new(pattern, WORD, Reason::Word { asked: self.asked() });
            // 酒 or 株 as a word of the narrative says little; as a trade or a tag it says all.
            Alternative { strong_only: self.is_one_character() && reach.is_some(), ..itself }
        }));
        if self.tokens.len() > 1 && self.text.chars().all(is_katakana) {
            // パートナ is cut in two, but stands in the index for パートナー.
            let one = Pattern::Phrase(vec![(0, self.text.trim_end_matches('ー').to_owned())]);
            word.push(Alternative::new(one, WORD, Reason::Word { asked: self.asked() }));
        }
        if let Some(place) = one_small_ke(&self.text) {
            let itself = phrase(&analyse(&place).tokens);
            let reason = Reason::Word { asked: self.asked() };
            word.extend(
                itself.map(|pattern| Alternative {
                    strong_only: true,
                    ..Alternative::new(pattern, WORD, reason)
                }),
            );
        }
        if self.is_japanese() {
            let whole = Pattern::Gram(self.text.clone(), Lie::Whole);
            word.push(Alternative::new(whole, WORD, Reason::Word { asked: self.asked() }));
        }
        if let Some(reach) = reach {
            let apart: Vec<Vec<Token>> = reach.apart.iter().map(|term| analyse(term).tokens).collect();
            word.extend(self.terms(&reach.same, SYNONYM, &apart));
            word.extend(self.terms(&reach.related, RELATED, &apart));
        }
        if self.may_be_part() {
            let part = Pattern::Gram(self.text.clone(), Lie::Inside);
            word.push(Alternative::new(part, PART, Reason::Part { asked: self.asked() }));
        }
        word.truncate(MAX_ALTERNATIVES);
        word
    }

    fn may_be_part(&self) -> bool {
        self.is_japanese() && (self.text.chars().any(is_kanji) || self.text.chars().count() >= KANA_PART_FROM)
    }

    /// Other terms of the table. A term does not count where it stands in a longer one that must stay apart: お試し in
    /// お試しCxO for who asks for お試し事業承継.
    fn terms(&self, terms: &[&str], weight: f32, apart: &[Vec<Token>]) -> Word {
        let mut word = Word::new();
        for &found in terms {
            let term = Term::new(&self.asked, found);
            if term.tokens == self.tokens {
                continue;
            }
            let reason = Reason::Synonym { asked: self.asked(), found: found.to_owned() };
            let longer = apart.iter().filter(|other| contains(other, &term.tokens));
            let unless: Vec<Pattern> = longer.filter_map(|other| phrase(other)).collect();
            let strong_only = term.is_one_character();
            let grams = term.is_japanese().then(|| Pattern::Gram(term.text.clone(), Lie::Whole));
            for pattern in phrase(&term.tokens).into_iter().chain(grams) {
                let (unless, reason) = (unless.clone(), reason.clone());
                word.push(Alternative { strong_only, unless, ..Alternative::new(pattern, weight, reason) });
            }
        }
        word
    }

    fn typos(&self, synonyms: &Synonyms) -> Word {
        if !may_have_typo(&self.text) {
            return Word::new();
        }
        let mut word = Word::new();
        let known = synonyms.terms().map(|term| Term::new(term, term));
        for meant in
            known.filter(|term| may_have_typo(&term.text) && one_edit(&self.text, &term.text)).take(3)
        {
            let reason = Reason::Typo { asked: self.asked(), found: meant.text.clone() };
            word.extend(phrase(&meant.tokens).map(|pattern| Alternative::new(pattern, TYPO, reason)));
            let reach = synonyms.reach(&meant.tokens).unwrap_or_default();
            word.extend(self.terms(&reach.same, TYPO * 0.7, &[]));
        }
        let reason = Reason::Typo { asked: self.asked(), found: String::new() };
        word.push(Alternative::new(Pattern::Near(self.text.clone()), TYPO, reason));
        word.truncate(MAX_ALTERNATIVES);
        word
    }

    fn anywhere(&self) -> Word {
        let pattern = match self.text.chars().next() {
            Some(c) if self.is_one_character() && (is_kanji(c) || is_hiragana(c) || is_katakana(c)) => {
                Pattern::Character(c)
            }
            _ if self.is_japanese() => Pattern::Gram(self.text.clone(), Lie::Anywhere),
            _ => return Word::new(),
        };
        vec![Alternative::new(pattern, PART, Reason::Part { asked: self.asked() })]
    }

    /// The terms it consists of: the longest of the table where there is one, else single words with what is affixed
    /// to them.
    fn units(&self, synonyms: &Synonyms) -> Vec<Term> {
        let mut units = Vec::new();
        let mut rest = &self.tokens[..];
        while let Some(first) = rest.first() {
            let known = synonyms.longest_term(rest);
            let length = if known > 0 { known } else { affixed(rest) };
            let (unit, after) = rest.split_at(length);
            let lone_affix = known == 0 && unit.iter().all(|token| token.affix);
            let range: Range<usize> = first.range.start..unit[length - 1].range.end;
            rest = after;
            if let Some(string) = self.normalised_slice(range).filter(|_| !lone_affix) {
                let tokens = unit.to_vec();
                units.push(Term { asked: string.to_owned(), text: string.to_owned(), tokens });
            }
        }
        units
    }

    fn normalised_slice(&self, range: Range<usize>) -> Option<&str> {
        self.text.get(range)
    }
}

/// The number of tokens, at least one, that make one word with its affixes.
fn affixed(tokens: &[Token]) -> usize {
    let joined =
        |pair: &&[Token]| (pair[0].affix || pair[1].affix) && pair[0].range.end == pair[1].range.start;
    1 + tokens.windows(2).take_while(joined).count()
}

fn phrase(tokens: &[Token]) -> Option<Pattern> {
    let start = tokens.first()?.position;
    Some(Pattern::Phrase(tokens.iter().map(|token| (token.position - start, token.term.clone())).collect()))
}

/// Whether the words stand within the longer sequence.
fn contains(longer: &[Token], words: &[Token]) -> bool {
    let terms = |tokens: &[Token]| tokens.iter().map(|token| token.term.clone()).collect::<Vec<_>>();
    longer.len() > words.len() && longer.windows(words.len().max(1)).any(|part| terms(part) == terms(words))
}

/// Whether a word is of one script in which people slip, and long enough to be recognised all the same.
fn may_have_typo(text: &str) -> bool {
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

    fn units(text: &str) -> Vec<String> {
        Term::new(text, text).units(&Synonyms::default()).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn a_sentence_falls_into_known_terms_and_words() {
        assert_eq!(units("番頭週一酒"), ["番頭", "週1", "酒"]);
        assert_eq!(units("酒蔵で週1回だけ手伝いたい番頭さん"), ["酒蔵", "週1回", "手伝い", "番頭"]);
    }
}
