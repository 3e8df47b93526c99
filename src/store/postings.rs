//! Openings on their way to publication, and every version of them.

use std::collections::BTreeMap;

use super::region::{json_text, read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{FirmId, OpeningId, PersonId};

type Fields = BTreeMap<String, String>;

/// A posting as the table holds it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    opening_id: String,
    firm_id: String,
    /// See `domain`'s word for it in the board.
    pub stage: String,
    form: String,
    /// The number of what was last saved.
    pub version: i64,
    /// Since when it waits for the desk.
    pub submitted_at: Option<i64>,
    /// What the desk said.
    pub review_note: Option<String>,
    /// From when on it is to be public.
    pub publish_at: Option<i64>,
    /// Since when it is public.
    pub published_at: Option<i64>,
    /// The version that is.
    pub published_version: Option<i64>,
    /// As of when everything holds.
    pub confirmed_at: Option<i64>,
    /// Until when, without another word.
    pub expires_at: Option<i64>,
    /// When it was last changed.
    pub updated_at: i64,
}

impl Row {
    /// Of which opening.
    pub fn opening(&self) -> Result<OpeningId, StoreError> {
        read_id("posting", &self.opening_id)
    }

    /// Of which firm.
    pub fn firm(&self) -> Result<FirmId, StoreError> {
        read_id("posting of firm", &self.firm_id)
    }

    /// What was last saved.
    pub fn form(&self) -> Result<Fields, StoreError> {
        read("posting", &self.opening_id, &self.form)
    }
}

const COLUMNS: &str = "SELECT opening_id, firm_id, stage, form, version, submitted_at, review_note, publish_at, \
    published_at, published_version, confirmed_at, expires_at, updated_at FROM postings";

/// The posting of an opening.
pub async fn find(db: &Db, id: OpeningId) -> Result<Option<Row>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE opening_id = $1"));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(on).await)?)
}

/// The same, inside the transaction that may change it; on a server nobody else may until it ends.
pub async fn find_in(tx: &mut Tx, id: OpeningId) -> Result<Option<Row>, StoreError> {
    let lock = if matches!(tx, Tx::Pg(_)) { " FOR UPDATE" } else { "" };
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE opening_id = $1{lock}"));
    Ok(in_tx!(tx, on => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(on).await)?)
}

/// Every posting of a firm, the latest changed first.
pub async fn of_firm(db: &Db, firm: FirmId) -> Result<Vec<Row>, StoreError> {
    let sql =
        sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE firm_id = $1 ORDER BY updated_at DESC, opening_id"));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(firm.to_string()).fetch_all(on).await)?)
}

/// Postings whose time has come: approved ones to be published by now, public ones that end by now. Up to a hundred.
pub async fn due(db: &Db, now_ms: i64) -> Result<Vec<Row>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE (stage = 'scheduled' AND publish_at <= $1) OR (stage = 'published' AND expires_at <= $1) \
         ORDER BY opening_id LIMIT 100"
    ));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(now_ms).fetch_all(on).await)?)
}

/// Public postings that were last confirmed before `since`. Up to a hundred.
pub async fn unconfirmed(db: &Db, since: i64, now_ms: i64) -> Result<Vec<Row>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE stage = 'published' AND confirmed_at <= $1 AND expires_at > $2 ORDER BY opening_id LIMIT 100"
    ));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(since).bind(now_ms).fetch_all(on).await)?)
}

/// Something that waits for the desk.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Queued {
    /// The opening's id.
    pub opening_id: String,
    /// The firm's id.
    pub firm_id: String,
    /// The firm's name.
    pub firm: String,
    /// The form as JSON.
    pub form: String,
    /// Since when.
    pub submitted_at: i64,
}

impl Queued {
    /// The heading.
    pub fn title(&self) -> String {
        serde_json::from_str::<Fields>(&self.form)
            .ok()
            .and_then(|mut form| form.remove("title"))
            .unwrap_or_default()
    }
}

/// What waits for the desk, the oldest first.
pub async fn queue(db: &Db) -> Result<Vec<Queued>, StoreError> {
    const SQL: &str = "SELECT opening_id, firm_id, firms.name AS firm, form, submitted_at FROM postings \
        JOIN firms ON firms.id = firm_id WHERE submitted_at IS NOT NULL ORDER BY submitted_at, opening_id LIMIT 200";
    Ok(reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?)
}

/// Begins a posting.
pub async fn add(
    tx: &mut Tx,
    id: OpeningId,
    firm: FirmId,
    form: &Fields,
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO postings (opening_id, firm_id, stage, form, version, created_at, updated_at) \
        VALUES ($1, $2, 'draft', $3, 1, $4, $4)";
    let text = json_text(form)?;
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(firm.to_string()).bind(text).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// What changes when a posting moves on.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// Where it moves.
    pub stage: &'a str,
    /// What is saved, and its number.
    pub form: &'a Fields,
    /// Its number.
    pub version: i64,
    /// Since when it waits for the desk.
    pub submitted_at: Option<i64>,
    /// What the desk said.
    pub review_note: Option<&'a str>,
    /// From when on it is to be public.
    pub publish_at: Option<i64>,
    /// Since when it is public, and in which version.
    pub published: Option<(i64, i64)>,
    /// As of when everything holds, and until when.
    pub holds: Option<(i64, i64)>,
    /// By which version of the law's table it was checked.
    pub ruleset: Option<&'a str>,
}

