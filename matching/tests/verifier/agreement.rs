//! Both implementations agree on random small markets.

use serde_json::json;

use crate::dice::Dice;
use crate::markets::{MARRIAGE, SMALL, SMALL_WITH_TIES, random};
use crate::python::Cases;
use crate::results::Round;

/// Results of every mechanism on so many random markets, all of which must be accepted.
fn agree_on(markets: u32, seed: u64) {
    let mut dice = Dice::new(seed);
    let mut cases = Cases::new();
    for at in 0..markets {
        let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES, MARRIAGE]);
        let round = Round::of(random(&mut dice, kind));
        let lottery = u64::from(dice.below(1000)) << dice.below(54);
        cases.market(&round.document());
        let used = round.used(lottery);
        for (mechanism, matching) in [
            ("candidate-optimal", round.candidate_optimal(lottery)),
            ("opening-optimal", round.opening_optimal(lottery)),
        ] {
            cases.result(&format!("{mechanism} {at}"), &round.result(mechanism, &matching, used));
        }
    }
    cases.expect(true);
}

#[test]
fn both_implementations_agree_on_thousands_of_small_markets() {
    agree_on(3_000, 1);
}

/// In parts, so that a part's lines fit into memory.
/// `cargo test --release -p migiude-matching --test verifier -- --ignored`
#[test]
#[ignore = "long: some minutes"]
fn both_implementations_agree_on_a_hundred_thousand_small_markets() {
    for part in 0..20 {
        agree_on(5_000, 1_000 + part);
    }
}

#[test]
fn what_follows_a_market_line_belongs_to_that_market() {
    let mut dice = Dice::new(5);
    let [one, other] = [(); 2].map(|()| Round::of(random(&mut dice, SMALL)));
    let mut cases = Cases::new();
    cases.market(&one.document());
    cases.result("of another market", &other.result("candidate-optimal", &other.candidate_optimal(0), None));
    cases.result("an empty document", &json!({}));
    cases.expect(false);
}
