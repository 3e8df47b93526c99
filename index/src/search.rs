//! A question answered: planned, asked, counted, put in order, and its page made readable.

use std::collections::BTreeMap;

use tantivy::collector::Count;
use tantivy::query::{AllQuery, Query as Clause};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use crate::clause;
use crate::collect::{Collect, Found, Scored, any};
use crate::document::{Answer, Hit, Kind, Note, Query, Reason, Sort};
use crate::mark::Texts;
use crate::plan::{Word, plan};
use crate::schema::{Fields, ID, split_facet};
use crate::snapshot::{Index, IndexError};

/// Facets of a question, and values of one facet, that are read.
const MAX_FILTERS: usize = 32;
const MAX_VALUES: usize = 256;

impl Index {
    /// Answers a question. Any text of any length is answered.
    ///
    /// A document is found when it has all the words; when none has all, those are found that have most of them, and a
    /// note says so. What counts as having a word: see the module `plan`. The total and the facets are counted over the
    /// documents found.
    ///
    /// # Errors
    /// [`IndexError::Doubt`], [`IndexError::Disk`] or [`IndexError::Library`] when the index cannot be read any more.
    ///
    /// Cost: some milliseconds per word at 100,000 documents, and the cutting of the texts of one page.
    pub fn search(&self, query: &Query) -> Result<Answer, IndexError> {
        let live = self.live()?;
        let (searcher, fields) = (live.reader.searcher(), live.fields);
        let scope = || clause::filter([fields.scope_of(query.kind, query.shown_only)]);
        let plan = plan(&query.text, &self.synonyms, |word| {
            let asked = clause::all_of(vec![scope(), clause::word(&fields, word)]);
            any(&searcher, &asked)
        })?;
        let mut notes = plan.notes;
        let mut narrow = vec![scope()];
        for (facet, values) in query.filters.iter().filter(|(_, values)| !values.is_empty()).take(MAX_FILTERS)
        {
            narrow.push(clause::filter(
                values.iter().take(MAX_VALUES).map(|value| fields.facet_of(facet, value)),
            ));
        }
        let found = if plan.words.is_empty() {
            // Only words that cannot be searched for find nothing; no words at all find everything.
            if notes.iter().any(|note| matches!(note, Note::Ignored { .. })) {
                return Ok(Answer { notes, ..Answer::default() });
            }
            narrow.push(Box::new(AllQuery));
            searcher.search(&clause::all_of(narrow), &Collect { facets: true })?
        } else {
            let words = plan.words.iter().map(|word| clause::word(&fields, word)).collect::<Vec<_>>();
            let required = most_words(&searcher, &narrow, &words)?;
            if required < words.len() && required > 0 {
                notes.push(Note::Fewer { found: required, asked: words.len() });
            }
            narrow.push(clause::at_least(required.max(1), &words));
            searcher.search(&clause::all_of(narrow), &Collect { facets: true })?
        };
        let total = found.documents.len() as u64;
        let by_time = query.sort == Sort::Newest || plan.words.is_empty();
        let facets = facets(&found);
        let page = page(&searcher, found.documents, by_time, query.offset, query.limit)?;
        let hits = page
            .into_iter()
            .map(|scored| hit(&searcher, &fields, scored, &plan.words, query))
            .collect::<Result<_, _>>()?;
        Ok(Answer { total, hits, facets, notes })
    }

    /// The number of documents of a kind, shown or not, in the last readable commit.
    pub fn count(&self, kind: Kind) -> u64 {
        let live = self.live().unwrap_or_else(|_| self.held());
        let all = clause::filter([live.fields.scope_of(kind, false)]);
        live.reader.searcher().search(&all, &Count).unwrap_or_default() as u64
    }
}

/// The largest number of words that any document has.
fn most_words(
    searcher: &Searcher,
    narrow: &[Box<dyn Clause>],
    words: &[Box<dyn Clause>],
) -> Result<usize, IndexError> {
    let found = |required: usize| {
        let mut clauses: Vec<Box<dyn Clause>> = narrow.iter().map(|clause| clause.box_clone()).collect();
        clauses.push(clause::at_least(required, words));
        any(searcher, &clause::all_of(clauses))
    };
    if found(words.len())? {
        return Ok(words.len());
    }
    // Whoever has three has two: halve the numbers between one that is had and one that is not.
    let (mut had, mut missed) = (0, words.len());
    while missed - had > 1 {
        let middle = had.midpoint(missed);
        if found(middle)? { had = middle } else { missed = middle }
    }
    Ok(had)
}

