//! Floors with a price: every region gets at least so many candidates, and nobody is passed over for it.
//!
//! No matching can in general be fair and waste no seat when a region must be filled (two candidates, both rather at
//! the brewery with its two seats, while the inn must get one). This mechanism is fair first and tells the price:
//! seats may stay empty that somebody wanted, and [`Price`] says who pays how many ranks for the floors.
//!
//! # The rule
//! *Extended-seat deferred acceptance* (Fragiadakis, Iwasaki, Troyan, Ueda & Yokoo 2015, *Strategyproof matching with
//! minimum quotas*; nested regions: Goto, Iwasaki, Kawasaki, Kurata, Yasuda & Yokoo 2016, *Strategyproof matching with
//! regional minimum and maximum quotas*, whose mechanisms choose seats by a matroid as we do). Seats that a floor
//! asks for are reserved; all others are *extended*, and at no time may the seats taken and those still reserved be
//! more than there are people. Within that and the caps the seats are given in the order of [`crate::caps`].
//!
//! With lists that do not hold every opening, people who stay unmatched fill no reserved seat, and the floors may
//! remain unfilled. Then the extended seats are cut to the largest number with which all floors are filled. When not
//! even the reserved seats alone do it, either [too few people](Shortage) can fill the floors at all, or the fair
//! matchings must be looked for among all ways to spread a region's seats over its openings, by exact search.
//!
//! Guaranteed: every cap and floor is kept and no candidate envies another at an opening that prefers it (no
//! justified envy); when the flexible matching without floors fills them, it is the answer. When every candidate and
//! opening list each other, floors that the number of candidates can fill are filled, and no candidate can gain by an
//! untrue list. Not guaranteed: with shorter lists a candidate *can* gain by leaving openings out, since that
//! forces the floors upon others; and seats may be wasted, which [`Price::waste`] lists.
//!
//! Cost: that of [`crate::caps`] with O(log openings) more for every floor around an opening, times the logarithm of
//! the candidates when extended seats must be cut. Deciding whether any fair matching exists is a search without a
//! bound, and after it further seats are offered opening by opening, some runs each, so both take patience.

mod distribution;
mod price;
mod shortage;

use thiserror::Error;

pub use price::{Change, Price, Waste};
pub use shortage::Shortage;

use crate::caps::{Ledger, Regions, flexible_deferred_acceptance, propose};
use crate::deferred_acceptance::Outcome;
use crate::market::StrictMarket;
use crate::{Candidate, Opening};

/// A fair matching that keeps all floors, and what they cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithFloors {
    /// Who got which opening, and the proposals of the run that decided it.
    pub outcome: Outcome,
    /// How the floors were filled.
    pub seats: Seats,
    /// The price compared with the same caps and no floors.
    pub price: Price,
}

/// How the floors were filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seats {
    /// With so many extended seats, as many as there are candidates beyond the floors: nothing was cut.
    Extended(u64),
    /// With so many extended seats, the largest number with which the floors are filled.
    Cut(u64),
    /// By a search over the ways to spread the regions' seats: reserving seats in the order was not enough. Seats
    /// beyond those found are offered opening by opening while patience lasts; what it left closed is among the
    /// [waste](Price::waste).
    Searched,
}

/// Why no matching is answered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}: {}", self.kind(), self.rules(&|opening| format!("opening {opening}")).join(", "))]
pub enum Unmet {
    /// No matching at all keeps the floors.
    Shortage(Shortage),
    /// Some matchings keep the floors, but in each of them somebody envies another at an opening that prefers it.
    Unfair(Short),
    /// Some matchings keep the floors; whether a fair one does was not decided: the search was stopped, or the market
    /// is too large for it.
    Undecided(Short),
}

