//! What counts how much in a shortlist, each choice of the desk with when and by whom. Rows are only ever added.

use super::{StoreError, Tx, in_tx};

/// A choice, as its table holds it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WeightsRow {
    /// Counts up from 1.
    pub version: i64,
    /// In the words of the search room, as JSON.
    pub weights: String,
    /// Milliseconds.
    pub set_at: i64,
    /// The operator's log-in name.
    pub set_by: String,
}

/// The latest choices, the one in force first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<WeightsRow>, StoreError> {
    const SQL: &str =
        "SELECT version, weights, set_at, set_by FROM shortlist_weights ORDER BY version DESC LIMIT $1";
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(limit).fetch_all(on).await)?)
}

/// Adds a choice; `false` when there is one of this version already.
pub async fn add(tx: &mut Tx, row: &WeightsRow) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO shortlist_weights (version, weights, set_at, set_by) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (version) DO NOTHING";
    let added = in_tx!(tx, on => sqlx::query(SQL).bind(row.version).bind(&row.weights).bind(row.set_at)
        .bind(&row.set_by).execute(on).await?.rows_affected());
    Ok(added == 1)
}
