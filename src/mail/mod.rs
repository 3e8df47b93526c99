//! Letters: what each kind says in Japanese and English, as text and HTML, with samples; and the ways out, to a mail server or
//! into a folder.
//!
//! Not useful for deciding that a letter is due: the rooms ask for one in the transaction that causes it
//! ([`crate::store::letters::post`]), and a job carries it here.

mod envelope;
#[cfg(test)]
mod samples;
mod ways;
mod words;

pub use envelope::{Draft, Unwritable, draw};
pub use ways::{Misfit, Sender, Trouble};
pub use words::{KINDS, Words, emptied, kind, words};
