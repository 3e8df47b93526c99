//! Keeps the index up with the outbox while the server runs.

use std::time::Duration;

use tokio::sync::watch;

use crate::search::Search;

/// How long a change may wait for the index when nobody nudges it: what is posted is found within two seconds.
const PAUSE: Duration = Duration::from_millis(1000);
const _: () = assert!(PAUSE.as_millis() * 2 <= 2000, "half of the two seconds are for the feeding itself");

/// Feeds the index until `stop` turns true, and makes it anew where it cannot be trusted. What fails is tried again at the
/// next turn: the outbox keeps its entries, so nothing is lost, and the records answer as long as there is no index.
pub async fn feed_index(search: Search, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(problem) = search.catch_up().await {
            tracing::warn!(problem = problem.in_a_log(), "the index could not be fed");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
