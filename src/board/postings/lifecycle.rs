//! The steps an opening takes. Each is one transaction with its version, its journal entry and its letters; what may not be
//! is refused by the stage it would have to start from.

use super::ended::{CLOSED, EXPIRED, UNPUBLISHED};
use super::error::PostingError;
use super::posting::{Posting, Stage};
use super::{Form, check, openness};
use crate::accounts::{FirmHand, Operator, Tools};
use crate::domain::{
    Changes, Firm, FirmId, Letter, Opening, OpeningId, Person, PersonId, Recipient, RoleKind,
};
use crate::rules::disclosure;
use crate::store::postings::{self as rows, Change, Row};
use crate::store::{StoreError, Tx, journal, letters, people, region, shown};

const DAY: i64 = 24 * 60 * 60_000;
/// For how long a public opening holds without another word of the firm (職業安定法5条の4: accurate and up to date).
const LIFE: i64 = 60 * DAY;
/// After how long the firm is asked.
const ASK_AFTER: i64 = 30 * DAY;

/// Begins an opening of the firm.
pub async fn start(hand: &FirmHand, tools: Tools<'_>) -> Result<OpeningId, PostingError> {
    let firm = shown::firm(tools.db, hand.firm()).await?.ok_or(PostingError::NotFound)?;
    let given = [
        ("seats", "1".to_owned()),
        ("recruiter_name", firm.facts.name.clone()),
        ("dispatch_flag", "no".to_owned()),
    ];
    let form: Form = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let (id, now) = (tools.id::<OpeningId>(), tools.now_ms());
    let mut tx = tools.db.begin().await?;
    rows::add(&mut tx, id, firm.id, &form, now).await?;
    rows::keep(&mut tx, id, 1, &form, "started", None, (hand.person(), hand.is_proxy()), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Hands an opening in to the desk.
///
/// # Errors
/// [`PostingError::Findings`] while errors stand; [`PostingError::NotOpen`] while the firm may not be named.
pub async fn submit(
    hand: &FirmHand,
    id: OpeningId,
    version: i64,
    tools: Tools<'_>,
) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let firm = shown::firm(tools.db, hand.firm()).await?.ok_or(PostingError::NotFound)?;
    let operators = people::operators(tools.db, now).await?;
    ready(&firm, tools).await?;
    let mut tx = tools.db.begin().await?;
    let (row, posting) = own(&mut tx, hand, id).await?;
    if posting.is_waiting {
        // A second click.
        return Ok(());
    }
    if posting.version != version {
        return Err(PostingError::Conflict(Box::new(posting)));
    }
    sound(&posting.form, &firm, tools)?;
    let stage = match posting.stage {
        Stage::Draft | Stage::Returned { .. } | Stage::Unpublished => "submitted",
        Stage::Published { .. } if posting.has_changes() => "published",
        _ => return Err(PostingError::WrongStage),
    };
    let change = Change {
        stage,
        version: version + 1,
        submitted_at: Some(now),
        review_note: None,
        ..still(&row, &posting.form)
    };
    rows::change(&mut tx, id, &change, now).await?;
    let by = (hand.person(), hand.is_proxy());
    rows::keep(&mut tx, id, version + 1, &posting.form, "submitted", None, by, now).await?;
    note(&mut tx, hand, "posting.submit", "opening", &id.to_string(), now).await?;
    let letter = Letter::PostingSubmitted {
        firm: firm.facts.name.clone(),
        title: posting.title().to_owned(),
        path: format!("/op/approvals/{id}"),
    };
    tell(&mut tx, &operators, &letter, tools).await?;
    Ok(tx.commit().await?)
}

/// Gives an opening back to the firm, with what is to be changed.
///
/// # Errors
/// [`PostingError::WrongStage`] when it does not wait any more.
pub async fn give_back(
    operator: &Operator,
    id: OpeningId,
    why: &str,
    tools: Tools<'_>,
) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let (row, posting, _, members) = waiting(id, tools).await?;
    let mut tx = tools.db.begin().await?;
    same(&mut tx, &row).await?;
    let stage = if matches!(posting.stage, Stage::Published { .. }) { "published" } else { "returned" };
    let version = posting.version + 1;
    let change =
        Change { stage, version, submitted_at: None, review_note: Some(why), ..still(&row, &posting.form) };
    rows::change(&mut tx, id, &change, now).await?;
    let by = (operator.person(), false);
    rows::keep(&mut tx, id, version, &posting.form, "returned", Some(why), by, now).await?;
    entry(&mut tx, operator.person(), "operator", "posting.return", "opening", &id.to_string(), now).await?;
    let path = format!("/firm/{}/openings/{id}", posting.firm);
    let letter = Letter::PostingReturned { title: posting.title().to_owned(), note: why.to_owned(), path };
    tell(&mut tx, &members, &letter, tools).await?;
    Ok(tx.commit().await?)
}

