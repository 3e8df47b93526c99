//! The region as a whole: gathered once for an import or a round, and written back as whole records.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::bulk::{self, Value};
use super::outbox::{self, Topic};
use super::{Db, StoreError, Tx, in_tx};
use crate::domain::{
    Candidate, CandidateId, Changes, Couple, Firm, Interest, ListSource, Opening, OpeningId, Owner,
    RankEntry, RankList, Region,
};

/// Gathers everything, as of this transaction.
pub async fn load(tx: &mut Tx) -> Result<Region, StoreError> {
    Ok(Region {
        firms: firms(tx).await?,
        openings: openings(tx).await?,
        candidates: candidates(tx).await?,
        interests: interests(tx).await?,
        rankings: rankings(tx).await?,
        couples: couples(tx).await?,
    })
}

/// Gathers everything, as of now, without holding up those who write.
pub async fn snapshot(db: &Db) -> Result<Region, StoreError> {
    let mut tx = db.begin_reading().await?;
    load(&mut tx).await
}

/// Gathers firms, openings and candidates, as of now, and nothing of what they wish for.
pub async fn records(db: &Db) -> Result<Region, StoreError> {
    let mut tx = db.begin_reading().await?;
    Ok(Region {
        firms: firms(&mut tx).await?,
        openings: openings(&mut tx).await?,
        candidates: candidates(&mut tx).await?,
        ..Region::default()
    })
}

/// Writes new and changed records and tells the outbox of every opening and profile they touch.
pub async fn save(tx: &mut Tx, changes: &Changes, now_ms: i64) -> Result<(), StoreError> {
    save_firms(tx, &changes.firms, now_ms).await?;
    save_openings(tx, &changes.openings, now_ms).await?;
    save_candidates(tx, &changes.candidates, now_ms).await?;
    let interests: Vec<_> = changes
        .interests
        .iter()
        .map(|one| Ok(vec![text(one.candidate), text(one.opening), json(one)?]))
        .collect::<Result<_, StoreError>>()?;
    const ON_INTEREST: &str = "ON CONFLICT (candidate_id, opening_id) DO UPDATE SET facts = excluded.facts";
    bulk::insert(tx, "interests (candidate_id, opening_id, facts)", &interests, ON_INTEREST).await?;
    save_rankings(tx, &changes.rankings, now_ms).await?;
    let couples: Vec<_> = changes
        .couples
        .iter()
        .map(|one| Ok(vec![text(one.first), text(one.second), json(one)?]))
        .collect::<Result<_, StoreError>>()?;
    const ON_COUPLE: &str = "ON CONFLICT (first_id, second_id) DO UPDATE SET facts = excluded.facts";
    bulk::insert(tx, "couples (first_id, second_id, facts)", &couples, ON_COUPLE).await?;
    let of_firms = openings_of(tx, &changes.firms).await?;
    outbox::push(tx, &touched(of_firms, changes)).await
}

/// What the index has to look at: changed openings, the openings of changed firms, changed candidates; each once.
fn touched(of_firms: Vec<String>, changes: &Changes) -> Vec<(Topic, String)> {
    let openings = changes.openings.iter().map(|one| one.id.to_string()).chain(of_firms);
    let candidates = changes.candidates.iter().map(|one| (Topic::Profile, one.id.to_string()));
    let all: std::collections::BTreeSet<_> =
        openings.map(|id| (Topic::Opening, id)).chain(candidates).collect();
    all.into_iter().collect()
}

async fn openings_of(tx: &mut Tx, firms: &[Firm]) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT id FROM openings WHERE firm_id = $1";
    let mut ids = Vec::new();
    for firm in firms {
        let id = firm.id.to_string();
        let found: Vec<String> = in_tx!(tx, on => sqlx::query_scalar(SQL).bind(id).fetch_all(on).await)?;
        ids.extend(found);
    }
    Ok(ids)
}

async fn firms(tx: &mut Tx) -> Result<Vec<Firm>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM firms ORDER BY id";
    let mut codes = codes(tx, "SELECT firm_id, code FROM firm_codes ORDER BY firm_id, position").await?;
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, facts)| {
            let codes = codes.remove(&id).unwrap_or_default();
            Ok(Firm { id: read_id("firm", &id)?, codes, facts: read("firm", &id, &facts)? })
        })
        .collect()
}

