//! Stable matching with quotas (Hospitals/Residents): numbers in, numbers out.
//!
//! No clock, no chance, no input or output: a lottery is an argument, market files are read from text and
//! written to text, and the same market with the same lottery gives the same bytes.
//!
//! | file | what | source |
//! |---|---|---|
//! | **the market** | | |
//! | [`market`] | two sides, quotas and preference lists in one compact form; the one door | |
//! | [`matching`] | who got which opening, or which openings | |
//! | [`components`](mod@components) | the parts of a market that have nothing to do with each other, solved apart and side by side | |
//! | **the extremes and what lies between** | | |
//! | [`deferred_acceptance`] | the stable matching best for the candidates, or best for the openings | Gale & Shapley 1962; McVitie & Wilson 1971; Roth 1984 |
//! | [`rotations`] | the steps from one stable matching to the next, and which must come before which | Irving & Leather 1986; Gusfield & Irving 1989 |
//! | [`lattice`] | all stable matchings at once: labels of pairs, how many, one by one | Gusfield 1987; Irving & Leather 1986 |
//! | [`optimum`](mod@optimum) | the best of them by any weights, with pairs forced and forbidden | Irving, Leather & Gusfield 1987 |
//! | [`regret`] | the one whose worst rank is best | Gusfield 1987 |
//! | [`balanced`](mod@balanced) | compromises between the sides, exact or with a bound | Feder 1995; Gusfield & Irving 1989 |
//! | [`median`](mod@median) | everybody's middle choice among all of them | Teo & Sethuraman 1998 |
//! | **ties** | | |
//! | [`ties`] | one recorded lottery that makes weak lists strict | Steele, Lea & Flood 2014; Fisher–Yates |
//! | [`promotion`](mod@promotion) | fewer people unplaced, at the price of truth | Király 2013 |
//! | [`largest`] | the most people placed, or a proven bound | Delorme et al. 2019; Irving & Manlove 2008 |
//! | [`strong`] | strongly stable, or who stands in the way | Irving, Manlove & Scott 2003 |
//! | [`super_stable`](mod@super_stable) | stable however ties are broken, or who stands in the way | Irving, Manlove & Scott 2000 |
//! | **more than two lists** | | |
//! | [`couples`] | joint lists over pairs of openings: stable, or a proof, the fewest blocks, the fewest extra seats | McDermid & Manlove 2010; Roth & Peranson 1999; Manlove, McBride & Trimble 2017 |
//! | [`caps`] | regional caps with targets and an order, at nested levels | Kamada & Kojima 2015, 2018; Goto et al. 2017 |
//! | [`floors`] | so many people at least in each region, and who pays for it | Fragiadakis et al. 2015; Goto et al. 2016; Yokoi 2020 |
//! | [`slots`] | candidates with several slots: the pairwise-stable matching best for one side | Roth 1984; Blair 1988 |
//! | [`days`] | candidates who take several days of an opening: an exact search, and an answer that always exists | McDermid & Manlove 2010; Dean, Goemans & Immorlica 2006 |
//! | **afterwards** | | |
//! | [`explain`](mod@explain) | why a candidate did not get an opening, for one pair or a whole round; what a participant may be told | |
//! | [`menus`] | what a candidate could have had, for a whole round; "if you had ranked X first" | Gonczarowski, Heffetz & Thomas |
//! | [`rematch`] | repairs after declines: freeze and match the rest, or vacancy chains | Blum, Roth & Rothblum 1997; Wu & Roth 2018 |
//! | [`strategy`] | where truth may not have been the best reply: caps, room, openings' gains, a score that both sides share | Sönmez 1997; Roth & Peranson 1999 |
//! | [`comparisons`] | other ways of placing people, to be held beside: maximum weight and cardinality, dictatorships, first come | Hopcroft & Karp 1973; Kuhn 1955 |
//! | **checks** | | |
//! | [`audit`](mod@audit) | validity, blocking pairs, rank statistics, for each kind of market; names no algorithm | Gusfield & Irving 1989 |
//! | [`certificate`] | the cutoffs that prove a matching stable, and their check | Azevedo & Leshno 2016 |
//! | [`formats`] | market files other tools read and write | |
//!
//! Useful for: one round of a two-sided market whose lists are known. Not useful for: scores (rank them first),
//! prices, and exchanges without two sides.

mod applications;
pub mod audit;
pub mod balanced;
pub mod caps;
pub mod certificate;
pub mod comparisons;
pub mod components;
pub mod couples;
pub mod days;
mod deferral;
pub mod deferred_acceptance;
mod exact;
pub mod explain;
pub mod floors;
mod flow;
pub mod formats;
pub mod largest;
pub mod lattice;
mod lists;
pub mod market;
pub mod matching;
pub mod median;
pub mod menus;
pub mod obstacle;
mod offers;
pub mod optimum;
mod places;
mod poset;
pub mod promotion;
pub mod regret;
pub mod rematch;
pub mod rotations;
mod seating;
pub mod slots;
pub mod strategy;
pub mod strong;
pub mod super_stable;
pub mod ties;

pub use audit::couples::{Blocking, CoupledAudit, audit_couples};
pub use audit::{Audit, audit};
pub use balanced::{Compromise, balanced, sex_equal};
pub use caps::{Region, Regions, RegionsError, flexible_deferred_acceptance};
pub use certificate::Certificate;
pub use components::{Component, Components, components, solve_apart};
pub use couples::{Couple, CoupledMarket, CouplesAnswer, CouplesError, Otherwise, match_couples};
pub use deferred_acceptance::{Outcome, candidate_optimal, opening_optimal};
pub use explain::{Answer, Explanation, ForParticipant, Reasons, explain};
pub use floors::extended_seat_deferred_acceptance;
pub use largest::{Ended, Largest, largest_weakly_stable};
pub use lattice::{Count, Label, Lattice, Matchings, Move, StablePairs};
pub use lists::Lists;
pub use market::{Dropped, Edge, Market, MarketBuilder, MarketError, Preferences, Side, StrictMarket};
pub use matching::{ManyMatching, Matching};
pub use median::{Median, median};
pub use menus::{Menus, menu};
pub use obstacle::{Obstacle, Why};
pub use optimum::{NoOptimum, Optimum, Pair, Weight, Wish, both_ranks, moved_from, optimum};
pub use promotion::promotion;
pub use regret::{LeastRegret, minimum_regret};
pub use rotations::Rotation;
pub use slots::{ManyOutcome, SlotsError};
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
