//! Answers from the records themselves, while there is no index to ask.
//!
//! Useful for being there at any moment: nothing that is posted is missing because an index is being made. Not useful for
//! much else: a word is found only as it is written, nothing is known of synonyms and slips, and nothing is marked.
//! Filters, facets, orders and pages are those of the index, over the same documents.
//!
//! Cost: every record is read, a batch at a time, the latest first, and [`MOST`] at most. Memory: one batch and one page.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use migiude_index::{Answer, Cursor, Document, Hit, Kind, Page, Query, Reason, Sort, Span, normalise, split};

use super::facets::Facet;
use super::{SearchError, blocking, documents};
use crate::store::walk::{self, FROM_THE_LATEST};
use crate::store::{Db, StoreError};

/// Records read at once.
const BATCH: i64 = 500;
/// Records that are looked at for one answer.
const MOST: usize = 20_000;
/// Characters and words of a question, as the index takes them.
const CHARACTERS: usize = 200;
const WORDS: usize = 12;
/// Characters of a passage.
const PASSAGE: usize = 120;

/// Answers a question as the index would, as far as reading tells.
pub(super) async fn answer(db: &Db, query: Query) -> Result<Answer, SearchError> {
    let mut records = Records::of(query.kind, query.shown_only);
    let mut look = Look::new(query);
    loop {
        let batch = records.next(db).await?;
        if batch.is_empty() {
            return Ok(look.answer());
        }
        look = blocking(move || {
            batch.iter().for_each(|document| look.at(document));
            Ok(look)
        })
        .await?;
    }
}

/// The values that these facets have.
pub(super) async fn values(
    db: &Db,
    kind: Kind,
    shown_only: bool,
    facets: &[Facet],
) -> Result<BTreeMap<String, BTreeSet<String>>, SearchError> {
    let mut all: BTreeMap<String, BTreeSet<String>> =
        facets.iter().map(|facet| (facet.name().to_owned(), BTreeSet::new())).collect();
    let mut records = Records::of(kind, shown_only);
    loop {
        let batch = records.next(db).await?;
        if batch.is_empty() {
            return Ok(all);
        }
        for (facet, values) in batch.into_iter().flat_map(|document| document.facets) {
            if let Some(known) = all.get_mut(&facet) {
                known.extend(values);
            }
        }
    }
}

/// The documents of a collection, batch after batch.
struct Records {
    kind: Kind,
    posted: bool,
    before: String,
    left: usize,
}

impl Records {
    fn of(kind: Kind, posted: bool) -> Self {
        Self { kind, posted, before: FROM_THE_LATEST.to_owned(), left: MOST }
    }

    /// Empty at the end.
    async fn next(&mut self, db: &Db) -> Result<Vec<Document>, StoreError> {
        if self.left == 0 {
            return Ok(Vec::new());
        }
        let batch: Vec<Document> = match self.kind {
            Kind::Opening => {
                let posts = walk::openings(db, &self.before, self.posted, BATCH).await?;
                posts.iter().map(|(opening, firm)| documents::of_opening(opening, firm)).collect()
            }
            Kind::Profile => {
                let candidates = walk::candidates(db, &self.before, BATCH).await?;
                candidates.iter().map(documents::of_profile).collect()
            }
        };
        self.left = self.left.saturating_sub(batch.len());
        if let Some(last) = batch.last() {
            self.before.clone_from(&last.id);
        }
        Ok(batch)
    }
}

/// A place in the order: the greater key first, equals by id.
type Place = (Reverse<i64>, String);

