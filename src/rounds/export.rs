//! The frozen market as a file, so that others can compute the result again.

use migiude_matching::formats::{glasgow, json};

use super::error::Step;
use super::market::listing;
use super::{RoundError, round, sealed};
use crate::domain::Frozen;
use crate::store::Db;

/// A format other tools read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Counts, then a line for each candidate and opening; the keys stand in comment lines.
    Glasgow,
    /// Candidates and openings by their keys.
    Json,
}

/// Writes the input of a frozen round by the coordinators' keys, ties and one-sided entries as they are, couples
/// as single people. `migiude solve --mechanism … --seed …` on it gives the round's result.
///
/// # Errors
/// [`RoundError::ListsSealed`] for a round that is held on certified lists. [`RoundError::WrongStage`] for a draft;
/// [`RoundError::Altered`] when the stored input is not what was sealed.
pub async fn export(db: &Db, number: Option<i64>, format: Format) -> Result<String, RoundError> {
    let round = round(db, number).await?;
    let number = round.number;
    if sealed::is_sealed(db, number).await? {
        return Err(RoundError::ListsSealed { number });
    }
    let Some(locked) = round.stage.locked() else {
        return Err(RoundError::WrongStage { number, is: round.stage.name(), step: Step::Export });
    };
    if !locked.input.is_intact() {
        return Err(RoundError::Altered { number });
    }
    let altered = || RoundError::Altered { number };
    let listing = listing(locked.input.record()).map_err(|_| altered())?;
    match format {
        Format::Json => Ok(json::write(&listing)),
        Format::Glasgow => {
            let lines = glasgow::write(&listing).map_err(|_| altered())?;
            Ok(head(locked.input.record(), locked.input.hash()) + &lines)
        }
    }
}

/// What a reader needs beside the lists, as comments.
fn head(input: &Frozen, hash: &str) -> String {
    let settings = &input.settings;
    format!(
        "# migiude round {}\n# hash {hash}\n# mechanism {}\n# seed {}\n",
        input.round,
        settings.mechanism.name(),
        settings.seed
    )
}
