//! The steps an operator takes with a round before publishing it.

use std::time::Instant;

use super::error::Step;
use super::freeze::{NoScores, freeze as think, wants_scores};
use super::market::market;
use super::propose::{audited, proposal, solve};
use super::{RoundError, sealed};
use crate::accounts::Operator;
use crate::clock::Clock;
use crate::domain::{
    Frozen, Locked, Parent, Placement, Proposal, Proposed, Region, Round, Sealed, Settings, Stage, Stamp,
};
use crate::search::shortlist::{Fit, Weights, in_force_in};
use crate::store::rounds::{self as rows, Summary};
use crate::store::{Db, Tx, region};

/// Makes a round. Lists may come in until it is frozen.
///
/// # Errors
/// [`RoundError::BadWeights`] when the settings hold weights that are none.
pub async fn new(
    operator: &Operator,
    db: &Db,
    clock: &dyn Clock,
    settings: Settings,
) -> Result<Round, RoundError> {
    let mut tx = db.begin().await?;
    let made = stamp(operator, clock);
    let number = rows::add(&mut tx, &settings, &made).await?;
    own_weights(number, &settings)?;
    tx.commit().await?;
    Ok(Round { number, settings, made, stage: Stage::Draft })
}

/// Fixes the input of a draft: who takes part, with which list, and the seed of the lottery (a new one when it is
/// given here). What counts how much in a shortlist is kept with it: the weights the round was made with, or those the desk
/// has set. Computing shortlists for a large region keeps a processor busy for a minute.
///
/// # Errors
/// [`RoundError::WrongStage`] when it was frozen before: a frozen input is never changed.
/// [`RoundError::NothingToFreeze`] when nobody would take part. [`RoundError::StillOpen`] before the deadline of a round
/// with a window.
pub async fn freeze(
    operator: &Operator,
    db: &Db,
    clock: &dyn Clock,
    number: Option<i64>,
    seed: Option<u64>,
) -> Result<Round, RoundError> {
    let begun = Instant::now();
    let number = self::round(db, number).await?.number;
    sealed::wait_for_the_deadline(db, number).await?;
    let Gathered { round, mut region, lists, placements, parent, in_force } =
        gather(db, Some(number)).await?;
    if round.stage != Stage::Draft {
        return Err(RoundError::WrongStage { number, is: round.stage.name(), step: Step::Freeze });
    }
    let weights = own_weights(number, &round.settings)?.unwrap_or(in_force);
    let settings = Settings {
        seed: seed.unwrap_or(round.settings.seed),
        weights: serde_json::to_value(&weights).ok(),
        ..round.settings
    };
    let participants = sealed::participants(&mut region, lists.as_ref(), &placements, settings.with_placed);
    if participants.candidates.is_empty() || participants.openings.is_empty() {
        return Err(RoundError::NothingToFreeze { number });
    }
    let frozen_as = (parent.clone(), settings.clone());
    let input = if wants_scores(&participants) {
        aside(move || {
            let fit = Fit::new(&region, &weights);
            Sealed::new(think(number, frozen_as.0, frozen_as.1, participants, &fit))
        })
        .await?
    } else {
        Sealed::new(think(number, frozen_as.0, frozen_as.1, participants, &NoScores))
    };
    let freeze_ms = millis(begun);
    let locked = Locked { input, frozen: stamp(operator, clock), freeze_ms };

    let mut tx = db.begin().await?;
    if !sealed::still_holds(&mut tx, number, lists.as_ref()).await? {
        return Err(RoundError::Interrupted);
    }
    let published = rows::latest_published(&mut tx).await?;
    if published != parent {
        return Err(moved(number, published));
    }
    if !rows::freeze(&mut tx, number, &settings, &locked).await? {
        // Somebody else froze it while we were thinking.
        let is = find(&mut tx, Some(number)).await?.stage.name();
        return Err(RoundError::WrongStage { number, is, step: Step::Freeze });
    }
    tx.commit().await?;
    let stage = round.stage.freeze(locked);
    let stage = stage.map_err(|wrong| RoundError::WrongStage { number, is: wrong.is, step: Step::Freeze })?;
    Ok(Round { settings, stage, ..round })
}

