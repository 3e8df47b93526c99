//! Kept questions: whoever keeps one is told by mail what fits it anew, each opening once, with the reasons.
//!
//! ```text
//! keep ──▶ known from the start      look: changes since the last look ──ask──▶ not known yet ──▶ one letter
//! ```
//!
//! What is found when a question is kept is known from the start, up to [`REMEMBERED`] openings, the newest first; of a
//! question that finds more, an older opening may be told when it is next changed. After that a look asks only about the
//! openings that changed since the look before, and only takes what has every word of the question: a letter is no place
//! for a guess. What is told is written down in the transaction of the letter.
//!
//! Useful for openings and their readers. Not useful for profiles: nobody is told by mail of a person.

mod ending;
mod keep;
mod look;
mod own;
#[cfg(test)]
mod tests;

use jiff::civil::{DateTime, Weekday};
use jiff::{Timestamp, ToSpan};

pub use ending::say_endings;
pub use keep::{ask_by_mail, confirm, keep, wish};
pub use look::look;
pub use own::{change, delete, find_own, go_on_with, of_letter, own, start, stop, stop_with};

use super::{Question, SearchError, TooLong};
use crate::accounts::AccountError;
use crate::clock::in_japan;
use crate::domain::{Choice, Often};
use crate::store::StoreError;
use crate::store::alerts::AlertRow;
use crate::texts::Lang;

/// Openings that are known from the start.
pub const REMEMBERED: usize = 5_000;
/// Questions that a person may keep.
pub const OF_A_PERSON: usize = 50;
/// Questions that are told to a mail address at a time.
pub const OF_AN_ADDRESS: usize = 10;
/// Characters of a name.
const NAME: usize = 60;
/// Characters of a question as it is stored: a hundred filters.
const STORED: usize = 4_000;
/// How long an address is told without its owner going on, in milliseconds.
const LIFE: i64 = 180 * DAY;
const DAY: i64 = 24 * 60 * 60_000;

/// A kept question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Ours.
    pub id: String,
    /// As its owner calls it; empty for the words of the question.
    pub name: String,
    /// What is asked.
    pub question: Question,
    /// How often its owner is told.
    pub often: Often,
    /// When it was kept, milliseconds; all instants are.
    pub made_at: i64,
    /// Whether nothing is told any more.
    pub is_stopped: bool,
    /// When it ends unless its owner goes on; none for whoever has an account.
    pub ends_at: Option<i64>,
    /// How many openings were told.
    pub told: i64,
    /// When something was told last.
    pub told_at: Option<i64>,
}

impl Alert {
    fn read(row: AlertRow) -> Result<Self, AlertError> {
        let damaged = |cause: &str| AlertError::Damaged { id: row.id.clone(), cause: cause.to_owned() };
        let question = serde_json::from_str(&row.question).map_err(|cause| damaged(&cause.to_string()))?;
        let often = often(&row.often).ok_or_else(|| damaged(&row.often))?;
        Ok(Self {
            question,
            often,
            id: row.id,
            name: row.name,
            made_at: row.made_at,
            is_stopped: row.stopped_at.is_some(),
            ends_at: row.ends_at,
            told: row.told,
            told_at: row.told_at,
        })
    }

    /// What people call it.
    pub fn label(&self, lang: Lang) -> String {
        if self.name.is_empty() { self.question.label(lang) } else { self.name.clone() }
    }
}

/// Why a question was not kept, or nothing could be told.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// As many as one may keep.
    #[error("no more than {most} questions are kept")]
    TooMany {
        /// How many one may keep.
        most: usize,
    },
    /// The question is too long to be kept.
    #[error("the question is too long to be kept")]
    TooLong,
    /// The name is too long.
    #[error("a name has at most {NAME} characters")]
    LongName,
    /// The account has no mail address.
    #[error("the account has no mail address")]
    NoAddress,
    /// There is no such question, or it is somebody else's.
    #[error("there is no such question")]
    NotFound,
    /// The question cannot be asked, or the search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The link or the address.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored cannot be read.
    #[error("the alert {id} cannot be read: {cause}")]
    Damaged {
        /// Whose row it is.
        id: String,
        /// Why.
        cause: String,
    },
}

impl AlertError {
    /// Whether asking again would fail again.
    fn is_for_good(&self) -> bool {
        match self {
            Self::Search(cause) => cause.is_bad_question(),
            Self::Damaged { .. } => true,
            _ => false,
        }
    }

    /// What happened and what to do, where the asker can do something about it.
    pub fn say(&self, lang: Lang) -> Option<String> {
        match self {
            Self::TooMany { most } => Some(lang.say_with("alerts-too-many", &[("most", most)])),
            Self::TooLong => Some(lang.say("alerts-too-long")),
            Self::LongName => Some(lang.say_with("alerts-long-name", &[("most", &NAME)])),
            Self::NoAddress => Some(lang.say("alerts-no-address")),
            Self::Search(cause) if cause.is_bad_question() => Some(cause.say(lang)),
            _ => None,
        }
    }
}

impl From<TooLong> for AlertError {
    fn from(_: TooLong) -> Self {
        Self::TooLong
    }
}

/// How often, by its short name.
pub fn often(code: &str) -> Option<Often> {
    Often::ALL.iter().copied().find(|often| often.code() == code)
}

/// When to look next after `now_ms`: 0 for as soon as something changes, else seven in the morning in Japan.
fn next_due(often: Often, now_ms: i64) -> i64 {
    let now = Timestamp::from_millisecond(now_ms).map(in_japan).unwrap_or_default();
    let seven = now.date().at(7, 0, 0, 0);
    let next = if now < seven { seven } else { later(seven, 1) };
    match often {
        Often::AtOnce => 0,
        Often::Daily => instant(next),
        Often::Weekly => {
            let days = next.weekday().until(Weekday::Monday);
            instant(later(next, days.into()))
        }
    }
}

fn later(at: DateTime, days: i64) -> DateTime {
    at.checked_add(days.days()).unwrap_or(at)
}

fn instant(at: DateTime) -> i64 {
    jiff::tz::offset(9).to_timestamp(at).map(Timestamp::as_millisecond).unwrap_or_default()
}
