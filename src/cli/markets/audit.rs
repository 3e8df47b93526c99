//! `migiude audit FILE RESULT`: whether anybody's result is a stable matching of a market.
//!
//! Stable means what the file asks for: under regional rules, with couples, slots or days it is their own
//! definition.

use std::io::Read;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use migiude_matching::audit::caps::{RegionCount, audit_caps};
use migiude_matching::audit::ties::{Stability, blocking_pairs};
use migiude_matching::audit::{days, slots};
use migiude_matching::formats::result::{Claims, Misfit};
use migiude_matching::{Blocking, Candidate, CoupledMarket, Matching, Opening, Regions, audit_couples};
use serde::Serialize;

use super::files::{
    Format, Kind, MarketFile, Outcome, at_most_one_stdin, read_claims, read_market, read_rules, refusal_of,
};
use super::words::{coupled_problem_text, days_problem_text, many_problem_text, misfit_text, problem_text};
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
    /// Regional caps and floors (JSON), when they are not those that the result tells
    #[arg(long, value_name = "FILE")]
    pub caps: Option<PathBuf>,
    /// How much stability asks when somebody is indifferent
    #[arg(long, value_enum, default_value_t = Strength::Weak)]
    pub stability: Strength,
}

/// The strengths of stability under ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Strength {
    /// No two of whom both would gain
    Weak,
    /// No two of whom one would gain and the other not lose
    Strong,
    /// No two of whom neither would lose
    Super,
}

/// What the audit found, in the file's keys.
#[derive(Default, Serialize)]
struct AuditText<'a> {
    valid: bool,
    stable: bool,
    problems: Vec<String>,
    blocking_pairs: Vec<[&'a str; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocking_couples: Vec<BlockingCoupleText<'a>>,
    caps: Vec<CapText>,
}

#[derive(Serialize)]
struct BlockingCoupleText<'a> {
    couple: [&'a str; 2],
    choice: [Option<&'a str>; 2],
}

#[derive(Serialize)]
struct CapText {
    name: String,
    cap: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<u32>,
    placed: u32,
}

/// Audits a result. Exit code 0 when it is valid and stable, 1 when not, 2 when something cannot be read.
pub fn audit(args: &AuditArgs, lang: Lang, stdin: &mut dyn Read) -> Outcome {
    try_audit(args, lang, stdin).unwrap_or_else(Outcome::refusal)
}

fn try_audit(args: &AuditArgs, lang: Lang, stdin: &mut dyn Read) -> Result<Outcome, String> {
    at_most_one_stdin([&args.file, &args.result].into_iter().chain(&args.caps), lang)?;
    let file = read_market(&args.file, args.format, stdin, lang)?;
    let claims = read_claims(&args.result, stdin, lang)?;
    let rules = match &args.caps {
        Some(caps) => Some(read_rules(caps, &file, stdin, lang)?),
        None => {
            let told = claims.rules(&file.openings, &file.market);
            told.map_err(|error| refusal_of(&args.result, &error, lang))?
        }
    };
    let asked = [
        ("--caps", rules.is_some(), matches!(file.kind, Kind::Plain)),
        (
            "--stability",
            args.stability != Strength::Weak,
            matches!(file.kind, Kind::Plain) && rules.is_none(),
        ),
    ];
    if let Some((option, ..)) = asked.iter().find(|(_, given, fits)| *given && !fits) {
        return Err(lang.say_with("audit-not-with", &[("option", option)]));
    }
    let found = Auditor { file: &file, claims: &claims, lang }.audit(rules.as_ref(), args.stability);
    let json = serde_json::to_string_pretty(&found).map_err(|error| error.to_string())?;
    Ok(Outcome::answer(found.stable, json + "\n"))
}

/// Audits by the definition that goes with the file.
struct Auditor<'a> {
    file: &'a MarketFile,
    claims: &'a Claims,
    lang: Lang,
}

