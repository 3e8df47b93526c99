//! The operators' own records: cases, what was written down about them, and the numbers of the day.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::region::{json_text, read};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// Whom a case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `firm` or `candidate`.
    pub kind: String,
    /// The id of the firm or candidate.
    pub id: String,
}

/// A case as its table holds it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseRow {
    /// `firm` or `candidate`.
    pub subject_kind: String,
    /// The id of the firm or candidate.
    pub subject_id: String,
    /// The name at the last save.
    pub name: String,
    /// Where things stand.
    pub stage: String,
    /// What is to be done next; may be empty.
    pub next_step: String,
    /// Until which day.
    pub due_on: Option<String>,
    /// By which operator.
    pub assigned_to: Option<String>,
    /// Counts up.
    pub version: i64,
    /// Milliseconds.
    pub updated_at: i64,
}

/// The present name of a firm; none when there is none of this id.
pub async fn firm_name(db: &Db, id: &str) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT name FROM firms WHERE id = $1";
    Ok(reading!(db, on => sqlx::query_scalar(SQL).bind(id).fetch_optional(on).await)?)
}

/// The case of a subject.
pub async fn case(db: &Db, of: &Subject) -> Result<Option<CaseRow>, StoreError> {
    const SQL: &str = "SELECT subject_kind, subject_id, name, stage, next_step, due_on, assigned_to, version, \
        updated_at FROM cases WHERE subject_kind = $1 AND subject_id = $2";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(&of.kind).bind(&of.id).fetch_optional(on).await)?)
}

/// Saves a case by who began from version `from` (0: there was none). `false` when somebody else saved meanwhile.
pub async fn save_case(tx: &mut Tx, case: &CaseRow, from: i64) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO cases (subject_kind, subject_id, name, stage, next_step, due_on, assigned_to, \
        version, updated_at) SELECT $1, $2, $3, $4, $5, $6, $7, 1, $8 WHERE $9 = 0 OR EXISTS \
        (SELECT 1 FROM cases WHERE subject_kind = $1 AND subject_id = $2) \
        ON CONFLICT (subject_kind, subject_id) DO UPDATE SET name = excluded.name, stage = excluded.stage, \
        next_step = excluded.next_step, due_on = excluded.due_on, assigned_to = excluded.assigned_to, \
        version = cases.version + 1, updated_at = excluded.updated_at WHERE cases.version = $9";
    let done = in_tx!(tx, on => sqlx::query(SQL).bind(&case.subject_kind).bind(&case.subject_id).bind(&case.name)
        .bind(&case.stage).bind(&case.next_step).bind(&case.due_on).bind(&case.assigned_to).bind(case.updated_at)
        .bind(from).execute(on).await.map(|done| done.rows_affected())?);
    Ok(done == 1)
}

/// Which cases are wanted. An empty text asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Part of a name.
    pub name: String,
    /// `firm` or `candidate`.
    pub kind: String,
    /// A stage.
    pub stage: String,
    /// Due on this day or before: `2026-12-05`.
    pub due_until: String,
    /// Of this operator.
    pub assigned_to: String,
}

/// Cases, those due first at the top; `limit` of them after skipping `skip`.
pub async fn cases(db: &Db, filter: &CaseFilter, limit: i64, skip: i64) -> Result<Vec<CaseRow>, StoreError> {
    // '9' sorts after every day.
    const SQL: &str = "SELECT subject_kind, subject_id, name, stage, next_step, due_on, assigned_to, version, \
        updated_at FROM cases WHERE ($1 = '' OR LOWER(name) LIKE $1 ESCAPE '\\') AND ($2 = '' OR subject_kind = $2) \
        AND ($3 = '' OR stage = $3) AND ($4 = '' OR due_on <= $4) AND ($5 = '' OR assigned_to = $5) \
        ORDER BY COALESCE(due_on, '9'), name, subject_id LIMIT $6 OFFSET $7";
    let name = if filter.name.is_empty() { String::new() } else { anywhere(&filter.name.to_lowercase()) };
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(&name).bind(&filter.kind).bind(&filter.stage)
        .bind(&filter.due_until).bind(&filter.assigned_to).bind(limit).bind(skip).fetch_all(on).await)?)
}

/// All cases, for a sheet.
pub async fn all_cases(db: &Db) -> Result<Vec<CaseRow>, StoreError> {
    cases(db, &CaseFilter::default(), i64::MAX, 0).await
}

/// Firms whose name holds a text: id and name.
pub async fn firms_named(db: &Db, part: &str, limit: i64) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str =
        "SELECT id, name FROM firms WHERE LOWER(name) LIKE $1 ESCAPE '\\' ORDER BY name, id LIMIT $2";
    let like = anywhere(&part.to_lowercase());
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(like).bind(limit).fetch_all(on).await)?)
}

