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
//! | [`explain`](mod@explain) | why a candidate did not get an opening; what a candidate could have had | Gonczarowski, Heffetz & Thomas |
//! | [`formats`] | market files other tools read and write | |
//!
//! Useful for: one round of a two-sided market whose lists are known. Not useful for: scores (rank them first),
//! couples, regional caps and the lattice between the two extremes, which are not built yet.

mod applications;
pub mod audit;
pub mod deferred_acceptance;
mod exact;
pub mod explain;
pub mod formats;
pub mod largest;
mod lists;
pub mod market;
pub mod matching;
pub mod obstacle;
pub mod promotion;
mod seating;
pub mod strong;
pub mod super_stable;
pub mod ties;

pub use audit::{Audit, audit};
pub use deferred_acceptance::{Outcome, candidate_optimal, opening_optimal};
pub use explain::{Answer, Explanation, explain, menu};
pub use largest::{Ended, Largest, largest_weakly_stable};
pub use lists::Lists;
pub use market::{Dropped, Edge, Market, MarketBuilder, MarketError, Preferences, Side, StrictMarket};
pub use matching::Matching;
pub use obstacle::{Obstacle, Why};
pub use promotion::promotion;
pub use strong::strongly_stable;
pub use super_stable::super_stable;
pub use ties::{Lottery, break_ties};

/// The number of a candidate in its market, from 0 in the order the market was told of them.
pub type Candidate = u32;
/// The number of an opening in its market, from 0 in the order the market was told of them.
pub type Opening = u32;

/// The example of the README runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
