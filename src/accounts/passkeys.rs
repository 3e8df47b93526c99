//! Passkeys (WebAuthn): nothing to remember, nothing that could be typed into a false page. A passkey is shown with its
//! owner's finger, face or PIN and so stands for both proofs at once.

use serde_json::Value;
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey as Key, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid, Webauthn, WebauthnBuilder,
};

use super::members::warn;
use super::second::{CEREMONY, ceremony, may_add, removed, strengthen};
use super::{AccountError, SignedIn, Token, Tools, note, sessions, throttle};
use crate::domain::PersonId;
use crate::store::factors as rows;
use crate::store::sessions as open;

pub use crate::store::factors::Passkey;

const ADD: &str = "add-passkey";
const LOG_IN: &str = "passkey";
/// Nobody has more devices.
const MOST: usize = 10;

/// Whether browsers make passkeys for this address: it must have a name, and be encrypted or local.
pub fn are_possible(origin: &str) -> bool {
    relying(origin).is_ok()
}

fn relying(origin: &str) -> Result<Webauthn, AccountError> {
    let url = Url::parse(origin).map_err(|_| AccountError::NoPasskeys)?;
    let host = url.domain().ok_or(AccountError::NoPasskeys)?.to_owned();
    if url.scheme() != "https" && host != "localhost" {
        return Err(AccountError::NoPasskeys);
    }
    let builder = WebauthnBuilder::new(&host, &url).map_err(|_| AccountError::NoPasskeys)?;
    builder.rp_name("Migiude").build().map_err(|_| AccountError::NoPasskeys)
}

/// The person's passkeys.
pub async fn of(person: &SignedIn, tools: Tools<'_>) -> Result<Vec<Passkey>, AccountError> {
    Ok(rows::passkeys_of(tools.db, person.person().id).await?)
}

/// Begins to make a passkey: what the browser is to be asked.
///
/// # Errors
/// [`AccountError::NoPasskeys`] at an address for which browsers make none; [`AccountError::NotYours`] when a second
/// proof is owed, or there are ten passkeys already.
pub async fn begin_adding(person: &SignedIn, origin: &str, tools: Tools<'_>) -> Result<Value, AccountError> {
    let relying = relying(origin)?;
    let owner = person.person();
    let known = of(person, tools).await?;
    if known.len() >= MOST {
        return Err(AccountError::NotYours);
    }
    let keys = known.iter().map(|known| read_key(&known.credential)).collect::<Result<Vec<_>, _>>()?;
    let except = keys.iter().map(|key| key.cred_id().clone()).collect();
    let (asked, state) = relying
        .start_passkey_registration(handle(owner.id)?, &owner.login, &owner.name, Some(except))
        .map_err(|_| AccountError::NoPasskeys)?;
    let mut asked = value(&asked)?;
    // To be found without a log-in name.
    asked["publicKey"]["authenticatorSelection"]["residentKey"] = "required".into();
    asked["publicKey"]["authenticatorSelection"]["requireResidentKey"] = true.into();
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    may_add(person, &rows::of(&mut tx, owner.id).await?)?;
    rows::begin(&mut tx, &ceremony(person), ADD, &write(&state)?, now + CEREMONY, now).await?;
    tx.commit().await?;
    Ok(asked)
}

/// Takes the passkey that the browser made. The session becomes a strong one under a new token.
///
/// # Errors
/// [`AccountError::WrongSecond`] when the answer does not fit what was asked; [`AccountError::Lapsed`].
pub async fn add(
    person: &SignedIn,
    origin: &str,
    answer: Value,
    device: &str,
    name: &str,
    tools: Tools<'_>,
) -> Result<Token, AccountError> {
    let relying = relying(origin)?;
    let owner = person.person();
    let answer: RegisterPublicKeyCredential =
        serde_json::from_value(answer).map_err(|_| AccountError::WrongSecond)?;
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let state = rows::end(&mut tx, &ceremony(person), ADD, now).await?.ok_or(AccountError::Lapsed)?;
    let state: PasskeyRegistration = read(&state)?;
    let key = relying.finish_passkey_registration(&answer, &state).map_err(|_| AccountError::WrongSecond)?;
    may_add(person, &rows::of(&mut tx, owner.id).await?)?;
    if !rows::add_passkey(&mut tx, owner.id, &hex(key.cred_id()), name, &write(&key)?, now).await? {
        return Err(AccountError::WrongSecond);
    }
    warn(&mut tx, owner, "passkey", tools).await?;
    note(&mut tx, Some(owner.id), "self", "passkey.added", owner.id, now).await?;
    let token = strengthen(&mut tx, person, device, tools).await?;
    tx.commit().await?;
    Ok(token)
}

