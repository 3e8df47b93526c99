//! One pass over the documents that have the words: which pass the filters, in which order, and the counts of facets.
//!
//! Every document is visited, so that the total, the facets and the order are of one set. With many clauses that is
//! also faster than skipping by score (Block-WAND), which pays only for few.
//!
//! Filters are looked at here and not asked of the index: a facet that is filtered by is counted over the documents that
//! fail this filter alone, too, and each document is looked at once for all of that.

use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{EnableScoring, Query as Clause, Scorer, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::columns::{Columns, Scope, Segment};
use crate::document::Sort;
use crate::schema::facet_value;

/// Whether any document of a scope is found. Cost: until the first one.
pub(crate) fn any(
    searcher: &Searcher,
    columns: &Columns,
    scope: Scope,
    asked: &dyn Clause,
) -> tantivy::Result<bool> {
    Ok(count_to(1, searcher, columns, scope, asked)? > 0)
}

/// The number of documents of a scope that are found.
pub(crate) fn count(
    searcher: &Searcher,
    columns: &Columns,
    scope: Scope,
    asked: &dyn Clause,
) -> tantivy::Result<u64> {
    count_to(u64::MAX, searcher, columns, scope, asked)
}

/// Counts no further than `most`.
fn count_to(
    most: u64,
    searcher: &Searcher,
    columns: &Columns,
    scope: Scope,
    asked: &dyn Clause,
) -> tantivy::Result<u64> {
    let weight = asked.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut count = 0;
    for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
        let Some(segment) = columns.segment(ordinal).filter(|_| count < most) else { continue };
        each(weight.as_ref(), reader, segment, scope, |_, _| {
            count += 1;
            if count < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
    }
    Ok(count)
}

/// Each document of a scope that a segment has for a question, in the order of the segment.
///
/// The scope is looked up beside the question and not asked of the index: it has half of all documents, and an intersection
/// would go through all of them.
fn each(
    weight: &dyn Weight,
    reader: &SegmentReader,
    segment: &Segment,
    scope: Scope,
    mut see: impl FnMut(DocId, &mut dyn Scorer) -> ControlFlow<()>,
) -> tantivy::Result<()> {
    let span = segment.span(scope);
    if span.is_empty() {
        return Ok(());
    }
    let mut found = weight.scorer(reader, 1.0)?;
    let mut document = if found.doc() < span.start { found.seek(span.start) } else { found.doc() };
    while document < span.end {
        let is_there = segment.is_in(document, scope) && !reader.is_deleted(document);
        if is_there && see(document, found.as_mut()).is_break() {
            break;
        }
        document = found.advance();
    }
    Ok(())
}

/// Filters as bits: a document passes when its values together have them all.
#[derive(Default)]
pub(crate) struct Filters {
    /// For each value, by number, the bit of the filter that it passes.
    passed: Vec<u32>,
    /// For each value, by number, the bit of the filter on its facet.
    of_facet: Vec<u32>,
    all: u32,
}

impl Filters {
    /// At most 32 filters; empty ones ask nothing.
    pub fn new(columns: &Columns, filters: &[(String, Vec<String>)]) -> Self {
        let asked = || filters.iter().filter(|(_, values)| !values.is_empty()).take(32);
        let mut passed = vec![0; columns.values().len()];
        let mut all = 0;
        for (at, (facet, values)) in asked().enumerate() {
            all |= 1 << at;
            for number in values.iter().filter_map(|value| columns.number(&facet_value(facet, value))) {
                passed[number as usize] |= 1 << at;
            }
        }
        let facets: Vec<&str> = asked().map(|(facet, _)| facet.as_str()).collect();
        let bit = |place: Option<u8>| place.map_or(0, |place| 1 << place);
        Self { passed, of_facet: columns.places(&facets).into_iter().map(bit).collect(), all }
    }

    /// The filters that a document fails.
    fn failed(&self, values: &[u32]) -> u32 {
        self.all & !values.iter().fold(0, |passed, &value| passed | self.passed[value as usize])
    }
}

/// One document found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    /// Greater goes first. A score in thousandths (a difference below is noise of the floating point), or a time.
    pub key: i64,
    pub address: DocAddress,
}

/// Everything found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub documents: Vec<Ranked>,
    /// For each value, by number, the documents that have it.
    pub counts: Vec<u32>,
}

pub(crate) struct Collect<'a> {
    pub columns: &'a Columns,
    pub scope: Scope,
    pub filters: Arc<Filters>,
    pub sort: Sort,
}

pub(crate) struct OfSegment {
    ordinal: SegmentOrdinal,
    columns: Option<Arc<Segment>>,
    filters: Arc<Filters>,
    sort: Sort,
    found: Found,
}

impl Collector for Collect<'_> {
    type Fruit = Found;
    type Child = OfSegment;

    fn for_segment(&self, ordinal: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<OfSegment> {
        let found = Found { documents: Vec::new(), counts: vec![0; self.columns.values().len()] };
        let (columns, filters) = (self.columns.segment(ordinal).cloned(), Arc::clone(&self.filters));
        Ok(OfSegment { ordinal, columns, filters, sort: self.sort, found })
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Found> {
        let mut collector = self.for_segment(ordinal, reader)?;
        if let Some(segment) = self.columns.segment(ordinal) {
            each(weight, reader, segment, self.scope, |document, found| {
                collector.collect(document, found.score());
                ControlFlow::Continue(())
            })?;
        }
        Ok(collector.harvest())
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<Found>) -> tantivy::Result<Found> {
        let mut segments = segments.into_iter();
        let mut all = segments.next().unwrap_or_default();
        for segment in segments {
            all.documents.extend(segment.documents);
            all.counts.iter_mut().zip(segment.counts).for_each(|(sum, count)| *sum += count);
        }
        Ok(all)
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = Found;

    fn collect(&mut self, document: DocId, score: Score) {
        let Some(columns) = &self.columns else { return };
        let values = columns.values(document);
        let failed = self.filters.failed(values);
        if failed == 0 {
            let key = match self.sort {
                Sort::Relevance => (f64::from(score) * 1000.0).round() as i64,
                Sort::Newest => columns.posted(document),
                Sort::Closing => columns.closes(document).saturating_neg(),
            };
            let address = DocAddress::new(self.ordinal, document);
            self.found.documents.push(Ranked { key, address });
            values.iter().for_each(|&value| self.found.counts[value as usize] += 1);
        } else if failed.is_power_of_two() {
            let of_failed = values.iter().filter(|value| self.filters.of_facet[**value as usize] == failed);
            of_failed.for_each(|&value| self.found.counts[value as usize] += 1);
        }
    }

    fn harvest(self) -> Found {
        self.found
    }
}
