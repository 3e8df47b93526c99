//! Markets in files: solved, described, audited, explained. These commands need nothing but the files they are given.

pub mod audit;
pub mod files;
pub mod lattice;
mod patience;
pub mod solve;
pub mod why;
mod words;
