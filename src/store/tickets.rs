//! One-time links that went out by mail, by the hash of their token.

use super::region::{json_text, read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{FirmId, PersonId};
use crate::store::drafts::Fields;

/// A link that somebody was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// What it opens: `candidate`, `firm`, `invite`, `recover`, `mail`, `join`.
    pub kind: String,
    /// The address it was sent to, which its holder thereby has.
    pub mail: String,
    /// The account it is for, where there is one.
    pub person: Option<PersonId>,
    /// What else it says.
    pub facts: Fields,
    /// The person who had it sent.
    pub made_by: Option<PersonId>,
    /// When it stops working, milliseconds.
    pub expires_at: i64,
    /// When it was used, milliseconds.
    pub used_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    mail: String,
    person_id: Option<String>,
    facts: String,
    made_by: Option<String>,
    expires_at: i64,
    used_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Ticket, StoreError> {
        let id = |id: Option<String>| id.map(|id| read_id("ticket of person", &id)).transpose();
        Ok(Ticket {
            facts: read("ticket", &self.kind, &self.facts)?,
            kind: self.kind,
            mail: self.mail,
            person: id(self.person_id)?,
            made_by: id(self.made_by)?,
            expires_at: self.expires_at,
            used_at: self.used_at,
        })
    }
}

/// Writes a ticket down. An unused one of the same kind to the same address does not work any more: the last letter sent is
/// the one that counts.
pub async fn add(tx: &mut Tx, hash: &str, ticket: &Ticket, now_ms: i64) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM tickets WHERE (kind = $1 AND mail = $2 AND facts = $3 AND used_at IS NULL) \
        OR (kind <> 'join' AND expires_at <= $4)";
    const SQL: &str = "INSERT INTO tickets \
        (token_hash, kind, mail, person_id, facts, made_by, made_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let facts = json_text(&ticket.facts)?;
    let text = |id: Option<PersonId>| id.map(|id| id.to_string());
    in_tx!(tx, on => sqlx::query(OLD).bind(&ticket.kind).bind(&ticket.mail).bind(&facts).bind(now_ms)
        .execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(&ticket.kind).bind(&ticket.mail)
        .bind(text(ticket.person)).bind(&facts).bind(text(ticket.made_by)).bind(now_ms).bind(ticket.expires_at)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// The ticket of this token's hash, used or not.
pub async fn find(db: &Db, hash: &str) -> Result<Option<Ticket>, StoreError> {
    const SQL: &str = "SELECT kind, mail, person_id, facts, made_by, expires_at, used_at FROM tickets \
        WHERE token_hash = $1";
    let row: Option<Row> = reading!(db, on => sqlx::query_as(SQL).bind(hash).fetch_optional(on).await)?;
    row.map(Row::read).transpose()
}

/// Uses a ticket up, once; none when it is unknown, used or too old.
pub async fn use_up(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<Option<Ticket>, StoreError> {
    const SQL: &str = "UPDATE tickets SET used_at = $2 \
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 \
        RETURNING kind, mail, person_id, facts, made_by, expires_at, used_at";
    let row: Option<Row> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(hash).bind(now_ms).fetch_optional(on).await)?;
    row.map(Row::read).transpose()
}

/// People who say that they belong to a firm we knew already, and wait for the desk: the handle of each and what they said.
pub async fn waiting_to_join(db: &Db) -> Result<Vec<(String, Ticket)>, StoreError> {
    const SQL: &str = "SELECT token_hash, kind, mail, person_id, facts, made_by, expires_at, used_at FROM tickets \
        WHERE kind = 'join' AND used_at IS NULL ORDER BY made_at LIMIT 200";
    type All = (String, String, String, Option<String>, String, Option<String>, i64, Option<i64>);
    let rows: Vec<All> = reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(hash, kind, mail, person_id, facts, made_by, expires_at, used_at)| {
            let row = Row { kind, mail, person_id, facts, made_by, expires_at, used_at };
            Ok((hash, row.read()?))
        })
        .collect()
}

/// How many were invited to act for a firm and have not come yet.
pub async fn invited_to_firm(db: &Db, firm: FirmId, now_ms: i64) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM tickets \
        WHERE kind = 'invite' AND used_at IS NULL AND expires_at > $1 AND facts LIKE $2";
    let of_firm = format!("%\"{firm}\"%");
    Ok(reading!(db, on => sqlx::query_scalar(SQL).bind(now_ms).bind(of_firm).fetch_one(on).await)?)
}

/// The firm with this 法人番号.
pub async fn firm_of_number(tx: &mut Tx, number: &str) -> Result<Option<FirmId>, StoreError> {
    const SQL: &str = "SELECT id FROM firms WHERE corporate_number = $1";
    let id: Option<String> = in_tx!(tx, on => sqlx::query_scalar(SQL).bind(number).fetch_optional(on).await)?;
    id.map(|id| read_id("firm", &id)).transpose()
}

/// The candidate with this address, as a coordinator entered it.
pub async fn candidate_of_mail(
    tx: &mut Tx,
    mail: &str,
) -> Result<Option<crate::domain::CandidateId>, StoreError> {
    const SQL: &str = "SELECT id FROM candidates WHERE mail = $1";
    let id: Option<String> = in_tx!(tx, on => sqlx::query_scalar(SQL).bind(mail).fetch_optional(on).await)?;
    id.map(|id| read_id("candidate", &id)).transpose()
}
