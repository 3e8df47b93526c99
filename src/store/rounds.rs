//! Rounds and the placements they published. A step writes only what the stage before it allows; the statement
//! itself asks for that stage, so of two who take the same step at once one is told that nothing was written.

use super::bulk::{self, Value};
use super::region::{read, read_id};
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{
    CandidateId, Locked, Mechanism, OpeningId, Parent, Placement, Proposed, Round, Sealable, Sealed,
    Settings, Stage, StageName, Stamp,
};

/// Adds a round and returns its number.
pub async fn add(tx: &mut Tx, settings: &Settings, made: &Stamp) -> Result<i64, StoreError> {
    const SQL: &str =
        "INSERT INTO rounds (number, stage, settings, made_at, made_by) VALUES ($1, 'draft', $2, $3, $4)";
    let number = tx.next_number("round").await?;
    let settings = serde_json::to_string(settings)
        .map_err(|cause| StoreError::damaged("settings of round", &number.to_string(), cause))?;
    in_tx!(tx, on => sqlx::query(SQL)
        .bind(number)
        .bind(settings)
        .bind(made.at_ms)
        .bind(&made.by)
        .execute(on)
        .await
        .map(drop)?);
    Ok(number)
}

/// The number of the latest round.
pub async fn latest(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "SELECT MAX(number) FROM rounds";
    Ok(in_tx!(tx, on => sqlx::query_scalar(SQL).fetch_one(on).await)?)
}

/// The round of this number.
pub async fn load(tx: &mut Tx, number: i64) -> Result<Option<Round>, StoreError> {
    const SQL: &str = "SELECT number, stage, settings, made_at, made_by, input, input_hash, frozen_at, \
        frozen_by, freeze_ms, proposal, proposal_hash, proposed_at, proposed_by, matching_ms, audit_ms, \
        published_at, published_by FROM rounds WHERE number = $1";
    let row: Option<RoundRow> = in_tx!(tx, on => sqlx::query_as(SQL).bind(number).fetch_optional(on).await)?;
    row.map(RoundRow::read).transpose()
}

/// How far a round has come; none when there is no such round.
pub async fn stage(tx: &mut Tx, number: i64) -> Result<Option<StageName>, StoreError> {
    const SQL: &str = "SELECT stage FROM rounds WHERE number = $1";
    let stored: Option<String> =
        in_tx!(tx, on => sqlx::query_scalar(SQL).bind(number).fetch_optional(on).await)?;
    stored.map(|stage| stage_name(&number.to_string(), &stage)).transpose()
}

/// Keeps a draft a draft until this transaction ends; false when it is none.
pub async fn hold_draft(tx: &mut Tx, number: i64) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE rounds SET stage = stage WHERE number = $1 AND stage = 'draft'";
    let held = in_tx!(tx, on => sqlx::query(SQL).bind(number).execute(on).await?.rows_affected());
    Ok(held == 1)
}

/// A round without its records.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Its number.
    pub number: i64,
    /// How far it has come.
    pub stage: StageName,
    /// Which matching is wanted.
    pub mechanism: Mechanism,
    /// Seed of the lottery.
    pub seed: u64,
    /// Hash of the frozen input.
    pub hash: Option<String>,
    /// When it was made, in milliseconds since 1970; so the others.
    pub made_at: i64,
    /// When its input was frozen.
    pub frozen_at: Option<i64>,
    /// When it was run.
    pub proposed_at: Option<i64>,
    /// When its result was published.
    pub published_at: Option<i64>,
}

/// Every round, the latest first.
pub async fn summaries(db: &Db) -> Result<Vec<Summary>, StoreError> {
    const SQL: &str = "SELECT number, stage, settings, input_hash, made_at, frozen_at, proposed_at, \
        published_at FROM rounds ORDER BY number DESC";
    type Row = (i64, String, String, Option<String>, i64, Option<i64>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(number, stage, settings, hash, made_at, frozen_at, proposed_at, published_at)| {
            let id = number.to_string();
            let Settings { mechanism, seed, .. } = read("settings of round", &id, &settings)?;
            let stage = stage_name(&id, &stage)?;
            Ok(Summary {
                number,
                stage,
                mechanism,
                seed,
                hash,
                made_at,
                frozen_at,
                proposed_at,
                published_at,
            })
        })
        .collect()
}

