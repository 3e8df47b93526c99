//! Generated markets as data, so that a test can change them. Only possible ones; empty lists, quota 0, unbalanced
//! sides, one-sided entries and, when asked for, ties are among them.

use migiude_matching::{Market, candidate_optimal};
use proptest::prelude::*;

use super::ids;

/// A list as groups of equally good partners, best first.
pub type Groups = Vec<Vec<u32>>;

/// A market as data, so that a test can change it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub candidates: Vec<Groups>,
    pub openings: Vec<(u32, Groups)>,
}

impl Plan {
    pub fn market(&self) -> Market {
        let mut market = Market::builder();
        self.candidates.iter().for_each(|groups| market.candidate_with_ties(groups));
        self.openings.iter().for_each(|(quota, groups)| market.opening_with_ties(*quota, groups));
        market.build().expect("only possible markets are generated")
    }

    pub fn candidate_optimal(&self) -> Vec<u32> {
        ids(&candidate_optimal(&self.market().strict().expect("strict lists were asked for")).matching)
    }
}

/// A list over `0..partners`: some of them, in any order; `ties` says whether neighbours may be tied.
pub fn list(partners: u32, ties: bool) -> impl Strategy<Value = Groups> {
    let all: Vec<u32> = (0..partners).collect();
    let some = prop_oneof![
        proptest::sample::subsequence(all.clone(), 0..=partners as usize).prop_shuffle(),
        Just(all).prop_shuffle(),
    ];
    (some, proptest::collection::vec(any::<bool>(), partners as usize)).prop_map(move |(order, tied)| {
        let mut groups: Groups = Vec::new();
        for (entry, tied) in order.into_iter().zip(tied) {
            match groups.last_mut() {
                Some(group) if ties && tied => group.push(entry),
                _ => groups.push(vec![entry]),
            }
        }
        groups
    })
}

/// Up to six candidates and four openings; `ties` says whether lists may have ties.
pub fn plan(ties: bool) -> impl Strategy<Value = Plan> {
    (0..=6u32, 0..=4u32).prop_flat_map(move |(n, m)| {
        let candidates = proptest::collection::vec(list(m, ties), n as usize);
        let openings = proptest::collection::vec((0..=3u32, list(n, ties)), m as usize);
        (candidates, openings).prop_map(|(candidates, openings)| Plan { candidates, openings })
    })
}

/// A small market in which everybody lists everybody and there are as many seats as candidates: those have many stable
/// matchings.
pub fn contested() -> impl Strategy<Value = Plan> {
    let quotas = prop_oneof![proptest::collection::vec(1..=2u32, 1..=3), Just(vec![1; 4]), Just(vec![1; 5])];
    quotas.prop_flat_map(|quotas| {
        let (n, m) = (quotas.iter().sum::<u32>(), quotas.len() as u32);
        let order = |of: u32| {
            let order = Just((0..of).collect::<Vec<_>>()).prop_shuffle();
            order.prop_map(|order| order.into_iter().map(|entry| vec![entry]).collect::<Groups>())
        };
        let candidates = proptest::collection::vec(order(m), n as usize);
        let openings = proptest::collection::vec(order(n), m as usize);
        (candidates, openings).prop_map(move |(candidates, lists)| Plan {
            candidates,
            openings: quotas.iter().copied().zip(lists).collect(),
        })
    })
}

/// A small strict market, possible or contested.
pub fn strict() -> impl Strategy<Value = Plan> {
    prop_oneof![plan(false), contested()]
}
