//! The one door of a market: what comes out is what was told, less what was dropped.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::{Market, Preferences, candidate_optimal, opening_optimal};
use proptest::prelude::*;
use support::plan::{Groups, plan};

/// The groups of equally good partners as the market's ranks tell them.
fn groups_of(side: &Preferences, agent: u32) -> Groups {
    let mut groups: Groups = Vec::new();
    for (rank, edge) in side.ranked(agent) {
        groups.resize(rank as usize, Vec::new());
        groups[rank as usize - 1].push(edge.partner);
    }
    groups
}

/// What was told, without whom does not list `own` in return.
fn answered(told: &Groups, own: u32, others: &[&Groups]) -> Groups {
    let answers = |&entry: &u32| others[entry as usize].concat().contains(&own);
    let kept = told.iter().map(|group| group.iter().copied().filter(answers).collect::<Vec<u32>>());
    kept.filter(|group| !group.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_market_holds_what_was_told_and_answered_in_its_order(plan in plan(true)) {
        let market = plan.market();
        let wishes: Vec<&Groups> = plan.candidates.iter().collect();
        let offers: Vec<&Groups> = plan.openings.iter().map(|(_, list)| list).collect();
        for (c, told) in (0..).zip(&wishes) {
            prop_assert_eq!(groups_of(market.candidates(), c), answered(told, c, &offers));
        }
        for (o, told) in (0..).zip(&offers) {
            prop_assert_eq!(groups_of(market.openings(), o), answered(told, o, &wishes));
            prop_assert_eq!(market.quota(o), plan.openings[o as usize].0);
        }
        let has_ties = |side: &Preferences| {
            (0..side.len() as u32).any(|agent| groups_of(side, agent).iter().any(|group| group.len() > 1))
        };
        prop_assert_eq!(market.has_ties(), has_ties(market.candidates()) || has_ties(market.openings()));
    }

    #[test]
    fn every_edge_knows_the_rank_that_its_partner_gives(plan in plan(true)) {
        let market = plan.market();
        for (own, other) in [(market.candidates(), market.openings()), (market.openings(), market.candidates())] {
            for agent in 0..own.len() as u32 {
                for edge in own.list(agent) {
                    let given = other.ranked(edge.partner).find(|(_, back)| back.partner == agent);
                    prop_assert_eq!(given.map(|(rank, _)| rank), Some(edge.rank));
                }
            }
        }
    }
}

#[test]
fn an_opening_may_have_as_many_seats_as_can_be_counted() {
    let mut market = Market::builder();
    market.candidate([0, 1]);
    market.candidate([1, 0]);
    market.opening(u32::MAX, [1, 0]);
    market.opening(u32::MAX, [0, 1]);
    let market = market.build().unwrap();
    for mechanism in [candidate_optimal, opening_optimal] {
        let found = migiude_matching::audit(&market, &mechanism(&market.strict().unwrap()).matching);
        assert!(found.is_stable());
        assert_eq!((found.placed, found.empty_seats), (2, 2 * u64::from(u32::MAX) - 2));
    }
}