/// Writes the input of a draft. False when the round is no draft any more: nothing was written.
pub async fn freeze(
    tx: &mut Tx,
    number: i64,
    settings: &Settings,
    locked: &Locked,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE rounds SET stage = 'frozen', settings = $2, input = $3, input_hash = $4, \
        frozen_at = $5, frozen_by = $6, freeze_ms = $7 WHERE number = $1 AND stage = 'draft'";
    let settings = serde_json::to_string(settings)
        .map_err(|cause| StoreError::damaged("settings of round", &number.to_string(), cause))?;
    let written = in_tx!(tx, on => sqlx::query(SQL)
        .bind(number)
        .bind(settings)
        .bind(locked.input.text())
        .bind(locked.input.hash())
        .bind(locked.frozen.at_ms)
        .bind(&locked.frozen.by)
        .bind(locked.freeze_ms)
        .execute(on)
        .await?
        .rows_affected());
    Ok(written == 1)
}

/// Writes the result of a frozen round. False when the round is at another stage: nothing was written.
pub async fn propose(tx: &mut Tx, number: i64, proposed: &Proposed) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE rounds SET stage = 'proposed', proposal = $2, proposal_hash = $3, \
        proposed_at = $4, proposed_by = $5, matching_ms = $6, audit_ms = $7 \
        WHERE number = $1 AND stage = 'frozen'";
    let written = in_tx!(tx, on => sqlx::query(SQL)
        .bind(number)
        .bind(proposed.proposal.text())
        .bind(proposed.proposal.hash())
        .bind(proposed.proposed.at_ms)
        .bind(&proposed.proposed.by)
        .bind(proposed.matching_ms)
        .bind(proposed.audit_ms)
        .execute(on)
        .await?
        .rows_affected());
    Ok(written == 1)
}

/// Takes the next place in the order of publications and waits for everyone who took one before and is not done.
/// What is read afterwards is true until this transaction ends.
pub async fn take_turn_to_publish(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.next_number("publication").await
}

/// Lets a result hold. False when the round is at another stage: nothing was written.
pub async fn publish(
    tx: &mut Tx,
    number: i64,
    publication: i64,
    published: &Stamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE rounds SET stage = 'published', publication = $2, published_at = $3, \
        published_by = $4 WHERE number = $1 AND stage = 'proposed'";
    let written = in_tx!(tx, on => sqlx::query(SQL)
        .bind(number)
        .bind(publication)
        .bind(published.at_ms)
        .bind(&published.by)
        .execute(on)
        .await?
        .rows_affected());
    Ok(written == 1)
}

/// The latest published round.
pub async fn latest_published(tx: &mut Tx) -> Result<Option<Parent>, StoreError> {
    const SQL: &str = "SELECT number, input_hash FROM rounds WHERE stage = 'published' \
        ORDER BY publication DESC LIMIT 1";
    let row: Option<(i64, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_optional(on).await)?;
    Ok(row.map(|(round, hash)| Parent { round, hash }))
}

/// Ends every placement that holds: this round decided anew about everyone.
pub async fn replace_placements(tx: &mut Tx, round: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE placements SET replaced_by = $1 WHERE replaced_by IS NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(round).execute(on).await.map(drop)?);
    Ok(())
}

/// Writes the pairs of a round.
pub async fn place(tx: &mut Tx, round: i64, pairs: &[(CandidateId, OpeningId)]) -> Result<(), StoreError> {
    let rows: Vec<_> = pairs
        .iter()
        .map(|(candidate, opening)| {
            vec![Value::Int(round), Value::Text(candidate.to_string()), Value::Text(opening.to_string())]
        })
        .collect();
    bulk::insert(tx, "placements (round, candidate_id, opening_id)", &rows, "").await
}

