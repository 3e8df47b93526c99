//! The lattice of stable matchings: what the literature knows of small markets, and what every stable matching,
//! tried one by one, says of generated ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{
    Count, Label, Lattice, Market, Matching, NoOptimum, Pair, Weight, Wish, balanced, both_ranks,
    candidate_optimal, median, minimum_regret, moved_from, opening_optimal, optimum, sex_equal,
};
use proptest::prelude::*;
use support::{Judge, ids};

/// A strict market with quotas 0 to 3, unbalanced sides and, in some, incomplete and one-sided lists.
///
/// In most of them each seat is somebody's first choice and somebody's last, and openings like best who likes them
/// least, but for one whim: so there are many stable matchings.
fn market() -> impl Strategy<Value = Market> {
    let quota = prop_oneof![1 => Just(0u32), 12 => Just(1u32), 6 => Just(2u32), 1 => Just(3u32)];
    let sizes = (proptest::collection::vec(quota, 0..=6), prop_oneof![6 => Just(0), 1 => -2..=2i32]);
    let sides = sizes.prop_flat_map(move |(quotas, more)| {
        let n = quotas.iter().sum::<u32>().saturating_add_signed(more).min(6);
        let lists = |rows: u32, columns: u32| {
            proptest::collection::vec(Just((0..columns).collect::<Vec<_>>()).prop_shuffle(), rows as usize)
        };
        let m = quotas.len() as u32;
        (lists(n, m), lists(m, n), Just(quotas), 0..5u8, prop_oneof![3 => Just(true), 1 => Just(false)])
    });
    (sides, any::<u64>()).prop_map(|((mut candidates, mut openings, quotas, mood, complete), whim)| {
        if mood > 0 {
            let seats: Vec<u32> =
                (0..).zip(&quotas).flat_map(|(o, &quota)| std::iter::repeat_n(o, quota as usize)).collect();
            let shift = 1 + whim as usize % seats.len().max(2);
            for (c, list) in candidates.iter_mut().enumerate().take(seats.len()) {
                let (first, last) = (seats[c], seats[(c + shift) % seats.len()]);
                list.sort_by_key(|&o| if o == first { 0 } else { 1 + u32::from(o == last) });
            }
            for (opening, list) in (0..).zip(&mut openings) {
                let place = |c: &u32| candidates[*c as usize].iter().position(|&o| o == opening);
                list.sort_by_key(|c| std::cmp::Reverse(place(c)));
                if let Some(at) = (whim >> (opening + 8)).checked_rem(list.len().saturating_sub(1) as u64) {
                    list.swap(at as usize, at as usize + 1);
                }
            }
        }
        let keeps = |one: u32, other: u32, side: u32| {
            complete || whim.rotate_right(one * 11 + other * 5 + side) & 7 != 0
        };
        let mut market = Market::builder();
        for (candidate, list) in (0..).zip(candidates) {
            market.candidate(list.into_iter().filter(|&opening| keeps(candidate, opening, 0)));
        }
        for ((opening, list), quota) in (0..).zip(openings).zip(quotas) {
            market.opening(quota, list.into_iter().filter(|&candidate| keeps(candidate, opening, 1)));
        }
        market.build().expect("only possible markets are generated")
    })
}

/// Every closed set of rotations as the matching it leads to.
fn closed_sets(lattice: &Lattice<'_>) -> Vec<Vec<u32>> {
    let rotations = lattice.rotations();
    assert!(rotations <= 16, "small markets have few rotations");
    let set = |bits: u32| (0..rotations).map(|r| bits >> r & 1 == 1).collect::<Vec<_>>();
    (0..1 << rotations).filter_map(|bits| lattice.matching(&set(bits))).map(|m| ids(&m)).collect()
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}

fn count(lattice: &Lattice<'_>, limit: u64) -> Count {
    lattice.count(limit, &mut || true)
}

