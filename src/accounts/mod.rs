//! People who may do something here: how they come in, their sessions, and the permission values that the workrooms ask
//! for; participants with their one-time links.
//!
//! A permission is a value that only a checked look-up makes: a function that writes takes `&FirmMember` instead of asking
//! who is there. Time and chance come in as arguments. Not useful for deciding what somebody may see of a round: that is
//! the round's own rule.

pub mod addresses;
mod error;
pub mod late;
pub mod links;
pub mod members;
mod operator;
pub mod own;
pub mod passkeys;
mod password;
mod permissions;
pub mod register;
pub mod second;
mod secret;
mod sessions;
mod setup;
mod throttle;
pub mod tickets;
mod tools;

pub use addresses::ConfirmedAddress;
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

use crate::domain::PersonId;
use crate::store::{Tx, journal};

/// Writes into the journal what was done to an account.
async fn note(
    tx: &mut Tx,
    by: Option<PersonId>,
    acted_as: &str,
    action: &str,
    subject: PersonId,
    now_ms: i64,
) -> Result<(), AccountError> {
    let entry = journal::Entry {
        at: now_ms,
        person: by,
        acted_as: acted_as.to_owned(),
        action: action.to_owned(),
        subject_kind: "person".to_owned(),
        subject: subject.to_string(),
        facts: "{}".to_owned(),
    };
    Ok(journal::add(tx, &entry).await?)
}
