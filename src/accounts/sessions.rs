//! Logging in and out, and who a session belongs to.

use super::operator::normal_login;
use super::{AccountError, SignedIn, Token, Tools, password, throttle};
use crate::clock::Clock;
use crate::domain::{Person, PersonId, Role};
use crate::store::sessions::{self as rows, New};
use crate::store::{Db, StoreError, Tx, accounts, people};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The longest name of a browser that is kept.
const DEVICE: usize = 200;

/// How long a session lasts at most, and how long without being used.
struct Span {
    longest: i64,
    idle: i64,
}

/// Who works for the programme sees many people's data: they log in anew every working day, and after half an hour
/// away from the screen. Candidates and firms come back within two weeks, and daily.
fn span_of(roles: &[Role]) -> Span {
    let own = |role: &Role| matches!(role, Role::Candidate(_) | Role::Firm(..));
    if roles.iter().all(own) {
        Span { longest: 14 * DAY, idle: DAY }
    } else {
        Span { longest: 12 * HOUR, idle: 30 * MINUTE }
    }
}

/// Where a log-in comes from.
#[derive(Clone, Debug, Default)]
pub struct From {
    /// The network address, if it is known.
    pub address: Option<String>,
    /// The browser, as it names itself.
    pub device: String,
}

/// Logs somebody in by password; the token is for the cookie.
///
/// # Errors
/// [`AccountError::WrongLogin`] for an unknown name and for a wrong password alike, after the same time;
/// [`AccountError::TooManyTries`] before looking at either.
pub async fn log_in(
    login: &str,
    password: &str,
    from: &From,
    tools: Tools<'_>,
) -> Result<(PersonId, Token), AccountError> {
    let login = normal_login(login);
    throttle::count(tools.db, &login, from.address.as_deref(), tools.clock).await?;
    let proofs = people::proofs(tools.db, &login).await?.filter(|proofs| proofs.disabled_at.is_none());
    let hash = proofs.as_ref().and_then(|proofs| proofs.password_hash.as_deref());
    let right = password::is_right(password, hash).await?;
    let Some(proofs) = proofs.filter(|_| right) else { return Err(AccountError::WrongLogin) };
    let person = proofs.id.parse().map_err(|_| AccountError::WrongLogin)?;
    let mut tx = tools.db.begin().await?;
    throttle::forget(&mut tx, &login).await?;
    let token = open(&mut tx, person, &from.device, false, tools).await?;
    tx.commit().await?;
    Ok((person, token))
}

/// Who the session of this token is, if it has not ended.
pub async fn signed_in(db: &Db, token: &Token, clock: &dyn Clock) -> Result<Option<SignedIn>, AccountError> {
    let hash = token.hash();
    let Some(session) = rows::find(db, &hash).await? else { return Ok(None) };
    let now = clock.now_ms();
    let Some(person) = people::person(db, session.person()?, now).await? else { return Ok(None) };
    if now >= session.expires_at || now - session.seen_at >= span_of(&person.roles).idle {
        return Ok(None);
    }
    // Once a minute is exact enough, and spares every page a write.
    if now - session.seen_at >= MINUTE {
        match touch(db, &hash, now).await {
            // A long import holds the writer: no reason to keep a reader from reading.
            Ok(()) | Err(StoreError::Busy) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let (desk, is_invented) = desk_of(db, &person).await?;
    Ok(Some(SignedIn {
        is_bound: !is_invented && needs_second(&person.roles),
        person,
        session: session.id,
        proved_at: session.proved_at,
        desk,
        strong: session.strong,
        has_app: session.has_app,
    }))
}

/// Whose session this token was, also when it has ended: a form that comes too late is kept for that person alone.
pub async fn was_signed_in(db: &Db, token: &Token) -> Result<Option<PersonId>, AccountError> {
    let session = rows::find(db, &token.hash()).await?;
    Ok(session.map(|session| session.person()).transpose()?)
}

/// Who works for the programme could open many people's secrets: a password alone is not enough for them.
fn needs_second(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Operator { .. } | Role::Secretariat | Role::Administrator))
}

/// The name of the desk where a person works, and whether what they work with is invented: nobody's secrets are in danger
/// there.
async fn desk_of(db: &Db, person: &Person) -> Result<(String, bool), StoreError> {
    for role in &person.roles {
        if let Role::Operator { desk } = role {
            return Ok(accounts::desk(db, desk).await?.unwrap_or_default());
        }
    }
    let is_invented = needs_second(&person.roles) && accounts::is_fictional(db).await?;
    Ok((String::new(), is_invented))
}

async fn touch(db: &Db, hash: &str, now_ms: i64) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    rows::touch(&mut tx, hash, now_ms).await?;
    tx.commit().await
}

/// Ends the session of this token, whoever's it is.
pub async fn log_out(db: &Db, token: &Token) -> Result<(), AccountError> {
    let mut tx = db.begin().await?;
    rows::end(&mut tx, &token.hash()).await?;
    accounts::end_participant_session(&mut tx, &token.hash()).await?;
    Ok(tx.commit().await?)
}

/// Opens a session for somebody who has just proved who they are, in the transaction of that proof.
pub(super) async fn open(
    tx: &mut Tx,
    person: PersonId,
    device: &str,
    strong: bool,
    tools: Tools<'_>,
) -> Result<Token, AccountError> {
    let token = Token::new(tools.chance);
    let now_ms = tools.now_ms();
    let roles = people::roles_in(tx, person, now_ms).await?;
    let device: String = device.chars().filter(|c| !c.is_control()).take(DEVICE).collect();
    let id = tools.new_id();
    let new = New { id: &id, device: &device, strong, now_ms, expires_at: now_ms + span_of(&roles).longest };
    rows::open(tx, &token.hash(), person, &new).await?;
    Ok(token)
}
