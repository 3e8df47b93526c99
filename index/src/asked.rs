//! A string of a question and everything that counts as having it.
//!
//! It is asked in steps, each taken only when the one before finds nothing in the collection:
//! 1. the word, as the dictionary cuts it or between the edges of words; its synonyms; related terms; a part of a
//!    longer word (会計 in 会計士);
//! 2. for Latin and kana words of five letters or more, whatever is one edit away;
//! 3. its characters anywhere, across the edges of words (where 京都 finds 東京都).
//!
//! So a false friend never stands beside a true hit, and never enters its total.

use crate::analysis::{Role, Token};
use crate::document::{Note, Reason};
use crate::lexicon::Lexicon;
use crate::normalise::{is_hiragana, is_kanji, is_katakana};
use crate::pattern::{
    Alternative, PART, Pattern, Place, RELATED, SYNONYM, TYPO, TYPO_SYNONYM, WORD, Word, contains, exactly,
    phrase,
};
use crate::readings::{as_hiragana, as_katakana, nouns_read, readings_of};
use crate::schema::one_small_ke;
use crate::slips::{may_have_typo, may_mean, one_edit};
use crate::synonyms::{Reach, Synonyms, Term};
use crate::terms::Tie;

/// Things that count as having one word.
const MAX_ALTERNATIVES: usize = 96;

/// Terms of the table that a word with a slip may have meant.
const MAX_MEANT: usize = 3;
/// Words that are looked at for what may have been meant.
const MAX_LOOKED_AT: usize = 24;
/// Nouns of a sentence that every opening and every profile has.
const SAYING_NOTHING: [&str; 8] = ["人", "方", "会社", "仕事", "求人", "募集", "案件", "場所"];
/// Kana from which on a string may be a part of a word; シェフ is no part of シェフィールド.
const KANA_PART_FROM: usize = 4;

/// Ways of writing what is asked in kana, at most.
const MAX_READ: usize = 8;

/// What a question is understood by.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub synonyms: &'a Synonyms,
    /// The table whose terms the index has marked.
    pub marked: &'a Synonyms,
    pub lexicon: &'a Lexicon,
}

/// A string that is asked as one.
pub(crate) struct Asked<'a>(pub Term, pub Known<'a>);

impl<'a> Asked<'a> {
    fn asked(&self) -> String {
        self.0.written.clone()
    }

    pub fn text(&self) -> &str {
        &self.0.text
    }

    pub fn steps(&self) -> [Word; 3] {
        [self.exact(), self.typos(), self.anywhere()]
    }

    fn exact(&self) -> Word {
        let synonyms = self.1.synonyms;
        let mut word = Word::new();
        let itself = |pattern| Alternative::new(pattern, WORD, Reason::Word { asked: self.asked() });
        let other = self.in_other_kana();
        let reach = synonyms.reach(&self.0.tokens);
        let reach = reach.or_else(|| synonyms.reach(&other.as_ref()?.tokens));
        word.extend(phrase(&self.0.tokens).map(|pattern| {
            // 酒 or 株 as a word of the narrative says little; as a trade or a tag it says all.
            let place = if is_one(self.text()) && reach.is_some() { Place::Tags } else { Place::Everywhere };
            Alternative { place, ..itself(pattern) }
        }));
        if self.0.tokens.len() > 1 && self.text().chars().all(is_katakana) {
            // パートナ is cut in two, but stands in the index for パートナー.
            word.push(itself(Pattern::Phrase(vec![(0, self.text().trim_end_matches('ー').to_owned())])));
        }
        word.extend(other.and_then(|other| phrase(&other.tokens)).map(itself));
        if let Some(place) = one_small_ke(self.text()) {
            let pattern = phrase(&Term::new(&place).tokens);
            word.extend(pattern.map(|pattern| Alternative { place: Place::Tags, ..itself(pattern) }));
        }
        word.extend(self.cuts(&self.0).into_iter().map(&itself));
        word.extend(self.read());
        if let Some(reach) = reach {
            word.extend(self.same(&reach, SYNONYM));
            word.extend(self.related(&reach));
        }
        if self.may_be_part() {
            let part = Pattern::Part { part: self.text().to_owned(), whole: false };
            word.push(Alternative::new(part, PART, Reason::Part { asked: self.asked() }));
        }
        word.truncate(MAX_ALTERNATIVES);
        word
    }

