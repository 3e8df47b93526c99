//! Regional caps, and floors with their price.

use migiude_matching::audit::caps::{RegionCount, audit_caps};
use migiude_matching::floors::{Price, Short, Unmet};
use migiude_matching::formats::result::{Facts, Figures, Places};
use migiude_matching::{
    Matching, Regions, break_ties, extended_seat_deferred_acceptance, flexible_deferred_acceptance,
};

use super::{Ask, Clash};
use crate::cli::markets::files::Outcome;
use crate::cli::markets::patience;

pub(super) fn solve(ask: &Ask<'_>, regions: &Regions) -> Result<Outcome, String> {
    let strict = break_ties(&ask.file.market, ask.args.seed);
    if regions.all().iter().all(|region| region.floor == 0) {
        let matching = flexible_deferred_acceptance(&strict, regions).matching;
        return show(ask, regions, &matching, None);
    }
    match extended_seat_deferred_acceptance(&strict, regions, &mut patience::of_seconds(ask.args.patience)) {
        Ok(found) => {
            // The mechanism counts by the lists after the lottery; a price is told in the ranks of the file.
            let without = flexible_deferred_acceptance(&strict, regions).matching;
            let price = Price::of(&ask.file.market, regions, &without, &found.outcome.matching);
            show(ask, regions, &found.outcome.matching, Some(&price))
        }
        Err(unmet) => Ok(ask.show_none(&clash(ask, unmet), ask.lottery())),
    }
}

fn show(
    ask: &Ask<'_>,
    regions: &Regions,
    matching: &Matching,
    price: Option<&Price>,
) -> Result<Outcome, String> {
    let audit = audit_caps(&ask.file.market, regions, matching);
    // Floors may cost seats that somebody wanted, which is told as their price and counted; envy they may not leave.
    ask.audited(if price.is_some() { audit.is_feasible() && audit.is_fair() } else { audit.is_stable() })?;
    let figures = Figures { blocking_pairs: audit.blocking_pairs.len(), ..(&audit.plain).into() };
    let facts = Facts { regions: Some((regions, &audit.regions)), price, ..Facts::default() };
    let mut remarks: Vec<String> = audit.regions.iter().map(|region| filled(ask, region)).collect();
    if let Some(price) = price {
        remarks.push(ask.lang.say_with(
            "solve-price",
            &[
                ("payers", &price.payers.len()),
                ("ranks", &price.ranks_paid()),
                ("unmatched", &price.unmatched()),
                ("waste", &price.waste.len()),
            ],
        ));
    }
    ask.show(Places::One(matching), figures, ask.lottery(), facts, &remarks)
}

fn filled(ask: &Ask<'_>, region: &RegionCount) -> String {
    let name = &region.name;
    match (region.cap, region.floor) {
        (Some(cap), 0) => ask
            .lang
            .say_with("solve-region-cap", &[("name", name), ("placed", &region.placed), ("cap", &cap)]),
        (None, 0) => ask.lang.say_with("solve-region", &[("name", name), ("placed", &region.placed)]),
        (Some(cap), floor) => ask.lang.say_with(
            "solve-region-floor",
            &[("name", name), ("placed", &region.placed), ("cap", &cap), ("floor", &floor)],
        ),
        (None, floor) => ask.lang.say_with(
            "solve-region-floor-only",
            &[("name", name), ("placed", &region.placed), ("floor", &floor)],
        ),
    }
}

/// Why the floors cannot be kept, in words: which regions, and the people they are about.
fn clash(ask: &Ask<'_>, unmet: Unmet) -> Clash {
    let lang = ask.lang;
    let short = |reason: &str, proven: bool, short: Short| {
        let rule = |(name, floor, placed): &(String, u32, u32)| {
            lang.say_with("solve-floor-short", &[("name", name), ("floor", floor), ("placed", placed)])
        };
        let rules = short.regions.iter().map(rule).chain(ask.lottery_rule()).collect();
        Clash {
            reason: lang.say(reason),
            proven,
            rules,
            candidates: short.candidates,
            openings: short.openings,
        }
    };
    match unmet {
        Unmet::Shortage(shortage) => {
            let rule = |(name, floor): &(String, u32)| {
                lang.say_with("solve-floor-asks", &[("name", name), ("floor", floor)])
            };
            let cap = |(name, cap): &(String, u32)| {
                lang.say_with("solve-cap-allows", &[("name", name), ("cap", cap)])
            };
            let quota = |&(opening, quota): &(u32, u32)| {
                lang.say_with("solve-quota-allows", &[("opening", &ask.opening(opening)), ("quota", &quota)])
            };
            let rules = shortage.floors.iter().map(rule);
            let rules = rules.chain(shortage.caps.iter().map(cap)).chain(shortage.quotas.iter().map(quota));
            Clash {
                proven: true,
                reason: lang.say_with(
                    "solve-none-floors",
                    &[("needed", &shortage.needed()), ("available", &shortage.available())],
                ),
                rules: rules.collect(),
                candidates: shortage.candidates,
                openings: shortage.openings,
            }
        }
        Unmet::Unfair(which) => short("solve-none-floors-fair", true, which),
        Unmet::Undecided(which) => short("solve-floors-undecided", false, which),
    }
}
