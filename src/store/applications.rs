//! What candidates and firms have with each other before a round: interest, application, and how far it is.

use super::region::{read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{ApplicationId, CandidateFacts, CandidateId, FirmId, OpeningFacts, OpeningId};

/// An application as the table holds it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    id: String,
    candidate_id: String,
    opening_id: String,
    firm_id: String,
    /// `interested` or `applied`.
    pub level: String,
    /// See the migration.
    pub stage: String,
    /// Since when, milliseconds.
    pub stage_at: i64,
    /// Who owes an answer: `firm`, `candidate` or nobody.
    pub waits_for: String,
    /// Until when.
    pub answer_by: Option<i64>,
    /// Why it ended.
    pub reason: Option<String>,
}

impl Row {
    /// Ours.
    pub fn id(&self) -> Result<ApplicationId, StoreError> {
        read_id("application", &self.id)
    }

    /// Who applied.
    pub fn candidate(&self) -> Result<CandidateId, StoreError> {
        read_id("application of candidate", &self.candidate_id)
    }

    /// For what.
    pub fn opening(&self) -> Result<OpeningId, StoreError> {
        read_id("application for opening", &self.opening_id)
    }

    /// Of which firm.
    pub fn firm(&self) -> Result<FirmId, StoreError> {
        read_id("application at firm", &self.firm_id)
    }
}

const COLUMNS: &str = "SELECT a.id, a.candidate_id, a.opening_id, o.firm_id, a.level, a.stage, a.stage_at, a.waits_for, \
    a.answer_by, a.reason FROM applications a JOIN openings o ON o.id = a.opening_id";

/// The application of this id.
pub async fn find(tx: &mut Tx, id: ApplicationId) -> Result<Option<Row>, StoreError> {
    let lock = if matches!(tx, Tx::Pg(_)) { " FOR UPDATE OF a" } else { "" };
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE a.id = $1{lock}"));
    Ok(in_tx!(tx, on => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(on).await)?)
}

/// What a candidate has with an opening.
pub async fn between(
    tx: &mut Tx,
    candidate: CandidateId,
    opening: OpeningId,
) -> Result<Option<Row>, StoreError> {
    let lock = if matches!(tx, Tx::Pg(_)) { " FOR UPDATE OF a" } else { "" };
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE a.candidate_id = $1 AND a.opening_id = $2{lock}"));
    Ok(in_tx!(tx, on => sqlx::query_as(sql).bind(candidate.to_string()).bind(opening.to_string())
        .fetch_optional(on).await)?)
}

/// The level and stage of what a candidate has with an opening, for the page of the opening.
pub async fn level(
    db: &Db,
    candidate: CandidateId,
    opening: OpeningId,
) -> Result<Option<(String, String)>, StoreError> {
    const SQL: &str = "SELECT level, stage FROM applications WHERE candidate_id = $1 AND opening_id = $2";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(candidate.to_string()).bind(opening.to_string())
        .fetch_optional(on).await)?)
}

/// Applications that nobody has ended, and whose candidates let the firm know who they are.
pub(super) const LIVE: &str = "FROM applications a JOIN openings ao ON ao.id = a.opening_id WHERE a.level = 'applied' \
    AND a.stage NOT IN ('declined', 'withdrawn') AND EXISTS (SELECT 1 FROM grants g WHERE g.firm_id = ao.firm_id \
    AND g.candidate_id = a.candidate_id AND g.scope = 'identity' AND g.revoked_at IS NULL)";

/// Whether a candidate has applied for an opening, nobody has ended it, and the firm may know who it is.
pub async fn is_live(tx: &mut Tx, candidate: CandidateId, opening: OpeningId) -> Result<bool, StoreError> {
    let sql =
        sqlx::AssertSqlSafe(format!("SELECT COUNT(*) {LIVE} AND a.candidate_id = $1 AND a.opening_id = $2"));
    let count: i64 = in_tx!(tx, on => sqlx::query_scalar(sql).bind(candidate.to_string())
        .bind(opening.to_string()).fetch_one(on).await)?;
    Ok(count > 0)
}

/// A state to be written.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    /// `interested` or `applied`.
    pub level: &'a str,
    /// See the migration.
    pub stage: &'a str,
    /// Who owes an answer.
    pub waits_for: &'a str,
    /// Until when.
    pub answer_by: Option<i64>,
    /// Why it ended.
    pub reason: Option<&'a str>,
}

/// Begins or moves what a candidate has with an opening. The id under which it is kept.
pub async fn set(
    tx: &mut Tx,
    id: &str,
    candidate: CandidateId,
    opening: OpeningId,
    state: State<'_>,
    now_ms: i64,
) -> Result<String, StoreError> {
    const SQL: &str = "INSERT INTO applications (id, candidate_id, opening_id, level, stage, stage_at, waits_for, \
        answer_by, reason, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $9, $6, $7, $8, 1, $9, $9) \
        ON CONFLICT (candidate_id, opening_id) DO UPDATE SET level = excluded.level, stage = excluded.stage, \
        stage_at = excluded.stage_at, waits_for = excluded.waits_for, answer_by = excluded.answer_by, \
        reason = excluded.reason, version = applications.version + 1, updated_at = excluded.updated_at RETURNING id";
    Ok(
        in_tx!(tx, on => sqlx::query_scalar(SQL).bind(id).bind(candidate.to_string()).bind(opening.to_string())
        .bind(state.level).bind(state.stage).bind(state.waits_for).bind(state.answer_by).bind(state.reason)
        .bind(now_ms).fetch_one(on).await)?,
    )
}

