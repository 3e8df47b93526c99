//! People who may do something here: how they come in, their sessions, and the permission values that the workrooms ask
//! for; participants with their one-time links.
//!
//! A permission is a value that only a checked look-up makes: a function that writes takes `&FirmMember` instead of asking
//! who is there. Time and chance come in as arguments. Not useful for deciding what somebody may see of a round: that is
//! the round's own rule.

mod error;
pub mod links;
mod operator;
mod password;
mod permissions;
mod register;
mod secret;
mod sessions;
mod setup;
mod throttle;
mod tools;

pub use error::{AccountError, Fault};
pub use links::Participant;
pub use operator::{NewDesk, Operator, create_operator};
pub use permissions::{
    Administrator, CandidateHand, CandidateSelf, FirmHand, FirmMember, PartnerMember, Secretariat, SignedIn,
};
pub use register::{NewAccount, create_account};
pub use secret::{Chance, SystemChance, Token};
pub use sessions::{From, log_in, log_out, signed_in, was_signed_in};
pub use setup::{Setup, set_up, setup_code};
pub use tools::Tools;
