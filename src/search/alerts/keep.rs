//! How a question comes to be kept: by somebody with an account, or by an address that confirmed it.

use std::collections::BTreeMap;

use super::{Alert, AlertError, LIFE, OF_A_PERSON, OF_AN_ADDRESS, REMEMBERED, STORED, next_due, often};
use crate::accounts::{AccountError, SignedIn, Token, Tools, addresses, tickets};
use crate::domain::{Choice, Letter, Often, OpeningId};
use crate::search::{Ask, Question, Search, Sort};
use crate::store::alerts::{self as rows, AlertRow, Owner};
use crate::store::{Db, Tx, outbox};
use crate::texts::Lang;

/// A question and everything it finds at this moment, looked up before the transaction that keeps it.
pub(super) struct Asked {
    stored: String,
    seen: i64,
    found: Vec<OpeningId>,
}

impl Asked {
    /// Asks. The place in the outbox is read first: what changes in between is looked at again.
    pub(super) async fn now(search: &Search, question: &Question, owner: &Owner) -> Result<Self, AlertError> {
        let stored = serde_json::to_string(question).map_err(|_| AlertError::TooLong)?;
        if stored.chars().count() > STORED {
            return Err(AlertError::TooLong);
        }
        let seen = match search.position().await? {
            Some(position) => position,
            // The records are asked, and they have no delay.
            None => outbox::head(&search.db).await?,
        };
        let barred = barred(&search.db, owner).await?;
        let ask = Ask { limit: REMEMBERED, sort: Sort::Newest, barred, ..question.ask() };
        let found = search.opening_ids(&ask).await?;
        Ok(Self { stored, seen, found })
    }

    /// Begins, or begins again, with what was found as known.
    pub(super) async fn begin(
        &self,
        tx: &mut Tx,
        alert: &AlertRow,
        often: Often,
        now: i64,
    ) -> Result<(), AlertError> {
        let ends_at = life(&alert.owner, now);
        rows::go_on(tx, &alert.id, self.seen, next_due(often, now), ends_at).await?;
        Ok(rows::know(tx, &alert.id, &self.found, None).await?)
    }
}

/// The firms that the owner hides from, as a candidate.
pub(super) async fn barred(db: &Db, owner: &Owner) -> Result<Vec<crate::domain::Block>, AlertError> {
    let candidates = rows::candidates_of(db, owner).await?;
    Ok(candidates.into_iter().flat_map(|facts| facts.more.blocks).collect())
}

/// Until when an owner is told without saying so again.
pub(super) fn life(owner: &Owner, now: i64) -> Option<i64> {
    matches!(owner, Owner::Address(_)).then_some(now + LIFE)
}

/// Keeps a question of somebody with an account. One that is kept already is told as often as said now.
///
/// # Errors
/// [`AlertError::TooMany`], [`AlertError::TooLong`], [`AlertError::NoAddress`]; [`AlertError::Search`] for a bad filter.
pub async fn keep(
    search: &Search,
    person: &SignedIn,
    question: &Question,
    often: Often,
    tools: Tools<'_>,
) -> Result<Alert, AlertError> {
    let person = person.person();
    if person.mail.is_none() {
        return Err(AlertError::NoAddress);
    }
    let owner = Owner::Person(person.id);
    let asked = Asked::now(search, question, &owner).await?;
    let mut tx = tools.db.begin().await?;
    let kept = write(&mut tx, &asked, owner, &person.lang, often, tools).await?;
    tx.commit().await?;
    Alert::read(kept)
}

/// Asks an address by a letter whether it wants to be told. The answer is the same whether or not the address is known.
///
/// # Errors
/// [`AlertError::Search`] for a bad filter, [`AlertError::TooLong`], [`AlertError::Account`] for a bad address and for too
/// many letters.
pub async fn ask_by_mail(
    search: &Search,
    mail: &str,
    question: &Question,
    often: Often,
    lang: Lang,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), AlertError> {
    let asked = Asked::now(search, question, &Owner::Address(String::new())).await?;
    let facts = BTreeMap::from([
        ("question".to_owned(), asked.stored),
        ("often".to_owned(), often.code().to_owned()),
    ]);
    let label = question.label(lang);
    let letter = |path| Letter::AlertConfirm { label, path };
    Ok(addresses::ask_to_confirm(mail, facts, lang.tag(), address, letter, tools).await?)
}

/// What a link would keep: the question, and how often it is told.
pub fn wish(facts: &BTreeMap<String, String>) -> Option<(Question, Often)> {
    let question = serde_json::from_str(facts.get("question")?).ok()?;
    Some((question, often(facts.get("often")?)?))
}

/// Keeps the question of a mailed link for the address that it was sent to.
///
/// # Errors
/// [`AlertError::Account`] for a dead or used link; [`AlertError::TooMany`] and others of [`keep`], which leave the link good.
pub async fn confirm(
    search: &Search,
    token: &Token,
    lang: Lang,
    tools: Tools<'_>,
) -> Result<Alert, AlertError> {
    let ticket = tickets::look(tools.db, token, tools.now_ms()).await?;
    let (question, often) = wish(&ticket.facts).ok_or(AccountError::DeadLink)?;
    let asked = Asked::now(search, &question, &Owner::Address(ticket.mail)).await?;
    let mut tx = tools.db.begin().await?;
    let confirmed = addresses::confirm(&mut tx, token, tools).await?;
    let owner = Owner::Address(confirmed.mail().to_owned());
    let kept = write(&mut tx, &asked, owner, lang.tag(), often, tools).await?;
    tx.commit().await?;
    Alert::read(kept)
}

async fn write(
    tx: &mut Tx,
    asked: &Asked,
    owner: Owner,
    lang: &str,
    often: Often,
    tools: Tools<'_>,
) -> Result<AlertRow, AlertError> {
    let now = tools.now_ms();
    let mut present = rows::of_alone(tx, &owner).await?;
    let same = present.iter().position(|one| one.question == asked.stored);
    if let Some(mut same) = same.map(|at| present.swap_remove(at)) {
        rows::change(tx, &same.id, &same.name, often.code(), next_due(often, now)).await?;
        if same.stopped_at.is_some() {
            asked.begin(tx, &same, often, now).await?;
        } else {
            rows::put_off(tx, &same.id, life(&owner, now)).await?;
        }
        (same.often, same.stopped_at) = (often.code().to_owned(), None);
        return Ok(same);
    }
    let (count, most) = match owner {
        Owner::Person(_) => (present.len(), OF_A_PERSON),
        // An address cannot take anything away itself: what has stopped goes after a while.
        Owner::Address(_) => (present.iter().filter(|one| one.stopped_at.is_none()).count(), OF_AN_ADDRESS),
    };
    if count >= most {
        return Err(AlertError::TooMany { most });
    }
    let alert = AlertRow {
        id: tools.new_id(),
        to: None,
        lang: lang.to_owned(),
        name: String::new(),
        question: asked.stored.clone(),
        often: often.code().to_owned(),
        made_at: now,
        stopped_at: None,
        ends_at: life(&owner, now),
        warned: 0,
        seen: asked.seen,
        due_at: next_due(often, now),
        told_at: None,
        told: 0,
        owner,
    };
    rows::add(tx, &alert).await?;
    rows::know(tx, &alert.id, &asked.found, None).await?;
    Ok(alert)
}