/// Writes the next state of a posting.
pub async fn change(tx: &mut Tx, id: OpeningId, to: &Change<'_>, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE postings SET stage = $2, form = $3, version = $4, submitted_at = $5, review_note = $6, \
        publish_at = $7, published_at = $8, published_version = $9, confirmed_at = $10, expires_at = $11, \
        ruleset = COALESCE($12, ruleset), updated_at = $13 WHERE opening_id = $1";
    let text = json_text(to.form)?;
    let (published_at, published_version) = to.published.unzip();
    let (confirmed_at, expires_at) = to.holds.unzip();
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(to.stage).bind(text).bind(to.version)
        .bind(to.submitted_at).bind(to.review_note).bind(to.publish_at).bind(published_at).bind(published_version)
        .bind(confirmed_at).bind(expires_at).bind(to.ruleset).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// A version as its history shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// The form as JSON.
    pub form: String,
    /// `started`, `typed`, `saved`, `submitted`, `returned`, `approved`, `published`, `unpublished`, `confirmed`, `closed`, `expired`.
    pub act: String,
    /// What was said with it.
    pub note: Option<String>,
    /// When, milliseconds.
    pub at: i64,
    /// The name of who did it; none for the machine.
    pub by: Option<String>,
    /// Whether the desk did it on the firm's behalf.
    pub by_proxy: bool,
}

/// Keeps a version.
#[expect(clippy::too_many_arguments, reason = "a row of eight columns")]
pub async fn keep(
    tx: &mut Tx,
    id: OpeningId,
    version: i64,
    form: &Fields,
    act: &str,
    note: Option<&str>,
    by: (Option<PersonId>, bool),
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO posting_versions (opening_id, version, form, act, note, at, by_person, by_proxy) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let text = json_text(form)?;
    let (person, by_proxy) = by;
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(version).bind(text).bind(act).bind(note)
        .bind(now_ms).bind(person.map(|id| id.to_string())).bind(by_proxy).execute(on).await.map(drop)?);
    Ok(())
}

/// Makes way for more of the same: drops the version that this person was still typing.
pub async fn forget_typed(
    tx: &mut Tx,
    id: OpeningId,
    version: i64,
    by: Option<PersonId>,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM posting_versions \
        WHERE opening_id = $1 AND version = $2 AND act = 'typed' AND by_person = $3";
    let by = by.map(|id| id.to_string());
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(version).bind(by).execute(on).await.map(drop)?);
    Ok(())
}

/// What was being typed is saved.
pub async fn settle(tx: &mut Tx, id: OpeningId, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE posting_versions SET act = 'saved' \
        WHERE opening_id = $1 AND version = $2 AND act = 'typed'";
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(version).execute(on).await.map(drop)?);
    Ok(())
}

/// Every version of an opening, the latest first.
pub async fn versions(db: &Db, id: OpeningId) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "SELECT version, form, act, note, at, people.name AS by, by_proxy FROM posting_versions \
        LEFT JOIN people ON people.id = by_person WHERE opening_id = $1 ORDER BY version DESC LIMIT 200";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(id.to_string()).fetch_all(on).await)?)
}

/// Whether what will be published was saved, since it was last public, by the desk on the firm's behalf.
pub async fn is_by_proxy(tx: &mut Tx, id: OpeningId, since: i64) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM posting_versions \
        WHERE opening_id = $1 AND version > $2 AND by_proxy AND act IN ('started', 'typed', 'saved', 'submitted')";
    let count: i64 =
        in_tx!(tx, on => sqlx::query_scalar(SQL).bind(id.to_string()).bind(since).fetch_one(on).await)?;
    Ok(count > 0)
}

/// What a firm said about being named, and the number of that version.
pub async fn openness(db: &Db, firm: FirmId) -> Result<Option<(Fields, i64)>, StoreError> {
    const SQL: &str = "SELECT facts, version FROM firm_openness WHERE firm_id = $1";
    let row: Option<(String, i64)> =
        reading!(db, on => sqlx::query_as(SQL).bind(firm.to_string()).fetch_optional(on).await)?;
    row.map(|(facts, version)| Ok((read("openness of firm", &firm.to_string(), &facts)?, version)))
        .transpose()
}

/// Writes what a firm says about being named, by who began from version `from` (0: nothing said yet); `false` when somebody
/// else wrote meanwhile.
pub async fn set_openness(
    tx: &mut Tx,
    firm: FirmId,
    facts: &Fields,
    from: i64,
    by: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO firm_openness (firm_id, facts, version, updated_at, updated_by) \
        VALUES ($1, $2, 1, $4, $5) ON CONFLICT (firm_id) DO UPDATE SET facts = excluded.facts, \
        version = firm_openness.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by \
        WHERE firm_openness.version = $3";
    let text = json_text(facts)?;
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(firm.to_string()).bind(text).bind(from).bind(now_ms)
        .bind(by).execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}
