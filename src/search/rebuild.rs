//! A new index from the database, beside the old one, which answers until the new one takes its place.

use std::path::Path;

use migiude_index::{Document, Index, IndexError, replace};

use super::{SearchError, blocking, documents, places};
use crate::domain::{Candidate, Firm, Opening, Region};
use crate::store::{Db, StoreError, outbox, region};

/// Where the new index grows.
const GROWING: &str = "new";
/// Names the database that the index was made from.
const ORIGIN: &str = "ORIGIN";

/// Reads everything and returns the number of documents. The caller has the turn to write.
pub(super) async fn rebuild(db: &Db, dir: &Path) -> Result<u64, SearchError> {
    // In this order: what changes after the head is read is fed again later, which does no harm.
    let position = outbox::head(db).await?.unsigned_abs();
    let origin = origin_of(db).await?;
    let region = region::records(db).await?;
    let at = dir.to_owned();
    blocking(move || {
        let disk = |source| SearchError::Disk { at: at.clone(), source };
        let growing = at.join(GROWING);
        match std::fs::remove_dir_all(&growing) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(disk(source)),
            _ => {}
        }
        let made = fill(&growing, &region, position)
            .map_err(SearchError::from)
            .and_then(|count| replace(&at, &growing).map(|()| count).map_err(disk));
        if made.is_err() {
            // A disk that is full must not stay so for our sake.
            let _ = std::fs::remove_dir_all(&growing);
        }
        let count = made?;
        std::fs::write(at.join(ORIGIN), origin).map_err(disk)?;
        Ok(count)
    })
    .await
}

/// Whether the index at `position` can have come from this database as it is: not from another one, and not from
/// a later state of this one, which a restored copy has forgotten.
pub(super) async fn belongs_to(db: &Db, dir: &Path, position: u64) -> Result<bool, StoreError> {
    if position == 0 {
        return Ok(true);
    }
    let recorded = std::fs::read_to_string(dir.join(ORIGIN)).unwrap_or_default();
    Ok(position <= outbox::head(db).await?.unsigned_abs() && recorded == origin_of(db).await?)
}

/// The first thing the database ever told its outbox about: ids are never given twice, so no two databases agree.
async fn origin_of(db: &Db) -> Result<String, StoreError> {
    let first = outbox::after(db, 0, 1).await?;
    Ok(first.into_iter().next().map(|entry| entry.subject).unwrap_or_default())
}

/// What becomes a document.
enum Record<'a> {
    Opening(&'a Opening, &'a Firm),
    Profile(&'a Candidate),
}

impl Record<'_> {
    fn document(&self) -> Document {
        match self {
            Self::Opening(opening, firm) => documents::of_opening(opening, firm),
            Self::Profile(candidate) => documents::of_profile(candidate),
        }
    }
}

fn fill(dir: &Path, region: &Region, position: u64) -> Result<u64, IndexError> {
    /// Records that are cut at once. Few, so that openings lie together and profiles behind them: who asks for one kind looks at
    /// no document of the other.
    const BATCH: usize = 2_000;
    let mut writer = Index::create_with(dir, places::table())?.builder()?;
    let records = records_of(region);
    records.chunks(BATCH).for_each(|batch| writer.put_all(batch, Record::document));
    writer.commit(position)?;
    Ok(records.len() as u64)
}

fn records_of(region: &Region) -> Vec<Record<'_>> {
    // Firms are in order of id, and an opening without its firm cannot be stored.
    let openings = region.openings.iter().filter_map(|opening| {
        let at = region.firms.binary_search_by_key(&opening.firm, |firm| firm.id).ok()?;
        Some(Record::Opening(opening, region.firms.get(at)?))
    });
    openings.chain(region.candidates.iter().map(Record::Profile)).collect()
}
