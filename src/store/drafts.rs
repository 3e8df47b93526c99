//! What somebody is filling in, as typed; and forms that came in after their sender's session had ended.

use std::collections::BTreeMap;

use super::region::{json_text, read};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// The fields of a form as typed.
pub type Fields = BTreeMap<String, String>;

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// As typed.
    pub fields: Fields,
    /// Counts up; who saves names the version they began from.
    pub version: i64,
    /// Milliseconds.
    pub saved_at: i64,
    /// The person's id.
    pub saved_by: String,
}

type Row = (String, i64, i64, String);

/// The draft of a form of this kind about this subject.
pub async fn find(db: &Db, kind: &str, subject: &str) -> Result<Option<Draft>, StoreError> {
    const SQL: &str =
        "SELECT fields, version, saved_at, saved_by FROM drafts WHERE kind = $1 AND subject_id = $2";
    let row: Option<Row> =
        reading!(db, on => sqlx::query_as(SQL).bind(kind).bind(subject).fetch_optional(on).await)?;
    row.map(|(fields, version, saved_at, saved_by)| {
        Ok(Draft { fields: read("draft of", subject, &fields)?, version, saved_at, saved_by })
    })
    .transpose()
}

/// Saves what was typed by who began from version `from` (0: nothing saved yet). The new version, or none when
/// somebody else saved meanwhile.
pub async fn save(
    tx: &mut Tx,
    kind: &str,
    subject: &str,
    fields: &Fields,
    from: i64,
    by: PersonId,
    now_ms: i64,
) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "INSERT INTO drafts (kind, subject_id, fields, version, saved_at, saved_by) \
        VALUES ($1, $2, $3, 1, $5, $6) ON CONFLICT (kind, subject_id) DO UPDATE SET fields = excluded.fields, \
        version = drafts.version + 1, saved_at = excluded.saved_at, saved_by = excluded.saved_by \
        WHERE drafts.version = $4 RETURNING version";
    let text = json_text(fields)?;
    Ok(in_tx!(tx, on => sqlx::query_scalar(SQL).bind(kind).bind(subject).bind(text).bind(from).bind(now_ms)
        .bind(by.to_string()).fetch_optional(on).await)?)
}

/// Throws a draft away: what it held has been sent, or is not wanted.
pub async fn drop(tx: &mut Tx, kind: &str, subject: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM drafts WHERE kind = $1 AND subject_id = $2";
    in_tx!(tx, on => sqlx::query(SQL).bind(kind).bind(subject).execute(on).await.map(std::mem::drop)?);
    Ok(())
}

/// How long a late form is kept for its sender, in milliseconds.
const KEPT: i64 = 24 * 60 * 60_000;

/// Keeps a form, as it was sent, whose sender's session had ended; a later one to the same address takes its place. Those
/// that nobody came back for are thrown away.
pub async fn stash(
    tx: &mut Tx,
    person: PersonId,
    path: &str,
    form: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM stashes WHERE kept_at < $1";
    const SQL: &str = "INSERT INTO stashes (person_id, path, fields, kept_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (person_id, path) DO UPDATE SET fields = excluded.fields, kept_at = excluded.kept_at";
    in_tx!(tx, on => sqlx::query(OLD).bind(now_ms - KEPT).execute(on).await.map(std::mem::drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(path).bind(form).bind(now_ms)
        .execute(on).await.map(std::mem::drop)?);
    Ok(())
}

/// A form that was kept for its sender.
pub async fn stashed(
    db: &Db,
    person: PersonId,
    path: &str,
    now_ms: i64,
) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT fields FROM stashes WHERE person_id = $1 AND path = $2 AND kept_at >= $3";
    Ok(reading!(db, on => sqlx::query_scalar(SQL).bind(person.to_string()).bind(path).bind(now_ms - KEPT)
        .fetch_optional(on).await)?)
}

/// Throws a kept form away.
pub async fn drop_stash(tx: &mut Tx, person: PersonId, path: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM stashes WHERE person_id = $1 AND path = $2";
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(path).execute(on).await
        .map(std::mem::drop)?);
    Ok(())
}
