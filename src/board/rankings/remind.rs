//! Letters to those whose list is not certified while the deadline comes near.

use crate::accounts::Tools;
use crate::domain::{FirmId, Letter, Owner};
use crate::store::rankings::{self as rows, Window};
use crate::store::{StoreError, Tx, letters};

const HOUR: i64 = 60 * 60_000;

/// When to remind, before the deadline: a week, three days, a day, three hours. The names stand in `reminders_sent`.
pub const STEPS: [(&str, i64); 4] =
    [("3h", 3 * HOUR), ("1d", 24 * HOUR), ("3d", 72 * HOUR), ("7d", 168 * HOUR)];

/// Letters a transaction: others write in between.
const AT_A_TIME: i64 = 200;

/// Reminds everybody who has somebody to rank and no certified list, once at each step. A step that was slept through is
/// not made up for: nobody gets two letters at once. The number of letters.
///
/// # Errors
/// The database's; the next turn tries again.
pub async fn remind(tools: Tools<'_>) -> Result<usize, StoreError> {
    let mut sent = 0;
    for window in rows::windows(tools.db).await?.iter().filter(|window| window.draft) {
        while let Some(more) = remind_some(window, tools).await? {
            sent += more;
        }
    }
    Ok(sent)
}

/// Reminds the next few; none when there is nobody to remind now.
async fn remind_some(window: &Window, tools: Tools<'_>) -> Result<Option<usize>, StoreError> {
    let mut looking = tools.db.begin_reading().await?;
    let now_ms = looking.now_ms().await?;
    let left = window.closes_at - now_ms;
    let due = STEPS.iter().find(|(_, before)| left <= *before);
    let Some((step, _)) = due.filter(|_| left > 0 && now_ms >= window.opens_at) else { return Ok(None) };
    if rows::owing(&mut looking, window.round, step, 1).await?.is_empty() {
        return Ok(None);
    }
    drop(looking);
    let mut tx = tools.db.begin().await?;
    let mut sent = 0;
    for (owner, firm) in rows::owing(&mut tx, window.round, step, AT_A_TIME).await? {
        if rows::take_reminder(&mut tx, window.round, owner, step, now_ms).await? {
            sent += write(&mut tx, window, owner, firm, tools).await?;
        }
    }
    tx.commit().await?;
    Ok(Some(sent))
}

async fn write(
    tx: &mut Tx,
    window: &Window,
    owner: Owner,
    firm: Option<FirmId>,
    tools: Tools<'_>,
) -> Result<usize, StoreError> {
    let round = window.round;
    let path = match (owner, firm) {
        (Owner::Opening(id), Some(firm)) => format!("/firm/{firm}/rounds/{round}/ranking/{id}"),
        _ => format!("/me/rounds/{round}/ranking"),
    };
    let now_ms = tools.now_ms();
    let letter = Letter::RoundCloses { round, closes_at: window.closes_at, path };
    let holders = rows::holders(tx, owner, now_ms).await?;
    for holder in &holders {
        letters::post(tx, &tools.new_id(), &letter, holder, None, now_ms).await?;
    }
    Ok(holders.len())
}
