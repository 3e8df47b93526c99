//! The second proof beside the password: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for the day
//! on which neither app nor passkey is at hand.

use totp_rs::{Builder, Secret, Totp};

use super::members::warn;
use super::operator::normal_login;
use super::secret::{hash, letters, plain};
use super::sessions;
use super::{AccountError, Administrator, SignedIn, Token, Tools, note, throttle};
use crate::domain::PersonId;
use crate::store::factors::{self as rows, Factors};
use crate::store::{Tx, people, sessions as open};

/// As long as somebody needs to find their telephone, in milliseconds.
pub(super) const CEREMONY: i64 = 10 * 60_000;
const APP: &str = "app";
/// How many recovery codes are made at a time.
const CODES: usize = 10;

/// An authenticator app that is being set up.
#[derive(Clone, Debug)]
pub struct NewApp {
    /// To be typed into the app by hand: base 32 in groups of four.
    pub secret: String,
    /// What the picture holds that the app reads.
    pub address: String,
}

/// What somebody can prove themselves with besides the password.
pub async fn factors(person: &SignedIn, tools: Tools<'_>) -> Result<Factors, AccountError> {
    let mut tx = tools.db.begin().await?;
    Ok(rows::of(&mut tx, person.person().id).await?)
}

impl Factors {
    /// Whether there is anything besides the password and its recovery codes.
    pub fn any(&self) -> bool {
        self.totp_secret.is_some() || self.passkeys > 0
    }
}

/// Whoever has a second proof shows it before adding another: a password alone must not replace it.
pub(super) fn may_add(person: &SignedIn, has: &Factors) -> Result<(), AccountError> {
    if person.lacks_second() && has.any() { Err(AccountError::NotYours) } else { Ok(()) }
}

/// Begins to set up an authenticator app.
///
/// # Errors
/// [`AccountError::NotYours`] when a second proof is owed.
pub async fn begin_app(person: &SignedIn, tools: Tools<'_>) -> Result<(), AccountError> {
    let mut secret = [0; 20];
    tools.chance.fill(&mut secret);
    let secret = Secret::from(secret).to_base32();
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    may_add(person, &rows::of(&mut tx, person.person().id).await?)?;
    rows::begin(&mut tx, &ceremony(person), APP, &secret, now + CEREMONY, now).await?;
    Ok(tx.commit().await?)
}

/// The app that is being set up.
///
/// # Errors
/// [`AccountError::Lapsed`] when none is, or no longer.
pub async fn new_app(person: &SignedIn, tools: Tools<'_>) -> Result<NewApp, AccountError> {
    let state = rows::under_way(tools.db, &ceremony(person), APP, tools.now_ms()).await?;
    let secret = state.ok_or(AccountError::Lapsed)?;
    let address = totp(&secret, &person.person().login)
        .and_then(|totp| totp.to_url().ok())
        .ok_or(AccountError::Lapsed)?;
    let signs: Vec<char> = secret.chars().collect();
    let secret = signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ");
    Ok(NewApp { secret, address })
}

/// Takes the app, once it shows the right code. The session becomes a strong one under a new token; the recovery codes are
/// shown this one time.
///
/// # Errors
/// [`AccountError::WrongSecond`], [`AccountError::Lapsed`], [`AccountError::TooManyTries`].
pub async fn add_app(
    person: &SignedIn,
    code: &str,
    device: &str,
    tools: Tools<'_>,
) -> Result<(Token, Vec<String>), AccountError> {
    let owner = person.person();
    throttle::count(tools.db, &tries(owner.id), None, tools.clock).await?;
    let now = tools.now_ms();
    let secret = rows::under_way(tools.db, &ceremony(person), APP, now).await?.ok_or(AccountError::Lapsed)?;
    let step = step_of(&secret, code, now).ok_or(AccountError::WrongSecond)?;
    let mut tx = tools.db.begin().await?;
    rows::end(&mut tx, &ceremony(person), APP, now).await?.ok_or(AccountError::Lapsed)?;
    may_add(person, &rows::of(&mut tx, owner.id).await?)?;
    rows::set_totp(&mut tx, owner.id, Some(&secret)).await?;
    rows::use_step(&mut tx, owner.id, step).await?;
    throttle::forget(&mut tx, &tries(owner.id)).await?;
    let codes = new_codes_in(&mut tx, owner.id, tools).await?;
    warn(&mut tx, owner, "second-factor", tools).await?;
    note(&mut tx, Some(owner.id), "self", "app.added", owner.id, now).await?;
    let token = strengthen(&mut tx, person, device, tools).await?;
    tx.commit().await?;
    Ok((token, codes))
}

/// Gives the second proof: a code of the app or a recovery code. The session becomes a strong one under a new token.
///
/// # Errors
/// [`AccountError::WrongSecond`], [`AccountError::TooManyTries`].
pub async fn prove_second(
    person: &SignedIn,
    typed: &str,
    device: &str,
    tools: Tools<'_>,
) -> Result<Token, AccountError> {
    let owner = person.person();
    throttle::count(tools.db, &tries(owner.id), None, tools.clock).await?;
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let has = rows::of(&mut tx, owner.id).await?;
    let step = has.totp_secret.as_deref().and_then(|secret| step_of(secret, typed, now));
    let is_right = match step {
        Some(step) => rows::use_step(&mut tx, owner.id, step).await?,
        None => {
            let used = rows::use_code(&mut tx, owner.id, &code_hash(typed)).await?;
            if used {
                warn(&mut tx, owner, "recovery-codes", tools).await?;
                note(&mut tx, Some(owner.id), "self", "recovery-code.used", owner.id, now).await?;
            }
            used
        }
    };
    if !is_right {
        return Err(AccountError::WrongSecond);
    }
    throttle::forget(&mut tx, &tries(owner.id)).await?;
    let token = strengthen(&mut tx, person, device, tools).await?;
    tx.commit().await?;
    Ok(token)
}

