//! Who may be ranked by whom: the applications that are under way. In the order in which they were made, which is the
//! order in which the candidate found the openings, and never by anybody's score or interest.

use super::{key, read_owner};
use crate::domain::{
    CandidateFacts, CandidateId, FirmId, OpeningFacts, OpeningId, Owner, PersonId, RankedId, Recipient,
};
use crate::store::region::{read, read_id};
use crate::store::{StoreError, Tx, in_tx};

/// Somebody who may be ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whom.
    pub id: RankedId,
    /// The title of an opening; the name of a candidate, none when the firm may not know it.
    pub name: Option<String>,
    /// The name of the firm; the candidate's headline.
    pub about: Option<String>,
}

/// The openings that a candidate may rank.
pub async fn openings_for(tx: &mut Tx, candidate: CandidateId) -> Result<Vec<Named>, StoreError> {
    const SQL: &str = "SELECT o.id, o.facts, f.name FROM applications a \
        JOIN openings o ON o.id = a.opening_id JOIN firms f ON f.id = o.firm_id \
        WHERE a.candidate_id = $1 AND a.level = 'applied' \
        AND a.stage IN ('talk', 'visit', 'proposal', 'interview', 'ready') ORDER BY a.created_at, a.id";
    let rows: Vec<(String, String, String)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(candidate.to_string()).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, facts, firm)| {
            let facts: OpeningFacts = read("opening", &id, &facts)?;
            Ok(Named { id: read_id("opening", &id)?, name: Some(facts.title), about: Some(firm) })
        })
        .collect()
}

/// The candidates that a firm may rank for an opening. A name is read only where the candidate lets this firm know it.
pub async fn candidates_for(tx: &mut Tx, opening: OpeningId) -> Result<Vec<Named>, StoreError> {
    const SQL: &str = "SELECT c.id, c.facts, EXISTS (SELECT 1 FROM grants g WHERE g.candidate_id = c.id \
        AND g.firm_id = o.firm_id AND g.scope = 'identity' AND g.revoked_at IS NULL) FROM applications a \
        JOIN openings o ON o.id = a.opening_id JOIN candidates c ON c.id = a.candidate_id \
        WHERE a.opening_id = $1 AND a.level = 'applied' \
        AND a.stage IN ('talk', 'visit', 'proposal', 'interview', 'ready') ORDER BY a.created_at, a.id";
    let rows: Vec<(String, String, bool)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(opening.to_string()).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, facts, known)| {
            let facts: CandidateFacts = read("candidate", &id, &facts)?;
            let name = known.then_some(facts.name);
            Ok(Named { id: read_id("candidate", &id)?, name, about: facts.headline })
        })
        .collect()
}

/// Every pair of which both may rank each other, for the freeze of a round: who withdrew or was declined after lists were
/// certified is in no pair.
pub async fn pairs(tx: &mut Tx) -> Result<Vec<(CandidateId, OpeningId)>, StoreError> {
    const SQL: &str = "SELECT candidate_id, opening_id FROM applications WHERE level = 'applied' \
        AND stage IN ('talk', 'visit', 'proposal', 'interview', 'ready')";
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(candidate, opening)| Ok((read_id("candidate", &candidate)?, read_id("opening", &opening)?)))
        .collect()
}

/// An opening of a firm for which candidates may be ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmList {
    /// Which.
    pub opening: OpeningId,
    /// Its title.
    pub title: String,
    /// How many people it takes.
    pub seats: u32,
    /// Whether its list is certified.
    pub certified: bool,
}

/// The openings of a firm, in order of id, with how each stands in a round.
pub async fn firm_lists(tx: &mut Tx, firm: FirmId, round: i64) -> Result<Vec<FirmList>, StoreError> {
    const SQL: &str = "SELECT o.id, o.facts, EXISTS (SELECT 1 FROM rank_certificates c WHERE c.round = $2 \
        AND c.owner_kind = 'opening' AND c.owner_id = o.id AND c.withdrawn_at IS NULL) \
        FROM openings o WHERE o.firm_id = $1 ORDER BY o.id";
    let rows: Vec<(String, String, bool)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(firm.to_string()).bind(round).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, facts, certified)| {
            let facts: OpeningFacts = read("opening", &id, &facts)?;
            Ok(FirmList {
                opening: read_id("opening", &id)?,
                title: facts.title,
                seats: facts.seats.into(),
                certified,
            })
        })
        .collect()
}

/// Somebody who may take part in a round, as an operator sees it: certified or not, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// Whose list.
    pub owner: Owner,
    /// The candidate's name; the title of the opening.
    pub name: String,
    /// The name of the firm.
    pub firm: Option<String>,
    /// The firm of an opening.
    pub firm_id: Option<FirmId>,
    /// Whether the list is certified.
    pub certified: bool,
}

