use std::path::PathBuf;

use migiude_index::IndexError;

use super::facets::{Facet, Side};
use crate::store::StoreError;
use crate::texts::Lang;

/// Why a search, a feeding or a rebuild came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The question cannot be asked so. Nobody's fault but the asker's.
    #[error(transparent)]
    Question(#[from] BadFilter),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index failed, and making it anew did not help.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The folder of the index cannot be used.
    #[error("the search index in {} cannot be written: {source}", .at.display())]
    Disk {
        /// The folder or file.
        at: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The program is ending.
    #[error("the search was interrupted")]
    Interrupted,
}

/// A filter that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFilter {
    /// Not a name and a value.
    #[error("the filter {typed} is not of the form name=value")]
    Unreadable {
        /// As typed.
        typed: String,
        /// The collection that was asked.
        side: Side,
    },
    /// No facet of this name in this collection.
    #[error("there is no filter {name}")]
    Name {
        /// As typed.
        name: String,
        /// The collection that was asked.
        side: Side,
    },
    /// The facet has no such value.
    #[error("the filter {} has no value {value}", .facet.name())]
    Value {
        /// The facet.
        facet: Facet,
        /// As typed.
        value: String,
        /// The collection that was asked.
        side: Side,
    },
}

impl SearchError {
    /// Whether the asker can mend it by asking otherwise.
    pub fn is_bad_question(&self) -> bool {
        matches!(self, Self::Question(_))
    }

    /// What happened, without anything that a record says: a reader's word on a damaged one may repeat it.
    pub fn in_a_log(&self) -> String {
        match self {
            Self::Store(StoreError::Damaged { what, id, .. }) => format!("stored {what} {id} cannot be read"),
            other => other.to_string(),
        }
    }

    /// What happened and what to do, for people.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Question(bad) => bad.say(lang),
            Self::Store(cause) => lang.say_with("search-store", &[("cause", cause)]),
            Self::Index(IndexError::Busy) => lang.say("search-busy"),
            Self::Index(cause) => lang.say_with("search-index", &[("cause", cause)]),
            Self::Disk { at, source } => {
                lang.say_with("search-disk", &[("at", &at.display()), ("cause", source)])
            }
            Self::Interrupted => lang.say("search-interrupted"),
        }
    }
}

impl BadFilter {
    /// What is wrong and what can be typed instead.
    pub fn say(&self, lang: Lang) -> String {
        let between = lang.pick("、", ", ");
        let names =
            |side: &Side| side.facets().iter().map(|facet| facet.name()).collect::<Vec<_>>().join(between);
        match self {
            Self::Unreadable { typed, side } => {
                lang.say_with("search-bad-filter", &[("typed", typed), ("known", &names(side))])
            }
            Self::Name { name, side } => {
                let known = names(side);
                lang.say_with("search-bad-filter-name", &[("name", name), ("known", &known)])
            }
            Self::Value { facet, value, side } => {
                let known = facet.known(*side, lang).join(between);
                let facet = facet.name();
                lang.say_with(
                    "search-bad-filter-value",
                    &[("facet", &facet), ("value", value), ("known", &known)],
                )
            }
        }
    }
}
