//! `migiude round …`: a round from its making to its publication, one command a step.

mod compared;
mod text;

use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::failure::{DONE, NO};
use super::{Done, Failure, Output, Workplace};
use crate::accounts::Operator;
use crate::domain::{Mechanism, Settings, Stage};
use crate::rounds::{self, ErrorKind, RoundError, View};
use crate::store::Db;
use crate::texts::Lang;

/// What `round` takes.
#[derive(Args, Debug)]
pub struct RoundArgs {
    /// The step
    #[command(subcommand)]
    pub step: Step,
}

/// The steps.
#[derive(Subcommand, Debug)]
pub enum Step {
    /// Make a round; lists may come in until it is frozen
    New(NewArgs),
    /// Fix who takes part, with which list
    Freeze {
        /// Which round
        #[command(flatten)]
        which: Which,
        /// Another seed of the lottery than the one it was made with
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
    /// Compute and audit the result
    Run(Which),
    /// Show a round
    Show(Which),
    /// List every round
    List,
    /// Compare both mechanisms, and the result with another round's
    Compare {
        /// Which round
        #[command(flatten)]
        which: Which,
        /// The other round; the published one it builds upon when not given
        #[arg(value_name = "WITH", value_parser = clap::value_parser!(i64).range(1..))]
        with: Option<i64>,
        /// The same, as an option
        #[arg(long = "with", value_name = "N", conflicts_with = "with", value_parser = clap::value_parser!(i64).range(1..))]
        other: Option<i64>,
    },
    /// Let the result hold
    Publish(Which),
    /// Write the frozen market for others to compute again
    Export {
        /// Which round
        #[command(flatten)]
        which: Which,
        /// Format of the file
        #[arg(long, value_enum, default_value_t = FormatArg::Json)]
        format: FormatArg,
        /// File to write; standard output when not given
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}

/// What a new round is made with.
#[derive(Args, Debug)]
pub struct NewArgs {
    /// Seed of the lottery that breaks ties; kept with the round
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// How many partners a shortlist proposes to someone without a list
    #[arg(long, value_name = "K", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub top_k: u32,
    /// Which of the stable matchings is wanted
    #[arg(long, value_enum, default_value_t = MechanismArg::CandidateOptimal)]
    pub mechanism: MechanismArg,
    /// Place everyone anew, also those whom earlier rounds placed
    #[arg(long)]
    pub with_placed: bool,
}

/// Which round; the latest when not said.
#[derive(Args, Clone, Copy, Debug)]
pub struct Which {
    /// Number of the round; the latest when not given
    #[arg(value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    pub number: Option<i64>,
    /// The same, as an option
    #[arg(long = "round", value_name = "N", conflicts_with = "number", value_parser = clap::value_parser!(i64).range(1..))]
    pub round: Option<i64>,
}

impl Which {
    fn number(self) -> Option<i64> {
        self.number.or(self.round)
    }
}

/// Which of the stable matchings is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MechanismArg {
    /// Best for every candidate
    CandidateOptimal,
    /// Best for every opening
    OpeningOptimal,
}

/// A format other tools read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Counts, then a line for each candidate and opening
    Glasgow,
    /// Candidates and openings by their keys
    Json,
}

