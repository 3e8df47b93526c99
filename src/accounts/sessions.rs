//! Logging in and out, and who a session belongs to.

use super::operator::normal_login;
use super::{AccountError, Chance, Operator, Token, password, throttle};
use crate::clock::Clock;
use crate::store::accounts as rows;
use crate::store::{Db, StoreError, Tx};

const MINUTE: i64 = 60_000;
/// An operator logs in anew every working day …
const LONGEST: i64 = 12 * 60 * MINUTE;
/// … and after half an hour away from the screen.
const IDLE: i64 = 30 * MINUTE;

/// Logs an operator in. `address` is where the request came from, if that is known.
///
/// # Errors
/// [`AccountError::WrongLogin`] for an unknown name and for a wrong password alike, after the same time;
/// [`AccountError::TooManyTries`] before looking at either.
pub async fn log_in(
    db: &Db,
    login: &str,
    password: &str,
    address: Option<&str>,
    clock: &dyn Clock,
    chance: &dyn Chance,
) -> Result<(Operator, Token), AccountError> {
    let login = normal_login(login);
    throttle::count(db, &login, address, clock).await?;
    let account = rows::account(db, &login).await?;
    let right = password::is_right(password, account.as_ref().map(|one| one.password_hash.as_str())).await?;
    let Some(account) = account.filter(|_| right) else { return Err(AccountError::WrongLogin) };
    let token = Token::new(chance);
    let mut tx = db.begin().await?;
    throttle::forget(&mut tx, &login).await?;
    let now = clock.now_ms();
    rows::add_session(&mut tx, &token.hash(), &account.id, now, now + LONGEST).await?;
    tx.commit().await?;
    let operator = operator(db, &token, clock).await?.ok_or(AccountError::WrongLogin)?;
    Ok((operator, token))
}

/// The operator whose open session this token belongs to.
pub async fn operator(db: &Db, token: &Token, clock: &dyn Clock) -> Result<Option<Operator>, AccountError> {
    let Some(session) = rows::session(db, &token.hash()).await? else { return Ok(None) };
    let now = clock.now_ms();
    if now >= session.expires_at || now - session.seen_at >= IDLE {
        return Ok(None);
    }
    // Once a minute is exact enough, and spares every page a write.
    if now - session.seen_at >= MINUTE {
        match touch(db, token, now).await {
            // A long import holds the writer: no reason to keep a reader from reading.
            Ok(()) | Err(StoreError::Busy) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some(Operator::known_as(session.login, session.desk)))
}

async fn touch(db: &Db, token: &Token, now_ms: i64) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    rows::touch_session(&mut tx, &token.hash(), now_ms).await?;
    tx.commit().await
}

/// Ends the session of this token, whoever's it is.
pub async fn log_out(db: &Db, token: &Token) -> Result<(), AccountError> {
    let mut tx = db.begin().await?;
    rows::end_session(&mut tx, &token.hash()).await?;
    rows::end_participant_session(&mut tx, &token.hash()).await?;
    Ok(tx.commit().await?)
}

/// Opens a session without a password, for who has just been made in the same transaction.
pub(super) async fn open(
    tx: &mut Tx,
    account: &str,
    clock: &dyn Clock,
    chance: &dyn Chance,
) -> Result<Token, AccountError> {
    let token = Token::new(chance);
    let now = clock.now_ms();
    rows::add_session(tx, &token.hash(), account, now, now + LONGEST).await?;
    Ok(token)
}
