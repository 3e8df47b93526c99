//! `migiude solve FILE`: the matching of a market in a file, by the mechanism asked for.
//!
//! Every answer is audited before it is shown, by the definition of stability that goes with what the file holds.

mod couples;
mod days;
mod plain;
mod regions;
mod show;
mod slots;

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use migiude_matching::formats::result::{Facts, Figures, NoneExists, Places, Record};
use migiude_matching::{Candidate, Matching, Opening, Wish};

use super::files::{
    Format, Kind, MarketFile, Outcome, at_most_one_stdin, read_claims, read_market, read_rules,
};
use super::patience;
use super::words::misfit_text;
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
    /// A pair that must be matched; may be repeated
    #[arg(long, value_name = "C:O", allow_hyphen_values = true)]
    pub force: Vec<String>,
    /// A pair that must not be matched; may be repeated
    #[arg(long, value_name = "C:O", allow_hyphen_values = true)]
    pub forbid: Vec<String>,
    /// Earlier result from which to move as few people as possible
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// How to depart from the earlier result
    #[arg(long, value_enum, default_value_t = Repair::FewestMoves, requires = "previous")]
    pub repair: Repair,
    /// Regional caps and floors (JSON)
    #[arg(long, value_name = "FILE")]
    pub caps: Option<PathBuf>,
    /// What to answer when couples or days leave no stable matching; a proof when not given
    #[arg(long, value_enum)]
    pub otherwise: Option<Otherwise>,
    /// Add the numbers that prove the matching stable
    #[arg(long)]
    pub certificate: bool,
    /// Add what other ways of placing people would have given
    #[arg(long)]
    pub compare: bool,
    /// Add notes on where truth may not have been the best reply
    #[arg(long)]
    pub notes: bool,
    /// Seconds after which an exact search is stopped
    #[arg(long, value_name = "SECONDS", default_value_t = patience::SECONDS)]
    pub patience: u64,
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
    /// Least sum of ranks over both sides
    Egalitarian,
    /// Best worst rank
    MinRegret,
    /// Everybody's middle choice among all stable ones
    Median,
    /// Least for the side that pays more
    Balanced,
    /// More people placed under ties, at the price of truth
    Promotion,
    /// Strongly stable: nobody could be won over at no loss
    Strong,
    /// Super-stable: stable however ties are broken
    Super,
    /// Most people placed under ties, by exact search
    MaxWeaklyStable,
}

/// How a result departs from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Repair {
    /// Stable, and as few people as possible move
    FewestMoves,
    /// Whoever has a place keeps it; the rest are matched anew
    Freeze,
    /// Vacant seats are offered down the lists until nobody moves
    VacancyChain,
}

/// What to answer when no stable matching exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Otherwise {
    #[default]
    /// That none exists, and who cannot agree
    Proof,
    /// The matching with the fewest blocks (couples)
    FewestBlocks,
    /// Couples: the fewest extra seats. Days: nobody split, the last one may reach over
    ExtraSeats,
}

