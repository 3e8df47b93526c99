//! What happens to people and firms in a town, told through the command line.

mod demo;
mod indexing;
mod killed;
mod replicas;
mod sealed;
mod spine;
