//! One page of the documents found, cut out beside a row.
//!
//! The order is by key, greater first, equals by id. Ids are text in a column; within one segment their numbers have the
//! order of the ids, so that texts are read only for the rows of the page and for what shares its last key.

use std::cmp::{Ordering, Reverse};

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher, TantivyError};

use crate::collect::Ranked;
use crate::document::{Cursor, Page};
use crate::schema::ID;
use crate::snapshot::IndexError;

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    /// How many lie before it.
    pub start: usize,
    /// Its rows, in order.
    pub rows: Vec<(Cursor, DocAddress)>,
    /// Whether there is more behind it.
    pub more: bool,
}

/// Cuts a page of at most `limit` rows. Cost: linear in the documents, and some microseconds a row.
pub(crate) fn cut(
    searcher: &Searcher,
    documents: &[Ranked],
    page: &Page,
    limit: usize,
) -> Result<Cut, IndexError> {
    let ids = Ids::of(searcher)?;
    let total = documents.len();
    // The documents on one side of a row, which itself is on neither.
    let beside = |cursor: &Cursor, side: Ordering| -> Result<Vec<Ranked>, IndexError> {
        let bounds = ids.bounds(&cursor.id)?;
        let lies = |one: &Ranked| {
            let (from, to) = bounds[one.address.segment_ord as usize];
            let by_id = match ids.number(one.address) {
                number if number < from => Ordering::Less,
                number if number >= to => Ordering::Greater,
                _ => Ordering::Equal,
            };
            cursor.key.cmp(&one.key).then(by_id)
        };
        Ok(documents.iter().filter(|one| lies(one) == side).copied().collect())
    };
    match page {
        Page::First => {
            let rows = first(documents.to_vec(), limit, &ids, false)?;
            Ok(Cut { start: 0, more: rows.len() < total, rows })
        }
        Page::After(cursor) => {
            let behind = beside(cursor, Ordering::Greater)?;
            let start = total - behind.len();
            let rows = first(behind, limit, &ids, false)?;
            Ok(Cut { start, more: start + rows.len() < total, rows })
        }
        Page::Before(cursor) => {
            let before = beside(cursor, Ordering::Less)?;
            let end = before.len();
            let mut rows = first(before, limit, &ids, true)?;
            rows.reverse();
            Ok(Cut { start: end - rows.len(), more: end < total, rows })
        }
    }
}

/// The first rows in order, or, from the end, the last ones with the last first.
fn first(
    mut documents: Vec<Ranked>,
    limit: usize,
    ids: &Ids,
    from_end: bool,
) -> Result<Vec<(Cursor, DocAddress)>, IndexError> {
    let key = |one: &Ranked| if from_end { one.key } else { one.key.saturating_neg() };
    if limit == 0 {
        return Ok(Vec::new());
    }
    let mut shared = Vec::new();
    if limit < documents.len() {
        let (_, last, _) = documents.select_nth_unstable_by_key(limit - 1, key);
        let last = key(last);
        // All that share the last key may stand on the page.
        (documents, shared) =
            documents.into_iter().filter(|one| key(one) <= last).partition(|one| key(one) < last);
    }
    // Of those, the first of each segment, by the numbers of their ids.
    let wanted = limit.saturating_sub(documents.len());
    let number =
        |one: &Ranked| if from_end { u64::MAX - ids.number(one.address) } else { ids.number(one.address) };
    for of_segment in by_segment(shared, ids.columns.len()) {
        let mut numbered: Vec<(u64, Ranked)> =
            of_segment.into_iter().map(|one| (number(&one), one)).collect();
        if (1..numbered.len()).contains(&wanted) {
            numbered.select_nth_unstable_by_key(wanted - 1, |(number, _)| *number);
        }
        documents.extend(numbered.into_iter().take(wanted).map(|(_, one)| one));
    }
    let mut rows = Vec::with_capacity(documents.len());
    for one in documents {
        rows.push((Cursor { key: one.key, id: ids.text(one.address)? }, one.address));
    }
    rows.sort_by(|a, b| (Reverse(a.0.key), &a.0.id).cmp(&(Reverse(b.0.key), &b.0.id)));
    if from_end {
        rows.reverse();
    }
    rows.truncate(limit);
    Ok(rows)
}

fn by_segment(documents: Vec<Ranked>, segments: usize) -> Vec<Vec<Ranked>> {
    let mut apart = vec![Vec::new(); segments];
    for one in documents {
        if let Some(of_segment) = apart.get_mut(one.address.segment_ord as usize) {
            of_segment.push(one);
        }
    }
    apart
}

/// The ids of the documents, by their columns.
struct Ids {
    columns: Vec<Option<StrColumn>>,
}

impl Ids {
    fn of(searcher: &Searcher) -> Result<Self, IndexError> {
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str(ID));
        Ok(Self { columns: columns.collect::<tantivy::Result<_>>()? })
    }

    /// Its number: within a segment, numbers have the order of ids.
    fn number(&self, address: DocAddress) -> u64 {
        let column = self.columns.get(address.segment_ord as usize).and_then(Option::as_ref);
        column.and_then(|column| column.term_ords(address.doc_id).next()).unwrap_or_default()
    }

    fn text(&self, address: DocAddress) -> Result<String, IndexError> {
        let mut id = String::new();
        if let Some(Some(column)) = self.columns.get(address.segment_ord as usize) {
            column.ord_to_str(self.number(address), &mut id).map_err(TantivyError::from)?;
        }
        Ok(id)
    }

    /// For each segment the first number whose id is not before this one, and the first whose id is behind it.
    fn bounds(&self, id: &str) -> Result<Vec<(u64, u64)>, IndexError> {
        let bound = |column: &Option<StrColumn>| -> Result<(u64, u64), IndexError> {
            let Some(column) = column else { return Ok((0, 0)) };
            let (mut low, mut high) = (0, column.num_terms() as u64);
            let mut text = String::new();
            while low < high {
                let middle = low.midpoint(high);
                text.clear();
                column.ord_to_str(middle, &mut text).map_err(TantivyError::from)?;
                if text.as_str() < id { low = middle + 1 } else { high = middle }
            }
            text.clear();
            let is_there = column.ord_to_str(low, &mut text).map_err(TantivyError::from)? && text == id;
            Ok((low, low + u64::from(is_there)))
        };
        self.columns.iter().map(bound).collect()
    }
}
