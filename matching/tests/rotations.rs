//! Rotations and the lattice in cases whose answers are facts of the literature, and in markets too large to try
//! every matching.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{
    Count, Lattice, Market, Pair, Wish, audit, balanced, both_ranks, median, minimum_regret, moved_from,
    optimum, sex_equal,
};
use support::{Judge, ids, market, marriage, run};

/// Rotations, and stable matchings as counted with that limit.
fn size(market: &Market, limit: u64) -> (usize, Count) {
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    (lattice.rotations(), lattice.count(limit, &mut || true))
}

fn check(market: &Market, rotations: usize, stable: u64) {
    assert_eq!(size(market, u64::MAX), (rotations, Count::Exactly(stable)));
    assert_eq!(size(market, stable), (rotations, Count::Exactly(stable)));
    assert_eq!(size(market, stable - 1), (rotations, Count::MoreThan(stable - 1)));
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    let mut all: Vec<Vec<u32>> = lattice.matchings().map(|matching| ids(&matching)).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len() as u64, stable);
    assert!(lattice.matchings().all(|matching| audit(market, &matching).is_stable()));
}

#[test]
fn gale_and_shapleys_examples_have_three_stable_matchings_and_one() {
    check(&marriage(&["1 2 3", "2 3 1", "3 1 2"], &["2 3 1", "3 1 2", "1 2 3"]), 2, 3);
    let men = ["1 2 3 4", "1 4 3 2", "2 1 3 4", "4 2 3 1"];
    check(&marriage(&men, &["4 3 1 2", "2 4 1 3", "4 1 2 3", "3 2 1 4"]), 0, 1);
}

#[test]
fn roth_and_sotomayors_examples_have_four_stable_matchings() {
    let men = ["1 2 3 4", "4 2 3 1", "4 3 1 2", "1 4 3 2", "1 2 4"];
    check(&marriage(&men, &["2 3 1 4 5", "3 1 2 4 5", "5 4 1 2 3", "1 4 5 2 3"]), 3, 4);
    let students = ["5 1", "2 5 1", "3 1", "4 1", "1 2", "1 3", "1 3 4"];
    let colleges = [(3, "1 2 3 4 5 6 7"), (1, "5 2"), (1, "6 7 3"), (1, "7 4"), (1, "2 1")];
    check(&market(&students, &colleges), 3, 4);
}

/// Irving and Leather's family: twice the market, men first the half they had, women first the half they had not.
fn irving_and_leather(doublings: u32) -> Market {
    let (mut men, mut women) = (vec![vec![0]], vec![vec![0]]);
    for _ in 0..doublings {
        let n = men.len() as u32;
        let join = |list: &Vec<u32>, own_first: bool| -> Vec<u32> {
            let other = list.iter().map(|&one| one + n);
            if own_first {
                list.iter().copied().chain(other).collect()
            } else {
                other.chain(list.iter().copied()).collect()
            }
        };
        let twice = |lists: &[Vec<u32>], first: bool| -> Vec<Vec<u32>> {
            let halves = [first, !first].into_iter();
            halves.flat_map(|own_first| lists.iter().map(move |list| join(list, own_first))).collect()
        };
        (men, women) = (twice(&men, true), twice(&women, false));
    }
    let mut market = Market::builder();
    men.into_iter().for_each(|list| market.candidate(list));
    women.into_iter().for_each(|list| market.opening(1, list));
    market.build().unwrap()
}

#[test]
fn irving_and_leathers_markets_have_10_and_268_and_195472_stable_matchings() {
    let men = ["1 2 3 4", "2 1 4 3", "3 4 1 2", "4 3 2 1"];
    let knuth = marriage(&men, &["4 3 2 1", "3 4 1 2", "2 1 4 3", "1 2 3 4"]);
    assert_eq!(irving_and_leather(2), knuth);
    check(&irving_and_leather(1), 1, 2);
    check(&knuth, 6, 10);
    check(&irving_and_leather(3), 28, 268);
    assert_eq!(size(&irving_and_leather(4), u64::MAX).1, Count::Exactly(195_472));
    // 104,310,534,400 for 32 men, and for 128 more than anybody will count: an answer at once.
    for doublings in [5, 7] {
        assert_eq!(size(&irving_and_leather(doublings), 1_000_000).1, Count::MoreThan(1_000_000));
    }
}

