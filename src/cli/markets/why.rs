//! `migiude why FILE RESULT --candidate C --opening O`: why the two are not matched.
//!
//! It answers with ranks and the cutoff, so it is for markets in files; a round's participants get one wording.

use std::borrow::Cow;
use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use migiude_matching::formats::Names;
use migiude_matching::formats::result::Claims;
use migiude_matching::{Answer, Candidate, Explanation, Market, Side, audit, break_ties, explain, menu};
use serde::Serialize;

use super::files::{Format, Kind, MarketFile, Outcome, at_most_one_stdin, read_claims, read_market};
use super::words::{misfit_text, problem_text};
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
    /// Key of the opening asked about; without it all that the candidate listed, and what it could have had
    #[arg(long, value_name = "O", allow_hyphen_values = true)]
    pub opening: Option<String>,
    /// Seed of the lottery that broke the ties
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
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

/// All that a candidate may ask at once.
#[derive(Serialize)]
struct AllText<'a> {
    candidate: &'a str,
    answers: Vec<WhyText<'a>>,
    /// The openings that the candidate would have got by some list under the candidate-optimal mechanism.
    menu: Vec<&'a str>,
}

/// Explains a pair, or all pairs of a candidate. Exit code 0 with the answers, 2 when something cannot be read or is
/// not of this market.
pub fn why(args: &WhyArgs, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_why(args, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_why(args: &WhyArgs, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    at_most_one_stdin([&args.file, &args.result], lang)?;
    let file = read_market(&args.file, args.format, stdin, lang)?;
    let candidate = number(&file.candidates, &args.candidate, "why-unknown-candidate", lang)?;
    let asked = args.opening.as_ref();
    let opening = asked.map(|key| number(&file.openings, key, "why-unknown-opening", lang)).transpose()?;
    match &file.kind {
        Kind::Plain => {}
        Kind::Couples(market) if market.couple_of(candidate).is_none() => {}
        Kind::Couples(_) => return Err(lang.say("why-member")),
        Kind::Slots(_) | Kind::Days(_) => return Err(lang.say("why-one-seat-only")),
    }
    let claims = read_claims(&args.result, stdin, lang)?;
    let (matching, misfits) = claims.matching(&file.candidates, &file.openings);
    let mut problems: Vec<String> = misfits.iter().map(|misfit| misfit_text(misfit, lang)).collect();
    let market = with_extra_seats(&file, &claims);
    let found = audit(&market, &matching).problems;
    problems.extend(found.iter().map(|problem| problem_text(problem, &file, lang)));
    if !problems.is_empty() {
        return Err(lang.say_with("why-not-a-result", &[("problems", &problems.join("\n"))]));
    }

    let text = |opening| answer(&file, lang, candidate, explain(&market, &matching, candidate, opening));
    let json = match opening {
        Some(opening) => serde_json::to_string_pretty(&text(opening)),
        None => {
            let listed = file.market.candidates().list(candidate).iter().map(|edge| edge.partner);
            let dropped = file.market.dropped_of(Side::Candidate, candidate).iter().map(|drop| drop.entry);
            let menu = menu(&break_ties(&market, args.seed), candidate);
            serde_json::to_string_pretty(&AllText {
                candidate: file.candidates.key(candidate),
                answers: listed.chain(dropped).map(text).collect(),
                menu: menu.into_iter().map(|opening| file.openings.key(opening)).collect(),
            })
        }
    };
    Ok(Outcome::answer(true, json.map_err(|error| error.to_string())? + "\n"))
}

/// The market with the seats that the result says were added.
fn with_extra_seats<'a>(file: &'a MarketFile, claims: &Claims) -> Cow<'a, Market> {
    match &file.kind {
        Kind::Couples(market) => {
            Cow::Owned(market.with_extra_seats(&claims.extra_seats(&file.openings).0).market().clone())
        }
        _ => Cow::Borrowed(&file.market),
    }
}

fn answer(file: &MarketFile, lang: Lang, candidate: Candidate, why: Explanation) -> WhyText<'_> {
    WhyText {
        answer: why.answer.name(),
        candidate: file.candidates.key(candidate),
        opening: file.openings.key(why.opening),
        sentence: lang.say(sentence(why.answer)),
        matched_opening: why.got.map(|(opening, _)| file.openings.key(opening)),
        matched_rank: why.got.map(|(_, rank)| rank),
        candidate_rank: why.candidate_rank,
        opening_rank: why.opening_rank,
        quota: why.quota,
        holders: why.holders,
        cutoff: why.cutoff,
    }
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
