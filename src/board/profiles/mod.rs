//! What candidates tell about themselves, to whom it is shown, and how it is taken away again.
//!
//! There is one row a person, whoever wrote it first: an import, the desk, or the person. Every write names the version
//! it began from; who saves second sees both.

mod advice;
mod export;
mod form;
mod leave;
mod terms;
#[cfg(test)]
mod tests;

pub use advice::{About, Advice, Completeness, advice, completeness};
pub use export::{Everything, everything};
pub use form::{Wrong, of as form_of, read as read_form};
pub use leave::{Leaving, delete, leaving};

use super::consents::{self, entry, save as save_row};
use crate::accounts::{CandidateHand, Tools};
use crate::domain::{Block, CandidateFacts, CandidateId, Consent, Visibility};
use crate::rules::corporate_number::CorporateNumber;
use crate::store::drafts::{self, Fields};
use crate::store::{Db, StoreError, Tx, consents as rows, journal};
use crate::texts::Lang;

/// The kind of the drafts of profiles.
pub const DRAFT: &str = "profile";
/// Nobody hides from more firms than this.
const MOST_BLOCKS: usize = 30;

/// Why a profile was not written.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// There is no such candidate.
    #[error("no such candidate")]
    NotFound,
    /// Fields that cannot be taken as they are.
    #[error("{} fields cannot be taken as they are", .0.len())]
    Wrong(Vec<Wrong>),
    /// Somebody saved meanwhile: this is what they saved.
    #[error("somebody saved meanwhile")]
    Conflict(Box<Sheet>),
    /// Only grown-ups may be shown to firms.
    #[error("not said to be of age")]
    NotOfAge,
    /// Neither a name nor a 法人番号.
    #[error("neither a name nor a corporate number")]
    WrongFirm,
    /// More firms than anybody needs to hide from.
    #[error("too many firms")]
    TooMany,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProfileError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("profiles-no-candidate"),
            Self::Wrong(_) => lang.say("web-form-errors"),
            Self::Conflict(_) => lang.say("profiles-conflict"),
            Self::NotOfAge => lang.say("profiles-not-of-age"),
            Self::WrongFirm => lang.say("profiles-wrong-firm"),
            Self::TooMany => lang.say("profiles-too-many-firms"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

/// A profile as it is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What is saved.
    pub facts: CandidateFacts,
    /// What stands in the form.
    pub form: Fields,
    /// The version to begin from.
    pub version: i64,
    /// Whether something was typed since the last saving, and kept by itself.
    pub unsaved: bool,
    /// When it was last saved, by whomever.
    pub saved_at: i64,
}

