//! Somebody's whole trace: told to them, counted, and taken away.

use super::region::read;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{CandidateId, OpeningFacts, PersonId};

/// Rows of one kind, each a list of named texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub name: &'static str,
    /// What each row holds.
    pub columns: &'static [&'static str],
    /// In order of time.
    pub rows: Vec<Vec<Option<String>>>,
}

/// A kind of rows: its name, its columns, and six texts, `$1` being the candidate and `$2` the person.
type Kind = (&'static str, &'static [&'static str], &'static str);
type Six = (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);

const NONE: &str = "CAST(NULL AS TEXT)";

/// `{0}` stands for an empty column. A column called `opening` is read as facts and told by its title.
const KINDS: &[Kind] = &[
    (
        "account",
        &["login", "mail", "name", "lang", "at"],
        "SELECT login, mail, name, lang, CAST(created_at AS TEXT), {0} FROM people WHERE id = $2 AND $1 = $1",
    ),
    (
        "consents",
        &["firm", "scope", "at", "until"],
        "SELECT f.name, g.scope, CAST(g.given_at AS TEXT), CAST(g.revoked_at AS TEXT), {0}, {0} FROM grants g \
         JOIN firms f ON f.id = g.firm_id WHERE g.candidate_id = $1 AND $2 = $2 ORDER BY g.given_at",
    ),
    (
        "views",
        &["firm", "acted_as", "scope", "at"],
        "SELECT f.name, v.acted_as, v.what, CAST(v.at AS TEXT), {0}, {0} FROM views v \
         LEFT JOIN firms f ON f.id = v.firm_id WHERE v.candidate_id = $1 AND $2 = $2 ORDER BY v.at",
    ),
    (
        "interests",
        &["opening", "facts"],
        "SELECT o.facts, i.facts, {0}, {0}, {0}, {0} FROM interests i JOIN openings o ON o.id = i.opening_id \
         WHERE i.candidate_id = $1 AND $2 = $2 ORDER BY o.id",
    ),
    (
        "applications",
        &["opening", "level", "stage", "reason", "at", "until"],
        "SELECT o.facts, a.level, a.stage, a.reason, CAST(a.created_at AS TEXT), CAST(a.answer_by AS TEXT) \
         FROM applications a JOIN openings o ON o.id = a.opening_id WHERE a.candidate_id = $1 AND $2 = $2 \
         ORDER BY a.created_at",
    ),
    (
        "proposals",
        &["opening", "version", "facts", "at"],
        "SELECT o.facts, CAST(p.version AS TEXT), p.fields, CAST(p.submitted_at AS TEXT), {0}, {0} FROM proposals p \
         JOIN applications a ON a.id = p.application_id JOIN openings o ON o.id = a.opening_id \
         WHERE a.candidate_id = $1 AND $2 = $2 ORDER BY p.submitted_at",
    ),
    (
        "visits",
        &["opening", "kind", "place", "at"],
        "SELECT o.facts, s.kind, s.place, CAST(s.starts_at AS TEXT), {0}, {0} FROM visit_bookings b \
         JOIN visit_slots s ON s.id = b.slot_id JOIN openings o ON o.id = s.opening_id \
         WHERE b.candidate_id = $1 AND $2 = $2 ORDER BY s.starts_at",
    ),
    (
        "messages",
        &["firm", "acted_as", "body", "at"],
        "SELECT f.name, m.acted_as, m.body, CAST(m.sent_at AS TEXT), {0}, {0} FROM messages m \
         JOIN threads t ON t.id = m.thread_id JOIN firms f ON f.id = t.firm_id \
         WHERE t.candidate_id = $1 AND $2 = $2 ORDER BY m.sent_at",
    ),
    (
        "lists",
        &["round", "version", "facts", "at"],
        "SELECT CAST(round AS TEXT), CAST(version AS TEXT), entries, CAST(saved_at AS TEXT), {0}, {0} \
         FROM rank_versions WHERE owner_kind = 'candidate' AND owner_id = $1 AND $2 = $2 ORDER BY round, version",
    ),
    (
        "receipts",
        &["round", "number", "commitment", "at", "until"],
        "SELECT CAST(round AS TEXT), number, commitment, CAST(certified_at AS TEXT), CAST(withdrawn_at AS TEXT), {0} \
         FROM rank_certificates WHERE owner_kind = 'candidate' AND owner_id = $1 AND $2 = $2 ORDER BY certified_at",
    ),
    (
        "searches",
        &["name", "facts", "often", "at", "until"],
        "SELECT name, question, often, CAST(made_at AS TEXT), CAST(COALESCE(stopped_at, ends_at) AS TEXT), {0} \
         FROM alerts WHERE (person_id = $2 OR address = (SELECT mail FROM people WHERE id = $2)) AND $1 = $1 \
         ORDER BY made_at",
    ),
    (
        "told",
        &["opening", "at"],
        "SELECT o.facts, CAST(k.told_at AS TEXT), {0}, {0}, {0}, {0} FROM alert_openings k \
         JOIN alerts a ON a.id = k.alert_id JOIN openings o ON o.id = k.opening_id WHERE k.told_at IS NOT NULL \
         AND (a.person_id = $2 OR a.address = (SELECT mail FROM people WHERE id = $2)) AND $1 = $1 ORDER BY k.told_at",
    ),
    (
        "acts",
        &["acted_as", "action", "at"],
        "SELECT acted_as, action, CAST(at AS TEXT), {0}, {0}, {0} FROM journal WHERE (person_id = $2) \
         OR (subject_kind = 'candidate' AND subject_id = $1) ORDER BY seq",
    ),
];

/// Everything kept of a candidate and the candidate's account, but for what the profile itself says.
pub async fn everything(
    db: &Db,
    candidate: CandidateId,
    person: PersonId,
) -> Result<Vec<Section>, StoreError> {
    let (candidate, person) = (candidate.to_string(), person.to_string());
    let mut sections = Vec::with_capacity(KINDS.len());
    for &(name, columns, sql) in KINDS {
        let sql = sqlx::AssertSqlSafe(sql.replace("{0}", NONE));
        let rows: Vec<Six> =
            reading!(db, on => sqlx::query_as(sql).bind(&candidate).bind(&person).fetch_all(on).await)?;
        let rows = rows.into_iter().map(|row| texts(columns, row, &candidate)).collect::<Result<_, _>>()?;
        sections.push(Section { name, columns, rows });
    }
    Ok(sections)
}

fn texts(columns: &[&str], row: Six, id: &str) -> Result<Vec<Option<String>>, StoreError> {
    let (a, b, c, d, e, f) = row;
    let told = columns.iter().zip([a, b, c, d, e, f]).map(|(column, text)| match text {
        Some(facts) if *column == "opening" => {
            let facts: OpeningFacts = read("opening of candidate", id, &facts)?;
            Ok(Some(facts.title))
        }
        text => Ok(text),
    });
    told.collect()
}

/// How much would go, and what has to stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Trace {
    /// Interests and applications.
    pub applications: i64,
    /// Messages in both directions.
    pub messages: i64,
    /// Visits.
    pub visits: i64,
    /// Consents that hold.
    pub consents: i64,
    /// Rank-order lists.
    pub lists: i64,
    /// Published rounds in which the person was placed.
    pub placements: i64,
    /// Rounds that are being worked out at this moment.
    pub rounds: i64,
}