/// Every placement that holds, in order of round and candidate.
pub async fn placements(tx: &mut Tx) -> Result<Vec<Placement>, StoreError> {
    const SQL: &str = "SELECT round, candidate_id, opening_id FROM placements WHERE replaced_by IS NULL \
        ORDER BY round, candidate_id";
    let rows: Vec<(i64, String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(round, candidate, opening)| {
            let candidate = read_id("placed candidate", &candidate)?;
            Ok(Placement { round, candidate, opening: read_id("opening with a placement", &opening)? })
        })
        .collect()
}

/// A round as its table holds it.
#[derive(sqlx::FromRow)]
struct RoundRow {
    number: i64,
    stage: String,
    settings: String,
    made_at: i64,
    made_by: String,
    input: Option<String>,
    input_hash: Option<String>,
    frozen_at: Option<i64>,
    frozen_by: Option<String>,
    freeze_ms: Option<i64>,
    proposal: Option<String>,
    proposal_hash: Option<String>,
    proposed_at: Option<i64>,
    proposed_by: Option<String>,
    matching_ms: Option<i64>,
    audit_ms: Option<i64>,
    published_at: Option<i64>,
    published_by: Option<String>,
}

impl RoundRow {
    fn read(self) -> Result<Round, StoreError> {
        let id = self.number.to_string();
        let settings = read("settings of round", &id, &self.settings)?;
        let made = Stamp { at_ms: self.made_at, by: self.made_by };
        let stage = stage_name(&id, &self.stage)?;
        let locked = || {
            Ok::<_, StoreError>(Locked {
                input: sealed("frozen round", &id, self.input, self.input_hash)?,
                frozen: stamp(&id, self.frozen_at, self.frozen_by)?,
                freeze_ms: self.freeze_ms.unwrap_or(0),
            })
        };
        let proposed = || {
            Ok::<_, StoreError>(Proposed {
                proposal: sealed("proposal of round", &id, self.proposal, self.proposal_hash)?,
                proposed: stamp(&id, self.proposed_at, self.proposed_by)?,
                matching_ms: self.matching_ms.unwrap_or(0),
                audit_ms: self.audit_ms.unwrap_or(0),
            })
        };
        let stage = match stage {
            StageName::Draft => Stage::Draft,
            StageName::Frozen => Stage::Frozen(locked()?),
            StageName::Proposed => Stage::Proposed(locked()?, proposed()?),
            StageName::Published => {
                let published = stamp(&id, self.published_at, self.published_by)?;
                Stage::Published(locked()?, proposed()?, published)
            }
        };
        Ok(Round { number: self.number, settings, made, stage })
    }
}

fn stage_name(id: &str, stored: &str) -> Result<StageName, StoreError> {
    let known = StageName::ALL.into_iter().find(|stage| stage.as_str() == stored);
    known.ok_or_else(|| StoreError::damaged("stage of round", id, stored))
}

fn sealed<T: Sealable>(
    what: &'static str,
    id: &str,
    text: Option<String>,
    hash: Option<String>,
) -> Result<Sealed<T>, StoreError> {
    let (Some(text), Some(hash)) = (text, hash) else {
        return Err(StoreError::damaged(what, id, "it is missing"));
    };
    Sealed::stored(text, hash).map_err(|cause| StoreError::damaged(what, id, cause))
}

fn stamp(id: &str, at_ms: Option<i64>, by: Option<String>) -> Result<Stamp, StoreError> {
    let (Some(at_ms), Some(by)) = (at_ms, by) else {
        return Err(StoreError::damaged("date of round", id, "it is missing"));
    };
    Ok(Stamp { at_ms, by })
}

/// Writes over a stored result, as somebody with the database file in hand could.
#[cfg(test)]
pub(crate) async fn overwrite_proposal(
    tx: &mut Tx,
    number: i64,
    text: &str,
    hash: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rounds SET proposal = $2, proposal_hash = $3 WHERE number = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(number).bind(text).bind(hash).execute(on).await.map(drop)?);
    Ok(())
}
