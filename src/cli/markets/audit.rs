//! `migiude audit FILE RESULT`: whether anybody's result is a stable matching of a market.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::files::{Format, Outcome, at_most_one_stdin, read_market, read_result};
use super::words;
use crate::texts::Lang;

/// What `audit` takes.
#[derive(Args, Clone, Debug)]
pub struct AuditArgs {
    /// Market file; - reads standard input
    pub file: PathBuf,
    /// Result file (JSON), of this program or of another
    pub result: PathBuf,
    /// Format of the market file; told by its extension or its first word when not given
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Serialize)]
struct AuditText<'a> {
    valid: bool,
    stable: bool,
    problems: Vec<String>,
    blocking_pairs: Vec<[&'a str; 2]>,
    /// Regional caps are not built yet, so there is none to report on.
    caps: [(); 0],
}

/// Audits a result. Exit code 0 when it is valid and stable, 1 when not, 2 when something cannot be read.
pub fn audit(args: &AuditArgs, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_audit(args, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_audit(args: &AuditArgs, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    at_most_one_stdin(&args.file, &args.result, lang)?;
    let file = read_market(&args.file, args.format, stdin, lang)?;
    let (matching, mut problems) = read_result(&args.result, &file, stdin, lang)?;
    let found = migiude_matching::audit(&file.market, &matching);
    problems.extend(found.problems.iter().map(|problem| words::problem_text(problem, &file, lang)));
    let valid = problems.is_empty();
    let stable = valid && found.is_stable();
    let pair =
        |&(candidate, opening): &(u32, u32)| [file.candidates.key(candidate), file.openings.key(opening)];
    let blocking_pairs = found.blocking_pairs.iter().map(pair).collect();
    let text = AuditText { valid, stable, problems, blocking_pairs, caps: [] };
    let json = serde_json::to_string_pretty(&text).map_err(|error| error.to_string())?;
    Ok(Outcome::answer(stable, json + "\n"))
}
