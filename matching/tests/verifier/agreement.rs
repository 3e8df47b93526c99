//! Both implementations agree on random small markets, mechanism by mechanism.

use migiude_matching::audit::caps::audit_caps;
use migiude_matching::audit::days::Keeping;
use migiude_matching::audit::{days::audit as audit_days, slots::audit as audit_slots};
use migiude_matching::certificate::Certificate;
use migiude_matching::days::{Exact, exact, unsplit};
use migiude_matching::floors::Price;
use migiude_matching::formats::caps;
use migiude_matching::formats::result::{Facts, Figures, Places, Record};
use migiude_matching::{
    Couple, CouplesAnswer, Lattice, Market, Matching, Obstacle, Otherwise, Region, Regions, Wish,
    audit_couples, balanced, both_ranks, break_ties, extended_seat_deferred_acceptance,
    flexible_deferred_acceptance, largest_weakly_stable, match_couples, median, minimum_regret, moved_from,
    optimum, promotion, slots, strongly_stable, super_stable,
};
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::markets::{MARRIAGE, SMALL, SMALL_WITH_TIES, random};
use crate::python::Cases;
use crate::results::Round;

/// Adds the results of some mechanisms on a market whose number is told.
type Setting = fn(&mut Dice, &mut Cases);

/// The settings with how often each is drawn.
const SETTINGS: [(u32, Setting); 6] = [
    (8, one_each),
    (8, between_the_ends),
    (3, with_regions),
    (2, with_slots),
    (2, with_days),
    (1, with_couples),
];

/// Adds a random market with the results of all mechanisms of its setting.
pub fn random_setting(dice: &mut Dice, cases: &mut Cases) {
    let mut at = dice.below(SETTINGS.iter().map(|(weight, _)| weight).sum());
    for (weight, setting) in SETTINGS {
        if at < weight {
            return setting(dice, cases);
        }
        at -= weight;
    }
}

/// Results on so many random markets, all of which must be accepted.
fn agree_on(markets: u32, seed: u64) {
    let mut dice = Dice::new(seed);
    let mut cases = Cases::new();
    (0..markets).for_each(|_| random_setting(&mut dice, &mut cases));
    cases.expect_accepted();
}

fn seed(dice: &mut Dice) -> u64 {
    u64::from(dice.below(1000)) << dice.below(54)
}

/// One opening each: the ends of the lattice, and what ties make of stability.
fn one_each(dice: &mut Dice, cases: &mut Cases) {
    let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES, MARRIAGE]);
    let round = Round::of(random(dice, kind));
    let seed = seed(dice);
    cases.market(&round.document());
    for (mechanism, matching) in [
        ("candidate-optimal", round.candidate_optimal(seed)),
        ("opening-optimal", round.opening_optimal(seed)),
        ("promotion", promotion(&round.market, seed).matching),
    ] {
        let audit = migiude_matching::audit(&round.market, &matching);
        let certificate = Certificate::of(&round.market, &matching).unwrap();
        let facts = Facts { certificate: Some(&certificate), ..Facts::default() };
        let plain = round.plain(Places::One(&matching), (&audit).into());
        let record = Record { mechanism, lottery_seed: round.used(seed), facts, ..plain };
        cases.result(mechanism, &round.record(record));
    }
    let most = largest_weakly_stable(&round.market, seed, &mut || true);
    let facts = Facts { proven: Some(most.is_proven()), bound: Some(most.bound as u64), ..Facts::default() };
    let audit = migiude_matching::audit(&round.market, &most.matching);
    let plain = round.plain(Places::One(&most.matching), (&audit).into());
    let record = Record { mechanism: "max-weakly-stable", lottery_seed: round.used(seed), facts, ..plain };
    cases.result("max-weakly-stable", &round.record(record));

    type Refined = Result<Matching, Obstacle>;
    let refined: [(&str, Refined); 2] =
        [("strong", strongly_stable(&round.market)), ("super", super_stable(&round.market))];
    for (mechanism, answer) in refined {
        let result = match answer {
            Ok(matching) => round.result(mechanism, &matching, None),
            Err(obstacle) => {
                round.none(mechanism, &obstacle.why.to_string(), &obstacle.candidates, &obstacle.openings)
            }
        };
        cases.result(mechanism, &result);
    }
}

