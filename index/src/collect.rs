//! One pass over the documents found: how many, which, and the counts of their facets.
//!
//! Every document is visited, so that the total, the facets and the order are of one set. With many clauses that is
//! also faster than skipping by score (Block-WAND), which pays only for few.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query as Clause};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED};

use crate::schema::{FACET, UPDATED};

/// Whether any document is found. Cost: until the first one.
pub(crate) fn any(searcher: &Searcher, asked: &dyn Clause) -> tantivy::Result<bool> {
    let weight = asked.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for segment in searcher.segment_readers() {
        let mut found = weight.scorer(segment, 1.0)?;
        let mut document = found.doc();
        while document != TERMINATED {
            if !segment.is_deleted(document) {
                return Ok(true);
            }
            document = found.advance();
        }
    }
    Ok(false)
}

/// One document found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored {
    /// In thousandths: a difference below is noise of the floating point.
    pub score: i64,
    pub updated: i64,
    pub address: DocAddress,
}

/// Everything found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub documents: Vec<Scored>,
    /// Facets as they are stored, with the number of documents.
    pub facets: BTreeMap<String, u64>,
}

pub(crate) struct Collect {
    pub facets: bool,
}

pub(crate) struct OfSegment {
    segment: SegmentOrdinal,
    updated: Column<i64>,
    facet: Option<StrColumn>,
    counts: Vec<u64>,
    documents: Vec<Scored>,
}

impl Collector for Collect {
    type Fruit = Found;
    type Child = OfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OfSegment> {
        let columns = reader.fast_fields();
        let facet = if self.facets { columns.str(FACET)? } else { None };
        let counts = vec![0; facet.as_ref().map_or(0, |column| column.num_terms())];
        Ok(OfSegment { segment, updated: columns.i64(UPDATED)?, facet, counts, documents: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Found>>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for segment in segments {
            let segment = segment?;
            all.documents.extend(segment.documents);
            for (facet, count) in segment.facets {
                *all.facets.entry(facet).or_default() += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = tantivy::Result<Found>;

    fn collect(&mut self, document: DocId, score: Score) {
        let score = (f64::from(score) * 1000.0).round() as i64;
        let updated = self.updated.first(document).unwrap_or_default();
        self.documents.push(Scored { score, updated, address: DocAddress::new(self.segment, document) });
        if let Some(column) = &self.facet {
            for value in column.term_ords(document) {
                if let Some(count) = usize::try_from(value).ok().and_then(|at| self.counts.get_mut(at)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> tantivy::Result<Found> {
        let mut facets = BTreeMap::new();
        if let Some(column) = &self.facet {
            for (value, &count) in (0..).zip(&self.counts).filter(|(_, count)| **count > 0) {
                let mut name = String::new();
                column.ord_to_str(value, &mut name)?;
                facets.insert(name, count);
            }
        }
        Ok(Found { documents: self.documents, facets })
    }
}
