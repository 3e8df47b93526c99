//! Whom a step of an opening is told: the people concerned by letter, and the journal.

use crate::accounts::{FirmHand, Tools};
use crate::domain::{Letter, Person, PersonId, Recipient};
use crate::store::{StoreError, Tx, journal, letters};

pub(super) async fn tell(
    tx: &mut Tx,
    people: &[Person],
    letter: &Letter,
    tools: Tools<'_>,
) -> Result<(), StoreError> {
    for person in people {
        tell_once(tx, person, letter, None, tools).await?;
    }
    Ok(())
}

pub(super) async fn tell_once(
    tx: &mut Tx,
    person: &Person,
    letter: &Letter,
    once: Option<&str>,
    tools: Tools<'_>,
) -> Result<bool, StoreError> {
    let Some(mail) = &person.mail else { return Ok(false) };
    let to = Recipient { person: Some(person.id), address: mail.clone(), lang: person.lang.clone() };
    letters::post(tx, &tools.new_id(), letter, &to, once, tools.now_ms()).await
}

pub(super) async fn note(
    tx: &mut Tx,
    hand: &FirmHand,
    action: &str,
    kind: &str,
    subject: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let acted_as = if hand.is_proxy() { "proxy" } else { "firm" };
    entry(tx, hand.person(), acted_as, action, kind, subject, now_ms).await
}

pub(super) async fn entry(
    tx: &mut Tx,
    person: Option<PersonId>,
    acted_as: &str,
    action: &str,
    kind: &str,
    subject: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let entry = journal::Entry {
        at: now_ms,
        person,
        acted_as: acted_as.to_owned(),
        action: action.to_owned(),
        subject_kind: kind.to_owned(),
        subject: subject.to_owned(),
        facts: "{}".to_owned(),
    };
    journal::add(tx, &entry).await
}