/// Approves an opening: public now, or from a later moment on. `confirmed` says who of the firm confirmed what the desk
/// wrote on its behalf, how and when.
///
/// # Errors
/// As for [`submit`], as of now; [`PostingError::NotConfirmed`] for what was written by proxy.
pub async fn approve(
    operator: &Operator,
    id: OpeningId,
    publish_at: Option<i64>,
    confirmed: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let (row, posting, firm, members) = waiting(id, tools).await?;
    ready(&firm, tools).await?;
    sound(&posting.form, &firm, tools)?;
    let mut tx = tools.db.begin().await?;
    same(&mut tx, &row).await?;
    if confirmed.is_none() && rows::is_by_proxy(&mut tx, id, row.published_version.unwrap_or(0)).await? {
        return Err(PostingError::NotConfirmed);
    }
    let version = posting.version + 1;
    let by = (operator.person(), false);
    rows::keep(&mut tx, id, version, &posting.form, "approved", confirmed, by, now).await?;
    entry(&mut tx, operator.person(), "operator", "posting.approve", "opening", &id.to_string(), now).await?;
    let later = publish_at.filter(|at| *at > now);
    match later {
        Some(at) => {
            let change = Change {
                stage: "scheduled",
                version,
                submitted_at: None,
                review_note: None,
                publish_at: Some(at),
                ..still(&row, &posting.form)
            };
            rows::change(&mut tx, id, &change, now).await?;
        }
        None => publish(&mut tx, &Posting { version, ..posting.clone() }, &firm, tools).await?,
    }
    let path = format!("/firm/{}/openings/{id}", posting.firm);
    let publish_at = later.unwrap_or(now);
    let letter = Letter::PostingApproved { title: posting.title().to_owned(), publish_at, path };
    tell(&mut tx, &members, &letter, tools).await?;
    Ok(tx.commit().await?)
}

/// Takes a public opening down, at once and everywhere.
///
/// # Errors
/// [`PostingError::WrongStage`] for what is not public and not about to be.
pub async fn unpublish(hand: &FirmHand, id: OpeningId, tools: Tools<'_>) -> Result<(), PostingError> {
    take_down(hand, id, "unpublished", UNPUBLISHED, tools).await
}

/// Ends an opening: its seats are taken, or it will not be.
///
/// # Errors
/// [`PostingError::WrongStage`] for what is not public.
pub async fn close(hand: &FirmHand, id: OpeningId, tools: Tools<'_>) -> Result<(), PostingError> {
    take_down(hand, id, "closed", CLOSED, tools).await
}

/// The firm says that everything still holds, as of today.
///
/// # Errors
/// [`PostingError::WrongStage`] for what is not public.
pub async fn confirm(hand: &FirmHand, id: OpeningId, tools: Tools<'_>) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let known = shown::opening(tools.db, id).await?;
    let mut tx = tools.db.begin().await?;
    let (row, posting) = own(&mut tx, hand, id).await?;
    let (Stage::Published { .. }, Some(mut opening)) = (&posting.stage, known) else {
        return Err(PostingError::WrongStage);
    };
    let version = posting.version + 1;
    let published = row.published_at.zip(row.published_version);
    // Nothing was rewritten: what the public sees stays the version it is.
    let published = published.map(|(at, seen)| (at, if seen == posting.version { version } else { seen }));
    let change = Change { version, published, holds: Some((now, now + LIFE)), ..still(&row, &posting.form) };
    rows::change(&mut tx, id, &change, now).await?;
    let by = (hand.person(), hand.is_proxy());
    rows::keep(&mut tx, id, version, &posting.form, "confirmed", None, by, now).await?;
    opening.facts.posted_on = Some(tools.clock.today());
    region::save(&mut tx, &Changes { openings: vec![opening], ..Changes::default() }, now).await?;
    note(&mut tx, hand, "posting.confirm", "opening", &id.to_string(), now).await?;
    Ok(tx.commit().await?)
}

