//! The consent ledger, and the list of who looked at whom. Grants are never changed but for their end.

use super::region::{read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{Candidate, CandidateFacts, CandidateId, Choice, FirmFacts, FirmId, PersonId, Scope};

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Ours.
    pub id: String,
    /// To whom.
    pub firm: FirmId,
    /// The firm's name.
    pub firm_name: String,
    /// What the firm may see.
    pub scope: Scope,
    /// Since when, milliseconds.
    pub given_at: i64,
    /// Until when; none while it holds.
    pub revoked_at: Option<i64>,
}

/// Somebody looked at a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// As what: `firm` or `operator`.
    pub acted_as: String,
    /// The firm's name.
    pub firm: Option<String>,
    /// At what: `profile` or `identity`.
    pub what: String,
    /// When, milliseconds.
    pub at: i64,
}

/// A view to be written.
#[derive(Clone, Debug)]
pub struct NewView<'a> {
    /// Ours.
    pub id: String,
    /// Who is seen.
    pub candidate: CandidateId,
    /// Who looks.
    pub person: PersonId,
    /// As what.
    pub acted_as: &'a str,
    /// For which firm.
    pub firm: Option<FirmId>,
    /// At what.
    pub what: &'a str,
    /// When.
    pub at: i64,
}

/// What decides what a firm may see of a candidate.
#[derive(Clone, Debug)]
pub struct Between {
    /// Who it is about.
    pub candidate: CandidateId,
    /// What is known of the candidate.
    pub facts: CandidateFacts,
    /// What is known of the firm.
    pub firm: FirmFacts,
    /// The widest consent that holds.
    pub granted: Option<Scope>,
}

type BetweenRow = (String, String, String, i64, i64);

const BETWEEN: &str = "SELECT c.id, c.facts, f.facts, \
    (SELECT COUNT(*) FROM grants g WHERE g.candidate_id = c.id AND g.firm_id = f.id AND g.scope = 'identity' \
    AND g.revoked_at IS NULL), \
    (SELECT COUNT(*) FROM grants g WHERE g.candidate_id = c.id AND g.firm_id = f.id AND g.scope = 'profile' \
    AND g.revoked_at IS NULL) FROM candidates c, firms f WHERE f.id = $1 AND ";

/// What stands between a firm and a candidate; none when one of the two is not there.
pub async fn between(db: &Db, firm: FirmId, candidate: CandidateId) -> Result<Option<Between>, StoreError> {
    const SQL: &str = "c.id = $2";
    let sql = sqlx::AssertSqlSafe(format!("{BETWEEN}{SQL}"));
    let row: Option<BetweenRow> = reading!(db, on => sqlx::query_as(sql).bind(firm.to_string())
        .bind(candidate.to_string()).fetch_optional(on).await)?;
    row.map(read_between).transpose()
}

/// What stands between a firm and everybody who ever gave it a consent that holds, in order of candidate.
pub async fn between_all(db: &Db, firm: FirmId) -> Result<Vec<Between>, StoreError> {
    const SQL: &str = "EXISTS (SELECT 1 FROM grants g WHERE g.candidate_id = c.id AND g.firm_id = f.id \
        AND g.revoked_at IS NULL) ORDER BY c.id";
    let sql = sqlx::AssertSqlSafe(format!("{BETWEEN}{SQL}"));
    let rows: Vec<BetweenRow> =
        reading!(db, on => sqlx::query_as(sql).bind(firm.to_string()).fetch_all(on).await)?;
    rows.into_iter().map(read_between).collect()
}

fn read_between((id, facts, firm, identity, profile): BetweenRow) -> Result<Between, StoreError> {
    let granted = match (identity > 0, profile > 0) {
        (true, _) => Some(Scope::Identity),
        (_, true) => Some(Scope::Profile),
        _ => None,
    };
    Ok(Between {
        candidate: read_id("candidate", &id)?,
        facts: read("candidate", &id, &facts)?,
        firm: read("firm beside candidate", &id, &firm)?,
        granted,
    })
}

/// Writes a consent down. `false` when the same one holds already.
pub async fn give(
    tx: &mut Tx,
    id: &str,
    candidate: CandidateId,
    firm: FirmId,
    scope: Scope,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO grants (id, candidate_id, firm_id, scope, given_at) \
        SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM grants WHERE candidate_id = $2 AND firm_id = $3 \
        AND scope = $4 AND revoked_at IS NULL)";
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(candidate.to_string()).bind(firm.to_string())
        .bind(scope.code()).bind(now_ms).execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// Ends every consent of a candidate to a firm and tells how many there were.
pub async fn end(tx: &mut Tx, candidate: CandidateId, firm: FirmId, now_ms: i64) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE grants SET revoked_at = $3 WHERE candidate_id = $1 AND firm_id = $2 \
        AND revoked_at IS NULL";
    Ok(in_tx!(tx, on => sqlx::query(SQL).bind(candidate.to_string()).bind(firm.to_string()).bind(now_ms)
        .execute(on).await.map(|done| done.rows_affected())?))
}

