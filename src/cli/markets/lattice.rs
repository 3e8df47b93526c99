//! `migiude lattice FILE`: all stable matchings of a market at once.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use migiude_matching::formats::pairs::Pairs;
use migiude_matching::{Count, Lattice, Matching, break_ties};
use serde::Serialize;

use super::files::{Format, Kind, MarketFile, Outcome, read_market};
use super::patience;
use crate::texts::Lang;

/// What `lattice` takes.
#[derive(Args, Clone, Debug)]
pub struct LatticeArgs {
    /// Market file; - reads standard input
    pub file: PathBuf,
    /// Format of the file; told by its extension or its first word when not given
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Count stable matchings up to this many
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub limit: u64,
    /// List every stable matching too, when there are no more than the limit
    #[arg(long)]
    pub all: bool,
    /// Seconds after which counting is stopped
    #[arg(long, value_name = "SECONDS", default_value_t = patience::SECONDS)]
    pub patience: u64,
    /// Seed of the lottery that breaks ties
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
}

#[derive(Serialize)]
struct LatticeText<'a> {
    rotations: usize,
    count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_than: Option<u64>,
    stable_pairs: Vec<[&'a str; 2]>,
    candidate_optimal: Places<'a>,
    opening_optimal: Places<'a>,
    lottery_seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matchings: Option<Vec<Places<'a>>>,
}

/// Each candidate's key with the key of its opening.
type Places<'a> = Pairs<Option<&'a str>>;

/// Describes the lattice of a market. Exit code 0, or 2 when the file cannot be used.
pub fn lattice(args: &LatticeArgs, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_lattice(args, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_lattice(args: &LatticeArgs, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    let file = read_market(&args.file, args.format, stdin, lang)?;
    if !matches!(file.kind, Kind::Plain) {
        return Err(lang.say("lattice-plain-only"));
    }
    let strict = break_ties(&file.market, args.seed);
    let lattice = Lattice::of(&strict);
    let counted = lattice.count(args.limit, &mut patience::of_seconds(args.patience));
    let (count, more_than) = match counted {
        Count::Exactly(count) => (Some(count), None),
        Count::MoreThan(count) => (None, Some(count)),
    };
    let pairs = lattice.stable_pairs();
    let text = LatticeText {
        rotations: lattice.rotations(),
        count,
        more_than,
        stable_pairs: pairs.iter().map(|(c, o)| [file.candidates.key(c), file.openings.key(o)]).collect(),
        candidate_optimal: places(&file, lattice.candidate_optimal()),
        opening_optimal: places(&file, &lattice.opening_optimal()),
        lottery_seed: file.market.has_ties().then_some(args.seed),
        matchings: (args.all && count.is_some())
            .then(|| lattice.matchings().map(|matching| places(&file, &matching)).collect()),
    };
    let json = serde_json::to_string_pretty(&text).map_err(|error| error.to_string())?;
    Ok(Outcome::answer(true, json + "\n"))
}

fn places<'a>(file: &'a MarketFile, matching: &Matching) -> Places<'a> {
    let place = |candidate| matching.opening_of(candidate).map(|opening| file.openings.key(opening));
    Pairs(file.candidates.keys().iter().cloned().zip((0..).map(place)).collect())
}