/// Everybody with somebody to rank, candidates first, in order of id.
pub async fn entrants(tx: &mut Tx, round: i64) -> Result<Vec<Entrant>, StoreError> {
    const SQL: &str = "SELECT p.kind, p.id, COALESCE(c.facts, o.facts), f.name, f.id, \
        EXISTS (SELECT 1 FROM rank_certificates t WHERE t.round = $1 AND t.owner_kind = p.kind \
        AND t.owner_id = p.id AND t.withdrawn_at IS NULL) FROM ( \
        SELECT 'candidate' AS kind, candidate_id AS id FROM applications WHERE level = 'applied' \
        AND stage IN ('talk', 'visit', 'proposal', 'interview', 'ready') UNION \
        SELECT 'opening' AS kind, opening_id AS id FROM applications WHERE level = 'applied' \
        AND stage IN ('talk', 'visit', 'proposal', 'interview', 'ready')) p \
        LEFT JOIN candidates c ON p.kind = 'candidate' AND c.id = p.id \
        LEFT JOIN openings o ON p.kind = 'opening' AND o.id = p.id LEFT JOIN firms f ON f.id = o.firm_id \
        ORDER BY p.kind, p.id";
    type Row = (String, String, String, Option<String>, Option<String>, bool);
    let rows: Vec<Row> = in_tx!(tx, on => sqlx::query_as(SQL).bind(round).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(kind, id, facts, firm, firm_id, certified)| {
            let owner = read_owner(&kind, &id)?;
            let name = match owner {
                Owner::Candidate(_) => read::<CandidateFacts>("candidate", &id, &facts)?.name,
                Owner::Opening(_) => read::<OpeningFacts>("opening", &id, &facts)?.title,
            };
            let firm_id = firm_id.map(|id| read_id("firm", &id)).transpose()?;
            Ok(Entrant { owner, name, firm, firm_id, certified })
        })
        .collect()
}

/// Up to `limit` owners who have somebody to rank, have not certified, and were not reminded at this step; each with the
/// firm of an opening.
pub async fn owing(
    tx: &mut Tx,
    round: i64,
    step: &str,
    limit: i64,
) -> Result<Vec<(Owner, Option<FirmId>)>, StoreError> {
    const SQL: &str = "SELECT p.kind, p.id, o.firm_id FROM ( \
        SELECT 'candidate' AS kind, candidate_id AS id FROM applications WHERE level = 'applied' \
        AND stage IN ('talk', 'visit', 'proposal', 'interview', 'ready') UNION \
        SELECT 'opening' AS kind, opening_id AS id FROM applications WHERE level = 'applied' \
        AND stage IN ('talk', 'visit', 'proposal', 'interview', 'ready')) p \
        LEFT JOIN openings o ON p.kind = 'opening' AND o.id = p.id \
        WHERE NOT EXISTS (SELECT 1 FROM rank_certificates c WHERE c.round = $1 AND c.owner_kind = p.kind \
        AND c.owner_id = p.id AND c.withdrawn_at IS NULL) AND NOT EXISTS (SELECT 1 FROM reminders_sent r \
        WHERE r.round = $1 AND r.owner_kind = p.kind AND r.owner_id = p.id AND r.step = $2) \
        ORDER BY p.kind, p.id LIMIT $3";
    let rows: Vec<(String, String, Option<String>)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(round).bind(step).bind(limit).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(kind, id, firm)| {
            let firm = firm.map(|id| read_id("firm", &id)).transpose()?;
            Ok((read_owner(&kind, &id)?, firm))
        })
        .collect()
}

/// Where letters about an owner's list go: to the candidate, or to every member of the firm.
pub async fn holders(tx: &mut Tx, owner: Owner, now_ms: i64) -> Result<Vec<Recipient>, StoreError> {
    const SQL: &str = "SELECT p.id, p.mail, p.lang FROM roles r JOIN people p ON p.id = r.person_id \
        WHERE (r.until IS NULL OR r.until > $3) AND p.disabled_at IS NULL AND p.mail IS NOT NULL \
        AND ((r.kind = 'candidate' AND $1 = 'candidate' AND r.scope_id = $2) OR (r.kind = 'firm' \
        AND $1 = 'opening' AND r.scope_id = (SELECT firm_id FROM openings WHERE id = $2))) ORDER BY p.id";
    let (kind, id) = key(owner);
    let rows: Vec<(String, String, String)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(kind).bind(id).bind(now_ms).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, address, lang)| {
            Ok(Recipient { person: Some(read_id::<PersonId>("person", &id)?), address, lang })
        })
        .collect()
}

/// Notes that an owner is being reminded at this step; `false` when that was done before.
pub async fn take_reminder(
    tx: &mut Tx,
    round: i64,
    owner: Owner,
    step: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO reminders_sent (round, owner_kind, owner_id, step, sent_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (round, owner_kind, owner_id, step) DO NOTHING";
    let (kind, id) = key(owner);
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(round).bind(kind).bind(id).bind(step).bind(now_ms)
        .execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// An application under way, as the board writes it.
#[cfg(test)]
pub(crate) async fn apply(
    tx: &mut Tx,
    candidate: CandidateId,
    opening: OpeningId,
    stage: &str,
    at: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO applications (id, candidate_id, opening_id, level, stage, stage_at, waits_for, \
        version, created_at, updated_at) VALUES ($1, $2, $3, 'applied', $4, $5, '', 1, $5, $5) \
        ON CONFLICT (candidate_id, opening_id) DO UPDATE SET stage = excluded.stage";
    let id = format!("{candidate}-{opening}");
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(candidate.to_string()).bind(opening.to_string()).bind(stage)
        .bind(at).execute(on).await.map(drop)?);
    Ok(())
}

/// Lets a firm know who a candidate is.
#[cfg(test)]
pub(crate) async fn introduce(tx: &mut Tx, candidate: CandidateId, firm: FirmId) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO grants (id, candidate_id, firm_id, scope, given_at) \
        VALUES ($1, $2, $3, 'identity', 0)";
    let id = format!("{candidate}-{firm}");
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(candidate.to_string()).bind(firm.to_string())
        .execute(on).await.map(drop)?);
    Ok(())
}
