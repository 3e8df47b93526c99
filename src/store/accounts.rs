//! Desks, set-up codes, counted log-ins and participants' links.
//!
//! Nothing here knows a secret: callers hand over hashes.

use super::region::read_id;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::Owner;

/// A regional HR desk (地域の人事部).
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Desk {
    /// Ours.
    pub id: String,
    /// Its public name.
    pub name: String,
    /// The prefecture where it works.
    pub prefecture: String,
    /// What it says about itself; may be empty.
    pub about: String,
    /// Invented for a demonstration: every page says so.
    pub fictional: bool,
}

/// Whose result a link or a session opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The number of the round.
    pub round: i64,
    /// The candidate, or the opening.
    pub owner: Owner,
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkState {
    /// Whether it was opened already.
    pub used: bool,
    /// When it stops working, milliseconds.
    pub expires_at: i64,
}

/// All desks, by prefecture and name.
pub async fn desks(db: &Db) -> Result<Vec<Desk>, StoreError> {
    const SQL: &str =
        "SELECT id, name, prefecture, about, fictional FROM desks ORDER BY prefecture, name, id";
    Ok(reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?)
}

/// Whether a desk here is invented.
pub async fn is_fictional(db: &Db) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM desks WHERE fictional";
    let invented: i64 = reading!(db, on => sqlx::query_scalar(SQL).fetch_one(on).await)?;
    Ok(invented > 0)
}

/// The name of a desk, and whether it is invented.
pub async fn desk(db: &Db, id: &str) -> Result<Option<(String, bool)>, StoreError> {
    const SQL: &str = "SELECT name, fictional FROM desks WHERE id = $1";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(id).fetch_optional(on).await)?)
}

/// Writes a new desk.
pub async fn add_desk(tx: &mut Tx, desk: &Desk, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO desks (id, name, prefecture, about, fictional, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    in_tx!(tx, on => sqlx::query(SQL).bind(&desk.id).bind(&desk.name).bind(&desk.prefecture)
        .bind(&desk.about).bind(desk.fictional).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Makes this the only open set-up code.
pub async fn replace_setup_code(tx: &mut Tx, hash: &str, expires_at: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO setup_codes (code_hash, expires_at) VALUES ($1, $2)";
    close_setup(tx).await?;
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(expires_at).execute(on).await.map(drop)?);
    Ok(())
}

/// Whether this set-up code is open.
pub async fn setup_code_is_open(db: &Db, hash: &str, now_ms: i64) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM setup_codes WHERE code_hash = $1 AND expires_at > $2";
    let open: i64 = reading!(db, on => sqlx::query_scalar(SQL).bind(hash).bind(now_ms).fetch_one(on).await)?;
    Ok(open == 1)
}

/// Uses a set-up code up; `false` when it was not open any more.
pub async fn use_setup_code(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM setup_codes WHERE code_hash = $1 AND expires_at > $2";
    let used = in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(now_ms).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(used == 1)
}

/// Closes every set-up code: there is an operator now.
pub async fn close_setup(tx: &mut Tx) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM setup_codes";
    in_tx!(tx, on => sqlx::query(SQL).execute(on).await.map(drop)?);
    Ok(())
}

/// How often a log-in was tried for a subject since `since`, and when first.
pub async fn login_attempts(
    tx: &mut Tx,
    subject: &str,
    since: i64,
) -> Result<(i64, Option<i64>), StoreError> {
    const SQL: &str = "SELECT COUNT(*), MIN(tried_at) FROM login_attempts \
        WHERE subject_hash = $1 AND tried_at > $2";
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(subject).bind(since).fetch_one(on).await)?)
}

/// Counts a try for a subject, and clears away those before `since`.
pub async fn count_login_attempt(
    tx: &mut Tx,
    subject: &str,
    now_ms: i64,
    since: i64,
) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM login_attempts WHERE tried_at <= $1";
    const SQL: &str = "INSERT INTO login_attempts (subject_hash, tried_at) VALUES ($1, $2)";
    in_tx!(tx, on => sqlx::query(OLD).bind(since).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(subject).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Forgets the tries of a subject.
pub async fn forget_login_attempts(tx: &mut Tx, subject: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM login_attempts WHERE subject_hash = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(subject).execute(on).await.map(drop)?);
    Ok(())
}

