//! The engine beside the physical floor of its memory traffic, in one run, and beside the limits we hold ourselves to.
//!
//! `cargo bench --bench deferred_acceptance`: 10⁶ candidates with 10 choices each among 10⁵ openings of 10 seats,
//! 10⁷ edges, then a tenth and a hundredth of that. A smaller number of candidates is taken as an argument after
//! `--`, or from `MIGIUDE_BENCH_CANDIDATES`.
//!
//! The floor of a mechanism is one pass that reads the edge arrays in order and, for each proposal the mechanism
//! makes, gathers one cache line at random. The build is held against one radix pass over the same bytes. All take
//! turns and the best of each is compared, so that a busy machine disturbs them alike. Each begins with cold caches,
//! as after reading a file: else a small market would be measured in the processor and a large one in memory.

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use common::Chance;
use migiude_matching::{Market, MarketBuilder, audit, candidate_optimal, opening_optimal};

/// Seats of an opening; there are as many seats as candidates.
const SEATS: u32 = 10;
/// Openings on a candidate's list.
const CHOICES: usize = 10;
/// Turns at 10⁷ edges; a smaller market has up to ten times as many.
const TURNS: usize = 7;
/// Reading so many bytes leaves nothing of a market in the caches of a core.
const CACHES: usize = 64 << 20;
/// From so many edges on the process itself is small beside its market.
const WEIGHABLE: usize = 5_000_000;

fn main() {
    let given = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let set = std::env::var("MIGIUDE_BENCH_CANDIDATES").ok().and_then(|text| text.parse().ok());
    let candidates: u32 = given.or(set).unwrap_or(1_000_000).max(100 * SEATS * CHOICES as u32);

    println!("{:<52} {:>12} {:>10}", "", "measured", "limit");
    // The largest comes first, while the peak of the process is still its own.
    let [large, middle, small] = [candidates, candidates / 10, candidates / 100].map(measure);
    for (one, ten) in [(&small, &middle), (&middle, &large)] {
        let of_floor = ratio(ten.floor, one.floor);
        println!("from {} to {} edges; the floor grows {of_floor:.1} times", one.edges, ten.edges);
        for ((what, one), (_, ten)) in one.times.iter().zip(&ten.times) {
            line(&format!("  {what}, ten times the edges"), ratio(*ten, *one), 12.0, "times");
        }
    }
}

