//! Cases whose answers are facts of the literature. They stay for ever, with their source.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{Market, Side, audit, break_ties, candidate_optimal, opening_optimal};
use support::{Judge, dropped, ids, market, marriage, matching, run};

/// Both extremes and the number of stable matchings of a market.
fn check(market: &Market, candidate_best: &[u32], opening_best: &[u32], stable: usize) {
    assert_eq!(run(candidate_optimal, market), candidate_best);
    assert_eq!(run(opening_optimal, market), opening_best);
    let all = Judge::of(market).stable();
    assert_eq!(all.len(), stable);
    for each in all {
        assert!(audit(market, &matching(&each)).is_stable(), "{each:?} is stable");
    }
}

#[test]
fn gale_and_shapley_example_1_has_three_stable_matchings() {
    let market = marriage(&["1 2 3", "2 3 1", "3 1 2"], &["2 3 1", "3 1 2", "1 2 3"]);
    check(&market, &[1, 2, 3], &[3, 1, 2], 3);
    let mut stable = Judge::of(&market).stable();
    stable.sort();
    assert_eq!(stable, [[1, 2, 3], [2, 3, 1], [3, 1, 2]]);
}

#[test]
fn gale_and_shapley_example_2_has_one_stable_matching() {
    let market = marriage(
        &["1 2 3 4", "1 4 3 2", "2 1 3 4", "4 2 3 1"],
        &["4 3 1 2", "2 4 1 3", "4 1 2 3", "3 2 1 4"],
    );
    check(&market, &[3, 4, 1, 2], &[3, 4, 1, 2], 1);
}

#[test]
fn knuths_four_by_four_market_has_ten_stable_matchings() {
    let market = marriage(
        &["1 2 3 4", "2 1 4 3", "3 4 1 2", "4 3 2 1"],
        &["4 3 2 1", "3 4 1 2", "2 1 4 3", "1 2 3 4"],
    );
    check(&market, &[1, 2, 3, 4], &[4, 3, 2, 1], 10);
}

#[test]
fn in_roth_and_sotomayor_2_9_the_fifth_man_is_always_single() {
    let market = marriage(
        &["1 2 3 4", "4 2 3 1", "4 3 1 2", "1 4 3 2", "1 2 4"],
        &["2 3 1 4 5", "3 1 2 4 5", "5 4 1 2 3", "1 4 5 2 3"],
    );
    assert_eq!(dropped(&market, Side::Opening), [(3, 5)]);
    let stable = Judge::of(&market).stable();
    assert_eq!(stable.len(), 4);
    assert!(stable.iter().all(|each| each[4] == 0));
    assert_eq!(run(candidate_optimal, &market)[4], 0);
    assert_eq!(run(opening_optimal, &market)[4], 0);
}

#[test]
fn roth_and_sotomayor_page_16_shows_colleges_with_several_seats() {
    let market = market(
        &["5 1", "2 5 1", "3 1", "4 1", "1 2", "1 3", "1 3 4"],
        &[(3, "1 2 3 4 5 6 7"), (1, "5 2"), (1, "6 7 3"), (1, "7 4"), (1, "2 1")],
    );
    check(&market, &[5, 2, 3, 4, 1, 1, 1], &[1, 5, 1, 1, 2, 3, 4], 4);
}

#[test]
fn the_nrmp_teaching_example_leaves_sunny_unmatched_and_mercy_empty() {
    // Arthur, Sunny, Joseph, Latha, Darrius; Mercy, City, General.
    let market =
        market(&["2", "2 1", "2 3 1", "1 2 3", "2 1 3"], &[(2, "5 3"), (2, "5 1 2 4 3"), (2, "5 1 3 4")]);
    check(&market, &[2, 0, 3, 3, 2], &[2, 0, 3, 3, 2], 1);
    assert_eq!(dropped(&market, Side::Candidate), [(2, 1), (4, 1)]);
    assert_eq!(dropped(&market, Side::Opening), [(3, 1)]);
}

#[test]
fn under_ties_stable_matchings_differ_in_size() {
    let sizes = |market: &Market| {
        let mut sizes: Vec<usize> =
            Judge::of(market).stable().iter().map(|each| each.iter().filter(|&&o| o > 0).count()).collect();
        sizes.sort_unstable();
        sizes
    };
    assert_eq!(sizes(&marriage(&["1 2", "1"], &["(1 2)", "1"])), [1, 2]);
    assert_eq!(sizes(&marriage(&["(1 2)", "(1 2)"], &["(1 2)", "(1 2)"])), [2, 2]);
    assert_eq!(sizes(&marriage(&["1 2", "1 2"], &["(1 2)", "1 2"])), [2, 2]);
    assert_eq!(sizes(&marriage(&["1", "1 2", "2 3"], &["(1 2)", "(2 3)", "3"])), [2, 2, 3]);
}

