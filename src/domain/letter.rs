//! What we write to people about. A letter says what happened, what to do, until when, and where; it never holds a
//! ranking, a result, or what one side entrusted to us about itself.

use serde::{Deserialize, Serialize};

use super::{PersonId, RoleKind};

/// To whom a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Somebody with an account; none while an address is only being verified or invited.
    pub person: Option<PersonId>,
    /// The mail address.
    pub address: String,
    /// `ja` or `en`.
    pub lang: String,
}

/// A letter as it is asked for: its kind and its facts. `path` is always a path of ours (`/me`), instants are
/// milliseconds since 1970. The words are the mail room's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "what a fact is follows from its name and the sentence of its kind")]
pub enum Letter {
    /// To finish registering.
    Register { path: String },
    /// Somebody tried to register with the address of an account.
    AlreadyRegistered,
    /// To take up a role.
    Invitation { by: String, role: RoleKind, place: Option<String>, path: String },
    /// To choose a new password.
    Recover { path: String },
    /// Something about the way in was changed: `password`, `passkey`, `second-factor`, `mail`, `recovery-codes`.
    SecurityChanged { what: String },
    /// A firm asks the desk to look at an opening.
    PostingSubmitted { firm: String, title: String, path: String },
    /// The desk gave an opening back.
    PostingReturned { title: String, note: String, path: String },
    /// The desk approved an opening; it is public from `publish_at` on.
    PostingApproved { title: String, publish_at: i64, path: String },
    /// Nobody has confirmed for a while that an opening still holds; it ends at `expires_at`.
    PostingStale { title: String, expires_at: i64, path: String },
    /// An opening was taken off because nobody confirmed it.
    PostingExpired { title: String, path: String },
    /// Somebody applied.
    ApplicationReceived { title: String, answer_by: i64, path: String },
    /// An application moved on.
    ApplicationMoved { title: String, path: String },
    /// An answer is owed.
    AnswerDue { title: String, answer_by: i64, path: String },
    /// There is something to read.
    MessageWaiting { title: String, path: String },
    /// A visit is booked.
    VisitBooked { title: String, slot: String, starts_at: i64, ends_at: i64, place: String, path: String },
    /// A booked visit does not take place.
    VisitCancelled { title: String, slot: String, starts_at: i64, ends_at: i64, place: String, path: String },
    /// To the firm: somebody booked a time it offers, or gave it up again.
    BookingsMoved { title: String, starts_at: i64, ends_at: i64, place: String, path: String },
    /// To the firm: a candidate handed in a proposal, or a new version of it.
    ProposalReceived { title: String, path: String },
    /// A list was certified. How many entries, never which.
    ListCertified { round: i64, number: String, ranks: u32, commitment: String, at: i64, path: String },
    /// A certified list was changed and does not count until it is certified again.
    ListUncertified { round: i64, closes_at: i64, path: String },
    /// Lists of a round close soon and this one is not certified.
    RoundCloses { round: i64, closes_at: i64, path: String },
    /// Somebody wants to move together with the reader.
    CoupleAsked { path: String },
    /// The other one agreed to move together.
    CoupleAgreed { path: String },
    /// To confirm that the reader wants to be told what is new for a question.
    AlertConfirm { label: String, path: String },
    /// What newly fits a question, the first of it; `more` that stand behind `path` only.
    Alert { alert: String, label: String, told: Vec<Told>, more: u64, path: String },
    /// Letters about a question end soon unless the reader goes on.
    AlertEnding { alert: String, label: String, ends_at: i64, path: String },
    /// Letters about a question have ended.
    AlertEnded { alert: String, label: String, path: String },
    /// What we knew of the reader is deleted.
    Deleted,
    /// Written by the desk.
    Plain { subject: String, body: String },
}

/// An opening that a letter tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its title.
    pub title: String,
    /// The firm.
    pub firm: String,
    /// Where the firm is.
    pub place: String,
    /// Why it fits, in the reader's language.
    pub reasons: Vec<String>,
    /// Its page.
    pub path: String,
}

impl Letter {
    /// The kept question that a letter is about.
    pub fn alert(&self) -> Option<&str> {
        match self {
            Self::Alert { alert, .. } | Self::AlertEnding { alert, .. } | Self::AlertEnded { alert, .. } => {
                Some(alert)
            }
            _ => None,
        }
    }

    /// Whether the reader can end letters of this kind with one press, and what ends then: everything that the desk writes
    /// to many, or what is told about one question. What is about one's own matters does not end.
    pub fn stops(&self) -> Option<Stops> {
        match self {
            Self::Plain { .. } => Some(Stops::Many),
            // After the end, too: whoever has begun again may stop by the same letter.
            Self::Alert { .. } | Self::AlertEnding { .. } | Self::AlertEnded { .. } => Some(Stops::Alert),
            _ => None,
        }
    }
}

/// What ends when the reader of a letter wants no more such letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// Letters to many.
    Many,
    /// What is told about its question.
    Alert,
}
