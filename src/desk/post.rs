//! Letters that did not get out: an operator gives them their tries again.

use super::DeskError;
use crate::accounts::{Operator, Tools};
use crate::store::journal::{self, Entry};
use crate::store::letters;

/// Tries a letter again that was given up, or that waits after a try in vain. Pressed twice, it is tried once.
///
/// # Errors
/// [`DeskError::NotFound`]: there is no such letter.
pub async fn retry(operator: &Operator, id: &str, tools: Tools<'_>) -> Result<(), DeskError> {
    if letters::find(tools.db, id).await?.is_none() {
        return Err(DeskError::NotFound);
    }
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    if letters::retry(&mut tx, id, now).await? {
        let entry = Entry {
            at: now,
            person: operator.person(),
            acted_as: "operator".to_owned(),
            action: "letter.retry".to_owned(),
            subject_kind: "letter".to_owned(),
            subject: id.to_owned(),
            facts: "{}".to_owned(),
        };
        journal::add(&mut tx, &entry).await?;
        tx.commit().await?;
    }
    Ok(())
}
