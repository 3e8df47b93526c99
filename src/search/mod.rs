//! The bridge between the database and the index: records become documents, the outbox feeds them, questions are
//! answered with the records behind the hits, and [`shortlist`] turns a region into scores.
//!
//! Useful for finding openings and profiles, and for who might fit whom. Not useful for the truth: the index is a
//! cache with one writer, made again from the database whenever there is a doubt about it.
//!
//! ```text
//! store::outbox ──feeder──▶ index ──find──▶ Found        one commit = changes + position in the outbox
//! store::region ──rebuild─▶ index (beside the old one, then swapped)
//! store::walk ────plain───▶ Found                        while there is no index to trust, with a note
//! store::outbox ──alerts──▶ store::letters               what is new for a kept question, once
//! ```

pub mod alerts;
mod documents;
mod error;
mod facets;
mod feeder;
mod find;
mod places;
mod plain;
mod question;
mod reasons;
mod rebuild;
#[cfg(test)]
pub(crate) mod samples;
pub mod shortlist;
mod suggest;
#[cfg(test)]
mod tests;
mod turn;
mod upkeep;
#[cfg(test)]
mod upkeep_tests;
pub mod words;

use std::path::Path;
use std::sync::{Arc, RwLock};

use migiude_index::{Index, IndexError, Kind, Query};
use tokio::sync::{Mutex, Semaphore};

pub use documents::{has_consented, heading, may_be_shown};
pub use error::{BadFilter, SearchError};
pub use facets::{ANY_TIME, EVERYWHERE, Facet, Side};
pub use find::{Ask, Found, FoundFacet, FoundHit, FoundOpening, Note};
pub use migiude_index::{BadCursor, Cursor, Note as Taken, Page, Reason, Sort, Span, Suggestion};
pub use question::{Question, TooLong, label_of};
pub use reasons::{say_note, say_reason};

use crate::store::shown::{self, Counts};
use crate::store::{Db, outbox};
use turn::Turn;
use upkeep::opened;

/// The search of one data directory. Cheap to clone.
#[derive(Clone)]
pub struct Search {
    db: Db,
    dir: Arc<Path>,
    /// The index, while it can be trusted with answers.
    held: Arc<RwLock<Option<Index>>>,
    /// Whose turn it is to write, among the tasks of this process.
    here: Arc<Mutex<()>>,
    /// Turns to read all records.
    readings: Arc<Semaphore>,
    /// What means the same at this desk, as it was last read.
    words: Arc<RwLock<words::Cut>>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Why the files cannot be trusted; none when every checksum holds.
    pub doubt: Option<String>,
    /// Up to which entry of the outbox the index has read.
    pub position: u64,
    /// The latest entry of the outbox.
    pub head: u64,
    /// Openings in the index.
    pub openings: u64,
    /// Profiles in the index.
    pub profiles: u64,
    /// What the database holds.
    pub in_database: Counts,
}

impl Checked {
    /// Whether the index can be trusted and holds everything.
    pub fn is_sound(&self) -> bool {
        let Counts { openings, candidates, .. } = self.in_database;
        self.doubt.is_none()
            && self.position == self.head
            && self.openings == openings.unsigned_abs()
            && self.profiles == candidates.unsigned_abs()
    }
}

impl Search {
    /// Reads every file of the index and compares it with the database. Changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(&self) -> Result<Checked, SearchError> {
        let index = match opened(&self.dir).await {
            Ok(index) => Ok(index),
            // Files come and go under whoever reads them while another process writes.
            Err(_) => {
                let _turn = Turn::wait(&self.dir, &self.here).await?;
                opened(&self.dir).await
            }
        };
        let count = |kind| index.as_ref().map_or(0, |index| index.count(kind));
        Ok(Checked {
            position: index.as_ref().map_or(0, |index| index.position()),
            head: outbox::head(&self.db).await?.unsigned_abs(),
            openings: count(Kind::Opening),
            profiles: count(Kind::Profile),
            in_database: shown::counts(&self.db).await?,
            doubt: index.err().map(|doubt| doubt.to_string()),
        })
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("dir", &self.dir).finish_non_exhaustive()
    }
}

async fn asked<T: Send + 'static>(
    index: &Index,
    query: Query,
    how: fn(&Index, &Query) -> Result<T, IndexError>,
) -> Result<T, SearchError> {
    let index = index.clone();
    blocking(move || Ok(how(&index, &query)?)).await
}

/// Runs what would hold up other tasks on a thread of its own.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(SearchError::Interrupted))
}
