//! When lists of a round may be made and certified.

use crate::store::{Db, StoreError, Tx, in_tx, reading};

/// The time in which lists of a round may be made and certified. Milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
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
}

/// The window of a round; none for a round that is held on imported lists.
pub async fn window(tx: &mut Tx, round: i64) -> Result<Option<Window>, StoreError> {
    const SQL: &str = "SELECT round, opens_at, closes_at, ties, note, stage = 'draft' AS draft \
        FROM round_windows JOIN rounds ON number = round WHERE round = $1";
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(round).fetch_optional(on).await)?)
}

/// The window of the latest round that has one.
pub async fn latest_window(tx: &mut Tx) -> Result<Option<Window>, StoreError> {
    const SQL: &str = "SELECT round, opens_at, closes_at, ties, note, stage = 'draft' AS draft \
        FROM round_windows JOIN rounds ON number = round \
        ORDER BY round DESC LIMIT 1";
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).fetch_optional(on).await)?)
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
    let Window { round, opens_at, closes_at, ties, note, draft: _ } = window;
    in_tx!(tx, on => sqlx::query(SQL).bind(round).bind(opens_at).bind(closes_at).bind(ties).bind(note)
        .bind(now_ms).bind(by).execute(on).await.map(drop)?);
    Ok(())
}

/// Every window, that of the latest round first.
pub async fn windows(db: &Db) -> Result<Vec<Window>, StoreError> {
    const SQL: &str = "SELECT round, opens_at, closes_at, ties, note, stage = 'draft' AS draft \
        FROM round_windows JOIN rounds ON number = round \
        ORDER BY round DESC";
    Ok(reading!(db, on => sqlx::query_as(SQL).fetch_all(on).await)?)
}

/// A window, and whether one owner's certified list is in it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Windowed {
    /// The window.
    #[sqlx(flatten)]
    pub window: Window,
    /// Whether the owner's list is certified.
    pub certified: bool,
}

/// The rounds with a window, the latest first, as one owner sees them.
pub async fn owner_rounds(tx: &mut Tx, owner: crate::domain::Owner) -> Result<Vec<Windowed>, StoreError> {
    const SQL: &str = "SELECT w.round, opens_at, closes_at, ties, note, r.stage = 'draft' AS draft, \
        EXISTS (SELECT 1 FROM rank_certificates c WHERE c.round = w.round AND c.owner_kind = $1 \
        AND c.owner_id = $2 AND c.withdrawn_at IS NULL) AS certified \
        FROM round_windows w JOIN rounds r ON r.number = w.round ORDER BY w.round DESC";
    let (kind, id) = super::key(owner);
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(kind).bind(id).fetch_all(on).await)?)
}
