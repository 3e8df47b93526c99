//! The shortlist of one candidate or one opening, read from the database for a page.
//!
//! Whose list it is decides what it may tell. A candidate's own list is theirs whether or not firms find them. A firm's
//! list knows only whom the firm may see: the others are taken out before anything is compared or counted, so that neither
//! a number nor the order of the rest tells of them; and the least pay that people named does not count there, as a person
//! who stands on the list of one opening and not on another's would tell it.
//!
//! Cost: the other side is read with one statement and its texts are cut, some 100 microseconds each over all processors;
//! the list itself is nothing beside that. `benches/shortlist.rs` holds it against 100 milliseconds for a thousand. Nothing is
//! kept from one page to the next.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::blocking;
use super::{Condition, Fit, InForce, Shortlist, in_force};
use crate::accounts::{CandidateHand, FirmMember, Operator};
use crate::board::consents::{self, Seen};
use crate::domain::{Candidate, CandidateId, Consent, Firm, Opening, OpeningId, Region, Scope, Visibility};
use crate::search::{SearchError, may_be_shown};
use crate::store::{Db, consents as rows, shown};

/// The openings for a candidate.
#[derive(Debug)]
pub struct Openings {
    /// Whose list it is.
    pub candidate: Candidate,
    /// The list. Openings past their deadline are on neither side of it.
    pub list: Shortlist<OpeningId>,
    /// The weights that made it.
    pub weights: InForce,
    region: Region,
}

/// The candidates for an opening, for the desk.
#[derive(Debug)]
pub struct Candidates {
    /// Whose list it is.
    pub opening: Opening,
    /// Its firm.
    pub firm: Firm,
    /// The list.
    pub list: Shortlist<CandidateId>,
    /// The weights that made it.
    pub weights: InForce,
    region: Region,
}

/// The candidates for an opening, as its firm may see them.
#[derive(Debug)]
pub struct SeenCandidates {
    /// Whose list it is.
    pub opening: Opening,
    /// Its firm.
    pub firm: Firm,
    /// The list, without those who were kept out.
    pub list: Shortlist<CandidateId>,
    /// How many each condition keeps out.
    pub reasons: Vec<(Condition, usize)>,
    /// Those on the list.
    pub seen: BTreeMap<CandidateId, Seen>,
    /// The weights that made it.
    pub weights: InForce,
}

impl Openings {
    /// An opening of the list or of those that were kept out, with its firm.
    pub fn of(&self, id: OpeningId) -> Option<(&Opening, &Firm)> {
        let openings = &self.region.openings;
        let opening = openings.get(openings.binary_search_by_key(&id, |one| one.id).ok()?)?;
        let firms = &self.region.firms;
        let firm = firms.get(firms.binary_search_by_key(&opening.firm, |one| one.id).ok()?)?;
        Some((opening, firm))
    }
}

impl Candidates {
    /// A candidate of the list or of those who were kept out.
    pub fn of(&self, id: CandidateId) -> Option<&Candidate> {
        let all = &self.region.candidates;
        all.get(all.binary_search_by_key(&id, |one| one.id).ok()?)
    }
}

/// The best `k` openings for a candidate; none when there is no such candidate.
///
/// # Errors
/// The database's.
pub async fn for_candidate(
    hand: &CandidateHand,
    db: &Db,
    today: Date,
    k: usize,
) -> Result<Option<Openings>, SearchError> {
    let id = hand.candidate();
    let Some((facts, _)) = rows::facts(db, id).await? else { return Ok(None) };
    let candidate = Candidate { id, codes: Vec::new(), facts };
    let mut taking_part = candidate.clone();
    taking_part.facts.consent = Consent::Given;
    taking_part.facts.more.visibility = Some(Visibility::Firms);
    let is_over = |opening: &Opening| opening.facts.deadline.is_some_and(|date| date < today);
    let mut region = Region { candidates: vec![taking_part], ..Region::default() };
    for (opening, firm) in shown::all_posted(db).await? {
        if !is_over(&opening) {
            region.openings.push(opening);
            region.firms.push(firm);
        }
    }
    region.firms.sort_unstable_by_key(|firm| firm.id);
    region.firms.dedup_by_key(|firm| firm.id);
    let (weights, region, list) = made(db, region, move |fit| fit.shortlist_of_candidate(id, k)).await?;
    Ok(list.map(|list| Openings { candidate, list, weights, region }))
}