struct Measured {
    edges: usize,
    floor: Duration,
    times: [(&'static str, Duration); 4],
}

fn measure(candidates: u32) -> Measured {
    let market = random_lists(candidates).build().expect("random lists are possible");
    let strict = market.strict().expect("random lists are strict");
    let (best, found) = {
        let best = candidate_optimal(&strict);
        let found = audit(&market, &best.matching);
        (best, found)
    };
    assert!(found.is_stable(), "the benchmark's matching is stable");
    let (edges, peak) = (market.pairs(), peak_bytes());
    let other = opening_optimal(&strict);
    println!("{candidates} candidates, {} openings, {edges} edges", market.openings().len());
    println!("  {} placed by {} proposals, by openings' {}", found.placed, best.proposals, other.proposals);

    let told = random_lists(candidates);
    let turns = TURNS * (1_000_000 / candidates as usize).clamp(1, 10);
    let [radix, build, floor, engine, other_floor, other_engine, auditing] = in_turn(
        turns,
        [
            &|| time(|| radix_pass(&market)),
            &|| {
                let told = told.clone();
                time(|| told.build())
            },
            &|| time(|| gather_floor(&market, best.proposals)),
            &|| time(|| candidate_optimal(&strict)),
            &|| time(|| gather_floor(&market, other.proposals)),
            &|| time(|| opening_optimal(&strict)),
            &|| time(|| audit(&market, &best.matching)),
        ],
    );
    println!("  radix pass {radix:.1?}; floors {floor:.1?}, {other_floor:.1?}");
    let times = [
        ("build", build),
        ("candidate-optimal", engine),
        ("opening-optimal", other_engine),
        ("audit", auditing),
    ];
    for (what, took) in times {
        println!("  {what} {took:.1?}");
    }
    line("  build", ratio(build, radix), 3.0, "passes");
    line("  candidate-optimal", ratio(engine, floor), 4.0, "floors");
    line("  opening-optimal", ratio(other_engine, other_floor), 4.0, "floors");
    line("  audit", ratio(auditing, engine), 1.0, "matchings");
    if let Some(peak) = peak.filter(|_| edges >= WEIGHABLE) {
        memory(&market, peak);
    }
    Measured { edges, floor, times }
}

/// Bytes an edge, after 16 for each agent: of the market, and of the whole process at its peak.
fn memory(market: &Market, peak: u64) {
    let (edges, agents) =
        (market.pairs() as u64, (market.candidates().len() + market.openings().len()) as u64);
    // Two sides of 8 bytes an edge; 4 bytes an agent for the starts, 4 an opening for its quota.
    let resting = 16 * edges + 4 * (agents + 2) + 4 * market.openings().len() as u64;
    let an_edge = |bytes: u64| bytes.saturating_sub(16 * agents) as f64 / edges as f64;
    println!("  market {:.2} bytes an edge, all counted", resting as f64 / edges as f64);
    println!("  peak {:.2} bytes an edge, all counted", peak as f64 / edges as f64);
    line("  peak: lists, build, matching and audit", an_edge(peak), 20.0, "B an edge");
}

/// A market being told: `CHOICES` a candidate, and for each opening its applicants in random order.
fn random_lists(candidates: u32) -> MarketBuilder {
    let mut chance = Chance(1);
    let openings = candidates / SEATS;
    let mut told = Market::builder();
    // First how many want each opening, then where the next of them goes.
    let mut next = vec![0; openings as usize];
    for _ in 0..candidates {
        let mut list = Vec::with_capacity(CHOICES);
        while list.len() < CHOICES {
            let opening = chance.below(openings);
            if !list.contains(&opening) {
                next[opening as usize] += 1;
                list.push(opening);
            }
        }
        told.candidate(list);
    }
    let mut before = 0;
    for slot in &mut next {
        before += std::mem::replace(slot, before);
    }
    let mut applicants = vec![0; before];
    for candidate in 0..candidates {
        for &opening in told.candidates().list(candidate as usize) {
            applicants[next[opening as usize]] = candidate;
            next[opening as usize] += 1;
        }
    }
    let mut rest = applicants.as_mut_slice();
    let mut start = 0;
    for end in next {
        let (list, after) = rest.split_at_mut(end - std::mem::replace(&mut start, end));
        for last in (1..list.len()).rev() {
            list.swap(last, chance.below(last as u32 + 1) as usize);
        }
        told.opening(SEATS, list.iter().copied());
        rest = after;
    }
    told
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

/// The best time of each of these works, which take turns.
fn in_turn<const N: usize>(turns: usize, works: [&dyn Fn() -> Duration; N]) -> [Duration; N] {
    let cold = vec![1u8; CACHES];
    let mut best = [Duration::MAX; N];
    for _ in 0..turns {
        for (best, work) in best.iter_mut().zip(works) {
            black_box(cold.iter().map(|&byte| u64::from(byte)).sum::<u64>());
            *best = work().min(*best);
        }
    }
    best
}

/// How long a work takes, without the time its result takes to go.
fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let result = black_box(work());
    let took = begun.elapsed();
    drop(result);
    took
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn line(what: &str, measured: f64, limit: f64, unit: &str) {
    let verdict = if measured <= limit { "within" } else { "OVER" };
    println!("{what:<52} {measured:>12.2} {limit:>10.1} {unit:<10} {verdict}");
}

/// The most memory this process has had, where the system tells (Linux).
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
