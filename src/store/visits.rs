//! Times at which firms receive people, and who booked them.

use super::applications::LIVE;
use super::region::{json_text, read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{
    CandidateFacts, CandidateId, Choice, FirmId, OpeningFacts, OpeningId, Slot, SlotFacts, SlotId, VisitKind,
};

#[derive(sqlx::FromRow)]
struct SlotRow {
    id: String,
    opening_id: String,
    firm_id: String,
    kind: String,
    starts_at: i64,
    ends_at: i64,
    place: String,
    capacity: i64,
    facts: String,
    cancelled_at: Option<i64>,
}

impl SlotRow {
    fn read(self) -> Result<Slot, StoreError> {
        let facts: SlotFacts = read("slot", &self.id, &self.facts)?;
        let kind = VisitKind::ALL.iter().copied().find(|kind| kind.code() == self.kind);
        Ok(Slot {
            id: read_id("slot", &self.id)?,
            opening: read_id("slot of opening", &self.opening_id)?,
            firm: read_id("slot of firm", &self.firm_id)?,
            kind: kind.unwrap_or(VisitKind::Talk),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            place: self.place,
            capacity: self.capacity,
            facts,
            cancelled_at: self.cancelled_at,
        })
    }
}

const SLOT: &str = "SELECT s.id, s.opening_id, o.firm_id, s.kind, s.starts_at, s.ends_at, s.place, s.capacity, s.facts, \
    s.cancelled_at";

/// The slot of this id. On a server nobody else books it until this transaction ends.
pub async fn find(tx: &mut Tx, id: SlotId) -> Result<Option<Slot>, StoreError> {
    let lock = if matches!(tx, Tx::Pg(_)) { " FOR UPDATE OF s" } else { "" };
    let sql = sqlx::AssertSqlSafe(format!(
        "{SLOT} FROM visit_slots s JOIN openings o ON o.id = s.opening_id WHERE s.id = $1{lock}"
    ));
    let row: Option<SlotRow> =
        in_tx!(tx, on => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(on).await)?;
    row.map(SlotRow::read).transpose()
}

/// The firm of an opening. On a server nobody else adds a slot to it until this transaction ends.
pub async fn firm_of(tx: &mut Tx, opening: OpeningId) -> Result<Option<FirmId>, StoreError> {
    let lock = if matches!(tx, Tx::Pg(_)) { " FOR UPDATE" } else { "" };
    let sql = sqlx::AssertSqlSafe(format!("SELECT firm_id FROM openings WHERE id = $1{lock}"));
    let id: Option<String> =
        in_tx!(tx, on => sqlx::query_scalar(sql).bind(opening.to_string()).fetch_optional(on).await)?;
    id.map(|id| read_id("opening of firm", &id)).transpose()
}

/// Writes a new slot down. `false` when the same one is there already: a second click.
pub async fn add(tx: &mut Tx, slot: &Slot, now_ms: i64) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO visit_slots (id, opening_id, kind, starts_at, ends_at, place, capacity, facts, made_at) \
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE NOT EXISTS (SELECT 1 FROM visit_slots WHERE opening_id = $2 \
        AND kind = $3 AND starts_at = $4 AND ends_at = $5 AND place = $6 AND cancelled_at IS NULL)";
    let facts = json_text(&slot.facts)?;
    let done = in_tx!(tx, on => sqlx::query(SQL).bind(slot.id.to_string()).bind(slot.opening.to_string())
        .bind(slot.kind.code()).bind(slot.starts_at).bind(slot.ends_at).bind(&slot.place).bind(slot.capacity)
        .bind(facts).bind(now_ms).execute(on).await.map(|done| done.rows_affected())?);
    Ok(done == 1)
}