/// Takes a step. Whoever can use the data directory is the operator.
pub async fn run(
    args: RoundArgs,
    workplace: &Workplace,
    output: Output,
    lang: Lang,
) -> Result<Done, Failure> {
    let Workplace { db, clock, .. } = workplace;
    let (clock, operator) = (clock.as_ref(), Operator::at_the_console());
    let refused = |error: RoundError| failure(&error, lang);
    match args.step {
        Step::New(new) => {
            let round = rounds::new(&operator, db, clock, settings(&new)).await.map_err(refused)?;
            told(db, round.number, "round-made", output, lang).await
        }
        Step::Freeze { which, seed } => {
            let number = which.number();
            let round = rounds::freeze(&operator, db, clock, number, seed).await.map_err(refused)?;
            told(db, round.number, "round-frozen", output, lang).await
        }
        Step::Run(which) => {
            let round = rounds::run(&operator, db, clock, which.number()).await.map_err(refused)?;
            let published = matches!(round.stage, Stage::Published(..));
            let said = if published { "round-published-already" } else { "round-run" };
            told(db, round.number, said, output, lang).await
        }
        Step::Publish(which) => {
            let done = rounds::publish(&operator, db, clock, which.number()).await.map_err(refused)?;
            let said = if done.already { "round-published-already" } else { "round-published" };
            told(db, done.round.number, said, output, lang).await
        }
        Step::Show(which) => {
            let view = rounds::show(db, which.number()).await.map_err(refused)?;
            shown(db, &view, "", output, lang).await
        }
        Step::List => {
            let rounds = rounds::list(db).await.map_err(refused)?;
            Ok(Done::saying(text::list(&rounds, output, lang)))
        }
        Step::Compare { which, with, other } => {
            let compared = rounds::compare(db, which.number(), with.or(other)).await.map_err(refused)?;
            Ok(Done::saying(compared::comparison(&compared, output, lang)))
        }
        Step::Export { which, format, to } => {
            let format = match format {
                FormatArg::Glasgow => rounds::Format::Glasgow,
                FormatArg::Json => rounds::Format::Json,
            };
            let text = rounds::export(db, which.number(), format).await.map_err(refused)?;
            written(text, to, lang)
        }
    }
}

/// A refusal of the rounds room as a refusal of a command.
pub fn failure(error: &RoundError, lang: Lang) -> Failure {
    if let RoundError::Store(cause) = error {
        return Failure::of_store(cause, lang);
    }
    match error.kind() {
        ErrorKind::Refused => Failure::no(error.say(lang)),
        ErrorKind::Unknown | ErrorKind::Failed => Failure::bad_input(error.say(lang)),
    }
}

/// The table of a round, as `round show` prints it.
pub async fn show_text(db: &Db, number: i64, lang: Lang) -> Result<String, Failure> {
    let view = rounds::show(db, Some(number)).await.map_err(|error| failure(&error, lang))?;
    Ok(shown(db, &view, "", Output::Table, lang).await?.out)
}

fn settings(new: &NewArgs) -> Settings {
    let mechanism = match new.mechanism {
        MechanismArg::CandidateOptimal => Mechanism::CandidateOptimal,
        MechanismArg::OpeningOptimal => Mechanism::OpeningOptimal,
    };
    Settings {
        seed: new.seed,
        mechanism,
        top_k: new.top_k,
        with_placed: new.with_placed,
        ..Settings::default()
    }
}

/// The round after a step, below a sentence on what was done.
async fn told(db: &Db, number: i64, said: &'static str, output: Output, lang: Lang) -> Result<Done, Failure> {
    let view = rounds::show(db, Some(number)).await.map_err(|error| failure(&error, lang))?;
    let said = lang.say_with(said, &[("number", &number)]) + "\n";
    shown(db, &view, &said, output, lang).await
}

/// A round in the form asked for. The answer is no when its records were altered or its audit is not clean.
async fn shown(db: &Db, view: &View, said: &str, output: Output, lang: Lang) -> Result<Done, Failure> {
    let sound = view.intact && view.audit.as_ref().is_none_or(|audit| audit.is_clean());
    let code = if sound { DONE } else { NO };
    let err = if view.intact { String::new() } else { text::altered(view.number, lang) };
    let out = match output {
        Output::Json => text::json(view),
        Output::Csv => text::csv(view, lang),
        Output::Table => {
            let names = text::Names::of(db, view).await;
            let names = names.map_err(|error| Failure::of_store(&error, lang))?;
            format!("{said}{}", text::table(view, &names, lang))
        }
    };
    Ok(Done { code, out, err, serve: None })
}

fn written(text: String, to: Option<PathBuf>, lang: Lang) -> Result<Done, Failure> {
    let Some(path) = to else { return Ok(Done::saying(text)) };
    fs::write(&path, text).map_err(|cause| {
        let values: [(&'static str, &dyn crate::texts::ToFluent); 2] =
            [("path", &path.display()), ("cause", &cause)];
        Failure::bad_input(lang.say_with("round-export-unwritable", &values))
    })?;
    Ok(Done::saying(lang.say_with("round-exported", &[("path", &path.display())]) + "\n"))
}
