//! Questions that people keep, and what they were told.
//!
//! A look at what is new is claimed by moving `seen` on from where it was found: of two processes that look at the same
//! time, one waits for the other's transaction and then finds nothing to claim.

use std::collections::HashSet;

use super::bulk::{self, Value};
use super::region::{read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading, shown};
use crate::domain::{CandidateFacts, FirmFacts, OpeningId, PersonId};

/// Whose a question is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Somebody with an account.
    Person(PersonId),
    /// A mail address that was confirmed.
    Address(String),
}

impl Owner {
    fn columns(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Person(id) => (Some(id.to_string()), None),
            Self::Address(address) => (None, Some(address.clone())),
        }
    }
}

/// A kept question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRow {
    /// Ours.
    pub id: String,
    /// Whose it is.
    pub owner: Owner,
    /// Where letters go; none for an account without an address, or one that is closed.
    pub to: Option<String>,
    /// `ja` or `en`.
    pub lang: String,
    /// As its owner calls it; empty for the words of the question.
    pub name: String,
    /// As the search room wrote it.
    pub question: String,
    /// The code of how often.
    pub often: String,
    /// When it was kept, milliseconds; all instants are.
    pub made_at: i64,
    /// Since when nothing is told.
    pub stopped_at: Option<i64>,
    /// When it ends unless its owner goes on.
    pub ends_at: Option<i64>,
    /// How many letters have said that it ends.
    pub warned: i64,
    /// Up to which entry of the outbox was looked.
    pub seen: i64,
    /// When to look next; 0 for as soon as something changes.
    pub due_at: i64,
    /// When something was told last.
    pub told_at: Option<i64>,
    /// How many openings were told.
    pub told: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: Option<String>,
    address: Option<String>,
    send_to: Option<String>,
    send_in: String,
    name: String,
    question: String,
    often: String,
    made_at: i64,
    stopped_at: Option<i64>,
    ends_at: Option<i64>,
    warned: i64,
    seen: i64,
    due_at: i64,
    told_at: Option<i64>,
    told: i64,
}

impl Row {
    fn read(self) -> Result<AlertRow, StoreError> {
        let owner = match (self.person_id, self.address) {
            (Some(person), _) => Owner::Person(read_id("alert of person", &person)?),
            (None, Some(address)) => Owner::Address(address),
            (None, None) => return Err(StoreError::damaged("alert", &self.id, "nobody's")),
        };
        let Self { id, send_to: to, send_in: lang, name, question, often, made_at, .. } = self;
        let (stopped_at, ends_at, warned) = (self.stopped_at, self.ends_at, self.warned);
        let (seen, due_at, told_at, told) = (self.seen, self.due_at, self.told_at, self.told);
        Ok(AlertRow {
            id,
            owner,
            to,
            lang,
            name,
            question,
            often,
            made_at,
            stopped_at,
            ends_at,
            warned,
            seen,
            due_at,
            told_at,
            told,
        })
    }
}

/// Every column of an alert; `{}` is the condition.
macro_rules! alerts_where {
    ($condition:literal) => {
        concat!(
            "SELECT a.id, a.person_id, a.address, COALESCE(p.mail, a.address) AS send_to, \
             COALESCE(p.lang, a.lang) AS send_in, a.name, question, often, made_at, stopped_at, ends_at, warned, \
             seen, due_at, told_at, (SELECT COUNT(*) FROM alert_openings k WHERE k.alert_id = a.id \
             AND k.told_at IS NOT NULL) AS told FROM alerts a \
             LEFT JOIN people p ON p.id = a.person_id AND p.disabled_at IS NULL WHERE ",
            $condition
        )
    };
}

/// Keeps a question.
pub async fn add(tx: &mut Tx, alert: &AlertRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO alerts \
        (id, person_id, address, lang, name, question, often, made_at, ends_at, warned, seen, due_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)";
    let (person, address) = alert.owner.columns();
    in_tx!(tx, on => sqlx::query(SQL).bind(&alert.id).bind(person).bind(address).bind(&alert.lang).bind(&alert.name)
        .bind(&alert.question).bind(&alert.often).bind(alert.made_at).bind(alert.ends_at).bind(alert.seen)
        .bind(alert.due_at).execute(on).await.map(drop)?);
    Ok(())
}