async fn openings(tx: &mut Tx) -> Result<Vec<Opening>, StoreError> {
    const SQL: &str = "SELECT id, firm_id, code, facts, blocks FROM openings ORDER BY id";
    let rows: Vec<OpeningRow> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter().map(OpeningRow::read).collect()
}

async fn candidates(tx: &mut Tx) -> Result<Vec<Candidate>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM candidates ORDER BY id";
    let mut codes =
        codes(tx, "SELECT candidate_id, code FROM candidate_codes ORDER BY candidate_id, position").await?;
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, facts)| {
            let codes = codes.remove(&id).unwrap_or_default();
            Ok(Candidate { id: read_id("candidate", &id)?, codes, facts: read("candidate", &id, &facts)? })
        })
        .collect()
}

async fn codes(tx: &mut Tx, sql: &'static str) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(sql).fetch_all(on).await)?;
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, code) in rows {
        codes.entry(id).or_default().push(code);
    }
    Ok(codes)
}

async fn interests(tx: &mut Tx) -> Result<Vec<Interest>, StoreError> {
    const SQL: &str = "SELECT candidate_id, facts FROM interests ORDER BY candidate_id, opening_id";
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.iter().map(|(id, facts)| read("interest of", id, facts)).collect()
}

async fn couples(tx: &mut Tx) -> Result<Vec<Couple>, StoreError> {
    const SQL: &str = "SELECT first_id, facts FROM couples ORDER BY first_id, second_id";
    let rows: Vec<(String, String)> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.iter().map(|(id, facts)| read("couple of", id, facts)).collect()
}

