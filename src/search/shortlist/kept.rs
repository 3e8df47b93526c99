//! The weights that the desk has set: those in force, and setting others. What was in force before stays written down.

use super::Weights;
use crate::accounts::{Operator, Tools};
use crate::store::journal::{self, Entry};
use crate::store::weights::{self as rows, WeightsRow};
use crate::store::{Db, StoreError, Tx};

/// Choices that [`history`] tells.
const TOLD: i64 = 20;

/// Weights, and since when they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// What counts how much.
    pub weights: Weights,
    /// Counts the choices; 0 when nobody ever made one.
    pub version: i64,
    /// When and by whom they were set; none for the usual ones that nobody set.
    pub set: Option<(i64, String)>,
}

/// Why weights were not set.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// The parts of a side do not add up to [`WHOLE`](super::WHOLE).
    #[error("the parts of a side do not add up")]
    NotWhole,
    /// Somebody else set others meanwhile.
    #[error("somebody else set others meanwhile")]
    Conflict,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The weights in force.
///
/// # Errors
/// The database's; and what is stored may be no weights of this program.
pub async fn in_force(db: &Db) -> Result<InForce, StoreError> {
    in_force_in(&mut db.begin_reading().await?).await
}

/// The same, as of a transaction.
///
/// # Errors
/// As [`in_force`].
pub async fn in_force_in(tx: &mut Tx) -> Result<InForce, StoreError> {
    let latest = rows::latest(tx, 1).await?;
    Ok(latest.first().map(read).transpose()?.unwrap_or_default())
}

/// The latest choices, the one in force first.
///
/// # Errors
/// As [`in_force`].
pub async fn history(db: &Db) -> Result<Vec<InForce>, StoreError> {
    rows::latest(&mut db.begin_reading().await?, TOLD).await?.iter().map(read).collect()
}

/// Sets weights, by who began from `version`. The same ones again are set once.
///
/// # Errors
/// [`NotSet::NotWhole`], [`NotSet::Conflict`].
pub async fn set(
    operator: &Operator,
    weights: &Weights,
    version: i64,
    tools: Tools<'_>,
) -> Result<(), NotSet> {
    if !weights.are_whole() {
        return Err(NotSet::NotWhole);
    }
    let mut tx = tools.db.begin().await?;
    let now = in_force_in(&mut tx).await?;
    if now.weights == *weights {
        return Ok(());
    }
    let text = serde_json::to_string(weights).expect("numbers become JSON");
    let row = WeightsRow {
        version: version + 1,
        weights: text.clone(),
        set_at: tools.now_ms(),
        set_by: operator.name().to_owned(),
    };
    if now.version != version || !rows::add(&mut tx, &row).await? {
        return Err(NotSet::Conflict);
    }
    let entry = Entry {
        at: row.set_at,
        person: operator.person(),
        acted_as: operator.acts_as().to_owned(),
        action: "weights.set".to_owned(),
        subject_kind: "weights".to_owned(),
        subject: row.version.to_string(),
        facts: text,
    };
    journal::add(&mut tx, &entry).await?;
    Ok(tx.commit().await?)
}

fn read(row: &WeightsRow) -> Result<InForce, StoreError> {
    let weights = serde_json::from_str(&row.weights)
        .map_err(|cause| StoreError::damaged("weights", &row.version.to_string(), cause))?;
    Ok(InForce { weights, version: row.version, set: Some((row.set_at, row.set_by.clone())) })
}
