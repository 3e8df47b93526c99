//! All answers of a round: why not X for every listed pair, every candidate's menu, and the strategy notes.
//!
//! `cargo bench --bench why`: 10,000 candidates with ten choices each among 2,000 openings of five seats. All the
//! "why not X" must take less than a minute and should take less than five seconds; the time of one run of deferred
//! acceptance on the same market stands beside them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use migiude_matching::{Market, Menus, Reasons, candidate_optimal, menu, strategy};

const CANDIDATES: u32 = 10_000;
const OPENINGS: u32 = 2_000;
const SEATS: u32 = 5;
const CHOICES: usize = 10;
/// The best of so many runs is taken, which a busy machine disturbs least.
const RUNS: usize = 5;
/// So many menus are made one by one, to compare.
const ONE_BY_ONE: u32 = 50;

fn main() {
    let market = round(&mut Chance(1));
    let strict = market.strict().expect("random lists are strict");
    let matching = candidate_optimal(&strict).matching;
    println!("candidates {CANDIDATES}, openings {OPENINGS}, pairs {}", market.pairs());

    let mechanism = best_of(|| candidate_optimal(&strict).proposals);
    print("candidate-optimal", mechanism, mechanism);
    let reasons = best_of(|| {
        let reasons = Reasons::of(&market, &matching);
        let answers = market.each_candidate().flat_map(|candidate| reasons.of_candidate(candidate));
        answers.map(|why| why.answer as u64).sum::<u64>()
    });
    print("why not X, every pair", reasons, mechanism);
    let menus = best_of(|| {
        let mut menus = Menus::of(&strict);
        market.each_candidate().map(|candidate| menus.menu(candidate).len()).sum::<usize>()
    });
    print("every menu", menus, mechanism);
    let some = best_of(|| (0..ONE_BY_ONE).map(|candidate| menu(&strict, candidate).len()).sum::<usize>());
    print("every menu, one by one*", some * (CANDIDATES / ONE_BY_ONE), mechanism);
    let gains = best_of(|| strategy::opening_gains(&strict, &mut || true).gains.len());
    print("every opening's gains", gains, mechanism);
    println!("* reckoned from {ONE_BY_ONE} candidates");
    assert!(reasons < Duration::from_secs(60), "all in one minute");
}

fn round(chance: &mut Chance) -> Market {
    let mut market = Market::builder();
    let mut applicants = vec![Vec::new(); OPENINGS as usize];
    for candidate in 0..CANDIDATES {
        let mut list = Vec::with_capacity(CHOICES);
        while list.len() < CHOICES {
            let opening = chance.below(OPENINGS);
            if !list.contains(&opening) {
                applicants[opening as usize].push(candidate);
                list.push(opening);
            }
        }
        market.candidate(list);
    }
    for mut list in applicants {
        for last in (1..list.len()).rev() {
            list.swap(last, chance.below(last as u32 + 1) as usize);
        }
        market.opening(SEATS, list);
    }
    market.build().expect("random lists are possible")
}

fn best_of<T>(work: impl Fn() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn print(name: &str, time: Duration, mechanism: Duration) {
    let ratio = time.as_secs_f64() / mechanism.as_secs_f64();
    println!("{name:<26}{:>10.2} ms   {ratio:>8.1} x candidate-optimal", time.as_secs_f64() * 1e3);
}

/// The linear congruential generator of the fingerprint.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(bound)) as u32
    }
}