/// Writes a new link and takes back the unopened ones that the same person has for the same round.
pub async fn add_link(
    tx: &mut Tx,
    hash: &str,
    admission: &Admission,
    issued_by: &str,
    now_ms: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM result_links \
        WHERE round = $1 AND owner_kind = $2 AND owner_id = $3 AND used_at IS NULL";
    const SQL: &str = "INSERT INTO result_links \
        (token_hash, round, owner_kind, owner_id, issued_by, issued_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (kind, id) = owner_columns(admission.owner);
    in_tx!(tx, on => sqlx::query(OLD).bind(admission.round).bind(kind).bind(&id).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(admission.round).bind(kind).bind(&id)
        .bind(issued_by).bind(now_ms).bind(expires_at).execute(on).await.map(drop)?);
    Ok(())
}

/// How the link of this token's hash stands.
pub async fn link(db: &Db, hash: &str) -> Result<Option<LinkState>, StoreError> {
    const SQL: &str = "SELECT used_at, expires_at FROM result_links WHERE token_hash = $1";
    let row: Option<(Option<i64>, i64)> =
        reading!(db, on => sqlx::query_as(SQL).bind(hash).fetch_optional(on).await)?;
    Ok(row.map(|(used_at, expires_at)| LinkState { used: used_at.is_some(), expires_at }))
}

/// Opens a link, once; `None` when it is unknown, used or too old.
pub async fn use_link(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<Option<Admission>, StoreError> {
    const SQL: &str = "UPDATE result_links SET used_at = $2 \
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 \
        RETURNING round, owner_kind, owner_id";
    let row: Option<(i64, String, String)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(hash).bind(now_ms).fetch_optional(on).await)?;
    row.map(read_admission).transpose()
}

/// Opens a participant's session, and clears away those that ended.
pub async fn add_participant_session(
    tx: &mut Tx,
    hash: &str,
    admission: &Admission,
    now_ms: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM participant_sessions WHERE expires_at <= $1";
    const SQL: &str = "INSERT INTO participant_sessions (token_hash, round, owner_kind, owner_id, expires_at) \
        VALUES ($1, $2, $3, $4, $5)";
    let (kind, id) = owner_columns(admission.owner);
    in_tx!(tx, on => sqlx::query(OLD).bind(now_ms).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(admission.round).bind(kind).bind(id).bind(expires_at)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// Whose result the session of this token's hash opens.
pub async fn participant(db: &Db, hash: &str, now_ms: i64) -> Result<Option<Admission>, StoreError> {
    const SQL: &str = "SELECT round, owner_kind, owner_id FROM participant_sessions \
        WHERE token_hash = $1 AND expires_at > $2";
    let row: Option<(i64, String, String)> =
        reading!(db, on => sqlx::query_as(SQL).bind(hash).bind(now_ms).fetch_optional(on).await)?;
    row.map(read_admission).transpose()
}

/// Ends a participant's session.
pub async fn end_participant_session(tx: &mut Tx, hash: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM participant_sessions WHERE token_hash = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).execute(on).await.map(drop)?);
    Ok(())
}

const CANDIDATE: &str = "candidate";
const OPENING: &str = "opening";

fn owner_columns(owner: Owner) -> (&'static str, String) {
    match owner {
        Owner::Candidate(id) => (CANDIDATE, id.to_string()),
        Owner::Opening(id) => (OPENING, id.to_string()),
    }
}

fn read_admission((round, kind, id): (i64, String, String)) -> Result<Admission, StoreError> {
    let owner = match kind.as_str() {
        CANDIDATE => Owner::Candidate(read_id("admission of candidate", &id)?),
        OPENING => Owner::Opening(read_id("admission of opening", &id)?),
        other => return Err(StoreError::damaged("admission", &id, other)),
    };
    Ok(Admission { round, owner })
}