/// The profile of a candidate, with what was typed and not yet saved.
pub async fn open(db: &Db, candidate: CandidateId) -> Result<Option<Sheet>, StoreError> {
    let Some((facts, saved_at)) = rows::facts(db, candidate).await? else { return Ok(None) };
    let draft = drafts::find(db, DRAFT, &candidate.to_string()).await?;
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
/// [`ProfileError::Wrong`] names every field to be mended; [`ProfileError::Conflict`] holds what somebody else saved.
pub async fn save(
    hand: &CandidateHand,
    form: &Fields,
    version: i64,
    tools: Tools<'_>,
) -> Result<(), ProfileError> {
    let id = hand.candidate();
    let person = hand.person().ok_or(ProfileError::NotFound)?;
    let mut tx = tools.db.begin().await?;
    let mut candidate = rows::candidate_in(&mut tx, id).await?.ok_or(ProfileError::NotFound)?;
    let before = candidate.facts.clone();
    form::read(form, &mut candidate.facts).map_err(ProfileError::Wrong)?;
    let now = tools.now_ms();
    let fields = form::of(&candidate.facts);
    let saved = drafts::save(&mut tx, DRAFT, &id.to_string(), &fields, version, person, now).await?;
    if saved.is_none() {
        drop(tx);
        let theirs = open(tools.db, id).await?.ok_or(ProfileError::NotFound)?;
        let is_same = !theirs.unsaved && theirs.form == fields;
        return if is_same { Ok(()) } else { Err(ProfileError::Conflict(Box::new(theirs))) };
    }
    if candidate.facts != before {
        save_row(&mut tx, candidate, now).await?;
        journal::add(&mut tx, &entry(hand, "profile.save", "{}".to_owned(), now)).await?;
    }
    Ok(tx.commit().await?)
}

/// Keeps what is being typed. The new version, or none when somebody else saved meanwhile.
pub async fn keep(
    hand: &CandidateHand,
    form: &Fields,
    version: i64,
    tools: Tools<'_>,
) -> Result<Option<i64>, ProfileError> {
    let id = hand.candidate();
    let person = hand.person().ok_or(ProfileError::NotFound)?;
    let mut tx = tools.db.begin().await?;
    let now = tools.now_ms();
    let known: Fields = form.iter().filter(|(name, _)| is_field(name)).map(copied).collect();
    let kept = drafts::save(&mut tx, DRAFT, &id.to_string(), &known, version, person, now).await?;
    tx.commit().await?;
    if kept.is_some() {
        return Ok(kept);
    }
    // The same words again: the answer to them was lost on its way.
    let there = drafts::find(tools.db, DRAFT, &id.to_string()).await?;
    Ok(there.filter(|draft| draft.fields == known).map(|draft| draft.version))
}

fn copied((name, text): (&String, &String)) -> (String, String) {
    (name.clone(), text.replace("\r\n", "\n"))
}

/// Every field of the form, in its order.
pub const FIELDS: [&str; 27] = [
    "name",
    "kana",
    "phone",
    "home",
    "headline",
    "track",
    "resolve",
    "areas",
    "ties",
    "industries",
    "days_from",
    "days_to",
    "free_from",
    "availability",
    "contract",
    "pay_floor",
    "present_job",
    "side_job",
    "move_wish",
    "summary",
    "skills",
    "achievements",
    "motive",
    "learn",
    "housing",
    "livelihood",
    "community",
];

fn is_field(name: &str) -> bool {
    FIELDS.contains(&name)
}

/// Chooses who may find the profile. To be found by firms is to consent to their seeing it, and for grown-ups alone.
pub async fn show_to(
    hand: &CandidateHand,
    visibility: Visibility,
    of_age: bool,
    tools: Tools<'_>,
) -> Result<(), ProfileError> {
    if visibility == Visibility::Firms && !of_age {
        return Err(ProfileError::NotOfAge);
    }
    let mut tx = tools.db.begin().await?;
    change(&mut tx, hand, "profile.visibility", tools, |facts| {
        facts.more.visibility = Some(visibility);
        facts.more.of_age |= of_age;
        if visibility == Visibility::Firms {
            facts.consent = Consent::Given;
        }
    })
    .await?;
    Ok(tx.commit().await?)
}

/// Hides from a firm, named by its 法人番号 or its name: neither sees the other, and what was consented ends.
pub async fn block(hand: &CandidateHand, typed: &str, tools: Tools<'_>) -> Result<(), ProfileError> {
    let block = read_block(typed)?;
    let mut tx = tools.db.begin().await?;
    let facts = change(&mut tx, hand, "profile.block", tools, |facts| {
        if !facts.more.blocks.contains(&block) {
            facts.more.blocks.push(block);
        }
    })
    .await?;
    if facts.more.blocks.len() > MOST_BLOCKS {
        return Err(ProfileError::TooMany);
    }
    for (firm, of_firm) in rows::firms_in_sight(&mut tx, hand.candidate()).await? {
        if facts.bars(&of_firm) {
            consents::revoke_in(&mut tx, hand, firm, tools.now_ms()).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Hides from a firm no longer. Consents that ended stay ended.
pub async fn unblock(hand: &CandidateHand, text: &str, tools: Tools<'_>) -> Result<(), ProfileError> {
    let mut tx = tools.db.begin().await?;
    change(&mut tx, hand, "profile.unblock", tools, |facts| {
        facts.more.blocks.retain(|block| block.text() != text);
    })
    .await?;
    Ok(tx.commit().await?)
}

fn read_block(typed: &str) -> Result<Block, ProfileError> {
    let typed = typed.trim();
    if let Ok(number) = CorporateNumber::parse(typed) {
        return Ok(Block::Number(number.to_string()));
    }
    let is_number = typed.chars().all(|c| c.is_numeric() || "-－‐ 　TＴ".contains(c));
    let length = typed.chars().count();
    if is_number || !(2..=100).contains(&length) {
        return Err(ProfileError::WrongFirm);
    }
    Ok(Block::Name(typed.to_owned()))
}

async fn change(
    tx: &mut Tx,
    hand: &CandidateHand,
    action: &str,
    tools: Tools<'_>,
    change: impl FnOnce(&mut CandidateFacts),
) -> Result<CandidateFacts, ProfileError> {
    let found = rows::candidate_in(tx, hand.candidate()).await?;
    let mut candidate = found.ok_or(ProfileError::NotFound)?;
    let before = candidate.facts.clone();
    change(&mut candidate.facts);
    let facts = candidate.facts.clone();
    if facts != before {
        let now = tools.now_ms();
        save_row(tx, candidate, now).await?;
        journal::add(tx, &entry(hand, action, "{}".to_owned(), now)).await?;
    }
    Ok(facts)
}
