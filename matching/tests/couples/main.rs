//! Couples: every small market tried by hand from the definition, the cases of the literature, the door.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod plan;
#[path = "../support/mod.rs"]
mod support;

use migiude_matching::audit::couples::{Clause, STABILITY};
use migiude_matching::couples::{Clash, Method};
use migiude_matching::formats::suite;
use migiude_matching::{
    Blocking, Couple, CoupledMarket, CouplesAnswer, CouplesError, Market, Matching, Otherwise, audit_couples,
    break_ties, candidate_optimal, match_couples,
};
use plan::{Plan, plan, tight_plan};
use proptest::prelude::*;
use support::ids;

fn ask(market: &CoupledMarket, otherwise: Otherwise) -> CouplesAnswer {
    match_couples(market, 7, otherwise, &mut || true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_audit_counts_what_the_definition_counts_on_every_matching(plan in plan(true)) {
        let market = plan.market();
        for ids in plan.valid() {
            let found = audit_couples(&market, &support::matching(&ids));
            prop_assert!(found.is_valid());
            prop_assert_eq!(found.blocking.len(), plan.blocks(&ids), "{:?}", found);
        }
    }

    #[test]
    fn a_stable_matching_is_found_exactly_when_there_is_one(plan in plan(true)) {
        let market = plan.market();
        let stable = plan.stable();
        match ask(&market, Otherwise::Proof) {
            CouplesAnswer::Stable { matching, .. } => prop_assert!(stable.contains(&ids(&matching))),
            CouplesAnswer::Impossible(clashes) => {
                prop_assert!(stable.is_empty());
                for clash in clashes {
                    prop_assert!(clash.minimal && !clash.couples.is_empty());
                    prop_assert!(plan.of_these(&clash).stable().is_empty(), "{}", clash);
                }
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn what_is_searched_is_not_beaten_for_one_without_being_worse_for_another(plan in tight_plan()) {
        if let CouplesAnswer::Stable { matching, method: Method::Search } = ask(&plan.market(), Otherwise::Proof) {
            let mine = plan.contentment(&ids(&matching));
            for other in plan.stable() {
                let theirs = plan.contentment(&other);
                prop_assert!(theirs == mine || theirs.iter().zip(&mine).any(|(theirs, mine)| theirs > mine));
            }
        }
    }

    #[test]
    fn the_fewest_extra_seats_are_the_fewest(plan in tight_plan()) {
        let market = plan.market();
        match (ask(&market, Otherwise::ExtraSeats), plan.fewest_extra_seats()) {
            (CouplesAnswer::Stable { .. }, Some((0, _))) => {}
            (CouplesAnswer::Impossible(_), None) => {}
            (CouplesAnswer::ExtraSeats { matching, extra_seats, at_least }, Some((total, twos))) => {
                prop_assert_eq!(extra_seats.iter().map(|(_, seats)| seats).sum::<u32>(), total);
                prop_assert_eq!(extra_seats.iter().filter(|&&(_, seats)| seats == 2).count(), twos);
                prop_assert_eq!(at_least, total as usize);
                prop_assert!(audit_couples(&market.with_extra_seats(&extra_seats), &matching).is_stable());
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn the_fewest_blocks_are_the_fewest(plan in plan(true)) {
        let market = plan.market();
        let fewest = plan.valid().iter().map(|matching| plan.blocks(matching)).min().unwrap();
        let answer = ask(&market, Otherwise::FewestBlocks);
        prop_assert!(answer.is_proven());
        prop_assert_eq!(plan.blocks(&ids(answer.matching().unwrap())), fewest);
        prop_assert_eq!(answer.blocking().len(), fewest);
        prop_assert!(audit_couples(&market, answer.matching().unwrap()).is_valid());
    }

    #[test]
    fn without_couples_the_matching_is_the_best_for_the_candidates(mut plan in plan(true)) {
        plan.couples.clear();
        let market = plan.market();
        let best = candidate_optimal(&break_ties(market.market(), 7)).matching;
        let method = Method::Insertion;
        prop_assert_eq!(ask(&market, Otherwise::Proof), CouplesAnswer::Stable { matching: best, method });
    }
}

/// §5: whoever is seated, somebody blocks.
fn nothing_stable() -> CoupledMarket {
    suite::read("r s h1 h2\nc a b h1 h2\np h1 1 a s\np h2 1 s b\n").unwrap().coupled_market().unwrap()
}

#[test]
fn a_couple_can_leave_nothing_stable_and_the_proof_names_it() {
    let CouplesAnswer::Impossible(clashes) = ask(&nothing_stable(), Otherwise::Proof) else { panic!() };
    let [clash] = &clashes[..] else { panic!("{clashes:?}") };
    assert_eq!(*clash, Clash { couples: vec![0], singles: vec![0], openings: vec![0, 1], minimal: true });
    assert_eq!(clash.candidates(&nothing_stable()), [0, 1, 2]);
    assert_eq!(
        clash.to_string(),
        "however candidates are seated, one of these blocks or holds more than its seats: \
         couple 0; candidate 0; openings 0, 1"
    );
}

#[test]
fn instead_there_is_one_block_or_one_seat_more() {
    let market = nothing_stable();
    let CouplesAnswer::FewestBlocks { matching, blocking, at_least } = ask(&market, Otherwise::FewestBlocks)
    else {
        panic!()
    };
    assert_eq!((blocking.len(), at_least), (1, 1));
    assert_eq!(audit_couples(&market, &matching).blocking, blocking);

    let CouplesAnswer::ExtraSeats { matching, extra_seats, at_least } = ask(&market, Otherwise::ExtraSeats)
    else {
        panic!()
    };
    assert_eq!((extra_seats.len(), at_least), (1, 1));
    assert!(audit_couples(&market.with_extra_seats(&extra_seats), &matching).is_stable());
    assert!(!audit_couples(&market, &matching).is_stable());
}

#[test]
fn a_search_without_patience_says_that_it_was_stopped() {
    let market = nothing_stable();
    let ask = |otherwise| match_couples(&market, 0, otherwise, &mut || false);
    for otherwise in [Otherwise::Proof, Otherwise::ExtraSeats] {
        let answer = ask(otherwise);
        let CouplesAnswer::Stopped { matching, blocking } = &answer else { panic!("{answer:?}") };
        assert!(!answer.is_proven());
        assert_eq!(audit_couples(&market, matching).blocking, *blocking);
    }
    let CouplesAnswer::FewestBlocks { at_least: 0, blocking, .. } = ask(Otherwise::FewestBlocks) else {
        panic!()
    };
    assert!(!blocking.is_empty());
}

/// A couple that wants the one opening together, beside others; the opening's list is theirs in this order.
fn together(quota: u32, list: &[u32], holders: &[u32]) -> Vec<Blocking> {
    let mut lists = Market::builder();
    (0..5).for_each(|candidate| lists.candidate((candidate > 1).then_some(0)));
    lists.opening(quota, list.iter().copied());
    let couple = Couple { members: [0, 1], list: vec![[Some(0), Some(0)]] };
    let market = CoupledMarket::new(&lists, vec![couple]).unwrap();
    let matching = Matching::new((0..5).map(|candidate| holders.contains(&candidate).then_some(0)));
    let found = audit_couples(&market, &matching);
    assert!(found.is_valid());
    found.blocking.into_iter().filter(|block| matches!(block, Blocking::Couple { .. })).collect()
}

#[test]
fn two_who_want_one_opening_need_two_seats_there() {
    let blocks = |clause| vec![Blocking::Couple { couple: 0, choice: [Some(0), Some(0)], clause }];
    // Two free seats are enough, however badly both are liked.
    assert_eq!(together(3, &[2, 3, 4, 0, 1], &[2]), blocks(Clause::TwoFree));
    // One free seat, and one of them is liked better than somebody there: the other one comes along.
    assert_eq!(together(3, &[2, 0, 3, 4, 1], &[2, 3]), blocks(Clause::OneFree));
    assert_eq!(together(3, &[2, 3, 0, 4, 1], &[2, 3]), []);
    // No free seat: one seat each.
    assert_eq!(together(3, &[2, 0, 3, 1, 4], &[2, 3, 4]), blocks(Clause::NoneFree));
    assert_eq!(together(3, &[2, 0, 3, 4, 1], &[2, 3, 4]), []);
    assert_eq!(together(3, &[2, 3, 0, 1, 4], &[2, 3, 4]), []);
    assert_eq!(together(1, &[0, 1, 2, 3, 4], &[2]), []);
    assert_eq!(together(1, &[0, 1, 2, 3, 4], &[]), []);
}

#[test]
fn a_seat_the_couple_would_give_up_is_not_free() {
    // a is at g and b at h, and they would rather change places. Both openings prefer a.
    let market = suite::read("c a b h g g h\np h 1 a b\np g 1 a b\n").unwrap().coupled_market().unwrap();
    let found = audit_couples(&market, &Matching::new([Some(1), Some(0)]));
    assert!(found.is_valid());
    // h would have a for b, but g would not have b for a, although a leaves.
    assert_eq!(found.blocking, []);
    assert_eq!(found.couple_ranks, [0, 1]);
}

#[test]
fn the_audit_refuses_what_stands_in_no_joint_list() {
    let market = suite::read("c a b h g\np h 2 a b\np g 1 b\n").unwrap().coupled_market().unwrap();
    let problems = |openings: [Option<u32>; 2]| {
        let found = audit_couples(&market, &Matching::new(openings));
        found.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(problems([Some(0), Some(1)]), Vec::<String>::new());
    assert_eq!(
        problems([Some(0), None]),
        ["couple 0 has opening 0 and no opening, which its list does not hold"]
    );
    assert_eq!(
        problems([Some(0), Some(0)]),
        [
            "candidate 1 and opening 0 are not acceptable to each other",
            "couple 0 has opening 0 and opening 0, which its list does not hold"
        ]
    );
}

#[test]
fn the_door_refuses_couples_that_cannot_be() {
    let door = |members: [u32; 2], list: Vec<[Option<u32>; 2]>, twice: bool| {
        let mut lists = Market::builder();
        lists.candidate([]);
        lists.candidate([]);
        lists.candidate([0]);
        lists.opening(1, [0, 1, 2]);
        let couple = Couple { members, list };
        let couples = if twice { vec![couple.clone(), couple] } else { vec![couple] };
        CoupledMarket::new(&lists, couples).expect_err("this couple cannot be")
    };
    let (here, nowhere) = (Some(0), None);
    assert_eq!(door([0, 3], vec![], false), CouplesError::UnknownMember { couple: 0, candidate: 3 });
    assert_eq!(door([1, 1], vec![], false), CouplesError::MemberTwice { couple: 0, candidate: 1 });
    assert_eq!(door([0, 1], vec![], true), CouplesError::MemberTwice { couple: 1, candidate: 0 });
    assert_eq!(door([0, 2], vec![], false), CouplesError::MemberWithList { couple: 0, candidate: 2 });
    let unknown = CouplesError::UnknownOpening { couple: 0, opening: 1 };
    assert_eq!(door([0, 1], vec![[here, Some(1)]], false), unknown);
    assert_eq!(door([0, 1], vec![[nowhere, nowhere]], false), CouplesError::EmptyChoice { couple: 0 });
    let repeated = door([0, 1], vec![[here, nowhere], [here, here], [here, nowhere]], false);
    assert_eq!(repeated, CouplesError::ChoiceTwice { couple: 0, choice: [here, nowhere] });
    assert_eq!(repeated.to_string(), "couple 0 lists the same choice twice: opening 0 and no opening");
}

#[test]
fn a_joint_choice_needs_both_openings_to_list_their_member_and_is_reported_when_dropped() {
    let text = "c a b h g h -1 -1 g\nr s g\np h 1 a s\np g 1 s\n";
    let market = suite::read(text).unwrap().coupled_market().unwrap();
    assert_eq!(market.couples()[0].list, [[Some(0), None]]);
    let dropped: Vec<_> = market.dropped().iter().map(|dropped| dropped.choice).collect();
    assert_eq!(dropped, [[Some(0), Some(1)], [None, Some(1)]]);
    // h lists s in vain, as in any market.
    assert_eq!(support::dropped(market.market(), migiude_matching::Side::Opening), [(1, 3)]);
    let CouplesAnswer::Stable { matching, .. } = ask(&market, Otherwise::Proof) else { panic!() };
    assert_eq!(ids(&matching), [1, 0, 2]);
}

#[test]
fn the_definition_can_be_printed_beside_a_result() {
    for clause in ["1 ", "2a", "2b", "3a", "3b", "3c", "3d"] {
        assert_eq!(STABILITY.lines().filter(|line| line.starts_with(clause)).count(), 1, "{clause}");
    }
    assert!(STABILITY.lines().all(|line| line.len() <= 120));
}
/// Two markets in which nothing is stable, and an opening of one seat that a single of each lists last.
fn nothing_stable_twice() -> Plan {
    let strict = |list: &[u32]| list.iter().map(|&id| vec![id]).collect::<Vec<_>>();
    Plan {
        lists: vec![strict(&[1, 2, 5]), vec![], vec![], strict(&[3, 4, 5]), vec![], vec![]],
        couples: vec![([2, 3], vec![[1, 2]]), ([5, 6], vec![[3, 4]])],
        openings: vec![
            (1, strict(&[2, 1])),
            (1, strict(&[1, 3])),
            (1, strict(&[5, 4])),
            (1, strict(&[4, 6])),
            (1, strict(&[1, 4])),
        ],
    }
}

#[test]
fn what_is_lacking_in_two_corners_adds_up() {
    let joined = nothing_stable_twice();
    let mut apart = joined.clone();
    apart.openings[4].0 = 2;
    for (plan, parts) in [(joined, 1), (apart, 2)] {
        let market = plan.market();
        let CouplesAnswer::Impossible(clashes) = ask(&market, Otherwise::Proof) else { panic!() };
        assert_eq!(clashes.len(), parts);

        let fewest = plan.valid().iter().map(|matching| plan.blocks(matching)).min().unwrap();
        let answer = ask(&market, Otherwise::FewestBlocks);
        assert!(answer.is_proven());
        assert_eq!((answer.blocking().len(), fewest), (2, 2));

        let CouplesAnswer::ExtraSeats { extra_seats, at_least: 2, .. } = ask(&market, Otherwise::ExtraSeats)
        else {
            panic!()
        };
        assert_eq!(plan.fewest_extra_seats(), Some((2, 0)));
        assert!(extra_seats.len() == 2 && extra_seats.iter().all(|&(_, seats)| seats == 1));
    }
}
