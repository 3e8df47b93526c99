//! A question answered: planned, asked, counted, put in order, and its page made readable.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::query::{AllQuery, Query as Clause};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use crate::asked::Known;
use crate::clause::{self, Asking};
use crate::collect::{Collect, Filters, Found, any, count};
use crate::columns::{Columns, Scope};
use crate::document::{Answer, Cursor, Hit, Kind, Note, Query, Reason, Sort};
use crate::mark::{Marked, Texts};
use crate::page::{Cut, cut};
use crate::pattern::Word;
use crate::plan::plan;
use crate::processors;
use crate::schema::{Fields, facet_value, split_facet};
use crate::snapshot::{Index, IndexError, Live};
use crate::statistics::Fixed;
use crate::traces::Traces;

/// Rows for which another thread is worth its start.
const WORTH_A_THREAD: usize = 5;
/// Marks that are left out, at most.
const MAX_WITHOUT: usize = 256;

impl Index {
    /// Answers a question. Any text of any length is answered.
    ///
    /// A document is found when it has all the words, and of a sentence two thirds; when none has all, those are found that have
    /// most of them, and a note says so. What counts as having a word: see the module `asked`. The total, the facets and the places of pages
    /// are of the documents found.
    ///
    /// # Errors
    /// [`IndexError::Doubt`], [`IndexError::Disk`] or [`IndexError::Library`] when the index cannot be read any more.
    ///
    /// Cost: some milliseconds per word at 100,000 documents, and the cutting of the texts of one page.
    pub fn search(&self, query: &Query) -> Result<Answer, IndexError> {
        let live = self.live()?;
        let searcher = live.reader.searcher();
        let (words, found, notes) = match self.gather(&live, &searcher, query)? {
            Gathered::Nothing(notes) => return Ok(Answer { notes, ..Answer::default() }),
            Gathered::Found(gathered) => gathered,
        };
        let sort = sort_of(query, &words);
        let Cut { start, rows, more } = cut(&searcher, &found.documents, &query.page, query.limit)?;
        let has_words = !words.is_empty();
        let traces = Traces::of(&words, &live.table);
        let edge = |row: Option<&(Cursor, DocAddress)>, there: bool| {
            row.filter(|_| there).map(|(cursor, _)| cursor.clone())
        };
        let hit = |(cursor, address): &(Cursor, DocAddress)| -> Result<Hit, IndexError> {
            let score = if has_words && sort == Sort::Relevance { cursor.key as f32 / 1000.0 } else { 0.0 };
            let hit =
                Hit { id: cursor.id.clone(), score, ..read(&searcher, &live, *address, &words, &traces)? };
            Ok(with_filters(hit, &live.columns, *address, &query.filters))
        };
        // Cutting the texts of a page takes longer than finding them.
        let read = |places: std::ops::Range<usize>| rows[places].iter().map(hit).collect();
        let hits = processors::share(rows.len(), WORTH_A_THREAD, read);
        let hits = hits.into_iter().collect::<Result<Vec<Vec<Hit>>, IndexError>>()?;
        Ok(Answer {
            total: found.documents.len() as u64,
            start: start as u64,
            hits: hits.concat(),
            before: edge(rows.first(), start > 0),
            after: edge(rows.last(), more),
            facets: facets(&live.columns, &found),
            notes,
        })
    }

    /// The ids of the page that [`Index::search`] would answer, in its order, without reading any text.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn ids(&self, query: &Query) -> Result<Vec<String>, IndexError> {
        let live = self.live()?;
        let searcher = live.reader.searcher();
        match self.gather(&live, &searcher, query)? {
            Gathered::Nothing(_) => Ok(Vec::new()),
            Gathered::Found((_, found, _)) => {
                let Cut { rows, .. } = cut(&searcher, &found.documents, &query.page, query.limit)?;
                Ok(rows.into_iter().map(|(cursor, _)| cursor.id).collect())
            }
        }
    }

    /// Everything that answers a question, in order.
    fn gather(&self, live: &Live, searcher: &Searcher, query: &Query) -> Result<Gathered, IndexError> {
        let (fields, scope) = (live.fields, query.scope());
        // What the reader may not see has no say in how the question is understood.
        let asking = Asking { fields: &fields, lexicon: &live.lexicon };
        let seen = |clause| clause::except(clause, query.hidden(&fields));
        let found_any = |clause: Box<dyn Clause>| any(searcher, &live.columns, scope, &*clause);
        let known = Known { synonyms: &self.synonyms, marked: &live.table, lexicon: &live.lexicon };
        let plan = plan(&query.text, known, |word| found_any(seen(asking.word(word))))?;
        let mut notes = plan.notes;
        // Only words that cannot be searched for find nothing; no words at all find everything.
        if plan.words.is_empty() && notes.iter().any(|note| matches!(note, Note::Ignored { .. })) {
            return Ok(Gathered::Nothing(notes));
        }
        let narrowed = |clause| match &query.among {
            Some(ids) => {
                clause::all_of(vec![seen(clause), clause::filter(ids.iter().map(|id| fields.id_of(id)))])
            }
            None => seen(clause),
        };
        let asked = if plan.words.is_empty() {
            narrowed(Box::new(AllQuery))
        } else {
            let words = plan.words.iter().map(|word| asking.word(word)).collect::<Vec<_>>();
            let required =
                most_words(words.len(), |required| found_any(narrowed(clause::at_least(required, &words))))?;
            if required < words.len() && required > 0 {
                notes.push(Note::Fewer { found: required, asked: words.len() });
            }
            narrowed(clause::at_least(required.min(plan.enough).max(1), &words))
        };
        let sort = sort_of(query, &plan.words);
        let found = found(live, searcher, asked.as_ref(), query, sort)?;
        Ok(Gathered::Found((plan.words, found, notes)))
    }

    /// Every value that a document ever had for a facet, shown or not, in any order.
    pub fn values(&self, facet: &str) -> Vec<String> {
        let live = self.live().unwrap_or_else(|_| self.held());
        let values = live.columns.values().iter().map(|stored| split_facet(stored));
        values.filter(|(name, _)| *name == facet).map(|(_, value)| value.to_owned()).collect()
    }

    /// The number of documents of a kind, shown or not, in the last readable commit.
    pub fn count(&self, kind: Kind) -> u64 {
        let live = self.live().unwrap_or_else(|_| self.held());
        let all = Scope { kind, shown_only: false };
        count(&live.reader.searcher(), &live.columns, all, &AllQuery).unwrap_or_default()
    }
}

