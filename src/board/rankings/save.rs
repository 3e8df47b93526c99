//! Saving a list: every way of changing it ends here, as a new version.

use super::sheet::{Phase, read};
use super::{Ranker, RankingError, Sheet};
use crate::accounts::Tools;
use crate::domain::{Letter, RankOrder, RankStep, RankedId};
use crate::store::journal::{self, Entry};
use crate::store::rankings::{self as rows, Version};
use crate::store::{Tx, letters};

/// What is to be done with a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is to read so.
    Order(RankOrder),
    /// It is to read so, and then one step is taken.
    Step(RankOrder, RankedId, RankStep),
    /// The last step back.
    Undo,
    /// The step that was taken back, again.
    Redo,
    /// As this version had it.
    Restore(i64),
}

/// A list after a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// How it reads now.
    pub sheet: Sheet,
    /// Whether a certificate was lost by it.
    pub uncertified: bool,
}

/// Changes the own list. `from` is the version that the owner was looking at; a list that reads already as it should is
/// left as it is, whoever made it so.
///
/// # Errors
/// [`RankingError::Changed`] with the list as it is, when another version was saved meanwhile;
/// [`RankingError::TooEarly`] and [`RankingError::Closed`] outside the window; [`RankingError::Ties`],
/// [`RankingError::Stranger`] for a list that cannot be.
pub async fn save(
    ranker: &Ranker,
    round: i64,
    from: i64,
    change: &Change,
    tools: Tools<'_>,
) -> Result<Saved, RankingError> {
    let mut tx = tools.db.begin().await?;
    let sheet = turn(&mut tx, ranker, round).await?;
    let wanted = match change {
        Change::Order(order) => wanted(&sheet, order.clone())?,
        Change::Step(order, who, step) => {
            let mut order = order.clone();
            order.step(*who, *step);
            wanted(&sheet, order)?
        }
        Change::Undo | Change::Redo | Change::Restore(_) => sheet.order.clone(),
    };
    if from != sheet.version {
        // Sent twice, or made alike in another tab: there is nothing to choose between.
        let alike = matches!(change, Change::Order(_) | Change::Step(..)) && wanted == sheet.order;
        return if alike {
            Ok(Saved { sheet, uncertified: false })
        } else {
            Err(RankingError::Changed(Box::new(sheet)))
        };
    }
    let (order, undo, redo) = match change {
        Change::Order(_) | Change::Step(..) => (wanted, (from > 0).then_some(from), None),
        Change::Restore(number) => (found(&mut tx, ranker, round, *number).await?.order, Some(from), None),
        Change::Undo => {
            let Some(latest) = rows::latest(&mut tx, round, ranker.owner()).await? else {
                return Ok(Saved { sheet, uncertified: false });
            };
            let Some(back) = latest.undo else { return Ok(Saved { sheet, uncertified: false }) };
            let back = found(&mut tx, ranker, round, back).await?;
            (back.order, back.undo, Some(from))
        }
        Change::Redo => {
            let Some(latest) = rows::latest(&mut tx, round, ranker.owner()).await? else {
                return Ok(Saved { sheet, uncertified: false });
            };
            let Some(again) = latest.redo else { return Ok(Saved { sheet, uncertified: false }) };
            let again = found(&mut tx, ranker, round, again).await?;
            (again.order, Some(from), again.redo)
        }
    };
    let order = order.keeping(|id| sheet.named(id).is_some());
    if order == sheet.order && matches!(change, Change::Order(_) | Change::Step(..) | Change::Restore(_)) {
        return Ok(Saved { sheet, uncertified: false });
    }
    let version =
        Version { number: from + 1, order, saved_at: sheet.now_ms, saved_by: String::new(), undo, redo };
    rows::add(&mut tx, round, ranker.owner(), &version, ranker.person()).await?;
    let uncertified = lose_certificate(&mut tx, ranker, &sheet, tools).await?;
    let sheet = read(&mut tx, ranker, sheet.window).await?;
    tx.commit().await?;
    Ok(Saved { sheet, uncertified })
}

/// Takes the round's turn and finds the list, which can be changed now.
pub(super) async fn turn(tx: &mut Tx, ranker: &Ranker, round: i64) -> Result<Sheet, RankingError> {
    let window = rows::take_turn(tx, round).await?.ok_or(RankingError::NotFound)?;
    let sheet = read(tx, ranker, window).await?;
    match sheet.phase() {
        Phase::Open => Ok(sheet),
        Phase::Early => Err(RankingError::TooEarly { opens_at: sheet.window.opens_at }),
        Phase::Closed => Err(RankingError::Closed {
            closes_at: sheet.window.closes_at,
            certified_at: sheet.certificate.map(|one| one.certified_at),
        }),
    }
}

/// A list that can be.
fn wanted(sheet: &Sheet, order: RankOrder) -> Result<RankOrder, RankingError> {
    if order.ranked().any(|(_, id)| sheet.named(id).is_none()) {
        return Err(RankingError::Stranger);
    }
    if order.has_ties() && !sheet.window.ties {
        return Err(RankingError::Ties);
    }
    Ok(order)
}

async fn found(tx: &mut Tx, ranker: &Ranker, round: i64, number: i64) -> Result<Version, RankingError> {
    rows::version(tx, round, ranker.owner(), number).await?.ok_or(RankingError::NotFound)
}

/// A certified list that was changed does not count any more; every holder is told.
async fn lose_certificate(
    tx: &mut Tx,
    ranker: &Ranker,
    sheet: &Sheet,
    tools: Tools<'_>,
) -> Result<bool, RankingError> {
    let Some(certificate) = &sheet.certificate else { return Ok(false) };
    let now = sheet.now_ms;
    rows::withdraw(tx, &certificate.number, now).await?;
    let letter = Letter::ListUncertified {
        round: sheet.window.round,
        closes_at: sheet.window.closes_at,
        path: ranker.path(sheet.window.round),
    };
    for to in rows::holders(tx, ranker.owner(), now).await? {
        letters::post(tx, &tools.new_id(), &letter, &to, None, now).await?;
    }
    note(tx, ranker, "ranking.uncertify", &certificate.number, now).await?;
    Ok(true)
}

/// Notes in the journal that a receipt came to be or ended: never whom a list names, nor how many.
pub(super) async fn note(
    tx: &mut Tx,
    ranker: &Ranker,
    action: &str,
    number: &str,
    now_ms: i64,
) -> Result<(), RankingError> {
    let entry = Entry {
        at: now_ms,
        person: Some(ranker.person()),
        acted_as: ranker.acts_as().to_owned(),
        action: action.to_owned(),
        subject_kind: "certificate".to_owned(),
        subject: number.to_owned(),
        facts: "{}".to_owned(),
    };
    Ok(journal::add(tx, &entry).await?)
}
