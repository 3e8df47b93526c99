//! Patterns as tantivy's queries.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as Clause, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::grams;
use crate::plan::{Alternative, Pattern, Place, Word};
use crate::schema::Fields;

/// A short text says more about an opening than its narrative does.
const SHORT_TEXT: f32 = 2.0;
/// What a second way of having the same word adds to the best one.
const TIE_BREAKER: f32 = 0.1;

/// Documents that have the word.
pub(crate) fn word(fields: &Fields, word: &Word) -> Box<dyn Clause> {
    best_of(word.iter().map(|each| alternative(fields, each)).collect())
}

/// Documents that have at least so many of the words.
pub(crate) fn at_least(required: usize, words: &[Box<dyn Clause>]) -> Box<dyn Clause> {
    let words = words.iter().map(|word| (Occur::Should, word.box_clone())).collect();
    Box::new(BooleanQuery::with_minimum_required_clauses(words, required))
}

/// Documents that have one of the terms; it does not count for the score.
pub(crate) fn filter(terms: impl IntoIterator<Item = Term>) -> Box<dyn Clause> {
    let clauses = terms.into_iter().map(|term| (Occur::Should, basic(term))).collect();
    Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new(clauses)), 0.0))
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

fn alternative(fields: &Fields, alternative: &Alternative) -> Box<dyn Clause> {
    let found = pattern(fields, &alternative.pattern, alternative.place);
    let weighted: Box<dyn Clause> = if alternative.is_part() {
        Box::new(ConstScoreQuery::new(found, alternative.weight))
    } else {
        Box::new(BoostQuery::new(found, alternative.weight))
    };
    if alternative.unless.is_empty() {
        return weighted;
    }
    let unless = alternative.unless.iter().map(|unless| (Occur::MustNot, excluded(fields, unless)));
    Box::new(BooleanQuery::new([(Occur::Must, weighted)].into_iter().chain(unless).collect()))
}

/// tantivy 0.27 asks an exclusion for documents before the one it stands at, which a lone phrase does not allow
/// (`PhraseScorer::seek_danger`); a union, even of twice the same, does.
fn excluded(fields: &Fields, unless: &Pattern) -> Box<dyn Clause> {
    Box::new(BooleanQuery::union(vec![
        pattern(fields, unless, Place::Everywhere),
        pattern(fields, unless, Place::Everywhere),
    ]))
}

fn pattern(fields: &Fields, pattern: &Pattern, place: Place) -> Box<dyn Clause> {
    let weights =
        [(fields.strong_words, SHORT_TEXT), (fields.title_words, SHORT_TEXT), (fields.text_words, 1.0)];
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
    match pattern {
        Pattern::Phrase(words) => each(&|field| phrase(field, words)),
        Pattern::Near(word) => {
            each(&|field| Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true)))
        }
        Pattern::Gram(string, lie) => {
            let pairs: Vec<(usize, String)> = grams::asked(string, *lie).into_iter().enumerate().collect();
            phrase(fields.grams, &pairs)
        }
        Pattern::Character(c) => {
            let beginning = Term::from_field_text(fields.grams, &c.to_string());
            Box::new(FuzzyTermQuery::new_prefix(beginning, 0, false))
        }
    }
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