/// Counts.
pub async fn trace(db: &Db, candidate: CandidateId) -> Result<Trace, StoreError> {
    const SQL: &str = "SELECT (SELECT COUNT(*) FROM applications WHERE candidate_id = $1) AS applications, \
        (SELECT COUNT(*) FROM messages m JOIN threads t ON t.id = m.thread_id WHERE t.candidate_id = $1) AS messages, \
        (SELECT COUNT(*) FROM visit_bookings WHERE candidate_id = $1 AND cancelled_at IS NULL) AS visits, \
        (SELECT COUNT(*) FROM grants WHERE candidate_id = $1 AND revoked_at IS NULL) AS consents, \
        (SELECT COUNT(DISTINCT round) FROM rank_versions WHERE owner_kind = 'candidate' AND owner_id = $1) AS lists, \
        (SELECT COUNT(*) FROM placements WHERE candidate_id = $1) AS placements, \
        (SELECT COUNT(*) FROM rounds WHERE stage IN ('frozen', 'proposed')) AS rounds";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(candidate.to_string()).fetch_one(on).await)?)
}

/// What belongs to the candidate and would outlive the row, or must go before it.
const ABOUT_CANDIDATE: &[&str] = &[
    "DELETE FROM drafts WHERE subject_id IN (SELECT id FROM applications WHERE candidate_id = $1)",
    "DELETE FROM drafts WHERE subject_id = $1",
    "DELETE FROM applications WHERE candidate_id = $1",
    "DELETE FROM threads WHERE candidate_id = $1",
    "DELETE FROM visit_bookings WHERE candidate_id = $1",
    "DELETE FROM grants WHERE candidate_id = $1",
    "DELETE FROM views WHERE candidate_id = $1",
    "DELETE FROM interests WHERE candidate_id = $1",
    "DELETE FROM couples WHERE first_id = $1 OR second_id = $1",
    "DELETE FROM couple_links WHERE asked_by = $1 OR partner_id = $1",
    "DELETE FROM rank_lists WHERE owner_kind = 'candidate' AND owner_id = $1",
    "DELETE FROM rank_versions WHERE owner_kind = 'candidate' AND owner_id = $1",
    "DELETE FROM reminders_sent WHERE owner_kind = 'candidate' AND owner_id = $1",
    "DELETE FROM cases WHERE subject_kind = 'candidate' AND subject_id = $1",
    "DELETE FROM case_entries WHERE subject_kind = 'candidate' AND subject_id = $1",
    "DELETE FROM result_links WHERE owner_kind = 'candidate' AND owner_id = $1",
    "DELETE FROM participant_sessions WHERE owner_kind = 'candidate' AND owner_id = $1",
    "DELETE FROM letters WHERE person_id IS NULL AND address = (SELECT mail FROM candidates WHERE id = $1)",
    "DELETE FROM alerts WHERE address = (SELECT mail FROM candidates WHERE id = $1) OR person_id IN \
     (SELECT person_id FROM roles WHERE kind = 'candidate' AND scope_id = $1)",
];

