//! What a firm says about itself, by its own hand or the desk's on its behalf.
//!
//! There is one row a firm, whoever wrote it first: an import, the desk, or a member. Every write names the version it began
//! from; who saves second sees both. Not useful for consent to be named (`postings::openness`), nor for what the desk alone
//! writes down about a firm (`desk`).

mod form;
#[cfg(test)]
mod tests;

pub use form::{FIELDS, Wrong, of as form_of, read as read_form};

use crate::accounts::{FirmHand, Tools};
use crate::domain::{Changes, Firm, FirmFacts, FirmId};
use crate::store::drafts::{self, Fields};
use crate::store::{Db, StoreError, consents as rows, journal, region, tickets};

/// The kind of the drafts of firms.
const DRAFT: &str = "firm";

/// Why a firm's data was not written.
#[derive(Debug, thiserror::Error)]
pub enum FirmError {
    /// There is no such firm.
    #[error("no such firm")]
    NotFound,
    /// Fields that cannot be taken as they are.
    #[error("{} fields cannot be taken as they are", .0.len())]
    Wrong(Vec<Wrong>),
    /// Somebody saved meanwhile: this is what they saved.
    #[error("somebody saved meanwhile")]
    Conflict(Box<Sheet>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A firm's data as it is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What is saved.
    pub facts: FirmFacts,
    /// What stands in the form.
    pub form: Fields,
    /// The version to begin from.
    pub version: i64,
    /// Whether something was typed since the last saving, and kept by itself.
    pub unsaved: bool,
    /// When it was last saved, by whomever.
    pub saved_at: i64,
}

/// How far a firm has come with its own data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// So many of the questions that candidates and the desk need are answered.
    pub done: usize,
    /// Of so many.
    pub of: usize,
}

/// The data of a firm, with what was typed and not yet saved.
pub async fn open(db: &Db, firm: FirmId) -> Result<Option<Sheet>, StoreError> {
    let Some((facts, saved_at)) = rows::firm_facts(db, firm).await? else { return Ok(None) };
    let draft = drafts::find(db, DRAFT, &firm.to_string()).await?;
    let (saved, version) = (form::of(&facts), draft.as_ref().map_or(0, |draft| draft.version));
    // What came in by an import after the draft is newer than the draft.
    let typed = draft.filter(|draft| draft.saved_at > saved_at).map(|draft| draft.fields);
    let typed = typed.filter(|typed| *typed != saved);
    let unsaved = typed.is_some();
    Ok(Some(Sheet { facts, form: typed.unwrap_or(saved), version, unsaved, saved_at }))
}

/// Saves what was filled in, begun from this version. The same form sent twice is saved once.
///
/// # Errors
/// [`FirmError::Wrong`] names every field to be mended; [`FirmError::Conflict`] holds what somebody else saved.
pub async fn save(hand: &FirmHand, form: &Fields, version: i64, tools: Tools<'_>) -> Result<(), FirmError> {
    let id = hand.firm();
    let person = hand.person().ok_or(FirmError::NotFound)?;
    let mut tx = tools.db.begin().await?;
    let before = rows::firm_in(&mut tx, id).await?.ok_or(FirmError::NotFound)?;
    let mut facts = before.clone();
    form::read(form, &mut facts, tools.clock.today()).map_err(FirmError::Wrong)?;
    if let Some(number) = facts.corporate_number.as_deref()
        && let Some(other) = tickets::firm_of_number(&mut tx, number).await?
        && other != id
    {
        return Err(FirmError::Wrong(vec![Wrong::at("number", "firms-wrong-number-taken")]));
    }
    let now = tools.now_ms();
    let fields = form::of(&facts);
    let saved = drafts::save(&mut tx, DRAFT, &id.to_string(), &fields, version, person, now).await?;
    if saved.is_none() {
        drop(tx);
        let theirs = open(tools.db, id).await?.ok_or(FirmError::NotFound)?;
        let is_same = !theirs.unsaved && theirs.form == fields;
        return if is_same { Ok(()) } else { Err(FirmError::Conflict(Box::new(theirs))) };
    }
    if facts != before {
        // Without the coordinator's numbers: writing it back leaves them as they are.
        let firms = vec![Firm { id, codes: Vec::new(), facts }];
        region::save(&mut tx, &Changes { firms, ..Changes::default() }, now).await?;
        let entry = journal::Entry {
            at: now,
            person: Some(person),
            acted_as: if hand.is_proxy() { "proxy" } else { "firm" }.to_owned(),
            action: "firm.save".to_owned(),
            subject_kind: "firm".to_owned(),
            subject: id.to_string(),
            facts: "{}".to_owned(),
        };
        journal::add(&mut tx, &entry).await?;
    }
    Ok(tx.commit().await?)
}

/// Keeps what is being typed. The new version, or none when somebody else saved meanwhile.
pub async fn keep(
    hand: &FirmHand,
    form: &Fields,
    version: i64,
    tools: Tools<'_>,
) -> Result<Option<i64>, FirmError> {
    let subject = hand.firm().to_string();
    let person = hand.person().ok_or(FirmError::NotFound)?;
    let known = |name: &str| FIELDS.contains(&name);
    let known: Fields = form
        .iter()
        .filter(|(name, _)| known(name))
        .map(|(name, text)| (name.clone(), text.replace("\r\n", "\n")))
        .collect();
    let mut tx = tools.db.begin().await?;
    let kept = drafts::save(&mut tx, DRAFT, &subject, &known, version, person, tools.now_ms()).await?;
    tx.commit().await?;
    if kept.is_some() {
        return Ok(kept);
    }
    // The same words again: the answer to them was lost on its way.
    let there = drafts::find(tools.db, DRAFT, &subject).await?;
    Ok(there.filter(|draft| draft.fields == known).map(|draft| draft.version))
}

/// How many of the questions are answered. A web address is not one of them: many firms have none.
pub fn completeness(facts: &FirmFacts) -> Completeness {
    let answered = [
        facts.corporate_number.is_some(),
        facts.kana.is_some(),
        facts.municipality.is_some(),
        facts.address.is_some(),
        facts.industry.is_some(),
        facts.employees.is_some(),
        facts.founded.is_some(),
        facts.about.is_some(),
        facts.succession.is_some(),
    ];
    Completeness { done: answered.iter().filter(|is| **is).count(), of: answered.len() }
}
