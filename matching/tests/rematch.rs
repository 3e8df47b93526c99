//! Repairs after declines, against every matching of small markets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::rematch::{self, Move};
use migiude_matching::{Matching, audit};
use proptest::prelude::*;
use support::plan::{Plan, list, strict};
use support::{Judge, ids, market, matching};

/// A change of the market between two matchings.
#[derive(Debug, Clone)]
enum Event {
    Leaves(usize),
    Grows(usize),
    Shrinks(usize),
    Rewrites(usize, Vec<Vec<u32>>),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0..6usize).prop_map(Event::Leaves),
        (0..4usize).prop_map(Event::Grows),
        (0..4usize).prop_map(Event::Shrinks),
        (0..6usize, list(4, false)).prop_map(|(who, list)| Event::Rewrites(who, list)),
    ]
}

fn happen(plan: &mut Plan, event: &Event) {
    match event {
        Event::Leaves(who) => plan.candidates.get_mut(*who).into_iter().for_each(Vec::clear),
        Event::Grows(which) => plan.openings.get_mut(*which).into_iter().for_each(|(quota, _)| *quota += 1),
        Event::Shrinks(which) => {
            plan.openings.get_mut(*which).into_iter().for_each(|(quota, _)| *quota = quota.saturating_sub(1));
        }
        Event::Rewrites(who, list) => {
            let openings = plan.openings.len() as u32;
            let known = list.iter().filter(|group| group[0] < openings).cloned();
            plan.candidates.get_mut(*who).into_iter().for_each(|old| *old = known.clone().collect());
        }
    }
}

fn moved(earlier: &[u32], later: &[u32]) -> Vec<Move> {
    let change = |(candidate, (from, to)): (u32, (&u32, &u32))| Move {
        candidate,
        from: from.checked_sub(1),
        to: to.checked_sub(1),
    };
    (0..).zip(earlier.iter().zip(later)).map(change).filter(|change| change.from != change.to).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_vacancy_chain_from_a_stable_matching_is_the_least_move_up_to_a_stable_one(
        plan in strict(), which in any::<prop::sample::Index>(), events in proptest::collection::vec(event(), 1..4)
    ) {
        // Some stable matching; then people leave and quotas grow, and nothing else.
        let stable = Judge::of(&plan.market()).stable();
        let earlier = &stable[which.index(stable.len())];
        let mut now = plan.clone();
        let harmless = events.iter().filter(|event| matches!(event, Event::Leaves(_) | Event::Grows(_)));
        harmless.for_each(|event| happen(&mut now, event));

        let market = now.market();
        let judge = Judge::of(&market);
        let chain = rematch::vacancy_chain(&market.strict().unwrap(), &matching(earlier));
        let outcome = ids(&chain.matching);
        prop_assert!(judge.blocking(&outcome).is_empty());
        prop_assert_eq!(&chain.blocking_pairs, &[]);
        prop_assert_eq!(&chain.moved, &moved(earlier, &outcome));
        // Of the stable matchings in which nobody who stayed loses, the worst for candidates and best for openings.
        let had = |c: usize| if now.candidates[c].is_empty() { u32::MAX } else { judge.rank(c, earlier) };
        let nobody_loses = |other: &Vec<u32>| (0..other.len()).all(|c| judge.rank(c, other) <= had(c));
        prop_assert!(nobody_loses(&outcome));
        for other in judge.stable().into_iter().filter(nobody_loses) {
            for c in 0..outcome.len() {
                prop_assert!(judge.rank(c, &outcome) >= judge.rank(c, &other));
            }
            for o in 0..now.openings.len() {
                prop_assert!(judge.held_ranks(o, &outcome) <= judge.held_ranks(o, &other));
            }
        }
    }

    #[test]
    fn whatever_happened_a_chain_harms_nobody_and_leaves_no_wanted_seat_vacant(
        plan in strict(), openings in proptest::collection::vec(0..=5u32, 6)
    ) {
        // The earlier matching is any at all, from any earlier market.
        let market = plan.market();
        let judge = Judge::of(&market);
        let earlier = matching(&openings[..plan.candidates.len()]);
        let strict = market.strict().unwrap();
        let kept = ids(&rematch::kept(&strict, &earlier));
        let chain = rematch::vacancy_chain(&strict, &earlier);
        let outcome = ids(&chain.matching);
        prop_assert!(audit(&market, &chain.matching).is_valid());
        prop_assert_eq!(&chain.moved, &moved(&ids(&earlier), &outcome));
        let mut blocking = chain.blocking_pairs.clone();
        blocking.sort_unstable();
        prop_assert_eq!(&blocking, &judge.blocking(&outcome));
        for c in 0..kept.len() {
            prop_assert!(judge.rank(c, &outcome) <= judge.rank(c, &kept));
        }
        // What still blocks is justified envy at a full opening, never a vacant seat.
        for (_, o) in blocking {
            let held = outcome.iter().filter(|&&id| id == o + 1).count();
            prop_assert_eq!(held, plan.openings[o as usize].0 as usize);
        }
    }

    #[test]
    fn what_is_kept_is_each_valid_pair_and_the_best_of_an_over_full_opening(
        plan in strict(), openings in proptest::collection::vec(0..=5u32, 6)
    ) {
        let market = plan.market();
        let earlier = &openings[..plan.candidates.len()];
        let kept = ids(&rematch::kept(&market.strict().unwrap(), &matching(earlier)));
        for (id, (quota, offers)) in (1..).zip(&plan.openings) {
            let accept = |&c: &u32| plan.candidates[c as usize].concat().contains(&(id - 1));
            let had = |&c: &u32| earlier[c as usize] == id;
            let expected: Vec<u32> =
                offers.concat().into_iter().filter(accept).filter(had).take(*quota as usize).collect();
            for (c, &has) in (0..).zip(&kept) {
                prop_assert_eq!(has == id, expected.contains(&c));
            }
        }
    }

    #[test]
    fn those_not_frozen_get_the_best_stable_matching_of_the_seats_that_are_left(
        plan in strict(), which in any::<prop::sample::Index>(), events in proptest::collection::vec(event(), 0..4)
    ) {
        let stable = Judge::of(&plan.market()).stable();
        let earlier = &stable[which.index(stable.len())];
        let mut now = plan.clone();
        events.iter().for_each(|event| happen(&mut now, event));
        let market = now.market();
        let strict = market.strict().unwrap();
        let kept = ids(&rematch::kept(&strict, &matching(earlier)));
        let frozen = rematch::freeze(&strict, &matching(earlier));
        let outcome = ids(&frozen.matching);

        let mut rest = now.clone();
        for (c, &id) in kept.iter().enumerate().filter(|&(_, &id)| id > 0) {
            prop_assert_eq!(outcome[c], id);
            rest.candidates[c].clear();
            rest.openings[id as usize - 1].0 -= 1;
        }
        let of_rest: Vec<u32> = outcome.iter().zip(&kept).map(|(&id, &kept)| if kept > 0 { 0 } else { id }).collect();
        let judge = Judge::of(&rest.market());
        prop_assert!(judge.blocking(&of_rest).is_empty());
        for other in judge.stable() {
            for c in 0..other.len() {
                prop_assert!(judge.rank(c, &of_rest) <= judge.rank(c, &other));
            }
        }
        let mut envy = frozen.blocking_pairs.clone();
        envy.sort_unstable();
        prop_assert_eq!(envy, Judge::of(&market).blocking(&outcome));
        prop_assert_eq!(&frozen.moved, &moved(earlier, &outcome));
    }
}