/// Regions that stay short of people although every seat that no floor asks for is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The name, the floor and how many it gets of each.
    pub regions: Vec<(String, u32, u32)>,
    /// Who could fill them and is at a reserved seat elsewhere, which it prefers.
    pub candidates: Vec<Candidate>,
    /// The openings of these regions.
    pub openings: Vec<Opening>,
}

impl Unmet {
    /// What kind of reason it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Shortage(_) => "no matching keeps the floors",
            Self::Unfair(_) => "no matching keeps the floors without envy",
            Self::Undecided(_) => {
                "no matching was found that keeps the floors without envy, nor that there is none"
            }
        }
    }

    /// The rules that clash, in words, each opening called by what `name` gives.
    pub fn rules(&self, name: &dyn Fn(Opening) -> String) -> Vec<String> {
        match self {
            Self::Shortage(shortage) => shortage.rules(name),
            Self::Unfair(short) | Self::Undecided(short) => {
                let rule = |(region, floor, placed): &(String, u32, u32)| {
                    format!(
                        "region `{region}` needs {floor} and gets {placed} with no seat offered beyond the floors"
                    )
                };
                short.regions.iter().map(rule).collect()
            }
        }
    }

    /// The people it is about: those who could come to the regions in question.
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Self::Shortage(shortage) => &shortage.candidates,
            Self::Unfair(short) | Self::Undecided(short) => &short.candidates,
        }
    }

    /// The openings it is about.
    pub fn openings(&self) -> &[Opening] {
        match self {
            Self::Shortage(shortage) => &shortage.openings,
            Self::Unfair(short) | Self::Undecided(short) => &short.openings,
        }
    }
}

/// A fair matching that keeps all caps and floors, with its price; or why there is none.
///
/// `regions` are those made for this market; `patience` is asked every so often by the exact search, and while further
/// seats are offered after it.
///
/// # Errors
/// [`Unmet`], which names the floors that clash and the people they are about.
///
/// ```
/// use migiude_matching::{Market, Region, Regions, extended_seat_deferred_acceptance};
///
/// // Haruka and Kenji would both rather be at the brewery (0), which has two seats; the inn (1) must get somebody.
/// // Mei goes to the foundry (2).
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0, 1]);
/// market.candidate([2]);
/// market.opening(2, [0, 1]);
/// market.opening(1, [0, 1]);
/// market.opening(1, [2]);
/// let market = market.build()?;
/// let inn = Region { name: "inn".into(), floor: 1, openings: vec![1], ..Region::default() };
/// let regions = Regions::new(&market, vec![inn], vec![])?;
/// let strict = market.strict().expect("no ties");
/// let found = extended_seat_deferred_acceptance(&strict, &regions, &mut || true)?;
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| found.outcome.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(0), Some(1), Some(2)));
/// // Kenji pays one rank, and wanted the seat of the brewery that stays empty.
/// assert_eq!(found.price.ranks_paid(), 1);
/// assert_eq!(found.price.waste[0].candidate, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn extended_seat_deferred_acceptance(
    market: &StrictMarket<'_>,
    regions: &Regions,
    patience: &mut dyn FnMut() -> bool,
) -> Result<WithFloors, Unmet> {
    let (outcome, seats) = fill(market, regions, patience)?;
    let without = flexible_deferred_acceptance(market, regions);
    let price = Price::of(market, regions, &without.matching, &outcome.matching);
    Ok(WithFloors { outcome, seats, price })
}

fn fill(
    market: &StrictMarket<'_>,
    regions: &Regions,
    patience: &mut dyn FnMut() -> bool,
) -> Result<(Outcome, Seats), Unmet> {
    let reserved = Ledger::with_floors(market, regions, 0).owed();
    let people = (market.candidates().len() as u64).max(reserved);
    let (outcome, owed) = with_people(market, regions, people);
    if owed == 0 {
        return Ok((outcome, Seats::Extended(people - reserved)));
    }
    let (mut best, owed) = with_people(market, regions, reserved);
    if owed > 0 {
        return search(market, regions, &best, patience);
    }
    // With more people the floors are filled up to some number and not beyond.
    let (mut enough, mut too_many) = (reserved, people);
    while too_many - enough > 1 {
        let middle = enough + (too_many - enough) / 2;
        match with_people(market, regions, middle) {
            (outcome, 0) => (best, enough) = (outcome, middle),
            _ => too_many = middle,
        }
    }
    Ok((best, Seats::Cut(enough - reserved)))
}

