//! Patterns as tantivy's queries.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as Clause, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::lexicon::Lexicon;
use crate::pattern::{Alternative, Pattern, Place, Word};
use crate::schema::Fields;
use crate::terms::mark;

/// A short text says more about an opening than its narrative does.
const SHORT_TEXT: f32 = 2.0;
/// The same for a term of a group, which is not weighed by the length of its text: less, so that another word in a heading does
/// not go before the very word in a narrative.
const HEADING_MARK: f32 = 1.4;
/// What a second way of having the same word adds to the best one.
const TIE_BREAKER: f32 = 0.1;

/// What patterns are asked of.
pub(crate) struct Asking<'a> {
    pub fields: &'a Fields,
    pub lexicon: &'a Lexicon,
}

impl Asking<'_> {
    /// Documents that have the word: a document is worth what the best way of having it is worth, and a little for each other
    /// one. All ways stand side by side in one union, since each union within a union is gone through by itself.
    pub fn word(&self, word: &Word) -> Box<dyn Clause> {
        let ways = word.iter().flat_map(|each| self.alternative(each)).collect();
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
    }

    fn alternative(&self, alternative: &Alternative) -> Vec<Box<dyn Clause>> {
        let Alternative { pattern, weight, place, unless, .. } = alternative;
        let ways = self.pattern(pattern, *place);
        let weighted: Vec<Box<dyn Clause>> = if alternative.is_part() {
            vec![Box::new(ConstScoreQuery::new(any_of(ways.into_iter().map(|(way, _)| way)), *weight))]
        } else {
            let boosted = |(way, worth): (_, f32)| Box::new(BoostQuery::new(way, worth * weight)) as Box<_>;
            ways.into_iter().map(boosted).collect()
        };
        if unless.is_empty() {
            return weighted;
        }
        let but = |way| {
            let unless = unless.iter().map(|unless| (Occur::MustNot, self.excluded(unless)));
            Box::new(BooleanQuery::new([(Occur::Must, way)].into_iter().chain(unless).collect())) as Box<_>
        };
        weighted.into_iter().map(but).collect()
    }

    /// tantivy 0.27 asks an exclusion for documents before the one it stands at, which a lone phrase does not allow
    /// (`PhraseScorer::seek_danger`); a union, even of twice the same, does.
    fn excluded(&self, unless: &Pattern) -> Box<dyn Clause> {
        let twice = [(), ()].into_iter().flat_map(|()| self.pattern(unless, Place::Everywhere));
        any_of(twice.map(|(way, _)| way))
    }

    /// The ways in which a document may have a pattern, each with what it is worth beside the others.
    fn pattern(&self, pattern: &Pattern, place: Place) -> Vec<(Box<dyn Clause>, f32)> {
        let Fields { strong_words, title_words, text_words, written, heading_marks, text_marks, .. } =
            *self.fields;
        let weights = [(strong_words, SHORT_TEXT), (title_words, SHORT_TEXT), (text_words, 1.0)];
        let fields = match place {
            Place::Everywhere => &weights[..],
            Place::Heading => &weights[..2],
            Place::Tags => &weights[..1],
        };
        let words_with = |part: &str, whole: bool| {
            let words = self.lexicon.containing(part, whole).into_iter();
            words.map(move |word| (basic(Term::from_field_text(written, &word)), 1.0))
        };
        match pattern {
            Pattern::Phrase(words) => {
                fields.iter().filter_map(|&(field, worth)| phrase(field, words, worth)).collect()
            }
            Pattern::Near(word) => {
                let near = |field| FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true);
                fields.iter().map(|&(field, worth)| (Box::new(near(field)) as Box<_>, worth)).collect()
            }
            Pattern::Group(group, tie) => {
                let mark = mark(group, *tie);
                let marks = [(heading_marks, HEADING_MARK), (text_marks, 1.0)];
                let marks = marks.into_iter().take(if place == Place::Everywhere { 2 } else { 1 });
                marks.map(|(field, worth)| (counted(Term::from_field_text(field, &mark)), worth)).collect()
            }
            Pattern::Part { part, whole } => words_with(part, *whole).collect(),
            Pattern::Character(c) => {
                let c = c.to_string();
                let alone = weights.map(|(field, _)| (basic(Term::from_field_text(field, &c)), 1.0));
                alone.into_iter().chain(words_with(&c, true)).collect()
            }
        }
    }
}

/// Documents that have at least so many of the words.
pub(crate) fn at_least(required: usize, words: &[Box<dyn Clause>]) -> Box<dyn Clause> {
    match words {
        [word] if required <= 1 => word.box_clone(),
        words => {
            let words = words.iter().map(|word| (Occur::Should, word.box_clone())).collect();
            Box::new(BooleanQuery::with_minimum_required_clauses(words, required))
        }
    }
}

/// Documents that have one of the terms; it does not count for the score.
pub(crate) fn filter(terms: impl IntoIterator<Item = Term>) -> Box<dyn Clause> {
    Box::new(ConstScoreQuery::new(any_of(terms.into_iter().map(basic)), 0.0))
}

/// Documents that pass one of the clauses. For a few hundred: tantivy's `TermSetQuery` builds an automaton first, which takes
/// milliseconds.
fn any_of(clauses: impl IntoIterator<Item = Box<dyn Clause>>) -> Box<dyn Clause> {
    Box::new(BooleanQuery::union(clauses.into_iter().collect()))
}

/// Documents of a clause that have none of the terms.
pub(crate) fn except(clause: Box<dyn Clause>, terms: impl IntoIterator<Item = Term>) -> Box<dyn Clause> {
    let mut terms = terms.into_iter().map(|term| (Occur::MustNot, basic(term))).peekable();
    if terms.peek().is_none() {
        return clause;
    }
    Box::new(BooleanQuery::new([(Occur::Must, clause)].into_iter().chain(terms).collect()))
}

/// Documents that pass all of the clauses.
pub(crate) fn all_of(clauses: Vec<Box<dyn Clause>>) -> Box<dyn Clause> {
    Box::new(BooleanQuery::intersection(clauses))
}

/// Words at distances. BM25 adds up what each word of a phrase is worth; divided by their number, a phrase is worth no
/// more for being long. None for no words.
fn phrase(field: Field, words: &[(usize, String)], worth: f32) -> Option<(Box<dyn Clause>, f32)> {
    let mut terms: Vec<(usize, Term)> =
        words.iter().map(|(at, word)| (*at, Term::from_field_text(field, word))).collect();
    match terms.len() {
        0 => None,
        1 => Some((counted(terms.remove(0).1), worth)),
        length => Some((Box::new(PhraseQuery::new_with_offset(terms)), worth / length as f32)),
    }
}

/// A term that is worth more where it stands more often.
fn counted(term: Term) -> Box<dyn Clause> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// A term that is there or not.
fn basic(term: Term) -> Box<dyn Clause> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}
