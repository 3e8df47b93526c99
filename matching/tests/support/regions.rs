//! Small markets with regional rules, and their judge: the rules taken word for word, recomputed from nothing.

use std::collections::BTreeSet;

use migiude_matching::{Market, Opening, Region, Regions};
use proptest::prelude::*;

use super::Judge;

/// A market and its rules as data, so that a test can change them.
#[derive(Debug, Clone)]
pub struct Case {
    pub candidates: Vec<Vec<u32>>,
    pub openings: Vec<(u32, Vec<u32>)>,
    pub regions: Vec<Region>,
    pub order: Vec<Opening>,
}

impl Case {
    pub fn market(&self) -> Market {
        let mut market = Market::builder();
        self.candidates.iter().for_each(|list| market.candidate(list.iter().copied()));
        self.openings.iter().for_each(|(quota, list)| market.opening(*quota, list.iter().copied()));
        market.build().expect("only possible markets are generated")
    }

    /// The rules, when they can be: generated sums may be too large for a cap.
    pub fn rules(&self) -> Option<Regions> {
        Regions::new(&self.market(), self.regions.clone(), self.order.clone()).ok()
    }
}

/// A list over `0..partners`: some of them, in any order.
fn list(partners: u32) -> impl Strategy<Value = Vec<u32>> {
    let all: Vec<u32> = (0..partners).collect();
    prop_oneof![
        proptest::sample::subsequence(all.clone(), 0..=partners as usize).prop_shuffle(),
        Just(all).prop_shuffle(),
    ]
}

/// A laminar family told flat: sets that clash with those before them are left out.
fn laminar(openings: u32, floors: bool) -> impl Strategy<Value = Vec<Region>> {
    let all: Vec<u32> = (0..openings).collect();
    let set = proptest::sample::subsequence(all, 0..=openings as usize).prop_shuffle();
    let cap = proptest::option::weighted(0.8, 0..=4u32);
    let floor = if floors { (0..=2u32).boxed() } else { Just(0).boxed() };
    proptest::collection::vec((set, cap, floor), 0..=4).prop_map(|told| {
        let mut regions: Vec<Region> = Vec::new();
        for (number, (openings, cap, floor)) in told.into_iter().enumerate() {
            let clashes = |other: &Region| {
                let inside = openings.iter().filter(|opening| other.openings.contains(opening)).count();
                inside > 0 && inside < openings.len() && inside < other.openings.len()
            };
            if !regions.iter().any(clashes) {
                regions.push(Region {
                    name: format!("R{number}"),
                    cap,
                    floor,
                    openings,
                    ..Region::default()
                });
            }
        }
        regions
    })
}

/// Markets of up to so many candidates with caps, told or untold targets, maybe floors, and any order.
pub fn case(candidates: u32, floors: bool) -> impl Strategy<Value = Case> {
    (1..=candidates, 1..=4u32).prop_flat_map(move |(n, m)| {
        (
            proptest::collection::vec(list(m), n as usize),
            proptest::collection::vec((0..=3u32, list(n)), m as usize),
            laminar(m, floors),
            Just((0..m).collect::<Vec<_>>()).prop_shuffle(),
            proptest::collection::vec(proptest::option::of(0..=2u32), m as usize),
        )
            .prop_map(|(candidates, openings, mut regions, order, targets)| {
                let in_some = |opening: &u32| regions.iter().any(|region| region.openings.contains(opening));
                let order = order.into_iter().filter(in_some).collect();
                let mut told = BTreeSet::new();
                for region in &mut regions {
                    for &opening in &region.openings {
                        if let Some(target) = targets[opening as usize]
                            && told.insert(opening)
                        {
                            region.targets.push((opening, target.min(openings[opening as usize].0)));
                        }
                    }
                }
                Case { candidates, openings, regions, order }
            })
    })
}

/// The rules as sets, and the choice they make among proposals, computed from the words alone.
pub struct RulesJudge {
    pub judge: Judge,
    /// Openings, cap, floor of each region.
    pub sets: Vec<(Vec<u32>, Option<u32>, u32)>,
    targets: Vec<u32>,
    turns: Vec<usize>,
    lists: Vec<Vec<u32>>,
    quotas: Vec<u32>,
}