/// Begins a log-in by passkey, of whoever it will be: the name of the ceremony, and what the browser is to be asked.
///
/// # Errors
/// [`AccountError::NoPasskeys`], [`AccountError::TooManyTries`].
pub async fn begin_log_in(
    origin: &str,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(Token, Value), AccountError> {
    let relying = relying(origin)?;
    throttle::count_address(tools.db, address, tools.clock).await?;
    let (asked, state) = relying.start_discoverable_authentication().map_err(|_| AccountError::NoPasskeys)?;
    let token = Token::new(tools.chance);
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    rows::begin(&mut tx, &token.hash(), LOG_IN, &write(&state)?, now + CEREMONY, now).await?;
    tx.commit().await?;
    let mut asked = value(&asked)?;
    // The library thinks of suggestions beside a text field; here somebody pressed a button.
    asked.as_object_mut().map(|asked| asked.remove("mediation"));
    Ok((token, asked))
}

/// Logs in whoever showed a passkey. Somebody who is logged in already proves themselves anew by it.
///
/// # Errors
/// [`AccountError::WrongLogin`] for a passkey that is unknown, damaged, or not that of who is logged in;
/// [`AccountError::Lapsed`].
pub async fn log_in(
    ceremony: &Token,
    origin: &str,
    answer: Value,
    present: Option<&SignedIn>,
    device: &str,
    tools: Tools<'_>,
) -> Result<(PersonId, Token), AccountError> {
    let relying = relying(origin)?;
    let answer: PublicKeyCredential = serde_json::from_value(answer).map_err(|_| AccountError::WrongLogin)?;
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let state = rows::end(&mut tx, &ceremony.hash(), LOG_IN, now).await?.ok_or(AccountError::Lapsed)?;
    let state: DiscoverableAuthentication = read(&state)?;
    let (claimed, id) =
        relying.identify_discoverable_authentication(&answer).map_err(|_| AccountError::WrongLogin)?;
    let known = rows::passkey(tools.db, &hex(id)).await?.ok_or(AccountError::WrongLogin)?;
    let person = known.person()?;
    let is_theirs = claimed == handle(person)?;
    if !is_theirs || present.is_some_and(|present| present.person().id != person) {
        return Err(AccountError::WrongLogin);
    }
    let mut key = read_key(&known.credential)?;
    let shown = relying
        .finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&key))
        .map_err(|_| AccountError::WrongLogin)?;
    key.update_credential(&shown);
    rows::use_passkey(&mut tx, &known.credential_id, &write(&key)?, now).await?;
    if let Some(present) = present {
        open::end_one(&mut tx, person, present.session()).await?;
    }
    let token = sessions::open(&mut tx, person, device, true, tools).await?;
    tx.commit().await?;
    Ok((person, token))
}

/// Takes one of the person's passkeys away.
///
/// # Errors
/// [`AccountError::LastFactor`] when the person's work asks for one and there is no other. An id that is not theirs takes
/// nothing away.
pub async fn remove(person: &SignedIn, id: &str, tools: Tools<'_>) -> Result<(), AccountError> {
    let mut tx = tools.db.begin().await?;
    if rows::remove_passkey(&mut tx, person.person().id, id).await? {
        removed(&mut tx, person, "passkey.removed", tools).await?;
    }
    Ok(tx.commit().await?)
}

/// The handle under which authenticators know a person: their id, which says nothing.
fn handle(person: PersonId) -> Result<Uuid, AccountError> {
    Uuid::parse_str(&person.to_string()).map_err(|_| AccountError::WrongLogin)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_key(text: &str) -> Result<Key, AccountError> {
    read(text)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, AccountError> {
    serde_json::from_str(text).map_err(|cause| AccountError::Hash(cause.to_string()))
}

fn write(state: &impl serde::Serialize) -> Result<String, AccountError> {
    serde_json::to_string(state).map_err(|cause| AccountError::Hash(cause.to_string()))
}

fn value(asked: &impl serde::Serialize) -> Result<Value, AccountError> {
    serde_json::to_value(asked).map_err(|cause| AccountError::Hash(cause.to_string()))
}
