//! Checks a matching against regional caps and floors, from the definitions alone.
//!
//! # Definition
//! A matching is *feasible* when it is valid and every region holds at most its cap and at least its floor.
//! Seats have one order: seat `k` of an opening comes by (is `k` beyond the target?; `k`, or `k - target` beyond it;
//! the opening's place in the order), earlier is better. A candidate `c` and an opening `o` that accept each other,
//! where `c` prefers `o` to what it has, *block* a matching when
//! 1. **envy**: `o` holds somebody it likes less than `c`; or
//! 2. **free seat**: `o` has a free seat, no region around it is full, and no floor needs `c` where it is; or
//! 3. **order**: `o` has a free seat, no floor needs `c` where it is, and in the smallest full region around `o`
//!    some opening holds a seat that comes after the next seat of `o` and that no floor inside needs: the region
//!    would rather give that one to `o`.
//!
//! A floor needs `c` when a region around what `c` has, but not around `o`, holds no more than its floor.
//!
//! A feasible matching that no pair blocks is *stable*. This is stability with respect to the regions' choice among
//! seats (Hatfield & Milgrom 2005) and is no weaker than that of Kamada & Kojima 2015 and 2018, in whose third case
//! the seat given up is the one `c` itself holds. A pair that would block a market without regions but does not
//! block here is *held back* by a region, by its floor or by its cap; both kinds of pairs are listed.

use super::audit;
use crate::caps::Regions;
use crate::market::Market;
use crate::matching::Matching;
use crate::{Audit, Candidate, Opening};

/// What a region holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionCount {
    /// The region's name.
    pub name: String,
    /// Its cap, when it has one.
    pub cap: Option<u32>,
    /// Its floor, 0 = none.
    pub floor: u32,
    /// The candidates placed at its openings and in the regions nested in it.
    pub placed: u32,
}

impl RegionCount {
    /// Whether cap and floor are kept.
    pub fn is_kept(&self) -> bool {
        self.cap.is_none_or(|cap| self.placed <= cap) && self.placed >= self.floor
    }
}

/// Why a pair blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The opening holds this candidate, whom it likes less.
    Envy(Candidate),
    /// The opening has a free seat, and no region around it is full.
    FreeSeat,
    /// The opening has a free seat, and the full region around it would rather have a candidate there than on the
    /// last seat of this opening.
    Order(Opening),
}

/// A pair that blocks a matching under caps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockingPair {
    /// Who would rather have the opening.
    pub candidate: Candidate,
    /// Which would have the candidate.
    pub opening: Opening,
    /// Why nothing stands in their way.
    pub ground: Ground,
}

/// Which rule of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It may hold no more.
    Cap,
    /// It must hold no fewer.
    Floor,
}

/// A pair who would rather have each other, and the region that stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBack {
    /// Who would rather have the opening.
    pub candidate: Candidate,
    /// Which has a free seat.
    pub opening: Opening,
    /// The region whose floor needs the candidate where it is, else the smallest full region around the opening,
    /// by its place in [`Regions::all`].
    pub region: usize,
    /// By which rule.
    pub rule: Rule,
}

/// What the audit of a matching under regional rules finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapsAudit {
    /// The plain audit; its blocking pairs are those of a market without regions.
    pub plain: Audit,
    /// What every region holds, in the order of [`Regions::all`].
    pub regions: Vec<RegionCount>,
    /// The pairs that block under the caps, by candidate and then by the candidate's preference.
    pub blocking_pairs: Vec<BlockingPair>,
    /// The pairs that a region holds back, in the same order.
    pub held_back: Vec<HeldBack>,
}

impl CapsAudit {
    /// Whether the matching is valid and keeps every cap and floor.
    pub fn is_feasible(&self) -> bool {
        self.plain.is_valid() && self.regions.iter().all(RegionCount::is_kept)
    }

    /// Whether no candidate envies another at an opening that prefers it.
    pub fn is_fair(&self) -> bool {
        !self.blocking_pairs.iter().any(|pair| matches!(pair.ground, Ground::Envy(_)))
    }

    /// Whether the matching is feasible and no pair blocks it.
    pub fn is_stable(&self) -> bool {
        self.is_feasible() && self.blocking_pairs.is_empty()
    }
}

/// A seat's place in the order of all seats, and whose it is.
type Seat = (bool, u32, usize, Opening);

/// What the definition asks about regions, by their place in [`Regions::all`].
struct Facts {
    counts: Vec<RegionCount>,
    /// The smallest full region around everything directly inside each region.
    full: Vec<Option<usize>>,
    /// The smallest region that holds no more than its floor, likewise.
    needy: Vec<Option<usize>>,
    /// The last seat held in each region, without those that a floor in it needs.
    last: Vec<Option<Seat>>,
    /// The place of each opening in the order.
    turns: Vec<usize>,
    held: Vec<u32>,
}