/// Everything that an owner keeps, the latest first.
pub async fn of(db: &Db, owner: &Owner) -> Result<Vec<AlertRow>, StoreError> {
    const SQL: &str = alerts_where!("a.person_id = $1 OR a.address = $2 ORDER BY made_at DESC, a.id DESC");
    let (person, address) = owner.columns();
    let rows: Vec<Row> =
        reading!(db, on => sqlx::query_as(SQL).bind(person).bind(address).fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// The same in the transaction that adds to it. Others who add for this owner wait.
pub async fn of_alone(tx: &mut Tx, owner: &Owner) -> Result<Vec<AlertRow>, StoreError> {
    const SQL: &str = alerts_where!("a.person_id = $1 OR a.address = $2 ORDER BY made_at DESC, a.id DESC");
    let (person, address) = owner.columns();
    tx.take_turn(person.as_deref().or(address.as_deref()).unwrap_or_default()).await?;
    let rows: Vec<Row> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(person).bind(address).fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// The alert of this id.
pub async fn find(db: &Db, id: &str) -> Result<Option<AlertRow>, StoreError> {
    const SQL: &str = alerts_where!("a.id = $1");
    let row: Option<Row> = reading!(db, on => sqlx::query_as(SQL).bind(id).fetch_optional(on).await)?;
    row.map(Row::read).transpose()
}

/// Up to `limit` alerts to look at: whose time has come, or for which something changed before `position`. Cheap when there
/// are none.
pub async fn due(db: &Db, now_ms: i64, position: i64, limit: i64) -> Result<Vec<AlertRow>, StoreError> {
    const SQL: &str = alerts_where!(
        "stopped_at IS NULL AND a.due_at <= $1 AND (a.due_at > 0 OR a.seen < $2) \
         AND (a.ends_at IS NULL OR a.ends_at > $1) ORDER BY a.due_at, a.seen, a.id LIMIT $3"
    );
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(now_ms).bind(position).bind(limit)
        .fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Claims a look: it was seen up to `alert.seen` and due at `alert.due_at`, and is now seen up to `seen` and due at `due_at`.
/// `false` when somebody else has looked, or when it was stopped meanwhile.
pub async fn claim(tx: &mut Tx, alert: &AlertRow, seen: i64, due_at: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE alerts SET seen = $4, due_at = $5 \
        WHERE id = $1 AND seen = $2 AND due_at = $3 AND stopped_at IS NULL";
    let claimed = in_tx!(tx, on => sqlx::query(SQL).bind(&alert.id).bind(alert.seen).bind(alert.due_at).bind(seen)
        .bind(due_at).execute(on).await.map(|done| done.rows_affected())?);
    Ok(claimed == 1)
}

/// Notes that these openings are known to the owner; with `told_at`, that they were told then.
pub async fn know(
    tx: &mut Tx,
    alert: &str,
    openings: &[OpeningId],
    told_at: Option<i64>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE alerts SET told_at = $2 WHERE id = $1";
    match told_at {
        None => {
            let row = |id: &OpeningId| vec![Value::Text(alert.to_owned()), Value::Text(id.to_string())];
            let rows: Vec<_> = openings.iter().map(row).collect();
            bulk::insert(tx, "alert_openings (alert_id, opening_id)", &rows, "ON CONFLICT DO NOTHING")
                .await?;
        }
        // Without ON CONFLICT: to tell something twice is refused by the key.
        Some(ms) => {
            let row = |id: &OpeningId| {
                vec![Value::Text(alert.to_owned()), Value::Text(id.to_string()), Value::Int(ms)]
            };
            let rows: Vec<_> = openings.iter().map(row).collect();
            bulk::insert(tx, "alert_openings (alert_id, opening_id, told_at)", &rows, "").await?;
            in_tx!(tx, on => sqlx::query(SQL).bind(alert).bind(ms).execute(on).await.map(drop)?);
        }
    }
    Ok(())
}

/// Which of these openings the owner knows.
pub async fn known(
    tx: &mut Tx,
    alert: &str,
    openings: &[OpeningId],
) -> Result<HashSet<OpeningId>, StoreError> {
    const SQL: &str = "SELECT opening_id FROM alert_openings WHERE opening_id IN (";
    let rows: Vec<String> = in_tx!(tx, on => {
        let mut statement = shown::among(SQL, openings, ") AND alert_id = ");
        statement.push_bind(alert.to_owned()).build_query_scalar().fetch_all(on).await?
    });
    rows.iter().map(|id| read_id("known opening", id)).collect()
}

/// Those of these openings against which nothing stands in themselves at this moment, each with its firm.
pub async fn posted(tx: &mut Tx, openings: &[OpeningId]) -> Result<Vec<(OpeningId, FirmFacts)>, StoreError> {
    const SQL: &str = "SELECT o.id, f.facts FROM openings o JOIN firms f ON f.id = o.firm_id \
        WHERE o.blocks = '[]' AND o.id IN (";
    let rows: Vec<(String, String)> =
        in_tx!(tx, on => shown::among(SQL, openings, ")").build_query_as().fetch_all(on).await?);
    rows.into_iter()
        .map(|(id, facts)| Ok((read_id("opening", &id)?, read("firm of opening", &id, &facts)?)))
        .collect()
}

/// What the owner says of themselves as a candidate, if they are one: by role, or because a coordinator knows the address.
pub async fn candidates_of(db: &Db, owner: &Owner) -> Result<Vec<CandidateFacts>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM candidates WHERE mail = $2 OR id IN \
        (SELECT scope_id FROM roles WHERE kind = 'candidate' AND person_id = $1)";
    let (person, address) = owner.columns();
    let rows: Vec<(String, String)> =
        reading!(db, on => sqlx::query_as(SQL).bind(person).bind(address).fetch_all(on).await)?;
    rows.into_iter().map(|(id, facts)| read("candidate", &id, &facts)).collect()
}

/// Calls an alert otherwise, and tells as often as said from now on.
pub async fn change(tx: &mut Tx, id: &str, name: &str, often: &str, due_at: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE alerts SET name = $2, often = $3, due_at = $4 WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(name).bind(often).bind(due_at).execute(on).await.map(drop)?);
    Ok(())
}

/// Tells nothing from now on. Said twice, the first holds.
pub async fn stop(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE alerts SET stopped_at = $2 WHERE id = $1 AND stopped_at IS NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Goes on, or begins again, until `ends_at`, with what is new from `seen` on.
pub async fn go_on(
    tx: &mut Tx,
    id: &str,
    seen: i64,
    due_at: i64,
    ends_at: Option<i64>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE alerts SET stopped_at = NULL, warned = 0, seen = $2, due_at = $3, ends_at = $4 \
        WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(seen).bind(due_at).bind(ends_at).execute(on).await.map(drop)?);
    Ok(())
}

/// Puts the end off without touching anything else.
pub async fn put_off(tx: &mut Tx, id: &str, ends_at: Option<i64>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE alerts SET warned = 0, ends_at = $2 WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(ends_at).execute(on).await.map(drop)?);
    Ok(())
}

/// Forgets an alert and what was told.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM alerts WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).execute(on).await.map(drop)?);
    Ok(())
}

