//! Single records for pages and for the index: by our id or by the coordinator's number.

use super::region::{OpeningRow, read, read_id};
use super::{Db, StoreError, reading};
use crate::domain::{Candidate, CandidateId, Firm, FirmId, Opening, OpeningId};

/// The firm of this id.
pub async fn firm(db: &Db, id: FirmId) -> Result<Option<Firm>, StoreError> {
    const SQL: &str = "SELECT facts FROM firms WHERE id = $1";
    const CODES: &str = "SELECT code FROM firm_codes WHERE firm_id = $1 ORDER BY position";
    let key = id.to_string();
    let facts: Option<String> =
        reading!(db, on => sqlx::query_scalar(SQL).bind(&key).fetch_optional(on).await)?;
    let Some(facts) = facts else { return Ok(None) };
    let codes = reading!(db, on => sqlx::query_scalar(CODES).bind(&key).fetch_all(on).await)?;
    Ok(Some(Firm { id, codes, facts: read("firm", &key, &facts)? }))
}

/// The opening of this id.
pub async fn opening(db: &Db, id: OpeningId) -> Result<Option<Opening>, StoreError> {
    const SQL: &str = "SELECT id, firm_id, code, facts, blocks FROM openings WHERE id = $1";
    let key = id.to_string();
    let row: Option<OpeningRow> = reading!(db, on => sqlx::query_as(SQL).bind(key).fetch_optional(on).await)?;
    row.map(OpeningRow::read).transpose()
}

/// The openings of a firm, in order of id.
pub async fn openings_of(db: &Db, firm: FirmId) -> Result<Vec<Opening>, StoreError> {
    const SQL: &str = "SELECT id, firm_id, code, facts, blocks FROM openings WHERE firm_id = $1 ORDER BY id";
    let rows: Vec<OpeningRow> =
        reading!(db, on => sqlx::query_as(SQL).bind(firm.to_string()).fetch_all(on).await)?;
    rows.into_iter().map(OpeningRow::read).collect()
}

/// The candidate of this id.
pub async fn candidate(db: &Db, id: CandidateId) -> Result<Option<Candidate>, StoreError> {
    const SQL: &str = "SELECT facts FROM candidates WHERE id = $1";
    const CODES: &str = "SELECT code FROM candidate_codes WHERE candidate_id = $1 ORDER BY position";
    let key = id.to_string();
    let facts: Option<String> =
        reading!(db, on => sqlx::query_scalar(SQL).bind(&key).fetch_optional(on).await)?;
    let Some(facts) = facts else { return Ok(None) };
    let codes = reading!(db, on => sqlx::query_scalar(CODES).bind(&key).fetch_all(on).await)?;
    Ok(Some(Candidate { id, codes, facts: read("candidate", &key, &facts)? }))
}

/// How many firms, openings and candidates there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Firms.
    pub firms: i64,
    /// Openings, drafts too.
    pub openings: i64,
    /// Candidates.
    pub candidates: i64,
}

/// Counts what there is.
pub async fn counts(db: &Db) -> Result<Counts, StoreError> {
    const SQL: &str = "SELECT (SELECT COUNT(*) FROM firms), (SELECT COUNT(*) FROM openings), \
        (SELECT COUNT(*) FROM candidates)";
    let (firms, openings, candidates) = reading!(db, on => sqlx::query_as(SQL).fetch_one(on).await)?;
    Ok(Counts { firms, openings, candidates })
}

/// Resolves the coordinator's number of a candidate.
pub async fn candidate_by_code(db: &Db, code: &str) -> Result<Option<CandidateId>, StoreError> {
    const SQL: &str = "SELECT candidate_id FROM candidate_codes WHERE code = $1";
    let id: Option<String> = reading!(db, on => sqlx::query_scalar(SQL).bind(code).fetch_optional(on).await)?;
    id.map(|id| read_id("candidate", &id)).transpose()
}

/// Resolves the coordinator's number of an opening.
pub async fn opening_by_code(db: &Db, code: &str) -> Result<Option<OpeningId>, StoreError> {
    const SQL: &str = "SELECT id FROM openings WHERE code = $1";
    let id: Option<String> = reading!(db, on => sqlx::query_scalar(SQL).bind(code).fetch_optional(on).await)?;
    id.map(|id| read_id("opening", &id)).transpose()
}

/// Resolves the coordinator's number of a firm.
pub async fn firm_by_code(db: &Db, code: &str) -> Result<Option<FirmId>, StoreError> {
    const SQL: &str = "SELECT firm_id FROM firm_codes WHERE code = $1";
    let id: Option<String> = reading!(db, on => sqlx::query_scalar(SQL).bind(code).fetch_optional(on).await)?;
    id.map(|id| read_id("firm", &id)).transpose()
}
