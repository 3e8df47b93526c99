//! Shapes that a careless engine does in quadratic time, or by recursion, with a million agents.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

use migiude_matching::{Market, Outcome, audit, candidate_optimal, opening_optimal};

const MILLION: u32 = 1_000_000;

/// Both outcomes of a market without ties, after the audit.
fn both(market: &Market) -> [Outcome; 2] {
    [candidate_optimal, opening_optimal].map(|mechanism| {
        let outcome = mechanism(&market.strict().unwrap());
        assert!(audit(market, &outcome.matching).is_stable());
        outcome
    })
}

/// Everybody wants the one opening.
fn crowd(quota: u32, order: impl IntoIterator<Item = u32>) -> Market {
    let mut market = Market::builder();
    (0..MILLION).for_each(|_| market.candidate([0]));
    market.opening(quota, order);
    market.build().unwrap()
}

#[test]
fn of_a_million_applicants_for_one_seat_the_last_to_come_is_the_best() {
    // Everybody who comes turns the one before out.
    let market = crowd(1, (0..MILLION).rev());
    for (outcome, proposals) in both(&market).into_iter().zip([u64::from(MILLION), 1]) {
        assert_eq!(outcome.matching.pairs().collect::<Vec<_>>(), [(MILLION - 1, 0)]);
        assert_eq!(outcome.proposals, proposals);
    }
}

#[test]
fn of_a_million_applicants_for_half_a_million_seats_the_better_half_is_placed() {
    // The worse half comes first and is turned out one by one.
    let market = crowd(MILLION / 2, (0..MILLION).rev());
    for outcome in both(&market) {
        assert!(outcome.matching.pairs().eq((MILLION / 2..MILLION).map(|candidate| (candidate, 0))));
    }
}

#[test]
fn a_million_applicants_for_a_million_seats_are_all_placed() {
    let [one, other] = both(&crowd(MILLION, 0..MILLION));
    assert_eq!(one, other);
    assert_eq!((one.matching.size() as u32, one.proposals), (MILLION, u64::from(MILLION)));
}

#[test]
fn one_newcomer_moves_everybody_on_by_one() {
    // Candidate i has opening i until the newcomer, who has come last, takes opening 0.
    let mut market = Market::builder();
    (0..MILLION).for_each(|i| market.candidate([i, i + 1]));
    market.candidate([0]);
    market.opening(1, [MILLION, 0]);
    (1..MILLION).for_each(|i| market.opening(1, [i - 1, i]));
    market.opening(1, [MILLION - 1]);
    let [one, other] = both(&market.build().unwrap());
    assert_eq!(one.matching, other.matching);
    assert!(one.matching.pairs().eq((0..MILLION).map(|i| (i, i + 1)).chain([(MILLION, 0)])));
    assert_eq!(one.proposals, 2 * u64::from(MILLION) + 1);
}

#[test]
fn one_offer_from_a_new_opening_moves_a_seat_along_the_whole_line() {
    // Openings propose: the last one takes candidate 0 from opening 0, which takes candidate 1 from opening 1, …
    let mut market = Market::builder();
    market.candidate([MILLION, 0]);
    (1..MILLION).for_each(|i| market.candidate([i - 1, i]));
    (0..MILLION - 1).for_each(|i| market.opening(1, [i, i + 1]));
    market.opening(1, [MILLION - 1]);
    market.opening(1, [0]);
    let [_, outcome] = both(&market.build().unwrap());
    assert!(outcome.matching.pairs().eq((0..MILLION).map(|i| (i, i.checked_sub(1).unwrap_or(MILLION)))));
    assert_eq!(outcome.proposals, 2 * u64::from(MILLION));
}

#[test]
fn a_candidate_whom_a_million_openings_want_takes_the_one_it_likes_best() {
    let mut market = Market::builder();
    market.candidate((0..MILLION).rev());
    (0..MILLION).for_each(|_| market.opening(3, [0]));
    for (outcome, proposals) in both(&market.build().unwrap()).into_iter().zip([1, u64::from(MILLION)]) {
        assert_eq!(outcome.matching.opening_of(0), Some(MILLION - 1));
        assert_eq!(outcome.proposals, proposals);
    }
}