/// Alerts of which a letter is to say that they end: the first from `early` before the end on, the second from `late`, the
/// last at the end.
pub async fn ending(
    db: &Db,
    now_ms: i64,
    early: i64,
    late: i64,
    limit: i64,
) -> Result<Vec<AlertRow>, StoreError> {
    const SQL: &str = alerts_where!(
        "stopped_at IS NULL AND ((a.ends_at <= $1 AND a.warned < 3) OR (a.ends_at <= $2 AND a.warned < 2) \
         OR (a.ends_at <= $3 AND a.warned < 1)) ORDER BY a.ends_at, a.id LIMIT $4"
    );
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(now_ms).bind(now_ms + late).bind(now_ms + early)
        .bind(limit).fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// Claims the saying that an alert ends; `false` when it was said, put off or stopped meanwhile.
pub async fn warn(
    tx: &mut Tx,
    alert: &AlertRow,
    warned: i64,
    stopped_at: Option<i64>,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE alerts SET warned = $4, stopped_at = $5 \
        WHERE id = $1 AND warned = $2 AND ends_at = $3 AND stopped_at IS NULL";
    let claimed = in_tx!(tx, on => sqlx::query(SQL).bind(&alert.id).bind(alert.warned).bind(alert.ends_at)
        .bind(warned).bind(stopped_at).execute(on).await.map(|done| done.rows_affected())?);
    Ok(claimed == 1)
}

/// Forgets what an address had stopped, or let end, before this, and letters from before that to addresses of which nothing
/// is kept any more.
pub async fn forget_ended(tx: &mut Tx, before: i64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM alerts WHERE address IS NOT NULL AND stopped_at < $1";
    const LETTERS: &str = "DELETE FROM letters WHERE person_id IS NULL AND made_at < $1 \
        AND kind IN ('alert', 'alert-confirm', 'alert-ending', 'alert-ended') \
        AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.address = letters.address)";
    in_tx!(tx, on => sqlx::query(SQL).bind(before).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(LETTERS).bind(before).execute(on).await.map(drop)?);
    Ok(())
}