    /// 豆腐 for who asks for とうふ; かまぼこ for who asks for 蒲鉾 where nobody writes that.
    fn read(&self) -> Word {
        let occurs = |noun: &Term| {
            !noun.tokens.is_empty() && noun.tokens.iter().all(|token| self.1.lexicon.knows(&token.term))
        };
        let in_kana = self.text().chars().any(is_kanji) && !occurs(&self.0);
        let nouns = nouns_read(self.text()).map(Term::new);
        let kana =
            in_kana.then(|| readings_of(self.text())).into_iter().flatten().map(|kana| Term::new(&kana));
        let nouns = nouns.chain(kana);
        let as_word = |noun: Term| {
            let reason = Reason::Synonym { asked: self.asked(), found: noun.written.clone() };
            phrase(&noun.tokens).map(|pattern| Alternative::new(pattern, SYNONYM, reason))
        };
        nouns.filter(occurs).take(MAX_READ).filter_map(as_word).collect()
    }

    /// The other ways in which the dictionary may have cut a term in some text.
    fn cuts(&self, term: &Term) -> Vec<Pattern> {
        if !is_japanese(&term.text) {
            return Vec::new();
        }
        let own = phrase(&term.tokens);
        let cuts = self.1.lexicon.cuts(&term.text).into_iter();
        let patterns = cuts.map(|cut| Pattern::Phrase((0..).zip(cut).collect()));
        patterns.filter(|pattern| Some(pattern) != own.as_ref()).collect()
    }

    /// りんご for who asks for リンゴ, and the other way round; only where it is one word there too.
    fn in_other_kana(&self) -> Option<Term> {
        let other = as_hiragana(self.text()).or_else(|| as_katakana(self.text()))?;
        if is_one(self.text()) || other == self.text() {
            return None;
        }
        let term = Term::new(&other);
        (term.tokens.len() == 1 && term.tokens[0].role == Role::Noun).then_some(term)
    }

    fn may_be_part(&self) -> bool {
        let mut characters = self.text().chars();
        is_japanese(self.text())
            && (characters.any(is_kanji) || self.text().chars().count() >= KANA_PART_FROM)
    }

    /// The terms of the group.
    fn same(&self, reach: &Reach<'_>, weight: f32) -> Word {
        let known = self.marked(reach, Tie::Same, weight, Place::Everywhere);
        known.unwrap_or_else(|| self.others(&reach.same, weight, Place::Everywhere, &reach.apart))
    }

    /// The terms of related groups.
    fn related(&self, reach: &Reach<'_>) -> Word {
        let known = self.marked(reach, Tie::Related, RELATED, Place::Heading);
        known.unwrap_or_else(|| self.others(&reach.related, RELATED, Place::Heading, &reach.apart))
    }

    /// All terms at once, when the index has marked them.
    fn marked(&self, reach: &Reach<'_>, tie: Tie, weight: f32, place: Place) -> Option<Word> {
        let Known { synonyms, marked, .. } = self.1;
        synonyms.agrees(marked, reach.group).then(|| {
            let reason = Reason::Synonym { asked: self.asked(), found: String::new() };
            let pattern = Pattern::Group(reach.group.id.clone(), tie);
            vec![Alternative { place, ..Alternative::new(pattern, weight, reason) }]
        })
    }

    /// Terms of the table, one by one. A term does not count where it stands in a longer one that must stay apart: お試し in
    /// お試しCxO for who asks for お試し事業承継.
    fn others(&self, terms: &[&Term], weight: f32, place: Place, apart: &[&Term]) -> Word {
        let mut word = Word::new();
        for term in terms.iter().filter(|term| term.tokens != self.0.tokens) {
            let longer = apart.iter().filter(|other| contains(&other.tokens, &term.tokens));
            let unless: Vec<Pattern> = longer.filter_map(|other| phrase(&other.tokens)).collect();
            let place = if is_one(&term.text) { Place::Tags } else { place };
            let cuts = if place == Place::Everywhere { self.cuts(term) } else { Vec::new() };
            for pattern in phrase(&term.tokens).into_iter().chain(cuts) {
                let reason = Reason::Synonym { asked: self.asked(), found: term.written.clone() };
                let unless = unless.clone();
                word.push(Alternative { place, unless, ..Alternative::new(pattern, weight, reason) });
            }
        }
        word
    }