impl<'a> Auditor<'a> {
    fn audit(&self, rules: Option<&Regions>, strength: Strength) -> AuditText<'a> {
        match (&self.file.kind, rules) {
            (Kind::Plain, None) => self.plain(strength),
            (Kind::Plain, Some(rules)) => self.regions(rules),
            (Kind::Couples(market), _) => self.couples(market),
            (Kind::Slots(of_each), _) => self.slots(of_each),
            (Kind::Days(of_each), _) => self.days(of_each),
        }
    }

    fn plain(&self, strength: Strength) -> AuditText<'a> {
        let (matching, misfits) = self.matching();
        let found = migiude_matching::audit(&self.file.market, &matching);
        let problems = found.problems.iter().map(|problem| problem_text(problem, self.file, self.lang));
        let stability = match strength {
            Strength::Weak => Stability::Weak,
            Strength::Strong => Stability::Strong,
            Strength::Super => Stability::Super,
        };
        self.text(misfits, problems, &blocking_pairs(&self.file.market, &matching, stability))
    }

    fn regions(&self, rules: &Regions) -> AuditText<'a> {
        let (matching, misfits) = self.matching();
        let found = audit_caps(&self.file.market, rules, &matching);
        let plain = found.plain.problems.iter().map(|problem| problem_text(problem, self.file, self.lang));
        let broken = found.regions.iter().filter(|region| !region.is_kept()).map(|region| {
            let values: (String, u32) = (region.name.clone(), region.placed);
            self.lang.say_with("audit-region", &[("name", &values.0), ("placed", &values.1)])
        });
        let blocking = found.blocking_pairs.iter().map(|pair| (pair.candidate, pair.opening));
        let blocking: Vec<(Candidate, Opening)> = blocking.collect();
        let caps = found.regions.iter().map(cap).collect();
        AuditText { caps, ..self.text(misfits, plain.chain(broken), &blocking) }
    }

    fn couples(&self, market: &CoupledMarket) -> AuditText<'a> {
        let (matching, mut misfits) = self.matching();
        let (extra, unknown) = self.claims.extra_seats(&self.file.openings);
        misfits.extend(unknown);
        let found = audit_couples(&market.with_extra_seats(&extra), &matching);
        let problems =
            found.problems.iter().map(|problem| coupled_problem_text(problem, market, self.file, self.lang));
        let singles: Vec<(Candidate, Opening)> = found
            .blocking
            .iter()
            .filter_map(|block| match *block {
                Blocking::Single { candidate, opening } => Some((candidate, opening)),
                Blocking::Couple { .. } => None,
            })
            .collect();
        let couples = found.blocking.iter().filter_map(|block| match *block {
            Blocking::Couple { couple, choice, .. } => Some(BlockingCoupleText {
                couple: market.couples()[couple as usize].members.map(|c| self.file.candidates.key(c)),
                choice: choice.map(|opening| opening.map(|opening| self.file.openings.key(opening))),
            }),
            Blocking::Single { .. } => None,
        });
        let blocking_couples: Vec<BlockingCoupleText<'a>> = couples.collect();
        let text = self.text(misfits, problems, &singles);
        AuditText { stable: text.stable && blocking_couples.is_empty(), blocking_couples, ..text }
    }

    fn slots(&self, of_each: &[u32]) -> AuditText<'a> {
        let (matching, misfits) = self.claims.many_matching(&self.file.candidates, &self.file.openings);
        let found = slots::audit(&self.file.market, of_each, &matching);
        let problems = found.problems.iter().map(|problem| many_problem_text(problem, self.file, self.lang));
        self.text(misfits, problems, &found.blocking_pairs)
    }

    fn days(&self, of_each: &[u32]) -> AuditText<'a> {
        let (matching, misfits) = self.matching();
        let keeping = if self.claims.is_unsplit() { days::Keeping::Unsplit } else { days::Keeping::Exact };
        let found = days::audit(&self.file.market, of_each, &matching, keeping);
        let problems = found.problems.iter().map(|problem| days_problem_text(problem, self.file, self.lang));
        self.text(misfits, problems, &found.blocking_pairs)
    }

    fn matching(&self) -> (Matching, Vec<Misfit>) {
        self.claims.matching(&self.file.candidates, &self.file.openings)
    }

    /// What was found, with the keys of the file.
    fn text(
        &self,
        misfits: Vec<Misfit>,
        problems: impl Iterator<Item = String>,
        blocking: &[(Candidate, Opening)],
    ) -> AuditText<'a> {
        let misfits = misfits.iter().map(|misfit| misfit_text(misfit, self.lang));
        let problems: Vec<String> = misfits.chain(problems).collect();
        let pair = |&(c, o): &(Candidate, Opening)| [self.file.candidates.key(c), self.file.openings.key(o)];
        let valid = problems.is_empty();
        let stable = valid && blocking.is_empty();
        AuditText {
            valid,
            stable,
            problems,
            blocking_pairs: blocking.iter().map(pair).collect(),
            ..AuditText::default()
        }
    }
}

fn cap(region: &RegionCount) -> CapText {
    let floor = (region.floor > 0).then_some(region.floor);
    CapText { name: region.name.clone(), cap: region.cap, floor, placed: region.placed }
}
