//! Letters to those whose list is not certified while the deadline comes near.

use crate::accounts::Tools;
use crate::domain::{Letter, Owner};
use crate::store::rankings::{self as rows, Entrant, Window};
use crate::store::{StoreError, Tx, letters};

const HOUR: i64 = 60 * 60_000;

/// When to remind, before the deadline: a week, three days, a day, three hours. The names stand in `reminders_sent`.
pub const STEPS: [(&str, i64); 4] =
    [("3h", 3 * HOUR), ("1d", 24 * HOUR), ("3d", 72 * HOUR), ("7d", 168 * HOUR)];

/// Reminds everybody who has somebody to rank and no certified list, once at each step. A step that was slept through is
/// made up for by the next one alone: nobody gets two letters at once. The number of letters.
///
/// # Errors
/// The database's; the next turn tries again.
pub async fn remind(tools: Tools<'_>) -> Result<usize, StoreError> {
    let mut sent = 0;
    for window in rows::windows(tools.db).await? {
        let mut tx = tools.db.begin().await?;
        let now_ms = tx.now_ms().await?;
        let left = window.closes_at - now_ms;
        let step = STEPS.iter().find(|(_, before)| left <= *before);
        let Some((step, _)) = step.filter(|_| window.draft && left > 0 && now_ms >= window.opens_at) else {
            continue;
        };
        let owing = rows::entrants(&mut tx, window.round).await?;
        for one in owing.iter().filter(|one| !one.certified) {
            if rows::take_reminder(&mut tx, window.round, one.owner, step, now_ms).await? {
                sent += write(&mut tx, &window, one, now_ms, tools).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(sent)
}

async fn write(
    tx: &mut Tx,
    window: &Window,
    to: &Entrant,
    now_ms: i64,
    tools: Tools<'_>,
) -> Result<usize, StoreError> {
    let round = window.round;
    let path = match (to.owner, to.firm_id) {
        (Owner::Opening(id), Some(firm)) => format!("/firm/{firm}/rounds/{round}/ranking/{id}"),
        _ => format!("/me/rounds/{round}/ranking"),
    };
    let letter = Letter::RoundCloses { round, closes_at: window.closes_at, path };
    let holders = rows::holders(tx, to.owner, now_ms).await?;
    for holder in &holders {
        letters::post(tx, &tools.new_id(), &letter, holder, None, now_ms).await?;
    }
    Ok(holders.len())
}
