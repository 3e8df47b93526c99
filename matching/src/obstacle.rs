//! Why no matching of the asked kind exists in a market with ties, with the people it turns on.

use std::collections::BTreeSet;
use std::fmt;

use crate::{Candidate, Opening};

/// The reason why a market has no strongly stable, or no super-stable matching.
///
/// It names one knot that cannot be untied; there may be more of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why} (candidates {candidates:?}, openings {openings:?})")]
pub struct Obstacle {
    /// What is the matter with these candidates and openings.
    pub why: Why,
    /// The candidates it turns on, by number.
    pub candidates: Vec<Candidate>,
    /// The openings it turns on; the one that would be left with an empty seat comes first.
    pub openings: Vec<Opening>,
}

impl Obstacle {
    /// The openings, `first` and the `others`, and the candidates are each named once, by number.
    pub(crate) fn at(
        first: Opening,
        why: Why,
        candidates: impl IntoIterator<Item = Candidate>,
        others: impl IntoIterator<Item = Opening>,
    ) -> Self {
        let candidates: BTreeSet<Candidate> = candidates.into_iter().collect();
        let others: BTreeSet<Opening> = others.into_iter().filter(|&other| other != first).collect();
        let openings = std::iter::once(first).chain(others).collect();
        Self { why, candidates: candidates.into_iter().collect(), openings }
    }
}

/// What keeps a market from having the matching asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The candidates are equally welcome where they compete, and there are too few seats for all of them:
    /// whoever is left out blocks, so the openings may take none of them, and then the first opening keeps an
    /// empty seat which each of them would take.
    TooFewSeats,
    /// The candidates are equally happy at several openings that have a seat for them and may give it to
    /// nobody else: whichever a candidate takes, another opening blocks with it.
    Torn,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooFewSeats => {
                "equally welcome candidates compete for too few seats: whoever is left out blocks, and if nobody is \
                 taken a seat stays empty"
            }
            Self::Torn => {
                "candidates are equally happy at several openings, each of which needs them: whichever they take, \
                 another blocks"
            }
        })
    }
}