/// What each pair costs, from the lists as they were told.
fn cost(market: &Market, each: &[u32], weight: impl Fn(Pair) -> i64) -> i64 {
    let pair = |(candidate, id): (u32, &u32)| {
        let mut list = market.candidates().ranked(candidate);
        let (candidate_rank, edge) = list.find(|(_, edge)| edge.partner + 1 == *id)?;
        Some(weight(Pair { candidate, opening: edge.partner, candidate_rank, opening_rank: edge.rank }))
    };
    (0..).zip(each).filter_map(pair).sum()
}

/// Checks that an answer is the candidates' favourite among those of the stable matchings that are best by a key.
fn is_candidate_best<K: Ord>(judge: &Judge, answer: &[u32], all: &[Vec<u32>], key: impl Fn(&Vec<u32>) -> K) {
    let least = all.iter().map(&key).min().expect("there is one");
    let best: Vec<_> = all.iter().filter(|each| key(each) == least).collect();
    assert!(best.iter().any(|each| *each == answer), "{answer:?} is not among the best {best:?}");
    for other in best {
        for c in 0..answer.len() {
            assert!(judge.rank(c, answer) <= judge.rank(c, other), "{other:?} is better than {answer:?}");
        }
    }
}

fn grants(each: &[u32], wish: &Wish) -> bool {
    match *wish {
        Wish::Forced(c, o) => each.get(c as usize) == Some(&(o + 1)),
        Wish::Forbidden(c, o) => each.get(c as usize) != Some(&(o + 1)),
    }
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let wish = (0..7u32, 0..6u32, any::<bool>())
        .prop_map(|(c, o, forced)| if forced { Wish::Forced(c, o) } else { Wish::Forbidden(c, o) });
    proptest::collection::vec(wish, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_lattice_holds_exactly_the_stable_matchings(market in market()) {
        let strict = market.strict().unwrap();
        let lattice = Lattice::of(&strict);
        let stable = sorted(Judge::of(&market).stable());
        prop_assert_eq!(&sorted(closed_sets(&lattice)), &stable);

        // One by one, the candidate-optimal first and none twice.
        let walked: Vec<Matching> = lattice.matchings().collect();
        prop_assert_eq!(&walked[0], &candidate_optimal(&strict).matching);
        prop_assert_eq!(&sorted(walked.iter().map(ids)), &stable);
        prop_assert_eq!(lattice.opening_optimal(), opening_optimal(&strict).matching);

        let n = stable.len() as u64;
        for limit in 0..n {
            prop_assert_eq!(count(&lattice, limit), Count::MoreThan(limit));
        }
        prop_assert_eq!(count(&lattice, n), Count::Exactly(n));
        prop_assert_eq!(count(&lattice, u64::MAX), Count::Exactly(n));
        for patience in 0..20 {
            let mut left = patience;
            let counted = lattice.count(u64::MAX, &mut || { left -= 1; left >= 0 });
            let honest = match counted { Count::Exactly(exactly) => exactly == n, Count::MoreThan(more) => more < n };
            prop_assert!(honest, "{counted:?} of {n}");
        }

        let pairs = lattice.stable_pairs();
        for c in market.each_candidate() {
            for o in market.each_opening() {
                let holding = stable.iter().filter(|each| each[c as usize] == o + 1).count();
                let label = if holding == 0 { Label::Impossible } else if holding < stable.len() { Label::Possible } else { Label::Certain };
                prop_assert_eq!(pairs.label(c, o), label);
            }
            let list = market.candidates().list(c).iter().map(|edge| edge.partner);
            let expected: Vec<u32> = list.filter(|&o| pairs.label(c, o) != Label::Impossible).collect();
            prop_assert_eq!(pairs.partners(c).collect::<Vec<_>>(), expected);
        }
        prop_assert_eq!(pairs.iter().count(), pairs.len());
    }

    #[test]
    fn the_minimum_cut_finds_the_candidates_favourite_among_the_best(
        market in market(), weights in proptest::collection::vec(-3..=3i64, 64), wishes in wishes(),
        earlier in proptest::collection::vec(proptest::option::of(0..7u32), 0..8),
    ) {
        let strict = market.strict().unwrap();
        let lattice = Lattice::of(&strict);
        let judge = Judge::of(&market);
        let stable: Vec<Vec<u32>> = lattice.matchings().map(|m| ids(&m)).collect();
        let any = |pair: Pair| weights[(pair.candidate * 8 + pair.opening) as usize];
        let earlier = Matching::new(earlier);
        let moved = moved_from(&earlier);
        let possible: Vec<_> = stable.iter().filter(|each| wishes.iter().all(|w| grants(each, w))).cloned().collect();
        let choices: [&[Weight<'_>]; 5] = [&[], &[&both_ranks], &[&any], &[&moved, &both_ranks], &[&moved, &any, &both_ranks]];
        for choice in choices {
            match optimum(&lattice, choice, &wishes) {
                Ok(best) => {
                    let costs = |each: &Vec<u32>| choice.iter().map(|w| cost(&market, each, w)).collect::<Vec<_>>();
                    let answer = ids(&best.matching);
                    is_candidate_best(&judge, &answer, &possible, costs);
                    prop_assert_eq!(&best.objectives, &costs(&answer));
                }
                Err(NoOptimum::Clash(clash)) => {
                    prop_assert!(possible.is_empty());
                    let holds = |some: &[Wish]| stable.iter().any(|each| some.iter().all(|w| grants(each, w)));
                    prop_assert!(!holds(&clash.wishes));
                    for left_out in 0..clash.wishes.len() {
                        let mut others = clash.wishes.clone();
                        prop_assert!(wishes.contains(&others.remove(left_out)));
                        prop_assert!(holds(&others));
                    }
                }
                Err(NoOptimum::TooLarge) => prop_assert!(false, "small weights fit"),
            }
        }
    }

    #[test]
    fn compromises_and_the_median_are_those_of_the_enumeration(market in market()) {
        let strict = market.strict().unwrap();
        let lattice = Lattice::of(&strict);
        let judge = Judge::of(&market);
        let stable: Vec<Vec<u32>> = lattice.matchings().map(|m| ids(&m)).collect();
        let n = stable.len();
        let costs = |each: &[u32]| {
            let of = |weight: fn(Pair) -> u32| cost(&market, each, |pair| i64::from(weight(pair)));
            (of(|pair| pair.candidate_rank), of(|pair| pair.opening_rank))
        };

        let least = minimum_regret(&lattice);
        let regret = |each: &Vec<u32>| {
            let of_candidates = (0..each.len()).filter(|&c| each[c] > 0).map(|c| judge.rank(c, each));
            let held = (0..market.openings().len()).flat_map(|o| judge.held_ranks(o, each));
            of_candidates.chain(held.filter(|&rank| rank < u32::MAX)).max().unwrap_or(0)
        };
        is_candidate_best(&judge, &ids(&least.matching), &stable, regret);
        prop_assert_eq!(regret(&ids(&least.matching)), least.regret);

        let larger = |each: &[u32]| { let (one, other) = costs(each); one.max(other) };
        let difference = |each: &[u32]| { let (one, other) = costs(each); (one - other).abs() };
        let objectives = [&larger as &dyn Fn(&[u32]) -> i64, &difference];
        for (mechanism, objective) in [balanced, sex_equal].into_iter().zip(objectives) {
            let best = stable.iter().map(|each| objective(each)).min().unwrap() as u64;
            for limit in 0..=n as u64 {
                let found = mechanism(&lattice, limit);
                let answer = ids(&found.matching);
                prop_assert!(stable.contains(&answer));
                prop_assert_eq!((found.candidate_cost as i64, found.opening_cost as i64), costs(&answer));
                prop_assert_eq!(found.objective as i64, objective(&answer));
                prop_assert!(found.bound <= best && best <= found.objective);
                prop_assert_eq!(found.exact, found.bound == found.objective);
                if limit == n as u64 {
                    prop_assert!(found.exact);
                    let equals = stable.iter().filter(|each| objective(each) as u64 == best);
                    prop_assert_eq!(costs(&answer).0, equals.map(|each| costs(each).0).min().unwrap());
                }
            }
        }

        let middle = median(&lattice, n as u64);
        let k_th = |k: usize| -> Vec<u32> {
            let k_th_best = |c: usize| {
                let mut partners: Vec<_> = stable.iter().map(|each| (judge.rank(c, each), each[c])).collect();
                partners.sort_unstable();
                partners[k].1
            };
            (0..market.candidates().len()).map(k_th_best).collect()
        };
        for k in 0..n {
            prop_assert!(stable.contains(&k_th(k)));
        }
        // Parts that are not connected are counted apart; their sum is no more than their product.
        prop_assert!(middle.exact);
        prop_assert_eq!(ids(&middle.matching), k_th((n - 1) / 2));
        prop_assert!(stable.contains(&ids(&median(&lattice, 0).matching)));
        prop_assert_eq!(median(&lattice, 0).exact, lattice.rotations() == 0);
    }

    #[test]
    fn whoever_takes_the_better_or_the_worse_of_two_stable_matchings_makes_a_stable_one(market in market()) {
        let strict = market.strict().unwrap();
        let judge = Judge::of(&market);
        let stable: Vec<Vec<u32>> = Lattice::of(&strict).matchings().map(|m| ids(&m)).collect();
        for one in &stable {
            for other in &stable {
                let better = |c: usize| judge.rank(c, one) <= judge.rank(c, other);
                let take = |first: bool| (0..one.len()).map(|c| if better(c) == first { one[c] } else { other[c] }).collect();
                let (join, meet): (Vec<u32>, Vec<u32>) = (take(true), take(false));
                prop_assert!(stable.contains(&join) && stable.contains(&meet));
            }
        }
    }

    #[test]
    fn seats_told_as_openings_of_their_own_have_as_many_stable_matchings(market in market()) {
        let mut cloned = Market::builder();
        let seats = |o: u32| {
            let before: u32 = (0..o).map(|o| market.quota(o)).sum();
            before..before + market.quota(o)
        };
        for c in market.each_candidate() {
            cloned.candidate(market.candidates().list(c).iter().flat_map(|edge| seats(edge.partner)));
        }
        for o in market.each_opening() {
            for _ in seats(o) {
                cloned.opening(1, market.openings().list(o).iter().map(|edge| edge.partner));
            }
        }
        let cloned = cloned.build().unwrap();
        let (one, other) = (market.strict().unwrap(), cloned.strict().unwrap());
        let (one, other) = (Lattice::of(&one), Lattice::of(&other));
        prop_assert_eq!(one.rotations(), other.rotations());
        prop_assert_eq!(one.matchings().count(), other.matchings().count());
    }

    #[test]
    fn two_markets_side_by_side_multiply_their_stable_matchings(one in market(), other in market()) {
        let mut both = Market::builder();
        let (mut candidates, mut openings) = (0, 0);
        for market in [&one, &other] {
            for c in market.each_candidate() {
                both.candidate(market.candidates().list(c).iter().map(|edge| edge.partner + openings));
            }
            for o in market.each_opening() {
                both.opening(market.quota(o), market.openings().list(o).iter().map(|edge| edge.partner + candidates));
            }
            candidates += market.candidates().len() as u32;
            openings += market.openings().len() as u32;
        }
        let both = both.build().unwrap();
        let [one, other, both] = [&one, &other, &both].map(|market| {
            let strict = market.strict().unwrap();
            let lattice = Lattice::of(&strict);
            let n = lattice.matchings().count() as u64;
            assert_eq!(count(&lattice, n), Count::Exactly(n));
            n
        });
        prop_assert_eq!(both, one * other);
    }
}
