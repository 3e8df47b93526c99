//! What a candidate, a firm and the desk write to each other about an opening.

use super::region::read_id;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{CandidateId, FirmId, OpeningId, PersonId, ThreadId};

/// A thread as a reader's list shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    id: String,
    candidate_id: String,
    opening_id: String,
    /// When the latest was written, milliseconds.
    pub latest_at: i64,
    /// Written by others since the reader last looked.
    pub unread: i64,
}

impl Row {
    /// Ours.
    pub fn id(&self) -> Result<ThreadId, StoreError> {
        read_id("thread", &self.id)
    }

    /// Between whom: the candidate, and the opening.
    pub fn pair(&self) -> Result<(CandidateId, OpeningId), StoreError> {
        Ok((
            read_id("thread of candidate", &self.candidate_id)?,
            read_id("thread about opening", &self.opening_id)?,
        ))
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Message {
    /// Who wrote it; none when the account is gone.
    pub person_id: Option<String>,
    /// As others read the writer's name.
    pub name: Option<String>,
    /// `candidate`, `firm` or `operator`.
    pub acted_as: String,
    /// As written.
    pub body: String,
    /// Milliseconds.
    pub sent_at: i64,
}

/// Whose threads.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// A candidate's.
    Candidate(CandidateId),
    /// A firm's.
    Firm(FirmId),
    /// Everybody's, for the desk.
    Everybody,
}

/// Threads that are not empty, the latest first, as this person has read them.
pub async fn list(db: &Db, of: Of, reader: PersonId) -> Result<Vec<Row>, StoreError> {
    const ROWS: &str = "SELECT t.id, t.candidate_id, t.opening_id, t.latest_at, \
        (SELECT COUNT(*) FROM messages m WHERE m.thread_id = t.id AND (m.person_id IS NULL OR m.person_id <> $1) \
        AND m.sent_at > COALESCE((SELECT read_at FROM thread_reads r WHERE r.thread_id = t.id AND r.person_id = $1), 0)) \
        AS unread FROM threads t";
    let (clause, scope) = match of {
        Of::Candidate(id) => ("t.candidate_id = $2", id.to_string()),
        Of::Firm(id) => ("t.firm_id = $2", id.to_string()),
        Of::Everybody => ("$2 = ''", String::new()),
    };
    let sql = sqlx::AssertSqlSafe(format!("{ROWS} WHERE {clause} ORDER BY t.latest_at DESC, t.id LIMIT 200"));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(reader.to_string()).bind(scope).fetch_all(on).await)?)
}

/// The thread of a pair, if anything was written, with when this person last looked.
pub async fn find(
    db: &Db,
    candidate: CandidateId,
    opening: OpeningId,
    reader: PersonId,
) -> Result<Option<(ThreadId, i64)>, StoreError> {
    const SQL: &str = "SELECT t.id, COALESCE((SELECT read_at FROM thread_reads r WHERE r.thread_id = t.id \
        AND r.person_id = $3), 0) FROM threads t WHERE t.candidate_id = $1 AND t.opening_id = $2";
    let row: Option<(String, i64)> = reading!(db, on => sqlx::query_as(SQL).bind(candidate.to_string())
        .bind(opening.to_string()).bind(reader.to_string()).fetch_optional(on).await)?;
    row.map(|(id, read_at)| Ok((read_id("thread", &id)?, read_at))).transpose()
}

/// The latest messages of a thread, the oldest of them first.
pub async fn messages(db: &Db, thread: ThreadId, most: i64) -> Result<Vec<Message>, StoreError> {
    const SQL: &str = "SELECT m.person_id, p.name, m.acted_as, m.body, m.sent_at FROM messages m \
        LEFT JOIN people p ON p.id = m.person_id WHERE m.thread_id = $1 ORDER BY m.sent_at DESC, m.id DESC LIMIT $2";
    let mut rows: Vec<Message> =
        reading!(db, on => sqlx::query_as(SQL).bind(thread.to_string()).bind(most).fetch_all(on).await)?;
    rows.reverse();
    Ok(rows)
}

/// The thread of a pair, made when it is not there yet.
pub async fn open(
    tx: &mut Tx,
    id: &str,
    candidate: CandidateId,
    firm: FirmId,
    opening: OpeningId,
    now_ms: i64,
) -> Result<ThreadId, StoreError> {
    const SQL: &str = "INSERT INTO threads (id, candidate_id, firm_id, opening_id, made_at, latest_at) \
        VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (candidate_id, opening_id) DO UPDATE SET \
        latest_at = excluded.latest_at RETURNING id";
    let id: String = in_tx!(tx, on => sqlx::query_scalar(SQL).bind(id).bind(candidate.to_string())
        .bind(firm.to_string()).bind(opening.to_string()).bind(now_ms).fetch_one(on).await)?;
    read_id("thread", &id)
}

/// Writes a message; `false` when one of this id is there already.
pub async fn write(
    tx: &mut Tx,
    id: &str,
    thread: ThreadId,
    by: (PersonId, &str),
    body: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO messages (id, thread_id, person_id, acted_as, body, sent_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
    let (person, acted_as) = by;
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(thread.to_string()).bind(person.to_string())
        .bind(acted_as).bind(body).bind(now_ms).execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// Notes that somebody has read a thread up to now.
pub async fn read(tx: &mut Tx, thread: ThreadId, reader: PersonId, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO thread_reads (thread_id, person_id, read_at) VALUES ($1, $2, $3) \
        ON CONFLICT (thread_id, person_id) DO UPDATE SET read_at = excluded.read_at";
    in_tx!(tx, on => sqlx::query(SQL).bind(thread.to_string()).bind(reader.to_string()).bind(now_ms)
        .execute(on).await.map(drop)?);
    Ok(())
}

/// When these people last looked into a thread; who never did is not among them.
pub async fn readers(tx: &mut Tx, thread: ThreadId) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "SELECT person_id, read_at FROM thread_reads WHERE thread_id = $1";
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(thread.to_string()).fetch_all(on).await)?)
}
