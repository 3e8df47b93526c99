//! Keeps the index up with the outbox while the server runs.

use std::time::Duration;

use tokio::sync::watch;

use crate::search::Search;

/// How long a change may wait for the index when nobody nudges it.
const PAUSE: Duration = Duration::from_millis(1000);

/// Feeds the index until `stop` turns true. A failed feeding is tried again at the next turn: the outbox keeps
/// its entries, so nothing is lost.
pub async fn feed_index(search: Search, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(problem) = search.catch_up().await {
            tracing::warn!(%problem, "the index could not be fed");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
