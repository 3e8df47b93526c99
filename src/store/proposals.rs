//! Proposals as they were handed in: every version stays.

use super::drafts::Fields;
use super::region::{json_text, read};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::ApplicationId;

/// A version that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Counts up from 1.
    pub version: i64,
    /// As written.
    pub fields: Fields,
    /// When, milliseconds.
    pub at: i64,
}

type Row = (i64, String, i64);

fn submitted(application: ApplicationId, (version, fields, at): Row) -> Result<Submitted, StoreError> {
    Ok(Submitted { version, fields: read("proposal for", &application.to_string(), &fields)?, at })
}

/// Every version of an application, the latest first.
pub async fn of(db: &Db, application: ApplicationId) -> Result<Vec<Submitted>, StoreError> {
    const SQL: &str = "SELECT version, fields, submitted_at FROM proposals WHERE application_id = $1 \
        ORDER BY version DESC LIMIT 50";
    let rows: Vec<Row> =
        reading!(db, on => sqlx::query_as(SQL).bind(application.to_string()).fetch_all(on).await)?;
    rows.into_iter().map(|row| submitted(application, row)).collect()
}

/// The latest version.
pub async fn latest(tx: &mut Tx, application: ApplicationId) -> Result<Option<Submitted>, StoreError> {
    const SQL: &str = "SELECT version, fields, submitted_at FROM proposals WHERE application_id = $1 \
        ORDER BY version DESC LIMIT 1";
    let row: Option<Row> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(application.to_string()).fetch_optional(on).await)?;
    row.map(|row| submitted(application, row)).transpose()
}

/// Adds a version.
pub async fn add(tx: &mut Tx, application: ApplicationId, new: &Submitted) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO proposals (application_id, version, fields, submitted_at) VALUES ($1, $2, $3, $4)";
    let fields = json_text(&new.fields)?;
    in_tx!(tx, on => sqlx::query(SQL).bind(application.to_string()).bind(new.version).bind(fields).bind(new.at)
        .execute(on).await.map(drop)?);
    Ok(())
}
