//! Patterns as tantivy's queries.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as Clause, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::lexicon::Lexicon;
use crate::plan::{Alternative, Pattern, Place, Word};
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
    /// Documents that have the word.
    pub fn word(&self, word: &Word) -> Box<dyn Clause> {
        best_of(word.iter().map(|each| self.alternative(each)).collect())
    }

    fn alternative(&self, alternative: &Alternative) -> Box<dyn Clause> {
        let found = self.pattern(&alternative.pattern, alternative.place);
        let weighted: Box<dyn Clause> = if alternative.is_part() {
            Box::new(ConstScoreQuery::new(found, alternative.weight))
        } else {
            Box::new(BoostQuery::new(found, alternative.weight))
        };
        if alternative.unless.is_empty() {
            return weighted;
        }
        let unless = alternative.unless.iter().map(|unless| (Occur::MustNot, self.excluded(unless)));
        Box::new(BooleanQuery::new([(Occur::Must, weighted)].into_iter().chain(unless).collect()))
    }

    /// tantivy 0.27 asks an exclusion for documents before the one it stands at, which a lone phrase does not allow
    /// (`PhraseScorer::seek_danger`); a union, even of twice the same, does.
    fn excluded(&self, unless: &Pattern) -> Box<dyn Clause> {
        Box::new(BooleanQuery::union(vec![
            self.pattern(unless, Place::Everywhere),
            self.pattern(unless, Place::Everywhere),
        ]))
    }

    fn pattern(&self, pattern: &Pattern, place: Place) -> Box<dyn Clause> {
        let Fields { strong_words, title_words, text_words, written, heading_marks, text_marks, .. } =
            *self.fields;
        let weights = [(strong_words, SHORT_TEXT), (title_words, SHORT_TEXT), (text_words, 1.0)];
        let fields_asked = match place {
            Place::Everywhere => &weights[..],
            Place::Heading => &weights[..2],
            Place::Tags => &weights[..1],
        };
        let each = |clause: &dyn Fn(Field) -> Box<dyn Clause>| {
            let boosted = |&(field, weight): &(Field, f32)| -> Box<dyn Clause> {
                Box::new(BoostQuery::new(clause(field), weight))
            };
            best_of(fields_asked.iter().map(boosted).collect())
        };
        let words_with = |part: &str, names: bool| {
            let words = self.lexicon.containing(part, names).into_iter();
            words.map(move |word| Term::from_field_text(written, &word))
        };
        match pattern {
            Pattern::Phrase(words) => each(&|field| phrase(field, words)),
            Pattern::Near(word) => {
                each(&|field| Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true)))
            }
            Pattern::Group(group, tie) => {
                let mark = mark(group, *tie);
                let fields = [(heading_marks, HEADING_MARK), (text_marks, 1.0)];
                let fields =
                    fields.iter().filter(|(field, _)| place == Place::Everywhere || *field == heading_marks);
                let clause = |&(field, weight): &(Field, f32)| -> Box<dyn Clause> {
                    let term = Term::from_field_text(field, &mark);
                    Box::new(BoostQuery::new(
                        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                        weight,
                    ))
                };
                best_of(fields.map(clause).collect())
            }
            Pattern::Part { part, names } => any_of(words_with(part, *names)),
            Pattern::Character(c) => {
                let c = c.to_string();
                let alone = weights.map(|(field, _)| Term::from_field_text(field, &c));
                any_of(alone.into_iter().chain(words_with(&c, true)))
            }
        }
    }
}

/// Documents that have at least so many of the words.
pub(crate) fn at_least(required: usize, words: &[Box<dyn Clause>]) -> Box<dyn Clause> {
    let words = words.iter().map(|word| (Occur::Should, word.box_clone())).collect();
    Box::new(BooleanQuery::with_minimum_required_clauses(words, required))
}

/// Documents that have one of the terms; it does not count for the score.
pub(crate) fn filter(terms: impl IntoIterator<Item = Term>) -> Box<dyn Clause> {
    Box::new(ConstScoreQuery::new(any_of(terms), 0.0))
}

/// Documents that have one of the terms. For a few hundred: tantivy's `TermSetQuery` builds an automaton first, which takes
/// milliseconds.
fn any_of(terms: impl IntoIterator<Item = Term>) -> Box<dyn Clause> {
    Box::new(BooleanQuery::new(terms.into_iter().map(|term| (Occur::Should, basic(term))).collect()))
}

/// Documents of a clause that have none of the terms.
pub(crate) fn except(clause: Box<dyn Clause>, terms: impl IntoIterator<Item = Term>) -> Box<dyn Clause> {
    let mut clauses = vec![(Occur::Must, clause)];
    clauses.extend(terms.into_iter().map(|term| (Occur::MustNot, basic(term))));
    Box::new(BooleanQuery::new(clauses))
}

/// Documents that pass all of the clauses.
pub(crate) fn all_of(clauses: Vec<Box<dyn Clause>>) -> Box<dyn Clause> {
    Box::new(BooleanQuery::intersection(clauses))
}

/// Words at distances. BM25 adds up what each word of a phrase is worth; divided by their number, a phrase is worth no
/// more for being long.
fn phrase(field: Field, words: &[(usize, String)]) -> Box<dyn Clause> {
    let mut terms: Vec<(usize, Term)> =
        words.iter().map(|(at, word)| (*at, Term::from_field_text(field, word))).collect();
    match terms.len() {
        0 => Box::new(BooleanQuery::new(Vec::new())),
        1 => Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs)),
        length => {
            Box::new(BoostQuery::new(Box::new(PhraseQuery::new_with_offset(terms)), 1.0 / length as f32))
        }
    }
}

fn basic(term: Term) -> Box<dyn Clause> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn best_of(clauses: Vec<Box<dyn Clause>>) -> Box<dyn Clause> {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(clauses, TIE_BREAKER))
}
