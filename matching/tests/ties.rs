//! Markets with ties: three strengths of stability, judged by every matching of small markets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use std::cmp::Ordering;

use migiude_matching::audit::ties::{Stability, blocking_pairs};
use migiude_matching::{
    Candidate, Market, Obstacle, Opening, Why, audit, break_ties, candidate_optimal, largest_weakly_stable,
    opening_optimal, promotion, strongly_stable, super_stable,
};
use support::{Judge, ids, market, marriage, matching};

const STRENGTHS: [Stability; 3] = [Stability::Weak, Stability::Strong, Stability::Super];

/// A small market for each seed: ties from none to all, on both sides, quotas 0–3, lists of any length.
fn small_market(seed: u64) -> Market {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut below = |k: u64| {
        x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((x >> 33) % k) as u32
    };
    let (n, m) = (1 + below(5), 1 + below(4));
    let (tied, listed) = ([0, 3, 6, 8, 10][below(5) as usize], [4, 7, 9, 10][below(4) as usize]);
    let most = 1 + below(3) as u64;
    let mut groups = |partners: u32| {
        let mut all: Vec<u32> = (0..partners).filter(|_| below(10) < listed).collect();
        (1..all.len()).rev().for_each(|last| all.swap(last, below(last as u64 + 1) as usize));
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for entry in all {
            match groups.last_mut() {
                Some(group) if below(10) < tied => group.push(entry),
                _ => groups.push(vec![entry]),
            }
        }
        groups
    };
    let candidates: Vec<_> = (0..n).map(|_| groups(m)).collect();
    let openings: Vec<_> = (0..m).map(|_| groups(n)).collect();
    let mut market = Market::builder();
    candidates.into_iter().for_each(|groups| market.candidate_with_ties(groups));
    for groups in openings {
        let quota = if below(12) == 0 { 0 } else { 1 + below(most) };
        market.opening_with_ties(quota, groups);
    }
    market.build().expect("a possible market")
}

/// The blocking pairs straight from the definition: what each of the two would feel on coming together.
fn blocking(
    market: &Market,
    judge: &Judge,
    matching: &[u32],
    stability: Stability,
) -> Vec<(Candidate, Opening)> {
    let mut pairs = Vec::new();
    for candidate in market.each_candidate() {
        for (rank, edge) in market.candidates().ranked(candidate) {
            if matching[candidate as usize] == edge.partner + 1 {
                continue;
            }
            let candidate_feels = rank.cmp(&judge.rank(candidate as usize, matching));
            let opening_feels = match judge.held_ranks(edge.partner as usize, matching).last() {
                Some(worst) => edge.rank.cmp(worst),
                None => Ordering::Greater,
            };
            let feelings = [candidate_feels, opening_feels];
            let gain = feelings.iter().filter(|&&feels| feels == Ordering::Less).count();
            let lose = feelings.iter().filter(|&&feels| feels == Ordering::Greater).count();
            let blocks = match stability {
                Stability::Weak => gain == 2,
                Stability::Strong => gain >= 1 && lose == 0,
                Stability::Super => lose == 0,
            };
            if blocks {
                pairs.push((candidate, edge.partner));
            }
        }
    }
    pairs
}

/// All matchings of a small market that are stable in this sense, by the definition.
fn all_stable(market: &Market, stability: Stability) -> Vec<Vec<u32>> {
    let judge = Judge::of(market);
    let stable = |each: &Vec<u32>| blocking(market, &judge, each, stability).is_empty();
    judge.valid().into_iter().filter(stable).collect()
}

#[test]
fn the_audit_of_ties_finds_what_the_definition_finds_and_weak_is_the_plain_audit() {
    for seed in 0..400 {
        let market = small_market(seed);
        let judge = Judge::of(&market);
        for each in judge.valid() {
            for stability in STRENGTHS {
                let found = blocking_pairs(&market, &matching(&each), stability);
                assert_eq!(
                    found,
                    blocking(&market, &judge, &each, stability),
                    "{stability:?} {each:?} {market:?}"
                );
            }
            let weak = blocking_pairs(&market, &matching(&each), Stability::Weak);
            assert_eq!(weak, audit(&market, &matching(&each)).blocking_pairs);
        }
    }
}

