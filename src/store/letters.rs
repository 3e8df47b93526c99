//! Letters that are asked for in the transaction that causes them, and how the job that sends them takes one after the
//! other.
//!
//! A letter is claimed by putting its next try off: whoever is killed in between loses nothing, since it comes due again by
//! itself. What was drawn is kept, so the second try sends the same message.

use super::region::{json_text, read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{Letter, PersonId, Recipient};

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

/// A letter in the hands of one who is to send it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Ours; the Message-ID is made of it.
    pub id: String,
    /// Where it goes.
    pub address: String,
    /// The name of the person it goes to, where there is an account.
    pub name: Option<String>,
    /// `ja` or `en`.
    pub lang: String,
    /// What it is about.
    pub letter: Letter,
    /// When it was asked for.
    pub made_at: i64,
    /// How many tries there have been, this one included.
    pub tries: i64,
    /// As it was drawn at the first try.
    pub message: Option<String>,
}

/// Takes the letter that has been due longest, for whoever asks alone until `lease_until`; then it comes due again.
pub async fn claim(tx: &mut Tx, now_ms: i64, lease_until: i64) -> Result<Option<Claimed>, StoreError> {
    // The outer condition is looked at again by one who waited for the row, the inner one is not.
    const SQL: &str = "UPDATE letters SET tries = tries + 1, due_at = $2 WHERE state = 'waiting' AND due_at <= $1 \
        AND id = (SELECT id FROM letters WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT 1) \
        RETURNING id, address, (SELECT people.name FROM people WHERE people.id = letters.person_id), lang, facts, \
        made_at, tries, message";
    type Row = (String, String, Option<String>, String, String, i64, i64, Option<String>);
    let row: Option<Row> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(now_ms).bind(lease_until).fetch_optional(on).await)?;
    row.map(|(id, address, name, lang, facts, made_at, tries, message)| {
        let letter = read("letter", &id, &facts)?;
        Ok(Claimed { id, address, name, lang, letter, made_at, tries, message })
    })
    .transpose()
}

/// Keeps a letter as it was drawn: every try sends this.
pub async fn keep(tx: &mut Tx, id: &str, message: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE letters SET message = $2 WHERE id = $1 AND message IS NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(message).execute(on).await.map(drop)?);
    Ok(())
}

/// Notes that a letter is out. With `forget`, what it said is no longer kept, and only these facts of it are.
pub async fn sent(tx: &mut Tx, id: &str, forget: Option<&Letter>, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE letters SET state = 'sent', sent_at = $2, trouble = NULL WHERE id = $1";
    const FORGET: &str = "UPDATE letters SET state = 'sent', sent_at = $2, trouble = NULL, message = NULL, \
        facts = $3 WHERE id = $1";
    match forget {
        None => in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(now_ms).execute(on).await.map(drop)?),
        Some(rest) => {
            let facts = json_text(rest)?;
            in_tx!(tx, on => sqlx::query(FORGET).bind(id).bind(now_ms).bind(facts).execute(on).await.map(drop)?);
        }
    }
    Ok(())
}

/// Notes that a try was in vain: the next is due at `due_at`, or there is none. Says nothing when another has taken the
/// letter up since try number `tries`.
pub async fn failed(
    tx: &mut Tx,
    id: &str,
    tries: i64,
    due_at: Option<i64>,
    trouble: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE letters SET state = $3, due_at = COALESCE($4, due_at), trouble = $5 \
        WHERE id = $1 AND tries = $2 AND state = 'waiting'";
    let state = if due_at.is_some() { "waiting" } else { "failed" };
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(tries).bind(state).bind(due_at).bind(trouble).execute(on)
        .await.map(drop)?);
    Ok(())
}

/// Gives a letter that waits or was given up all its tries again, from now on; `false` when there is no such letter.
pub async fn retry(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE letters SET state = 'waiting', tries = 0, due_at = $2 \
        WHERE id = $1 AND (state = 'failed' OR (state = 'waiting' AND trouble IS NOT NULL))";
    let done = in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(now_ms).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(done == 1)
}

