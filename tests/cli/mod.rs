//! The command line, by its verbs.

mod bad_input;
mod help;
mod judge;
mod lattice;
mod letters;
mod market_files;
mod mechanisms;
mod settings;
mod solve;