/// Deferred acceptance as if there were so many people; and how many candidates the floors still ask for after it.
fn with_people(market: &StrictMarket<'_>, regions: &Regions, people: u64) -> (Outcome, u64) {
    let mut ledger = Ledger::with_floors(market, regions, people);
    let outcome = propose(market, &mut ledger);
    (outcome, ledger.owed())
}

/// What to answer when reserved seats alone, given in the order, do not fill the floors.
fn search(
    market: &StrictMarket<'_>,
    regions: &Regions,
    reserved: &Outcome,
    patience: &mut dyn FnMut() -> bool,
) -> Result<(Outcome, Seats), Unmet> {
    if let Some(shortage) = shortage::find(market, regions) {
        return Err(Unmet::Shortage(shortage));
    }
    let short = || short_regions(market, regions, reserved);
    if one_opening_each(regions) {
        // The fair matchings that hold more than the floors would leave a fair one when seats are taken away
        // (Yokoi 2020), and it would be the one just found.
        return Err(Unmet::Unfair(short()));
    }
    match distribution::find(market, regions, patience) {
        distribution::Found::Seats(seats) => Ok((widen(market, regions, seats, patience), Seats::Searched)),
        distribution::Found::Nothing => Err(Unmet::Unfair(short())),
        distribution::Found::Stopped => Err(Unmet::Undecided(short())),
    }
}

/// Whether every region with a floor holds a single opening, so that there is nothing to spread.
fn one_opening_each(regions: &Regions) -> bool {
    let mut openings: Vec<usize> = regions.all().iter().map(|region| region.openings.len()).collect();
    for &region in regions.outer_first().iter().rev() {
        if let Some(outer) = regions.all()[region].within {
            openings[outer] += openings[region];
        }
    }
    regions.all().iter().zip(openings).all(|(region, openings)| region.floor == 0 || openings == 1)
}

/// Offers further seats, opening by opening, as many at each as the floors allow: all its seats, else the largest
/// number found by halving. Each try is a run of deferred acceptance; when patience ends, what is left to offer stays
/// closed.
fn widen(
    market: &StrictMarket<'_>,
    regions: &Regions,
    mut seats: Vec<u32>,
    patience: &mut dyn FnMut() -> bool,
) -> Outcome {
    let run = |seats: &[u32]| {
        let mut ledger = Ledger::with_floors(market, regions, u64::MAX);
        (0..).zip(seats).for_each(|(opening, &limit)| ledger.limit(opening, limit));
        let outcome = propose(market, &mut ledger);
        (outcome, ledger.owed())
    };
    let (mut best, _) = run(&seats);
    for opening in 0..seats.len() {
        let mut enough = seats[opening];
        let mut too_many = u64::from(market.quota(opening as Opening)) + 1;
        let mut next = market.quota(opening as Opening);
        while next > enough {
            if !patience() {
                return best;
            }
            seats[opening] = next;
            match run(&seats) {
                (outcome, 0) => (best, enough) = (outcome, next),
                _ => too_many = next.into(),
            }
            next = enough + ((too_many - u64::from(enough)) / 2) as u32;
        }
        seats[opening] = enough;
    }
    best
}