/// Publishes what was approved for now, and ends what nobody confirmed. How many changed.
pub async fn publish_due(tools: Tools<'_>) -> Result<usize, PostingError> {
    let now = tools.now_ms();
    let mut changed = 0;
    for row in rows::due(tools.db, now).await? {
        let posting = Posting::of(row.clone())?;
        let firm = shown::firm(tools.db, posting.firm).await?.ok_or(PostingError::NotFound)?;
        let members = members_of(posting.firm, tools).await?;
        let mut tx = tools.db.begin().await?;
        if same(&mut tx, &row).await.is_err() {
            continue;
        }
        let version = posting.version + 1;
        if row.stage == "scheduled" {
            let next = Posting { version, ..posting.clone() };
            rows::keep(&mut tx, posting.id, version, &posting.form, "published", None, (None, false), now)
                .await?;
            publish(&mut tx, &next, &firm, tools).await?;
        } else {
            let change = Change { stage: "unpublished", version, holds: None, ..still(&row, &posting.form) };
            rows::change(&mut tx, posting.id, &change, now).await?;
            rows::keep(&mut tx, posting.id, version, &posting.form, "expired", None, (None, false), now)
                .await?;
            hide(&mut tx, posting.id, EXPIRED, tools).await?;
            let path = format!("/firm/{}/openings/{}", posting.firm, posting.id);
            let letter = Letter::PostingExpired { title: posting.title().to_owned(), path };
            tell(&mut tx, &members, &letter, tools).await?;
        }
        tx.commit().await?;
        changed += 1;
    }
    Ok(changed)
}

/// Asks the firms whose openings nobody confirmed for a month, once for each month. How many letters.
pub async fn expire_stale(tools: Tools<'_>) -> Result<usize, PostingError> {
    let now = tools.now_ms();
    let mut asked = 0;
    for row in rows::unconfirmed(tools.db, now - ASK_AFTER, now).await? {
        let posting = Posting::of(row)?;
        let Stage::Published { confirmed_at, expires_at, .. } = posting.stage else { continue };
        let members = members_of(posting.firm, tools).await?;
        let path = format!("/firm/{}/openings/{}", posting.firm, posting.id);
        let letter = Letter::PostingStale { title: posting.title().to_owned(), expires_at, path };
        let mut tx = tools.db.begin().await?;
        for member in &members {
            let once = format!("stale:{}:{confirmed_at}:{}", posting.id, member.id);
            asked += usize::from(tell_once(&mut tx, member, &letter, Some(&once), tools).await?);
        }
        tx.commit().await?;
    }
    Ok(asked)
}

/// Makes an opening public as it was approved.
async fn publish(tx: &mut Tx, posting: &Posting, firm: &Firm, tools: Tools<'_>) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let known = shown::opening(tools.db, posting.id).await?;
    let mut facts = check(&posting.form, &firm.facts, tools.clock.today()).facts;
    facts.posted_on = Some(tools.clock.today());
    facts.note = known.as_ref().and_then(|known| known.facts.note.clone());
    let opening = Opening {
        id: posting.id,
        firm: posting.firm,
        code: known.and_then(|known| known.code),
        facts,
        blocks: Vec::new(),
    };
    region::save(tx, &Changes { openings: vec![opening], ..Changes::default() }, now).await?;
    let change = Change {
        stage: "published",
        form: &posting.form,
        version: posting.version,
        submitted_at: None,
        review_note: None,
        publish_at: None,
        published: Some((now, posting.version)),
        holds: Some((now, now + LIFE)),
        ruleset: Some(disclosure::ruleset()),
    };
    Ok(rows::change(tx, posting.id, &change, now).await?)
}

async fn take_down(
    hand: &FirmHand,
    id: OpeningId,
    stage: &str,
    block: &str,
    tools: Tools<'_>,
) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let (row, posting) = own(&mut tx, hand, id).await?;
    match posting.stage {
        Stage::Published { .. } | Stage::Scheduled { .. } => {}
        Stage::Unpublished if stage == "closed" => {}
        // A second click.
        Stage::Unpublished | Stage::Closed => return Ok(()),
        _ => return Err(PostingError::WrongStage),
    }
    let version = posting.version + 1;
    let change = Change {
        stage,
        version,
        submitted_at: None,
        publish_at: None,
        published: None,
        holds: None,
        ..still(&row, &posting.form)
    };
    rows::change(&mut tx, id, &change, now).await?;
    rows::keep(&mut tx, id, version, &posting.form, stage, None, (hand.person(), hand.is_proxy()), now)
        .await?;
    hide(&mut tx, id, block, tools).await?;
    note(&mut tx, hand, &format!("posting.{stage}"), "opening", &id.to_string(), now).await?;
    Ok(tx.commit().await?)
}

