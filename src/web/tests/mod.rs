//! The site as its readers meet it: requests in, pages out, over a real database in a temporary folder.

mod accounts;
mod any_question;
mod contracts;
mod desk;
mod errors;
mod firm_profile;
mod fitting;
mod house;
mod late;
mod letters;
mod look;
mod matrix;
mod messages;
mod operators;
mod outer;
mod outside;
mod participants;
mod policy;
mod postings;
mod profiles;
mod proposals;
mod public;
mod rankings;
mod rounds;
mod searches;
mod second;
mod sheets;
mod talks;
mod templates;
mod typing;
mod visits;
mod words;
mod world;

use house::{Answer, Site};