#[test]
fn strong_and_super_are_found_exactly_when_they_exist_and_are_best_for_every_candidate() {
    let mut found = [0, 0];
    let mut none = [0, 0];
    for seed in 0..6000 {
        let market = small_market(seed);
        let judge = Judge::of(&market);
        for (at, stability, mechanism) in
            [(0, Stability::Strong, strongly_stable as fn(&Market) -> _), (1, Stability::Super, super_stable)]
        {
            let all = all_stable(&market, stability);
            match mechanism(&market) {
                Ok(best) => {
                    let best = ids(&best);
                    assert!(all.contains(&best), "{stability:?} {best:?} of seed {seed} {market:?}");
                    for other in &all {
                        for c in 0..best.len() {
                            assert!(
                                judge.rank(c, &best) <= judge.rank(c, other),
                                "seed {seed}: {best:?} {other:?}"
                            );
                        }
                    }
                    found[at] += 1;
                }
                Err(obstacle) => {
                    assert!(all.is_empty(), "{stability:?}: {obstacle} but {all:?}, seed {seed} {market:?}");
                    check_obstacle(&market, stability, &obstacle);
                    none[at] += 1;
                }
            }
        }
    }
    assert!(found.iter().chain(&none).all(|&count| count > 300), "both cases are tried: {found:?} {none:?}");
}

/// What an obstacle says of those it names can be read in their lists.
fn check_obstacle(market: &Market, stability: Stability, obstacle: &Obstacle) {
    let Obstacle { why, candidates, openings } = obstacle;
    let rank_at =
        |o: Opening, c: Candidate| market.openings().ranked(o).find(|(_, e)| e.partner == c).map(|(r, _)| r);
    let rank_by = |c: Candidate, o: Opening| {
        market.candidates().ranked(c).find(|(_, e)| e.partner == o).map(|(r, _)| r)
    };
    match why {
        // Each opening is equally glad of two of them at least, and there are more of them than openings.
        Why::TooFewSeats => {
            assert!(candidates.len() > openings.len(), "{obstacle} {market:?}");
            for &opening in openings {
                let ranks: Vec<u32> = candidates.iter().filter_map(|&c| rank_at(opening, c)).collect();
                let equals = |rank: &u32| ranks.iter().filter(|&other| other == rank).count();
                assert!(ranks.iter().any(|rank| equals(rank) > 1), "{obstacle} {market:?}");
                assert!(
                    stability == Stability::Strong
                        || ranks.iter().all(|rank| equals(rank) == candidates.len())
                );
            }
        }
        // Each candidate is equally glad of the first opening and of another one.
        Why::Torn => {
            for &candidate in candidates {
                let first = rank_by(candidate, openings[0]);
                assert!(
                    first.is_some() && openings[1..].iter().any(|&other| rank_by(candidate, other) == first)
                );
            }
            assert!(!candidates.is_empty());
        }
    }
}

#[test]
fn when_no_matching_exists_the_obstacle_names_who_competes_for_what() {
    let two_equals_for_one_seat = marriage(&["1 2", "1"], &["(1 2)", "1"]);
    let happy_at_either = market(&["(1 2)"], &[(1, "1"), (2, "1")]);
    for mechanism in [strongly_stable, super_stable] {
        let mut obstacle = mechanism(&two_equals_for_one_seat).unwrap_err();
        let named = Obstacle { why: Why::TooFewSeats, candidates: vec![0, 1], openings: vec![0] };
        assert_eq!(obstacle, named);
        assert!(obstacle.to_string().starts_with("equally welcome candidates compete for too few seats"));
        obstacle = mechanism(&happy_at_either).unwrap_err();
        obstacle.openings.sort();
        assert_eq!(obstacle, Obstacle { why: Why::Torn, candidates: vec![0], openings: vec![0, 1] });
    }
}

