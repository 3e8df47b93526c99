//! Versions of a list: every save adds one, none is ever changed.

use super::key;
use crate::domain::{Owner, PersonId, RankOrder};
use crate::store::region::{json_text, read};
use crate::store::{StoreError, Tx, in_tx};

/// One version of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 … for each owner and round.
    pub number: i64,
    /// The list.
    pub order: RankOrder,
    /// When it was saved.
    pub saved_at: i64,
    /// By whom; a firm has several members.
    pub saved_by: String,
    /// The version whose list taking the last step back leads to.
    pub undo: Option<i64>,
    /// The version whose list taking it again leads to.
    pub redo: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    entries: String,
    saved_at: i64,
    name: Option<String>,
    undo: Option<i64>,
    redo: Option<i64>,
}

impl Row {
    fn read(self, owner: &str) -> Result<Version, StoreError> {
        Ok(Version {
            number: self.version,
            order: read("list of", owner, &self.entries)?,
            saved_at: self.saved_at,
            saved_by: self.name.unwrap_or_default(),
            undo: self.undo,
            redo: self.redo,
        })
    }
}

/// The latest version; none before the first save.
pub async fn latest(tx: &mut Tx, round: i64, owner: Owner) -> Result<Option<Version>, StoreError> {
    const SQL: &str = "SELECT version, entries, saved_at, name, undo, redo FROM rank_versions \
        LEFT JOIN people ON people.id = saved_by WHERE round = $1 AND owner_kind = $2 AND owner_id = $3 \
        ORDER BY version DESC LIMIT 1";
    let (kind, id) = key(owner);
    let row: Option<Row> = in_tx!(tx, on => sqlx::query_as(SQL).bind(round).bind(kind).bind(&id)
        .fetch_optional(on).await)?;
    row.map(|row| row.read(&id)).transpose()
}

/// The version of this number.
pub async fn version(
    tx: &mut Tx,
    round: i64,
    owner: Owner,
    number: i64,
) -> Result<Option<Version>, StoreError> {
    const SQL: &str = "SELECT version, entries, saved_at, name, undo, redo FROM rank_versions \
        LEFT JOIN people ON people.id = saved_by WHERE round = $1 AND owner_kind = $2 AND owner_id = $3 \
        AND version = $4";
    let (kind, id) = key(owner);
    let row: Option<Row> = in_tx!(tx, on => sqlx::query_as(SQL).bind(round).bind(kind).bind(&id).bind(number)
        .fetch_optional(on).await)?;
    row.map(|row| row.read(&id)).transpose()
}

/// Every version, the latest first, up to `limit` and below version `before`.
pub async fn history(
    tx: &mut Tx,
    round: i64,
    owner: Owner,
    before: i64,
    limit: i64,
) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "SELECT version, entries, saved_at, name, undo, redo FROM rank_versions \
        LEFT JOIN people ON people.id = saved_by WHERE round = $1 AND owner_kind = $2 AND owner_id = $3 \
        AND version < $4 ORDER BY version DESC LIMIT $5";
    let (kind, id) = key(owner);
    let rows: Vec<Row> = in_tx!(tx, on => sqlx::query_as(SQL).bind(round).bind(kind).bind(&id).bind(before)
        .bind(limit).fetch_all(on).await)?;
    rows.into_iter().map(|row| row.read(&id)).collect()
}

/// Adds a version. The caller holds the round's turn, so nobody else takes its number.
pub async fn add(
    tx: &mut Tx,
    round: i64,
    owner: Owner,
    version: &Version,
    by: PersonId,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO rank_versions \
        (round, owner_kind, owner_id, version, entries, saved_at, saved_by, undo, redo) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let (kind, id) = key(owner);
    let entries = json_text(&version.order)?;
    in_tx!(tx, on => sqlx::query(SQL).bind(round).bind(kind).bind(id).bind(version.number).bind(entries)
        .bind(version.saved_at).bind(by.to_string()).bind(version.undo).bind(version.redo)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// The latest version as its bytes lie in the table.
#[cfg(test)]
pub(crate) async fn raw(tx: &mut Tx, round: i64, owner: Owner) -> Result<String, StoreError> {
    const SQL: &str = "SELECT entries FROM rank_versions WHERE round = $1 AND owner_kind = $2 AND owner_id = $3 \
        ORDER BY version DESC LIMIT 1";
    let (kind, id) = key(owner);
    Ok(in_tx!(tx, on => sqlx::query_scalar(SQL).bind(round).bind(kind).bind(id).fetch_one(on).await)?)
}
