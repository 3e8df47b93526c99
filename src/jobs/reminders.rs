//! Reminds those whose list is not certified while a deadline comes near, and firms that owe somebody an answer.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::accounts::{Chance, Tools};
use crate::board::{applications, rankings};
use crate::clock::Clock;
use crate::store::Db;

/// The nearest reminder goes out three hours before a deadline: minutes are exact enough.
const PAUSE: Duration = Duration::from_secs(60);

/// Looks every minute until `stop` turns true. Whom a failed turn left out is reminded by the next: what was sent is
/// written down with the letter.
pub async fn remind(db: Db, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, mut stop: watch::Receiver<bool>) {
    loop {
        let tools = Tools { db: &db, clock: &*clock, chance: &*chance };
        for sent in [rankings::remind(tools).await, applications::remind(tools).await] {
            if let Err(problem) = sent {
                tracing::warn!(%problem, "reminders could not be written");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