/// How many letters are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterCounts {
    /// To be sent.
    pub waiting: i64,
    /// Among those, with a try in vain behind them.
    pub troubled: i64,
    /// Out.
    pub sent: i64,
    /// Given up.
    pub failed: i64,
}

/// Counts letters by state.
pub async fn counts(db: &Db) -> Result<LetterCounts, StoreError> {
    const SQL: &str = "SELECT state, COUNT(*), COUNT(trouble) FROM letters GROUP BY state";
    let rows: Vec<(String, i64, i64)> = reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    let mut counts = LetterCounts::default();
    for (state, all, troubled) in rows {
        match state.as_str() {
            "waiting" => (counts.waiting, counts.troubled) = (all, troubled),
            "sent" => counts.sent = all,
            "failed" => counts.failed = all,
            _ => {}
        }
    }
    Ok(counts)
}

/// A letter as the operators' page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Ours.
    pub id: String,
    /// What kind it is.
    pub kind: String,
    /// To whom.
    pub person: Option<PersonId>,
    /// The name of the person, where there is an account.
    pub name: Option<String>,
    /// Where it goes.
    pub address: String,
    /// `ja` or `en`.
    pub lang: String,
    /// What it is about; a secret is no longer there once it is out.
    pub letter: Letter,
    /// When it was asked for.
    pub made_at: i64,
    /// When the next try is due.
    pub due_at: i64,
    /// `waiting`, `sent`, `failed`, `cancelled`.
    pub state: String,
    /// How many tries there have been.
    pub tries: i64,
    /// When it went out.
    pub sent_at: Option<i64>,
    /// What stood in its way last.
    pub trouble: Option<String>,
    /// Whether what it said is kept: then it is out, and our folder is where it went.
    pub is_kept: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    person_id: Option<String>,
    name: Option<String>,
    address: String,
    lang: String,
    facts: String,
    made_at: i64,
    due_at: i64,
    state: String,
    tries: i64,
    sent_at: Option<i64>,
    trouble: Option<String>,
    kept: i64,
}

impl Row {
    fn read(self) -> Result<Shown, StoreError> {
        let Self { id, kind, person_id, name, address, lang, made_at, due_at, state, tries, .. } = self;
        let person = person_id.map(|person| read_id("letter to person", &person)).transpose()?;
        let letter = read("letter", &id, &self.facts)?;
        let (sent_at, trouble) = (self.sent_at, self.trouble);
        let is_kept = self.kept == 1 && state == "sent";
        Ok(Shown {
            id,
            kind,
            person,
            name,
            address,
            lang,
            letter,
            made_at,
            due_at,
            state,
            tries,
            sent_at,
            trouble,
            is_kept,
        })
    }
}

/// Letters, the latest first: of a state, or all for `""`; `limit` of them after skipping `skip`.
pub async fn list(db: &Db, state: &str, limit: i64, skip: i64) -> Result<Vec<Shown>, StoreError> {
    const SQL: &str = "SELECT letters.id, kind, person_id, people.name, address, letters.lang, facts, made_at, due_at, \
        state, tries, sent_at, trouble, CAST(CASE WHEN message IS NULL THEN 0 ELSE 1 END AS BIGINT) AS kept FROM letters \
        LEFT JOIN people ON people.id = letters.person_id WHERE $1 = '' OR state = $1 \
        ORDER BY made_at DESC, letters.id DESC LIMIT $2 OFFSET $3";
    let rows: Vec<Row> =
        reading!(db, on => sqlx::query_as(SQL).bind(state).bind(limit).bind(skip).fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// The letter of this id.
pub async fn find(db: &Db, id: &str) -> Result<Option<Shown>, StoreError> {
    const SQL: &str = "SELECT letters.id, kind, person_id, people.name, address, letters.lang, facts, made_at, due_at, \
        state, tries, sent_at, trouble, CAST(CASE WHEN message IS NULL THEN 0 ELSE 1 END AS BIGINT) AS kept FROM letters \
        LEFT JOIN people ON people.id = letters.person_id WHERE letters.id = $1";
    let row: Option<Row> = reading!(db, on => sqlx::query_as(SQL).bind(id).fetch_optional(on).await)?;
    row.map(Row::read).transpose()
}
