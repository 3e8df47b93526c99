//! The second implementation, `matching/verifier/verify.py`, held against this crate.
//!
//! Both must say the same of random small markets, and every single wrong change of a good result must be refused.
//! The short runs are part of the ordinary tests. The long run, 100,000 markets in some minutes:
//! `cargo test --release -p migiude-matching --test verifier -- --ignored`

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod agreement;
#[path = "../support/dice.rs"]
mod dice;
mod files;
mod markets;
mod mutations;
mod python;
mod results;
