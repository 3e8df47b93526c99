//! Letters that are asked for in the transaction that causes them.

use super::region::json_text;
use super::{StoreError, Tx, in_tx};
use crate::domain::{Letter, Recipient};

/// Asks for a letter. With `once`, a letter of that name is asked for a single time, whoever asks: `false` when it was
/// before.
pub async fn post(
    tx: &mut Tx,
    id: &str,
    letter: &Letter,
    to: &Recipient,
    once: Option<&str>,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO letters \
        (id, kind, person_id, address, lang, facts, once, made_at, due_at, state, tries) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 'waiting', 0) ON CONFLICT (once) DO NOTHING";
    let facts = json_text(letter)?;
    let kind = kind_of(&facts);
    let person = to.person.map(|id| id.to_string());
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(kind).bind(person).bind(&to.address)
        .bind(&to.lang).bind(&facts).bind(once).bind(now_ms).execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// The tag under which a letter was written down.
fn kind_of(facts: &str) -> String {
    let tag = serde_json::from_str::<serde_json::Value>(facts).ok();
    tag.and_then(|facts| facts["kind"].as_str().map(str::to_owned)).unwrap_or_default()
}
