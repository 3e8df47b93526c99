//! What every question reads of every document, unpacked into memory once a segment: who may see it, the values of its
//! facets, and the times by which lists are ordered.
//!
//! A question that finds half of a hundred thousand documents counts a million values. Read from the packed columns on
//! disk, that takes longer than finding them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError};

use crate::document::Kind;
use crate::schema::{CLOSES, FACET, Fields, POSTED, split_facet};

/// What stays open is ordered as if it closed at the end of time.
const NEVER: i64 = i64::MAX;

/// Which documents a reader looks at: those of a kind, or only those of them that are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    pub kind: Kind,
    pub shown_only: bool,
}

impl Scope {
    const ALL: [Scope; 4] = [
        Scope { kind: Kind::Opening, shown_only: false },
        Scope { kind: Kind::Opening, shown_only: true },
        Scope { kind: Kind::Profile, shown_only: false },
        Scope { kind: Kind::Profile, shown_only: true },
    ];

    fn place(self) -> usize {
        2 * usize::from(self.kind == Kind::Profile) + usize::from(self.shown_only)
    }
}

/// The columns of one commit.
#[derive(Clone, Default)]
pub(crate) struct Columns {
    /// Every value of every facet that was ever met, as it is stored; its place is its number. Only grows.
    values: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// In the order of the searcher's segments.
    segments: Vec<Arc<Segment>>,
}

/// The columns of one segment.
pub(crate) struct Segment {
    id: SegmentId,
    /// For each document, a bit for each scope that it is in, by place.
    scopes: Vec<u8>,
    /// For each scope, where its documents lie.
    spans: [Range<DocId>; 4],
    /// For each document, where its values begin; one more at the end.
    starts: Vec<u32>,
    values: Vec<u32>,
    posted: Vec<i64>,
    closes: Vec<i64>,
}

impl Columns {
    /// The columns of a searcher; those of segments that `before` knew are taken over. Cost: reads the new segments.
    pub fn of(searcher: &Searcher, fields: &Fields, before: &Columns) -> tantivy::Result<Columns> {
        let known: HashMap<SegmentId, &Arc<Segment>> =
            before.segments.iter().map(|segment| (segment.id, segment)).collect();
        let mut columns = Columns { segments: Vec::new(), ..before.clone() };
        for reader in searcher.segment_readers() {
            let segment = match known.get(&reader.segment_id()) {
                Some(segment) => Arc::clone(segment),
                None => Arc::new(columns.read(reader, fields)?),
            };
            columns.segments.push(segment);
        }
        Ok(columns)
    }

    /// The values of all facets that were ever met, by number.
    pub fn values(&self) -> &[Arc<str>] {
        &self.values
    }

    /// The number of a stored value; none when no document ever had it.
    pub fn number(&self, stored: &str) -> Option<u32> {
        self.numbers.get(stored).copied()
    }

    /// For each value, by number, the place of its facet among `facets`.
    pub fn places(&self, facets: &[&str]) -> Vec<Option<u8>> {
        let place = |stored: &Arc<str>| {
            let at = facets.iter().position(|facet| *facet == split_facet(stored).0)?;
            u8::try_from(at).ok()
        };
        self.values.iter().map(place).collect()
    }

    /// The columns of a segment by its place in the searcher.
    pub fn segment(&self, ordinal: u32) -> Option<&Arc<Segment>> {
        self.segments.get(ordinal as usize)
    }

    fn read(&mut self, reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Segment> {
        let (scopes, spans) = scopes(reader, fields)?;
        let columns = reader.fast_fields();
        let (facet, posted, closes) = (columns.str(FACET)?, columns.i64(POSTED)?, columns.i64(CLOSES)?);
        let documents = 0..reader.max_doc();
        let mut numbers = Vec::new();
        for term in 0..facet.as_ref().map_or(0, |facet| facet.num_terms() as u64) {
            let mut stored = String::new();
            if let Some(facet) = &facet {
                facet.ord_to_str(term, &mut stored).map_err(TantivyError::from)?;
            }
            numbers.push(self.numbered(&stored));
        }
        let (mut starts, mut values) = (vec![0], Vec::new());
        for document in documents.clone() {
            let terms = facet.iter().flat_map(|facet| facet.term_ords(document));
            values.extend(terms.filter_map(|term| numbers.get(usize::try_from(term).ok()?)));
            starts.push(values.len() as u32);
        }
        Ok(Segment {
            id: reader.segment_id(),
            scopes,
            spans,
            starts,
            values,
            posted: documents.clone().map(|document| posted.first(document).unwrap_or_default()).collect(),
            closes: documents.map(|document| closes.first(document).unwrap_or(NEVER)).collect(),
        })
    }

    fn numbered(&mut self, stored: &str) -> u32 {
        if let Some(number) = self.number(stored) {
            return number;
        }
        let (number, stored) = (self.values.len() as u32, Arc::<str>::from(stored));
        self.values.push(stored.clone());
        self.numbers.insert(stored, number);
        number
    }
}

fn scopes(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<(Vec<u8>, [Range<DocId>; 4])> {
    let mut scopes = vec![0; reader.max_doc() as usize];
    let mut spans = [const { 0..0 }; 4];
    let index = reader.inverted_index(fields.scope)?;
    for scope in Scope::ALL {
        let term = fields.scope_of(scope.kind, scope.shown_only);
        let Some(mut documents) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        let span = &mut spans[scope.place()];
        span.start = documents.doc();
        while documents.doc() != TERMINATED {
            let document = documents.doc();
            if let Some(scopes) = scopes.get_mut(document as usize) {
                *scopes |= 1 << scope.place();
            }
            span.end = document + 1;
            documents.advance();
        }
    }
    Ok((scopes, spans))
}

impl Segment {
    /// Where the documents of a scope lie, and others among them.
    pub fn span(&self, scope: Scope) -> Range<DocId> {
        self.spans[scope.place()].clone()
    }

    /// Whether a document is in a scope.
    pub fn is_in(&self, document: DocId, scope: Scope) -> bool {
        self.scopes.get(document as usize).is_some_and(|scopes| scopes & (1 << scope.place()) != 0)
    }

    /// The numbers of a document's values.
    pub fn values(&self, document: DocId) -> &[u32] {
        let at = document as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => self.values.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// When a document was posted, in milliseconds since 1970.
    pub fn posted(&self, document: DocId) -> i64 {
        self.posted.get(document as usize).copied().unwrap_or_default()
    }

    /// When it closes, in milliseconds since 1970.
    pub fn closes(&self, document: DocId) -> i64 {
        self.closes.get(document as usize).copied().unwrap_or(NEVER)
    }
}
