//! Which firm may see what of a candidate, since when, and who looked.
//!
//! Without a consent of its own a firm sees at most what the candidate shows to every firm, without the name. A firm
//! that the candidate keeps away (the present employer) sees nothing, whatever was consented before.

mod seen;
#[cfg(test)]
mod tests;

pub use seen::Seen;

use crate::accounts::{CandidateHand, FirmHand, Operator, Tools};
use crate::domain::{Candidate, CandidateId, Changes, Choice, Consent, FirmId, PersonId, Scope, Visibility};
use crate::store::consents::{self as rows, Between, NewView};
use crate::store::journal::{self, Entry};
use crate::store::{Db, StoreError, Tx, region};
use crate::texts::Lang;

pub use rows::{Grant, View};

/// Why a consent was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// The firm or the candidate is unknown.
    #[error("no such firm or candidate")]
    NotFound,
    /// The candidate keeps this firm away.
    #[error("the candidate keeps this firm away")]
    Barred,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ConsentError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("profiles-not-found"),
            Self::Barred => lang.say("profiles-barred"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

/// Consents to a firm's seeing this much. The same consent twice is one.
pub async fn grant(
    hand: &CandidateHand,
    firm: FirmId,
    scope: Scope,
    tools: Tools<'_>,
) -> Result<(), ConsentError> {
    let mut tx = tools.db.begin().await?;
    grant_in(&mut tx, hand, firm, scope, tools).await?;
    Ok(tx.commit().await?)
}

/// The same, in the transaction of what it is given for: an application, for example.
///
/// Who had not yet agreed to anything agrees herewith, and to this firm alone: other firms still do not find the
/// profile.
pub async fn grant_in(
    tx: &mut Tx,
    hand: &CandidateHand,
    firm: FirmId,
    scope: Scope,
    tools: Tools<'_>,
) -> Result<(), ConsentError> {
    let id = hand.candidate();
    let mut candidate = rows::candidate_in(tx, id).await?.ok_or(ConsentError::NotFound)?;
    let facts = rows::firm_in(tx, firm).await?.ok_or(ConsentError::NotFound)?;
    if candidate.facts.bars(&facts) {
        return Err(ConsentError::Barred);
    }
    let now = tools.now_ms();
    if !rows::give(tx, &tools.new_id(), id, firm, scope, now).await? {
        return Ok(());
    }
    if candidate.facts.consent != Consent::Given {
        candidate.facts.consent = Consent::Given;
        candidate.facts.more.visibility.get_or_insert(Visibility::Desk);
        save(tx, candidate, now).await?;
    }
    let told = serde_json::json!({ "firm": firm, "scope": scope }).to_string();
    Ok(journal::add(tx, &entry(hand, "consent.grant", told, now)).await?)
}

/// Takes every consent to a firm back. From now on the firm sees what every firm sees.
pub async fn revoke(hand: &CandidateHand, firm: FirmId, tools: Tools<'_>) -> Result<(), ConsentError> {
    let mut tx = tools.db.begin().await?;
    revoke_in(&mut tx, hand, firm, tools.now_ms()).await?;
    Ok(tx.commit().await?)
}

/// The same, in the transaction of what causes it.
pub async fn revoke_in(
    tx: &mut Tx,
    hand: &CandidateHand,
    firm: FirmId,
    now_ms: i64,
) -> Result<(), StoreError> {
    if rows::end(tx, hand.candidate(), firm, now_ms).await? == 0 {
        return Ok(());
    }
    let told = serde_json::json!({ "firm": firm }).to_string();
    journal::add(tx, &entry(hand, "consent.revoke", told, now_ms)).await
}

/// How much of a candidate a firm may see; none for nothing at all.
pub async fn may_see(db: &Db, firm: FirmId, candidate: CandidateId) -> Result<Option<Scope>, StoreError> {
    Ok(rows::between(db, firm, candidate).await?.as_ref().and_then(scope))
}

/// What a firm sees of a candidate; none for nothing at all.
pub async fn seen_by(db: &Db, firm: FirmId, candidate: CandidateId) -> Result<Option<Seen>, StoreError> {
    let between = rows::between(db, firm, candidate).await?;
    Ok(between.and_then(|one| scope(&one).map(|scope| Seen::of(&one.facts, scope))))
}

/// What a firm sees of everybody who consented to its seeing something, in order of candidate.
pub async fn everybody_for(db: &Db, firm: FirmId) -> Result<Vec<(CandidateId, Seen)>, StoreError> {
    let all = rows::between_all(db, firm).await?;
    let seen = |one: &Between| scope(one).map(|scope| (one.candidate, Seen::of(&one.facts, scope)));
    Ok(all.iter().filter_map(seen).collect())
}

fn scope(between: &Between) -> Option<Scope> {
    let Between { facts, firm, granted, .. } = between;
    if facts.bars(firm) {
        return None;
    }
    granted.or_else(|| facts.may_be_found().then_some(Scope::Profile))
}

/// Every consent that was given and taken back, the latest first.
pub async fn ledger(db: &Db, candidate: CandidateId) -> Result<Vec<Grant>, StoreError> {
    rows::ledger(db, candidate).await
}

/// Somebody who looks at a profile that is not their own.
#[derive(Clone, Debug)]
pub struct Viewer {
    person: Option<PersonId>,
    acted_as: &'static str,
    firm: Option<FirmId>,
}

impl From<&FirmHand> for Viewer {
    /// An operator who looks on a firm's behalf is named as an operator.
    fn from(hand: &FirmHand) -> Self {
        let acted_as = if hand.is_proxy() { "operator" } else { "firm" };
        Self { person: hand.person(), acted_as, firm: Some(hand.firm()) }
    }
}

impl From<&Operator> for Viewer {
    fn from(operator: &Operator) -> Self {
        Self { person: operator.person(), acted_as: "operator", firm: None }
    }
}

/// Writes down that somebody looked at a candidate, for the candidate to read: [`views`]. Once an hour is enough.
pub async fn saw(
    viewer: &Viewer,
    candidate: CandidateId,
    scope: Scope,
    tools: Tools<'_>,
) -> Result<(), StoreError> {
    // The console has no person: who reads the data directory needs no page.
    let Some(person) = viewer.person else { return Ok(()) };
    let view = NewView {
        id: tools.new_id(),
        candidate,
        person,
        acted_as: viewer.acted_as,
        firm: viewer.firm,
        what: scope.code(),
        at: tools.now_ms(),
    };
    let mut tx = tools.db.begin().await?;
    rows::saw(&mut tx, &view).await?;
    tx.commit().await
}

/// Who looked at a candidate, the latest first, up to `limit` times.
pub async fn views(db: &Db, candidate: CandidateId, limit: i64) -> Result<Vec<View>, StoreError> {
    rows::views(db, candidate, limit).await
}

pub(super) fn entry(hand: &CandidateHand, action: &str, facts: String, at: i64) -> Entry {
    Entry {
        at,
        person: hand.person(),
        acted_as: if hand.is_proxy() { "proxy" } else { "candidate" }.to_owned(),
        action: action.to_owned(),
        subject_kind: "candidate".to_owned(),
        subject: hand.candidate().to_string(),
        facts,
    }
}

pub(super) async fn save(tx: &mut Tx, candidate: Candidate, now_ms: i64) -> Result<(), StoreError> {
    region::save(tx, &Changes { candidates: vec![candidate], ..Changes::default() }, now_ms).await
}
