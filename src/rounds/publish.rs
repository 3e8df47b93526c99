//! Letting a result hold.
//!
//! Nothing is left to decide here: everything is looked at once more, then written in one transaction. Whoever is
//! interrupted finds the round proposed or published, never in between.

use super::RoundError;
use super::error::Step;
use super::market::{market, matching};
use super::propose::{audited, propose};
use super::steps::{aside, find, moved, stamp};
use crate::accounts::Operator;
use crate::clock::Clock;
use crate::domain::{CandidateId, Frozen, OpeningId, Proposal, Round, Sealed};
use crate::store::Db;
use crate::store::rounds as rows;

/// A published round.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// The round.
    pub round: Round,
    /// It had been published before; nothing was written.
    pub already: bool,
}

/// Publishes a proposed round: its pairs become placements. Publishing a published round says so and is no error,
/// so the same command finishes what an interrupted one began.
///
/// # Errors
/// - [`RoundError::WrongStage`]: it has not been run.
/// - [`RoundError::Altered`]: what is stored is not what was sealed, or the result does not follow from the input.
/// - [`RoundError::NotClean`]: the audit, done again here, finds something.
/// - [`RoundError::ParentMoved`]: another round was published since this one was frozen.
pub async fn publish(
    operator: &Operator,
    db: &Db,
    clock: &dyn Clock,
    number: Option<i64>,
) -> Result<Publication, RoundError> {
    let mut tx = db.begin().await?;
    let publication = rows::take_turn_to_publish(&mut tx).await?;
    let round = find(&mut tx, number).await?;
    let number = round.number;
    let (locked, proposed) = match (round.stage.locked(), round.stage.proposed()) {
        _ if matches!(round.stage, crate::domain::Stage::Published(..)) => {
            return Ok(Publication { round, already: true });
        }
        (Some(locked), Some(proposed)) => (locked, proposed),
        _ => return Err(RoundError::WrongStage { number, is: round.stage.name(), step: Step::Publish }),
    };
    let (input, result) = (locked.input.clone(), proposed.proposal.clone());
    let pairs = aside(move || look_again(&input, &result)).await??;

    let parent = rows::latest_published(&mut tx).await?;
    if parent != locked.input.record().parent {
        return Err(moved(number, parent));
    }
    let published = stamp(operator, clock);
    if !rows::publish(&mut tx, number, publication, &published).await? {
        let is = find(&mut tx, Some(number)).await?.stage.name();
        return Err(RoundError::WrongStage { number, is, step: Step::Publish });
    }
    if locked.input.record().settings.with_placed {
        rows::replace_placements(&mut tx, number).await?;
    }
    rows::place(&mut tx, number, &pairs).await?;
    tx.commit().await?;
    let stage = round.stage.publish(published);
    let stage =
        stage.map_err(|wrong| RoundError::WrongStage { number, is: wrong.is, step: Step::Publish })?;
    Ok(Publication { round: Round { stage, ..round }, already: false })
}

/// The pairs of a result that is intact, follows from its intact input, and is valid and stable.
fn look_again(
    input: &Sealed<Frozen>,
    result: &Sealed<Proposal>,
) -> Result<Vec<(CandidateId, OpeningId)>, RoundError> {
    let (frozen, proposal) = (input.record(), result.record());
    let altered = || RoundError::Altered { number: frozen.round };
    if !input.is_intact() || !result.is_intact() || proposal.input != input.hash() {
        return Err(altered());
    }
    let market = market(frozen).map_err(|_| altered())?;
    let audit = audited(&market, &matching(proposal));
    if !audit.is_clean() {
        let (problems, blocking) = (audit.problems.len(), audit.blocking_pairs.len());
        return Err(RoundError::NotClean { number: frozen.round, problems, blocking });
    }
    if propose(input).map_err(|_| altered())? != *proposal {
        return Err(altered());
    }
    let ids = |(candidate, opening): (u32, u32)| {
        let candidate = frozen.candidates.get(candidate as usize)?.id;
        Some((candidate, frozen.openings.get(opening as usize)?.id))
    };
    proposal.pairs().map(|pair| ids(pair).ok_or_else(altered)).collect()
}
