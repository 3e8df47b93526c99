//! Other ways of placing people, against every matching of small markets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::comparisons::{
    Compared, Refused, first_come, maximum_cardinality, maximum_weight, random_dictatorship,
    serial_dictatorship, total_weight,
};
use migiude_matching::optimum::Weight;
use migiude_matching::{Lottery, Market, Pair, audit, candidate_optimal};
use proptest::prelude::*;
use support::plan::plan;
use support::{Judge, ids, market, matching};

/// The figures are those of the matching, and it is one of the market.
fn is_told_truly(market: &Market, compared: &Compared) -> bool {
    let found = audit(market, &compared.matching);
    found.is_valid()
        && (compared.placed, compared.blocking_pairs) == (found.placed, found.blocking_pairs.len())
        && (compared.candidate_cost, compared.opening_cost) == (found.candidate_cost(), found.opening_cost())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_matching_places_more_than_the_one_of_maximum_cardinality(plan in plan(true)) {
        let market = plan.market();
        let most = maximum_cardinality(&market);
        prop_assert!(is_told_truly(&market, &most));
        let placed = |each: &Vec<u32>| each.iter().filter(|&&id| id > 0).count();
        let valid = Judge::of(&market).valid();
        prop_assert_eq!(most.placed as usize, valid.iter().map(placed).max().unwrap());
    }

    #[test]
    fn no_matching_weighs_more_than_the_one_of_maximum_weight(
        plan in plan(true), weights in proptest::collection::vec(-3..9i64, 24)
    ) {
        let market = plan.market();
        let weights: Weight<'_> = &|pair: Pair| weights[(4 * pair.candidate + pair.opening) as usize];
        let heaviest = maximum_weight(&market, weights).unwrap();
        prop_assert!(is_told_truly(&market, &heaviest));
        let weight = |each: &Vec<u32>| total_weight(&market, &matching(each), weights);
        let most = Judge::of(&market).valid().iter().map(weight).max().unwrap();
        prop_assert_eq!(total_weight(&market, &heaviest.matching, weights), most);
    }

    #[test]
    fn a_dictator_takes_the_best_that_is_left(plan in plan(true), order in Just((0..6u32).collect::<Vec<_>>()).prop_shuffle()) {
        let market = plan.market();
        let chosen = serial_dictatorship(&market, &order);
        prop_assert!(is_told_truly(&market, &chosen));
        let judge = Judge::of(&market);
        let got = ids(&chosen.matching);
        for other in judge.valid() {
            // The first in the order for whom the two differ in rank is better off with the dictators.
            let known = order.iter().map(|&c| c as usize).filter(|&c| c < got.len());
            let mut ranks = known.map(|c| (judge.rank(c, &got), judge.rank(c, &other)));
            let first = ranks.find(|(own, other)| own != other);
            // With ties an earlier dictator may take either of two; a strict market leaves no choice.
            prop_assert!(market.has_ties() || first.is_none_or(|(own, other)| own < other));
        }
    }

    #[test]
    fn a_random_dictatorship_is_the_serial_one_in_the_order_of_the_lottery(plan in plan(true), seed: u64) {
        let market = plan.market();
        let places = Lottery::draw(seed, plan.candidates.len(), plan.openings.len()).candidates;
        let mut order: Vec<u32> = market.each_candidate().collect();
        order.sort_by_key(|&c| places[c as usize]);
        prop_assert_eq!(random_dictatorship(&market, seed), serial_dictatorship(&market, &order));
    }

    #[test]
    fn first_come_first_served(plan in plan(true), arrivals in proptest::collection::vec((0..7u32, 0..5u32), 0..30)) {
        let market = plan.market();
        let served = first_come(&market, arrivals.iter().copied());
        prop_assert!(is_told_truly(&market, &served));
        let got = ids(&served.matching);
        let arrival = |c: u32, o: u32| arrivals.iter().position(|&application| application == (c, o));
        let placed_before = |place: usize, c: u32, o: u32| {
            let has = |c: u32| got[c as usize].checked_sub(1).and_then(|o| arrival(c, o));
            let own = has(c).is_some_and(|own| own <= place);
            let full = market.each_candidate().filter(|&other| got[other as usize] == o + 1);
            let taken = full.filter(|&other| has(other).unwrap() < place).count();
            own || taken >= market.quota(o) as usize
        };
        // Whoever applied in vain had something already, or came to a full opening.
        for (place, &(c, o)) in arrivals.iter().enumerate() {
            let lists = market.each_candidate().contains(&c)
                && market.candidates().list(c).iter().any(|edge| edge.partner == o);
            prop_assert!(!lists || placed_before(place, c, o));
        }
    }
}

