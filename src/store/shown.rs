//! Single records for pages and for the index: by our id or by the coordinator's number.

use sqlx::{Database, QueryBuilder};

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

#[derive(sqlx::FromRow)]
struct PostedRow {
    #[sqlx(flatten)]
    opening: OpeningRow,
    firm: String,
}

impl PostedRow {
    fn read(self) -> Result<(Opening, Firm), StoreError> {
        let opening = self.opening.read()?;
        let facts = read("firm", &opening.firm.to_string(), &self.firm)?;
        let firm = Firm { id: opening.firm, codes: Vec::new(), facts };
        Ok((opening, firm))
    }
}

/// The openings of these ids, each with its firm, in any order; ids of nothing are left out. Without the coordinators' numbers of
/// firms. One statement, however many ids. Few: SQLite takes some thousands.
pub async fn posted(db: &Db, ids: &[OpeningId]) -> Result<Vec<(Opening, Firm)>, StoreError> {
    const SQL: &str = "SELECT o.id, o.firm_id, o.code, o.facts, o.blocks, f.facts AS firm \
        FROM openings o JOIN firms f ON f.id = o.firm_id WHERE o.id IN (";
    let rows: Vec<PostedRow> = reading!(db, on => {
        among(SQL, ids, ")").build_query_as().fetch_all(on).await?
    });
    rows.into_iter().map(PostedRow::read).collect()
}

/// The candidates of these ids, with the coordinators' numbers; otherwise as [`posted`].
pub async fn candidates(db: &Db, ids: &[CandidateId]) -> Result<Vec<Candidate>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM candidates WHERE id IN (";
    const CODES: &str = "SELECT candidate_id, code FROM candidate_codes WHERE candidate_id IN (";
    let rows: Vec<(String, String)> = reading!(db, on => {
        among(SQL, ids, ")").build_query_as().fetch_all(on).await?
    });
    let mut candidates = Vec::with_capacity(rows.len());
    for (id, facts) in rows {
        let facts = read("candidate", &id, &facts)?;
        candidates.push(Candidate { id: read_id("candidate", &id)?, codes: Vec::new(), facts });
    }
    let codes: Vec<(String, String)> = reading!(db, on => {
        among(CODES, ids, ") ORDER BY position").build_query_as().fetch_all(on).await?
    });
    for (owner, code) in codes {
        let owner = read_id("candidate", &owner)?;
        candidates.iter_mut().filter(|one| one.id == owner).for_each(|one| one.codes.push(code.clone()));
    }
    Ok(candidates)
}

/// Every opening that nothing blocks, with its firm, in order of id. Without the coordinators' numbers of firms.
pub async fn all_posted(db: &Db) -> Result<Vec<(Opening, Firm)>, StoreError> {
    const SQL: &str = "SELECT o.id, o.firm_id, o.code, o.facts, o.blocks, f.facts AS firm \
        FROM openings o JOIN firms f ON f.id = o.firm_id WHERE o.blocks = '[]' ORDER BY o.id";
    let rows: Vec<PostedRow> = reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter().map(PostedRow::read).collect()
}

/// Every candidate, in order of id, without the coordinators' numbers.
pub async fn everybody(db: &Db) -> Result<Vec<Candidate>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM candidates ORDER BY id";
    let rows: Vec<(String, String)> = reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    let one = |(id, facts): (String, String)| {
        let facts = read("candidate", &id, &facts)?;
        Ok(Candidate { id: read_id("candidate", &id)?, codes: Vec::new(), facts })
    };
    rows.into_iter().map(one).collect()
}

/// A statement over a list of ids.
pub(super) fn among<Id: ToString, E: Database>(
    before: &'static str,
    ids: &[Id],
    after: &'static str,
) -> QueryBuilder<E>
where
    for<'a> String: sqlx::Encode<'a, E> + sqlx::Type<E>,
{
    let mut statement = QueryBuilder::new(before);
    let mut list = statement.separated(", ");
    // An empty list is no SQL; no id is empty.
    list.push_bind(String::new());
    ids.iter().for_each(|id| {
        list.push_bind(id.to_string());
    });
    statement.push(after);
    statement
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
