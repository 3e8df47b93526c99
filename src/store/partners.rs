//! Partners of the desk, and the firms that came to it through them.

use super::region::{read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{FirmFacts, FirmId, PartnerId};

/// A firm that a partner referred.
#[derive(Clone, Debug, PartialEq)]
pub struct Referred {
    /// Which.
    pub firm: FirmId,
    /// What is known of it.
    pub facts: FirmFacts,
    /// How many of its openings nothing stands against.
    pub openings: i64,
}

/// The name under which the desk keeps a partner.
pub async fn name(db: &Db, id: PartnerId) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT name FROM partners WHERE id = $1";
    Ok(reading!(db, on => sqlx::query_scalar(SQL).bind(id.to_string()).fetch_optional(on).await)?)
}

/// The partner of exactly this name.
pub async fn by_name(db: &Db, name: &str) -> Result<Option<PartnerId>, StoreError> {
    const SQL: &str = "SELECT id FROM partners WHERE name = $1 ORDER BY created_at, id LIMIT 1";
    let id: Option<String> = reading!(db, on => sqlx::query_scalar(SQL).bind(name).fetch_optional(on).await)?;
    id.map(|id| read_id("partner", &id)).transpose()
}

/// Writes a partner down.
pub async fn add(tx: &mut Tx, id: PartnerId, name: &str, kind: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO partners (id, name, kind, created_at) VALUES ($1, $2, $3, $4)";
    in_tx!(tx, on => sqlx::query(SQL).bind(id.to_string()).bind(name).bind(kind).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// The firms whose 紹介元 is exactly this name, in order of their own.
pub async fn referred(db: &Db, partner: &str) -> Result<Vec<Referred>, StoreError> {
    const SQL: &str = "SELECT id, facts, (SELECT COUNT(*) FROM openings \
        WHERE openings.firm_id = firms.id AND openings.blocks = '[]') \
        FROM firms WHERE facts LIKE $1 ORDER BY name, id";
    let likely = format!("%\"referred_by\":%{partner}%");
    let rows: Vec<(String, String, i64)> =
        reading!(db, on => sqlx::query_as(SQL).bind(likely).fetch_all(on).await)?;
    let mut firms = Vec::new();
    for (id, facts, openings) in rows {
        let facts: FirmFacts = read("firm", &id, &facts)?;
        if facts.referred_by.as_deref() == Some(partner) {
            firms.push(Referred { firm: read_id("firm", &id)?, facts, openings });
        }
    }
    Ok(firms)
}
