//! How alerts of an address end: said twice before, and once when they have ended, each time with a way on.

use super::{Alert, AlertError, DAY};
use crate::accounts::Tools;
use crate::domain::{Letter, Recipient};
use crate::store::alerts::{self as rows, AlertRow};
use crate::store::letters;
use crate::texts::Lang;

/// The first letter comes this long before the end, in milliseconds.
const EARLY: i64 = 14 * DAY;
/// The second.
const LATE: i64 = 3 * DAY;
/// For how long what has ended can be begun again.
const KEPT: i64 = 30 * DAY;
/// Alerts of one turn.
const TURN: i64 = 200;

/// Says of the alerts whose end is near, or has come, that it is so; how many letters were written. What ended a month ago is
/// forgotten.
///
/// # Errors
/// When the database fails.
pub async fn say_endings(tools: Tools<'_>) -> Result<usize, AlertError> {
    let now = tools.now_ms();
    let mut letters = 0;
    for alert in rows::ending(tools.db, now, EARLY, LATE, TURN).await? {
        letters += usize::from(say(alert, now, tools).await?);
    }
    let mut tx = tools.db.begin().await?;
    rows::forget_ended(&mut tx, now - KEPT).await?;
    tx.commit().await?;
    Ok(letters)
}

async fn say(row: AlertRow, now: i64, tools: Tools<'_>) -> Result<bool, AlertError> {
    let (Some(ends_at), Some(address)) = (row.ends_at, row.to.clone()) else { return Ok(false) };
    let alert = Alert::read(row.clone())?;
    let lang = Lang::from_tag(&row.lang).unwrap_or_default();
    let (id, label) = (tools.new_id(), alert.label(lang));
    let path = format!("/alerts/{id}");
    let has_ended = ends_at <= now;
    let (said, letter) = match ends_at - now {
        ..=0 => (3, Letter::AlertEnded { alert: alert.id, label, path }),
        1..=LATE => (2, Letter::AlertEnding { alert: alert.id, label, ends_at, path }),
        _ => (1, Letter::AlertEnding { alert: alert.id, label, ends_at, path }),
    };
    let mut tx = tools.db.begin().await?;
    if !rows::warn(&mut tx, &row, said, has_ended.then_some(now)).await? {
        return Ok(false);
    }
    let to = Recipient { person: None, address, lang: row.lang };
    letters::post(&mut tx, &id, &letter, &to, None, now).await?;
    tx.commit().await?;
    Ok(true)
}
