//! Words that the desk has said mean the same, each choice with when and by whom. Rows are only ever added.

use super::{Db, StoreError, Tx, in_tx, reading};

/// A choice, as its table holds it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WordsRow {
    /// Counts up from 1.
    pub version: i64,
    /// In the words of the search room, as JSON.
    pub words: String,
    /// Milliseconds.
    pub set_at: i64,
    /// The operator's log-in name.
    pub set_by: String,
}

/// The choice in force; none when there never was one.
pub async fn in_force(db: &Db) -> Result<Option<WordsRow>, StoreError> {
    Ok(reading!(db, on => sqlx::query_as(LATEST).bind(1_i64).fetch_optional(on).await)?)
}

/// The latest choices, the one in force first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<WordsRow>, StoreError> {
    Ok(in_tx!(tx, on => sqlx::query_as(LATEST).bind(limit).fetch_all(on).await)?)
}

/// Adds a choice; `false` when there is one of this version already.
pub async fn add(tx: &mut Tx, row: &WordsRow) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO search_words (version, words, set_at, set_by) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (version) DO NOTHING";
    let added = in_tx!(tx, on => sqlx::query(SQL).bind(row.version).bind(&row.words).bind(row.set_at)
        .bind(&row.set_by).execute(on).await?.rows_affected());
    Ok(added == 1)
}

const LATEST: &str = "SELECT version, words, set_at, set_by FROM search_words ORDER BY version DESC LIMIT $1";
