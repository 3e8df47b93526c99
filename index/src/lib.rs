//! Japanese full-text index of openings and profiles.
//!
//! Useful for: finding documents by words as people type them, counting facets over what was found, marking what was
//! found in the original texts, and text similarity for shortlists. Not useful for: permissions, hard conditions of a
//! match, or the truth, which is in the database: an index can be thrown away and built again at any time.
//!
//! A question's way: [`Query`] → `plan` (words, synonyms, typing errors) → `clause` (tantivy's queries) → `collect` (one
//! pass: total, facets, order) → `page` → `mark` (highlights, reasons) → [`Answer`]. A document's way: [`Document`] → `schema` →
//! [`Writer`] → a commit that holds the position of the outbox.
//!
//! ```
//! use migiude_index::{Document, Index, Kind, Query, Reason};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dir = tempfile::tempdir()?;
//! let index = Index::create(&dir.path().join("index"))?;
//! let mut writer = index.writer()?;
//! writer.put(&Document {
//!     kind: Kind::Opening,
//!     id: "M-001".into(),
//!     title: "週1日から、蔵元の番頭を募集".into(),
//!     strong: vec!["酒造業".into()],
//!     text: "社長の右腕として新しい売り先を探す仕事です。".into(),
//!     shown: true,
//!     facets: vec![("pref".into(), vec!["山口県".into()])],
//!     marks: vec![],
//!     posted_at: 1_790_000_000_000,
//!     closes_at: None,
//! });
//! writer.commit(17)?;
//!
//! let answer = index.search(&Query::new(Kind::Opening, "番頭　週一　酒"))?;
//! assert_eq!(answer.total, 1);
//! assert_eq!(answer.facets, [("pref".into(), vec![("山口県".into(), 1)])]);
//! assert!(answer.hits[0].title.iter().any(|span| span.marked && span.text == "番頭"));
//! assert_eq!(answer.hits[0].reasons[2], Reason::Synonym { asked: "酒".into(), found: "蔵元".into() });
//! assert_eq!(index.position(), 17);
//! # Ok(())
//! # }
//! ```
//!
//! | module | thought |
//! |---|---|
//! | `normalise` | one spelling for the same word, with the way back to the original |
//! | `okurigana` | one form for 引継ぎ and 引き継ぎ |
//! | `dictionary`, `readings` | the slim IPADIC inside the program, and its nouns by how they are read |
//! | `analysis`, `lexicon` | the words of a text, and all words that occur, to be looked through by their characters |
//! | `synonyms`, `terms` | what means the same, what must stay apart, and where it stands in a text |
//! | `slips`, `suggest` | what may have been meant, and how a word may go on |
//! | `plan`, `asked`, `pattern` | a question taken apart, what counts as having a word, and what that is worth |
//! | `collect`, `columns`, `page` | one pass over what is found, what it reads of each document, and a page cut out |
//! | `mark`, `traces` | where the words stand in a hit, and which of its sentences can have them |
//! | `check` | whether an index on disk is what was written |
//! | `snapshot` | folders, doubts, replacement |
//! | `shortlist` | how far texts of one collection resemble those of another |

mod analysis;
mod asked;
mod check;
mod clause;
mod collect;
mod columns;
mod dictionary;
mod document;
mod encoded;
mod lexicon;
mod mark;
mod normalise;
mod okurigana;
mod page;
mod pattern;
mod plan;
mod processors;
mod readings;
mod schema;
mod search;
mod shortlist;
mod slips;
mod snapshot;
mod statistics;
mod suggest;
mod synonyms;
mod terms;
mod traces;
mod writer;

pub use document::{Answer, BadCursor, Cursor, Document, Hit, Kind, Note, Page, Query, Reason, Sort, Span};
pub use normalise::normalise;
pub use plan::split;
pub use shortlist::{Resemblance, Side};
pub use snapshot::{Doubt, Index, IndexError, replace};
pub use suggest::Suggestion;
pub use synonyms::{Group, Synonyms};
pub use writer::Writer;
