//! Letters that the desk writes again and again, and to whom they went.

use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRow {
    /// Ours.
    pub id: String,
    /// By which operators know it.
    pub name: String,
    /// `ja` or `en`.
    pub lang: String,
    /// One line.
    pub subject: String,
    /// With placeholders.
    pub body: String,
    /// Counts up; who saves names the version they began from.
    pub version: i64,
    /// Milliseconds.
    pub updated_at: i64,
}

/// How a save went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// As it should.
    Yes,
    /// Somebody else saved meanwhile.
    Conflict,
    /// Another template has this name.
    NameTaken,
}

/// Every template, by name.
pub async fn list(db: &Db) -> Result<Vec<TemplateRow>, StoreError> {
    const SQL: &str =
        "SELECT id, name, lang, subject, body, version, updated_at FROM letter_templates ORDER BY name";
    Ok(reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?)
}

/// The template of this id.
pub async fn find(db: &Db, id: &str) -> Result<Option<TemplateRow>, StoreError> {
    const SQL: &str =
        "SELECT id, name, lang, subject, body, version, updated_at FROM letter_templates WHERE id = $1";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(id).fetch_optional(on).await)?)
}

/// Saves a template by who began from its `version` (0: a new one).
pub async fn save(tx: &mut Tx, row: &TemplateRow, by: Option<PersonId>) -> Result<Saved, StoreError> {
    const TAKEN: &str = "SELECT COUNT(*) FROM letter_templates WHERE name = $1 AND id <> $2";
    const NEW: &str = "INSERT INTO letter_templates (id, name, lang, subject, body, version, updated_at, updated_by) \
        VALUES ($1, $2, $3, $4, $5, 1, $6, $7) ON CONFLICT DO NOTHING";
    const CHANGE: &str = "UPDATE letter_templates SET name = $2, lang = $3, subject = $4, body = $5, \
        version = version + 1, updated_at = $6, updated_by = $7 WHERE id = $1 AND version = $8";
    let taken: i64 =
        in_tx!(tx, on => sqlx::query_scalar(TAKEN).bind(&row.name).bind(&row.id).fetch_one(on).await)?;
    if taken > 0 {
        return Ok(Saved::NameTaken);
    }
    let by = by.map(|id| id.to_string());
    let done = if row.version == 0 {
        in_tx!(tx, on => sqlx::query(NEW).bind(&row.id).bind(&row.name).bind(&row.lang).bind(&row.subject)
            .bind(&row.body).bind(row.updated_at).bind(by).execute(on).await.map(|done| done.rows_affected())?)
    } else {
        in_tx!(tx, on => sqlx::query(CHANGE).bind(&row.id).bind(&row.name).bind(&row.lang).bind(&row.subject)
            .bind(&row.body).bind(row.updated_at).bind(by).bind(row.version).execute(on).await
            .map(|done| done.rows_affected())?)
    };
    Ok(if done == 1 { Saved::Yes } else { Saved::Conflict })
}

/// A letter to many, as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BatchRow {
    /// Ours.
    pub id: String,
    /// The template's name then.
    pub template_name: String,
    /// `firms` or `candidates`.
    pub audience: String,
    /// As it stood in the template.
    pub subject: String,
    /// As it stood in the template.
    pub body: String,
    /// To how many.
    pub readers: i64,
    /// When.
    pub sent_at: i64,
}

/// Notes a letter to many; `false` when this one was noted before.
pub async fn add_batch(tx: &mut Tx, row: &BatchRow, by: Option<PersonId>) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO letter_batches (id, template_name, audience, subject, body, readers, sent_at, \
        sent_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";
    let by = by.map(|id| id.to_string());
    let done = in_tx!(tx, on => sqlx::query(SQL).bind(&row.id).bind(&row.template_name).bind(&row.audience)
        .bind(&row.subject).bind(&row.body).bind(row.readers).bind(row.sent_at).bind(by).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(done == 1)
}

/// The latest letters to many.
pub async fn batches(db: &Db, limit: i64) -> Result<Vec<BatchRow>, StoreError> {
    const SQL: &str = "SELECT id, template_name, audience, subject, body, readers, sent_at FROM letter_batches \
        ORDER BY sent_at DESC, id DESC LIMIT $1";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(limit).fetch_all(on).await)?)
}

/// Notes that the reader of a letter of the desk wants no more letters to many; `false` when there is no such letter.
pub async fn stop(tx: &mut Tx, letter: &str, now_ms: i64) -> Result<bool, StoreError> {
    const FIND: &str = "SELECT address FROM letters WHERE id = $1 AND kind = 'plain'";
    const SQL: &str =
        "INSERT INTO letter_stops (address, at) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING";
    let address: Option<String> =
        in_tx!(tx, on => sqlx::query_scalar(FIND).bind(letter).fetch_optional(on).await)?;
    let Some(address) = address else { return Ok(false) };
    in_tx!(tx, on => sqlx::query(SQL).bind(address).bind(now_ms).execute(on).await.map(drop)?);
    Ok(true)
}

/// Somebody with an account to whom the desk may write.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Holder {
    /// The person's id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The verified address.
    pub mail: String,
    /// The name of the firm; empty for candidates.
    pub firm: String,
}

/// Members of firms, or candidates with an account: those whose case is at `stage`, or all for `""`.
pub async fn holders(
    db: &Db,
    kind: &str,
    stage: &str,
    now_ms: i64,
    limit: i64,
) -> Result<Vec<Holder>, StoreError> {
    const SQL: &str = "SELECT people.id, people.name, people.mail, COALESCE(firms.name, '') AS firm FROM roles \
        JOIN people ON people.id = person_id LEFT JOIN firms ON firms.id = scope_id AND roles.kind = 'firm' \
        LEFT JOIN cases ON cases.subject_kind = roles.kind AND cases.subject_id = scope_id \
        WHERE roles.kind = $1 AND mail IS NOT NULL AND disabled_at IS NULL AND (until IS NULL OR until > $2) \
        AND NOT EXISTS (SELECT 1 FROM letter_stops WHERE letter_stops.address = people.mail) \
        AND ($3 = '' OR cases.stage = $3) ORDER BY firm, people.name, people.id LIMIT $4";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(kind).bind(now_ms).bind(stage).bind(limit).fetch_all(on)
        .await)?)
}

/// Candidates from sheets who have no account yet, with the same choice of stage: id, mail, facts.
pub async fn known_by_sheet(
    db: &Db,
    stage: &str,
    limit: i64,
) -> Result<Vec<(String, String, String)>, StoreError> {
    const SQL: &str = "SELECT candidates.id, candidates.mail, candidates.facts FROM candidates \
        LEFT JOIN cases ON cases.subject_kind = 'candidate' AND cases.subject_id = candidates.id \
        WHERE NOT EXISTS (SELECT 1 FROM roles WHERE roles.kind = 'candidate' AND roles.scope_id = candidates.id) \
        AND NOT EXISTS (SELECT 1 FROM letter_stops WHERE letter_stops.address = candidates.mail) \
        AND ($1 = '' OR cases.stage = $1) ORDER BY candidates.id LIMIT $2";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(stage).bind(limit).fetch_all(on).await)?)
}
