//! `migiude solve FILE`: the stable matching of a market in a file.

use std::io::Read;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use migiude_matching::formats::result::{self, Record};
use migiude_matching::{Dropped, Edge, Side, audit, break_ties, candidate_optimal, opening_optimal};

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
        market,
        matching: &matching,
        audit: &found,
        lottery_seed: market.has_ties().then_some(args.seed),
    };
    Ok(match output {
        Output::Json => Outcome::answer(true, result::write(&record)),
        Output::Csv => Outcome { code: 0, out: csv(&record)?, err: dropped_text(&record, lang) },
        Output::Table => Outcome::answer(true, table(&record, lang)),
    })
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

/// A row for each candidate: its key, its opening, the rank it gives and the rank it has there.
fn rows(record: &Record<'_>) -> Vec<[String; 4]> {
    let row = |(candidate, key): (u32, &String)| {
        let held = record.matching.opening_of(candidate);
        let ranks: Option<(u32, Edge)> =
            record.market.candidates().ranked(candidate).find(|(_, edge)| Some(edge.partner) == held);
        match ranks {
            None => [key.clone(), String::new(), String::new(), String::new()],
            Some((rank, edge)) => {
                let opening = record.openings.key(edge.partner).to_owned();
                [key.clone(), opening, rank.to_string(), edge.rank.to_string()]
            }
        }
    };
    (0..).zip(record.candidates.keys()).map(row).collect()
}

fn csv(record: &Record<'_>) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let write = |writer: &mut csv::Writer<Vec<u8>>| -> csv::Result<()> {
        writer.write_record(["candidate", "opening", "candidate_rank", "opening_rank"])?;
        rows(record).iter().try_for_each(|row| writer.write_record(row))
    };
    write(&mut writer).map_err(|error| error.to_string())?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn table(record: &Record<'_>, lang: Lang) -> String {
    let head = ["candidate", "opening", "candidate-rank", "opening-rank"];
    let mut all = vec![head.map(|column| lang.say(&format!("solve-column-{column}")))];
    let unmatched = lang.say("solve-unmatched");
    all.extend(rows(record).into_iter().map(|[candidate, opening, own, other]| {
        let opening = if opening.is_empty() { unmatched.clone() } else { opening };
        [candidate, opening, own, other]
    }));
    let audit = record.audit;
    let summary = lang.say_with(
        "solve-summary",
        &[
            ("mechanism", &record.mechanism),
            ("placed", &audit.placed),
            ("candidates", &record.candidates.len()),
            ("candidate_cost", &audit.candidate_cost()),
            ("opening_cost", &audit.opening_cost()),
            ("blocking", &audit.blocking_pairs.len()),
        ],
    );
    let lottery = record.lottery_seed.map(|seed| lang.say_with("solve-lottery", &[("seed", &seed)]) + "\n");
    let (columns, dropped) = (aligned(&all), dropped_text(record, lang));
    format!("{columns}\n{summary}\n{}{dropped}", lottery.unwrap_or_default())
}

/// One line for each entry that only one side had; empty when there was none.
fn dropped_text(record: &Record<'_>, lang: Lang) -> String {
    let line = |drop: &Dropped| {
        let (key, agent, entry) = match drop.side {
            Side::Candidate => (
                "solve-dropped-candidate",
                record.candidates.key(drop.agent),
                record.openings.key(drop.entry),
            ),
            Side::Opening => {
                ("solve-dropped-opening", record.openings.key(drop.agent), record.candidates.key(drop.entry))
            }
        };
        lang.say_with(key, &[("agent", &agent), ("entry", &entry)]) + "\n"
    };
    record.market.dropped().iter().map(line).collect()
}

/// Rows in columns, padded by the width a terminal gives the characters.
fn aligned(rows: &[[String; 4]]) -> String {
    let widths: [usize; 4] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    let cell = |(text, column): (&String, usize)| {
        let blanks = " ".repeat(column - width(text));
        format!("{text}{blanks}")
    };
    let line = |row: &[String; 4]| row.iter().zip(widths).map(cell).collect::<Vec<_>>().join("  ");
    rows.iter().map(|row| line(row).trim_end().to_owned() + "\n").collect()
}

fn width(text: &str) -> usize {
    let of = |c: char| {
        if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}') {
            2
        } else {
            1
        }
    };
    text.chars().map(of).sum()
}