/// The stable matchings between the ends, and those nearest to what was before or to what is wished.
fn between_the_ends(dice: &mut Dice, cases: &mut Cases) {
    let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES, MARRIAGE, MARRIAGE]);
    let round = Round::of(random(dice, kind));
    let seed = seed(dice);
    let strict = break_ties(&round.market, seed);
    let lattice = Lattice::of(&strict);
    cases.market(&round.document());
    let mut add = |mechanism: &str, matching: &Matching, facts: Facts<'_>, asked: &Value| {
        let audit = migiude_matching::audit(&round.market, matching);
        let plain = round.plain(Places::One(matching), (&audit).into());
        let record = Record { mechanism, lottery_seed: round.used(seed), facts, ..plain };
        cases.asked(mechanism, &round.record(record), asked);
    };
    let (plain, nothing) = (Facts::default(), json!({}));

    let egalitarian = optimum(&lattice, &[&both_ranks], &[]).unwrap();
    let facts = Facts { objective: Some(egalitarian.objectives[0]), ..plain.clone() };
    add("egalitarian", &egalitarian.matching, facts, &nothing);
    let least = minimum_regret(&lattice);
    add("min-regret", &least.matching, Facts { regret: Some(least.regret), ..plain.clone() }, &nothing);
    let middle = median(&lattice, 1_000);
    add("median", &middle.matching, Facts { exact: Some(middle.exact), ..plain.clone() }, &nothing);
    let even = balanced(&lattice, 1_000);
    let facts = Facts { exact: Some(even.exact), bound: Some(even.bound), ..plain.clone() };
    add("balanced", &even.matching, facts, &nothing);

    // An earlier result in which everybody was somewhere acceptable, whether that was stable or not.
    let list = |candidate: u32| round.market.candidates().list(candidate);
    let somewhere = |dice: &mut Dice, c: u32| (!list(c).is_empty()).then(|| dice.pick(list(c)).partner);
    let earlier = Matching::new(round.market.each_candidate().map(|c| somewhere(dice, c)));
    let near = optimum(&lattice, &[&moved_from(&earlier)], &[]).unwrap().matching;
    let moved: Vec<u32> =
        round.market.each_candidate().filter(|&c| near.opening_of(c) != earlier.opening_of(c)).collect();
    let previous = round.result("candidate-optimal", &earlier, None);
    let facts = Facts { moved: Some(&moved), ..plain.clone() };
    add("candidate-optimal", &near, facts, &json!({ "previous": previous }));

    let frozen = migiude_matching::rematch::freeze(&strict, &earlier);
    let moved: Vec<u32> = frozen.moved.iter().map(|moved| moved.candidate).collect();
    // The envy that is left where ties are ties.
    let envy = migiude_matching::audit(&round.market, &frozen.matching).blocking_pairs;
    let facts = Facts { moved: Some(&moved), envy: Some(&envy), ..plain.clone() };
    add("candidate-optimal", &frozen.matching, facts, &json!({ "previous": previous }));

    let pairs: Vec<(u32, u32)> = earlier.pairs().collect();
    if pairs.len() < 2 {
        return;
    }
    let (forced, forbidden) = (*dice.pick(&pairs), *dice.pick(&pairs));
    let wishes = [Wish::Forced(forced.0, forced.1), Wish::Forbidden(forbidden.0, forbidden.1)];
    let keys = |(c, o): (u32, u32)| [round.listing.candidates.key(c), round.listing.openings.key(o)];
    let asked = json!({ "force": [keys(forced)], "forbid": [keys(forbidden)] });
    match optimum(&lattice, &[], &wishes) {
        Ok(found) => add("candidate-optimal", &found.matching, plain, &asked),
        Err(clash) => {
            let mut none = round.none("candidate-optimal", &clash.to_string(), &[forced.0], &[forced.1]);
            none["lottery_seed"] = json!(round.used(seed));
            cases.asked("wishes that clash", &none, &asked);
        }
    }
}

/// Regions in each other, with caps, and half of the time with floors.
fn with_regions(dice: &mut Dice, cases: &mut Cases) {
    let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES]);
    let round = Round::of(random(dice, kind));
    let seed = seed(dice);
    let strict = break_ties(&round.market, seed);
    let with_floors = dice.once_in(2);
    let Some(regions) = random_regions(dice, &round.market, with_floors) else { return };
    cases.market(&round.document());
    let mut asked: Value = serde_json::from_str(&caps::write(&regions, &round.listing.openings)).unwrap();
    if dice.once_in(2) {
        forget_targets(&mut asked["regions"]);
    }
    let used = caps::read(&asked.to_string(), &round.listing.openings, &round.market).unwrap();
    let asked = json!({ "caps": asked });
    let (matching, price) = if with_floors {
        match extended_seat_deferred_acceptance(&strict, &used, &mut || true) {
            Ok(found) => {
                // The price counts the ranks as they were told, not those after the lottery.
                let (with, without) = (found.outcome.matching, flexible_deferred_acceptance(&strict, &used));
                let price = Price::of(&round.market, &used, &without.matching, &with);
                (with, Some(price))
            }
            Err(unmet) => {
                let mut none = round.none("candidate-optimal", &unmet.to_string(), &[], &[]);
                none["lottery_seed"] = json!(round.used(seed));
                cases.asked("floors that cannot be filled", &none, &asked);
                return;
            }
        }
    } else {
        (flexible_deferred_acceptance(&strict, &used).matching, None)
    };
    let audit = audit_caps(&round.market, &used, &matching);
    let figures = Figures { blocking_pairs: audit.blocking_pairs.len(), ..(&audit.plain).into() };
    let facts = Facts { regions: Some((&used, &audit.regions)), price: price.as_ref(), ..Facts::default() };
    let plain = round.plain(Places::One(&matching), figures);
    let record = Record { facts, lottery_seed: round.used(seed), ..plain };
    cases.asked(if with_floors { "floors" } else { "caps" }, &round.record(record), &asked);
}

