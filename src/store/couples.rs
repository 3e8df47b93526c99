//! Two candidates who want to move together: who asked whom, and what both agreed to.

use super::region::{json_text, read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{CandidateId, CoupleCondition, OneOnly, PersonId, Recipient};

/// What the one who asks proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Wish {
    /// How near to each other.
    pub condition: Option<CoupleCondition>,
    /// What holds when only one of the two can be placed.
    pub one_only: Option<OneOnly>,
}

/// A link that has not ended, as one of the two sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: String,
    /// Who asked.
    pub asked_by: CandidateId,
    /// The name of who asked.
    pub asker: String,
    /// The address that was asked.
    pub asked_mail: String,
    /// Who agreed.
    pub partner: Option<CandidateId>,
    /// What was proposed.
    pub wish: Wish,
    /// Since when both want it.
    pub agreed_at: Option<i64>,
}

const LINK: &str = "SELECT l.id, l.asked_by, c.facts, l.asked_mail, l.partner_id, l.facts, l.agreed_at \
    FROM couple_links l JOIN candidates c ON c.id = l.asked_by WHERE l.ended_at IS NULL \
    AND (l.asked_by = $1 OR l.partner_id = $1 OR (l.agreed_at IS NULL AND l.asked_mail = \
    (SELECT mail FROM people WHERE id = $2))) ORDER BY l.asked_at, l.id";

type Row = (String, String, String, String, Option<String>, String, Option<i64>);

fn link((id, asked_by, asker, asked_mail, partner, wish, agreed_at): Row) -> Result<Link, StoreError> {
    let asker: crate::domain::CandidateFacts = read("candidate", &asked_by, &asker)?;
    Ok(Link {
        asked_by: read_id("candidate of couple", &asked_by)?,
        asker: asker.name,
        asked_mail,
        partner: partner.map(|id| read_id("candidate of couple", &id)).transpose()?,
        wish: read("couple", &id, &wish)?,
        agreed_at,
        id,
    })
}

/// The links of a candidate, and those that wait for the candidate's answer: the address that was asked is the person's.
pub async fn links(db: &Db, own: CandidateId, person: PersonId) -> Result<Vec<Link>, StoreError> {
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(LINK).bind(own.to_string()).bind(person.to_string())
        .fetch_all(on).await)?;
    rows.into_iter().map(link).collect()
}

/// The same inside a transaction.
pub async fn links_in(tx: &mut Tx, own: CandidateId, person: PersonId) -> Result<Vec<Link>, StoreError> {
    let rows: Vec<Row> = in_tx!(tx, on => sqlx::query_as(LINK).bind(own.to_string()).bind(person.to_string())
        .fetch_all(on).await)?;
    rows.into_iter().map(link).collect()
}

/// Writes down that somebody asks.
pub async fn ask(
    tx: &mut Tx,
    id: &str,
    by: CandidateId,
    mail: &str,
    wish: &Wish,
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO couple_links (id, asked_by, asked_mail, facts, asked_at) \
        VALUES ($1, $2, $3, $4, $5)";
    let wish = json_text(wish)?;
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(by.to_string()).bind(mail).bind(wish).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// Writes down that the other one agrees; `false` when that was answered before.
pub async fn agree(tx: &mut Tx, id: &str, partner: CandidateId, now_ms: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE couple_links SET partner_id = $2, agreed_at = $3 \
        WHERE id = $1 AND agreed_at IS NULL AND ended_at IS NULL";
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(partner.to_string()).bind(now_ms)
        .execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// Ends a link, and with it the couple that came of it.
pub async fn end(tx: &mut Tx, link: &Link, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE couple_links SET ended_at = $2 WHERE id = $1";
    const COUPLE: &str = "DELETE FROM couples WHERE first_id = $1 AND second_id = $2";
    in_tx!(tx, on => sqlx::query(SQL).bind(&link.id).bind(now_ms).execute(on).await.map(drop)?);
    if let Some(partner) = link.partner {
        let (first, second) = (link.asked_by.min(partner), link.asked_by.max(partner));
        in_tx!(tx, on => sqlx::query(COUPLE).bind(first.to_string()).bind(second.to_string())
            .execute(on).await.map(drop)?);
    }
    Ok(())
}

/// Whether a candidate is in a couple.
pub async fn is_linked(tx: &mut Tx, candidate: CandidateId) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM couples WHERE first_id = $1 OR second_id = $1";
    let found: i64 =
        in_tx!(tx, on => sqlx::query_scalar(SQL).bind(candidate.to_string()).fetch_one(on).await)?;
    Ok(found > 0)
}

/// The person who is a candidate and has this verified address.
pub async fn candidate_at(tx: &mut Tx, mail: &str) -> Result<Option<Recipient>, StoreError> {
    const SQL: &str = "SELECT p.id, p.mail, p.lang FROM people p JOIN roles r ON r.person_id = p.id \
        AND r.kind = 'candidate' WHERE p.mail = $1 AND p.disabled_at IS NULL";
    let row: Option<(String, String, String)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(mail).fetch_optional(on).await)?;
    row.map(|(id, address, lang)| Ok(Recipient { person: Some(read_id("person", &id)?), address, lang }))
        .transpose()
}
