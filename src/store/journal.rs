//! Who did what. Rows are only ever added, numbered in the order in which they became true.

use super::region::read_id;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, milliseconds.
    pub at: i64,
    /// By whom; none for the machine itself and the console.
    pub person: Option<PersonId>,
    /// In which role: `candidate`, `firm`, `operator`, `proxy`, `console`, `job` …
    pub acted_as: String,
    /// What: `posting.publish`.
    pub action: String,
    /// To what kind of thing: `opening`.
    pub subject_kind: String,
    /// Its id.
    pub subject: String,
    /// Details as JSON, nothing sealed among them.
    pub facts: String,
}

/// Adds an entry, in the transaction of what it tells of.
pub async fn add(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO journal \
        (seq, at, person_id, acted_as, action, subject_kind, subject_id, facts) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let seq = tx.next_number("journal").await?;
    let person = entry.person.map(|id| id.to_string());
    in_tx!(tx, on => sqlx::query(SQL).bind(seq).bind(entry.at).bind(person).bind(&entry.acted_as)
        .bind(&entry.action).bind(&entry.subject_kind).bind(&entry.subject).bind(&entry.facts)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// What was done to a thing, the latest first, up to `limit` entries.
pub async fn of(db: &Db, subject_kind: &str, subject: &str, limit: i64) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = "SELECT at, person_id, acted_as, action, subject_kind, subject_id, facts FROM journal \
        WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT $3";
    type Row = (i64, Option<String>, String, String, String, String, String);
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(subject_kind).bind(subject).bind(limit)
        .fetch_all(on).await)?;
    rows.into_iter()
        .map(|(at, person, acted_as, action, subject_kind, subject, facts)| {
            let person = person.map(|id| read_id("journal entry of person", &id)).transpose()?;
            Ok(Entry { at, person, acted_as, action, subject_kind, subject, facts })
        })
        .collect()
}
