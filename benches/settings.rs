//! Every other mechanism beside deferred acceptance on the same market, in one run.
//!
//! `cargo bench --bench settings`: what is quick on 100,000 candidates with 10 choices each among 10,000 openings of 10
//! seats, and what is hard on a round of 1,000 candidates. Ratios to plain deferred acceptance are what to compare;
//! caps that bind, days and lotteries make more proposals than it does.

mod common;

use std::time::{Duration, Instant};

use common::{Chance, Shape, best_of};
use migiude_matching::{
    Couple, CoupledMarket, Market, Otherwise, Region, Regions, break_ties, candidate_optimal, days,
    extended_seat_deferred_acceptance, flexible_deferred_acceptance, largest_weakly_stable, match_couples,
    promotion, rematch, slots, strongly_stable, super_stable,
};

/// Seconds after which a hard search is stopped.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    let shape = Shape { candidates: 100_000, openings: 10_000, seats: 10, choices: 10 };
    quick(&shape, &mut Chance(1));
    with_ties(&shape, &mut Chance(1));
    hard(&Shape { candidates: 1_000, openings: 200, seats: 5, choices: 5 }, &mut Chance(1));
}

/// On strict lists.
fn quick(shape: &Shape, chance: &mut Chance) {
    let market = shape.market(1, chance);
    let strict = market.strict().expect("no ties");
    let earlier = candidate_optimal(&strict).matching;
    let plain = best_of(|| candidate_optimal(&strict).proposals);
    println!("{} pairs without ties", market.pairs());
    print("deferred acceptance", plain, plain);
    for (name, cap, floor) in [("caps, three levels, 75 %", 75, 0), ("caps and floors", 75, 10)] {
        let regions = nested(&market, shape, cap, floor);
        if floor == 0 {
            print(name, best_of(|| flexible_deferred_acceptance(&strict, &regions).proposals), plain);
        } else {
            let run = || {
                extended_seat_deferred_acceptance(&strict, &regions, &mut || true).map(|found| found.seats)
            };
            print(name, best_of(run), plain);
        }
    }
    let two = vec![2; shape.candidates as usize];
    print("two slots each", best_of(|| slots::candidate_optimal(&strict, &two).map(|o| o.proposals)), plain);
    print(
        "two slots each, openings propose",
        best_of(|| slots::opening_optimal(&strict, &two).map(|o| o.proposals)),
        plain,
    );
    let of_days: Vec<u32> = (0..shape.candidates).map(|_| 1 + chance.below(3)).collect();
    print(
        "one to three days, unsplit",
        best_of(|| days::unsplit(&strict, &of_days).map(|o| o.proposals)),
        plain,
    );
    print("freeze after declines", best_of(|| rematch::freeze(&strict, &earlier).moved.len()), plain);
    print(
        "vacancy chain from nothing",
        {
            let nothing = migiude_matching::Matching::new(market.each_candidate().map(|_| None));
            best_of(|| rematch::vacancy_chain(&strict, &nothing).moved.len())
        },
        plain,
    );
}

/// On lists in which openings like their applicants in threes.
fn with_ties(shape: &Shape, chance: &mut Chance) {
    let market = shape.market(3, chance);
    let strict = break_ties(&market, 1);
    let plain = best_of(|| candidate_optimal(&strict).proposals);
    println!("{} pairs with ties", market.pairs());
    print("deferred acceptance", plain, plain);
    print("the lottery and its market", best_of(|| break_ties(&market, 1).pairs()), plain);
    print("promotion", best_of(|| promotion(&market, 1).proposals), plain);
    print("strong", best_of(|| strongly_stable(&market).is_ok()), plain);
    print("super", best_of(|| super_stable(&market).is_ok()), plain);
}

/// What no quick algorithm is known for, each with the patience of ten seconds.
fn hard(shape: &Shape, chance: &mut Chance) {
    let market = shape.market(5, chance);
    println!("{} pairs with ties in fives", market.pairs());
    let (took, most) = once(|patience| largest_weakly_stable(&market, 1, patience));
    println!("  largest: {} placed of at most {}, {took:.2?}", most.matching.size(), most.bound);

    let coupled = couples(shape, 30, chance);
    let (took, answer) = once(|patience| match_couples(&coupled, 1, Otherwise::FewestBlocks, patience));
    println!(
        "  thirty couples: {} blocks, proven: {}, {took:.2?}",
        answer.blocking().len(),
        answer.is_proven()
    );

    let market = shape.market(1, chance);
    let of_days: Vec<u32> = (0..shape.candidates).map(|_| 1 + chance.below(2)).collect();
    let strict = market.strict().expect("no ties");
    let (took, found) =
        once(|patience| days::exact(&strict, &of_days, patience).expect("days for everybody"));
    let found = match found {
        days::Exact::Stable { .. } => "stable",
        days::Exact::NoneStable(_) => "proven impossible",
        days::Exact::Stopped | days::Exact::TooLarge => "stopped",
    };
    println!("  one or two days: {found}, {took:.2?}");
}

/// A country of ten regions of ten districts each, every one with a cap, and districts with a floor.
fn nested(market: &Market, shape: &Shape, percent: u32, floor_percent: u32) -> Regions {
    let seats = |openings: u32| openings * shape.seats;
    let cap = |openings: u32| Some(seats(openings) * percent / 100);
    let district = shape.openings / 100;
    let mut regions = vec![Region { name: "country".into(), cap: cap(shape.openings), ..Region::default() }];
    for region in 0..10 {
        let within = regions.len();
        let name = format!("region {region}");
        regions.push(Region { name, within: Some(0), cap: cap(10 * district), ..Region::default() });
        for number in (10 * region)..(10 * region + 10) {
            regions.push(Region {
                name: format!("district {number}"),
                within: Some(within),
                cap: cap(district),
                floor: seats(district) * floor_percent / 100,
                openings: (number * district..(number + 1) * district).collect(),
                ..Region::default()
            });
        }
    }
    Regions::new(market, regions, Vec::new()).expect("nested regions")
}

/// The first candidates are couples, who list pairs of the openings that each of them would list alone.
fn couples(shape: &Shape, couples: u32, chance: &mut Chance) -> CoupledMarket {
    let (lists, applicants) = shape.lists(chance);
    let mut market = Market::builder();
    for (candidate, list) in (0..).zip(&lists) {
        market.candidate(if candidate < 2 * couples { &[][..] } else { list }.iter().copied());
    }
    for list in applicants {
        market.opening(shape.seats, list.into_iter().map(|(_, candidate)| candidate));
    }
    let joint = |one: &[u32], other: &[u32]| {
        one.iter().flat_map(|&a| other.iter().map(move |&b| [Some(a), Some(b)])).collect()
    };
    let couple = |couple: u32| {
        let members = [2 * couple, 2 * couple + 1];
        let [one, other] = members.map(|member| &lists[member as usize]);
        Couple { members, list: joint(one, other) }
    };
    CoupledMarket::new(&market, (0..couples).map(couple).collect()).expect("couples who are there")
}

/// Runs a search once, with patience for ten seconds.
fn once<T>(search: impl FnOnce(&mut dyn FnMut() -> bool) -> T) -> (Duration, T) {
    let begun = Instant::now();
    let found = search(&mut || begun.elapsed() < PATIENCE);
    (begun.elapsed(), found)
}

fn print(name: &str, time: Duration, plain: Duration) {
    let ratio = time.as_secs_f64() / plain.as_secs_f64();
    println!("  {name:<34}{:>10.2} ms   {ratio:>7.1} x deferred acceptance", time.as_secs_f64() * 1e3);
}