#[test]
fn promotion_is_weakly_stable_and_places_at_least_two_thirds_of_the_most_possible() {
    let (mut short, mut largest) = (0, 0);
    for seed in 0..4000 {
        let market = small_market(seed);
        let most = all_stable(&market, Stability::Weak).iter().map(|each| size(each)).max().unwrap();
        let outcome = promotion(&market, seed).matching;
        assert_eq!(outcome, promotion(&market, seed).matching);
        assert!(audit(&market, &outcome).is_stable(), "seed {seed} {market:?}");
        assert!(3 * outcome.size() >= 2 * most, "seed {seed}: {} of {most}, {market:?}", outcome.size());
        if let Some(strict) = market.strict() {
            assert_eq!(outcome, candidate_optimal(&strict).matching);
        }
        let by_lottery = candidate_optimal(&break_ties(&market, seed)).matching.size();
        short += most - outcome.size();
        largest += most - by_lottery;
    }
    assert!(3 * short < largest, "promotion leaves {short} unplaced for want of luck, a lottery {largest}");
}

#[test]
fn the_largest_weakly_stable_matching_is_as_large_as_any_and_proven() {
    for seed in 0..2500 {
        let market = small_market(seed);
        let most = all_stable(&market, Stability::Weak).iter().map(|each| size(each)).max().unwrap();
        let largest = largest_weakly_stable(&market, seed, &mut || true);
        assert_eq!((largest.matching.size(), largest.bound), (most, most), "seed {seed} {market:?}");
        assert!(
            largest.is_proven() && audit(&market, &largest.matching).is_stable(),
            "seed {seed} {market:?}"
        );
    }
}

/// How many weakly stable, strongly stable and super-stable matchings there are, and the sizes of the weak ones.
fn counts(market: &Market) -> ([usize; 3], Vec<usize>) {
    let all = STRENGTHS.map(|stability| all_stable(market, stability));
    let mut sizes: Vec<usize> = all[0].iter().map(|each| size(each)).collect();
    sizes.sort_unstable();
    assert_eq!(strongly_stable(market).is_ok(), !all[1].is_empty());
    assert_eq!(super_stable(market).is_ok(), !all[2].is_empty());
    let largest = largest_weakly_stable(market, 0, &mut || true);
    assert_eq!((Some(&largest.matching.size()), largest.is_proven()), (sizes.last(), true));
    (all.map(|each| each.len()), sizes)
}

#[test]
fn sizes_differ_under_ties() {
    // The standard example: whoever of m1 and m2 gets w1 decides whether one or two are placed.
    let luck = marriage(&["1 2", "1"], &["(1 2)", "1"]);
    assert_eq!(counts(&luck), ([2, 0, 0], vec![1, 2]));
    for seed in 0..8 {
        assert_eq!(ids(&promotion(&luck, seed).matching), [2, 1]);
    }
    let sizes: Vec<usize> =
        (0..16).map(|seed| candidate_optimal(&break_ties(&luck, seed)).matching.size()).collect();
    assert!(sizes.contains(&1) && sizes.contains(&2), "a lottery gives either");

    let all_indifferent = marriage(&["(1 2)", "(1 2)"], &["(1 2)", "(1 2)"]);
    assert_eq!(counts(&all_indifferent), ([2, 2, 0], vec![2, 2]));

    let contested_first = marriage(&["1 2", "1 2"], &["(1 2)", "1 2"]);
    assert_eq!(counts(&contested_first), ([2, 0, 0], vec![2, 2]));

    let chain = marriage(&["1", "1 2", "2 3"], &["(1 2)", "(2 3)", "3"]);
    assert_eq!(counts(&chain).1, [2, 2, 3]);
}

#[test]
fn super_is_strong_is_weak_and_any_lottery_is_weak() {
    for seed in 0..1500 {
        let market = small_market(seed);
        let [weak, strong, super_] = STRENGTHS.map(|stability| all_stable(&market, stability));
        assert!(
            super_.iter().all(|each| strong.contains(each)) && strong.iter().all(|each| weak.contains(each))
        );
        let strict = break_ties(&market, seed);
        for mechanism in [candidate_optimal, opening_optimal] {
            assert!(weak.contains(&ids(&mechanism(&strict).matching)), "seed {seed}");
        }
        if !market.has_ties() {
            assert_eq!(weak, super_);
            let best = Ok(candidate_optimal(&strict).matching);
            assert_eq!((strongly_stable(&market), super_stable(&market)), (best.clone(), best));
        }
    }
}

fn size(matching: &[u32]) -> usize {
    matching.iter().filter(|&&opening| opening > 0).count()
}
