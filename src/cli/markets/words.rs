//! Market files in the user's words: what was refused in them, what does not fit, what the audit found.

use migiude_matching::audit::Problem;
use migiude_matching::audit::couples::CoupledProblem;
use migiude_matching::audit::days::DaysProblem;
use migiude_matching::audit::slots::ManyProblem;
use migiude_matching::formats::result::Misfit;
use migiude_matching::formats::{Fault, FormatError, Place};
use migiude_matching::{CoupledMarket, RegionsError, Side};

use super::files::MarketFile;
use crate::texts::Lang;

/// File, place, fault.
pub(super) fn refused(file: &str, error: &FormatError, lang: Lang) -> String {
    let fault = fault_text(&error.fault, lang);
    match &error.place {
        Place::Line(line) => {
            lang.say_with("market-at-line", &[("file", &file), ("line", line), ("fault", &fault)])
        }
        Place::Member(path) => {
            lang.say_with("market-at-member", &[("file", &file), ("member", path), ("fault", &fault)])
        }
    }
}

/// The word for an agent of a side.
fn side_word(side: Side, lang: Lang) -> String {
    match side {
        Side::Candidate => lang.say("market-candidate"),
        Side::Opening => lang.say("market-opening"),
    }
}

fn fault_text(fault: &Fault, lang: Lang) -> String {
    match fault {
        Fault::Json(cause) => lang.say_with("market-fault-json", &[("cause", cause)]),
        Fault::NotANumber(text) => lang.say_with("market-fault-number", &[("text", text)]),
        Fault::NotACount(side) => lang.say_with("market-fault-count", &[("side", &side_word(*side, lang))]),
        Fault::TooFewLines { expected, found } => {
            lang.say_with("market-fault-too-few", &[("expected", expected), ("found", found)])
        }
        Fault::ExtraLine => lang.say("market-fault-extra"),
        Fault::NoQuota => lang.say("market-fault-no-quota"),
        Fault::NoId => lang.say("market-fault-no-id"),
        Fault::Unknown { side, id } => {
            lang.say_with("market-fault-unknown", &[("side", &side_word(*side, lang)), ("id", id)])
        }
        Fault::AgentTwice { side, id } => {
            lang.say_with("market-fault-agent-twice", &[("side", &side_word(*side, lang)), ("id", id)])
        }
        Fault::EntryTwice(id) => lang.say_with("market-fault-entry-twice", &[("id", id)]),
        Fault::NestedTie => lang.say("market-fault-nested-tie"),
        Fault::UnmatchedTie => lang.say("market-fault-unmatched-tie"),
        Fault::EmptyTie => lang.say("market-fault-empty-tie"),
        Fault::UnknownLine(word) => lang.say_with("market-fault-unknown-line", &[("word", word)]),
        Fault::HalfPair => lang.say("market-fault-half-pair"),
        Fault::EmptyPair => lang.say("market-fault-empty-pair"),
        Fault::PairTwice => lang.say("market-fault-pair-twice"),
        Fault::MemberWithList(id) => lang.say_with("market-fault-member-with-list", &[("id", id)]),
        Fault::MemberWithSize(id) => lang.say_with("market-fault-member-with-size", &[("id", id)]),
        Fault::SlotsAndDays => lang.say("market-fault-slots-and-days"),
        Fault::CouplesAndSizes => lang.say("market-fault-couples-and-sizes"),
        Fault::NoDays => lang.say("market-fault-no-days"),
        Fault::Rules { why, opening } => rules_text(why, opening, lang),
        Fault::MemberTwice(id) => lang.say_with("market-fault-member-twice", &[("id", id)]),
    }
}

/// Why regional rules cannot be, with the key of the opening it is about.
fn rules_text(why: &RegionsError, opening: &str, lang: Lang) -> String {
    match why {
        RegionsError::NameTwice(region) => lang.say_with("rules-name-twice", &[("region", region)]),
        RegionsError::NotWithin(region) => lang.say_with("rules-not-within", &[("region", region)]),
        RegionsError::Unknown { region, .. } => {
            lang.say_with("rules-unknown", &[("region", region), ("opening", &opening)])
        }
        RegionsError::Repeated { region, .. } => {
            lang.say_with("rules-repeated", &[("region", region), ("opening", &opening)])
        }
        RegionsError::Overlap { regions: [one, other], .. } => {
            lang.say_with("rules-overlap", &[("one", one), ("other", other), ("opening", &opening)])
        }
        RegionsError::ForeignTarget { region, .. } => {
            lang.say_with("rules-foreign-target", &[("region", region), ("opening", &opening)])
        }
        RegionsError::TargetTwice { region, .. } => {
            lang.say_with("rules-target-twice", &[("region", region), ("opening", &opening)])
        }
        RegionsError::TargetAboveQuota { region, target, quota, .. } => lang.say_with(
            "rules-target-above-quota",
            &[("region", region), ("opening", &opening), ("target", target), ("quota", quota)],
        ),
        RegionsError::TargetsAboveCap { region, targets, cap } => lang
            .say_with("rules-targets-above-cap", &[("region", region), ("targets", targets), ("cap", cap)]),
        RegionsError::FloorsAboveCap { region, floors, cap } => {
            lang.say_with("rules-floors-above-cap", &[("region", region), ("floors", floors), ("cap", cap)])
        }
        RegionsError::FloorAboveSeats { region, floor, seats } => lang
            .say_with("rules-floor-above-seats", &[("region", region), ("floor", floor), ("seats", seats)]),
        RegionsError::OrderTwice(_) => lang.say_with("rules-order-twice", &[("opening", &opening)]),
        RegionsError::OrderOutside(_) => lang.say_with("rules-order-outside", &[("opening", &opening)]),
    }
}

