//! What is typed, kept: at a press of the button, and by itself while somebody writes.

use super::Form;
use super::error::PostingError;
use super::fields::FIELDS;
use super::lifecycle::{find_again, own, still};
use super::posting::{Posting, Stage};
use crate::accounts::{FirmHand, Tools};
use crate::domain::OpeningId;
use crate::store::postings::{self as rows, Change};

/// Saves fields as typed, over what was saved, by who began from version `from`. Fields that are not named stay. The new
/// version; the same one when nothing changed.
///
/// # Errors
/// [`PostingError::Conflict`] when somebody else saved meanwhile.
pub async fn save(
    hand: &FirmHand,
    id: OpeningId,
    fields: &Form,
    from: i64,
    tools: Tools<'_>,
) -> Result<Posting, PostingError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let (row, posting) = own(&mut tx, hand, id).await?;
    let form = over(&posting.form, fields);
    if form == posting.form {
        // What was kept by itself is now meant: from here on it stands in the history.
        rows::settle(&mut tx, id, posting.version).await?;
        tx.commit().await?;
        return Ok(posting);
    }
    if posting.version != from {
        return Err(PostingError::Conflict(Box::new(posting)));
    }
    if posting.stage == Stage::Closed {
        return Err(PostingError::WrongStage);
    }
    // What was handed in is not what is written now: it is handed in again.
    let stage = match row.stage.as_str() {
        "submitted" | "returned" | "scheduled" => "draft",
        other => other,
    };
    let version = posting.version + 1;
    let change =
        Change { stage, form: &form, version, submitted_at: None, publish_at: None, ..still(&row, &form) };
    rows::change(&mut tx, id, &change, now).await?;
    rows::keep(&mut tx, id, version, &form, "saved", None, (hand.person(), hand.is_proxy()), now).await?;
    tx.commit().await?;
    find_again(id, tools).await
}

/// Keeps fields while they are typed, as [`save`] would. One writer's typing is one version until it is saved, and it moves
/// nothing: what waits for the desk or for its day changes only by a press of the button.
///
/// # Errors
/// [`PostingError::Conflict`] as for [`save`]; [`PostingError::WrongStage`] where only saving changes it.
pub async fn keep(
    hand: &FirmHand,
    id: OpeningId,
    fields: &Form,
    from: i64,
    tools: Tools<'_>,
) -> Result<Posting, PostingError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let (row, posting) = own(&mut tx, hand, id).await?;
    let form = over(&posting.form, fields);
    // Also when the answer to the same words was lost on its way.
    if form == posting.form {
        return Ok(posting);
    }
    if posting.version != from {
        return Err(PostingError::Conflict(Box::new(posting)));
    }
    if !posting.keeps_typing() {
        return Err(PostingError::WrongStage);
    }
    let version = posting.version + 1;
    let change = Change { version, ..still(&row, &form) };
    let by = (hand.person(), hand.is_proxy());
    rows::change(&mut tx, id, &change, now).await?;
    rows::forget_typed(&mut tx, id, posting.version, hand.person()).await?;
    rows::keep(&mut tx, id, version, &form, "typed", None, by, now).await?;
    tx.commit().await?;
    find_again(id, tools).await
}

fn over(saved: &Form, typed: &Form) -> Form {
    let mut form = saved.clone();
    for spec in FIELDS {
        if let Some(value) = typed.get(spec.name) {
            form.insert(spec.name.to_owned(), value.replace("\r\n", "\n"));
        }
    }
    form.retain(|_, value| !value.trim().is_empty());
    form
}
