//! Candidates with several slots.

use migiude_matching::formats::result::{Facts, Places};
use migiude_matching::{audit, break_ties, slots};

use super::{Ask, Mechanism};
use crate::cli::markets::files::Outcome;

pub(super) fn solve(ask: &Ask<'_>, of_each: &[u32]) -> Result<Outcome, String> {
    let market = &ask.file.market;
    let strict = break_ties(market, ask.args.seed);
    let outcome = match ask.args.mechanism {
        Mechanism::OpeningOptimal => slots::opening_optimal(&strict, of_each),
        _ => slots::candidate_optimal(&strict, of_each),
    };
    let matching = outcome.map_err(|error| error.to_string())?.matching;
    let audit = audit::slots::audit(market, of_each, &matching);
    ask.audited(audit.is_stable())?;
    let facts = Facts { definition: Some(slots::DEFINITION), ..Facts::default() };
    let pairs = ask.lang.say_with("solve-pairs", &[("pairs", &audit.placed)]);
    ask.show(Places::Several(&matching), (&audit).into(), ask.lottery(), facts, &[pairs])
}
