//! All answers of a round: why not X for every listed pair, every candidate's menu, and the strategy notes.
//!
//! `cargo bench --bench why`: 10,000 candidates with ten choices each among 2,000 openings of five seats. All the
//! "why not X" must take less than a minute and should take less than five seconds; the time of one run of deferred
//! acceptance on the same market stands beside them.

mod common;

use std::time::Duration;

use common::{Chance, Shape, best_of};
use migiude_matching::{Menus, Reasons, candidate_optimal, menu, strategy};

const CANDIDATES: u32 = 10_000;
const OPENINGS: u32 = 2_000;
/// So many menus are made one by one, to compare.
const ONE_BY_ONE: u32 = 50;

fn main() {
    let shape = Shape { candidates: CANDIDATES, openings: OPENINGS, seats: 5, choices: 10 };
    let market = shape.market(1, &mut Chance(1));
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

fn print(name: &str, time: Duration, mechanism: Duration) {
    let ratio = time.as_secs_f64() / mechanism.as_secs_f64();
    println!("{name:<26}{:>10.2} ms   {ratio:>8.1} x candidate-optimal", time.as_secs_f64() * 1e3);
}
