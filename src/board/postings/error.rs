use super::{Finding, Posting};
use crate::store::StoreError;
use crate::texts::Lang;

/// Why an opening does not move on.
#[derive(Debug, thiserror::Error)]
pub enum PostingError {
    /// There is no such opening, or it is another firm's: the answer is the same.
    #[error("there is no such opening")]
    NotFound,
    /// Somebody else saved meanwhile; here is what they saved.
    #[error("somebody else saved meanwhile")]
    Conflict(Box<Posting>),
    /// Something stands against it.
    #[error("{} findings stand against it", .0.len())]
    Findings(Vec<Finding>),
    /// The firm has not agreed to be named, its number is missing, or nobody said who has been told.
    #[error("the firm is not ready to be named")]
    NotOpen,
    /// Written by proxy, and nobody has said who of the firm confirmed it.
    #[error("nobody of the firm has confirmed what was written for it")]
    NotConfirmed,
    /// The stage of the opening does not allow it; the page is older than that.
    #[error("the stage of the opening does not allow it")]
    WrongStage,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PostingError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("postings-not-found"),
            Self::Conflict(_) => lang.say("postings-conflict"),
            Self::Findings(findings) => lang.say_with("postings-findings", &[("count", &findings.len())]),
            Self::NotOpen => lang.say("postings-not-open"),
            Self::NotConfirmed => lang.say("postings-not-confirmed"),
            Self::WrongStage => lang.say("postings-wrong-stage"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}
