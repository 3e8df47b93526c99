//! From the outbox into the index: changed records are read as they are now, put or deleted, and committed together
//! with the position, so that a process that ends in between feeds the same entries again.

use std::collections::BTreeSet;

use migiude_index::{Document, Index, Kind};

use super::{SearchError, blocking, documents};
use crate::store::outbox::{self, Entry, Topic};
use crate::store::{Db, StoreError, shown};

/// Entries a commit.
const BATCH: i64 = 1000;

/// What the index is told about one subject.
enum Change {
    Put(Box<Document>),
    Delete(Kind, String),
}

/// Feeds every entry after the index's position and returns their number. The caller has the turn to write.
pub(super) async fn feed(db: &Db, index: &Index) -> Result<u64, SearchError> {
    let mut position = i64::try_from(index.position()).unwrap_or(i64::MAX);
    let mut fed = 0;
    let mut entries = outbox::after(db, position, BATCH).await?;
    if entries.is_empty() {
        return Ok(0);
    }
    let mut writer = index.writer()?;
    while let Some(last) = entries.last() {
        position = last.seq;
        fed += entries.len() as u64;
        let changes = changes(db, &entries).await?;
        writer = blocking(move || {
            for change in &changes {
                match change {
                    Change::Put(document) => writer.put(document),
                    Change::Delete(kind, id) => writer.delete(*kind, id),
                }
            }
            writer.commit(position.unsigned_abs())?;
            Ok(writer)
        })
        .await?;
        entries = outbox::after(db, position, BATCH).await?;
    }
    // The writer's end waits for merges.
    blocking(move || {
        drop(writer);
        Ok(fed)
    })
    .await
}

async fn changes(db: &Db, entries: &[Entry]) -> Result<Vec<Change>, StoreError> {
    let subjects: BTreeSet<_> = entries.iter().map(|entry| (entry.topic, entry.subject.as_str())).collect();
    let mut changes = Vec::with_capacity(subjects.len());
    for (topic, id) in subjects {
        let (kind, document) = match topic {
            Topic::Opening => (Kind::Opening, opening(db, id).await?),
            Topic::Profile => (Kind::Profile, profile(db, id).await?),
        };
        changes.push(match document {
            Some(document) => Change::Put(Box::new(document)),
            None => Change::Delete(kind, id.to_owned()),
        });
    }
    Ok(changes)
}

async fn opening(db: &Db, id: &str) -> Result<Option<Document>, StoreError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let Some(opening) = shown::opening(db, id).await? else { return Ok(None) };
    let firm = shown::firm(db, opening.firm).await?;
    Ok(firm.map(|firm| documents::of_opening(&opening, &firm)))
}

async fn profile(db: &Db, id: &str) -> Result<Option<Document>, StoreError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    Ok(shown::candidate(db, id).await?.as_ref().map(documents::of_profile))
}
