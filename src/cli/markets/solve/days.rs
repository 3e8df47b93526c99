//! Candidates who take several days: an exact search, or the answer that always exists.

use migiude_matching::audit::days::{Keeping, audit};
use migiude_matching::formats::result::{Facts, Figures, Places};
use migiude_matching::{Matching, Opening, break_ties, days};

use super::{Ask, Clash, Otherwise};
use crate::cli::markets::files::Outcome;
use crate::cli::markets::patience;

pub(super) fn solve(ask: &Ask<'_>, of_each: &[u32]) -> Result<Outcome, String> {
    let lang = ask.lang;
    if ask.otherwise() == Otherwise::FewestBlocks {
        return Err(
            lang.say_with("solve-not-with", &[("option", &"--otherwise fewest-blocks"), ("with", &"days")])
        );
    }
    let strict = break_ties(&ask.file.market, ask.args.seed);
    let mut patience = patience::of_seconds(ask.args.patience);
    let found = days::exact(&strict, of_each, &mut patience).map_err(|error| error.to_string())?;
    match (found, ask.otherwise()) {
        (days::Exact::Stable { matching, undominated }, _) => {
            show(ask, of_each, &matching, Keeping::Exact, undominated)
        }
        (found, Otherwise::ExtraSeats) => {
            let unsplit = days::unsplit(&strict, of_each).map_err(|error| error.to_string())?;
            let decided = matches!(found, days::Exact::NoneStable(_));
            show(ask, of_each, &unsplit.matching, Keeping::Unsplit, decided)
        }
        (days::Exact::NoneStable(proof), _) => {
            let rule = |&(candidate, opening): &(u32, u32)| {
                let (candidate, opening) = (ask.candidate(candidate), ask.opening(opening));
                lang.say_with("solve-days-pair", &[("candidate", &candidate), ("opening", &opening)])
            };
            let clash = Clash {
                proven: true,
                reason: lang.say("solve-none-days"),
                rules: proof.pairs.iter().map(rule).chain(ask.lottery_rule()).collect(),
                candidates: proof.candidates(),
                openings: proof.openings(),
            };
            Ok(ask.show_none(&clash, ask.lottery()))
        }
        (days::Exact::Stopped | days::Exact::TooLarge, _) => {
            let reason = lang.say("solve-days-undecided");
            let clash = Clash {
                reason,
                proven: false,
                rules: Vec::new(),
                candidates: Vec::new(),
                openings: Vec::new(),
            };
            Ok(ask.show_none(&clash, ask.lottery()))
        }
    }
}

/// Shows a matching; what the search left open, when it was stopped, is told with it.
fn show(
    ask: &Ask<'_>,
    of_each: &[u32],
    matching: &Matching,
    keeping: Keeping,
    decided: bool,
) -> Result<Outcome, String> {
    let audit = audit(&ask.file.market, of_each, matching, keeping);
    ask.audited(audit.is_stable())?;
    let over: Vec<(Opening, u64)> =
        (0..).zip(audit.over.iter().copied()).filter(|&(_, days)| days > 0).collect();
    let definition = match keeping {
        Keeping::Exact => days::DEFINITION,
        Keeping::Unsplit => days::UNSPLIT_DEFINITION,
    };
    let over_told = (keeping == Keeping::Unsplit).then_some(&over[..]);
    let proven = (!decided).then_some(false);
    let facts = Facts { over: over_told, proven, definition: Some(definition), ..Facts::default() };
    let told = |&(opening, days): &(Opening, u64)| {
        ask.lang.say_with("solve-over", &[("opening", &ask.opening(opening)), ("days", &days)])
    };
    let mut remarks: Vec<String> = over.iter().map(told).collect();
    let left_open = match keeping {
        Keeping::Exact => "solve-days-not-improved",
        Keeping::Unsplit => "solve-days-not-searched",
    };
    remarks.extend((!decided).then(|| ask.lang.say(left_open)));
    ask.show(Places::One(matching), Figures::from(&audit), ask.lottery(), facts, &remarks)
}
