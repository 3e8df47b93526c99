use super::Form;
use super::error::PostingError;
use crate::domain::{FirmId, OpeningId};
use crate::store::Db;
use crate::store::postings::{self as rows, Row};

pub use crate::store::postings::{Queued, Version};

/// How far an opening has come, with what is true from there on. Instants are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Waits for the desk.
    Submitted {
        /// Since when.
        at: i64,
    },
    /// The desk gave it back.
    Returned {
        /// What the desk says.
        note: String,
    },
    /// Approved; not public yet.
    Scheduled {
        /// From when on it is.
        publish_at: i64,
    },
    /// Public.
    Published {
        /// Since when.
        at: i64,
        /// As of when the firm last said that everything holds.
        confirmed_at: i64,
        /// Until when, without another such word.
        expires_at: i64,
    },
    /// Taken down; may come back.
    Unpublished,
    /// Over.
    Closed,
}

/// An opening that is written in the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Of the opening.
    pub id: OpeningId,
    /// Whose it is.
    pub firm: FirmId,
    /// What was last saved.
    pub form: Form,
    /// Its number: who saves names the version they began from.
    pub version: i64,
    /// The version that the public sees, if any.
    pub published_version: Option<i64>,
    /// A change of a public opening waits for the desk.
    pub is_waiting: bool,
    /// How far it has come.
    pub stage: Stage,
    /// When it was last changed.
    pub updated_at: i64,
}

impl Posting {
    pub(super) fn of(row: Row) -> Result<Self, PostingError> {
        let Row { stage, review_note, publish_at, published_at, confirmed_at, expires_at, .. } = &row;
        let is_waiting = row.submitted_at.is_some();
        let stage = match stage.as_str() {
            "submitted" => Stage::Submitted { at: row.submitted_at.unwrap_or(row.updated_at) },
            "returned" => Stage::Returned { note: review_note.clone().unwrap_or_default() },
            "scheduled" => Stage::Scheduled { publish_at: publish_at.unwrap_or(row.updated_at) },
            "published" => Stage::Published {
                at: published_at.unwrap_or(row.updated_at),
                confirmed_at: confirmed_at.unwrap_or(row.updated_at),
                expires_at: expires_at.unwrap_or(i64::MAX),
            },
            "unpublished" => Stage::Unpublished,
            "closed" => Stage::Closed,
            _ => Stage::Draft,
        };
        Ok(Self {
            id: row.opening()?,
            firm: row.firm()?,
            form: row.form()?,
            version: row.version,
            published_version: row.published_version,
            is_waiting,
            updated_at: row.updated_at,
            stage,
        })
    }

    /// Its heading, or an empty text while it has none.
    pub fn title(&self) -> &str {
        self.form.get("title").map(String::as_str).unwrap_or_default()
    }

    /// Whether typing alone may change it: neither the desk nor a day waits for it as it is.
    pub fn keeps_typing(&self) -> bool {
        !self.is_waiting && !matches!(self.stage, Stage::Scheduled { .. } | Stage::Closed)
    }

    /// Whether something was saved since the public saw it.
    pub fn has_changes(&self) -> bool {
        self.published_version.is_some_and(|published| published < self.version)
    }
}

/// The posting of this opening, if it is this firm's.
///
/// # Errors
/// [`PostingError::NotFound`].
pub async fn find(db: &Db, firm: FirmId, id: OpeningId) -> Result<Posting, PostingError> {
    let row = rows::find(db, id).await?.ok_or(PostingError::NotFound)?;
    let posting = Posting::of(row)?;
    if posting.firm == firm { Ok(posting) } else { Err(PostingError::NotFound) }
}

/// Every posting of a firm, the latest changed first.
pub async fn of_firm(db: &Db, firm: FirmId) -> Result<Vec<Posting>, PostingError> {
    rows::of_firm(db, firm).await?.into_iter().map(Posting::of).collect()
}

/// What waits for the desk, the oldest first.
pub async fn queue(db: &Db) -> Result<Vec<Queued>, PostingError> {
    Ok(rows::queue(db).await?)
}

/// Every version of an opening of this firm, the latest first.
///
/// # Errors
/// [`PostingError::NotFound`].
pub async fn versions(db: &Db, firm: FirmId, id: OpeningId) -> Result<Vec<Version>, PostingError> {
    find(db, firm, id).await?;
    Ok(rows::versions(db, id).await?)
}