/// Makes new recovery codes; the former ones open nothing any more. Shown this one time.
///
/// # Errors
/// [`AccountError::NotYours`] when a second proof is owed, or there is none that they could stand in for.
pub async fn new_codes(person: &SignedIn, tools: Tools<'_>) -> Result<Vec<String>, AccountError> {
    let owner = person.person();
    let mut tx = tools.db.begin().await?;
    if person.lacks_second() || !rows::of(&mut tx, owner.id).await?.any() {
        return Err(AccountError::NotYours);
    }
    let codes = new_codes_in(&mut tx, owner.id, tools).await?;
    note(&mut tx, Some(owner.id), "self", "recovery-codes.made", owner.id, tools.now_ms()).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes the app away.
///
/// # Errors
/// [`AccountError::LastFactor`] when the person's work asks for one and there is no other.
pub async fn remove_app(person: &SignedIn, tools: Tools<'_>) -> Result<(), AccountError> {
    let owner = person.person();
    let mut tx = tools.db.begin().await?;
    rows::set_totp(&mut tx, owner.id, None).await?;
    removed(&mut tx, person, "app.removed", tools).await?;
    Ok(tx.commit().await?)
}

/// After a proof was taken away, in its transaction: looks whether enough are left, and tells the owner.
pub(super) async fn removed(
    tx: &mut Tx,
    person: &SignedIn,
    action: &str,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let owner = person.person();
    if person.lacks_second() {
        return Err(AccountError::NotYours);
    }
    if !rows::of(tx, owner.id).await?.any() {
        if person.is_bound() {
            return Err(AccountError::LastFactor);
        }
        rows::set_codes(tx, owner.id, &[]).await?;
    }
    warn(tx, owner, "second-factor", tools).await?;
    note(tx, Some(owner.id), "self", action, owner.id, tools.now_ms()).await
}

/// Takes every second proof away from somebody who has lost them, and ends their sessions; the password stays, and who is
/// bound to a second proof makes a new one at the next log-in.
///
/// # Errors
/// [`AccountError::NotYours`] for one's own account, and for nobody's.
pub async fn clear(by: &Administrator, person: PersonId, tools: Tools<'_>) -> Result<(), AccountError> {
    let now = tools.now_ms();
    let owner = people::person(tools.db, person, now).await?.ok_or(AccountError::NotYours)?;
    if by.person() == Some(person) {
        return Err(AccountError::NotYours);
    }
    let mut tx = tools.db.begin().await?;
    rows::clear(&mut tx, person).await?;
    open::end_others(&mut tx, person, "").await?;
    warn(&mut tx, &owner, "second-factor", tools).await?;
    note(&mut tx, by.person(), "administrator", "second.cleared", person, now).await?;
    Ok(tx.commit().await?)
}

/// The same, for the account of this log-in name.
///
/// # Errors
/// As [`clear`].
pub async fn clear_of(by: &Administrator, login: &str, tools: Tools<'_>) -> Result<(), AccountError> {
    let known = people::proofs(tools.db, &normal_login(login)).await?;
    let person = known.and_then(|known| known.id.parse().ok()).ok_or(AccountError::NotYours)?;
    clear(by, person, tools).await
}

/// Ends the session and opens a strong one in its place: its token was known to whoever had the password alone.
pub(super) async fn strengthen(
    tx: &mut Tx,
    person: &SignedIn,
    device: &str,
    tools: Tools<'_>,
) -> Result<Token, AccountError> {
    open::end_one(tx, person.person().id, person.session()).await?;
    sessions::open(tx, person.person().id, device, true, tools).await
}

async fn new_codes_in(tx: &mut Tx, person: PersonId, tools: Tools<'_>) -> Result<Vec<String>, AccountError> {
    let codes: Vec<String> = (0..CODES).map(|_| letters::<10>(5, tools.chance)).collect();
    let hashes: Vec<String> = codes.iter().map(|code| code_hash(code)).collect();
    rows::set_codes(tx, person, &hashes).await?;
    Ok(codes)
}

fn code_hash(code: &str) -> String {
    hash(format!("recovery:{}", plain(code)).as_bytes())
}

/// The name of the ceremonies of this session.
pub(super) fn ceremony(person: &SignedIn) -> String {
    hash(format!("session:{}", person.session()).as_bytes())
}

/// What tries are counted under: apart from those of the password, which got its owner this far.
fn tries(person: PersonId) -> String {
    format!("second:{person}")
}

/// The time step whose code this is, within a step of now.
fn step_of(secret: &str, typed: &str, now_ms: i64) -> Option<i64> {
    let seconds = u64::try_from(now_ms / 1000).ok()?;
    let step = totp(secret, "")?.check(&plain(typed), seconds)?;
    i64::try_from(step).ok()
}

fn totp(secret: &str, account: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    // A colon ends the account's name in the address that apps read.
    let account = account.replace(':', " ");
    Builder::new().with_secret(secret).with_issuer(Some("Migiude")).with_account_name(account).build().ok()
}

/// What the app of this secret shows at a time.
#[cfg(test)]
pub fn shown_by_app(secret: &str, now_ms: i64) -> String {
    let seconds = u64::try_from(now_ms / 1000).unwrap();
    totp(&plain(secret), "").unwrap().generate(seconds).to_string()
}