/// Computes and audits the result of a frozen round. Run again, it gives the same result and writes nothing.
///
/// # Errors
/// [`RoundError::WrongStage`] for a draft; [`RoundError::Altered`] when the stored input or result is not what
/// was stored.
pub async fn run(
    operator: &Operator,
    db: &Db,
    clock: &dyn Clock,
    number: Option<i64>,
) -> Result<Round, RoundError> {
    let round = self::round(db, number).await?;
    let number = round.number;
    let Some(locked) = round.stage.locked() else {
        return Err(RoundError::WrongStage { number, is: round.stage.name(), step: Step::Run });
    };
    let input = locked.input.clone();
    let computed = aside(move || timed(&input)).await?.ok_or(RoundError::Altered { number })?;
    if let Some(known) = round.stage.proposed() {
        let same = known.proposal.is_intact() && *known.proposal.record() == computed.proposal;
        return if same { Ok(round) } else { Err(RoundError::Altered { number }) };
    }
    let proposed = Proposed {
        proposal: Sealed::new(computed.proposal),
        proposed: stamp(operator, clock),
        matching_ms: computed.matching_ms,
        audit_ms: computed.audit_ms,
    };
    let mut tx = db.begin().await?;
    if !rows::propose(&mut tx, number, &proposed).await? {
        // Somebody else ran it at the same time; the result is the same.
        return find(&mut tx, Some(number)).await;
    }
    tx.commit().await?;
    let stage = round.stage.propose(proposed);
    let stage = stage.map_err(|wrong| RoundError::WrongStage { number, is: wrong.is, step: Step::Run })?;
    Ok(Round { stage, ..round })
}

/// The round as it is stored.
///
/// # Errors
/// [`RoundError::Unknown`], [`RoundError::NoRound`].
pub async fn round(db: &Db, number: Option<i64>) -> Result<Round, RoundError> {
    find(&mut db.begin_reading().await?, number).await
}

/// Every round, the latest first.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db) -> Result<Vec<Summary>, RoundError> {
    Ok(rows::summaries(db).await?)
}

/// The round of this number, or the latest.
pub(super) async fn find(tx: &mut Tx, number: Option<i64>) -> Result<Round, RoundError> {
    let number = match number {
        Some(number) => number,
        None => rows::latest(tx).await?.ok_or(RoundError::NoRound)?,
    };
    rows::load(tx, number).await?.ok_or(RoundError::Unknown { number })
}

/// What a freeze thinks about, all of one moment.
pub(super) struct Gathered {
    pub round: Round,
    pub region: Region,
    /// The certified lists of a round with a window.
    pub lists: Option<sealed::Lists>,
    pub placements: Vec<Placement>,
    pub parent: Option<Parent>,
    /// What the desk lets count how much in shortlists.
    pub in_force: Weights,
}

pub(super) async fn gather(db: &Db, number: Option<i64>) -> Result<Gathered, RoundError> {
    let mut tx = db.begin_reading().await?;
    let round = find(&mut tx, number).await?;
    Ok(Gathered {
        lists: sealed::lists(&mut tx, round.number).await?,
        round,
        region: region::load(&mut tx).await?,
        placements: rows::placements(&mut tx).await?,
        parent: rows::latest_published(&mut tx).await?,
        in_force: in_force_in(&mut tx).await?.weights,
    })
}

/// Who does it, and when.
pub(super) fn stamp(operator: &Operator, clock: &dyn Clock) -> Stamp {
    Stamp { at_ms: clock.now_ms(), by: operator.name().to_owned() }
}

/// Another round was published than the one an input builds upon.
pub(super) fn moved(number: i64, published: Option<Parent>) -> RoundError {
    RoundError::ParentMoved { number, published: published.map_or(0, |parent| parent.round) }
}

/// Thinks on a thread where nobody waits.
pub(super) async fn aside<T: Send + 'static>(
    think: impl FnOnce() -> T + Send + 'static,
) -> Result<T, RoundError> {
    tokio::task::spawn_blocking(think).await.map_err(|_| RoundError::Interrupted)
}

struct Computed {
    proposal: Proposal,
    matching_ms: i64,
    audit_ms: i64,
}

/// The same as [`propose`](super::propose), measured. None when the input is not what was sealed.
fn timed(input: &Sealed<Frozen>) -> Option<Computed> {
    if !input.is_intact() {
        return None;
    }
    let begun = Instant::now();
    let market = market(input.record()).ok()?;
    let matching = solve(&market, input.record());
    let matching_ms = millis(begun);
    let begun = Instant::now();
    let audit = audited(&market, &matching);
    let audit_ms = millis(begun);
    Some(Computed { proposal: proposal(input, &market, &matching, audit), matching_ms, audit_ms })
}

/// The weights that a round brings along.
fn own_weights(number: i64, settings: &Settings) -> Result<Option<Weights>, RoundError> {
    let Some(stored) = &settings.weights else { return Ok(None) };
    serde_json::from_value(stored.clone())
        .map(Some)
        .map_err(|cause| RoundError::BadWeights { number, cause: cause.to_string() })
}

fn millis(begun: Instant) -> i64 {
    i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX)
}