/// The whole ledger of a candidate, the latest first.
pub async fn ledger(db: &Db, candidate: CandidateId) -> Result<Vec<Grant>, StoreError> {
    const SQL: &str = "SELECT g.id, g.firm_id, f.name, g.scope, g.given_at, g.revoked_at FROM grants g \
        JOIN firms f ON f.id = g.firm_id WHERE g.candidate_id = $1 ORDER BY g.given_at DESC, g.id DESC";
    type Row = (String, String, String, String, i64, Option<i64>);
    let rows: Vec<Row> =
        reading!(db, on => sqlx::query_as(SQL).bind(candidate.to_string()).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, firm, firm_name, scope, given_at, revoked_at)| {
            let known = Scope::ALL.iter().copied().find(|one| one.code() == scope);
            let scope = known.ok_or_else(|| StoreError::damaged("grant", &id, scope.as_str()))?;
            Ok(Grant { firm: read_id("firm of grant", &firm)?, id, firm_name, scope, given_at, revoked_at })
        })
        .collect()
}

/// Firms to which a candidate's consent holds, with what is known of them.
pub async fn firms_in_sight(
    tx: &mut Tx,
    candidate: CandidateId,
) -> Result<Vec<(FirmId, FirmFacts)>, StoreError> {
    const SQL: &str = "SELECT DISTINCT f.id, f.facts FROM firms f JOIN grants g ON g.firm_id = f.id \
        WHERE g.candidate_id = $1 AND g.revoked_at IS NULL";
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).bind(candidate.to_string())
        .fetch_all(on).await)?;
    rows.iter().map(|(id, facts)| Ok((read_id("firm", id)?, read("firm", id, facts)?))).collect()
}

/// Writes down that somebody looked, unless the same person looked at the same within the last hour.
pub async fn saw(tx: &mut Tx, view: &NewView<'_>) -> Result<(), StoreError> {
    const HOUR: i64 = 3_600_000;
    const SQL: &str = "INSERT INTO views (id, candidate_id, person_id, acted_as, firm_id, what, at) \
        SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT 1 FROM views WHERE candidate_id = $2 \
        AND person_id = $3 AND acted_as = $4 AND what = $6 AND at > $8)";
    in_tx!(tx, on => sqlx::query(SQL).bind(&view.id).bind(view.candidate.to_string())
        .bind(view.person.to_string()).bind(view.acted_as).bind(view.firm.map(|firm| firm.to_string()))
        .bind(view.what).bind(view.at).bind(view.at - HOUR).execute(on).await.map(drop)?);
    Ok(())
}

/// Who looked at a candidate, the latest first, up to `limit` times.
pub async fn views(db: &Db, candidate: CandidateId, limit: i64) -> Result<Vec<View>, StoreError> {
    const SQL: &str = "SELECT v.acted_as, f.name, v.what, v.at FROM views v LEFT JOIN firms f ON f.id = v.firm_id \
        WHERE v.candidate_id = $1 ORDER BY v.at DESC, v.id DESC LIMIT $2";
    type Row = (String, Option<String>, String, i64);
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(candidate.to_string()).bind(limit)
        .fetch_all(on).await)?;
    Ok(rows.into_iter().map(|(acted_as, firm, what, at)| View { acted_as, firm, what, at }).collect())
}

/// The candidate of this id, inside the transaction that will change it. Without the coordinator's numbers: writing it
/// back leaves them as they are.
pub async fn candidate_in(tx: &mut Tx, id: CandidateId) -> Result<Option<Candidate>, StoreError> {
    const SQL: &str = "SELECT facts FROM candidates WHERE id = $1";
    let facts: Option<CandidateFacts> = of_table(tx, SQL, &id.to_string()).await?;
    Ok(facts.map(|facts| Candidate { id, codes: Vec::new(), facts }))
}

/// What is known of a candidate, and when it was last written.
pub async fn facts(db: &Db, id: CandidateId) -> Result<Option<(CandidateFacts, i64)>, StoreError> {
    const SQL: &str = "SELECT facts, updated_at FROM candidates WHERE id = $1";
    let row: Option<(String, i64)> =
        reading!(db, on => sqlx::query_as(SQL).bind(id.to_string()).fetch_optional(on).await)?;
    row.map(|(facts, at)| Ok((read("candidate", &id.to_string(), &facts)?, at))).transpose()
}

/// What is known of a firm, and when it was last written.
pub async fn firm_facts(db: &Db, id: FirmId) -> Result<Option<(FirmFacts, i64)>, StoreError> {
    const SQL: &str = "SELECT facts, updated_at FROM firms WHERE id = $1";
    let row: Option<(String, i64)> =
        reading!(db, on => sqlx::query_as(SQL).bind(id.to_string()).fetch_optional(on).await)?;
    row.map(|(facts, at)| Ok((read("firm", &id.to_string(), &facts)?, at))).transpose()
}

/// The facts of a firm, inside the transaction that decides by them.
pub async fn firm_in(tx: &mut Tx, id: FirmId) -> Result<Option<FirmFacts>, StoreError> {
    of_table(tx, "SELECT facts FROM firms WHERE id = $1", &id.to_string()).await
}

async fn of_table<T: serde::de::DeserializeOwned>(
    tx: &mut Tx,
    sql: &'static str,
    id: &str,
) -> Result<Option<T>, StoreError> {
    let facts: Option<String> = in_tx!(tx, on => sqlx::query_scalar(sql).bind(id).fetch_optional(on).await)?;
    facts.map(|facts| read("record", id, &facts)).transpose()
}
