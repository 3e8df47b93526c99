//! Spreadsheets between their preview and their taking in.

use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// A sheet that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The file's name.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// Keeps a sheet, and lets go of those kept before `oldest`.
pub async fn keep(
    tx: &mut Tx,
    id: &str,
    upload: &Upload,
    by: Option<PersonId>,
    now_ms: i64,
    oldest: i64,
) -> Result<(), StoreError> {
    const CLEAR: &str = "DELETE FROM uploads WHERE made_at < $1";
    const SQL: &str =
        "INSERT INTO uploads (id, person_id, name, content, made_at) VALUES ($1, $2, $3, $4, $5)";
    let by = by.map(|id| id.to_string());
    in_tx!(tx, on => sqlx::query(CLEAR).bind(oldest).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(by).bind(&upload.name).bind(&upload.content).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// The sheet of this id that this person uploaded.
pub async fn find(db: &Db, id: &str, by: Option<PersonId>) -> Result<Option<Upload>, StoreError> {
    const SQL: &str = "SELECT name, content FROM uploads WHERE id = $1 AND COALESCE(person_id, '') = $2";
    let by = by.map(|id| id.to_string()).unwrap_or_default();
    let row: Option<(String, Vec<u8>)> =
        reading!(db, on => sqlx::query_as(SQL).bind(id).bind(by).fetch_optional(on).await)?;
    Ok(row.map(|(name, content)| Upload { name, content }))
}

/// Lets go of a sheet.
pub async fn clear(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM uploads WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).execute(on).await.map(drop)?);
    Ok(())
}
