//! Japanese full-text index of openings and profiles.
//!
//! Useful for: finding documents by words as people type them, counting facets over what was found, marking what was
//! found in the original texts, and text similarity for shortlists. Not useful for: permissions, hard conditions of a
//! match, or the truth, which is in the database: an index can be thrown away and built again at any time.
//!
//! A question's way: [`Query`] → `plan` (words, synonyms, typing errors) → `clause` (tantivy's queries) → `collect` (one
//! pass: total, facets, order) → `mark` (highlights, reasons) → [`Answer`]. A document's way: [`Document`] → `schema` →
//! [`Writer`] → a commit that holds the position of the outbox.
//!
//! | module | thought |
//! |---|---|
//! | `normalise` | one spelling for the same word, with the way back to the original |
//! | `dictionary` | the slim IPADIC inside the program |
//! | `analysis`, `grams` | the words of a text, and how pairs of characters lie to them |
//! | `synonyms` | what means the same, and what must stay apart |
//! | `check` | whether an index on disk is what was written |
//! | `snapshot` | folders, doubts, replacement |
//! | `shortlist` | texts that resemble a text |

mod analysis;
mod check;
mod clause;
mod collect;
mod dictionary;
mod document;
mod encoded;
mod grams;
mod mark;
mod normalise;
mod plan;
mod schema;
mod search;
mod shortlist;
mod snapshot;
mod synonyms;
mod writer;

pub use document::{Answer, Document, Hit, Kind, Note, Query, Reason, Sort, Span};
pub use normalise::normalise;
pub use snapshot::{Doubt, Index, IndexError, replace};
pub use synonyms::{Group, Synonyms};
pub use writer::Writer;