/// A region of most openings, one inside it, and sometimes one beside; none when these rules cannot be.
fn random_regions(dice: &mut Dice, market: &Market, with_floors: bool) -> Option<Regions> {
    let mut openings: Vec<u32> = market.each_opening().collect();
    dice.shuffle(&mut openings);
    let (outer, beside) = openings.split_at(dice.place(openings.len()));
    let inner = &outer[..dice.place(outer.len())];
    let mut region = |name: &str, within: Option<usize>, openings: &[u32]| Region {
        name: name.to_owned(),
        within,
        cap: (!dice.once_in(4)).then(|| dice.below(5)),
        floor: if with_floors { dice.below(3) } else { 0 },
        openings: openings.to_vec(),
        targets: some_targets(dice, openings),
    };
    let regions =
        vec![region("outer", None, outer), region("inner", Some(0), inner), region("beside", None, beside)];
    Regions::new(market, regions, openings.into_iter().filter(|_| dice.once_in(2)).collect()).ok()
}

fn some_targets(dice: &mut Dice, openings: &[u32]) -> Vec<(u32, u32)> {
    let mut targets: Vec<(u32, u32)> = openings.iter().map(|&opening| (opening, dice.below(2))).collect();
    targets.retain(|_| dice.once_in(4));
    targets
}

fn forget_targets(regions: &mut Value) {
    for region in regions.as_array_mut().into_iter().flatten() {
        region.as_object_mut().unwrap().remove("targets");
        region.get_mut("regions").into_iter().for_each(forget_targets);
    }
}

/// Several openings each.
fn with_slots(dice: &mut Dice, cases: &mut Cases) {
    let mut listing = random(dice, SMALL_WITH_TIES);
    listing.slots = (0..listing.candidates.len()).map(|_| dice.below(4)).collect();
    if listing.slots.iter().all(|&slots| slots == 1) {
        return; // A market like all others.
    }
    let round = Round::of(listing);
    let seed = seed(dice);
    let strict = break_ties(&round.market, seed);
    let slots = &round.listing.slots;
    cases.market(&round.document());
    for (mechanism, outcome) in [
        ("candidate-optimal", slots::candidate_optimal(&strict, slots).unwrap()),
        ("opening-optimal", slots::opening_optimal(&strict, slots).unwrap()),
    ] {
        let audit = audit_slots(&round.market, slots, &outcome.matching);
        let plain = round.plain(Places::Several(&outcome.matching), (&audit).into());
        let record = Record { mechanism, lottery_seed: round.used(seed), ..plain };
        cases.result(&format!("{mechanism} with slots"), &round.record(record));
    }
}

/// Several days of one opening each: the search where it finds something or proves that there is nothing, and what
/// always exists.
fn with_days(dice: &mut Dice, cases: &mut Cases) {
    let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES]);
    let mut listing = random(dice, kind);
    listing.days = (0..listing.candidates.len()).map(|_| 1 + dice.below(3)).collect();
    let round = Round::of(listing);
    let seed = seed(dice);
    let (strict, days) = (break_ties(&round.market, seed), &round.listing.days);
    let lottery_seed = round.used(seed);
    cases.market(&round.document());
    let figures = |matching: &Matching, keeping| -> Figures {
        let audit = audit_days(&round.market, days, matching, keeping);
        Figures {
            size: audit.placed,
            candidate_cost: audit.candidate_cost(),
            opening_cost: audit.opening_cost(),
            blocking_pairs: audit.blocking_pairs.len(),
        }
    };
    let result = match exact(&strict, days, &mut || true).unwrap() {
        Exact::Stable { matching, .. } => {
            let plain = round.plain(Places::One(&matching), figures(&matching, Keeping::Exact));
            round.record(Record { lottery_seed, ..plain })
        }
        Exact::NoneStable(why) => {
            let mut none =
                round.none("candidate-optimal", &why.to_string(), &why.candidates(), &why.openings());
            none["lottery_seed"] = json!(lottery_seed);
            none
        }
        Exact::Stopped | Exact::TooLarge => panic!("so small a market is searched"),
    };
    cases.result("exact days", &result);
    let unsplit = unsplit(&strict, days).unwrap();
    let over: Vec<(u32, u64)> =
        (0..).zip(unsplit.over.iter().copied()).filter(|(_, over)| *over > 0).collect();
    let facts = Facts { over: Some(&over), ..Facts::default() };
    let plain = round.plain(Places::One(&unsplit.matching), figures(&unsplit.matching, Keeping::Unsplit));
    cases.result("unsplit days", &round.record(Record { facts, lottery_seed, ..plain }));
}

