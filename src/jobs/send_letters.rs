//! Sends the letters that are due, one after the other.
//!
//! A letter is claimed and drawn in one transaction, sent, and noted as sent in another. A kill before the note sends it once
//! more, as the same message under the same Message-ID; it is never lost.

use std::time::Duration;

use tokio::sync::watch;

use crate::clock::Clock;
use crate::mail::{self, Draft, Sender, Trouble};
use crate::store::letters::{self, Claimed};
use crate::store::{Db, StoreError};
use crate::texts::Lang;

/// How long a letter may wait for its first try.
const PAUSE: Duration = Duration::from_millis(1000);
/// For how long a claim holds: longer than a mail server may take.
const LEASE: i64 = 5 * MINUTE;
const MINUTE: i64 = 60_000;
/// The waits between eight tries, in minutes: a server that is away for a working day loses nothing.
const WAITS: [i64; 7] = [1, 5, 15, 30, 60, 120, 240];

/// Sends until `stop` turns true.
pub async fn send_letters(
    db: Db,
    sender: Sender,
    clock: std::sync::Arc<dyn Clock>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if let Err(problem) = send_due(&db, &sender, &*clock, &stop).await {
            tracing::warn!(%problem, "letters could not be sent");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Sends what is due now; how many letters went out. Ends early when the server does not answer, or when asked to stop.
pub async fn send_due(
    db: &Db,
    sender: &Sender,
    clock: &dyn Clock,
    stop: &watch::Receiver<bool>,
) -> Result<usize, StoreError> {
    let mut out = 0;
    while !*stop.borrow() {
        let now = clock.now_ms();
        let Some((claimed, message)) = take(db, sender, now).await? else { break };
        let Some(message) = message else { continue };
        match sender.send(&claimed.id, &claimed.address, &message).await {
            Ok(()) => {
                out += 1;
                note(db, &claimed, sender, clock.now_ms()).await?;
            }
            Err(trouble) => {
                put_off(db, &claimed, &trouble, clock.now_ms()).await?;
                if matches!(trouble, Trouble::NoServer(_)) {
                    break;
                }
            }
        }
    }
    Ok(out)
}

/// Claims the next letter and draws it, where nobody has yet. No message: it can never be written, and is given up.
async fn take(db: &Db, sender: &Sender, now: i64) -> Result<Option<(Claimed, Option<String>)>, StoreError> {
    let mut tx = db.begin().await?;
    let Some(mut claimed) = letters::claim(&mut tx, now, now + LEASE).await? else { return Ok(None) };
    let message = match claimed.message.take() {
        Some(message) => Some(message),
        None => {
            let draft = Draft {
                id: &claimed.id,
                to: &claimed.address,
                name: claimed.name.as_deref(),
                lang: Lang::from_tag(&claimed.lang).unwrap_or_default(),
                letter: &claimed.letter,
                made_at: claimed.made_at,
            };
            match sender.draw(draft) {
                Ok(message) => {
                    letters::keep(&mut tx, &claimed.id, &message).await?;
                    Some(message)
                }
                Err(cause) => {
                    let (id, tries) = (&claimed.id, claimed.tries);
                    letters::failed(&mut tx, id, tries, None, &cause.to_string()).await?;
                    None
                }
            }
        }
    };
    tx.commit().await?;
    Ok(Some((claimed, message)))
}

async fn note(db: &Db, claimed: &Claimed, sender: &Sender, now: i64) -> Result<(), StoreError> {
    // Where the folder is the delivery it stays readable; otherwise nothing that opens anything may stay with us.
    let rest = (!sender.keeps()).then(|| mail::emptied(claimed.letter.clone()));
    let mut tx = db.begin().await?;
    letters::sent(&mut tx, &claimed.id, rest.as_ref(), now).await?;
    tx.commit().await
}

async fn put_off(db: &Db, claimed: &Claimed, trouble: &Trouble, now: i64) -> Result<(), StoreError> {
    let wait = usize::try_from(claimed.tries - 1).ok().and_then(|tries| WAITS.get(tries));
    let next = match trouble {
        Trouble::ForGood(_) => None,
        Trouble::ForNow(_) | Trouble::NoServer(_) => wait.map(|minutes| now + minutes * MINUTE),
    };
    let mut tx = db.begin().await?;
    letters::failed(&mut tx, &claimed.id, claimed.tries, next, &trouble.to_string()).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests;
