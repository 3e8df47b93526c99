use crate::domain::StageName;
use crate::store::StoreError;
use crate::texts::Lang;

/// Why a step of a round was not taken. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// There is no round of this number.
    #[error("there is no round {number}")]
    Unknown {
        /// The number asked for.
        number: i64,
    },
    /// There is no round at all.
    #[error("there is no round yet")]
    NoRound,
    /// The round has not come so far, or is past it.
    #[error("round {number} is {}", is.as_str())]
    WrongStage {
        /// Which round.
        number: i64,
        /// The stage it has.
        is: StageName,
        /// What was asked for.
        step: Step,
    },
    /// Nobody takes part on one of the two sides.
    #[error("nobody takes part in round {number}")]
    NothingToFreeze {
        /// Which round.
        number: i64,
    },
    /// Lists of the round are still being taken, by the database's clock.
    #[error("lists of round {number} are taken until {closes_at}")]
    StillOpen {
        /// Which round.
        number: i64,
        /// Until when, milliseconds since 1970.
        closes_at: i64,
    },
    /// The lists of the round are their owners' alone: nothing is told or written from which one could be read.
    #[error("the lists of round {number} are sealed")]
    ListsSealed {
        /// Which round.
        number: i64,
    },
    /// The weights kept with the round are not weights of the search room.
    #[error("the weights of round {number} cannot be read: {cause}")]
    BadWeights {
        /// Which round.
        number: i64,
        /// The reader's word.
        cause: String,
    },
    /// What was stored is not what was sealed, or does not follow from it.
    #[error("stored records of round {number} were altered")]
    Altered {
        /// Which round.
        number: i64,
    },
    /// The audit found something.
    #[error("the audit of round {number} found {problems} problems and {blocking} blocking pairs")]
    NotClean {
        /// Which round.
        number: i64,
        /// Why it is no matching of its input.
        problems: usize,
        /// Pairs who would rather have each other.
        blocking: usize,
    },
    /// Another round was published since this one was frozen.
    #[error("round {number} was frozen before round {published} was published")]
    ParentMoved {
        /// Which round.
        number: i64,
        /// The one that came between.
        published: i64,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program is ending.
    #[error("the round was interrupted")]
    Interrupted,
}

/// What was asked of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To fix its input.
    Freeze,
    /// To compute its result.
    Run,
    /// To let its result hold.
    Publish,
    /// To compare its result.
    Compare,
    /// To write its input for others.
    Export,
    /// To tell a participant.
    Tell,
}

/// Whose turn it is after a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The asker named something that does not exist.
    Unknown,
    /// The answer is no; the sentence says what can be done instead.
    Refused,
    /// Something around us failed.
    Failed,
}

impl RoundError {
    /// Whose turn it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Unknown { .. } => ErrorKind::Unknown,
            Self::NoRound
            | Self::WrongStage { .. }
            | Self::NothingToFreeze { .. }
            | Self::StillOpen { .. }
            | Self::ListsSealed { .. }
            | Self::Altered { .. }
            | Self::NotClean { .. }
            | Self::ParentMoved { .. } => ErrorKind::Refused,
            Self::BadWeights { .. } | Self::Store(_) | Self::Interrupted => ErrorKind::Failed,
        }
    }

    /// What was refused and what to do next, for people.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Unknown { number } => lang.say_with("round-unknown", &[("number", number)]),
            Self::NoRound => lang.say("round-none"),
            Self::WrongStage { number, is, step } => {
                let stage = lang.say(stage_key(*is));
                lang.say_with(refusal_key(*step, *is), &[("number", number), ("stage", &stage)])
            }
            Self::NothingToFreeze { number } => {
                lang.say_with("round-nothing-to-freeze", &[("number", number)])
            }
            Self::StillOpen { number, closes_at } => {
                let time = crate::texts::days::second(*closes_at, lang);
                lang.say_with("rankings-still-open", &[("number", number), ("time", &time)])
            }
            Self::ListsSealed { number } => lang.say_with("rankings-lists-sealed", &[("number", number)]),
            Self::BadWeights { number, cause } => {
                lang.say_with("round-bad-weights", &[("number", number), ("cause", cause)])
            }
            Self::Altered { number } => lang.say_with("round-altered", &[("number", number)]),
            Self::NotClean { number, problems, blocking } => lang.say_with(
                "round-not-clean",
                &[("number", number), ("problems", problems), ("blocking", blocking)],
            ),
            Self::ParentMoved { number, published } => {
                lang.say_with("round-parent-moved", &[("number", number), ("published", published)])
            }
            Self::Store(cause) => lang.say_with("round-store", &[("cause", cause)]),
            Self::Interrupted => lang.say("round-interrupted"),
        }
    }
}

/// The text that names a stage.
pub(super) fn stage_key(stage: StageName) -> &'static str {
    match stage {
        StageName::Draft => "round-stage-draft",
        StageName::Frozen => "round-stage-frozen",
        StageName::Proposed => "round-stage-proposed",
        StageName::Published => "round-stage-published",
    }
}

/// The text that says what to do instead.
fn refusal_key(step: Step, is: StageName) -> &'static str {
    match (step, is) {
        (Step::Freeze, _) => "round-frozen-already",
        (Step::Publish, StageName::Frozen) => "round-run-first",
        (Step::Tell, _) => "round-not-published",
        _ => "round-freeze-first",
    }
}
