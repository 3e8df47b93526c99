//! Times at which a firm receives people, and the places at them.
//!
//! A firm offers a time to everybody who applied for an opening; they book while a place is free, and neither learns who
//! else comes. Not useful for arranging a time by writing to each other.

use super::applications::{holders, tell};
use super::consents;
use crate::accounts::{CandidateHand, CandidateSelf, FirmHand, Tools};
use crate::domain::{CandidateId, FirmId, Letter, OpeningId, RoleKind, Slot, SlotFacts, SlotId, VisitKind};
use crate::store::journal::{self, Entry};
use crate::store::{StoreError, Tx, applications, shown, visits as rows};
use crate::texts::Lang;

pub use crate::store::visits::{Booked, Offered};

/// The most places of a slot.
pub const MOST_PLACES: i64 = 50;
/// The longest slot.
pub const LONGEST: i64 = 14 * 24 * 60 * 60_000;

/// Why a slot or a booking does not change.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// There is none, or it is another's: the answer is the same.
    #[error("there is no such slot")]
    NotFound,
    /// Others were quicker.
    #[error("every place is taken")]
    Full,
    /// It has begun, has not begun yet, or does not take place.
    #[error("the slot is not at a point at which this can be done")]
    WrongTime,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl VisitError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("talks-no-slot"),
            Self::Full => lang.say("talks-slot-full"),
            Self::WrongTime => lang.say("talks-slot-wrong-time"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

/// A slot to be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSlot {
    /// To whom: who applied for this opening.
    pub opening: OpeningId,
    /// What for.
    pub kind: VisitKind,
    /// When it begins, milliseconds.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// Where.
    pub place: String,
    /// For how many, 1 to [`MOST_PLACES`].
    pub capacity: i64,
    /// What else there is to know.
    pub facts: SlotFacts,
}

impl NewSlot {
    /// Whether it can be offered at this moment.
    fn is_sound(&self, now_ms: i64) -> bool {
        let length = self.ends_at - self.starts_at;
        self.starts_at > now_ms
            && (1..=LONGEST).contains(&length)
            && (1..=MOST_PLACES).contains(&self.capacity)
    }
}

