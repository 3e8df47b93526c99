//! One-time links by mail: whoever opens one has the address it was sent to.

use std::collections::BTreeMap;

use super::{AccountError, Token, Tools};
use crate::domain::{Letter, PersonId, Recipient};
use crate::store::tickets as rows;
use crate::store::{Db, Tx, letters};

pub use crate::store::tickets::Ticket;

const HOUR: i64 = 60 * 60_000;

/// What a ticket opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To register as a candidate.
    Candidate,
    /// To register a firm.
    Firm,
    /// To take up a role that somebody gave.
    Invite,
    /// To choose a new password.
    Recover,
    /// To confirm a new address.
    Mail,
    /// To confirm that an address wants to be told what is new.
    Alert,
}

impl Kind {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Firm => "firm",
            Self::Invite => "invite",
            Self::Recover => "recover",
            Self::Mail => "mail",
            Self::Alert => "alert",
        }
    }

    /// How long it works, in milliseconds: what changes an account, hardly longer than a mail takes.
    fn life(self) -> i64 {
        match self {
            Self::Recover | Self::Mail => HOUR / 3,
            Self::Candidate | Self::Firm => 24 * HOUR,
            Self::Alert => 3 * 24 * HOUR,
            Self::Invite => 14 * 24 * HOUR,
        }
    }
}

/// A ticket to be made.
pub(super) struct New<'a> {
    pub kind: Kind,
    pub mail: &'a str,
    pub person: Option<PersonId>,
    pub facts: BTreeMap<String, String>,
    pub made_by: Option<PersonId>,
}

/// Makes a ticket and asks for the letter that carries it, in one transaction.
pub(super) async fn send(
    tx: &mut Tx,
    new: New<'_>,
    lang: &str,
    letter: impl FnOnce(String) -> Letter,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let token = Token::new(tools.chance);
    let now = tools.now_ms();
    let ticket = Ticket {
        kind: new.kind.code().to_owned(),
        mail: new.mail.to_owned(),
        person: new.person,
        facts: new.facts,
        made_by: new.made_by,
        expires_at: now + new.kind.life(),
        used_at: None,
    };
    rows::add(tx, &token.hash(), &ticket, now).await?;
    let to = Recipient { person: new.person, address: new.mail.to_owned(), lang: lang.to_owned() };
    letters::post(tx, &tools.new_id(), &letter(format!("/t/{token}")), &to, None, now).await?;
    Ok(())
}

/// What a ticket would open, without using it: mail scanners and previews look too.
///
/// # Errors
/// [`AccountError::UsedLink`], [`AccountError::DeadLink`].
pub async fn look(db: &Db, token: &Token, now_ms: i64) -> Result<Ticket, AccountError> {
    match rows::find(db, &token.hash()).await? {
        Some(ticket) if ticket.used_at.is_some() => Err(AccountError::UsedLink),
        Some(ticket) if ticket.expires_at > now_ms => Ok(ticket),
        _ => Err(AccountError::DeadLink),
    }
}

/// Uses a ticket of one of these kinds up, in the transaction of what it opens.
pub(super) async fn use_up(
    tx: &mut Tx,
    token: &Token,
    kinds: &[Kind],
    now_ms: i64,
) -> Result<Ticket, AccountError> {
    let ticket = rows::use_up(tx, &token.hash(), now_ms).await?.ok_or(AccountError::DeadLink)?;
    // The transaction of a ticket that is for something else is dropped: it stays good for that.
    if kinds.iter().any(|kind| kind.code() == ticket.kind) { Ok(ticket) } else { Err(AccountError::DeadLink) }
}
