//! Parts of a market that have nothing to do with each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{
    Candidate, Market, Matching, Preferences, audit, break_ties, candidate_optimal, components,
    opening_optimal, solve_apart,
};
use proptest::prelude::*;
use support::{Judge, ids, market};

#[test]
fn two_valleys_that_know_nothing_of_each_other_are_two_components() {
    // Candidates 1 and 3 and opening 2 in one, candidate 4 and openings 1 and 3 in the other; 2 lists nobody.
    let market = market(&["2", "", "2", "(3 1)"], &[(1, "4"), (2, "(3 1)"), (1, "4"), (1, "")]);
    let parts = components(&market);
    assert_eq!(parts.len(), 2);
    let (one, other) = (parts.get(0), parts.get(1));
    assert_eq!((one.candidates, one.openings), (&[0, 2][..], &[1][..]));
    assert_eq!((other.candidates, other.openings), (&[3][..], &[0, 2][..]));
    assert_eq!(*one.market, support::market(&["1", "1"], &[(2, "(2 1)")]));
    assert_eq!(*other.market, support::market(&["(2 1)"], &[(1, "1"), (1, "1")]));
}

#[test]
fn a_market_that_hangs_together_is_lent_and_not_copied() {
    let market = market(&["1 2", "2"], &[(1, "1"), (1, "1 2")]);
    let parts = components(&market);
    assert_eq!(parts.len(), 1);
    assert!(std::ptr::eq(&*parts.get(0).market, &market));
}

#[test]
fn nobody_who_wants_anybody_makes_no_component_and_an_empty_matching() {
    let market = market(&["", "1"], &[(1, "")]);
    assert!(components(&market).is_empty());
    let nothing = solve_apart(&market, 4, |_| panic!("there is nothing to solve"));
    assert_eq!(nothing, Matching::new([None, None]));
}

#[test]
fn answers_come_in_the_order_of_the_components_whoever_is_first() {
    // The first component waits until the second has been answered, so it is always the later one.
    let market = market(&["1", "2"], &[(1, "1"), (2, "2")]);
    let parts = components(&market);
    let meeting = std::sync::Barrier::new(2);
    let quotas = parts.solve(2, |part| {
        if part.quota(0) == 2 {
            meeting.wait();
            return 2;
        }
        meeting.wait();
        part.quota(0)
    });
    assert_eq!(quotas, [1, 2]);
    assert_eq!(parts.solve(1, |part| part.quota(0)), [1, 2]);
}

#[test]
fn a_hundred_thousand_pairs_are_as_many_components() {
    let mut market = Market::builder();
    for agent in 0..100_000 {
        market.candidate([agent]);
        market.opening(1, [agent]);
    }
    let market = market.build().unwrap();
    assert_eq!(components(&market).len(), 100_000);
    let matching = solve_apart(&market, 2, |part| candidate_optimal(&part.strict().unwrap()).matching);
    assert_eq!(matching.size(), 100_000);
}

/// A market of at most nine agents in which most know few, and ties stand where the flags say.
fn sparse() -> impl Strategy<Value = Market> {
    let pair = (0..5u32, 0..4u32);
    let pairs = proptest::collection::vec((pair, any::<u16>(), any::<u16>()), 0..9);
    (pairs, proptest::collection::vec(0..3u32, 4), any::<u32>()).prop_map(|(mut pairs, quotas, ties)| {
        pairs.sort_unstable();
        pairs.dedup_by_key(|(pair, ..)| *pair);
        let groups = |mut order: Vec<(u16, u32)>, agent: u32| -> Vec<Vec<u32>> {
            order.sort_unstable();
            let mut groups: Vec<Vec<u32>> = Vec::new();
            for (at, (_, partner)) in order.into_iter().enumerate() {
                match groups.last_mut() {
                    Some(group) if ties >> (agent + at as u32) & 1 == 1 => group.push(partner),
                    _ => groups.push(vec![partner]),
                }
            }
            groups
        };
        let mut market = Market::builder();
        for c in 0..5 {
            let own = pairs.iter().filter(|((candidate, _), ..)| *candidate == c);
            market.candidate_with_ties(groups(own.map(|&((_, o), by, _)| (by, o)).collect(), c));
        }
        for (o, quota) in (0..).zip(quotas) {
            let own = pairs.iter().filter(|((_, opening), ..)| *opening == o);
            market.opening_with_ties(quota, groups(own.map(|&((c, _), _, by)| (by, c)).collect(), 9 + o));
        }
        market.build().unwrap()
    })
}

