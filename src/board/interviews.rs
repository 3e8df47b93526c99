//! 構造化面談シート: the same questions to everybody, about work alone, each with a mark and what was heard. It is the firm's own
//! record: no page of the candidate's reads it.

use crate::accounts::{FirmMember, Tools};
use crate::domain::ApplicationId;
use crate::rules::wording::{self, Contract, Scope, Severity};
use crate::store::drafts::Fields;
use crate::store::journal::{self, Entry};
use crate::store::{StoreError, applications, interviews as rows};
use crate::texts::Lang;

pub use crate::store::interviews::Interview;

/// The questions, in their order.
pub const QUESTIONS: [&str; 5] = ["craft", "trouble", "together", "plan", "terms"];
/// The marks, from not shown to shown clearly.
pub const MARKS: [&str; 4] = ["1", "2", "3", "4"];
/// The field for what was agreed.
pub const AGREED: &str = "agreed";
/// The longest note.
pub const LONGEST: usize = 1000;

/// The field of the mark of a question.
pub fn mark_of(question: &str) -> String {
    format!("{question}_mark")
}

/// The field of the note to a question.
pub fn note_of(question: &str) -> String {
    format!("{question}_note")
}

/// Why a note cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is longer than [`LONGEST`].
    TooLong,
    /// It holds what must be neither asked nor kept.
    Unlawful(wording::Finding),
}

/// Why an interview was not kept.
#[derive(Debug, thiserror::Error)]
pub enum InterviewError {
    /// There is no such application, or it is another firm's: the answer is the same.
    #[error("there is no such application")]
    NotFound,
    /// The application has ended, or the candidate took the consent back.
    #[error("the application has ended")]
    Closed,
    /// These fields cannot be kept as they are.
    #[error("{} fields cannot be kept as they are", .0.len())]
    Wrong(Vec<(String, Fault)>),
    /// Somebody of the firm saved meanwhile; this is what stands there.
    #[error("somebody else saved meanwhile")]
    Conflict(Box<Interview>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl InterviewError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("talks-not-found"),
            Self::Closed => lang.say("talks-interview-closed"),
            Self::Wrong(_) => lang.say("web-form-errors"),
            Self::Conflict(_) => lang.say("profiles-conflict"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

/// Saves what was written, begun from this version. The same words again are saved once.
///
/// # Errors
/// [`InterviewError::Wrong`] names every field to be mended; [`InterviewError::Conflict`] holds what somebody else saved;
/// [`InterviewError::NotFound`] for another firm's; [`InterviewError::Closed`].
pub async fn save(
    member: &FirmMember,
    id: ApplicationId,
    form: &Fields,
    version: i64,
    tools: Tools<'_>,
) -> Result<(), InterviewError> {
    let fields = known(form);
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let row = applications::find(&mut tx, id).await?.ok_or(InterviewError::NotFound)?;
    if row.firm()? != member.firm() || row.stage == "withdrawn" {
        return Err(InterviewError::NotFound);
    }
    if !applications::is_live(&mut tx, row.candidate()?, row.opening()?).await? {
        return Err(InterviewError::Closed);
    }
    let wrong = wrong(&fields);
    if !wrong.is_empty() {
        return Err(InterviewError::Wrong(wrong));
    }
    if !rows::save(&mut tx, id, &fields, version, member.person(), now).await? {
        drop(tx);
        let theirs = rows::of(tools.db, id).await?;
        let is_same = theirs.fields == fields;
        return if is_same { Ok(()) } else { Err(InterviewError::Conflict(Box::new(theirs))) };
    }
    let entry = Entry {
        at: now,
        person: Some(member.person()),
        acted_as: "firm".to_owned(),
        action: "interview.save".to_owned(),
        subject_kind: "application".to_owned(),
        subject: id.to_string(),
        facts: "{}".to_owned(),
    };
    journal::add(&mut tx, &entry).await?;
    Ok(tx.commit().await?)
}

/// The fields of the form, trimmed; what is empty, and a mark that there is not, is left out.
fn known(form: &Fields) -> Fields {
    let text = |name: &String| {
        let text = form.get(name)?.replace("\r\n", "\n").trim().to_owned();
        (!text.is_empty()).then(|| (name.clone(), text))
    };
    let mark = |question: &&str| text(&mark_of(question)).filter(|(_, mark)| MARKS.contains(&mark.as_str()));
    let marks = QUESTIONS.iter().filter_map(mark);
    marks.chain(notes().filter_map(|name| text(&name))).collect()
}

/// The fields that hold words.
fn notes() -> impl Iterator<Item = String> {
    QUESTIONS.iter().map(|question| note_of(question)).chain([AGREED.to_owned()])
}

fn wrong(fields: &Fields) -> Vec<(String, Fault)> {
    let fault = |name: String| {
        let text = fields.get(&name)?;
        if text.chars().count() > LONGEST {
            return Some((name, Fault::TooLong));
        }
        // Fair selection holds whatever the contract will be.
        let mut found = wording::lint(text, Contract::Employment, Scope::Story).into_iter();
        let unlawful = |one: &wording::Finding| {
            one.severity == Severity::Error && one.article.contains("公正な採用選考")
        };
        found.find(unlawful).map(|one| (name, Fault::Unlawful(one)))
    };
    notes().filter_map(fault).collect()
}
