//! The lattice of stable matchings beside deferred acceptance, in one run.
//!
//! `cargo bench --bench rotations`: 50,000 candidates with 20 choices each among 5,000 openings of 10 seats, 10⁶
//! edges. A smaller number of candidates is taken as an argument after `--`, or from `MIGIUDE_BENCH_CANDIDATES`.
//!
//! Two markets. In the first every list is in random order, which leaves few rotations. In the second openings like
//! best who likes them least, at random among equals, so the two sides' optima lie far apart.
//!
//! Two floors: one pass that reads the edge arrays of both sides in order, which finding the rotations cannot do
//! without, and deferred acceptance. Rotations and the egalitarian cut together should stay within ten times
//! deferred acceptance.

mod common;

use std::time::Duration;

use common::{Chance, Shape, best_of};
use migiude_matching::{
    Count, Lattice, Market, audit, balanced, both_ranks, candidate_optimal, median, minimum_regret,
    moved_from, optimum,
};

/// Seats of an opening; there are as many seats as candidates.
const SEATS: u32 = 10;
/// Openings on a candidate's list.
const CHOICES: usize = 20;
/// Counting stops here, and so do searches.
const LIMIT: u64 = 1_000_000;

fn main() {
    let given = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let set = std::env::var("MIGIUDE_BENCH_CANDIDATES").ok().and_then(|text| text.parse().ok());
    let candidates: u32 = given.or(set).unwrap_or(50_000).max(SEATS * CHOICES as u32);
    for (contrary, name) in [(false, "random"), (true, "contrary")] {
        let market = random_market(candidates, contrary, &mut Chance(1));
        println!(
            "{name}: candidates {candidates}, openings {}, edges {}",
            market.openings().len(),
            market.pairs()
        );
        measure(&market);
    }
}

fn measure(market: &Market) {
    let strict = market.strict().expect("random lists are strict");
    let lattice = Lattice::of(&strict);
    let egalitarian = optimum(&lattice, &[&both_ranks], &[]).expect("ranks fit");
    assert!(audit(market, &egalitarian.matching).is_stable(), "the benchmark's matching is stable");
    let moves: usize = (0..lattice.rotations()).map(|rotation| lattice.moves(rotation as u32).count()).sum();
    let arcs: usize = (0..lattice.rotations()).map(|rotation| lattice.before(rotation as u32).len()).sum();
    println!(
        "rotations {}, moves {moves}, arcs {arcs}, stable pairs {}, stable matchings {:?}",
        lattice.rotations(),
        lattice.stable_pairs().len(),
        count(&lattice),
    );
    let cost = |matching| {
        let audit = audit(market, matching);
        audit.candidate_cost() + audit.opening_cost()
    };
    println!(
        "both sides' ranks: candidate-optimal {}, egalitarian {}, opening-optimal {}",
        cost(lattice.candidate_optimal()),
        cost(&egalitarian.matching),
        cost(&lattice.opening_optimal())
    );

    let floor = best_of(|| read_all(market));
    let engine = best_of(|| candidate_optimal(&strict).proposals);
    let print = |name: &str, time: Duration| {
        let ratio = |other: Duration| time.as_secs_f64() / other.as_secs_f64();
        println!(
            "{name:<34}{:>9.2} ms {:>8.2} x floor {:>7.2} x deferred acceptance",
            time.as_secs_f64() * 1e3,
            ratio(floor),
            ratio(engine)
        );
    };
    print("floor: both sides read once", floor);
    print("deferred acceptance", engine);
    let rotations = best_of(|| Lattice::of(&strict).rotations());
    let cut = best_of(|| optimum(&lattice, &[&both_ranks], &[]).map(|best| best.objectives));
    print("deferred acceptance + rotations", rotations);
    print("egalitarian cut", cut);
    print("rotations + egalitarian", rotations + cut);
    let verdict = if rotations + cut <= 10 * engine { "within" } else { "OVER" };
    println!("  of which 10 x deferred acceptance are allowed: {verdict}");
    let earlier = lattice.opening_optimal();
    print("fewest moves, then egalitarian", {
        best_of(|| optimum(&lattice, &[&moved_from(&earlier), &both_ranks], &[]).map(|best| best.objectives))
    });
    print("stable pairs", best_of(|| lattice.stable_pairs().len()));
    print("count up to a million", best_of(|| count(&lattice)));
    print("a thousand stable matchings", best_of(|| lattice.matchings().take(1000).count()));
    print("minimum regret", best_of(|| minimum_regret(&lattice).regret));
    print("balanced, a million looked at", best_of(|| balanced(&lattice, LIMIT).objective));
    print("median, a million looked at", best_of(|| median(&lattice, LIMIT).exact));
    let compromise = balanced(&lattice, LIMIT);
    println!("balanced: {} found, {} proven", compromise.objective, compromise.bound);
}

fn count(lattice: &Lattice<'_>) -> Count {
    lattice.count(LIMIT, &mut || true)
}

/// Every candidate lists some openings at random; every opening its applicants, when contrary those first who put it
/// last, else in random order.
fn random_market(candidates: u32, contrary: bool, chance: &mut Chance) -> Market {
    let shape = Shape { candidates, openings: candidates / SEATS, seats: SEATS, choices: CHOICES };
    let (lists, applicants) = shape.lists(chance);
    let mut market = Market::builder();
    lists.into_iter().for_each(|list| market.candidate(list));
    for mut applicants in applicants {
        if contrary {
            applicants.sort_by_key(|&(place, _)| std::cmp::Reverse(place));
        }
        market.opening(SEATS, applicants.into_iter().map(|(_, candidate)| candidate));
    }
    market.build().expect("random lists are possible")
}

/// Reads the edges of both sides in order.
fn read_all(market: &Market) -> u64 {
    let edges = market.candidates().edges().iter().chain(market.openings().edges());
    edges.map(|edge| u64::from(edge.partner ^ edge.rank)).sum()
}
