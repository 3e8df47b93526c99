//! Couples: stable, or what was asked for otherwise.

use migiude_matching::audit::couples::STABILITY;
use migiude_matching::couples::Clash as Knot;
use migiude_matching::formats::result::{Facts, Figures, Places};
use migiude_matching::{
    Blocking, Candidate, CoupledMarket, CouplesAnswer, Matching, Opening, audit_couples, match_couples,
};

use super::{Ask, Clash, Otherwise};
use crate::cli::markets::files::Outcome;
use crate::cli::markets::patience;

pub(super) fn solve(ask: &Ask<'_>, market: &CoupledMarket) -> Result<Outcome, String> {
    let otherwise = match ask.otherwise() {
        Otherwise::Proof => migiude_matching::Otherwise::Proof,
        Otherwise::FewestBlocks => migiude_matching::Otherwise::FewestBlocks,
        Otherwise::ExtraSeats => migiude_matching::Otherwise::ExtraSeats,
    };
    let mut patience = patience::of_seconds(ask.args.patience);
    let answer = match_couples(market, ask.args.seed, otherwise, &mut patience);
    let proven = Some(answer.is_proven());
    match &answer {
        CouplesAnswer::Stable { matching, .. } => show(ask, market, matching, true, Facts::default(), &[]),
        CouplesAnswer::Impossible(knots) => Ok(ask.show_none(&clash(ask, market, knots), ask.lottery())),
        CouplesAnswer::FewestBlocks { matching, blocking, at_least } => {
            let facts = Facts { proven, bound: Some(*at_least as u64), ..Facts::default() };
            show(ask, market, matching, false, facts, blocking)
        }
        CouplesAnswer::ExtraSeats { matching, extra_seats, at_least } => {
            let larger = market.with_extra_seats(extra_seats);
            let bound = Some(*at_least as u64);
            let facts = Facts { proven, bound, extra_seats: Some(extra_seats), ..Facts::default() };
            show(ask, &larger, matching, true, facts, &[])
        }
        // Who asked for a stable matching or a proof is not given something else.
        CouplesAnswer::Stopped { .. } if ask.otherwise() == Otherwise::Proof => {
            let undecided = Clash {
                proven: false,
                reason: ask.lang.say("solve-couples-undecided"),
                rules: Vec::new(),
                candidates: Vec::new(),
                openings: Vec::new(),
            };
            Ok(ask.show_none(&undecided, ask.lottery()))
        }
        CouplesAnswer::Stopped { matching, blocking } => {
            let facts = Facts { proven, ..Facts::default() };
            show(ask, market, matching, false, facts, blocking)
        }
    }
}

fn show(
    ask: &Ask<'_>,
    market: &CoupledMarket,
    matching: &Matching,
    stable: bool,
    facts: Facts<'_>,
    blocking: &[Blocking],
) -> Result<Outcome, String> {
    let audit = audit_couples(market, matching);
    ask.audited(if stable { audit.is_stable() } else { audit.is_valid() && audit.blocking == blocking })?;
    let facts = Facts { couples: Some(market), definition: Some(STABILITY), ..facts };
    let none_stable = facts.bound.is_some_and(|bound| bound > 0);
    let mut remarks = Vec::from_iter(none_stable.then(|| ask.lang.say("solve-none-couples")));
    remarks.extend(blocking.iter().map(|block| in_words(ask, market, block)));
    for &(opening, seats) in facts.extra_seats.unwrap_or_default() {
        remarks.push(
            ask.lang.say_with("solve-extra-seats", &[("opening", &ask.opening(opening)), ("seats", &seats)]),
        );
    }
    if facts.proven == Some(false) {
        remarks.push(match facts.bound {
            Some(bound) => ask.lang.say_with("solve-not-proven", &[("bound", &bound)]),
            None => ask.lang.say("solve-stopped"),
        });
    }
    ask.show(Places::One(matching), Figures::from(&audit), ask.lottery(), facts, &remarks)
}

/// What blocks, by the keys of the file.
pub(in crate::cli::markets) fn blocking_keys(
    block: &Blocking,
    market: &CoupledMarket,
) -> (Vec<Candidate>, Vec<Option<Opening>>) {
    match *block {
        Blocking::Single { candidate, opening } => (vec![candidate], vec![Some(opening)]),
        Blocking::Couple { couple, choice, .. } => {
            (market.couples()[couple as usize].members.to_vec(), choice.to_vec())
        }
    }
}

fn in_words(ask: &Ask<'_>, market: &CoupledMarket, block: &Blocking) -> String {
    let (candidates, openings) = blocking_keys(block, market);
    let candidates: Vec<&str> = candidates.iter().map(|&candidate| ask.candidate(candidate)).collect();
    let openings: Vec<&str> =
        openings.iter().map(|opening| opening.map_or("-", |opening| ask.opening(opening))).collect();
    ask.lang
        .say_with("solve-envy", &[("candidate", &candidates.join(" + ")), ("opening", &openings.join(" + "))])
}

fn clash(ask: &Ask<'_>, market: &CoupledMarket, knots: &[Knot]) -> Clash {
    let rule = |knot: &Knot| {
        let people: Vec<&str> = knot.candidates(market).iter().map(|&c| ask.candidate(c)).collect();
        let openings: Vec<&str> = knot.openings.iter().map(|&opening| ask.opening(opening)).collect();
        let (people, openings) = (people.join(", "), openings.join(", "));
        ask.lang.say_with("solve-knot", &[("people", &people), ("openings", &openings)])
    };
    let mut candidates: Vec<Candidate> = knots.iter().flat_map(|knot| knot.candidates(market)).collect();
    let mut openings: Vec<Opening> = knots.iter().flat_map(|knot| knot.openings.iter().copied()).collect();
    candidates.sort_unstable();
    openings.sort_unstable();
    Clash {
        proven: true,
        reason: ask.lang.say("solve-none-couples"),
        rules: knots.iter().map(rule).collect(),
        candidates,
        openings,
    }
}