#[test]
fn stability_has_a_price() {
    // Abdulkadiroğlu and Sönmez: every student prefers a matching that is not stable to the only stable one.
    let market = market(&["2 1 3", "1 2 3", "1 2 3"], &[(1, "1 3 2"), (1, "2 1 3"), (1, "2 1 3")]);
    let stable = candidate_optimal(&market.strict().unwrap()).matching;
    assert_eq!(ids(&stable), [1, 2, 3]);
    assert_eq!(Judge::of(&market).stable().len(), 1);
    let weight: Weight<'_> = &|pair| 4 - i64::from(pair.candidate_rank);
    let heaviest = maximum_weight(&market, weight).unwrap();
    assert_eq!(total_weight(&market, &stable, weight), 2 + 2 + 1);
    assert_eq!(total_weight(&market, &heaviest.matching, weight), 3 + 3 + 1);
    assert_eq!(ids(&serial_dictatorship(&market, &[0, 1, 2]).matching), [2, 1, 3]);
    assert_eq!(heaviest.candidate_cost, 1 + 1 + 3);
    assert!(heaviest.blocking_pairs > 0);
}

#[test]
fn what_cannot_be_weighed_is_refused_with_the_reason() {
    let small = market(&["1"], &[(1, "1")]);
    assert_eq!(maximum_weight(&small, &|_| i64::MIN), Err(Refused::TooHeavy { weight: i64::MIN }));
    let mut large = Market::builder();
    (0..1000).for_each(|_| large.candidate([]));
    let refused = maximum_weight(&large.build().unwrap(), &|_| 1);
    assert_eq!(refused, Err(Refused::TooLarge { cells: 1_000_000 }));
    assert!(refused.unwrap_err().to_string().contains("1000000 cells"));
}

#[test]
fn a_market_as_large_as_may_be_weighed_is_weighed_also_when_scores_are_alike() {
    let mut market = Market::builder();
    (0..250).for_each(|_| market.candidate(0..50));
    (0..50).for_each(|_| market.opening(5, 0..250));
    let market = market.build().unwrap();
    // Weights that are products: good candidates and good openings, the case that is slow.
    let weight: Weight<'_> = &|pair: Pair| i64::from((pair.candidate + 1) * (pair.opening + 1));
    let heaviest = maximum_weight(&market, weight).unwrap();
    let assortative = (0..250i64).map(|c| i128::from((c + 1) * (c / 5 + 1))).sum::<i128>();
    assert_eq!(total_weight(&market, &heaviest.matching, weight), assortative);
}

#[test]
fn everybody_is_placed_where_that_takes_one_long_chain_of_moves() {
    // Each likes the seat of the one before it, and the last comer must have the first seat: all must move.
    let mut market = Market::builder();
    (0..50_000).for_each(|c| market.candidate([c, c + 1]));
    market.candidate([0]);
    market.opening(1, [0, 50_000]);
    (1..=50_000u32).for_each(|o| market.opening(1, [o - 1, o].into_iter().filter(|&c| c < 50_000)));
    let market = market.build().unwrap();
    assert_eq!(maximum_cardinality(&market).placed, 50_001);
}
