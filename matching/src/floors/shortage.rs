//! Floors that nobody can fill: the regions that ask for more people than can come.
//!
//! A matching that keeps all caps and floors is a circulation: people flow along their lists to openings, from there
//! through the regions outwards, each region letting between its floor and its cap through. By Hoffman's circulation
//! theorem there is none exactly when some set of regions, openings and people must let more out than can come in; a
//! minimum cut finds the smallest such set, and it is the reason.

use crate::caps::Regions;
use crate::flow::{Arc, minimum_cut};
use crate::market::Market;
use crate::{Candidate, Opening};

/// Floors that ask for more people than can come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The regions and their floors.
    pub floors: Vec<(String, u32)>,
    /// Whoever lists one of `openings` and is listed by it.
    pub candidates: Vec<Candidate>,
    /// The openings of these regions that could take everybody who lists them.
    pub openings: Vec<Opening>,
    /// Regions in these regions that can fill no more than their caps.
    pub caps: Vec<(String, u32)>,
    /// Openings of these regions that can fill no more than their quotas.
    pub quotas: Vec<(Opening, u32)>,
}

impl Shortage {
    /// How many people the floors ask for.
    pub fn needed(&self) -> u64 {
        self.floors.iter().map(|&(_, floor)| u64::from(floor)).sum()
    }

    /// How many can come at most; fewer than needed.
    pub fn available(&self) -> u64 {
        let caps: u64 = self.caps.iter().map(|&(_, cap)| u64::from(cap)).sum();
        let quotas: u64 = self.quotas.iter().map(|&(_, quota)| u64::from(quota)).sum();
        self.candidates.len() as u64 + caps + quotas
    }

    /// The rules that clash, in words, each opening called by what `name` gives.
    pub(super) fn rules(&self, name: &dyn Fn(Opening) -> String) -> Vec<String> {
        let floors = self.floors.iter().map(|(region, floor)| format!("region `{region}` needs {floor}"));
        let caps = self.caps.iter().map(|(region, cap)| format!("region `{region}` takes at most {cap}"));
        let quotas =
            self.quotas.iter().map(|&(opening, quota)| format!("{} has {quota} seats", name(opening)));
        let sum = format!(
            "{} are needed and at most {} can come, {} of them to openings with seats for all who list them",
            self.needed(),
            self.available(),
            self.candidates.len()
        );
        floors.chain(caps).chain(quotas).chain([sum]).collect()
    }
}

/// What can flow where no rule limits it: more than an opening has seats.
const WITHOUT_LIMIT: i64 = 1 << 40;

/// The vertices of the network, in blocks.
struct Vertices {
    demand: u32,
    supply: u32,
    people: u32,
    world: u32,
    candidates: u32,
    openings: u32,
    regions: u32,
    count: usize,
}

impl Vertices {
    fn of(market: &Market, regions: &Regions) -> Self {
        let candidates = 4;
        let openings = candidates + market.candidates().len() as u32;
        let first = openings + market.openings().len() as u32;
        let count = first as usize + regions.all().len();
        Self { demand: 0, supply: 1, people: 2, world: 3, candidates, openings, regions: first, count }
    }
}

/// The floors that cannot be filled, or none. One minimum cut in a network of some m arcs.
pub(super) fn find(market: &Market, regions: &Regions) -> Option<Shortage> {
    let all = regions.all();
    let at = Vertices::of(market, regions);
    // Every arc is turned round, so that the cut nearest to its source is the smallest set that asks too much.
    let mut arcs = Vec::new();
    let mut flow = |from, to, capacity| arcs.push(Arc { from: to, to: from, capacity });
    flow(at.world, at.people, WITHOUT_LIMIT);
    for candidate in market.each_candidate() {
        flow(at.people, at.candidates + candidate, 1);
    }
    for opening in market.each_opening() {
        let Some(region) = regions.innermost(opening) else { continue };
        flow(at.openings + opening, at.regions + region as u32, market.quota(opening).into());
        for edge in market.openings().list(opening) {
            flow(at.candidates + edge.partner, at.openings + opening, 1);
        }
    }
    for (region, rules) in (at.regions..).zip(all) {
        let around = rules.within.map_or(at.world, |outer| at.regions + outer as u32);
        let floor = i64::from(rules.floor);
        flow(region, around, rules.cap.map_or(WITHOUT_LIMIT, i64::from) - floor);
        flow(at.supply, around, floor);
        flow(region, at.demand, floor);
    }
    let asked: i64 = all.iter().map(|region| i64::from(region.floor)).sum();
    let cut = minimum_cut(at.count, at.demand, at.supply, arcs);
    if cut.value >= asked {
        return None;
    }

    let region_asks = |region: usize| cut.source_side[at.regions as usize + region];
    let opening_asks = |opening: Opening| cut.source_side[(at.openings + opening) as usize];
    let is_inside = |region: usize| all[region].within.is_some_and(region_asks);
    let asking = (0..all.len()).filter(|&region| region_asks(region) && !is_inside(region));
    let capped = (0..all.len()).filter(|&region| !region_asks(region) && is_inside(region));
    let full = market
        .each_opening()
        .filter(|&opening| !opening_asks(opening) && regions.innermost(opening).is_some_and(region_asks));
    let could_come = |&candidate: &Candidate| {
        market.candidates().list(candidate).iter().any(|edge| opening_asks(edge.partner))
    };
    Some(Shortage {
        floors: asking
            .map(|region| (all[region].name.clone(), all[region].floor))
            .filter(|&(_, floor)| floor > 0)
            .collect(),
        candidates: market.each_candidate().filter(could_come).collect(),
        openings: market.each_opening().filter(|&opening| opening_asks(opening)).collect(),
        caps: capped.filter_map(|region| Some((all[region].name.clone(), all[region].cap?))).collect(),
        quotas: full.map(|opening| (opening, market.quota(opening))).collect(),
    })
}
