//! How often a log-in may be tried: counted in the database, so that a restart forgives nothing.

use super::AccountError;
use super::secret::hash;
use crate::clock::Clock;
use crate::store::accounts as rows;
use crate::store::{Db, Tx};

/// Tries are counted over this long, in milliseconds.
const WINDOW: i64 = 15 * 60_000;
/// Tries for one log-in name, known or not.
const PER_NAME: i64 = 5;
/// Tries from one address; whole offices share one.
const PER_ADDRESS: i64 = 100;

/// Counts a try before its password is looked at, or refuses it. A refused try does not count.
pub(super) async fn count(
    db: &Db,
    login: &str,
    address: Option<&str>,
    clock: &dyn Clock,
) -> Result<(), AccountError> {
    count_all([(by_name(login), PER_NAME)].into_iter().chain(address.map(by_address)), db, clock).await
}

/// Counts a try that names nobody yet.
pub(super) async fn count_address(
    db: &Db,
    address: Option<&str>,
    clock: &dyn Clock,
) -> Result<(), AccountError> {
    count_all(address.map(by_address).into_iter(), db, clock).await
}

async fn count_all(
    subjects: impl Iterator<Item = (String, i64)>,
    db: &Db,
    clock: &dyn Clock,
) -> Result<(), AccountError> {
    let now = clock.now_ms();
    let since = now - WINDOW;
    let mut tx = db.begin().await?;
    for (subject, most) in subjects {
        let (tries, first) = rows::login_attempts(&mut tx, &subject, since).await?;
        if tries >= most {
            let wait = first.unwrap_or(now) + WINDOW - now;
            return Err(AccountError::TooManyTries { seconds: u64::try_from(wait / 1000).unwrap_or(0) + 1 });
        }
        rows::count_login_attempt(&mut tx, &subject, now, since).await?;
    }
    Ok(tx.commit().await?)
}

/// Forgets the tries for a log-in name: its owner got in.
pub(super) async fn forget(tx: &mut Tx, login: &str) -> Result<(), AccountError> {
    Ok(rows::forget_login_attempts(tx, &by_name(login)).await?)
}

fn by_name(login: &str) -> String {
    hash(format!("name:{login}").as_bytes())
}

fn by_address(address: &str) -> (String, i64) {
    (hash(format!("address:{address}").as_bytes()), PER_ADDRESS)
}
