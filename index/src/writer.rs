//! The one writer of an index: documents in, deletions in, one commit with the position of the outbox.

use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, TantivyError};

use crate::check::payload;
use crate::document::{Document, Kind};
use crate::processors;
use crate::schema::Fields;
use crate::snapshot::{Index, IndexError, Live};
use crate::synonyms::Synonyms;

/// Memory for documents not yet on disk. Small on purpose: a server indexes beside serving.
const ARENA: usize = 20_000_000;
/// The same for an index that is filled from nothing: the fewer pieces it is written in, the fewer are merged.
const BUILDING_ARENA: usize = 160_000_000;

/// The only writer of an index. Nothing is visible or lasting before [`Writer::commit`]; dropped without it, the
/// changes are gone. The drop waits for merges of segments that are under way.
pub struct Writer {
    writer: Option<IndexWriter>,
    fields: Fields,
    table: Synonyms,
    stamp: u64,
    failed: Option<TantivyError>,
}

impl Index {
    /// The writer.
    ///
    /// # Errors
    /// [`IndexError::Busy`] when there is one already, in this process or another. The system frees the place of a
    /// process that was killed.
    pub fn writer(&self) -> Result<Writer, IndexError> {
        self.writer_with(ARENA)
    }

    /// The writer for an index that is filled from nothing, with more memory (160 MB at most).
    ///
    /// # Errors
    /// As [`Index::writer`].
    pub fn builder(&self) -> Result<Writer, IndexError> {
        self.writer_with(BUILDING_ARENA)
    }

    fn writer_with(&self, arena: usize) -> Result<Writer, IndexError> {
        // tantivy keeps the list of its files from when it was opened: a writer must not start from an old one, or files
        // that another process wrote since would be forgotten.
        let opened = {
            let held = self.held();
            Live::open(&self.dir, &held.table, false, Some(&held))?
        };
        let writer = open(&opened.index, arena)?;
        // Between the two lines above another process may have written or replaced the index.
        if !self.live()?.is_same_commit(&opened) {
            return Err(IndexError::Busy);
        }
        Ok(Writer {
            writer: Some(writer),
            fields: opened.fields,
            table: opened.table,
            stamp: opened.stamp,
            failed: None,
        })
    }
}

impl Writer {
    /// Adds a document, or puts it in the place of the one with the same kind and id. A failure shows at the commit.
    pub fn put(&mut self, document: &Document) {
        self.delete(document.kind, &document.id);
        if let Some(Err(error)) =
            self.writer.as_ref().map(|writer| writer.add_document(self.fields.write(document, &self.table)))
        {
            self.failed.get_or_insert(error);
        }
    }

    /// [`Writer::put`] for the documents of many records, which all processors make and cut. No two of them may have the same kind
    /// and id.
    pub fn put_all<T: Sync>(&mut self, records: &[T], document: impl Fn(&T) -> Document + Sync) {
        let Some(writer) = &self.writer else { return };
        let (fields, table) = (self.fields, &self.table);
        let failed = processors::share(records.len(), 1, |places| {
            records[places].iter().find_map(|record| {
                let document = document(record);
                writer.delete_term(fields.key_of(document.kind, &document.id));
                writer.add_document(fields.write(&document, table)).err()
            })
        });
        let failed = failed.into_iter().flatten().next();
        if let Some(error) = failed {
            self.failed.get_or_insert(error);
        }
    }

    /// Removes a document, if it is there.
    pub fn delete(&mut self, kind: Kind, id: &str) {
        if let Some(writer) = &self.writer {
            writer.delete_term(self.fields.key_of(kind, id));
        }
    }

    /// Makes all changes since the last commit visible and lasting, together with the position of the outbox that they
    /// come from.
    ///
    /// # Errors
    /// [`IndexError::Library`] when anything could not be written; then the last commit still stands and this writer must
    /// be dropped.
    pub fn commit(&mut self, position: u64) -> Result<(), IndexError> {
        if let Some(error) = self.failed.clone() {
            return Err(error.into());
        }
        let writer = self.writer.as_mut().expect("the writer is taken by the drop only");
        commit(writer, position, self.stamp).inspect_err(|error| {
            if let IndexError::Library(error) = error {
                self.failed = Some(error.clone());
            }
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // A merge that fails leaves the segments it read: nothing is lost.
            let _ = writer.wait_merging_threads();
        }
    }
}

fn open(index: &tantivy::Index, arena: usize) -> Result<IndexWriter, IndexError> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(arena)
        .build();
    index.writer_with_options(options).map_err(|error| match error {
        TantivyError::LockFailure(..) => IndexError::Busy,
        error => error.into(),
    })
}

/// Makes an index one that was read up to position 0.
pub(crate) fn first_commit(index: &tantivy::Index, stamp: u64) -> Result<(), IndexError> {
    commit(&mut open(index, ARENA)?, 0, stamp)
}

fn commit(writer: &mut IndexWriter, position: u64, stamp: u64) -> Result<(), IndexError> {
    let mut prepared = writer.prepare_commit()?;
    let payload = payload(position, prepared.opstamp(), stamp);
    prepared.set_payload(&payload);
    prepared.commit()?;
    Ok(())
}
