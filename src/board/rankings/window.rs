//! The operator's part: when lists are taken, and who has certified. Never what a list says, nor how long it is.

use super::RankingError;
use crate::accounts::{Operator, Tools};
use crate::domain::Mechanism;
use crate::store::journal::{self, Entry};
use crate::store::rankings::{self as rows, Entrant, Window};
use crate::store::{Db, rounds};

/// A window to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWindow {
    /// From when on lists are taken, milliseconds.
    pub opens_at: i64,
    /// Until when.
    pub closes_at: i64,
    /// Whether several may share a rank.
    pub ties: bool,
    /// The desk's own words about it.
    pub note: String,
}

/// Sets when lists of a round are taken. A round with a window is held on certified lists alone.
///
/// # Errors
/// [`RankingError::NoWindow`] when it would close before it opens, or is closed by now; [`RankingError::Frozen`].
pub async fn set_window(
    operator: &Operator,
    round: i64,
    new: &NewWindow,
    tools: Tools<'_>,
) -> Result<(), RankingError> {
    let mut tx = tools.db.begin().await?;
    rows::take_turn(&mut tx, round).await?;
    if !rounds::hold_draft(&mut tx, round).await? {
        rounds::stage(&mut tx, round).await?.ok_or(RankingError::NotFound)?;
        return Err(RankingError::Frozen);
    }
    let now_ms = tx.now_ms().await?;
    if new.opens_at >= new.closes_at || new.closes_at <= now_ms {
        return Err(RankingError::NoWindow);
    }
    let NewWindow { opens_at, closes_at, ties, note } = new.clone();
    let window =
        Window { round, opens_at, closes_at, ties, note, draft: true, mechanism: Mechanism::default() };
    rows::set(&mut tx, &window, operator.name(), now_ms).await?;
    let entry = Entry {
        at: now_ms,
        person: operator.person(),
        acted_as: operator.acts_as().to_owned(),
        action: "round.window".to_owned(),
        subject_kind: "round".to_owned(),
        subject: round.to_string(),
        facts: serde_json::json!({ "opens_at": opens_at, "closes_at": closes_at, "ties": ties }).to_string(),
    };
    journal::add(&mut tx, &entry).await?;
    Ok(tx.commit().await?)
}

/// The window of a round, and the database's clock.
///
/// # Errors
/// [`RankingError::NotFound`] when there is no such round.
pub async fn window(db: &Db, round: i64) -> Result<(Option<Window>, i64), RankingError> {
    let mut tx = db.begin_reading().await?;
    rounds::stage(&mut tx, round).await?.ok_or(RankingError::NotFound)?;
    let window = rows::window(&mut tx, round).await?;
    Ok((window, tx.now_ms().await?))
}

/// Everybody who may take part in a round with a window, and whether they have certified.
///
/// # Errors
/// [`RankingError::NotFound`] when the round has no window.
pub async fn entrants(_: &Operator, db: &Db, round: i64) -> Result<(Window, Vec<Entrant>), RankingError> {
    let mut tx = db.begin_reading().await?;
    let window = rows::window(&mut tx, round).await?.ok_or(RankingError::NotFound)?;
    Ok((window, rows::entrants(&mut tx, round).await?))
}
