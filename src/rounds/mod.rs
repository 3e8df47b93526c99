//! A round in motion: lists are frozen, matched, audited and proposed; the operator compares and publishes.
//!
//! ```text
//! lists, seats, eligibility ──freeze──▶ Frozen          (stored, sealed, never changed)
//!                              ──market──▶ Market        (ids ↔ numbers)
//!                              ──propose──▶ Proposal     (pure; stored with its audit, names its parent)
//!                              ──compare──▶ who differs  (the operator reads)
//!                              ──publish──▶ placements   (one transaction; refuses what is not clean)
//! ```
//! Useful for everything between certified lists and published pairs. Not useful for what comes after a placement
//! (trials), nor for market files (the file commands read those).
//!
//! A function that writes asks for the [`Operator`](crate::accounts::Operator). A number of none means the
//! latest round. A round with a window (`board::rankings`) is held on certified lists alone, and those stay sealed: see
//! `sealed.rs`. Every step is one transaction: whoever is interrupted finds the state before it, or after it.

mod checklist;
mod compare;
mod eligibility;
mod error;
mod explain;
mod export;
mod freeze;
mod market;
mod propose;
mod publish;
mod sealed;
mod show;
mod steps;
#[cfg(test)]
mod tests;

pub use checklist::checklist;
pub use compare::{Change, Comparison, Figures, Move, compare};
pub use error::{ErrorKind, RoundError};
pub use explain::{Outcome, ResultView, result_for};
pub use export::{Format, export};
pub use propose::propose;
pub use publish::{Publication, publish};
pub use show::{PairView, Times, View, show};
pub use steps::{freeze, list, new, round, run};

pub use crate::store::rounds::Summary;
