//! A list as its owner reads it.

use super::{Ranker, RankingError};
use crate::accounts::{CandidateSelf, FirmMember};
use crate::domain::{FirmId, Owner, RankOrder, RankedId};
use crate::store::rankings::{self as rows, Certificate, FirmList, Named, Version, Window};
use crate::store::{Db, Tx};

/// Everything an owner sees of the own list in a round, all of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// When lists are taken.
    pub window: Window,
    /// The database's clock.
    pub now_ms: i64,
    /// Who may be ranked, in the order of the applications.
    pub pool: Vec<Named>,
    /// The list, without those who cannot be ranked any more.
    pub order: RankOrder,
    /// Of which version the list is; 0 before the first save.
    pub version: i64,
    /// When it was saved, and by whom.
    pub saved: Option<(i64, String)>,
    /// Whether a step can be taken back.
    pub can_undo: bool,
    /// Whether a step can be taken again.
    pub can_redo: bool,
    /// The certificate that holds.
    pub certificate: Option<Certificate>,
    /// Whether one held before and was lost by a change.
    pub was_certified: bool,
    /// The title and the seats of the opening whose firm ranks.
    pub opening: Option<FirmList>,
}

/// Whether lists can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not yet.
    Early,
    /// Now.
    Open,
    /// Not any more.
    Closed,
}

impl Phase {
    /// The phase of a window at an instant.
    pub fn at(window: &Window, now_ms: i64) -> Self {
        if !window.draft {
            Self::Closed
        } else if now_ms < window.opens_at {
            Self::Early
        } else if now_ms <= window.closes_at {
            Self::Open
        } else {
            Self::Closed
        }
    }
}

impl Sheet {
    /// Whether the list can be changed.
    pub fn phase(&self) -> Phase {
        Phase::at(&self.window, self.now_ms)
    }

    /// Who may be ranked and is not.
    pub fn unranked(&self) -> impl Iterator<Item = &Named> {
        self.pool.iter().filter(|one| self.order.rank_of(one.id).is_none())
    }

    /// One of the pool.
    pub fn named(&self, id: RankedId) -> Option<&Named> {
        self.pool.iter().find(|one| one.id == id)
    }
}

/// Opens the own list of a round.
///
/// # Errors
/// [`RankingError::NotFound`] for a round without window, and for an opening of another firm.
pub async fn sheet(ranker: &Ranker, db: &Db, round: i64) -> Result<Sheet, RankingError> {
    let mut tx = db.begin_reading().await?;
    let window = rows::window(&mut tx, round).await?.ok_or(RankingError::NotFound)?;
    read(&mut tx, ranker, window).await
}

/// Reads the list inside a transaction.
pub(super) async fn read(tx: &mut Tx, ranker: &Ranker, window: Window) -> Result<Sheet, RankingError> {
    let (owner, round) = (ranker.owner(), window.round);
    let opening = match ranker {
        Ranker::Candidate(_) => None,
        Ranker::Firm(member, id) => {
            let own = rows::firm_lists(tx, member.firm(), round).await?;
            Some(own.into_iter().find(|one| one.opening == *id).ok_or(RankingError::NotFound)?)
        }
    };
    let pool = match owner {
        Owner::Candidate(id) => rows::openings_for(tx, id).await?,
        Owner::Opening(id) => rows::candidates_for(tx, id).await?,
    };
    let latest = rows::latest(tx, round, owner).await?;
    let certificates = rows::certificates(tx, round, owner).await?;
    let now_ms = tx.now_ms().await?;
    let was_certified = !certificates.is_empty();
    let certificate = certificates.into_iter().find(|one| one.withdrawn_at.is_none());
    let (number, can_undo, can_redo, saved, order) = match latest {
        Some(Version { number, order, saved_at, saved_by, undo, redo }) => {
            (number, undo.is_some(), redo.is_some(), Some((saved_at, saved_by)), order)
        }
        None => (0, false, false, None, RankOrder::default()),
    };
    let order = order.keeping(|id| pool.iter().any(|one| one.id == id));
    Ok(Sheet {
        window,
        now_ms,
        pool,
        order,
        version: number,
        saved,
        can_undo,
        can_redo,
        certificate,
        was_certified,
        opening,
    })
}

/// Versions a page of the history.
const PAGE: i64 = 30;

/// The versions of the own list before a number, the latest first, and whether there are more.
///
/// # Errors
/// [`RankingError::NotFound`] as for [`sheet`].
pub async fn history(
    ranker: &Ranker,
    db: &Db,
    round: i64,
    before: i64,
) -> Result<(Sheet, Vec<Version>, bool), RankingError> {
    let mut tx = db.begin_reading().await?;
    let window = rows::window(&mut tx, round).await?.ok_or(RankingError::NotFound)?;
    let sheet = read(&mut tx, ranker, window).await?;
    let mut versions = rows::history(&mut tx, round, ranker.owner(), before, PAGE + 1).await?;
    let more = versions.len() > PAGE as usize;
    versions.truncate(PAGE as usize);
    Ok((sheet, versions, more))
}

/// The rounds with a window, the latest first, each with whether the candidate's list is certified, and the database's
/// clock.
///
/// # Errors
/// The database's.
pub async fn rounds(own: &CandidateSelf, db: &Db) -> Result<(Vec<(Window, bool)>, i64), RankingError> {
    let windows = rows::windows(db).await?;
    let mut tx = db.begin_reading().await?;
    let certified = rows::certified_rounds(&mut tx, Owner::Candidate(own.candidate())).await?;
    let windows = windows.into_iter().map(|window| (certified.contains(&window.round), window));
    Ok((windows.map(|(certified, window)| (window, certified)).collect(), tx.now_ms().await?))
}

/// The lists of a firm in the latest round with a window (or the one that is asked for), and the database's clock.
///
/// # Errors
/// [`RankingError::NotFound`] when the round that is asked for has no window.
pub async fn firm_rounds(
    member: &FirmMember,
    db: &Db,
    round: Option<i64>,
) -> Result<Option<(Window, Vec<FirmList>, i64)>, RankingError> {
    let firm: FirmId = member.firm();
    let mut tx = db.begin_reading().await?;
    let window = match round {
        Some(round) => Some(rows::window(&mut tx, round).await?.ok_or(RankingError::NotFound)?),
        None => rows::latest_window(&mut tx).await?,
    };
    let Some(window) = window else { return Ok(None) };
    let lists = rows::firm_lists(&mut tx, firm, window.round).await?;
    let now_ms = tx.now_ms().await?;
    Ok(Some((window, lists, now_ms)))
}
