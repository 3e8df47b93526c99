//! `migiude why FILE RESULT --candidate C --opening O`: why the two are not matched.
//!
//! It answers with ranks and the cutoff, so it is for markets in files; a round's participants get one wording.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use migiude_matching::audit::audit;
use migiude_matching::formats::Names;
use migiude_matching::{Answer, explain};
use serde::Serialize;

use super::files::{Format, Outcome, at_most_one_stdin, read_market, read_result};
use super::words::problem_text;
use crate::texts::Lang;

/// What `why` takes.
#[derive(Args, Clone, Debug)]
pub struct WhyArgs {
    /// Market file; - reads standard input
    pub file: PathBuf,
    /// Result file (JSON), of this program or of another
    pub result: PathBuf,
    /// Format of the market file; told by its extension or its first word when not given
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Key of the candidate who asks
    #[arg(long, value_name = "C", allow_hyphen_values = true)]
    pub candidate: String,
    /// Key of the opening asked about
    #[arg(long, value_name = "O", allow_hyphen_values = true)]
    pub opening: String,
}

#[derive(Serialize)]
struct WhyText<'a> {
    answer: &'static str,
    candidate: &'a str,
    opening: &'a str,
    sentence: String,
    matched_opening: Option<&'a str>,
    matched_rank: Option<u32>,
    candidate_rank: Option<u32>,
    opening_rank: Option<u32>,
    quota: u32,
    holders: u32,
    cutoff: Option<u32>,
}

/// Explains a pair. Exit code 0 with one of the answers, 2 when something cannot be read or is not of this market.
pub fn why(args: &WhyArgs, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_why(args, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_why(args: &WhyArgs, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    at_most_one_stdin(&args.file, &args.result, lang)?;
    let file = read_market(&args.file, args.format, stdin, lang)?;
    let candidate = number(&file.candidates, &args.candidate, "why-unknown-candidate", lang)?;
    let opening = number(&file.openings, &args.opening, "why-unknown-opening", lang)?;
    let (matching, mut problems) = read_result(&args.result, &file, stdin, lang)?;
    let found = audit(&file.market, &matching).problems;
    problems.extend(found.iter().map(|problem| problem_text(problem, &file, lang)));
    if !problems.is_empty() {
        return Err(lang.say_with("why-not-a-result", &[("problems", &problems.join("\n"))]));
    }

    let why = explain(&file.market, &matching, candidate, opening);
    let text = WhyText {
        answer: why.answer.name(),
        candidate: &args.candidate,
        opening: &args.opening,
        sentence: lang.say(sentence(why.answer)),
        matched_opening: why.got.map(|(opening, _)| file.openings.key(opening)),
        matched_rank: why.got.map(|(_, rank)| rank),
        candidate_rank: why.candidate_rank,
        opening_rank: why.opening_rank,
        quota: why.quota,
        holders: why.holders,
        cutoff: why.cutoff,
    };
    let json = serde_json::to_string_pretty(&text).map_err(|error| error.to_string())?;
    Ok(Outcome::answer(true, json + "\n"))
}

fn number(names: &Names, key: &str, refusal: &'static str, lang: Lang) -> Result<u32, String> {
    names.number(key).ok_or_else(|| lang.say_with(refusal, &[("key", &key)]))
}

fn sentence(answer: Answer) -> &'static str {
    match answer {
        Answer::Matched => "why-matched",
        Answer::YouDidNotList => "why-you-did-not-list",
        Answer::NotListedByOpening => "why-not-listed-by-opening",
        Answer::YouDidBetter => "why-you-did-better",
        Answer::FilledWithPreferred => "why-filled-with-preferred",
        Answer::Rule => "why-rule",
    }
}
