//! Forms that came in after their sender's session had ended: kept for that person alone, until they are back.

use super::{AccountError, SignedIn, Token, Tools, was_signed_in};
use crate::store::drafts;

/// Keeps a form for whoever the session of this token was; `false` when that is not known any more.
pub async fn keep(token: &Token, path: &str, form: &str, tools: Tools<'_>) -> Result<bool, AccountError> {
    let Some(person) = was_signed_in(tools.db, token).await? else { return Ok(false) };
    let mut tx = tools.db.begin().await?;
    drafts::stash(&mut tx, person, path, form, tools.now_ms()).await?;
    tx.commit().await?;
    Ok(true)
}

/// The form that was kept for this person, as it was sent.
pub async fn kept(person: &SignedIn, path: &str, tools: Tools<'_>) -> Result<Option<String>, AccountError> {
    Ok(drafts::stashed(tools.db, person.person().id, path, tools.now_ms()).await?)
}

/// Throws it away.
pub async fn drop(person: &SignedIn, path: &str, tools: Tools<'_>) -> Result<(), AccountError> {
    let mut tx = tools.db.begin().await?;
    drafts::drop_stash(&mut tx, person.person().id, path).await?;
    Ok(tx.commit().await?)
}