/// The best `k` candidates for an opening, for the desk; none when there is no such opening that is posted.
///
/// # Errors
/// The database's.
pub async fn for_opening(
    _: &Operator,
    db: &Db,
    opening: OpeningId,
    k: usize,
) -> Result<Option<Candidates>, SearchError> {
    let Some((opening, firm)) = posted(db, opening).await? else { return Ok(None) };
    let region = around(&opening, &firm, shown::everybody(db).await?);
    let id = opening.id;
    let (weights, region, list) = made(db, region, move |fit| fit.shortlist_of_opening(id, k)).await?;
    Ok(list.map(|list| Candidates { opening, firm, list, weights, region }))
}

/// The best `k` candidates for an opening, as its firm may see them; none when the firm has no such opening that is posted.
///
/// # Errors
/// The database's.
pub async fn for_firm(
    member: &FirmMember,
    db: &Db,
    opening: OpeningId,
    k: usize,
) -> Result<Option<SeenCandidates>, SearchError> {
    let Some((opening, firm)) = posted(db, opening).await? else { return Ok(None) };
    if firm.id != member.firm() {
        return Ok(None);
    }
    let (id, keys) = (opening.id, firm.facts.keys());
    let mut candidates = shown::everybody(db).await?;
    candidates.retain(|one| one.facts.may_be_found() && !keys_meet(&one.facts.kept_apart(), &keys));
    candidates.iter_mut().for_each(|one| one.facts.more.pay_floor = None);
    let region = around(&opening, &firm, candidates);
    let (weights, region, list) = made(db, region, move |fit| fit.shortlist_of_opening(id, k)).await?;
    let Some(mut list) = list else { return Ok(None) };
    let reasons = list.reasons();
    list.excluded.clear();
    let consented: BTreeMap<_, _> = consents::everybody_for(db, firm.id).await?.into_iter().collect();
    let seen = |one: &Candidate| {
        let seen = consented.get(&one.id).cloned();
        (one.id, seen.unwrap_or_else(|| Seen::of(&one.facts, Scope::Profile)))
    };
    let is_listed = |one: &&Candidate| list.best.iter().any(|fitting| fitting.id == one.id);
    let seen = region.candidates.iter().filter(is_listed).map(seen).collect();
    Ok(Some(SeenCandidates { opening, firm, list, reasons, seen, weights }))
}

async fn posted(db: &Db, id: OpeningId) -> Result<Option<(Opening, Firm)>, SearchError> {
    let found = shown::posted(db, &[id]).await?.pop();
    Ok(found.filter(|(opening, firm)| may_be_shown(opening, &firm.facts)))
}

fn keys_meet(apart: &[String], keys: &[String]) -> bool {
    apart.iter().any(|key| keys.contains(key))
}

/// An opening among candidates.
fn around(opening: &Opening, firm: &Firm, candidates: Vec<Candidate>) -> Region {
    Region { firms: vec![firm.clone()], openings: vec![opening.clone()], candidates, ..Region::default() }
}

/// Makes a list by the weights in force, on a thread of its own.
async fn made<List: Send + 'static>(
    db: &Db,
    region: Region,
    list: impl FnOnce(&Fit) -> List + Send + 'static,
) -> Result<(InForce, Region, List), SearchError> {
    let weights = in_force(db).await?;
    blocking(move || {
        let list = list(&Fit::new(&region, &weights.weights));
        Ok((weights, region, list))
    })
    .await
}
