//! Migiude (右腕): from a coordinator's spreadsheets to published pairings.
//!
//! The rooms and who may name whom are drawn in `ARCHITECTURE.md`; `tests/tidy.rs` holds the drawing true.

pub mod accounts;
pub mod app;
pub mod board;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod domain;
pub mod intake;
pub mod jobs;
pub mod mail;
pub mod rounds;
pub mod rules;
pub mod search;
pub mod store;
pub mod texts;
pub mod web;