#[test]
fn no_market_of_three_has_more_than_three_stable_matchings() {
    const ORDERS: [[u32; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let mut most = 0;
    for choice in 0..6usize.pow(5) {
        // The names of the openings can be chosen so that the first candidate lists them in order.
        let order = |place: u32| ORDERS[choice / 6usize.pow(place) % 6];
        let mut market = Market::builder();
        market.candidate([0, 1, 2]);
        (0..2).for_each(|place| market.candidate(order(place)));
        (2..5).for_each(|place| market.opening(1, order(place)));
        let Count::Exactly(stable) = size(&market.build().unwrap(), u64::MAX).1 else {
            panic!("beyond 64 bits")
        };
        most = most.max(stable);
    }
    assert_eq!(most, 3);
}

#[test]
fn a_market_of_five_may_have_sixteen_stable_matchings() {
    // The most that five can have is 16; this market, which has them, was found by climbing from random ones.
    let men = ["4 2 3 1 5", "3 2 4 5 1", "1 3 2 4 5", "5 1 2 4 3", "3 1 5 4 2"];
    let market = marriage(&men, &["2 1 4 5 3", "5 3 4 1 2", "4 1 3 5 2", "3 5 2 1 4", "1 2 3 5 4"]);
    assert_eq!(size(&market, u64::MAX).1, Count::Exactly(16));
    assert_eq!(Judge::of(&market).stable().len(), 16);
}

#[test]
fn a_latin_square_of_n_is_a_chain_of_n_stable_matchings() {
    for n in [1, 2, 3, 10, 40u32] {
        let mut market = Market::builder();
        (0..n).for_each(|i| market.candidate((0..n).map(|rank| (rank + i) % n)));
        (0..n).for_each(|j| market.opening(1, (0..n).map(|rank| (j + rank + 1) % n)));
        check(&market.build().unwrap(), n as usize - 1, u64::from(n));
    }
}

#[test]
fn in_latin_squares_compromises_are_in_the_middle() {
    let n = 9u32;
    let mut market = Market::builder();
    (0..n).for_each(|i| market.candidate((0..n).map(|rank| (rank + i) % n)));
    (0..n).for_each(|j| market.opening(1, (0..n).map(|rank| (j + rank + 1) % n)));
    let market = market.build().unwrap();
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    let fifth: Vec<u32> = (0..n).map(|i| (i + 4) % n + 1).collect();
    let least = minimum_regret(&lattice);
    assert_eq!((least.regret, ids(&least.matching)), (5, fifth.clone()));
    let middle = median(&lattice, 1000);
    assert_eq!((middle.exact, ids(&middle.matching)), (true, fifth.clone()));
    for mechanism in [balanced, sex_equal] {
        let compromise = mechanism(&lattice, 1000);
        assert_eq!((compromise.exact, ids(&compromise.matching)), (true, fifth.clone()));
    }
}

/// The generator of the fingerprint: x ← 6364136223846793005·x + 1442695040888963407, output x >> 33.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn shuffled(&mut self, n: u32) -> Vec<u32> {
        let mut items: Vec<u32> = (0..n).collect();
        (1..items.len()).rev().for_each(|last| items.swap(last, self.below(last + 1)));
        items
    }
}

#[test]
fn the_fingerprint_market_has_six_rotations_and_an_egalitarian_cost_of_698() {
    let (mut lcg, n) = (Lcg(1), 50);
    let mut market = Market::builder();
    (0..n).for_each(|_| market.candidate(lcg.shuffled(n)));
    (0..n).for_each(|_| market.opening(1, lcg.shuffled(n)));
    let market = market.build().unwrap();
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    assert_eq!(lattice.rotations(), 6);
    let egalitarian = optimum(&lattice, &[&both_ranks], &[]).unwrap();
    assert_eq!(egalitarian.objectives, [698]);
    let found = audit(&market, &egalitarian.matching);
    assert_eq!((found.is_stable(), found.candidate_cost() + found.opening_cost()), (true, 698));
}

/// So many rotations one after the other through opening 0, which somebody better comes to each time.
fn chain(rotations: u32) -> Market {
    let mut market = Market::builder();
    market.candidate([0, 1]);
    (1..rotations).for_each(|c| market.candidate([c, 0, c + 1]));
    market.candidate([rotations, 0]);
    market.opening(1, (0..=rotations).rev());
    (1..=rotations).for_each(|o| market.opening(1, [o - 1, o]));
    market.build().unwrap()
}

#[test]
fn a_chain_of_a_hundred_thousand_rotations_is_counted_cut_and_halved() {
    let rotations = 100_000;
    let market = chain(rotations);
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    assert_eq!(lattice.rotations() as u32, rotations);
    let all = u64::from(rotations) + 1;
    assert_eq!(lattice.count(1_000_000, &mut || true), Count::Exactly(all));
    assert_eq!(lattice.count(all - 1, &mut || true), Count::MoreThan(all - 1));
    // Whoever has opening 0 tells how far down a matching is.
    let depth = |matching: &migiude_matching::Matching| matching.pairs().find(|&(_, o)| o == 0).unwrap().0;
    assert_eq!(
        lattice.matchings().map(|matching| depth(&matching)).take(5).collect::<Vec<_>>(),
        [0, 1, 2, 3, 4]
    );
    let middle = median(&lattice, 1_000_000);
    assert_eq!((middle.exact, depth(&middle.matching)), (true, rotations / 2));
    let middle = median(&lattice, 1000);
    assert_eq!((middle.exact, depth(&middle.matching)), (false, rotations / 2));
    let far = |pair: Pair| -i64::from(pair.opening == 0 && pair.candidate == 70_000);
    let best = optimum(&lattice, &[&far], &[]).unwrap();
    assert_eq!((depth(&best.matching), best.objectives), (70_000, vec![-1]));
    let forced = optimum(&lattice, &[&both_ranks], &[Wish::Forbidden(6, 0), Wish::Forced(5, 6)]).unwrap();
    assert_eq!(depth(&forced.matching), 7);
    let refused =
        optimum(&lattice, &[], &[Wish::Forced(9, 0), Wish::Forced(3, 4), Wish::Forced(7, 7)]).unwrap_err();
    let clash = "no stable matching has candidate 9 at opening 0 and has candidate 7 at opening 7";
    assert_eq!(refused.to_string(), clash);
}