/// Two couples at most, who go together or one of them alone, and every answer that can be asked for.
fn with_couples(dice: &mut Dice, cases: &mut Cases) {
    let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES]);
    let mut listing = random(dice, kind);
    let seed = seed(dice);
    let (n, m) = (listing.candidates.len() as u32, listing.openings.len() as u32);
    let mut lists = migiude_matching::MarketBuilder::default();
    let couples = (n / 2).min(1 + dice.below(2));
    for candidate in 0..n {
        let groups = listing.lists.candidates().groups(candidate as usize);
        lists.candidate_with_ties(groups.filter(|_| candidate >= 2 * couples));
    }
    for opening in 0..m {
        let groups = listing.lists.openings().groups(opening as usize);
        lists.opening_with_ties(listing.lists.quota(opening), groups);
    }
    listing.lists = lists;
    for couple in 0..couples {
        let one = |dice: &mut Dice| (m > 0 && !dice.once_in(6)).then(|| dice.below(m));
        let mut list: Vec<[Option<u32>; 2]> = Vec::new();
        for _ in 0..dice.below(6) {
            let choice = [one(dice), one(dice)];
            if choice != [None, None] && !list.contains(&choice) {
                list.push(choice);
            }
        }
        listing.couples.push(Couple { members: [2 * couple, 2 * couple + 1], list });
    }
    let coupled = listing.coupled_market().unwrap();
    let round = Round { market: coupled.market().clone(), listing };
    cases.market(&round.document());
    for otherwise in [Otherwise::Proof, Otherwise::FewestBlocks, Otherwise::ExtraSeats] {
        let answer = match_couples(&coupled, seed, otherwise, &mut || true);
        let (matching, extra) = match answer {
            CouplesAnswer::Stable { matching, .. } | CouplesAnswer::FewestBlocks { matching, .. } => {
                (matching, None)
            }
            CouplesAnswer::ExtraSeats { matching, extra_seats, .. } => (matching, Some(extra_seats)),
            CouplesAnswer::Impossible(_) => {
                let mut result = round.none("candidate-optimal", "couples clash", &[], &[]);
                result["lottery_seed"] = json!(round.used(seed));
                cases.result(&format!("couples, otherwise {otherwise:?}"), &result);
                continue;
            }
            CouplesAnswer::Stopped { .. } => panic!("so small a market is searched"),
        };
        let seated = extra.as_ref().map_or_else(|| coupled.clone(), |extra| coupled.with_extra_seats(extra));
        let audit = audit_couples(&seated, &matching);
        let figures = Figures {
            size: audit.placed,
            candidate_cost: audit.candidate_cost(),
            opening_cost: audit.opening_cost(),
            blocking_pairs: audit.blocking.len(),
        };
        let facts = Facts { extra_seats: extra.as_deref(), couples: Some(&coupled), ..Facts::default() };
        let plain = round.plain(Places::One(&matching), figures);
        let record = Record { facts, lottery_seed: round.used(seed), ..plain };
        cases.result(&format!("couples, otherwise {otherwise:?}"), &round.record(record));
    }
}

#[test]
fn both_implementations_agree_on_thousands_of_small_markets() {
    agree_on(3_000, 1);
}

/// In parts, so that a part's lines fit into memory.
/// `cargo test --release -p migiude-matching --test verifier -- --ignored`
#[test]
#[ignore = "long: some minutes"]
fn both_implementations_agree_on_a_hundred_thousand_small_markets() {
    for part in 0..20 {
        agree_on(5_000, 1_000 + part);
    }
}

#[test]
fn what_follows_a_market_line_belongs_to_that_market() {
    let mut dice = Dice::new(5);
    let [one, other] = [(); 2].map(|()| Round::of(random(&mut dice, SMALL)));
    let mut cases = Cases::new();
    cases.market(&one.document());
    cases.result("of another market", &other.result("candidate-optimal", &other.candidate_optimal(0), None));
    cases.result("an empty document", &json!({}));
    cases.expect_refused();
}
