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
//! | [`caps`] | regional caps with targets and an order, at nested levels | Kamada & Kojima 2015, 2018; Goto et al. 2017 |
//! | [`floors`] | floors filled fairly, with their price; or why they cannot be | Fragiadakis et al. 2015; Goto et al. 2016; Yokoi 2020 |
//! | [`audit::caps`] | caps and floors kept, and what blocks under them | |
//! | [`audit`](mod@audit) | validity, blocking pairs, rank statistics; names no algorithm | Gusfield & Irving 1989 |
//! | [`explain`](mod@explain) | why a candidate did not get an opening; what a candidate could have had | Gonczarowski, Heffetz & Thomas |
//! | [`formats`] | market files other tools read and write | |
//!
//! Useful for: one round of a two-sided market whose lists are known. Not useful for: scores (rank them first),
//! couples, regional caps and the lattice between the two extremes, which are not built yet.

mod applications;
pub mod audit;
pub mod caps;
pub mod deferred_acceptance;
mod exact;
pub mod explain;
pub mod floors;
mod flow;
pub mod formats;
pub mod lattice;
mod lists;
pub mod market;
pub mod matching;
pub mod obstacle;
mod poset;
pub mod promotion;
pub mod rotations;
pub mod strong;
pub mod super_stable;
pub mod ties;

pub use audit::{Audit, audit};
pub use caps::{Region, Regions, RegionsError, flexible_deferred_acceptance};
pub use deferred_acceptance::{Outcome, candidate_optimal, opening_optimal};
pub use explain::{Answer, Explanation, explain, menu};
pub use floors::extended_seat_deferred_acceptance;
pub use lattice::{Lattice, Move};
pub use lists::Lists;
pub use market::{Dropped, Edge, Market, MarketBuilder, MarketError, Preferences, Side, StrictMarket};
pub use matching::Matching;
pub use obstacle::{Obstacle, Why};
pub use promotion::promotion;
pub use rotations::Rotation;
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
