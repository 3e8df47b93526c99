//! The command line, by its verbs.

mod market_files;
