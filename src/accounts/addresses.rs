//! Addresses of people without an account: asked by mail whether they want something, and theirs to decide.

use std::collections::BTreeMap;

use super::register::checked_mail;
use super::tickets::{self, Kind};
use super::{AccountError, Token, Tools, throttle};
use crate::domain::Letter;
use crate::store::Tx;

/// A mail address whose owner opened the letter that we sent there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedAddress {
    mail: String,
    facts: BTreeMap<String, String>,
}

impl ConfirmedAddress {
    /// The address.
    pub fn mail(&self) -> &str {
        &self.mail
    }

    /// What was asked for.
    pub fn facts(&self) -> &BTreeMap<String, String> {
        &self.facts
    }
}

/// Asks an address, by a letter, whether it wants to be told what is new. `letter` takes the path of the link. The answer is
/// the same whether or not the address is known. As many letters go to an address, and from one, as for registering.
///
/// # Errors
/// [`AccountError::Faults`] for what is no address; [`AccountError::TooManyTries`].
pub async fn ask_to_confirm(
    mail: &str,
    facts: BTreeMap<String, String>,
    lang: &str,
    address: Option<&str>,
    letter: impl FnOnce(String) -> Letter,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let mail = checked_mail(mail)?;
    throttle::count(tools.db, &format!("letter:{mail}"), address, tools.clock).await?;
    let mut tx = tools.db.begin().await?;
    let new = tickets::New { kind: Kind::Alert, mail: &mail, person: None, facts, made_by: None };
    tickets::send(&mut tx, new, lang, letter, tools).await?;
    Ok(tx.commit().await?)
}

/// The address that a link was sent to, in the transaction of what it begins. The link works once.
///
/// # Errors
/// [`AccountError::DeadLink`].
pub async fn confirm(tx: &mut Tx, token: &Token, tools: Tools<'_>) -> Result<ConfirmedAddress, AccountError> {
    let ticket = tickets::use_up(tx, token, &[Kind::Alert], tools.now_ms()).await?;
    Ok(ConfirmedAddress { mail: ticket.mail, facts: ticket.facts })
}