    fn typos(&self) -> Word {
        let synonyms = self.1.synonyms;
        if !may_have_typo(self.text()) {
            return Word::new();
        }
        let mut word = Word::new();
        let meant = |term: &&Term| may_have_typo(&term.text) && one_edit(self.text(), &term.text);
        for term in synonyms.terms().filter(meant).take(MAX_MEANT) {
            let reason = Reason::Typo { asked: self.asked(), found: term.text.clone() };
            word.extend(phrase(&term.tokens).map(|pattern| Alternative::new(pattern, TYPO, reason)));
            let reach = synonyms.reach(&term.tokens);
            word.extend(reach.into_iter().flat_map(|reach| self.same(&reach, TYPO_SYNONYM)));
        }
        let reason = Reason::Typo { asked: self.asked(), found: String::new() };
        word.push(Alternative::new(Pattern::Near(self.text().to_owned()), TYPO, reason));
        word.truncate(MAX_ALTERNATIVES);
        word
    }

    fn anywhere(&self) -> Word {
        let known = self.1.synonyms.reach(&self.0.tokens).is_some();
        let pattern = match self.text().chars().next() {
            Some(_) if is_one(self.text()) && known => return Word::new(),
            Some(c) if is_one(self.text()) && is_japanese_character(c) => Pattern::Character(c),
            // ライス is no part of フライス.
            _ if self.text().chars().all(is_katakana) && self.text().chars().count() < KANA_PART_FROM => {
                return Word::new();
            }
            _ if is_japanese(self.text()) => Pattern::Part { part: self.text().to_owned(), whole: true },
            _ => return Word::new(),
        };
        let across = self.1.lexicon.across(self.text()).into_iter();
        let across = across.map(|(left, right)| Pattern::Phrase(vec![(0, left), (1, right)]));
        let patterns = [pattern].into_iter().chain(across);
        patterns.map(|each| Alternative::new(each, PART, Reason::Part { asked: self.asked() })).collect()
    }

    /// What may have been meant by a word that nothing has: terms of the table and words that occur where they may be seen.
    pub fn perhaps<E>(&self, found: &mut impl FnMut(&Word) -> Result<bool, E>) -> Result<Option<Note>, E> {
        let like = |text: &str| may_mean(self.text(), text);
        let of_table = self.1.synonyms.terms().map(|term| term.text.as_str()).filter(|text| like(text));
        let occurring = self.1.lexicon.all_terms(like);
        let mut near: Vec<&str> = of_table.chain(occurring).collect();
        near.sort_by_key(|text| {
            (!one_edit(self.text(), text), text.len().abs_diff(self.text().len()), *text)
        });
        near.dedup();
        let mut meant = Vec::new();
        for text in near.into_iter().take(MAX_LOOKED_AT) {
            let term = Term::new(text);
            let itself = |pattern| Alternative::word(pattern, Reason::Word { asked: self.asked() });
            let word: Word = exactly(&term).map(itself).into_iter().collect();
            if meant.len() < MAX_MEANT && !word.is_empty() && found(&word)? {
                meant.push(text.to_owned());
            }
        }
        Ok((!meant.is_empty()).then(|| Note::Perhaps { asked: self.asked(), meant }))
    }

    /// What is found of the word without its affixes.
    pub fn core_found<E>(&self, found: &mut impl FnMut(&Word) -> Result<bool, E>) -> Result<Option<Word>, E> {
        self.core().map_or(Ok(None), |core| first_found(&core.steps(), found))
    }

