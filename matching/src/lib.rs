//! Stable matching with quotas (Hospitals/Residents): numbers in, numbers out.
//!
//! No clock, no chance, no input or output: a lottery is an argument, market files are read from text and
//! written to text, and the same market with the same lottery gives the same bytes.
//!
//! | file | what | source |
//! |---|---|---|
//! | [`market`] | two sides, quotas and preference lists in one compact form; the one door | |
//! | [`matching`] | who got which opening | |
//! | [`ties`] | one recorded lottery that makes weak lists strict | Steele, Lea & Flood 2014; Fisher–Yates |
//! | [`deferred_acceptance`] | the stable matching best for the candidates, or best for the openings | Gale & Shapley 1962; McVitie & Wilson 1971; Roth 1984 |
//! | [`audit`](mod@audit) | validity, blocking pairs, rank statistics; names no algorithm | Gusfield & Irving 1989 |
//! | [`explain`](mod@explain) | why a candidate did not get an opening, for one pair or a whole round; what a participant may be told | |
//! | [`menus`] | what a candidate could have had, for a whole round; "if you had ranked X first" | Gonczarowski, Heffetz & Thomas |
//! | [`rematch`] | repairs after declines: freeze and match the rest, or vacancy chains | Blum, Roth & Rothblum 1997; Wu & Roth 2018 |
//! | [`certificate`] | the cutoffs that prove a matching stable, and their check | Azevedo & Leshno 2016 |
//! | [`comparisons`] | other ways of placing people, to be held beside: maximum weight and cardinality, dictatorships, first come | Hopcroft & Karp 1973; Kuhn 1955 |
//! | [`strategy`] | where truth may not have been the best reply: caps, room, openings' gains, a score that both sides share | Sönmez 1997; Roth & Peranson 1999 |
//! | [`formats`] | market files other tools read and write | |
//!
//! Useful for: one round of a two-sided market whose lists are known. Not useful for: scores (rank them first),
//! couples, regional caps and the lattice between the two extremes, which are not built yet.

pub mod audit;
pub mod certificate;
pub mod comparisons;
pub mod deferred_acceptance;
pub mod explain;
mod flow;
pub mod formats;
mod lists;
pub mod market;
pub mod matching;
pub mod menus;
mod offers;
pub mod rematch;
pub mod strategy;
pub mod ties;

pub use audit::{Audit, audit};
pub use certificate::Certificate;
pub use deferred_acceptance::{Outcome, candidate_optimal, opening_optimal};
pub use explain::{Answer, Explanation, ForParticipant, Reasons, explain};
pub use lists::Lists;
pub use market::{Dropped, Edge, Market, MarketBuilder, MarketError, Preferences, Side, StrictMarket};
pub use matching::Matching;
pub use menus::{Menus, menu};
pub use ties::{Lottery, break_ties};

/// The number of a candidate in its market, from 0 in the order the market was told of them.
pub type Candidate = u32;
/// The number of an opening in its market, from 0 in the order the market was told of them.
pub type Opening = u32;

/// The example of the README runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