impl Facts {
    fn of(market: &Market, regions: &Regions, matching: &Matching) -> Self {
        let all = regions.all();
        let holders = matching.holders(market.openings().len());
        let mut turns = vec![usize::MAX; holders.len()];
        for (turn, &opening) in regions.order().iter().enumerate() {
            if let Some(place) = turns.get_mut(opening as usize) {
                *place = turn;
            }
        }
        let counts = all.iter().map(|region| RegionCount {
            name: region.name.clone(),
            cap: region.cap,
            floor: region.floor,
            placed: 0,
        });
        let mut facts = Self {
            counts: counts.collect(),
            full: vec![None; all.len()],
            needy: vec![None; all.len()],
            last: vec![None; all.len()],
            turns,
            held: holders.iter().map(|held| held.len() as u32).collect(),
        };
        for opening in market.each_opening() {
            let held = facts.held[opening as usize];
            if let Some(region) = regions.innermost(opening).filter(|_| held > 0) {
                facts.counts[region].placed += held;
                facts.last[region] = facts.last[region].max(Some(facts.seat(regions, opening, held)));
            }
        }
        let is_needy = |count: &RegionCount| count.floor > 0 && count.placed <= count.floor;
        for &region in regions.outer_first().iter().rev() {
            if let Some(outer) = all[region].within {
                facts.counts[outer].placed += facts.counts[region].placed;
                let last = facts.last[region].filter(|_| !is_needy(&facts.counts[region]));
                facts.last[outer] = facts.last[outer].max(last);
            }
        }
        for &region in regions.outer_first() {
            let count = &facts.counts[region];
            let is_full = count.cap.is_some_and(|cap| count.placed >= cap);
            let is_needy = is_needy(count);
            let outer = all[region].within;
            facts.full[region] =
                if is_full { Some(region) } else { outer.and_then(|outer| facts.full[outer]) };
            facts.needy[region] =
                if is_needy { Some(region) } else { outer.and_then(|outer| facts.needy[outer]) };
        }
        facts
    }

    /// The `number`-th seat of an opening.
    fn seat(&self, regions: &Regions, opening: Opening, number: u32) -> Seat {
        let target = regions.target(opening).unwrap_or(u32::MAX);
        let round = if number > target { number - target } else { number };
        (number > target, round, self.turns[opening as usize], opening)
    }

    /// The region whose floor needs a candidate where it is, when it would go to an opening.
    fn needed_by(&self, regions: &Regions, own: Option<Opening>, opening: Opening) -> Option<usize> {
        let needy = own.and_then(|own| regions.innermost(own)).and_then(|region| self.needy[region]);
        // Whatever is around the smallest needy region contains the opening too, when that one does.
        needy.filter(|&needy| !regions.contains(needy, opening))
    }
}

/// Checks a matching against the market and the rules. With ties envy is counted only when the opening's preference
/// is strict. O(m + regions).
///
/// ```
/// use migiude_matching::audit::caps::{Ground, audit_caps};
/// use migiude_matching::{Market, Matching, Region, Regions};
///
/// // The valley may take one of Haruka and Kenji; it took Kenji at the inn (1), the second in its order. Mei is at
/// // the foundry (2), elsewhere.
/// let mut market = Market::builder();
/// for opening in [0, 1, 2] {
///     market.candidate([opening]);
/// }
/// for candidate in [0, 1, 2] {
///     market.opening(1, [candidate]);
/// }
/// let market = market.build()?;
/// let valley = Region { name: "valley".into(), cap: Some(1), openings: vec![0, 1], ..Region::default() };
/// let regions = Regions::new(&market, vec![valley], vec![0, 1])?;
/// let found = audit_caps(&market, &regions, &Matching::new([None, Some(1), Some(2)]));
/// assert!(found.is_feasible() && !found.is_stable());
/// assert_eq!(found.blocking_pairs[0].ground, Ground::Order(1));
/// let found = audit_caps(&market, &regions, &Matching::new([Some(0), None, Some(2)]));
/// assert!(found.is_stable());
/// assert_eq!(found.held_back[0].candidate, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn audit_caps(market: &Market, regions: &Regions, matching: &Matching) -> CapsAudit {
    let facts = Facts::of(market, regions, matching);
    let mut worst: Vec<Option<(u32, Candidate)>> = vec![None; market.openings().len()];
    for opening in market.each_opening() {
        let held = market.openings().ranked(opening);
        let held = held.filter(|(_, edge)| matching.opening_of(edge.partner) == Some(opening));
        worst[opening as usize] = held.last().map(|(rank, edge)| (rank, edge.partner));
    }

    let (mut blocking_pairs, mut held_back) = (Vec::new(), Vec::new());
    for candidate in market.each_candidate() {
        let list = || market.candidates().ranked(candidate);
        let own = matching.opening_of(candidate);
        let own_rank = list().find(|(_, edge)| Some(edge.partner) == own).map(|(rank, _)| rank);
        for (_, edge) in list().take_while(|&(rank, _)| own_rank.is_none_or(|own| rank < own)) {
            let opening = edge.partner;
            let held = facts.held[opening as usize];
            let mut block = |ground| blocking_pairs.push(BlockingPair { candidate, opening, ground });
            if let Some((_, holder)) = worst[opening as usize].filter(|&(rank, _)| edge.rank < rank) {
                block(Ground::Envy(holder));
            } else if held >= market.quota(opening) {
                continue;
            } else if let Some(region) = facts.needed_by(regions, own, opening) {
                held_back.push(HeldBack { candidate, opening, region, rule: Rule::Floor });
            } else if let Some(region) = regions.innermost(opening).and_then(|region| facts.full[region]) {
                let next = facts.seat(regions, opening, held + 1);
                match facts.last[region].filter(|last| *last > next) {
                    Some((.., later)) => block(Ground::Order(later)),
                    None => held_back.push(HeldBack { candidate, opening, region, rule: Rule::Cap }),
                }
            } else {
                block(Ground::FreeSeat);
            }
        }
    }
    CapsAudit { plain: audit(market, matching), regions: facts.counts, blocking_pairs, held_back }
}
