//! One-time links: an operator issues one to each participant, the first opening turns it into a session, and the
//! link is worth nothing afterwards.

use super::{AccountError, Chance, Operator, Token};
use crate::clock::Clock;
use crate::domain::Owner;
use crate::store::Db;
use crate::store::accounts::{self as rows, Admission};

const DAY: i64 = 24 * 60 * 60_000;
/// How long an unopened link works, in milliseconds.
const LINK_LIFE: i64 = 14 * DAY;
/// How long a participant may come back without a new link, in milliseconds.
const SESSION_LIFE: i64 = 14 * DAY;

/// The permission to see one result: a candidate's, or an opening's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant(Admission);

impl Participant {
    /// The number of the round.
    pub fn round(&self) -> i64 {
        self.0.round
    }

    /// Whose result it is.
    pub fn owner(&self) -> Owner {
        self.0.owner
    }
}

/// Issues a link to each owner. A new link takes the owner's unopened one back, so the last letter sent is the
/// one that works. The tokens are in nobody's hands but the caller's: they cannot be shown a second time.
pub async fn issue(
    operator: &Operator,
    db: &Db,
    round: i64,
    owners: &[Owner],
    clock: &dyn Clock,
    chance: &dyn Chance,
) -> Result<Vec<(Owner, Token)>, AccountError> {
    let now = clock.now_ms();
    let mut issued = Vec::with_capacity(owners.len());
    let mut tx = db.begin().await?;
    for &owner in owners {
        let token = Token::new(chance);
        let admission = Admission { round, owner };
        rows::add_link(&mut tx, &token.hash(), &admission, operator.name(), now, now + LINK_LIFE).await?;
        issued.push((owner, token));
    }
    tx.commit().await?;
    Ok(issued)
}

/// Whether a link would open, without opening it: mail scanners and previews ask too.
///
/// # Errors
/// [`AccountError::UsedLink`], [`AccountError::DeadLink`].
pub async fn look(db: &Db, token: &Token, clock: &dyn Clock) -> Result<(), AccountError> {
    match rows::link(db, &token.hash()).await? {
        Some(link) if link.used => Err(AccountError::UsedLink),
        Some(link) if link.expires_at > clock.now_ms() => Ok(()),
        _ => Err(AccountError::DeadLink),
    }
}

/// Opens a link, once, and begins the participant's session: its token is for the cookie.
///
/// # Errors
/// [`AccountError::UsedLink`], [`AccountError::DeadLink`].
pub async fn redeem(
    db: &Db,
    token: &Token,
    clock: &dyn Clock,
    chance: &dyn Chance,
) -> Result<Token, AccountError> {
    let now = clock.now_ms();
    let mut tx = db.begin().await?;
    let Some(admission) = rows::use_link(&mut tx, &token.hash(), now).await? else {
        drop(tx);
        look(db, token, clock).await?;
        return Err(AccountError::DeadLink);
    };
    let session = Token::new(chance);
    rows::add_participant_session(&mut tx, &session.hash(), &admission, now, now + SESSION_LIFE).await?;
    tx.commit().await?;
    Ok(session)
}

/// The participant whose session this token belongs to.
pub async fn participant(
    db: &Db,
    token: &Token,
    clock: &dyn Clock,
) -> Result<Option<Participant>, AccountError> {
    Ok(rows::participant(db, &token.hash(), clock.now_ms()).await?.map(Participant))
}
