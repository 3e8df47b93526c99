//! The command line, by its verbs.

mod bad_input;
mod help;
mod market_files;
mod solve;
