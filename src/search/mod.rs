//! The bridge between the database and the index: records become documents, the outbox feeds them, questions are
//! answered with the records behind the hits, and [`shortlist`] turns a region into scores.
//!
//! Useful for finding openings and profiles, and for who might fit whom. Not useful for the truth: the index is a
//! cache with one writer, made again from the database whenever there is a doubt about it.
//!
//! ```text
//! store::outbox ──feeder──▶ index ──find──▶ Found        one commit = changes + position in the outbox
//! store::region ──rebuild─▶ index (beside the old one, then swapped)
//! store::outbox ──alerts──▶ store::letters               what is new for a kept question, once
//! ```

pub mod alerts;
mod documents;
mod error;
mod facets;
mod feeder;
mod find;
mod places;
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

use std::path::{Path, PathBuf};
use std::sync::Arc;

use migiude_index::{Index, IndexError, Kind, Query};
use tokio::sync::Mutex;

pub use documents::{has_consented, heading, may_be_shown};
pub use error::{BadFilter, SearchError};
pub use facets::{ANY_TIME, EVERYWHERE, Facet, Side};
pub use find::{Ask, Found, FoundFacet, FoundHit, FoundOpening};
pub use migiude_index::{BadCursor, Cursor, Note, Page, Reason, Sort, Span, Suggestion};
pub use question::{Question, TooLong, label_of};
pub use reasons::{say_note, say_reason};

use crate::store::shown::{self, Counts};
use crate::store::{Db, outbox};
use turn::Turn;

/// The search of one data directory. Cheap to clone.
#[derive(Clone)]
pub struct Search {
    db: Db,
    dir: Arc<Path>,
    index: Index,
    /// Whose turn it is to write, among the tasks of this process.
    here: Arc<Mutex<()>>,
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
    /// Opens the index in `dir` and catches up with the outbox. An index that is missing, damaged, of another
    /// version or of another database is made anew first; another process that opens it meanwhile waits, so that
    /// nobody takes an unfinished index for an empty desk.
    ///
    /// # Errors
    /// When the database or the disk fails.
    pub async fn open(db: Db, dir: PathBuf) -> Result<Self, SearchError> {
        let dir: Arc<Path> = dir.into();
        let here = Arc::new(Mutex::new(()));
        let index = match opened(&dir).await {
            Ok(index) => index,
            Err(_) => {
                let turn = Turn::wait(&dir, &here).await?;
                mend(&db, &dir, &turn).await?;
                opened(&dir).await?
            }
        };
        let search = Self { db, dir, index, here };
        if !search.is_current().await? {
            let turn = Turn::wait(&search.dir, &search.here).await?;
            search.feed(turn).await?;
        }
        Ok(search)
    }

    /// Feeds the index with everything that changed and returns the number of outbox entries it took. Nothing is
    /// done while another process is feeding: that process sees the same entries.
    ///
    /// # Errors
    /// When the database or the disk fails; what was fed before stays fed.
    pub async fn catch_up(&self) -> Result<u64, SearchError> {
        match Turn::try_take(&self.dir, &self.here).await? {
            Some(turn) => self.feed(turn).await,
            None => Ok(0),
        }
    }

    async fn feed(&self, turn: Turn) -> Result<u64, SearchError> {
        let position = self.index.position();
        let head = outbox::head(&self.db).await?.unsigned_abs();
        let filled = position > 0 || head == 0;
        if !filled || !rebuild::belongs_to(&self.db, &self.dir, position).await? {
            rebuild::rebuild(&self.db, &self.dir).await?;
            return Ok(head.saturating_sub(position));
        }
        match feeder::feed(&self.db, &self.index).await {
            Err(SearchError::Index(cause)) => {
                let rebuilt = mend(&self.db, &self.dir, &turn).await?;
                if rebuilt { Ok(head.saturating_sub(position)) } else { Err(cause.into()) }
            }
            fed => fed,
        }
    }

    async fn is_current(&self) -> Result<bool, SearchError> {
        let position = self.index.position();
        Ok(self.behind().await? == 0 && rebuild::belongs_to(&self.db, &self.dir, position).await?)
    }

    /// How many entries of the outbox the index has not read yet.
    async fn behind(&self) -> Result<u64, SearchError> {
        Ok(outbox::head(&self.db).await?.unsigned_abs().saturating_sub(self.index.position()))
    }

    /// Makes the index anew from the database and returns the number of documents. The old one answers meanwhile.
    ///
    /// # Errors
    /// When the database or the disk fails; then the old one stays.
    pub async fn rebuild(&self) -> Result<u64, SearchError> {
        let _turn = Turn::wait(&self.dir, &self.here).await?;
        rebuild::rebuild(&self.db, &self.dir).await
    }

    /// Reads every file of the index and compares it with the database. Changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(&self) -> Result<Checked, SearchError> {
        let doubt = opened(&self.dir).await.err().map(|doubt| doubt.to_string());
        Ok(Checked {
            doubt,
            position: self.index.position(),
            head: outbox::head(&self.db).await?.unsigned_abs(),
            openings: self.index.count(Kind::Opening),
            profiles: self.index.count(Kind::Profile),
            in_database: shown::counts(&self.db).await?,
        })
    }

    /// Asks the index; when it cannot be read any more, makes it anew and asks again.
    async fn ask_index<T: Send + 'static>(
        &self,
        query: &Query,
        how: fn(&Index, &Query) -> Result<T, IndexError>,
    ) -> Result<T, SearchError> {
        match asked(&self.index, query, how).await {
            Err(SearchError::Index(_)) => {
                let turn = Turn::wait(&self.dir, &self.here).await?;
                mend(&self.db, &self.dir, &turn).await?;
                drop(turn);
                asked(&self.index, query, how).await
            }
            answer => answer,
        }
    }

    /// Up to which entry of the outbox the index has read.
    fn position(&self) -> i64 {
        i64::try_from(self.index.position()).unwrap_or(i64::MAX)
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("dir", &self.dir).finish_non_exhaustive()
    }
}

/// Opens an index after reading all of it, and tells it what means the same here.
async fn opened(dir: &Arc<Path>) -> Result<Index, SearchError> {
    let dir = dir.clone();
    blocking(move || Ok(Index::open_with(&dir, places::table()).map_err(IndexError::from)?)).await
}

async fn asked<T: Send + 'static>(
    index: &Index,
    query: &Query,
    how: fn(&Index, &Query) -> Result<T, IndexError>,
) -> Result<T, SearchError> {
    let (index, query) = (index.clone(), query.clone());
    blocking(move || Ok(how(&index, &query)?)).await
}

/// Makes an index anew if it is still in doubt: who had the turn before may have done it. Tells whether it did.
async fn mend(db: &Db, dir: &Arc<Path>, _turn: &Turn) -> Result<bool, SearchError> {
    let Err(doubt) = opened(dir).await else { return Ok(false) };
    tracing::info!(%doubt, "the search index is made anew");
    rebuild::rebuild(db, dir).await?;
    Ok(true)
}

/// Runs what would hold up other tasks on a thread of its own.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(SearchError::Interrupted))
}
