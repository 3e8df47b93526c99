//! A spreadsheet that an operator looks at before it is taken in.

use super::DeskError;
use crate::accounts::{Operator, Tools};
use crate::store::journal::{self, Entry};
use crate::store::uploads::{self, Upload};

/// How long a sheet waits for its operator, in milliseconds.
const PATIENCE: i64 = 60 * 60_000;

/// Keeps a sheet for an hour. Its id.
///
/// # Errors
/// [`DeskError::Store`].
pub async fn keep(operator: &Operator, upload: &Upload, tools: Tools<'_>) -> Result<String, DeskError> {
    let (id, now) = (tools.new_id(), tools.now_ms());
    let mut tx = tools.db.begin().await?;
    uploads::keep(&mut tx, &id, upload, operator.person(), now, now - PATIENCE).await?;
    tx.commit().await?;
    Ok(id)
}

/// Notes that a sheet was taken in, and lets go of it.
///
/// # Errors
/// [`DeskError::Store`].
pub async fn taken_in(operator: &Operator, id: &str, rows: usize, tools: Tools<'_>) -> Result<(), DeskError> {
    let entry = Entry {
        at: tools.now_ms(),
        person: operator.person(),
        acted_as: "operator".to_owned(),
        action: "import".to_owned(),
        subject_kind: "desk".to_owned(),
        subject: id.to_owned(),
        facts: format!("{{\"rows\":{rows}}}"),
    };
    let mut tx = tools.db.begin().await?;
    uploads::clear(&mut tx, id).await?;
    journal::add(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}