/// Takes a slot back.
pub async fn cancel(tx: &mut Tx, id: SlotId, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE visit_slots SET cancelled_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Who has booked a slot.
pub async fn booked(tx: &mut Tx, id: SlotId) -> Result<Vec<CandidateId>, StoreError> {
    const SQL: &str = "SELECT candidate_id FROM visit_bookings WHERE slot_id = $1 AND cancelled_at IS NULL \
        ORDER BY booked_at, candidate_id";
    let ids: Vec<String> =
        in_tx!(tx, on => sqlx::query_scalar(SQL).bind(id.to_string()).fetch_all(on).await)?;
    ids.iter().map(|id| read_id("booking of candidate", id)).collect()
}

/// Books a slot, also again after giving it up.
pub async fn book(tx: &mut Tx, slot: SlotId, candidate: CandidateId, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO visit_bookings (slot_id, candidate_id, booked_at) VALUES ($1, $2, $3) \
        ON CONFLICT (slot_id, candidate_id) DO UPDATE SET booked_at = excluded.booked_at, cancelled_at = NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(slot.to_string()).bind(candidate.to_string()).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// Gives a booking up.
pub async fn give_up(
    tx: &mut Tx,
    slot: SlotId,
    candidate: CandidateId,
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE visit_bookings SET cancelled_at = $3 WHERE slot_id = $1 AND candidate_id = $2 \
        AND cancelled_at IS NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(slot.to_string()).bind(candidate.to_string()).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// What a candidate has booked for an opening and has not begun yet.
pub async fn ahead(
    tx: &mut Tx,
    candidate: CandidateId,
    opening: OpeningId,
    now_ms: i64,
) -> Result<Vec<SlotId>, StoreError> {
    const SQL: &str = "SELECT s.id FROM visit_slots s JOIN visit_bookings b ON b.slot_id = s.id \
        WHERE b.candidate_id = $1 AND s.opening_id = $2 AND s.starts_at > $3 AND b.cancelled_at IS NULL \
        AND s.cancelled_at IS NULL ORDER BY s.starts_at, s.id";
    let ids: Vec<String> = in_tx!(tx, on => sqlx::query_scalar(SQL).bind(candidate.to_string())
        .bind(opening.to_string()).bind(now_ms).fetch_all(on).await)?;
    ids.iter().map(|id| read_id("slot", id)).collect()
}

/// Notes whether somebody came. `false` when they had not booked.
pub async fn came(tx: &mut Tx, slot: SlotId, candidate: CandidateId, came: bool) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE visit_bookings SET attended = $3 WHERE slot_id = $1 AND candidate_id = $2 \
        AND cancelled_at IS NULL";
    let done = in_tx!(tx, on => sqlx::query(SQL).bind(slot.to_string()).bind(candidate.to_string()).bind(came)
        .execute(on).await.map(|done| done.rows_affected())?);
    Ok(done == 1)
}

/// A slot as a candidate sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The slot.
    pub slot: Slot,
    /// What is known of the opening.
    pub opening: OpeningFacts,
    /// The firm's name.
    pub firm: String,
    /// Whether this candidate has booked it.
    pub is_booked: bool,
    /// Whether this candidate came, when somebody has said so.
    pub came: Option<bool>,
    /// Whether nobody else can book it.
    pub is_full: bool,
}

#[derive(sqlx::FromRow)]
struct OfferedRow {
    #[sqlx(flatten)]
    slot: SlotRow,
    opening_facts: String,
    firm_name: String,
    is_booked: bool,
    came: Option<bool>,
    is_full: bool,
}

/// What a candidate has booked, and what is open to them now, in order of time.
pub async fn of_candidate(db: &Db, candidate: CandidateId, now_ms: i64) -> Result<Vec<Offered>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{SLOT}, o.facts AS opening_facts, f.name AS firm_name, b.slot_id IS NOT NULL AS is_booked, b.attended AS came, \
         (SELECT COUNT(*) FROM visit_bookings x WHERE x.slot_id = s.id AND x.cancelled_at IS NULL) >= s.capacity AS is_full \
         FROM visit_slots s JOIN openings o ON o.id = s.opening_id JOIN firms f ON f.id = o.firm_id \
         LEFT JOIN visit_bookings b ON b.slot_id = s.id AND b.candidate_id = $1 AND b.cancelled_at IS NULL \
         WHERE b.slot_id IS NOT NULL OR (s.cancelled_at IS NULL AND s.starts_at > $2 \
         AND s.opening_id IN (SELECT a.opening_id {LIVE} AND a.candidate_id = $1)) \
         ORDER BY s.starts_at, s.id LIMIT 200"
    ));
    let rows: Vec<OfferedRow> = reading!(db, on => sqlx::query_as(sql).bind(candidate.to_string()).bind(now_ms)
        .fetch_all(on).await)?;
    rows.into_iter()
        .map(|row| {
            let opening = read("opening", &row.slot.opening_id, &row.opening_facts)?;
            let (firm, is_booked, came, is_full) = (row.firm_name, row.is_booked, row.came, row.is_full);
            Ok(Offered { slot: row.slot.read()?, opening, firm, is_booked, came, is_full })
        })
        .collect()
}

