//! Memory: the only SQL of the house, one file a family of tables.
//!
//! Writes take a [`Tx`] and become true together at [`Tx::commit`]; reads take a [`Db`]. The outbox is written in
//! the transaction of the change that it tells of.

pub mod accounts;
pub mod alerts;
pub mod applications;
mod bulk;
pub mod consents;
pub mod couples;
mod db;
pub mod desk;
pub mod drafts;
mod error;
pub mod factors;
pub mod interviews;
pub mod journal;
pub mod leaving;
pub mod letters;
pub mod newest;
pub mod outbox;
pub mod partners;
pub mod people;
#[cfg(test)]
#[path = "../../tests/house/postgres.rs"]
pub(crate) mod postgres;
pub mod postings;
pub mod proposals;
pub mod rankings;
pub mod region;
pub mod rounds;
pub mod sessions;
pub mod shown;
pub mod tally;
pub mod templates;
pub mod threads;
pub mod tickets;
pub mod timeline;
pub mod uploads;
pub mod visits;
pub mod walk;
pub mod weights;
pub mod words;

pub use db::{Db, Tx};
pub(crate) use db::{in_tx, reading};
pub use error::StoreError;
