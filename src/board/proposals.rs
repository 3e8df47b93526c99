//! 提案シート: the page on which a candidate writes what they saw and what they would do. Kept while it is typed, for nobody
//! else to read; handed in, it is a version that stays and that the firm reads.

use std::collections::BTreeMap;

use super::applications::{holders, is_live, tell};
use super::consents;
use crate::accounts::{CandidateHand, CandidateSelf, Tools};
use crate::domain::{ApplicationId, Letter, RoleKind};
use crate::store::applications::{self, Row};
use crate::store::drafts::{self, Fields};
use crate::store::{Db, StoreError, Tx, journal, proposals as rows, shown};
use crate::texts::Lang;

pub use crate::store::proposals::Submitted;

/// The kind of the drafts of proposals; their subject is the application.
const DRAFT: &str = "proposal";
/// The longest text of a field.
pub const LONGEST: usize = 1000;
/// The fields in their order, and whether each must be filled in before it is handed in.
pub const FIELDS: [(&str, bool); 5] =
    [("saw", true), ("plan", true), ("bring", true), ("need", false), ("questions", false)];

/// Why a proposal was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    /// There is no such application, or it is another's: the answer is the same.
    #[error("there is no such application")]
    NotFound,
    /// The application has ended, or the firm may not know who it is.
    #[error("the application takes no proposal")]
    Closed,
    /// These fields are missing or too long; the key of what to say.
    #[error("{} fields cannot be taken as they are", .0.len())]
    Wrong(Vec<(&'static str, &'static str)>),
    /// Another page saved meanwhile; this is what stands there.
    #[error("another page saved meanwhile")]
    Conflict(Box<Sheet>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProposalError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("talks-not-found"),
            Self::Closed => lang.say("talks-proposal-closed"),
            Self::Wrong(_) => lang.say("web-form-errors"),
            Self::Conflict(_) => lang.say("profiles-conflict"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

/// A proposal as its writer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The heading of the opening.
    pub title: String,
    /// The firm's name.
    pub firm: String,
    /// What stands in the form.
    pub form: Fields,
    /// The version to begin from.
    pub version: i64,
    /// When the form was last kept; 0 for never.
    pub saved_at: i64,
    /// Every version that was handed in, the latest first.
    pub submitted: Vec<Submitted>,
    /// Whether it can be written.
    pub is_open: bool,
}

/// The proposal of one of a candidate's applications.
pub async fn open(db: &Db, me: &CandidateSelf, id: ApplicationId) -> Result<Option<Sheet>, StoreError> {
    let all = applications::of_candidate(db, me.candidate()).await?;
    let Some(one) = all.into_iter().find(|one| one.row.id().is_ok_and(|own| own == id)) else {
        return Ok(None);
    };
    let draft = drafts::find(db, DRAFT, &id.to_string()).await?;
    let submitted = rows::of(db, id).await?;
    let (version, saved_at) = draft.as_ref().map_or((0, 0), |draft| (draft.version, draft.saved_at));
    let last = || submitted.first().map(|last| last.fields.clone()).unwrap_or_default();
    let form = draft.map_or_else(last, |draft| draft.fields);
    let is_open = is_live(&one);
    Ok(Some(Sheet { title: one.title, firm: one.firm, form, version, saved_at, submitted, is_open }))
}

/// Keeps what is being typed. The new version, or none when another page saved meanwhile.
///
/// # Errors
/// [`ProposalError::NotFound`] for another's; [`ProposalError::Closed`].
pub async fn keep(
    me: &CandidateSelf,
    id: ApplicationId,
    form: &Fields,
    version: i64,
    tools: Tools<'_>,
) -> Result<Option<i64>, ProposalError> {
    let known = known(form);
    let mut tx = tools.db.begin().await?;
    own(&mut tx, me, id).await?;
    let subject = id.to_string();
    let kept = drafts::save(&mut tx, DRAFT, &subject, &known, version, me.person(), tools.now_ms()).await?;
    tx.commit().await?;
    if kept.is_some() {
        return Ok(kept);
    }
    // The same words again: the answer to them was lost on its way.
    let there = drafts::find(tools.db, DRAFT, &subject).await?;
    Ok(there.filter(|draft| draft.fields == known).map(|draft| draft.version))
}

/// Hands the proposal in, as a new version for the firm to read. The same words again are the same version.
///
/// # Errors
/// [`ProposalError::Wrong`] names every field to be mended; [`ProposalError::Conflict`] holds what another page saved;
/// [`ProposalError::NotFound`] for another's; [`ProposalError::Closed`].
pub async fn submit(
    me: &CandidateSelf,
    id: ApplicationId,
    form: &Fields,
    version: i64,
    tools: Tools<'_>,
) -> Result<(), ProposalError> {
    let fields = known(form);
    let wrong = wrong(&fields);
    if !wrong.is_empty() {
        return Err(ProposalError::Wrong(wrong));
    }
    let (subject, now) = (id.to_string(), tools.now_ms());
    let mut tx = tools.db.begin().await?;
    let row = own(&mut tx, me, id).await?;
    let latest = rows::latest(&mut tx, id).await?;
    let is_new = latest.as_ref().is_none_or(|latest| latest.fields != fields);
    let saved = drafts::save(&mut tx, DRAFT, &subject, &fields, version, me.person(), now).await?;
    if saved.is_none() {
        drop(tx);
        let theirs = open(tools.db, me, id).await?.ok_or(ProposalError::NotFound)?;
        let is_second_click = !is_new && theirs.form == fields;
        return if is_second_click { Ok(()) } else { Err(ProposalError::Conflict(Box::new(theirs))) };
    }
    if is_new {
        let version = latest.map_or(1, |latest| latest.version + 1);
        rows::add(&mut tx, id, &rows::Submitted { version, fields, at: now }).await?;
        inform(&mut tx, &row, tools).await?;
        let told = serde_json::json!({ "application": id, "version": version }).to_string();
        let hand = CandidateHand::Own(me.clone());
        journal::add(&mut tx, &consents::entry(&hand, "proposal.submit", told, now)).await?;
    }
    Ok(tx.commit().await?)
}

/// The fields of the form, trimmed; what is empty is not there.
fn known(form: &Fields) -> Fields {
    let field = |(name, _): &(&str, bool)| {
        let text = form.get(*name)?.replace("\r\n", "\n").trim().to_owned();
        (!text.is_empty()).then(|| ((*name).to_owned(), text))
    };
    FIELDS.iter().filter_map(field).collect::<BTreeMap<_, _>>()
}

fn wrong(fields: &Fields) -> Vec<(&'static str, &'static str)> {
    let fault = |(name, must): &(&'static str, bool)| match fields.get(*name) {
        None if *must => Some((*name, "talks-proposal-missing")),
        Some(text) if text.chars().count() > LONGEST => Some((*name, "talks-proposal-too-long")),
        _ => None,
    };
    FIELDS.iter().filter_map(fault).collect()
}

async fn own(tx: &mut Tx, me: &CandidateSelf, id: ApplicationId) -> Result<Row, ProposalError> {
    let row = applications::find(tx, id).await?.ok_or(ProposalError::NotFound)?;
    if row.candidate()? != me.candidate() {
        return Err(ProposalError::NotFound);
    }
    if !applications::is_live(tx, me.candidate(), row.opening()?).await? {
        return Err(ProposalError::Closed);
    }
    Ok(row)
}

/// Writes to the firm that there is something to read.
async fn inform(tx: &mut Tx, row: &Row, tools: Tools<'_>) -> Result<(), ProposalError> {
    let opening = shown::opening(tools.db, row.opening()?).await?.ok_or(ProposalError::NotFound)?;
    let (firm, id) = (row.firm()?, row.id()?);
    let path = format!("/firm/{firm}/applicants/{id}");
    let letter = Letter::ProposalReceived { title: opening.facts.title, path };
    let whom = holders(RoleKind::Firm, &firm.to_string(), tools).await?;
    Ok(tell(tx, &whom, &letter, tools).await?)
}
