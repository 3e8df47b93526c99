//! `migiude solve FILE`: the stable matching of a market in a file.

mod show;

use std::io::Read;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use migiude_matching::formats::result::{Facts, Places, Record};
use migiude_matching::{audit, break_ties, candidate_optimal, opening_optimal};

use super::files::{Format, MarketFile, Outcome, read_market};
use crate::cli::Output;
use crate::texts::Lang;

/// What `solve` takes.
#[derive(Args, Clone, Debug)]
pub struct SolveArgs {
    /// Market file; - reads standard input
    pub file: PathBuf,
    /// Format of the file; told by its extension or its first word when not given
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Which of the stable matchings is wanted
    #[arg(long, value_enum, default_value_t = Mechanism::CandidateOptimal)]
    pub mechanism: Mechanism,
    /// A pair that must be matched (not built yet)
    #[arg(long, value_name = "C:O")]
    pub force: Vec<String>,
    /// A pair that must not be matched (not built yet)
    #[arg(long, value_name = "C:O")]
    pub forbid: Vec<String>,
    /// Earlier result from which to move as few as possible (not built yet)
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// Regional caps (not built yet)
    #[arg(long, value_name = "FILE")]
    pub caps: Option<PathBuf>,
    /// Seed of the lottery that breaks ties
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
}

/// Which outcome is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mechanism {
    /// Best for every candidate among the stable ones
    CandidateOptimal,
    /// Best for every opening among the stable ones
    OpeningOptimal,
    /// Least sum of ranks (not built yet)
    Egalitarian,
    /// Least worst rank (not built yet)
    MinRegret,
    /// Middle of the lattice (not built yet)
    Median,
    /// Least of the dearer side (not built yet)
    Balanced,
    /// More people under ties (not built yet)
    Promotion,
    /// Strongly stable (not built yet)
    Strong,
    /// Super-stable (not built yet)
    Super,
    /// Most people under ties (not built yet)
    MaxWeaklyStable,
}

impl Mechanism {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Solves the market of a file. Exit code 0 with a matching, 2 when the file or the options cannot be used.
pub fn solve(args: &SolveArgs, output: Output, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_solve(args, output, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_solve(args: &SolveArgs, output: Output, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    if let Some(unbuilt) = unbuilt_option(args) {
        return Err(lang.say_with("solve-unbuilt-option", &[("option", &unbuilt)]));
    }
    let mechanism = match args.mechanism {
        Mechanism::CandidateOptimal => candidate_optimal,
        Mechanism::OpeningOptimal => opening_optimal,
        unbuilt => return Err(lang.say_with("solve-unbuilt-mechanism", &[("mechanism", &unbuilt.name())])),
    };
    let file = read_market(&args.file, args.format, stdin, lang)?;
    let MarketFile { candidates, openings, market } = &file;
    let matching = mechanism(&break_ties(market, args.seed)).matching;
    let found = audit(market, &matching);
    if !found.is_stable() {
        return Err(lang.say("solve-audit-failed"));
    }
    let record = Record {
        mechanism: &args.mechanism.name(),
        candidates,
        openings,
        places: Places::One(&matching),
        figures: (&found).into(),
        dropped: market.dropped(),
        lottery_seed: market.has_ties().then_some(args.seed),
        facts: Facts::default(),
    };
    show::result(&record, market, &[], output, lang)
}

fn unbuilt_option(args: &SolveArgs) -> Option<&'static str> {
    let given = [
        ("--force", !args.force.is_empty()),
        ("--forbid", !args.forbid.is_empty()),
        ("--previous", args.previous.is_some()),
        ("--caps", args.caps.is_some()),
    ];
    given.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
}
