//! Keeps the index one that can be trusted: opened, fed from the outbox, and made anew where there is a doubt.
//!
//! While there is no such index the records themselves answer ([`super::plain`]), so that nobody waits for one and nobody
//! takes an unfinished index for an empty desk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use migiude_index::{Index, IndexError};
use tokio::sync::{Mutex, Semaphore};

use super::turn::Turn;
use super::{Search, SearchError, blocking, feeder, places, rebuild};
use crate::store::{Db, outbox};

/// Answers from the records at one time: each reads all of them.
const READINGS: usize = 2;

impl Search {
    /// Opens the index in `dir` and catches up with the outbox. An index that is missing, damaged, of another
    /// version or of another database is made anew first; another process that opens it meanwhile waits. For commands
    /// that end by themselves.
    ///
    /// # Errors
    /// When the database or the disk fails.
    pub async fn open(db: Db, dir: PathBuf) -> Result<Self, SearchError> {
        let search = Self::open_at_once(db, dir).await?;
        if !matches!(search.trusted().await?, Some((_, 0))) {
            let turn = Turn::wait(&search.dir, &search.here).await?;
            search.feed(&turn).await?;
        }
        Ok(search)
    }

    /// Opens the index in `dir` as it lies there. Where it cannot be trusted the records answer, until
    /// [`Search::catch_up`] has made it anew. For a server, whose job does that.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_at_once(db: Db, dir: PathBuf) -> Result<Self, SearchError> {
        let search = Self {
            db,
            dir: dir.into(),
            held: Arc::new(RwLock::new(None)),
            here: Arc::new(Mutex::new(())),
            readings: Arc::new(Semaphore::new(READINGS)),
            words: Arc::new(RwLock::new(None)),
        };
        if let Some(index) = search.trustworthy().await? {
            search.hold(Some(index));
        }
        Ok(search)
    }

    /// Feeds the index with everything that changed and returns the number of outbox entries it took; makes it anew where it
    /// cannot be trusted. Nothing is done while another process is feeding: that process sees the same entries.
    ///
    /// # Errors
    /// When the database or the disk fails; what was fed before stays fed.
    pub async fn catch_up(&self) -> Result<u64, SearchError> {
        match Turn::try_take(&self.dir, &self.here).await? {
            Some(turn) => self.feed(&turn).await,
            None => Ok(0),
        }
    }

    /// Lets the index follow a change at once, for whoever looks next. Nobody waits for an index that is being made, and a
    /// change that is stored does not fail because of it: what is left over here is left to the job.
    pub async fn follow(&self) {
        if self.held().is_some()
            && let Err(problem) = self.catch_up().await
        {
            tracing::warn!(problem = problem.in_a_log(), "the index could not follow a change");
        }
    }

    /// Makes the index anew from the database and returns the number of documents. The old one answers meanwhile.
    ///
    /// # Errors
    /// When the database or the disk fails; then the old one stays.
    pub async fn rebuild(&self) -> Result<u64, SearchError> {
        let _turn = Turn::wait(&self.dir, &self.here).await?;
        let count = rebuild::rebuild(&self.db, &self.dir).await?;
        self.hold(Some(opened(&self.dir).await?));
        Ok(count)
    }

    /// The index that may answer, and how many entries of the outbox it has not read yet.
    pub(super) async fn trusted(&self) -> Result<Option<(Index, u64)>, SearchError> {
        let Some(index) = self.held() else { return Ok(None) };
        // In this order: the head only grows.
        let position = index.position();
        let head = outbox::head(&self.db).await?.unsigned_abs();
        Ok(has_begun(position, head).then(|| (index, head.saturating_sub(position))))
    }

    /// Lets the records answer from now on, until the index has been looked at.
    pub(super) fn doubt(&self, cause: &SearchError) {
        tracing::warn!(cause = cause.in_a_log(), "the search index cannot be read; the records answer");
        self.hold(None);
    }

    async fn feed(&self, _turn: &Turn) -> Result<u64, SearchError> {
        let before = self.held().map_or(0, |index| index.position());
        let head = outbox::head(&self.db).await?.unsigned_abs();
        let mut readable = self.trustworthy().await?;
        if let Some(index) = &readable {
            match feeder::feed(&self.db, index).await {
                Err(SearchError::Index(cause)) if !matches!(cause, IndexError::Busy) => {
                    tracing::warn!(%cause, "the search index cannot be fed");
                    self.hold(None);
                    // A writer that was killed may leave files over which the next one stumbles: whole for whoever
                    // reads, and never to be fed again.
                    readable = self.trustworthy().await?;
                }
                fed => {
                    self.hold(readable);
                    return fed;
                }
            }
        }
        // What can be read answers until the new one takes its place.
        self.hold(readable);
        tracing::info!("the search index is made anew");
        rebuild::rebuild(&self.db, &self.dir).await?;
        let index = opened(&self.dir).await?;
        // What changed meanwhile has been answered by the records, and must not vanish for a moment.
        feeder::feed(&self.db, &index).await?;
        self.hold(Some(index));
        Ok(head.saturating_sub(before))
    }

    /// The index in hand or on disk, when it is whole, ours, and more than a beginning.
    async fn trustworthy(&self) -> Result<Option<Index>, SearchError> {
        let index = match self.held() {
            Some(index) => index,
            None => match opened(&self.dir).await {
                Ok(index) => index,
                Err(doubt) => {
                    tracing::info!(doubt = doubt.in_a_log(), "there is no search index that can be trusted");
                    return Ok(None);
                }
            },
        };
        let position = index.position();
        let head = outbox::head(&self.db).await?.unsigned_abs();
        let is_ours = has_begun(position, head) && rebuild::belongs_to(&self.db, &self.dir, position).await?;
        Ok(is_ours.then_some(index))
    }

    fn held(&self) -> Option<Index> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, index: Option<Index>) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = index;
    }
}

/// Not an index that has read nothing where there is something, nor one that has read more than there is.
fn has_begun(position: u64, head: u64) -> bool {
    (position > 0 || head == 0) && position <= head
}

/// Opens an index after reading all of it, and tells it what means the same here.
pub(super) async fn opened(dir: &Arc<Path>) -> Result<Index, SearchError> {
    let dir = dir.clone();
    blocking(move || Ok(Index::open_with(&dir, places::table()).map_err(IndexError::from)?)).await
}