/// A question and what has been found for it so far.
struct Look {
    query: Query,
    /// As typed, and normalised.
    words: Vec<(String, String)>,
    sort: Sort,
    among: Option<HashSet<String>>,
    /// The row beside which the page lies.
    beside: Option<Place>,
    total: u64,
    /// Those on the page's side of that row.
    on_side: u64,
    rows: BTreeMap<Place, Hit>,
    counts: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Look {
    fn new(mut query: Query) -> Self {
        let words = words(&query.text);
        // Without words nothing is better than anything else.
        let sort = match query.sort {
            Sort::Relevance if words.is_empty() => Sort::Newest,
            sort => sort,
        };
        let place = |row: &Cursor| Some((Reverse(row.key()), row.id().to_owned()));
        let beside = match &query.page {
            Page::First => None,
            Page::After(row) | Page::Before(row) => place(row),
        };
        let among = query.among.take().map(|ids| ids.into_iter().collect());
        query.filters.retain(|(_, values)| !values.is_empty());
        let (rows, counts) = (BTreeMap::new(), BTreeMap::new());
        Self { query, words, sort, among, beside, total: 0, on_side: 0, rows, counts }
    }

    fn at(&mut self, document: &Document) {
        if !self.is_in_question(document) {
            return;
        }
        let Some(in_heading) = self.words_in_heading(document) else { return };
        let has = |facet: &String, wanted: &[String]| {
            let values = document.facets.iter().find(|(name, _)| name == facet);
            values.is_some_and(|(_, values)| values.iter().any(|value| wanted.contains(value)))
        };
        let failed: Vec<&String> = self
            .query
            .filters
            .iter()
            .filter(|(facet, wanted)| !has(facet, wanted))
            .map(|(facet, _)| facet)
            .collect();
        // A facet that is filtered by is counted over what would be found without that filter.
        for (facet, values) in &document.facets {
            if failed.iter().all(|one| *one == facet) {
                let counts = self.counts.entry(facet.clone()).or_default();
                values.iter().for_each(|value| *counts.entry(value.clone()).or_default() += 1);
            }
        }
        if failed.is_empty() {
            self.add(document, in_heading);
        }
    }

    /// Whether anybody who asks this may find it, whatever the words and filters.
    fn is_in_question(&self, document: &Document) -> bool {
        (document.shown || !self.query.shown_only)
            && self.among.as_ref().is_none_or(|ids| ids.contains(&document.id))
            && !document.marks.iter().any(|mark| self.query.without.contains(mark))
    }

    /// How many of the words stand in title and tags; none when a word stands nowhere.
    fn words_in_heading(&self, document: &Document) -> Option<i64> {
        if self.words.is_empty() {
            return Some(0);
        }
        let heading = normalise(&document.title) + "\n" + &normalise(&document.strong.join("\n"));
        let mut text = None;
        let mut in_heading = 0;
        for (_, word) in &self.words {
            if heading.contains(word) {
                in_heading += 1;
            } else if !text.get_or_insert_with(|| normalise(&document.text)).contains(word) {
                return None;
            }
        }
        Some(in_heading)
    }

    fn add(&mut self, document: &Document, in_heading: i64) {
        self.total += 1;
        let key = match self.sort {
            Sort::Relevance => in_heading * 1000,
            Sort::Newest => document.posted_at,
            Sort::Closing => document.closes_at.unwrap_or(i64::MAX).saturating_neg(),
        };
        let place = (Reverse(key), document.id.clone());
        let (on_side, from_end) = match (&self.query.page, &self.beside) {
            (Page::After(_), Some(row)) => (place > *row, false),
            (Page::Before(_), Some(row)) => (place < *row, true),
            _ => (true, false),
        };
        if !on_side {
            return;
        }
        self.on_side += 1;
        let has_room = self.rows.len() < self.query.limit;
        let edge = if from_end { self.rows.first_key_value() } else { self.rows.last_key_value() };
        let is_nearer = edge.is_some_and(|(edge, _)| if from_end { place > *edge } else { place < *edge });
        if !has_room && !is_nearer {
            return;
        }
        let hit = self.hit(document, in_heading);
        self.rows.insert(place, hit);
        if !has_room {
            if from_end {
                self.rows.pop_first()
            } else {
                self.rows.pop_last()
            };
        }
    }

    fn hit(&self, document: &Document, in_heading: i64) -> Hit {
        let words = self.words.iter().map(|(asked, _)| Reason::Word { asked: asked.clone() });
        let filters = self.query.filters.iter().filter_map(|(facet, wanted)| {
            let (_, values) = document.facets.iter().find(|(name, _)| name == facet)?;
            let value = wanted.iter().find(|value| values.contains(value))?.clone();
            Some(Reason::Filter { facet: facet.clone(), value })
        });
        let by_words = self.sort == Sort::Relevance;
        Hit {
            id: document.id.clone(),
            title: unmarked(document.title.replace(['\r', '\n'], " ")),
            snippet: unmarked(beginning(&document.text)),
            score: if by_words { in_heading as f32 } else { 0.0 },
            reasons: words.chain(filters).collect(),
        }
    }

    fn answer(self) -> Answer {
        let on_page = self.rows.len() as u64;
        let (start, end) = match self.query.page {
            Page::Before(_) => (self.on_side - on_page, self.on_side),
            _ => (self.total - self.on_side, self.total - self.on_side + on_page),
        };
        let cursor = |(place, _): (&Place, &Hit)| Cursor::new(place.0.0, place.1.clone());
        let before = self.rows.first_key_value().filter(|_| start > 0).map(cursor);
        let after = self.rows.last_key_value().filter(|_| end < self.total).map(cursor);
        let facets = self.counts.into_iter().map(|(facet, counts)| {
            let mut values: Vec<(String, u64)> = counts.into_iter().collect();
            // A stable sort: equals stay in the order of their values.
            values.sort_by_key(|(_, count)| Reverse(*count));
            (facet, values)
        });
        Answer {
            total: self.total,
            start,
            before,
            after,
            facets: facets.collect(),
            hits: self.rows.into_values().collect(),
            notes: Vec::new(),
        }
    }
}

/// The words between spaces and commas, each once, as typed and normalised.
fn words(text: &str) -> Vec<(String, String)> {
    let kept: String = text.chars().take(CHARACTERS).collect();
    let mut words: Vec<(String, String)> = Vec::new();
    for typed in split(&kept) {
        let word = normalise(typed).trim().to_owned();
        if words.len() < WORDS && !words.iter().any(|(_, other)| *other == word) {
            words.push((typed.to_owned(), word));
        }
    }
    words
}

fn unmarked(text: String) -> Vec<Span> {
    if text.is_empty() { Vec::new() } else { vec![Span { text, marked: false }] }
}

fn beginning(text: &str) -> String {
    let (begins, goes_on) = match text.char_indices().nth(PASSAGE) {
        Some((at, _)) => (text.get(..at).unwrap_or_default(), "…"),
        None => (text, ""),
    };
    begins.replace(['\r', '\n'], " ") + goes_on
}