fn short_regions(market: &StrictMarket<'_>, regions: &Regions, outcome: &Outcome) -> Short {
    let all = regions.all();
    let mut placed = vec![0; all.len()];
    for (_, opening) in outcome.matching.pairs() {
        if let Some(region) = regions.innermost(opening) {
            placed[region] += 1;
        }
    }
    for &region in regions.outer_first().iter().rev() {
        if let Some(outer) = all[region].within {
            placed[outer] += placed[region];
        }
    }
    let mut in_short = vec![false; all.len()];
    for &region in regions.outer_first() {
        let is_short = placed[region] < all[region].floor;
        in_short[region] = is_short || all[region].within.is_some_and(|outer| in_short[outer]);
    }
    let is_there = |opening: Opening| regions.innermost(opening).is_some_and(|region| in_short[region]);
    let could = |&candidate: &Candidate| {
        let own = outcome.matching.opening_of(candidate);
        own.is_some_and(|own| !is_there(own))
            && market.candidates().list(candidate).iter().any(|edge| is_there(edge.partner))
    };
    Short {
        regions: (all.iter().zip(&placed))
            .filter(|(region, placed)| **placed < region.floor)
            .map(|(region, &placed)| (region.name.clone(), region.floor, placed))
            .collect(),
        candidates: market.each_candidate().filter(could).collect(),
        openings: market.each_opening().filter(|&opening| is_there(opening)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Market, Region};

    /// The same numbers for the same seed: below(k) for small k.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: u32) -> u32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % u64::from(bound)) as u32
        }

        fn some_of(&mut self, count: u32) -> Vec<u32> {
            let mut all: Vec<u32> = (0..count).collect();
            (1..count).rev().for_each(|last| all.swap(last as usize, self.below(last + 1) as usize));
            all.truncate(self.below(count + 1) as usize + 1);
            all
        }
    }

    /// Two firms in a valley, a third beside it, and an opening outside.
    fn round(dice: &mut Dice) -> Option<(Market, Regions)> {
        let mut market = Market::builder();
        (0..6).for_each(|_| market.candidate(dice.some_of(5)));
        (0..5).for_each(|_| market.opening(dice.below(4), dice.some_of(6)));
        let market = market.build().expect("lists name each other");
        let mut region = |name: &str, within, openings: &[u32]| Region {
            name: name.to_owned(),
            within,
            cap: Some(dice.below(6)),
            floor: dice.below(3),
            openings: openings.to_vec(),
            ..Region::default()
        };
        let told = vec![
            region("valley", None, &[]),
            region("firm", Some(0), &[0, 1]),
            region("farm", Some(0), &[2]),
            region("coast", None, &[3]),
        ];
        Regions::new(&market, told, vec![]).ok().map(|regions| (market, regions))
    }

    #[test]
    fn with_fewer_people_everybody_is_worse_off_and_filled_floors_stay_filled() {
        let mut dice = Dice(1);
        let rounds: Vec<_> = (0..4000).filter_map(|_| round(&mut dice)).collect();
        let mut filled_only_when_cut = 0;
        for (market, regions) in &rounds {
            let market = market.strict().expect("no ties");
            let reserved = Ledger::with_floors(&market, regions, 0).owed();
            let runs: Vec<(Outcome, u64)> =
                (reserved..=reserved + 7).map(|people| with_people(&market, regions, people)).collect();
            filled_only_when_cut += u32::from(runs[0].1 == 0 && runs[7].1 > 0);
            for pair in runs.windows(2) {
                let [(fewer, owed_to_fewer), (more, owed_to_more)] = pair else { continue };
                assert!(owed_to_fewer <= owed_to_more);
                for candidate in market.each_candidate() {
                    let place = |outcome: &Outcome| {
                        let own = outcome.matching.opening_of(candidate);
                        let list = market.candidates().list(candidate);
                        list.iter().position(|edge| Some(edge.partner) == own).unwrap_or(list.len())
                    };
                    assert!(place(more) <= place(fewer));
                }
            }
        }
        assert!(rounds.len() > 500 && filled_only_when_cut > 20, "{} {filled_only_when_cut}", rounds.len());
    }
}
