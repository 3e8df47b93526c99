//! Tells people what is new for the questions they keep.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::accounts::{SystemChance, Tools};
use crate::clock::Clock;
use crate::search::{Search, alerts};
use crate::store::Db;

/// How long something new may wait after the index has it.
const PAUSE: Duration = Duration::from_millis(1000);
/// Endings are days away: every so many turns are enough.
const ENDINGS: u32 = 60;

/// Looks until `stop` turns true. What fails is tried again at the next turn.
pub async fn tell_news(db: Db, search: Search, clock: Arc<dyn Clock>, mut stop: watch::Receiver<bool>) {
    let mut turn: u32 = 0;
    loop {
        let tools = Tools { db: &db, clock: &*clock, chance: &SystemChance };
        if let Err(problem) = alerts::look(&search, tools).await {
            tracing::warn!(%problem, "what is new could not be told");
        }
        if turn.is_multiple_of(ENDINGS)
            && let Err(problem) = alerts::say_endings(tools).await
        {
            tracing::warn!(%problem, "ends of alerts could not be told");
        }
        turn = turn.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
