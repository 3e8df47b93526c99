//! People who may do something here: operators with their log-ins and sessions, participants with their one-time
//! links, and the permission values that the workrooms ask for.
//!
//! A permission is a value that only a checked look-up makes: a function that writes takes `&Operator` instead of
//! asking who is there. Time and chance come in as arguments. Not useful for deciding what an operator may see of
//! a round: that is the round's own rule.

mod error;
pub mod links;
mod operator;
mod password;
mod secret;
mod sessions;
mod setup;
mod throttle;

pub use error::{AccountError, Fault};
pub use links::Participant;
pub use operator::{NewDesk, Operator, create_operator};
pub use secret::{Chance, SystemChance, Token};
pub use sessions::{log_in, log_out, operator};
pub use setup::{Setup, set_up, setup_code};
