//! Partners who want to move together (転居をともにする二人): one asks by mail address, the other agrees when logged in.

use super::RankingError;
use crate::accounts::{CandidateSelf, Tools};
use crate::domain::{Changes, Couple, Letter, Owner};
use crate::store::journal::{self, Entry};
use crate::store::{Db, Tx, couples as rows, letters, rankings, region};

pub use crate::store::couples::{Link, Wish};

/// Where both find the link.
const PATH: &str = "/me/partner";

/// The own links, and those that wait for the own answer.
///
/// # Errors
/// The database's.
pub async fn of(own: &CandidateSelf, db: &Db) -> Result<Vec<Link>, RankingError> {
    Ok(rows::links(db, own.candidate(), own.person()).await?)
}

/// Asks somebody to move together. Whether the address has an account is not told: who has one gets a letter, who has
/// none yet finds the question after registering.
///
/// # Errors
/// [`RankingError::Couple`] for an address that is none or one's own, and while another link is under way.
pub async fn ask(own: &CandidateSelf, mail: &str, wish: &Wish, tools: Tools<'_>) -> Result<(), RankingError> {
    let mail = mail.trim().to_lowercase();
    let parts = mail.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    if parts.is_none() || mail.len() > 254 || mail.contains(char::is_whitespace) {
        return Err(RankingError::Couple("rankings-couple-no-mail"));
    }
    if wish.condition.is_none() {
        return Err(RankingError::Couple("rankings-couple-no-condition"));
    }
    if wish.one_only.is_none() {
        return Err(RankingError::Couple("rankings-couple-no-one-only"));
    }
    let mut tx = tools.db.begin().await?;
    let own_links = rows::links_in(&mut tx, own.candidate(), own.person()).await?;
    if own_links.iter().any(|link| link.asked_by == own.candidate() && link.asked_mail == mail) {
        // Sent twice.
        return Ok(());
    }
    if own_links.iter().any(|link| link.asked_by == own.candidate() || link.agreed_at.is_some())
        || rows::is_linked(&mut tx, own.candidate()).await?
    {
        return Err(RankingError::Couple("rankings-couple-already"));
    }
    let to = rows::candidate_at(&mut tx, &mail).await?;
    if to.as_ref().is_some_and(|to| to.person == Some(own.person())) {
        return Err(RankingError::Couple("rankings-couple-self"));
    }
    let (id, now) = (tools.new_id(), tools.now_ms());
    rows::ask(&mut tx, &id, own.candidate(), &mail, wish, now).await?;
    if let Some(to) = to {
        let letter = Letter::CoupleAsked { path: PATH.to_owned() };
        letters::post(&mut tx, &tools.new_id(), &letter, &to, Some(&format!("couple:{id}")), now).await?;
    }
    note(&mut tx, own, "couple.ask", &id, now).await?;
    Ok(tx.commit().await?)
}

/// Agrees to what somebody asked.
///
/// # Errors
/// [`RankingError::NotFound`] when nobody asked this person; [`RankingError::Couple`] when one of the two is in a couple.
pub async fn agree(own: &CandidateSelf, link: &str, tools: Tools<'_>) -> Result<(), RankingError> {
    let mut tx = tools.db.begin().await?;
    let link = found(&mut tx, own, link).await?;
    if link.partner == Some(own.candidate()) {
        return Ok(());
    }
    if link.asked_by == own.candidate() || link.agreed_at.is_some() {
        return Err(RankingError::NotFound);
    }
    let taken =
        rows::is_linked(&mut tx, own.candidate()).await? || rows::is_linked(&mut tx, link.asked_by).await?;
    if taken {
        return Err(RankingError::Couple("rankings-couple-already"));
    }
    let now = tools.now_ms();
    if !rows::agree(&mut tx, &link.id, own.candidate(), now).await? {
        return Err(RankingError::NotFound);
    }
    let couple = Couple {
        first: own.candidate().min(link.asked_by),
        second: own.candidate().max(link.asked_by),
        condition: link.wish.condition,
        one_only: link.wish.one_only,
        note: None,
    };
    region::save(&mut tx, &Changes { couples: vec![couple], ..Changes::default() }, now).await?;
    let letter = Letter::CoupleAgreed { path: PATH.to_owned() };
    for to in rankings::holders(&mut tx, Owner::Candidate(link.asked_by), now).await? {
        letters::post(&mut tx, &tools.new_id(), &letter, &to, None, now).await?;
    }
    note(&mut tx, own, "couple.agree", &link.id, now).await?;
    Ok(tx.commit().await?)
}

/// Ends a link: declines, takes the question back, or goes separate ways.
///
/// # Errors
/// [`RankingError::NotFound`] when it is not the own one.
pub async fn end(own: &CandidateSelf, link: &str, tools: Tools<'_>) -> Result<(), RankingError> {
    let mut tx = tools.db.begin().await?;
    let link = found(&mut tx, own, link).await?;
    let now = tools.now_ms();
    rows::end(&mut tx, &link, now).await?;
    note(&mut tx, own, "couple.end", &link.id, now).await?;
    Ok(tx.commit().await?)
}

async fn found(tx: &mut Tx, own: &CandidateSelf, link: &str) -> Result<Link, RankingError> {
    let links = rows::links_in(tx, own.candidate(), own.person()).await?;
    links.into_iter().find(|one| one.id == link).ok_or(RankingError::NotFound)
}

async fn note(
    tx: &mut Tx,
    own: &CandidateSelf,
    action: &str,
    link: &str,
    now_ms: i64,
) -> Result<(), RankingError> {
    let entry = Entry {
        at: now_ms,
        person: Some(own.person()),
        acted_as: "candidate".to_owned(),
        action: action.to_owned(),
        subject_kind: "couple".to_owned(),
        subject: link.to_owned(),
        facts: "{}".to_owned(),
    };
    Ok(journal::add(tx, &entry).await?)
}
