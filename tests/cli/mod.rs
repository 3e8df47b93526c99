//! Through the command line.

mod bad_input;
mod help;
mod market_files;
mod solve;