/// Offers a slot. The same one twice is one.
///
/// # Errors
/// [`VisitError::NotFound`] for another firm's opening; [`VisitError::WrongTime`] for what has begun or never ends.
pub async fn offer(hand: &FirmHand, new: &NewSlot, tools: Tools<'_>) -> Result<(), VisitError> {
    let now = tools.now_ms();
    if !new.is_sound(now) {
        return Err(VisitError::WrongTime);
    }
    let mut tx = tools.db.begin().await?;
    let firm = rows::firm_of(&mut tx, new.opening).await?;
    if firm != Some(hand.firm()) {
        return Err(VisitError::NotFound);
    }
    let new = new.clone();
    let slot = Slot {
        id: tools.id(),
        opening: new.opening,
        firm: hand.firm(),
        kind: new.kind,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        place: new.place,
        capacity: new.capacity,
        facts: new.facts,
        cancelled_at: None,
    };
    if rows::add(&mut tx, &slot, now).await? {
        note(&mut tx, hand, "visit.offer", slot.id, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Takes a slot back before it begins, and writes to everybody who booked it.
///
/// # Errors
/// [`VisitError::NotFound`] for another firm's; [`VisitError::WrongTime`] once it has begun.
pub async fn cancel(hand: &FirmHand, id: SlotId, tools: Tools<'_>) -> Result<(), VisitError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let slot = of_firm(&mut tx, hand, id).await?;
    if !slot.is_on() {
        return Ok(());
    }
    if slot.starts_at <= now {
        return Err(VisitError::WrongTime);
    }
    rows::cancel(&mut tx, id, now).await?;
    for candidate in rows::booked(&mut tx, id).await? {
        write(&mut tx, candidate, &slot, false, tools).await?;
    }
    note(&mut tx, hand, "visit.cancel", id, now).await?;
    Ok(tx.commit().await?)
}

/// Notes whether somebody came, from the beginning of the slot on. It can be mended.
///
/// # Errors
/// [`VisitError::NotFound`] for another firm's, and for whoever had not booked; [`VisitError::WrongTime`] before it begins.
pub async fn came(
    hand: &FirmHand,
    id: SlotId,
    candidate: CandidateId,
    came: bool,
    tools: Tools<'_>,
) -> Result<(), VisitError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let slot = of_firm(&mut tx, hand, id).await?;
    if !slot.is_on() || slot.starts_at > now {
        return Err(VisitError::WrongTime);
    }
    if !rows::came(&mut tx, id, candidate, came).await? {
        return Err(VisitError::NotFound);
    }
    note(&mut tx, hand, "visit.came", id, now).await?;
    Ok(tx.commit().await?)
}

/// Books a place while one is free. Twice is once.
///
/// # Errors
/// [`VisitError::NotFound`] for who has not applied for the opening, and for what does not take place;
/// [`VisitError::Full`]; [`VisitError::WrongTime`] once it has begun.
pub async fn book(me: &CandidateSelf, id: SlotId, tools: Tools<'_>) -> Result<(), VisitError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let slot = rows::find(&mut tx, id).await?.ok_or(VisitError::NotFound)?;
    let booked = rows::booked(&mut tx, id).await?;
    if slot.is_on() && booked.contains(&me.candidate()) {
        return Ok(());
    }
    if !slot.is_on() || !applications::is_live(&mut tx, me.candidate(), slot.opening).await? {
        return Err(VisitError::NotFound);
    }
    if slot.starts_at <= now {
        return Err(VisitError::WrongTime);
    }
    if booked.len() as i64 >= slot.capacity {
        return Err(VisitError::Full);
    }
    rows::book(&mut tx, id, me.candidate(), now).await?;
    write(&mut tx, me.candidate(), &slot, true, tools).await?;
    inform(&mut tx, &slot, tools).await?;
    let told = serde_json::json!({ "slot": id }).to_string();
    let hand = CandidateHand::Own(me.clone());
    journal::add(&mut tx, &consents::entry(&hand, "visit.book", told, now)).await?;
    Ok(tx.commit().await?)
}

/// Gives a place up before the slot begins; another may have it.
///
/// # Errors
/// [`VisitError::NotFound`] for what was never booked; [`VisitError::WrongTime`] once it has begun.
pub async fn give_up(me: &CandidateSelf, id: SlotId, tools: Tools<'_>) -> Result<(), VisitError> {
    let mut tx = tools.db.begin().await?;
    let slot = rows::find(&mut tx, id).await?.ok_or(VisitError::NotFound)?;
    if !rows::booked(&mut tx, id).await?.contains(&me.candidate()) {
        // A second click, or somebody who was never here: both read that nothing is booked.
        let was = rows::once_booked(tools.db, id, me.candidate()).await?;
        return was.map(drop).ok_or(VisitError::NotFound);
    }
    if slot.starts_at <= tools.now_ms() {
        return Err(VisitError::WrongTime);
    }
    release(&mut tx, me.candidate(), &slot, tools).await?;
    Ok(tx.commit().await?)
}

/// Gives up everything ahead that a candidate booked for an opening: who withdraws or is declined does not come.
pub(super) async fn release_all(
    tx: &mut Tx,
    candidate: CandidateId,
    opening: OpeningId,
    tools: Tools<'_>,
) -> Result<(), StoreError> {
    for id in rows::ahead(tx, candidate, opening, tools.now_ms()).await? {
        if let Some(slot) = rows::find(tx, id).await? {
            release(tx, candidate, &slot, tools).await?;
        }
    }
    Ok(())
}

async fn release(
    tx: &mut Tx,
    candidate: CandidateId,
    slot: &Slot,
    tools: Tools<'_>,
) -> Result<(), StoreError> {
    rows::give_up(tx, slot.id, candidate, tools.now_ms()).await?;
    if slot.is_on() {
        write(tx, candidate, slot, false, tools).await?;
        inform(tx, slot, tools).await?;
    }
    Ok(())
}

async fn of_firm(tx: &mut Tx, hand: &FirmHand, id: SlotId) -> Result<Slot, VisitError> {
    let slot = rows::find(tx, id).await?.ok_or(VisitError::NotFound)?;
    if slot.firm == hand.firm() { Ok(slot) } else { Err(VisitError::NotFound) }
}

/// Writes to a candidate that a booking holds, or no longer.
async fn write(
    tx: &mut Tx,
    candidate: CandidateId,
    slot: &Slot,
    holds: bool,
    tools: Tools<'_>,
) -> Result<(), StoreError> {
    let (title, id, place) = (title(slot, tools).await?, slot.id.to_string(), slot.place.clone());
    let (starts_at, ends_at, path) = (slot.starts_at, slot.ends_at, "/me/visits".to_owned());
    let letter = if holds {
        Letter::VisitBooked { title, slot: id, starts_at, ends_at, place, path }
    } else {
        Letter::VisitCancelled { title, slot: id, starts_at, ends_at, place, path }
    };
    let whom = holders(RoleKind::Candidate, &candidate.to_string(), tools).await?;
    tell(tx, &whom, &letter, tools).await
}

/// Writes to the firm that its bookings have moved; who it is, stands behind the log-in.
async fn inform(tx: &mut Tx, slot: &Slot, tools: Tools<'_>) -> Result<(), StoreError> {
    let letter = Letter::BookingsMoved {
        title: title(slot, tools).await?,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
        place: slot.place.clone(),
        path: page_of(slot.firm),
    };
    let whom = holders(RoleKind::Firm, &slot.firm.to_string(), tools).await?;
    tell(tx, &whom, &letter, tools).await
}

async fn title(slot: &Slot, tools: Tools<'_>) -> Result<String, StoreError> {
    let opening = shown::opening(tools.db, slot.opening).await?;
    Ok(opening.map(|opening| opening.facts.title).unwrap_or_default())
}

fn page_of(firm: FirmId) -> String {
    format!("/firm/{firm}/visits")
}

async fn note(tx: &mut Tx, hand: &FirmHand, action: &str, slot: SlotId, at: i64) -> Result<(), StoreError> {
    let entry = Entry {
        at,
        person: hand.person(),
        acted_as: if hand.is_proxy() { "proxy" } else { "firm" }.to_owned(),
        action: action.to_owned(),
        subject_kind: "slot".to_owned(),
        subject: slot.to_string(),
        facts: "{}".to_owned(),
    };
    journal::add(tx, &entry).await
}