/// The list of an agent with the ranks both give, partners by these names.
fn told(side: &Preferences, agent: u32, names: Option<&[u32]>) -> Vec<(u32, u32, u32)> {
    let name = |partner: u32| names.map_or(partner, |names| names[partner as usize]);
    side.ranked(agent).map(|(rank, edge)| (rank, name(edge.partner), edge.rank)).collect()
}

/// The component of each candidate by the plainest rule: the least candidate from which sharing openings leads to it.
fn least_reached(market: &Market) -> Vec<Candidate> {
    let mut least: Vec<Candidate> = market.each_candidate().collect();
    for _ in market.each_candidate() {
        for opening in market.each_opening() {
            let members: Vec<usize> =
                market.openings().list(opening).iter().map(|edge| edge.partner as usize).collect();
            let smallest = members.iter().map(|&c| least[c]).min();
            members.into_iter().for_each(|c| least[c] = smallest.unwrap());
        }
    }
    least
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn components_hold_whole_lists_and_everybody_who_has_one(market in sparse()) {
        let parts = components(&market);
        let least = least_reached(&market);
        let (mut candidates, mut openings) = (Vec::new(), Vec::<u32>::new());
        for part in (0..parts.len()).map(|index| parts.get(index)) {
            prop_assert!(part.candidates.iter().all(|&c| least[c as usize] == part.candidates[0]));
            for (c, &whole) in (0..).zip(part.candidates) {
                let own = told(part.market.candidates(), c, Some(part.openings));
                prop_assert_eq!(own, told(market.candidates(), whole, None));
            }
            for (o, &whole) in (0..).zip(part.openings) {
                prop_assert_eq!(part.market.quota(o), market.quota(whole));
                let own = told(part.market.openings(), o, Some(part.candidates));
                prop_assert_eq!(own, told(market.openings(), whole, None));
            }
            candidates.extend(part.candidates.iter().map(|&c| (least[c as usize], c)));
            openings.extend(part.openings);
        }
        // Both are in order without sorting: components come by their first candidate, members by their number.
        let mut expected: Vec<_> =
            market.each_candidate().filter(|&c| !market.candidates().list(c).is_empty()).map(|c| (least[c as usize], c)).collect();
        expected.sort_unstable();
        prop_assert_eq!(candidates, expected);
        openings.sort_unstable();
        let listing = market.each_opening().filter(|&o| !market.openings().list(o).is_empty());
        prop_assert_eq!(openings, listing.collect::<Vec<_>>());
    }

    #[test]
    fn solved_apart_a_market_has_the_outcome_it_has_whole(market in sparse(), seed: u64, threads in 0..4usize) {
        // One lottery for the whole market; the parts of a strict market are strict.
        let strict = break_ties(&market, seed);
        for mechanism in [candidate_optimal, opening_optimal] {
            let apart = solve_apart(&strict, threads, |part| mechanism(&part.strict().unwrap()).matching);
            prop_assert_eq!(&apart, &mechanism(&strict).matching);
            prop_assert!(audit(&market, &apart).is_stable());
        }
    }

    #[test]
    fn numbers_of_stable_matchings_multiply(market in sparse(), threads in 0..4usize) {
        let parts = components(&market);
        let counts = parts.solve(threads, |part| Judge::of(part).stable().len());
        prop_assert_eq!(counts.iter().product::<usize>(), Judge::of(&market).stable().len());
    }

    #[test]
    fn a_matching_is_stable_exactly_when_its_parts_are(market in sparse()) {
        let parts = components(&market);
        let valid: Vec<Vec<Vec<u32>>> = parts.solve(1, |part| Judge::of(part).valid());
        // Each valid matching of the component with most, beside those of the others in turn.
        let choices = valid.iter().map(|of_part| of_part.len()).max().unwrap_or(1);
        for choice in 0..choices {
            let chosen: Vec<&Vec<u32>> = valid.iter().map(|of_part| &of_part[choice % of_part.len()]).collect();
            let whole = parts.join(chosen.iter().map(|ids| support::matching(ids)));
            let each_stable = (0..parts.len()).all(|part| Judge::of(&parts.get(part).market).blocking(chosen[part]).is_empty());
            prop_assert_eq!(each_stable, Judge::of(&market).blocking(&ids(&whole)).is_empty());
        }
    }
}
