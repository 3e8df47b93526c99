//! The site as its readers meet it: requests in, pages out, over a real database in a temporary folder.

mod errors;
mod house;
mod letters;
mod matrix;
mod operators;
mod participants;
mod policy;
mod public;
mod rounds;
mod world;

use house::{Answer, Site};