impl RulesJudge {
    pub fn of(case: &Case, rules: &Regions) -> Self {
        let market = case.market();
        let openings = 0..case.openings.len() as u32;
        let turn = |opening| {
            rules.order().iter().position(|&other| other == opening).unwrap_or(100 + opening as usize)
        };
        let list = |opening| market.openings().list(opening).iter().map(|edge| edge.partner).collect();
        Self {
            judge: Judge::of(&market),
            sets: case.regions.iter().map(|r| (r.openings.clone(), r.cap, r.floor)).collect(),
            targets: openings.clone().map(|o| rules.target(o).unwrap_or(market.quota(o))).collect(),
            turns: openings.clone().map(turn).collect(),
            lists: openings.clone().map(list).collect(),
            quotas: openings.map(|o| market.quota(o)).collect(),
        }
    }

    fn placed(set: &[u32], seats: &[u32]) -> u32 {
        set.iter().map(|&opening| seats[opening as usize]).sum()
    }

    /// The seats that each opening holds in a matching of ids from 1.
    pub fn seats(&self, matching: &[u32]) -> Vec<u32> {
        (1..=self.quotas.len() as u32)
            .map(|id| matching.iter().filter(|&&o| o == id).count() as u32)
            .collect()
    }

    pub fn keeps_caps(&self, seats: &[u32]) -> bool {
        self.sets.iter().all(|(set, cap, _)| cap.is_none_or(|cap| Self::placed(set, seats) <= cap))
    }

    pub fn keeps_floors(&self, seats: &[u32]) -> bool {
        self.sets.iter().all(|(set, _, floor)| Self::placed(set, seats) >= *floor)
    }

    /// Walks down all seats in their order and gives each that somebody wants and the caps still allow.
    fn given(&self, wanted: &[u32]) -> Vec<u32> {
        let mut order = Vec::new();
        for (opening, &quota) in self.quotas.iter().enumerate() {
            for number in 1..=quota {
                let target = self.targets[opening];
                let round = if number > target { number - target } else { number };
                order.push((number > target, round, self.turns[opening], opening, number));
            }
        }
        order.sort_unstable();
        let mut seats = vec![0; self.quotas.len()];
        for (.., opening, number) in order {
            if number <= wanted[opening] {
                seats[opening] += 1;
                if !self.keeps_caps(&seats) {
                    seats[opening] -= 1;
                }
            }
        }
        seats
    }

    /// The pairs that the regions would choose beside what they hold, by candidate and opening.
    pub fn blocking(&self, matching: &[u32]) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for candidate in 0..matching.len() as u32 {
            for opening in 0..self.quotas.len() {
                let Some(place) = self.lists[opening].iter().position(|&c| c == candidate) else { continue };
                let mut alone = matching.to_vec();
                alone[candidate as usize] = opening as u32 + 1;
                let better = self.judge.rank(candidate as usize, &alone)
                    < self.judge.rank(candidate as usize, matching);
                if !better {
                    continue;
                }
                let mut wanted = self.seats(matching);
                wanted[opening] += 1;
                let seats = self.given(&wanted)[opening];
                let holds = |c: &u32| matching[*c as usize] == opening as u32 + 1;
                let before = self.lists[opening][..place].iter().filter(|c| holds(c)).count() as u32;
                if before < seats {
                    pairs.push((candidate, opening as u32));
                }
            }
        }
        pairs
    }

    /// Every valid matching that keeps the caps.
    pub fn within_caps(&self) -> Vec<Vec<u32>> {
        self.judge.valid().into_iter().filter(|matching| self.keeps_caps(&self.seats(matching))).collect()
    }

    /// Whether nobody is passed over at an opening for somebody it likes less.
    pub fn is_fair(&self, matching: &[u32]) -> bool {
        let passed_over = |candidate: usize, opening: usize| {
            let mut alone = matching.to_vec();
            alone[candidate] = opening as u32 + 1;
            let place = self.lists[opening].iter().position(|&c| c as usize == candidate);
            place.is_some_and(|place| {
                self.judge.rank(candidate, &alone) < self.judge.rank(candidate, matching)
                    && self.lists[opening][place + 1..]
                        .iter()
                        .any(|&c| matching[c as usize] == opening as u32 + 1)
            })
        };
        !(0..matching.len()).any(|c| (0..self.quotas.len()).any(|o| passed_over(c, o)))
    }
}
