//! Rounds with a window: their input is the certified lists of that round and nothing else, and what those lists say is
//! shown to nobody, whoever runs the round.

use super::RoundError;
use super::eligibility::{self, Participants};
use super::show::View;
use crate::domain::{Audited, Placement, RankList, Region};
use crate::store::rankings::{self as rows, Entrant, Window};
use crate::store::{Db, Tx};

/// What a round with a window reads beside the region.
pub(super) struct Lists {
    window: Window,
    lists: Vec<RankList>,
    entrants: Vec<Entrant>,
}

/// Waits until nobody is certifying any more; afterwards nobody can, since the deadline is past.
///
/// A list that was accepted in time is committed before this returns: whoever certifies holds the round's turn.
///
/// # Errors
/// [`RoundError::StillOpen`] before the deadline, by the database's clock.
pub(super) async fn wait_for_the_deadline(db: &Db, number: i64) -> Result<(), RoundError> {
    let mut tx = db.begin().await?;
    is_past(&mut tx, number).await.map(drop)
}

/// The window of a round, when its deadline is past; none when it has no window. Holds the round's turn.
async fn is_past(tx: &mut Tx, number: i64) -> Result<Option<Window>, RoundError> {
    let Some(window) = rows::take_turn(tx, number).await? else { return Ok(None) };
    if tx.now_ms().await? <= window.closes_at {
        return Err(RoundError::StillOpen { number, closes_at: window.closes_at });
    }
    Ok(Some(window))
}

/// Looks again, in the transaction that freezes, whether the window is the one that was read.
pub(super) async fn still_holds(tx: &mut Tx, number: i64, lists: Option<&Lists>) -> Result<bool, RoundError> {
    Ok(is_past(tx, number).await?.as_ref() == lists.map(|lists| &lists.window))
}

/// The certified lists of a round; none when it has no window. A pair that withdrew since is in no list any more.
pub(super) async fn lists(tx: &mut Tx, number: i64) -> Result<Option<Lists>, RoundError> {
    let Some(window) = rows::window(tx, number).await? else { return Ok(None) };
    let mut lists = rows::certified(tx, number).await?;
    let pairs: std::collections::BTreeSet<_> = rows::pairs(tx).await?.into_iter().collect();
    for list in &mut lists {
        match list {
            RankList::OfCandidate { owner, entries, .. } => {
                entries.retain(|entry| pairs.contains(&(*owner, entry.partner)));
            }
            RankList::OfOpening { owner, entries, .. } => {
                entries.retain(|entry| pairs.contains(&(entry.partner, *owner)));
            }
        }
    }
    let entrants = rows::entrants(tx, number).await?;
    Ok(Some(Lists { window, lists, entrants }))
}

/// Who takes part: in a round with a window by certified lists, else as ever.
pub(super) fn participants(
    region: &mut Region,
    lists: Option<&Lists>,
    placements: &[Placement],
    with_placed: bool,
) -> Participants {
    let Some(lists) = lists else { return eligibility::participants(region, placements, with_placed) };
    region.rankings.clone_from(&lists.lists);
    let mut participants = eligibility::certified(region, placements, with_placed);
    let uncertified = lists.entrants.iter().filter(|one| !one.certified).count();
    participants.checklist.left_out.uncertified = uncertified as u32;
    participants
}

/// Whether the lists of a round are sealed.
pub(super) async fn is_sealed(db: &Db, number: i64) -> Result<bool, RoundError> {
    let mut tx = db.begin_reading().await?;
    Ok(rows::window(&mut tx, number).await?.is_some())
}

/// Fewer people than this could be told apart.
const FEWEST: u32 = 5;

/// Takes out of a view what would show a list: ranks of single pairs, entries that nobody returned, and how many got which
/// choice where a handful could be told apart.
pub(super) fn veil(view: &mut View) {
    view.sealed = true;
    for pair in &mut view.pairs {
        (pair.candidate_rank, pair.opening_rank) = (0, 0);
    }
    view.dropped_of_candidates.clear();
    view.dropped_of_openings.clear();
    if let Some(audit) = &mut view.audit {
        veil_ranks(audit);
    }
}

/// The same for what an audit counted.
pub(super) fn veil_ranks(audit: &mut Audited) {
    for ranks in [&mut audit.candidate_ranks, &mut audit.opening_ranks] {
        if ranks.iter().any(|count| (1..FEWEST).contains(count)) {
            ranks.clear();
        }
    }
}