/// From this transaction on nobody outside sees it: page, feed and structured data look at the blocks, and the outbox tells
/// the index.
async fn hide(tx: &mut Tx, id: OpeningId, block: &str, tools: Tools<'_>) -> Result<(), PostingError> {
    if let Some(mut opening) = shown::opening(tools.db, id).await? {
        opening.blocks = vec![block.to_owned()];
        region::save(tx, &Changes { openings: vec![opening], ..Changes::default() }, tools.now_ms()).await?;
    }
    Ok(())
}

/// The firm may be named.
async fn ready(firm: &Firm, tools: Tools<'_>) -> Result<(), PostingError> {
    let (said, _) = openness::find(tools.db, firm.id).await?;
    if firm.facts.may_be_named() && openness::missing(&said, &firm.facts).is_empty() {
        Ok(())
    } else {
        Err(PostingError::NotOpen)
    }
}

/// Nothing stands against the form.
fn sound(form: &Form, firm: &Firm, tools: Tools<'_>) -> Result<(), PostingError> {
    let checked = check(form, &firm.facts, tools.clock.today());
    if checked.may_be_published() { Ok(()) } else { Err(PostingError::Findings(checked.findings)) }
}

pub(super) async fn own(tx: &mut Tx, hand: &FirmHand, id: OpeningId) -> Result<(Row, Posting), PostingError> {
    let row = rows::find_in(tx, id).await?.ok_or(PostingError::NotFound)?;
    let posting = Posting::of(row.clone())?;
    if posting.firm == hand.firm() { Ok((row, posting)) } else { Err(PostingError::NotFound) }
}

/// What waits for the desk, with its firm and the people of it.
async fn waiting(id: OpeningId, tools: Tools<'_>) -> Result<(Row, Posting, Firm, Vec<Person>), PostingError> {
    let row = rows::find(tools.db, id).await?.ok_or(PostingError::NotFound)?;
    let posting = Posting::of(row.clone())?;
    if !posting.is_waiting {
        return Err(PostingError::WrongStage);
    }
    let firm = shown::firm(tools.db, posting.firm).await?.ok_or(PostingError::NotFound)?;
    let members = members_of(posting.firm, tools).await?;
    Ok((row, posting, firm, members))
}

async fn members_of(firm: FirmId, tools: Tools<'_>) -> Result<Vec<Person>, StoreError> {
    people::holders(tools.db, RoleKind::Firm, &firm.to_string(), tools.now_ms()).await
}

/// The row is still what was read before the transaction.
async fn same(tx: &mut Tx, row: &Row) -> Result<(), PostingError> {
    let now = rows::find_in(tx, row.opening()?).await?.ok_or(PostingError::NotFound)?;
    if now.version == row.version && now.stage == row.stage { Ok(()) } else { Err(PostingError::WrongStage) }
}

pub(super) async fn find_again(id: OpeningId, tools: Tools<'_>) -> Result<Posting, PostingError> {
    Posting::of(rows::find(tools.db, id).await?.ok_or(PostingError::NotFound)?)
}

/// A change that changes nothing, to begin from.
pub(super) fn still<'a>(row: &'a Row, form: &'a Form) -> Change<'a> {
    Change {
        stage: &row.stage,
        form,
        version: row.version,
        submitted_at: row.submitted_at,
        review_note: row.review_note.as_deref(),
        publish_at: row.publish_at,
        published: row.published_at.zip(row.published_version),
        holds: row.confirmed_at.zip(row.expires_at),
        ruleset: None,
    }
}

async fn tell(tx: &mut Tx, people: &[Person], letter: &Letter, tools: Tools<'_>) -> Result<(), StoreError> {
    for person in people {
        tell_once(tx, person, letter, None, tools).await?;
    }
    Ok(())
}

async fn tell_once(
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

async fn entry(
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
