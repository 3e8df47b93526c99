//! How a command ends when it does not end well: a sentence and an exit code.

use crate::store::StoreError;
use crate::texts::Lang;

/// Done.
pub const DONE: u8 = 0;
/// The answer is no.
pub const NO: u8 = 1;
/// Bad input, or surroundings in which the command cannot work.
pub const BAD_INPUT: u8 = 2;

/// A command's refusal, already in the user's language.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// What, where, and what to do next.
    pub message: String,
}

impl Failure {
    /// The answer is no.
    pub fn no(message: impl Into<String>) -> Self {
        Self { code: NO, message: message.into() }
    }

    /// The input or the surroundings are not usable.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self { code: BAD_INPUT, message: message.into() }
    }

    /// What the store refused, with the way out.
    pub fn of_store(error: &StoreError, lang: Lang) -> Self {
        let message = match error {
            StoreError::Unreachable { at, cause } => {
                lang.say_with("store-unreachable", &[("at", at), ("cause", cause)])
            }
            StoreError::BadUrl { cause } => lang.say_with("store-bad-url", &[("cause", cause)]),
            StoreError::OldEngine { found, needed } => {
                lang.say_with("store-old-engine", &[("found", found), ("needed", needed)])
            }
            StoreError::Migration(cause) => lang.say_with("store-migration", &[("cause", cause)]),
            StoreError::Busy => lang.say("store-busy"),
            StoreError::Damaged { what, id, cause } => {
                lang.say_with("store-damaged", &[("what", what), ("id", id), ("cause", cause)])
            }
            StoreError::Sql(cause) => lang.say_with("store-sql", &[("cause", cause)]),
        };
        Self::bad_input(message)
    }
}