/// The wanted documents in order, equals by id.
pub(crate) fn page(
    searcher: &Searcher,
    mut documents: Vec<Scored>,
    by_time: bool,
    offset: usize,
    limit: usize,
) -> Result<Vec<Scored>, IndexError> {
    let key = |scored: &Scored| if by_time { scored.updated } else { scored.score };
    documents.sort_by_key(|scored| std::cmp::Reverse(key(scored)));
    let mut start = offset.min(documents.len());
    let mut end = offset.saturating_add(limit).min(documents.len());
    let wanted = end - start;
    if wanted == 0 {
        return Ok(Vec::new());
    }
    // Ids are looked up only for the page and for what it shares a rank with.
    let (first, last) = (key(&documents[start]), key(&documents[end - 1]));
    let before = documents.partition_point(|scored| key(scored) > first);
    let skip = start - before;
    start = before;
    end = documents.partition_point(|scored| key(scored) >= last);
    let mut ranked = Vec::with_capacity(end - start);
    for scored in &documents[start..end] {
        ranked.push((std::cmp::Reverse(key(scored)), id_of(searcher, scored.address)?, *scored));
    }
    ranked.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    Ok(ranked.into_iter().skip(skip).take(wanted).map(|(_, _, scored)| scored).collect())
}

/// The caller's id of a document, from its column.
pub(crate) fn id_of(searcher: &Searcher, address: DocAddress) -> Result<String, IndexError> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    let mut id = String::new();
    if let Some(column) = columns.str(ID)?
        && let Some(term) = column.term_ords(address.doc_id).next()
    {
        column.ord_to_str(term, &mut id).map_err(tantivy::TantivyError::from)?;
    }
    Ok(id)
}

fn facets(found: &Found) -> Vec<(String, Vec<(String, u64)>)> {
    let mut facets: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for (stored, &count) in &found.facets {
        let (facet, value) = split_facet(stored);
        facets.entry(facet.to_owned()).or_default().push((value.to_owned(), count));
    }
    let mut facets: Vec<_> = facets.into_iter().collect();
    for (_, values) in &mut facets {
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    facets
}

fn hit(
    searcher: &Searcher,
    fields: &Fields,
    scored: Scored,
    words: &[Word],
    query: &Query,
) -> Result<Hit, IndexError> {
    let document: TantivyDocument = searcher.doc(scored.address)?;
    let texts_of = |field| document.get_all(field).filter_map(|value| value.as_str()).collect::<Vec<&str>>();
    let first = |field| texts_of(field).first().copied().unwrap_or_default();
    let marked =
        Texts::new(first(fields.title), texts_of(fields.strong).into_iter(), first(fields.text)).mark(words);
    let mut reasons = marked.reasons;
    let has = values_of(searcher, scored.address)?;
    for (facet, values) in &query.filters {
        let passed =
            values.iter().find(|value| has.iter().any(|stored| split_facet(stored) == (facet, value)));
        reasons.extend(passed.map(|value| Reason::Filter { facet: facet.clone(), value: value.clone() }));
    }
    let score = if words.is_empty() { 0.0 } else { scored.score as f32 / 1000.0 };
    Ok(Hit { id: first(fields.id).to_owned(), title: marked.title, snippet: marked.snippet, score, reasons })
}

/// The values of all facets of a document, as they are stored.
fn values_of(searcher: &Searcher, address: DocAddress) -> Result<Vec<String>, IndexError> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    let mut values = Vec::new();
    if let Some(column) = columns.str(crate::schema::FACET)? {
        for term in column.term_ords(address.doc_id) {
            let mut value = String::new();
            column.ord_to_str(term, &mut value).map_err(tantivy::TantivyError::from)?;
            values.push(value);
        }
    }
    Ok(values)
}
