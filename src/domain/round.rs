//! A round of matching and what is true of it at each stage.

use serde::{Deserialize, Serialize};

use super::sealed::Sealed;
use super::{CandidateId, Frozen, OpeningId, Proposal};

/// One run of the matching, from the decision to hold it to its published placements.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// 1, 2, 3 … in the order in which rounds were made.
    pub number: i64,
    /// What the operator decided when making it.
    pub settings: Settings,
    /// When and by whom it was made.
    pub made: Stamp,
    /// How far it has come.
    pub stage: Stage,
}

/// When something was done, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The operator's log-in name.
    pub by: String,
}

/// Which of the stable matchings is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// Best for every candidate.
    #[default]
    CandidateOptimal,
    /// Best for every opening.
    OpeningOptimal,
}

impl Mechanism {
    /// Both.
    pub const ALL: [Self; 2] = [Self::CandidateOptimal, Self::OpeningOptimal];

    /// Its name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::CandidateOptimal => "candidate-optimal",
            Self::OpeningOptimal => "opening-optimal",
        }
    }
}

/// What the operator decides about a round before it is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Seed of the lottery that breaks ties.
    pub seed: u64,
    /// Which of the stable matchings is wanted.
    pub mechanism: Mechanism,
    /// How many partners a shortlist proposes to someone without a list.
    pub top_k: u32,
    /// Whether people and seats placed by earlier rounds take part again; the result then replaces theirs.
    pub with_placed: bool,
    /// What counts how much in a shortlist, in the words of the search room; a draft without any is frozen with those in
    /// force then.
    pub weights: Option<serde_json::Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 0, mechanism: Mechanism::default(), top_k: 20, with_placed: false, weights: None }
    }
}

/// How far a round has come, with what is true from there on.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Decided upon; lists may still come in.
    Draft,
    /// The input is fixed.
    Frozen(Locked),
    /// There is a result for the operator to read.
    Proposed(Locked, Proposed),
    /// The result holds.
    Published(Locked, Proposed, Stamp),
}

/// A fixed input.
#[derive(Clone, Debug, PartialEq)]
pub struct Locked {
    /// The input.
    pub input: Sealed<Frozen>,
    /// When and by whom it was frozen.
    pub frozen: Stamp,
    /// Milliseconds it took to gather lists and compute shortlists.
    pub freeze_ms: i64,
}

/// A result.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The result.
    pub proposal: Sealed<Proposal>,
    /// When and by whom it was run.
    pub proposed: Stamp,
    /// Milliseconds the matching took.
    pub matching_ms: i64,
    /// Milliseconds the audit took.
    pub audit_ms: i64,
}

/// A step that the stage of a round does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongStage {
    /// The stage it has.
    pub is: StageName,
}

/// The name of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageName {
    /// See [`Stage::Draft`].
    Draft,
    /// See [`Stage::Frozen`].
    Frozen,
    /// See [`Stage::Proposed`].
    Proposed,
    /// See [`Stage::Published`].
    Published,
}

impl StageName {
    /// Every stage, in order.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Frozen, Self::Proposed, Self::Published];

    /// As stored and as JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Frozen => "frozen",
            Self::Proposed => "proposed",
            Self::Published => "published",
        }
    }
}

impl Stage {
    /// Its name.
    pub fn name(&self) -> StageName {
        match self {
            Self::Draft => StageName::Draft,
            Self::Frozen(_) => StageName::Frozen,
            Self::Proposed(..) => StageName::Proposed,
            Self::Published(..) => StageName::Published,
        }
    }

    /// The fixed input, once there is one.
    pub fn locked(&self) -> Option<&Locked> {
        match self {
            Self::Draft => None,
            Self::Frozen(locked) | Self::Proposed(locked, _) | Self::Published(locked, ..) => Some(locked),
        }
    }

    /// The result, once there is one.
    pub fn proposed(&self) -> Option<&Proposed> {
        match self {
            Self::Draft | Self::Frozen(_) => None,
            Self::Proposed(_, proposed) | Self::Published(_, proposed, _) => Some(proposed),
        }
    }

    /// Fixes the input. Only a draft has none yet.
    ///
    /// # Errors
    /// The input is fixed already; it is never changed.
    pub fn freeze(self, locked: Locked) -> Result<Self, WrongStage> {
        match self {
            Self::Draft => Ok(Self::Frozen(locked)),
            other => Err(WrongStage { is: other.name() }),
        }
    }

    /// Adds the result to a fixed input.
    ///
    /// # Errors
    /// There is no input yet, or a result already.
    pub fn propose(self, proposed: Proposed) -> Result<Self, WrongStage> {
        match self {
            Self::Frozen(locked) => Ok(Self::Proposed(locked, proposed)),
            other => Err(WrongStage { is: other.name() }),
        }
    }

    /// Lets the result hold.
    ///
    /// # Errors
    /// There is no result yet, or it holds already.
    pub fn publish(self, when: Stamp) -> Result<Self, WrongStage> {
        match self {
            Self::Proposed(locked, proposed) => Ok(Self::Published(locked, proposed, when)),
            other => Err(WrongStage { is: other.name() }),
        }
    }
}

/// A published pair that still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// The round that placed.
    pub round: i64,
    /// Who.
    pub candidate: CandidateId,
    /// Where.
    pub opening: OpeningId,
}