/// Candidates whose stored facts begin with a name that holds a text, or whose mail or number it is: id and facts.
pub async fn candidates_named(db: &Db, part: &str, limit: i64) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM candidates WHERE facts LIKE $1 ESCAPE '\\' OR mail = $2 OR id IN \
        (SELECT candidate_id FROM candidate_codes WHERE code = $2) ORDER BY id LIMIT $3";
    // A name ends at the next quotation mark; what follows may match too, and is sorted out by the caller.
    let like = format!("{{\"name\":\"{}", anywhere(part));
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(like).bind(part).bind(limit).fetch_all(on).await)?)
}

/// A pattern that finds a text anywhere.
fn anywhere(part: &str) -> String {
    let mut pattern = String::from("%");
    for letter in part.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

/// Something that was written down about a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseEntry<T> {
    /// Ours.
    pub id: String,
    /// `note`, `confirmation`, `diagnosis`.
    pub kind: String,
    /// What.
    pub facts: T,
    /// When.
    pub at: i64,
    /// The name of the operator; none at the console.
    pub by: Option<String>,
}

/// Writes something down.
pub async fn add_entry<T: Serialize>(
    tx: &mut Tx,
    id: &str,
    about: &Subject,
    kind: &str,
    facts: &T,
    by: Option<PersonId>,
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO case_entries (id, subject_kind, subject_id, kind, facts, at, by_person) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (facts, by) = (json_text(facts)?, by.map(|id| id.to_string()));
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(&about.kind).bind(&about.id).bind(kind).bind(facts)
        .bind(now_ms).bind(by).execute(on).await.map(drop)?);
    Ok(())
}

/// What was written down about a subject, the latest first.
pub async fn entries<T: DeserializeOwned>(db: &Db, about: &Subject) -> Result<Vec<CaseEntry<T>>, StoreError> {
    const SQL: &str = "SELECT case_entries.id, kind, facts, at, people.name FROM case_entries \
        LEFT JOIN people ON people.id = by_person WHERE subject_kind = $1 AND subject_id = $2 \
        ORDER BY at DESC, case_entries.id DESC LIMIT 300";
    type Row = (String, String, String, i64, Option<String>);
    let rows: Vec<Row> =
        reading!(db, on => sqlx::query_as(SQL).bind(&about.kind).bind(&about.id).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, kind, facts, at, by)| {
            let facts = read("entry of a case", &id, &facts)?;
            Ok(CaseEntry { id, kind, facts, at, by })
        })
        .collect()
}

/// What waits for an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Today {
    /// Openings that a firm submitted.
    pub approvals: i64,
    /// Applications whose answer is late.
    pub answers_late: i64,
    /// Next steps that are due today or before.
    pub steps_due: i64,
    /// Letters that failed or wait after a try in vain.
    pub letters: i64,
    /// Published openings that nobody has confirmed for a month.
    pub stale: i64,
}

/// Counts what waits, as of an instant and the day it falls on; `confirmed_before` is a month earlier.
pub async fn today(db: &Db, now_ms: i64, day: &str, confirmed_before: i64) -> Result<Today, StoreError> {
    const SQL: &str = "SELECT (SELECT COUNT(*) FROM postings WHERE stage = 'submitted'), \
        (SELECT COUNT(*) FROM applications WHERE waits_for <> '' AND answer_by < $1), \
        (SELECT COUNT(*) FROM cases WHERE due_on <= $2), \
        (SELECT COUNT(*) FROM letters WHERE state = 'failed' OR (state = 'waiting' AND trouble IS NOT NULL)), \
        (SELECT COUNT(*) FROM postings WHERE stage = 'published' AND confirmed_at < $3)";
    let (approvals, answers_late, steps_due, letters, stale) = reading!(db, on => sqlx::query_as(SQL).bind(now_ms)
        .bind(day).bind(confirmed_before).fetch_one(on).await)?;
    Ok(Today { approvals, answers_late, steps_due, letters, stale })
}

/// An application, for a sheet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ApplicationLine {
    /// Who applied.
    pub candidate_id: String,
    /// For what.
    pub opening_id: String,
    /// `interested` or `applied`.
    pub level: String,
    /// How far it is.
    pub stage: String,
    /// Who owes an answer.
    pub waits_for: String,
    /// Until when.
    pub answer_by: Option<i64>,
    /// Why it ended.
    pub reason: Option<String>,
    /// When it began.
    pub created_at: i64,
    /// When it last moved.
    pub updated_at: i64,
}

/// All applications, for a sheet.
pub async fn applications(db: &Db) -> Result<Vec<ApplicationLine>, StoreError> {
    const SQL: &str = "SELECT candidate_id, opening_id, level, stage, waits_for, answer_by, reason, created_at, \
        updated_at FROM applications ORDER BY created_at, id";
    Ok(reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?)
}