/// What answers a question.
enum Gathered {
    /// Nothing can: no word of it can be searched for.
    Nothing(Vec<Note>),
    /// Its words as they were understood, the documents, and how it was taken.
    Found((Vec<Word>, Found, Vec<Note>)),
}

/// Without words nothing is better than anything else.
fn sort_of(query: &Query, words: &[Word]) -> Sort {
    match query.sort {
        Sort::Relevance if words.is_empty() => Sort::Newest,
        sort => sort,
    }
}

fn found(
    live: &Live,
    searcher: &Searcher,
    asked: &dyn Clause,
    query: &Query,
    sort: Sort,
) -> Result<Found, IndexError> {
    let filters = Arc::new(Filters::new(&live.columns, &query.filters));
    let collect = Collect { columns: &live.columns, scope: query.scope(), filters, sort };
    Ok(searcher.search_with_statistics_provider(asked, &collect, &Fixed(live.fields))?)
}

/// The largest number of words that any document has, where `found` says whether any has so many.
fn most_words(words: usize, found: impl Fn(usize) -> tantivy::Result<bool>) -> tantivy::Result<usize> {
    if found(words)? {
        return Ok(words);
    }
    // Whoever has three has two: halve the numbers between one that is had and one that is not.
    let (mut had, mut missed) = (0, words);
    while missed - had > 1 {
        let middle = had.midpoint(missed);
        if found(middle)? { had = middle } else { missed = middle }
    }
    Ok(had)
}

impl Query {
    /// Where its reader looks.
    pub(crate) fn scope(&self) -> Scope {
        Scope { kind: self.kind, shown_only: self.shown_only }
    }

    /// The marks of what its reader may not see.
    pub(crate) fn hidden(&self, fields: &Fields) -> impl Iterator<Item = Term> {
        let marks = self.without.iter().take(MAX_WITHOUT).map(|mark| fields.mark_of(mark));
        marks.collect::<Vec<_>>().into_iter()
    }
}

fn facets(columns: &Columns, found: &Found) -> Vec<(String, Vec<(String, u64)>)> {
    let mut facets: BTreeMap<&str, Vec<(String, u64)>> = BTreeMap::new();
    for (stored, &count) in columns.values().iter().zip(&found.counts).filter(|(_, count)| **count > 0) {
        let (facet, value) = split_facet(stored);
        facets.entry(facet).or_default().push((value.to_owned(), count.into()));
    }
    let ordered = facets.into_iter().map(|(facet, mut values)| {
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        (facet.to_owned(), values)
    });
    ordered.collect()
}

/// A document as its reader sees it, with the reasons of its words.
fn read(
    searcher: &Searcher,
    live: &Live,
    address: DocAddress,
    words: &[Word],
    traces: &Traces,
) -> Result<Hit, IndexError> {
    let fields = &live.fields;
    let document: TantivyDocument = searcher.doc(address)?;
    let texts_of = |field| document.get_all(field).filter_map(|value| value.as_str()).collect::<Vec<&str>>();
    let first = |field| texts_of(field).first().copied().unwrap_or_default();
    let marked = if words.is_empty() {
        Marked::nothing(first(fields.title), first(fields.text))
    } else {
        let strong = texts_of(fields.strong);
        Texts::new(first(fields.title), &strong, first(fields.text), &live.table, traces).mark(words)
    };
    Ok(Hit {
        id: String::new(),
        title: marked.title,
        snippet: marked.snippet,
        score: 0.0,
        reasons: marked.reasons,
    })
}

/// The hit with one reason for each filter that it passes.
fn with_filters(
    mut hit: Hit,
    columns: &Columns,
    address: DocAddress,
    filters: &[(String, Vec<String>)],
) -> Hit {
    let has = columns.segment(address.segment_ord).map(|segment| segment.values(address.doc_id));
    for (facet, values) in filters {
        let passed = values.iter().find(|value| {
            let number = columns.number(&facet_value(facet, value));
            number.is_some_and(|number| has.is_some_and(|has| has.contains(&number)))
        });
        let reason = |value: &String| Reason::Filter { facet: facet.clone(), value: value.clone() };
        hit.reasons.extend(passed.map(reason));
    }
    hit
}