/// The trap of the design: nobody but the one who left has anything to do with it, and yet the rest is not stable.
#[test]
fn the_old_matching_less_one_person_may_be_unstable() {
    let before = market(&["1 2", "1 2"], &[(1, "1 2"), (1, "1 2")]);
    assert!(audit(&before, &matching(&[1, 2])).is_stable());
    let after = market(&["", "1 2"], &[(1, "1 2"), (1, "1 2")]);
    assert!(!audit(&after, &matching(&[0, 2])).is_stable());
    let chain = rematch::vacancy_chain(&after.strict().unwrap(), &matching(&[1, 2]));
    assert_eq!(ids(&chain.matching), [0, 1]);
}

#[test]
fn where_an_opening_shrinks_a_chain_throws_nobody_out_and_says_who_envies_whom() {
    // Haruka lost the inn's last seat; the brewery likes her better than Kenji, who sits there.
    let after = market(&["2 1", "1"], &[(1, "1 2"), (0, "1")]);
    let chain = rematch::vacancy_chain(&after.strict().unwrap(), &matching(&[2, 1]));
    assert_eq!(ids(&chain.matching), [0, 1]);
    assert_eq!(chain.blocking_pairs, [(0, 0)]);
    assert_eq!(chain.moved, [Move { candidate: 0, from: Some(1), to: None }]);
}

#[test]
fn a_newcomer_has_nothing_yet_and_an_earlier_matching_may_be_shorter_or_longer() {
    let now = market(&["1", "1 2"], &[(1, "1 2"), (1, "2")]);
    for earlier in [&[1u32][..], &[1, 0, 2]] {
        let frozen = rematch::freeze(&now.strict().unwrap(), &matching(earlier));
        assert_eq!(frozen.matching, Matching::new([Some(0), Some(1)]));
    }
}
