//! Open sessions, by the hash of their token.

use super::region::read_id;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// A session, ended or not.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Session {
    /// What its owner's list names it by.
    pub id: String,
    person_id: String,
    /// The browser that it was opened in, as it named itself.
    pub device: String,
    /// A passkey or a second factor was shown.
    pub strong: bool,
    /// Milliseconds.
    pub made_at: i64,
    /// When it was last used, milliseconds.
    pub seen_at: i64,
    /// When the person last proved who they are, milliseconds.
    pub proved_at: i64,
    /// When it ends at the latest, milliseconds.
    pub expires_at: i64,
    /// The person has an authenticator app, whose code belongs to every log-in. Not told by lists.
    #[sqlx(default)]
    pub has_app: bool,
}

impl Session {
    /// Whose it is.
    pub fn person(&self) -> Result<PersonId, StoreError> {
        read_id("session of person", &self.person_id)
    }
}

/// Opens a session, and clears away those that ended long ago: a late form still finds out whose it was.
pub async fn open(tx: &mut Tx, hash: &str, person: PersonId, session: &New<'_>) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM sessions WHERE expires_at <= $1";
    const SQL: &str = "INSERT INTO sessions \
        (token_hash, id, person_id, device, strong, made_at, seen_at, proved_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7)";
    const KEPT: i64 = 7 * 24 * 60 * 60_000;
    let New { id, device, strong, now_ms, expires_at } = *session;
    in_tx!(tx, on => sqlx::query(OLD).bind(now_ms - KEPT).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(id).bind(person.to_string()).bind(device).bind(strong)
        .bind(now_ms).bind(expires_at).execute(on).await.map(drop)?);
    Ok(())
}

/// A session to be opened.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// What its owner's list names it by.
    pub id: &'a str,
    /// The browser, as it named itself.
    pub device: &'a str,
    /// Whether a passkey or a second factor was shown.
    pub strong: bool,
    /// Now, milliseconds.
    pub now_ms: i64,
    /// When it ends at the latest, milliseconds.
    pub expires_at: i64,
}

/// The session of this token's hash, ended or not. A closed account has none.
pub async fn find(db: &Db, hash: &str) -> Result<Option<Session>, StoreError> {
    const SQL: &str = "SELECT sessions.id, person_id, device, strong, made_at, seen_at, proved_at, expires_at, \
        totp_secret IS NOT NULL AS has_app FROM sessions JOIN people ON people.id = person_id WHERE token_hash = $1 AND disabled_at IS NULL";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(hash).fetch_optional(on).await)?)
}

/// A person's open sessions, the latest used first.
pub async fn of(db: &Db, person: PersonId, now_ms: i64) -> Result<Vec<Session>, StoreError> {
    const SQL: &str = "SELECT id, person_id, device, strong, made_at, seen_at, proved_at, expires_at \
        FROM sessions WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(person.to_string()).bind(now_ms).fetch_all(on).await)?)
}

/// Notes that a session was used.
pub async fn touch(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET seen_at = $2 WHERE token_hash = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Notes that the person of a session proved again who they are.
pub async fn prove(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET proved_at = $2 WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Ends the session of this token's hash.
pub async fn end(tx: &mut Tx, hash: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE token_hash = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).execute(on).await.map(drop)?);
    Ok(())
}

/// Ends one of a person's sessions by its id; `false` when the person has none of that id.
pub async fn end_one(tx: &mut Tx, person: PersonId, id: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE person_id = $1 AND id = $2";
    let gone = in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(id).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(gone == 1)
}

/// Ends all of a person's sessions, except the one of this id.
pub async fn end_others(tx: &mut Tx, person: PersonId, except: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE person_id = $1 AND id <> $2";
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(except).execute(on).await.map(drop)?);
    Ok(())
}

/// Makes a session a strong one, without a second proof: for tests that tell of something else.
#[cfg(test)]
pub async fn make_strong(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET strong = TRUE WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).execute(on).await.map(drop)?);
    Ok(())
}
