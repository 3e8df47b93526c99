//! What a person does with their own account: a new password, another address, sessions, proving again who they are.

use std::collections::BTreeMap;

use super::members::warn;
use super::register::checked_mail;
use super::tickets::{self, Kind};
use super::{AccountError, Fault, SignedIn, Token, Tools, note, password, throttle};
use crate::domain::Letter;
use crate::store::sessions::Session;
use crate::store::{people, sessions as rows};

/// Proves again who one is: grave steps ask for a recent proof.
///
/// # Errors
/// [`AccountError::WrongLogin`], [`AccountError::TooManyTries`].
pub async fn prove(
    person: &SignedIn,
    password: &str,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let login = &person.person().login;
    is_own_password(login, password, address, tools).await?;
    let mut tx = tools.db.begin().await?;
    throttle::forget(&mut tx, login).await?;
    rows::prove(&mut tx, person.session(), tools.now_ms()).await?;
    Ok(tx.commit().await?)
}

/// Chooses another password. All other sessions end, and the owner is told by mail.
///
/// # Errors
/// [`AccountError::WrongLogin`] for a wrong former password; [`AccountError::Faults`] for a new one that cannot be taken.
pub async fn change_password(
    person: &SignedIn,
    former: &str,
    new: &str,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let owner = person.person();
    if let Some(text) = password::fault(new, &owner.login) {
        return Err(AccountError::Faults(vec![Fault { field: "new", text }]));
    }
    is_own_password(&owner.login, former, address, tools).await?;
    let hash = password::hash(new, tools.chance).await?;
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    throttle::forget(&mut tx, &owner.login).await?;
    people::set_password(&mut tx, owner.id, &hash).await?;
    rows::end_others(&mut tx, owner.id, person.session()).await?;
    rows::prove(&mut tx, person.session(), now).await?;
    warn(&mut tx, owner, "password", tools).await?;
    note(&mut tx, Some(owner.id), "self", "password.changed", owner.id, now).await?;
    Ok(tx.commit().await?)
}

async fn is_own_password(
    login: &str,
    password: &str,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    throttle::count(tools.db, login, address, tools.clock).await?;
    let proofs = people::proofs(tools.db, login).await?;
    let hash = proofs.as_ref().and_then(|proofs| proofs.password_hash.as_deref());
    if password::is_right(password, hash).await? { Ok(()) } else { Err(AccountError::WrongLogin) }
}

/// Asks for a letter with which to choose a new password. The answer is the same whether or not the address has an account.
///
/// # Errors
/// [`AccountError::Faults`] for what is no address; [`AccountError::TooManyTries`].
pub async fn ask_to_recover(mail: &str, address: Option<&str>, tools: Tools<'_>) -> Result<(), AccountError> {
    let mail = checked_mail(mail)?;
    throttle::count(tools.db, &format!("letter:{mail}"), address, tools.clock).await?;
    let known = people::proofs(tools.db, &mail).await?.filter(|known| known.disabled_at.is_none());
    let mut tx = tools.db.begin().await?;
    if let Some(id) = known.and_then(|known| known.id.parse().ok())
        && let Some(person) = people::person(tools.db, id, tools.now_ms()).await?
    {
        let new = tickets::New {
            kind: Kind::Recover,
            mail: &mail,
            person: Some(id),
            facts: BTreeMap::new(),
            made_by: None,
        };
        tickets::send(&mut tx, new, &person.lang, |path| Letter::Recover { path }, tools).await?;
    }
    Ok(tx.commit().await?)
}