#[test]
fn a_hundred_thousand_pairs_who_may_swap_or_not_answer_at_once() {
    let pairs = 100_000u32;
    let mut market = Market::builder();
    for both in (0..2 * pairs).step_by(2) {
        market.candidate([both, both + 1]);
        market.candidate([both + 1, both]);
        market.opening(1, [both + 1, both]);
        market.opening(1, [both, both + 1]);
    }
    let market = market.build().unwrap();
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    assert_eq!(lattice.rotations() as u32, pairs);
    for limit in [1_000_000, u64::MAX] {
        assert_eq!(lattice.count(limit, &mut || true), Count::MoreThan(limit));
    }
    assert!(median(&lattice, 1_000_000).exact);
    // Each swap costs two what it brings the other two, so any half of them is as fair as can be.
    let compromise = sex_equal(&lattice, 1000);
    assert_eq!((compromise.exact, compromise.objective), (true, 0));
    let compromise = balanced(&lattice, 1000);
    assert_eq!((compromise.exact, compromise.objective), (true, 3 * u64::from(pairs)));
}

#[test]
fn forty_pairs_who_may_swap_or_not_are_two_to_the_fortieth_stable_matchings() {
    let mut market = Market::builder();
    for both in (0..80).step_by(2) {
        market.candidate([both, both + 1]);
        market.candidate([both + 1, both]);
        market.opening(1, [both + 1, both]);
        market.opening(1, [both, both + 1]);
    }
    assert_eq!(size(&market.build().unwrap(), u64::MAX), (40, Count::Exactly(1 << 40)));
}

#[test]
fn weights_that_cannot_be_summed_are_refused() {
    let market = marriage(&["1 2", "2 1"], &["2 1", "1 2"]);
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    for huge in [i64::MAX, i64::MIN] {
        let weight = |pair: Pair| if pair.candidate == pair.opening { 0 } else { huge };
        let refused = optimum(&lattice, &[&weight], &[]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the weights are too large to be summed over the rotations of this market"
        );
        // Several that fit may not fit together.
        let large = |pair: Pair| if pair.candidate == pair.opening { 0 } else { huge / 16 };
        assert!(optimum(&lattice, &[&large], &[]).is_ok());
        assert!(optimum(&lattice, &[&large, &large], &[]).is_err());
    }
}

#[test]
fn who_had_a_place_last_year_keeps_it_where_stability_lets_her() {
    // Everybody's first choice and everybody's last are stable, and the ways between; last year two had their last.
    let market = irving_and_leather(2);
    let strict = market.strict().unwrap();
    let lattice = Lattice::of(&strict);
    let last_year = support::matching(&[4, 3, 0, 9]);
    let nearest = optimum(&lattice, &[&moved_from(&last_year), &both_ranks], &[]).unwrap();
    assert_eq!(nearest.objectives[0], 2);
    assert_eq!(ids(&nearest.matching)[..2], [4, 3]);
    assert!(audit(&market, &nearest.matching).is_stable());
}

#[test]
fn nobody_at_all_is_one_stable_matching() {
    let empty = Market::builder().build().unwrap();
    check(&empty, 0, 1);
    let mut lonely = Market::builder();
    lonely.candidate([0]);
    lonely.opening(0, [0]);
    let lonely = lonely.build().unwrap();
    check(&lonely, 0, 1);
    assert_eq!(run(migiude_matching::candidate_optimal, &lonely), [0]);
    let strict = lonely.strict().unwrap();
    let lattice = Lattice::of(&strict);
    assert_eq!(minimum_regret(&lattice).regret, 0);
    assert_eq!((balanced(&lattice, 0).objective, balanced(&lattice, 0).exact), (0, true));
    assert!(optimum(&lattice, &[], &[Wish::Forbidden(0, 0), Wish::Forbidden(7, 7)]).is_ok());
    assert!(optimum(&lattice, &[], &[Wish::Forced(7, 7)]).is_err());
}
