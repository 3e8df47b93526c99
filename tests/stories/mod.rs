//! What happens to people and firms in a town, told through the command line.

mod demo;
mod killed;
mod sealed;
mod spine;