#[test]
fn a_lottery_can_give_either_of_the_matchings_that_a_tie_leaves_open() {
    let market = marriage(&["1 2", "1"], &["(1 2)", "1"]);
    let mut seen: Vec<Vec<u32>> =
        (0..20).map(|seed| ids(&candidate_optimal(&break_ties(&market, seed)).matching)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen, [[1, 0], [2, 1]]);
}

#[test]
fn stability_and_efficiency_part_ways() {
    let market = marriage(&["2 1 3", "1 2 3", "1 2 3"], &["1 3 2", "2 1 3", "2 1 3"]);
    check(&market, &[1, 2, 3], &[1, 2, 3], 1);
}

#[test]
fn an_opening_gains_by_cutting_its_list_short() {
    let honest = marriage(&["1 2", "2 1"], &["2 1", "1 2"]);
    assert_eq!(run(candidate_optimal, &honest), [1, 2]);
    let cut = marriage(&["1 2", "2 1"], &["2", "1 2"]);
    assert_eq!(run(candidate_optimal, &cut), [2, 1]);
}

#[test]
fn quotas_cut_to_a_target_place_fewer_than_the_quotas_themselves() {
    // Kamada and Kojima, example 1: three want hospital 1, seven hospital 2.
    let lists = [["1"; 3].as_slice(), &["2"; 7]].concat();
    let placed = |quota| {
        let all = "1 2 3 4 5 6 7 8 9 10";
        run(candidate_optimal, &market(&lists, &[(quota, all), (quota, all)]))
            .iter()
            .filter(|&&o| o > 0)
            .count()
    };
    assert_eq!(placed(5), 8);
    assert_eq!(placed(10), 10);
}

#[test]
fn the_worst_case_takes_n_squared_minus_n_plus_1_proposals() {
    for n in 2..=30u32 {
        let mut market = Market::builder();
        for man in 0..n - 1 {
            market.candidate((0..n - 1).map(|step| (man + step) % (n - 1)).chain([n - 1]));
        }
        market.candidate(0..n);
        for woman in 0..n - 1 {
            market.opening(1, (woman + 1..n).chain(0..=woman));
        }
        market.opening(1, 0..n);
        let market = market.build().unwrap();
        let outcome = candidate_optimal(&market.strict().unwrap());
        assert_eq!(outcome.proposals, u64::from(n * n - n + 1), "n = {n}");
        assert!(audit(&market, &outcome.matching).is_stable());
    }
}

#[test]
fn a_latin_square_of_n_has_exactly_n_stable_matchings() {
    let latin = |n: u32| {
        // T[i][j] = (j - i) mod n is the rank man i gives woman j; she ranks him the other way round.
        let mut market = Market::builder();
        (0..n).for_each(|i| market.candidate((0..n).map(|rank| (rank + i) % n)));
        (0..n).for_each(|j| market.opening(1, (0..n).map(|rank| (j + rank + 1) % n)));
        Judge::of(&market.build().unwrap()).stable().len()
    };
    assert_eq!([1, 2, 3, 4, 5].map(latin), [1, 2, 3, 4, 5]);
}

/// The generator of the fingerprint: x ← 6364136223846793005·x + 1442695040888963407, output x >> 33.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn shuffle(&mut self, items: &mut [u32]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[test]
fn the_fingerprint_market_has_its_known_costs() {
    let (mut lcg, n) = (Lcg(1), 50u32);
    let mut market = Market::builder();
    for _ in 0..n {
        let mut list: Vec<u32> = (0..n).collect();
        lcg.shuffle(&mut list);
        market.candidate(list);
    }
    for _ in 0..n {
        let mut applicants: Vec<u32> = (0..n).collect();
        lcg.shuffle(&mut applicants);
        market.opening(1, applicants);
    }
    let market = market.build().unwrap();
    let costs = |matching| {
        let audit = audit(&market, matching);
        assert!(audit.is_stable());
        (audit.placed, audit.candidate_cost(), audit.opening_cost())
    };
    let strict = market.strict().unwrap();
    let (best, worst) = (candidate_optimal(&strict).matching, opening_optimal(&strict).matching);
    assert_eq!(costs(&best), (50, 267, 513));
    assert_eq!(costs(&worst), (50, 600, 213));
    assert_eq!((0..n).filter(|&c| best.opening_of(c) != worst.opening_of(c)).count(), 30);
}