/// Sets a new password by a mailed link. It does not log in, and a second factor stays what it was; every session ends.
///
/// # Errors
/// [`AccountError::DeadLink`]; [`AccountError::Faults`], which leave the link good.
pub async fn recover(token: &Token, new: &str, tools: Tools<'_>) -> Result<(), AccountError> {
    let now = tools.now_ms();
    let ticket = tickets::look(tools.db, token, now).await?;
    if let Some(text) = password::fault(new, &ticket.mail) {
        return Err(AccountError::Faults(vec![Fault { field: "password", text }]));
    }
    let hash = password::hash(new, tools.chance).await?;
    let mut tx = tools.db.begin().await?;
    let ticket = tickets::use_up(&mut tx, token, &[Kind::Recover], now).await?;
    let id = ticket.person.ok_or(AccountError::DeadLink)?;
    people::set_password(&mut tx, id, &hash).await?;
    rows::end_others(&mut tx, id, "").await?;
    if let Some(person) = people::person(tools.db, id, now).await? {
        warn(&mut tx, &person, "password", tools).await?;
    }
    note(&mut tx, Some(id), "self", "password.recovered", id, now).await?;
    Ok(tx.commit().await?)
}

/// Sends a letter to a new address; it is taken when its link is opened.
///
/// # Errors
/// [`AccountError::Faults`], [`AccountError::TooManyTries`].
pub async fn ask_to_change_mail(
    person: &SignedIn,
    mail: &str,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let mail = checked_mail(mail)?;
    throttle::count(tools.db, &format!("letter:{mail}"), address, tools.clock).await?;
    let owner = person.person();
    let mut tx = tools.db.begin().await?;
    let new = tickets::New {
        kind: Kind::Mail,
        mail: &mail,
        person: Some(owner.id),
        facts: BTreeMap::new(),
        made_by: Some(owner.id),
    };
    tickets::send(&mut tx, new, &owner.lang, |path| Letter::Register { path }, tools).await?;
    Ok(tx.commit().await?)
}

/// Takes the new address; the former one is told.
///
/// # Errors
/// [`AccountError::DeadLink`], also when the address has become somebody else's.
pub async fn change_mail(token: &Token, tools: Tools<'_>) -> Result<(), AccountError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let ticket = tickets::use_up(&mut tx, token, &[Kind::Mail], now).await?;
    let id = ticket.person.ok_or(AccountError::DeadLink)?;
    let person = people::person(tools.db, id, now).await?.ok_or(AccountError::DeadLink)?;
    warn(&mut tx, &person, "mail", tools).await?;
    if !people::set_mail(&mut tx, id, &ticket.mail).await? {
        return Err(AccountError::DeadLink);
    }
    note(&mut tx, Some(id), "self", "mail.changed", id, now).await?;
    Ok(tx.commit().await?)
}

/// Changes the name that others read, and the language of letters.
///
/// # Errors
/// [`AccountError::Faults`].
pub async fn rename(person: &SignedIn, name: &str, lang: &str, tools: Tools<'_>) -> Result<(), AccountError> {
    let name = name.trim();
    if !(1..=80).contains(&name.chars().count()) {
        return Err(AccountError::Faults(vec![Fault { field: "name", text: "accounts-name" }]));
    }
    let mut tx = tools.db.begin().await?;
    people::set_name(&mut tx, person.person().id, name, lang).await?;
    Ok(tx.commit().await?)
}

/// The person's open sessions, the latest used first.
pub async fn open_sessions(person: &SignedIn, tools: Tools<'_>) -> Result<Vec<Session>, AccountError> {
    Ok(rows::of(tools.db, person.person().id, tools.now_ms()).await?)
}

/// Ends one of the person's own sessions, or all but this one. An id that is not theirs ends nothing.
pub async fn end_session(person: &SignedIn, id: Option<&str>, tools: Tools<'_>) -> Result<(), AccountError> {
    let owner = person.person().id;
    let mut tx = tools.db.begin().await?;
    match id {
        Some(id) => drop(rows::end_one(&mut tx, owner, id).await?),
        None => rows::end_others(&mut tx, owner, person.session()).await?,
    }
    note(&mut tx, Some(owner), "self", "session.ended", owner, tools.now_ms()).await?;
    Ok(tx.commit().await?)
}
