//! Memory: the only SQL of the house, one file a family of tables.
//!
//! Writes take a [`Tx`] and become true together at [`Tx::commit`]; reads take a [`Db`]. The outbox is written in
//! the transaction of the change that it tells of.

pub mod accounts;
mod bulk;
mod db;
pub mod drafts;
mod error;
pub mod journal;
pub mod letters;
pub mod outbox;
pub mod people;
pub mod region;
pub mod rounds;
pub mod sessions;
pub mod shown;
pub mod tally;

pub use db::{Db, Tx};
pub(crate) use db::{in_tx, reading};
pub use error::StoreError;
