//! What the index has to look at again: written with the change, read in order, never marked.
//!
//! Who reads keeps its own position (the index keeps it in its commit), so any number of readers can follow and
//! a lost reader starts again from the beginning.

use super::bulk::{self, Value};
use super::region::read_id;
use super::{Db, StoreError, Tx, reading};
use crate::domain::OpeningId;

/// The counter that numbers the entries.
const COUNTER: &str = "outbox";

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// An opening, or the firm behind it.
    Opening,
    /// A candidate.
    Profile,
}

impl Topic {
    fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Profile => "profile",
        }
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the order.
    pub seq: i64,
    /// What kind of thing changed.
    pub topic: Topic,
    /// Its id.
    pub subject: String,
}

/// Tells that these changed, in the transaction that changed them.
pub async fn push(tx: &mut Tx, changed: &[(Topic, String)]) -> Result<(), StoreError> {
    if changed.is_empty() {
        return Ok(());
    }
    let count = changed.len() as i64;
    let first = tx.next_numbers(COUNTER, count).await? - count + 1;
    let rows: Vec<_> = (first..)
        .zip(changed)
        .map(|(seq, (topic, id))| {
            vec![Value::Int(seq), Value::Text(topic.name().to_owned()), Value::Text(id.clone())]
        })
        .collect();
    bulk::insert(tx, "outbox (seq, topic, subject_id)", &rows, "").await
}

/// The number of the latest entry; 0 when there is none.
pub async fn head(db: &Db) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT n FROM counters WHERE name = $1";
    Ok(reading!(db, on => sqlx::query_scalar(SQL).bind(COUNTER).fetch_one(on).await)?)
}

/// Up to `limit` entries after `position`, in order.
pub async fn after(db: &Db, position: i64, limit: i64) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = "SELECT seq, topic, subject_id FROM outbox WHERE seq > $1 ORDER BY seq LIMIT $2";
    let rows: Vec<(i64, String, String)> =
        reading!(db, on => sqlx::query_as(SQL).bind(position).bind(limit).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(seq, topic, subject)| {
            let topic = match topic.as_str() {
                "opening" => Topic::Opening,
                "profile" => Topic::Profile,
                other => return Err(StoreError::damaged("outbox entry", &seq.to_string(), other)),
            };
            Ok(Entry { seq, topic, subject })
        })
        .collect()
}

/// The openings told of after `position` and up to `head`, each once.
pub async fn openings_between(db: &Db, position: i64, head: i64) -> Result<Vec<OpeningId>, StoreError> {
    const SQL: &str = "SELECT DISTINCT subject_id FROM outbox WHERE topic = 'opening' AND seq > $1 AND seq <= $2 ORDER BY subject_id";
    let ids: Vec<String> =
        reading!(db, on => sqlx::query_scalar(SQL).bind(position).bind(head).fetch_all(on).await)?;
    ids.iter().map(|id| read_id("outbox entry of opening", id)).collect()
}
