//! When lists of a round may be made and certified.

use crate::domain::{Mechanism, Owner, Settings};
use crate::store::region::read;
use crate::store::{Db, StoreError, Tx, in_tx, reading};

/// The time in which lists of a round may be made and certified. Milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Of which round.
    pub round: i64,
    /// From this instant on.
    pub opens_at: i64,
    /// Up to and including this instant.
    pub closes_at: i64,
    /// Whether several may share a rank.
    pub ties: bool,
    /// What the desk says about it, in its own words.
    pub note: String,
    /// Whether the round is still a draft: once it is frozen, no list changes any more.
    pub draft: bool,
    /// Which of the stable matchings the round wants.
    pub mechanism: Mechanism,
}

#[derive(sqlx::FromRow)]
struct Row {
    round: i64,
    opens_at: i64,
    closes_at: i64,
    ties: bool,
    note: String,
    draft: bool,
    settings: String,
}

impl Row {
    fn read(self) -> Result<Window, StoreError> {
        let Self { round, opens_at, closes_at, ties, note, draft, settings } = self;
        let Settings { mechanism, .. } = read("settings of round", &round.to_string(), &settings)?;
        Ok(Window { round, opens_at, closes_at, ties, note, draft, mechanism })
    }
}

/// The window of a round; none for a round that is held on imported lists.
pub async fn window(tx: &mut Tx, round: i64) -> Result<Option<Window>, StoreError> {
    const SQL: &str = "SELECT round, opens_at, closes_at, ties, note, stage = 'draft' AS draft, settings \
        FROM round_windows JOIN rounds ON number = round WHERE round = $1";
    let row: Option<Row> = in_tx!(tx, on => sqlx::query_as(SQL).bind(round).fetch_optional(on).await)?;
    row.map(Row::read).transpose()
}

/// The window of the latest round that has one.
pub async fn latest_window(tx: &mut Tx) -> Result<Option<Window>, StoreError> {
    const SQL: &str = "SELECT round, opens_at, closes_at, ties, note, stage = 'draft' AS draft, settings \
        FROM round_windows JOIN rounds ON number = round \
        ORDER BY round DESC LIMIT 1";
    let row: Option<Row> = in_tx!(tx, on => sqlx::query_as(SQL).fetch_optional(on).await)?;
    row.map(Row::read).transpose()
}

/// The window of a round, held until this transaction ends: whoever saves, certifies, freezes or moves the deadline of
/// this round meanwhile waits.
pub async fn take_turn(tx: &mut Tx, round: i64) -> Result<Option<Window>, StoreError> {
    const SQL: &str = "UPDATE round_windows SET set_at = set_at WHERE round = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(round).execute(on).await.map(drop)?);
    window(tx, round).await
}

/// Sets the window of a round.
pub async fn set(tx: &mut Tx, window: &Window, by: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO round_windows (round, opens_at, closes_at, ties, note, set_at, set_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round) DO UPDATE SET opens_at = excluded.opens_at, \
        closes_at = excluded.closes_at, ties = excluded.ties, note = excluded.note, set_at = excluded.set_at, \
        set_by = excluded.set_by";
    let Window { round, opens_at, closes_at, ties, note, .. } = window;
    in_tx!(tx, on => sqlx::query(SQL).bind(round).bind(opens_at).bind(closes_at).bind(ties).bind(note)
        .bind(now_ms).bind(by).execute(on).await.map(drop)?);
    Ok(())
}

/// Every window, that of the latest round first.
pub async fn windows(db: &Db) -> Result<Vec<Window>, StoreError> {
    const SQL: &str = "SELECT round, opens_at, closes_at, ties, note, stage = 'draft' AS draft, settings \
        FROM round_windows JOIN rounds ON number = round \
        ORDER BY round DESC";
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// The rounds in which an owner's certified list is.
pub async fn certified_rounds(tx: &mut Tx, owner: Owner) -> Result<Vec<i64>, StoreError> {
    const SQL: &str = "SELECT DISTINCT round FROM rank_certificates \
        WHERE owner_kind = $1 AND owner_id = $2 AND withdrawn_at IS NULL";
    let (kind, id) = super::key(owner);
    Ok(in_tx!(tx, on => sqlx::query_scalar(SQL).bind(kind).bind(id).fetch_all(on).await)?)
}
