//! The door for operators at a terminal.

pub mod index;
mod output;
pub mod search;
pub mod table;

pub use output::Output;
