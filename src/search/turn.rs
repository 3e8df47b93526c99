//! The turn to write into an index: one task of one process at a time.
//!
//! The system takes the turn back from a process that was killed.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{SearchError, blocking};

const LOCK: &str = "LOCK";

/// Held by the one who feeds or rebuilds.
pub(super) struct Turn {
    _among_processes: File,
    _here: OwnedMutexGuard<()>,
}

impl Turn {
    /// Waits for other tasks of this process, but not for other processes: none when one of them has the turn.
    pub(super) async fn try_take(dir: &Path, here: &Arc<Mutex<()>>) -> Result<Option<Self>, SearchError> {
        let here = here.clone().lock_owned().await;
        let file = open(dir)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _among_processes: file, _here: here })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(SearchError::Disk { at: dir.join(LOCK), source }),
        }
    }

    /// Waits until everybody else is done.
    pub(super) async fn wait(dir: &Path, here: &Arc<Mutex<()>>) -> Result<Self, SearchError> {
        let here = here.clone().lock_owned().await;
        let file = open(dir)?;
        let at = dir.join(LOCK);
        let file = blocking(move || match file.lock() {
            Ok(()) => Ok(file),
            Err(source) => Err(SearchError::Disk { at, source }),
        })
        .await?;
        Ok(Self { _among_processes: file, _here: here })
    }
}

fn open(dir: &Path) -> Result<File, SearchError> {
    let disk = |source| SearchError::Disk { at: dir.to_owned(), source };
    std::fs::create_dir_all(dir).map_err(disk)?;
    File::options().create(true).truncate(false).write(true).open(dir.join(LOCK)).map_err(disk)
}