pub(super) fn misfit_text(misfit: &Misfit, lang: Lang) -> String {
    match misfit {
        Misfit::Unknown { side, key } => {
            lang.say_with("market-misfit-unknown", &[("side", &side_word(*side, lang)), ("key", key)])
        }
        Misfit::SeveralSeats { candidate, openings } => {
            let openings = openings.join(", ");
            lang.say_with("market-misfit-several-seats", &[("candidate", candidate), ("openings", &openings)])
        }
        Misfit::NotHeld { candidate, opening } => {
            lang.say_with("market-misfit-not-held", &[("candidate", candidate), ("opening", opening)])
        }
        Misfit::NotHolding { candidate, opening } => {
            lang.say_with("market-misfit-not-holding", &[("candidate", candidate), ("opening", opening)])
        }
    }
}

/// A problem of the matching in the words of the file's keys.
pub(super) fn problem_text(problem: &Problem, of: &MarketFile, lang: Lang) -> String {
    match *problem {
        Problem::Candidates { found, expected } => {
            lang.say_with("audit-candidates", &[("found", &found), ("expected", &expected)])
        }
        Problem::UnknownOpening { candidate, opening } => {
            let candidate = of.candidates.key(candidate);
            lang.say_with("audit-unknown-opening", &[("candidate", &candidate), ("opening", &opening)])
        }
        Problem::Unacceptable { candidate, opening } => {
            let (candidate, opening) = (of.candidates.key(candidate), of.openings.key(opening));
            lang.say_with("audit-unacceptable", &[("candidate", &candidate), ("opening", &opening)])
        }
        Problem::OverQuota { opening, quota, holders } => {
            let opening = of.openings.key(opening);
            lang.say_with(
                "audit-over-quota",
                &[("opening", &opening), ("quota", &quota), ("holders", &holders)],
            )
        }
    }
}

/// A problem of a matching with slots, likewise.
pub(super) fn many_problem_text(problem: &ManyProblem, of: &MarketFile, lang: Lang) -> String {
    let (candidates, openings) = (&of.candidates, &of.openings);
    match *problem {
        ManyProblem::Candidates { found, expected } => {
            problem_text(&Problem::Candidates { found, expected }, of, lang)
        }
        ManyProblem::UnknownOpening { candidate, opening } => {
            problem_text(&Problem::UnknownOpening { candidate, opening }, of, lang)
        }
        ManyProblem::Unacceptable { candidate, opening } => {
            problem_text(&Problem::Unacceptable { candidate, opening }, of, lang)
        }
        ManyProblem::OverQuota { opening, quota, holders } => {
            problem_text(&Problem::OverQuota { opening, quota, holders }, of, lang)
        }
        ManyProblem::Twice { candidate, opening } => lang.say_with(
            "audit-pair-twice",
            &[("candidate", &candidates.key(candidate)), ("opening", &openings.key(opening))],
        ),
        ManyProblem::OverSlots { candidate, slots, openings } => lang.say_with(
            "audit-over-slots",
            &[("candidate", &candidates.key(candidate)), ("slots", &slots), ("openings", &openings)],
        ),
        // The reader of the file has given every candidate its slots.
        ManyProblem::Slots { .. } => problem.to_string(),
    }
}

/// A problem of a matching with days, likewise.
pub(super) fn days_problem_text(problem: &DaysProblem, of: &MarketFile, lang: Lang) -> String {
    match *problem {
        DaysProblem::Candidates { found, expected } => {
            problem_text(&Problem::Candidates { found, expected }, of, lang)
        }
        DaysProblem::UnknownOpening { candidate, opening } => {
            problem_text(&Problem::UnknownOpening { candidate, opening }, of, lang)
        }
        DaysProblem::Unacceptable { candidate, opening } => {
            problem_text(&Problem::Unacceptable { candidate, opening }, of, lang)
        }
        DaysProblem::OverQuota { opening, quota, held } => lang.say_with(
            "audit-over-days",
            &[("opening", &of.openings.key(opening)), ("quota", &quota), ("held", &held)],
        ),
        // The reader of the file has given every candidate its days.
        DaysProblem::Days { .. } => problem.to_string(),
    }
}

/// A problem of a matching with couples, likewise.
pub(super) fn coupled_problem_text(
    problem: &CoupledProblem,
    market: &CoupledMarket,
    of: &MarketFile,
    lang: Lang,
) -> String {
    match problem {
        CoupledProblem::Plain(problem) => problem_text(problem, of, lang),
        CoupledProblem::NotAChoice { couple, pair } => {
            let [one, other] = market.couples()[*couple as usize].members.map(|c| of.candidates.key(c));
            let [here, there] = pair.map(|opening| opening.map_or("-", |opening| of.openings.key(opening)));
            lang.say_with(
                "audit-not-a-choice",
                &[("one", &one), ("other", &other), ("here", &here), ("there", &there)],
            )
        }
    }
}
