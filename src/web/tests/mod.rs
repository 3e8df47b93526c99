//! The site as its readers meet it: requests in, pages out, over a real database in a temporary folder.

mod accounts;
mod desk;
mod errors;
mod house;
mod letters;
mod look;
mod operators;
mod participants;
mod postings;
mod profiles;
mod public;
mod rankings;
mod rounds;
mod sheets;
mod templates;

use house::{Answer, Site};