    /// The word without what is affixed to it: 豆腐 for 豆腐屋.
    fn core(&self) -> Option<Asked<'a>> {
        let first = self.0.tokens.iter().position(|token| token.role != Role::Affix)?;
        let last = self.0.tokens.iter().rposition(|token| token.role != Role::Affix)?;
        let tokens = &self.0.tokens[first..=last];
        let start = self.0.tokens[0].range.start;
        let text =
            self.text().get(tokens[0].range.start - start..tokens[tokens.len() - 1].range.end - start)?;
        let term = Term { written: text.to_owned(), text: text.to_owned(), tokens: tokens.to_vec() };
        (text != self.text()).then_some(Asked(term, self.1))
    }

    /// How many bytes of it are a noun that was left in hiragana before a kanji, which the dictionary cuts into anything: とうふ in
    /// とうふ屋さん.
    fn begins_in_kana(&self) -> Option<usize> {
        let text = self.text();
        let end = text.find(|c| !is_hiragana(c)).filter(|&end| text[end..].starts_with(is_kanji))?;
        let is_long = text[..end].chars().nth(2).is_some();
        (is_long && nouns_read(&text[..end]).next().is_some()).then_some(end)
    }

    /// The number of tokens that make one word of katakana with a slip, where the dictionary sees several.
    fn with_a_slip(&self, tokens: &[Token]) -> Option<usize> {
        let is_katakana = |token: &Token| token.term.chars().all(is_katakana);
        let beside = |pair: &&[Token]| pair[0].range.end == pair[1].range.start && is_katakana(&pair[1]);
        let more = tokens.windows(2).take_while(beside).count();
        if more == 0 || !is_katakana(&tokens[0]) {
            return None;
        }
        let asked = self.text().get(tokens[0].range.start..tokens[more].range.end)?;
        let like = |text: &str| text.len().abs_diff(asked.len()) <= 'ア'.len_utf8() && one_edit(asked, text);
        let Known { synonyms, lexicon, .. } = self.1;
        let is_known = may_have_typo(asked)
            && (synonyms.terms().any(|term| like(&term.text)) || !lexicon.all_terms(like).is_empty());
        is_known.then_some(more + 1)
    }

    /// The terms it consists of: the longest of the table where there is one, else single words with what is affixed to
    /// them. Verbs count only where there is nothing else: 働きたい says little of a job.
    pub fn units(&self) -> Vec<Asked<'a>> {
        let synonyms = self.1.synonyms;
        let (mut nouns, mut verbs) = (Vec::new(), Vec::new());
        let begins = self.begins_in_kana();
        nouns.extend(begins.map(|end| Asked(Term::new(&self.text()[..end]), self.1)));
        let behind = self.0.tokens.partition_point(|token| Some(token.range.start) < begins);
        let mut rest = &self.0.tokens[behind..];
        while let Some(first) = rest.first() {
            let known = synonyms.longest_term(rest);
            let length =
                if known > 0 { known } else { self.with_a_slip(rest).unwrap_or_else(|| affixed(rest)) };
            let (unit, after) = rest.split_at(length);
            rest = after;
            let Some(text) = self.text().get(first.range.start..unit[length - 1].range.end) else { continue };
            let term = Term { written: text.to_owned(), text: text.to_owned(), tokens: unit.to_vec() };
            if known == 0 && SAYING_NOTHING.contains(&term.text.as_str()) {
                verbs.push(Asked(term, self.1));
            } else if known > 0 || unit.iter().any(|token| token.role == Role::Noun) {
                nouns.push(Asked(term, self.1));
            } else if unit.iter().any(|token| token.role == Role::Other) {
                verbs.push(Asked(term, self.1));
            }
        }
        if nouns.is_empty() { verbs } else { nouns }
    }
}

fn is_one(text: &str) -> bool {
    text.chars().count() == 1
}

fn is_japanese_character(c: char) -> bool {
    is_kanji(c) || is_hiragana(c) || is_katakana(c)
}

/// Kana and kanji only, two or more: what may be cut in several ways, and be a part of a word.
fn is_japanese(text: &str) -> bool {
    text.chars().nth(1).is_some() && text.chars().all(is_japanese_character)
}

/// The number of tokens, at least one, that make one word with its affixes.
fn affixed(tokens: &[Token]) -> usize {
    let joined = |pair: &&[Token]| {
        pair.iter().any(|token| token.role == Role::Affix) && pair[0].range.end == pair[1].range.start
    };
    1 + tokens.windows(2).take_while(joined).count()
}

/// The first step of which any document has a way.
pub(crate) fn first_found<E>(
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

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        let (lexicon, synonyms) = (Lexicon::default(), Synonyms::default());
        let known = Known { synonyms: &synonyms, marked: &synonyms, lexicon: &lexicon };
        let asked = Asked(Term::new(text), known);
        asked.units().into_iter().map(|unit| unit.0.text).collect()
    }

    #[test]
    fn a_sentence_falls_into_known_terms_and_words() {
        assert_eq!(units("番頭週一酒"), ["番頭", "週1", "酒"]);
        assert_eq!(units("酒蔵で週1回だけ手伝いたい番頭さん"), ["酒蔵", "週1回", "番頭"]);
    }

    #[test]
    fn a_word_in_kana_that_the_dictionary_cuts_up_stays_one() {
        assert_eq!(units("とうふ屋さん"), ["とうふ", "屋さん"]);
        assert_eq!(units("クリーンニグ工場"), ["クリーンニグ", "工場"]);
    }
}