/// The name of a value on the command line.
fn name(value: &impl ValueEnum) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// Solves the market of a file. Exit code 0 with a matching, 1 when none of the kind exists, 2 when the file or the
/// options cannot be used.
pub fn solve(args: &SolveArgs, output: Output, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_solve(args, output, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_solve(args: &SolveArgs, output: Output, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    let files = [Some(&args.file), args.previous.as_ref(), args.caps.as_ref()];
    at_most_one_stdin(files.into_iter().flatten(), lang)?;
    let file = read_market(&args.file, args.format, stdin, lang)?;
    let ask = Ask { args, output, lang, mechanism: name(&args.mechanism), file: &file };
    match &file.kind {
        Kind::Plain if args.caps.is_none() => {
            let earlier = args.previous.as_ref().map(|from| ask.earlier(from, stdin)).transpose()?;
            plain::solve(&ask, earlier.as_ref(), &ask.wishes()?)
        }
        Kind::Plain => {
            ask.only("--caps", &[Mechanism::CandidateOptimal])?;
            let rules = args.caps.as_ref().map(|rules| read_rules(rules, &file, stdin, lang)).transpose()?;
            rules.map_or_else(|| Err(lang.say("solve-audit-failed")), |rules| regions::solve(&ask, &rules))
        }
        Kind::Couples(coupled) => {
            ask.only("couples", &[Mechanism::CandidateOptimal])?;
            couples::solve(&ask, coupled)
        }
        Kind::Slots(slots) => {
            ask.only("slots", &[Mechanism::CandidateOptimal, Mechanism::OpeningOptimal])?;
            slots::solve(&ask, slots)
        }
        Kind::Days(days) => {
            ask.only("days", &[Mechanism::CandidateOptimal])?;
            days::solve(&ask, days)
        }
    }
}

/// What was asked, of which file, and how to answer.
struct Ask<'a> {
    args: &'a SolveArgs,
    output: Output,
    lang: Lang,
    mechanism: String,
    file: &'a MarketFile,
}

impl Ask<'_> {
    /// Refuses what cannot be asked together with `setting`: other mechanisms, and options for plain markets.
    fn only(&self, setting: &str, mechanisms: &[Mechanism]) -> Result<(), String> {
        let args = self.args;
        let refuse = |option: &str| {
            Err(self.lang.say_with("solve-not-with", &[("option", &option), ("with", &setting)]))
        };
        if !mechanisms.contains(&args.mechanism) {
            return refuse(&format!("--mechanism {}", self.mechanism));
        }
        let given = [
            ("--caps", args.caps.is_some() && setting != "--caps"),
            ("--force", !args.force.is_empty()),
            ("--forbid", !args.forbid.is_empty()),
            ("--previous", args.previous.is_some()),
            ("--certificate", args.certificate),
            ("--compare", args.compare),
            ("--notes", args.notes),
            ("--otherwise", args.otherwise.is_some() && !matches!(setting, "couples" | "days")),
        ];
        given.iter().find(|(_, given)| *given).map_or(Ok(()), |(option, _)| refuse(option))
    }

    /// The pairs forced and forbidden.
    fn wishes(&self) -> Result<Vec<Wish>, String> {
        let forced =
            self.args.force.iter().map(|pair| self.pair("--force", pair).map(|(c, o)| Wish::Forced(c, o)));
        let forbidden = self
            .args
            .forbid
            .iter()
            .map(|pair| self.pair("--forbid", pair).map(|(c, o)| Wish::Forbidden(c, o)));
        forced.chain(forbidden).collect()
    }

    /// `C:O` by the keys of the file, which may hold colons themselves.
    fn pair(&self, option: &str, text: &str) -> Result<(Candidate, Opening), String> {
        let splits = text.match_indices(':').map(|(at, _)| (&text[..at], &text[at + 1..]));
        let known: Vec<(Candidate, Opening)> = splits
            .filter_map(|(c, o)| Some((self.file.candidates.number(c)?, self.file.openings.number(o)?)))
            .collect();
        match known[..] {
            [pair] => Ok(pair),
            _ => Err(self.lang.say_with("solve-no-such-pair", &[("option", &option), ("pair", &text)])),
        }
    }

    /// The matching of an earlier result. People and openings that are no longer there are passed over.
    fn earlier(&self, from: &Path, stdin: &mut dyn Read) -> Result<Matching, String> {
        use migiude_matching::formats::result::Misfit;
        let claims = read_claims(from, stdin, self.lang)?;
        let (matching, misfits) = claims.matching(&self.file.candidates, &self.file.openings);
        match misfits.iter().find(|misfit| !matches!(misfit, Misfit::Unknown { .. })) {
            None => Ok(matching),
            Some(misfit) => Err(misfit_text(misfit, self.lang)),
        }
    }

    /// What to answer when no stable matching exists.
    fn otherwise(&self) -> Otherwise {
        self.args.otherwise.unwrap_or_default()
    }

    /// The seed, where the market has ties for the lottery to break.
    fn lottery(&self) -> Option<u64> {
        self.file.market.has_ties().then_some(self.args.seed)
    }

    /// What a proof rests on beside the rules, where the market has ties: how the lottery broke them.
    fn lottery_rule(&self) -> Option<String> {
        self.lottery().map(|seed| self.lang.say_with("solve-by-lottery", &[("seed", &seed)]))
    }

    fn candidate(&self, candidate: Candidate) -> &str {
        self.file.candidates.key(candidate)
    }

    fn opening(&self, opening: Opening) -> &str {
        self.file.openings.key(opening)
    }

    /// Shows a matching; `remarks` are lines for people.
    fn show(
        &self,
        places: Places<'_>,
        figures: Figures,
        lottery_seed: Option<u64>,
        facts: Facts<'_>,
        remarks: &[String],
    ) -> Result<Outcome, String> {
        let MarketFile { candidates, openings, market, .. } = self.file;
        let (mechanism, dropped) = (&self.mechanism, market.dropped());
        let record =
            Record { mechanism, candidates, openings, places, figures, dropped, lottery_seed, facts };
        show::result(&record, market, remarks, self.output, self.lang)
    }

    /// Shows that there is no matching, and whom that is about.
    fn show_none(&self, none: &Clash, lottery_seed: Option<u64>) -> Outcome {
        let MarketFile { candidates, openings, market, .. } = self.file;
        let none = NoneExists {
            mechanism: &self.mechanism,
            candidates,
            openings,
            reason: &none.reason,
            proven: none.proven,
            rules: &none.rules,
            touched_candidates: &none.candidates,
            touched_openings: &none.openings,
            dropped: market.dropped(),
            lottery_seed,
        };
        show::none(&none, self.output, self.lang)
    }

    /// An answer that is not what it is said to be is never shown.
    fn audited(&self, holds: bool) -> Result<(), String> {
        if holds { Ok(()) } else { Err(self.lang.say("solve-audit-failed")) }
    }
}

/// Why there is no matching of the kind, in words and numbers.
struct Clash {
    reason: String,
    /// Whether that is proven; otherwise the search was stopped.
    proven: bool,
    rules: Vec<String>,
    candidates: Vec<Candidate>,
    openings: Vec<Opening>,
}