/// Keeps a step for the history.
pub async fn step(
    tx: &mut Tx,
    id: &str,
    application: &str,
    stage: &str,
    note: Option<&str>,
    by: (Option<String>, &str),
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO application_steps (id, application_id, stage, note, at, by_person, acted_as) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (person, acted_as) = by;
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(application).bind(stage).bind(note).bind(now_ms).bind(person)
        .bind(acted_as).execute(on).await.map(drop)?);
    Ok(())
}

/// An application with what a list shows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The application.
    pub row: Row,
    /// The heading of the opening.
    pub title: String,
    /// The consultation desk that the opening names; empty for none.
    pub desk: String,
    /// The firm's name.
    pub firm: String,
    /// What is known of the candidate: for whoever may read it.
    pub candidate: CandidateFacts,
    /// Whether the firm may know who it is.
    pub knows_name: bool,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    row: Row,
    opening_facts: String,
    firm_name: String,
    candidate_facts: String,
    knows_name: bool,
}

impl ListedRow {
    fn read(self) -> Result<Listed, StoreError> {
        let facts: OpeningFacts = read("opening", &self.row.opening_id, &self.opening_facts)?;
        Ok(Listed {
            desk: facts.more.get("consultation_desk").cloned().unwrap_or_default(),
            title: facts.title,
            firm: self.firm_name,
            candidate: read("candidate", &self.row.candidate_id, &self.candidate_facts)?,
            knows_name: self.knows_name,
            row: self.row,
        })
    }
}

const LISTED: &str = "SELECT a.id, a.candidate_id, a.opening_id, o.firm_id, a.level, a.stage, a.stage_at, a.waits_for, \
    a.answer_by, a.reason, o.facts AS opening_facts, f.name AS firm_name, c.facts AS candidate_facts, \
    EXISTS (SELECT 1 FROM grants g WHERE g.candidate_id = c.id AND g.firm_id = f.id AND g.scope = 'identity' \
    AND g.revoked_at IS NULL) AS knows_name FROM applications a JOIN openings o ON o.id = a.opening_id \
    JOIN firms f ON f.id = o.firm_id JOIN candidates c ON c.id = a.candidate_id";

/// The name under which a reminder of an answer is asked for once.
pub fn reminder(row: &Row) -> String {
    format!("answer-due:{}:{}", row.id, row.answer_by.unwrap_or_default())
}

/// Those that firms owe an answer between these times, and were not reminded of.
pub async fn due(db: &Db, from: i64, until: i64) -> Result<Vec<Listed>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{LISTED} WHERE a.waits_for = 'firm' AND a.answer_by > $1 AND a.answer_by <= $2 AND NOT EXISTS \
         (SELECT 1 FROM letters l WHERE l.once = 'answer-due:' || a.id || ':' || a.answer_by) \
         ORDER BY a.answer_by, a.id LIMIT 200"
    ));
    let rows: Vec<ListedRow> =
        reading!(db, on => sqlx::query_as(sql).bind(from).bind(until).fetch_all(on).await)?;
    rows.into_iter().map(ListedRow::read).collect()
}

/// The one of this id, and whether the firm may still see it.
pub async fn listed(db: &Db, id: ApplicationId) -> Result<Option<(Listed, bool)>, StoreError> {
    const OPEN: &str = "SELECT COUNT(*) FROM applications a JOIN openings o ON o.id = a.opening_id \
        JOIN grants g ON g.candidate_id = a.candidate_id AND g.firm_id = o.firm_id AND g.revoked_at IS NULL \
        WHERE a.id = $1 AND a.stage <> 'withdrawn'";
    let sql = sqlx::AssertSqlSafe(format!("{LISTED} WHERE a.id = $1"));
    let row: Option<ListedRow> =
        reading!(db, on => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(on).await)?;
    let Some(row) = row else { return Ok(None) };
    let open: i64 = reading!(db, on => sqlx::query_scalar(OPEN).bind(id.to_string()).fetch_one(on).await)?;
    Ok(Some((row.read()?, open > 0)))
}

/// A candidate's, the latest moved first.
pub async fn of_candidate(db: &Db, candidate: CandidateId) -> Result<Vec<Listed>, StoreError> {
    let sql =
        sqlx::AssertSqlSafe(format!("{LISTED} WHERE c.id = $1 ORDER BY a.updated_at DESC, a.id LIMIT 200"));
    let rows: Vec<ListedRow> =
        reading!(db, on => sqlx::query_as(sql).bind(candidate.to_string()).fetch_all(on).await)?;
    rows.into_iter().map(ListedRow::read).collect()
}

/// A firm's: of people who still let it see something. What waits for the firm first.
pub async fn of_firm(db: &Db, firm: FirmId) -> Result<Vec<Listed>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{LISTED} WHERE f.id = $1 AND a.stage <> 'withdrawn' AND EXISTS (SELECT 1 FROM grants g \
         WHERE g.candidate_id = c.id AND g.firm_id = f.id AND g.revoked_at IS NULL) \
         ORDER BY CASE WHEN a.waits_for = 'firm' THEN 0 ELSE 1 END, a.answer_by, a.updated_at DESC, a.id LIMIT 200"
    ));
    let rows: Vec<ListedRow> =
        reading!(db, on => sqlx::query_as(sql).bind(firm.to_string()).fetch_all(on).await)?;
    rows.into_iter().map(ListedRow::read).collect()
}

/// Everybody's, for the desk: answers that are late first.
pub async fn all(db: &Db) -> Result<Vec<Listed>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{LISTED} ORDER BY CASE WHEN a.waits_for <> '' THEN 0 ELSE 1 END, a.answer_by, a.updated_at DESC, a.id LIMIT 200"
    ));
    let rows: Vec<ListedRow> = reading!(db, on => sqlx::query_as(sql).fetch_all(on).await)?;
    rows.into_iter().map(ListedRow::read).collect()
}