/// Takes away everything that hangs on a candidate. Receipts stay, withdrawn: they say nothing of the list.
pub async fn clear(tx: &mut Tx, candidate: CandidateId, now_ms: i64) -> Result<(), StoreError> {
    const WITHDRAW: &str = "UPDATE rank_certificates SET withdrawn_at = $2 WHERE owner_kind = 'candidate' \
        AND owner_id = $1 AND withdrawn_at IS NULL";
    let id = candidate.to_string();
    for sql in ABOUT_CANDIDATE {
        in_tx!(tx, on => sqlx::query(*sql).bind(&id).execute(on).await.map(drop)?);
    }
    in_tx!(tx, on => sqlx::query(WITHDRAW).bind(&id).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Takes the row itself away. `false` when records of rounds still name its id: then the row must stay, emptied.
pub async fn remove(tx: &mut Tx, candidate: CandidateId) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM candidates WHERE id = $1 AND NOT EXISTS \
        (SELECT 1 FROM placements WHERE candidate_id = $1) AND NOT EXISTS \
        (SELECT 1 FROM rounds WHERE stage IN ('frozen', 'proposed'))";
    let id = candidate.to_string();
    let gone =
        in_tx!(tx, on => sqlx::query(SQL).bind(&id).execute(on).await.map(|done| done.rows_affected())?);
    Ok(gone == 1)
}

/// Closes an account: what is not yet sent to it is not sent any more, every session ends, every key is forgotten.
pub async fn close_account(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    const ALL: [&str; 4] = [
        "DELETE FROM alerts WHERE person_id = $1 OR address = (SELECT mail FROM people WHERE id = $1)",
        "DELETE FROM letters WHERE person_id = $1",
        "DELETE FROM tickets WHERE person_id = $1 OR mail = (SELECT mail FROM people WHERE id = $1)",
        "DELETE FROM people WHERE id = $1",
    ];
    for sql in ALL {
        in_tx!(tx, on => sqlx::query(sql).bind(person.to_string()).execute(on).await.map(drop)?);
    }
    Ok(())
}
