//! Deferred acceptance beside the physical floor of its memory traffic, in one run.
//!
//! `cargo bench --bench deferred_acceptance`: 10⁶ candidates with 10 choices each among 10⁵ openings of 10 seats,
//! 10⁷ edges. A smaller number of candidates is taken as an argument after `--`, or from `MIGIUDE_BENCH_CANDIDATES`.
//!
//! The floor is one pass that reads the edge arrays in order and, for each proposal the engine makes, gathers one
//! cache line at random. The build is held against one radix pass over the same bytes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use migiude_matching::{Market, MarketBuilder, audit, candidate_optimal, opening_optimal};

/// Seats of an opening; there are as many seats as candidates.
const SEATS: u32 = 10;
/// Openings on a candidate's list.
const CHOICES: usize = 10;
/// The best of so many runs is taken, which a busy machine disturbs least.
const RUNS: usize = 5;

fn main() {
    let given = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let set = std::env::var("MIGIUDE_BENCH_CANDIDATES").ok().and_then(|text| text.parse().ok());
    let candidates: u32 = given.or(set).unwrap_or(1_000_000).max(SEATS * CHOICES as u32);
    let openings = candidates / SEATS;

    let (build, market) = build(random_lists(candidates, openings, &mut Chance(1)));
    let (edges, peak) = (market.pairs(), peak_bytes());
    let radix = best_of(|| radix_pass(&market));
    println!("candidates {candidates}, openings {openings}, edges {edges}");
    print("radix pass", radix);
    println!("{:<24}{:>12}   {:.2} x radix pass", "build", millis(build), ratio(build, radix));
    let agents = u64::from(candidates) + u64::from(openings);
    // Two sides of 8 bytes an edge; 4 bytes an agent for the starts, 4 an opening for its quota.
    let resting = 16 * edges as u64 + 4 * (agents + 2) + 4 * u64::from(openings);
    println!("{:<24}{:>12.2}   (market at rest)", "bytes an edge", resting as f64 / edges as f64);
    if let Some(peak) = peak {
        println!(
            "{:<24}{:>12.2}   (whole process at its peak, lists and build)",
            "",
            peak as f64 / edges as f64
        );
    }

    let strict = market.strict().expect("random lists are strict");
    let outcome = candidate_optimal(&strict);
    let floor = best_of(|| gather_floor(&market, outcome.proposals));
    let engine = best_of(|| candidate_optimal(&strict).proposals);
    let other = best_of(|| opening_optimal(&strict).proposals);
    let found = audit(&market, &outcome.matching);
    assert!(found.is_stable(), "the benchmark's matching is stable");
    let auditing = best_of(|| audit(&market, &outcome.matching).placed);
    println!(
        "placed {}, proposals {}, blocking pairs {}",
        found.placed,
        outcome.proposals,
        found.blocking_pairs.len()
    );
    print("floor", floor);
    println!("{:<24}{:>12}   {:.2} x floor", "candidate-optimal", millis(engine), ratio(engine, floor));
    println!("{:<24}{:>12}   {:.2} x floor", "opening-optimal", millis(other), ratio(other, floor));
    println!("{:<24}{:>12}   {:.2} x candidate-optimal", "audit", millis(auditing), ratio(auditing, engine));
}

/// Both sides' lists as plain numbers: `CHOICES` a candidate, and for each opening its applicants in random order.
struct RandomLists {
    choices: Vec<u32>,
    applicants: Vec<Vec<u32>>,
}

fn random_lists(candidates: u32, openings: u32, chance: &mut Chance) -> RandomLists {
    let mut lists = RandomLists {
        choices: Vec::with_capacity(candidates as usize * CHOICES),
        applicants: vec![Vec::new(); openings as usize],
    };
    for candidate in 0..candidates {
        let start = lists.choices.len();
        while lists.choices.len() < start + CHOICES {
            let opening = chance.below(openings);
            if !lists.choices[start..].contains(&opening) {
                lists.choices.push(opening);
                lists.applicants[opening as usize].push(candidate);
            }
        }
    }
    for applicants in &mut lists.applicants {
        for last in (1..applicants.len()).rev() {
            applicants.swap(last, chance.below(last as u32 + 1) as usize);
        }
    }
    lists
}

/// Times the building of a market from its lists.
fn build(lists: RandomLists) -> (Duration, Market) {
    let mut builder = MarketBuilder::default();
    lists.choices.chunks(CHOICES).for_each(|list| builder.candidate(list.iter().copied()));
    lists.applicants.iter().for_each(|list| builder.opening(SEATS, list.iter().copied()));
    drop(lists);
    let start = Instant::now();
    let market = builder.build().expect("random lists are possible");
    (start.elapsed(), market)
}

/// Counts, sums and scatters pairs of 8 bytes by their opening, there for one side and back for the other: the 16
/// bytes an edge of a market, each written once.
fn radix_pass(market: &Market) -> u64 {
    let keys = || market.candidates().edges().iter().map(|edge| edge.partner);
    let openings = market.openings().len();
    let mut starts = vec![0u32; openings + 1];
    keys().for_each(|key| starts[key as usize + 1] += 1);
    (0..openings).for_each(|opening| starts[opening + 1] += starts[opening]);
    let mut by_key = vec![(0u32, 0u32); market.pairs()];
    for (value, key) in (0u32..).zip(keys()) {
        let place = &mut starts[key as usize];
        by_key[*place as usize] = (value, key);
        *place += 1;
    }
    let mut back = vec![(0u32, 0u32); market.pairs()];
    for (place, &(value, key)) in (0u32..).zip(&by_key) {
        back[value as usize] = (key, place);
    }
    u64::from(black_box(&back)[market.pairs() / 2].1)
}

/// Reads the edges of both sides in order and, as often as there are proposals, one random line of the openings'.
fn gather_floor(market: &Market, proposals: u64) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let (own, other) = (market.candidates().edges(), market.openings().edges());
    let read: u64 = own.iter().chain(other).map(|edge| u64::from(edge.partner ^ edge.rank)).sum();
    let place = |turn: u64| ((u128::from(turn.wrapping_mul(MIX)) * other.len() as u128) >> 64) as usize;
    let gathered: u64 = (0..proposals).map(|turn| u64::from(other[place(turn)].partner)).sum();
    read ^ gathered
}

fn best_of<T>(work: impl Fn() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn print(name: &str, time: Duration) {
    println!("{name:<24}{:>12}", millis(time));
}

/// The most memory this process has had, where the system tells (Linux).
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// xorshift64*: fast and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((u64::from((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32) * u64::from(bound)) >> 32)
            as u32
    }
}