async fn rankings(tx: &mut Tx) -> Result<Vec<RankList>, StoreError> {
    const SQL: &str =
        "SELECT owner_kind, owner_id, source, entries FROM rank_lists ORDER BY owner_kind, owner_id, source";
    let rows: Vec<(String, String, String, String)> =
        in_tx!(tx, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.iter()
        .map(|(kind, id, source, entries)| {
            let source = match source.as_str() {
                CERTIFIED => ListSource::Certified,
                _ => ListSource::Imported,
            };
            Ok(if kind == CANDIDATE {
                let entries: Vec<RankEntry<OpeningId>> = read("list of candidate", id, entries)?;
                RankList::OfCandidate { owner: read_id("candidate", id)?, source, entries }
            } else {
                let entries: Vec<RankEntry<CandidateId>> = read("list of opening", id, entries)?;
                RankList::OfOpening { owner: read_id("opening", id)?, source, entries }
            })
        })
        .collect()
}

async fn save_firms(tx: &mut Tx, firms: &[Firm], now_ms: i64) -> Result<(), StoreError> {
    let rows: Vec<_> = firms
        .iter()
        .map(|firm| {
            Ok(vec![
                text(firm.id),
                Value::Text(firm.facts.name.clone()),
                Value::Maybe(firm.facts.corporate_number.clone()),
                json(&firm.facts)?,
                Value::Int(now_ms),
                Value::Int(now_ms),
            ])
        })
        .collect::<Result<_, StoreError>>()?;
    const ON: &str = "ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
        corporate_number = excluded.corporate_number, facts = excluded.facts, updated_at = excluded.updated_at";
    bulk::insert(tx, "firms (id, name, corporate_number, facts, created_at, updated_at)", &rows, ON).await?;
    let codes = code_rows(firms.iter().map(|firm| (firm.id.to_string(), &firm.codes)));
    const ON_CODE: &str =
        "ON CONFLICT (code) DO UPDATE SET firm_id = excluded.firm_id, position = excluded.position";
    bulk::insert(tx, "firm_codes (firm_id, code, position)", &codes, ON_CODE).await
}

async fn save_openings(tx: &mut Tx, openings: &[Opening], now_ms: i64) -> Result<(), StoreError> {
    let rows: Vec<_> = openings
        .iter()
        .map(|opening| {
            Ok(vec![
                text(opening.id),
                text(opening.firm),
                Value::Maybe(opening.code.clone()),
                json(&opening.facts)?,
                json(&opening.blocks)?,
                Value::Int(now_ms),
                Value::Int(now_ms),
            ])
        })
        .collect::<Result<_, StoreError>>()?;
    const ON: &str = "ON CONFLICT (id) DO UPDATE SET firm_id = excluded.firm_id, code = excluded.code, \
        facts = excluded.facts, blocks = excluded.blocks, updated_at = excluded.updated_at";
    bulk::insert(tx, "openings (id, firm_id, code, facts, blocks, created_at, updated_at)", &rows, ON).await
}

async fn save_candidates(tx: &mut Tx, candidates: &[Candidate], now_ms: i64) -> Result<(), StoreError> {
    let rows: Vec<_> = candidates
        .iter()
        .map(|candidate| {
            Ok(vec![
                text(candidate.id),
                Value::Text(candidate.facts.mail.clone()),
                json(&candidate.facts)?,
                Value::Int(now_ms),
                Value::Int(now_ms),
            ])
        })
        .collect::<Result<_, StoreError>>()?;
    const ON: &str = "ON CONFLICT (id) DO UPDATE SET mail = excluded.mail, facts = excluded.facts, \
        updated_at = excluded.updated_at";
    bulk::insert(tx, "candidates (id, mail, facts, created_at, updated_at)", &rows, ON).await?;
    let codes = code_rows(candidates.iter().map(|one| (one.id.to_string(), &one.codes)));
    const ON_CODE: &str =
        "ON CONFLICT (code) DO UPDATE SET candidate_id = excluded.candidate_id, position = excluded.position";
    bulk::insert(tx, "candidate_codes (candidate_id, code, position)", &codes, ON_CODE).await
}

async fn save_rankings(tx: &mut Tx, lists: &[RankList], now_ms: i64) -> Result<(), StoreError> {
    let rows: Vec<_> = lists
        .iter()
        .map(|list| {
            let (kind, id) = match list.owner() {
                Owner::Candidate(id) => (CANDIDATE, id.to_string()),
                Owner::Opening(id) => (OPENING, id.to_string()),
            };
            let source = match list.source() {
                ListSource::Imported => IMPORTED,
                ListSource::Certified => CERTIFIED,
            };
            let entries = match list {
                RankList::OfCandidate { entries, .. } => json(entries)?,
                RankList::OfOpening { entries, .. } => json(entries)?,
            };
            Ok(vec![
                Value::Text(kind.to_owned()),
                Value::Text(id),
                Value::Text(source.to_owned()),
                entries,
                Value::Int(now_ms),
            ])
        })
        .collect::<Result<_, StoreError>>()?;
    const ON: &str = "ON CONFLICT (owner_kind, owner_id, source) DO UPDATE SET entries = excluded.entries, \
        updated_at = excluded.updated_at";
    bulk::insert(tx, "rank_lists (owner_kind, owner_id, source, entries, updated_at)", &rows, ON).await
}

const CANDIDATE: &str = "candidate";
const OPENING: &str = "opening";
const IMPORTED: &str = "imported";
const CERTIFIED: &str = "certified";

fn code_rows<'a>(owners: impl Iterator<Item = (String, &'a Vec<String>)>) -> Vec<Vec<Value>> {
    owners
        .flat_map(|(id, codes)| {
            (0..).zip(codes).map(move |(position, code)| {
                vec![Value::Text(id.clone()), Value::Text(code.clone()), Value::Int(position)]
            })
        })
        .collect()
}

/// An opening as its table holds it.
#[derive(sqlx::FromRow)]
pub(super) struct OpeningRow {
    id: String,
    firm_id: String,
    code: Option<String>,
    facts: String,
    blocks: String,
}

impl OpeningRow {
    pub(super) fn read(self) -> Result<Opening, StoreError> {
        Ok(Opening {
            id: read_id("opening", &self.id)?,
            firm: read_id("firm", &self.firm_id)?,
            facts: read("opening", &self.id, &self.facts)?,
            blocks: read("opening", &self.id, &self.blocks)?,
            code: self.code,
        })
    }
}

pub(super) fn read<T: DeserializeOwned>(what: &'static str, id: &str, stored: &str) -> Result<T, StoreError> {
    serde_json::from_str(stored).map_err(|cause| StoreError::damaged(what, id, cause))
}

pub(super) fn read_id<T: FromStr<Err: ToString>>(what: &'static str, id: &str) -> Result<T, StoreError> {
    id.parse().map_err(|cause: T::Err| StoreError::damaged(what, id, cause.to_string()))
}

fn text(id: impl ToString) -> Value {
    Value::Text(id.to_string())
}

fn json<T: Serialize + for<'a> Deserialize<'a>>(value: &T) -> Result<Value, StoreError> {
    json_text(value).map(Value::Text)
}

pub(super) fn json_text<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|cause| StoreError::damaged("record", "", cause))
}
