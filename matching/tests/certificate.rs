//! Certificates are accepted exactly when the matching is stable, and no number in them can be changed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::certificate::{Certificate, Flaw, check};
use migiude_matching::{break_ties, candidate_optimal};
use proptest::prelude::*;
use support::plan::plan;
use support::{Judge, market, matching};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_certificate_is_accepted_exactly_when_the_matching_is_stable(plan in plan(true)) {
        let market = plan.market();
        let judge = Judge::of(&market);
        for each in judge.valid() {
            let certificate = Certificate::of(&market, &matching(&each)).unwrap();
            prop_assert_eq!(check(&market, &certificate).is_ok(), judge.blocking(&each).is_empty());
        }
    }

    #[test]
    fn no_certificate_is_given_or_none_is_accepted_for_what_is_no_matching_of_the_market(
        plan in plan(true), openings in proptest::collection::vec(0..=5u32, 6)
    ) {
        let market = plan.market();
        let any = &openings[..plan.candidates.len()];
        let stable = Judge::of(&market).stable().iter().any(|each| each == any);
        let accepted = Certificate::of(&market, &matching(any)).is_ok_and(|proof| check(&market, &proof).is_ok());
        prop_assert_eq!(accepted, stable);
    }

    #[test]
    fn a_certificate_with_any_one_number_changed_is_refused(plan in plan(true), seed: u64, by in 1..4u32) {
        let market = plan.market();
        let outcome = candidate_optimal(&break_ties(&market, seed)).matching;
        let good = Certificate::of(&market, &outcome).unwrap();
        prop_assert_eq!(check(&market, &good), Ok(()));
        for candidate in 0..good.candidates.len() {
            let mut changed = good.clone();
            let rank = &mut changed.candidates[candidate];
            *rank = match *rank { Some(rank) if by == 1 => Some(rank + 1), Some(_) => None, None => Some(by) };
            prop_assert!(check(&market, &changed).is_err());
        }
        for opening in 0..good.openings.len() {
            let mut changes = vec![good.clone(); 4];
            changes[0].openings[opening].quota += by;
            changes[1].openings[opening].cutoff = match good.openings[opening].cutoff {
                Some(cutoff) if by == 1 => Some(cutoff + 1),
                Some(_) => None,
                None => Some(by),
            };
            changes[2].openings[opening].holders.push(by);
            if changes[3].openings[opening].holders.pop().is_none() {
                changes[3].openings[opening].holders.push(0);
            }
            for changed in changes {
                prop_assert!(check(&market, &changed).is_err(), "{changed:?}");
            }
        }
    }
}

#[test]
fn a_flaw_says_in_words_who_is_touched() {
    let market = market(&["1", "1"], &[(1, "1 2")]);
    let proof = Certificate::of(&market, &matching(&[0, 1])).unwrap();
    let flaw = check(&market, &proof).unwrap_err();
    assert_eq!(
        flaw.to_string(),
        "opening 0 is within the reach of candidate 0, who likes it better than what it has"
    );
    assert_eq!(
        Certificate::of(&market, &matching(&[2, 0])),
        Err(Flaw::Unacceptable { candidate: 0, opening: 1 })
    );
    assert_eq!(Certificate::of(&market, &matching(&[1])), Err(Flaw::Size { candidates: 1, openings: 1 }));
}

#[test]
fn a_forged_certificate_cannot_hide_that_an_opening_holds_too_many() {
    let market = market(&["1", "1"], &[(1, "1 2")]);
    let over_full = Certificate::of(&market, &matching(&[1, 1])).unwrap();
    assert_eq!(check(&market, &over_full), Err(Flaw::Seats { opening: 0 }));
    for cutoff in [None, Some(0), Some(1)] {
        let mut forged = over_full.clone();
        forged.openings[0].cutoff = cutoff;
        assert_eq!(check(&market, &forged), Err(Flaw::Seats { opening: 0 }));
    }
}
