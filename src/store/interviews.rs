//! What firms heard in interviews.

use super::drafts::Fields;
use super::region::{json_text, read};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{ApplicationId, PersonId};

/// The record of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    /// As written.
    pub fields: Fields,
    /// Counts up; who saves names the version they began from. 0 for nothing yet.
    pub version: i64,
    /// Milliseconds.
    pub saved_at: i64,
}

/// The record of an application; an empty one while nothing is written.
pub async fn of(db: &Db, application: ApplicationId) -> Result<Interview, StoreError> {
    const SQL: &str = "SELECT fields, version, saved_at FROM interviews WHERE application_id = $1";
    let id = application.to_string();
    let row: Option<(String, i64, i64)> =
        reading!(db, on => sqlx::query_as(SQL).bind(&id).fetch_optional(on).await)?;
    let Some((fields, version, saved_at)) = row else { return Ok(Interview::default()) };
    Ok(Interview { fields: read("interview of application", &id, &fields)?, version, saved_at })
}

/// Saves what was written by who began from version `from`. `false` when somebody else saved meanwhile.
pub async fn save(
    tx: &mut Tx,
    application: ApplicationId,
    fields: &Fields,
    from: i64,
    by: PersonId,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO interviews (application_id, fields, version, saved_at, saved_by) \
        VALUES ($1, $2, 1, $4, $5) ON CONFLICT (application_id) DO UPDATE SET fields = excluded.fields, \
        version = interviews.version + 1, saved_at = excluded.saved_at, saved_by = excluded.saved_by \
        WHERE interviews.version = $3";
    let text = json_text(fields)?;
    let done = in_tx!(tx, on => sqlx::query(SQL).bind(application.to_string()).bind(text).bind(from).bind(now_ms)
        .bind(by.to_string()).execute(on).await.map(|done| done.rows_affected())?);
    Ok(done == 1)
}
