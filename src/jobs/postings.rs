//! Openings whose time has come: published when it was said, asked about after a month, ended when nobody answers.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::accounts::{SystemChance, Tools};
use crate::board::postings::{expire_stale, publish_due};
use crate::clock::Clock;
use crate::store::Db;

/// A time that somebody set is kept to within this.
const PAUSE: Duration = Duration::from_secs(20);

/// Looks after openings until `stop` turns true. What fails is tried again at the next turn.
pub async fn keep_postings(db: Db, clock: Arc<dyn Clock>, mut stop: watch::Receiver<bool>) {
    loop {
        let tools = Tools { db: &db, clock: &*clock, chance: &SystemChance };
        if let Err(problem) = publish_due(tools).await {
            tracing::warn!(%problem, "openings could not be published or ended");
        }
        if let Err(problem) = expire_stale(tools).await {
            tracing::warn!(%problem, "firms could not be asked about their openings");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