/// A slot that a candidate once booked, for their calendar, with when they gave it up and the opening's title.
pub async fn once_booked(
    db: &Db,
    slot: SlotId,
    candidate: CandidateId,
) -> Result<Option<(Slot, Option<i64>, String)>, StoreError> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        slot: SlotRow,
        given_up_at: Option<i64>,
        opening_facts: String,
    }
    let sql = sqlx::AssertSqlSafe(format!(
        "{SLOT}, b.cancelled_at AS given_up_at, o.facts AS opening_facts FROM visit_slots s \
         JOIN openings o ON o.id = s.opening_id JOIN visit_bookings b ON b.slot_id = s.id \
         WHERE s.id = $1 AND b.candidate_id = $2"
    ));
    let row: Option<Row> = reading!(db, on => sqlx::query_as(sql).bind(slot.to_string())
        .bind(candidate.to_string()).fetch_optional(on).await)?;
    row.map(|row| {
        let facts: OpeningFacts = read("opening", &row.slot.opening_id, &row.opening_facts)?;
        Ok((row.slot.read()?, row.given_up_at, facts.title))
    })
    .transpose()
}

/// Every slot of a firm, the latest 200, in order of time.
pub async fn of_firm(db: &Db, firm: FirmId) -> Result<Vec<Slot>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{SLOT} FROM visit_slots s JOIN openings o ON o.id = s.opening_id WHERE o.firm_id = $1 \
         ORDER BY s.starts_at DESC, s.id LIMIT 200"
    ));
    let rows: Vec<SlotRow> =
        reading!(db, on => sqlx::query_as(sql).bind(firm.to_string()).fetch_all(on).await)?;
    rows.into_iter().rev().map(SlotRow::read).collect()
}

/// Somebody who booked a slot of a firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// Which.
    pub slot: SlotId,
    /// Who.
    pub candidate: CandidateId,
    /// The name, where the firm may know it.
    pub name: Option<String>,
    /// Whether they came, when somebody has said so.
    pub came: Option<bool>,
}

/// Who booked the slots of a firm, in the order in which they did.
pub async fn bookings(db: &Db, firm: FirmId) -> Result<Vec<Booked>, StoreError> {
    const SQL: &str = "SELECT b.slot_id, b.candidate_id, CASE WHEN EXISTS (SELECT 1 FROM grants g \
        WHERE g.candidate_id = b.candidate_id AND g.firm_id = o.firm_id AND g.scope = 'identity' AND g.revoked_at IS NULL) \
        THEN c.facts END, b.attended FROM visit_bookings b JOIN visit_slots s ON s.id = b.slot_id \
        JOIN openings o ON o.id = s.opening_id JOIN candidates c ON c.id = b.candidate_id WHERE o.firm_id = $1 \
        AND b.cancelled_at IS NULL ORDER BY b.booked_at, b.candidate_id";
    type Row = (String, String, Option<String>, Option<bool>);
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(firm.to_string()).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(slot, id, facts, came)| {
            let facts: Option<CandidateFacts> =
                facts.map(|facts| read("candidate", &id, &facts)).transpose()?;
            let (slot, candidate) = (read_id("slot", &slot)?, read_id("booking of candidate", &id)?);
            Ok(Booked { slot, candidate, name: facts.map(|facts| facts.name), came })
        })
        .collect()
}
