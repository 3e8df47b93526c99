//! The exact search by itself, on small drawn markets, held against the audit of every matching. Through the door
//! insertion would have answered most of them.

use super::conditions::{Conditions, Relief};
use super::*;
use crate::exact::{Lit, Verdict};
use crate::{Blocking, Opening};

struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn order(&mut self, agents: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..agents).collect();
        (1..order.len()).rev().for_each(|last| order.swap(last, self.below(last as u64 + 1) as usize));
        order
    }

    /// Everybody in some order; one in four as good as the one before.
    fn groups(&mut self, agents: u32) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for agent in self.order(agents) {
            match groups.last_mut() {
                Some(group) if self.below(4) == 0 => group.push(agent),
                _ => groups.push(vec![agent]),
            }
        }
        groups
    }

    /// One or two couples and one or two singles, two or three openings of one or two seats.
    fn market(&mut self) -> CoupledMarket {
        let (couples, singles, m) =
            (1 + self.below(2) as u32, 1 + self.below(2) as u32, 2 + self.below(2) as u32);
        let n = 2 * couples + singles;
        let mut lists = Market::builder();
        (0..2 * couples).for_each(|_| lists.candidate([]));
        (0..singles).for_each(|_| lists.candidate_with_ties(self.groups(m)));
        (0..m).for_each(|_| lists.opening_with_ties(1 + self.below(4) as u32 / 3, self.groups(n)));
        let joint = |drawn: &mut Self| {
            let pairs = drawn.order((m + 1) * (m + 1) - 1).into_iter().take(1 + drawn.below(2) as usize);
            let opening = |number: u32| (number < m).then_some(number);
            pairs.map(|pair| [opening(pair / (m + 1)), opening(pair % (m + 1))]).collect()
        };
        let couple = |number: u32| Couple { members: [2 * number, 2 * number + 1], list: joint(self) };
        CoupledMarket::new(&lists, (0..couples).map(couple).collect()).expect("a possible market")
    }
}

/// Every way to give each unit one of its choices or nothing.
fn all(units: &Units) -> Vec<Matching> {
    let candidates = (0..units.len() as u32).flat_map(|unit| units.unit(unit).members).flatten().count();
    let mut all = vec![Matching::empty(candidates)];
    for unit in 0..units.len() as u32 {
        let mut longer = all.clone();
        for choice in 0..units.choices(unit).len() {
            longer.extend(all.iter().cloned().map(|mut matching| {
                units.assign(unit, Some(choice), &mut matching);
                matching
            }));
        }
        all = longer;
    }
    all
}

fn is_possible(conditions: &mut Conditions<'_>, matching: &Matching, wanted: &[Lit]) -> bool {
    let has = (0..conditions.part.len()).map(|place| conditions.has_as_in(matching, place));
    let assumed: Vec<Lit> = has.chain(wanted.iter().copied()).collect();
    match conditions.formula.solve(&assumed, &mut || true) {
        Verdict::Possible(_) => true,
        Verdict::Impossible(_) => false,
        Verdict::Stopped | Verdict::TooLarge => panic!("the market is small"),
    }
}

/// The whole market as one part, so that openings with a seat for everybody are in it too.
fn each(markets: u64, mut test: impl FnMut(&CoupledMarket, Part<'_>)) {
    for seed in 0..markets {
        let market = Drawn(seed).market();
        let units = Units::of(&market, market.market());
        let part: Vec<u32> = (0..units.len() as u32).collect();
        test(&market, Part { market: market.market(), units: &units, part: &part });
    }
}

#[test]
fn the_conditions_allow_the_stable_matchings_and_no_others() {
    each(60, |market, part| {
        let Part { units, part: all_units, .. } = part;
        let of = |relief| Conditions::of(part.market, units, all_units, relief).expect("a small market");
        let (mut plain, mut blocks) = (of(Relief::Agents), of(Relief::Blocks));
        let kept: Vec<Lit> =
            plain.unit_excused.iter().chain(&plain.opening_excused).map(|&lit| !lit).collect();
        for matching in all(units) {
            let found = audit_couples(market, &matching);
            assert_eq!(
                is_possible(&mut plain, &matching, &kept),
                found.is_stable(),
                "{market:?} {matching:?}"
            );
            if found.is_valid() {
                // What blocks has to be excused, and nothing else.
                let mut excuses = blocks.blocks.clone().into_iter();
                let mut wanted = Vec::new();
                for &unit in all_units {
                    for choice in units.choices(unit) {
                        let places = choice.places.map(|place| place.map(|place| place.opening));
                        let is_this = |block: &Blocking| match *block {
                            Blocking::Single { candidate, opening } => {
                                units.of_candidate(candidate) == unit && places[0] == Some(opening)
                            }
                            Blocking::Couple { couple, choice, .. } => {
                                units.unit(unit).couple == Some(couple) && choice == places
                            }
                        };
                        let excuse = excuses.next().expect("an excuse for each choice");
                        let does_block = found.blocking.iter().any(is_this);
                        assert_eq!(is_possible(&mut blocks, &matching, &[!excuse]), !does_block);
                        wanted.push(if does_block { excuse } else { !excuse });
                    }
                }
                assert!(is_possible(&mut blocks, &matching, &wanted));
            }
        }
    });
}

#[test]
fn with_extra_seats_the_conditions_are_those_of_the_enlarged_market() {
    each(25, |market, part| {
        let mut seats =
            Conditions::of(part.market, part.units, part.part, Relief::Seats).expect("a small market");
        let scarce = seats.openings.clone();
        let matchings = all(part.units);
        for extra in 0..3usize.pow(scarce.len() as u32) {
            let more = |place: usize| extra / 3usize.pow(place as u32) % 3;
            let given: Vec<(Opening, u32)> =
                scarce.iter().copied().zip((0..).map(|at| more(at) as u32)).collect();
            let enlarged = market.with_extra_seats(&given);
            let wanted: Vec<Lit> = (0..scarce.len())
                .flat_map(|at| {
                    [0, 1].map(
                        |seat| if seat < more(at) { seats.extra[at][seat] } else { !seats.extra[at][seat] },
                    )
                })
                .collect();
            for matching in &matchings {
                let stable = audit_couples(&enlarged, matching).is_stable();
                assert_eq!(
                    is_possible(&mut seats, matching, &wanted),
                    stable,
                    "{market:?} {given:?} {matching:?}"
                );
            }
        }
    });
}

/// The rank each unit has; nothing is worse than all.
fn contentment(units: &Units, matching: &Matching) -> Vec<u32> {
    let rank = |unit: u32| {
        let has =
            units.unit(unit).members.map(|member| member.and_then(|member| matching.opening_of(member)));
        let is_this =
            |choice: &&units::Choice| choice.places.map(|place| place.map(|place| place.opening)) == has;
        units.choices(unit).iter().find(is_this).map_or(u32::MAX, |choice| choice.rank)
    };
    (0..units.len() as u32).map(rank).collect()
}

#[test]
fn the_search_alone_answers_what_trying_everything_answers() {
    let (mut unstable, mut improved) = (0, 0);
    each(400, |market, part| {
        let matchings = all(part.units);
        let audits: Vec<_> = matchings.iter().map(|matching| audit_couples(market, matching)).collect();
        let stable: Vec<&Matching> = matchings
            .iter()
            .zip(&audits)
            .filter(|(_, audit)| audit.is_stable())
            .map(|(matching, _)| matching)
            .collect();
        let mut found = Matching::empty(market.market().candidates().len());
        match part.stable(&mut || true, &mut found) {
            Stable::Found => {
                assert!(stable.contains(&&found));
                let mine = contentment(part.units, &found);
                for other in &stable {
                    let theirs = contentment(part.units, other);
                    assert!(theirs == mine || theirs.iter().zip(&mine).any(|(theirs, mine)| theirs > mine));
                }
                improved += usize::from(stable.len() > 1);
                return;
            }
            Stable::Never(why) => {
                assert!(stable.is_empty());
                let clash = why.clash(&mut || true);
                assert!(clash.minimal && !clash.couples.is_empty());
                unstable += 1;
            }
            Stable::Stopped => panic!("the market is small"),
        }
        let valid = audits.iter().filter(|audit| audit.is_valid());
        let fewest = valid.map(|audit| audit.blocking.len()).min().expect("nobody anywhere is valid");
        // It is asked without a matching to begin with.
        assert_eq!(part.fewest_blocks(usize::MAX, &mut || true, &mut found), fewest);
        assert_eq!(audit_couples(market, &found).blocking.len(), fewest);
        let ExtraSeats::Found { seats, fewest } = part.extra_seats(&mut || true, &mut found) else {
            panic!("small markets can be mended")
        };
        assert!(audit_couples(&market.with_extra_seats(&seats), &found).is_stable());
        let cost = |seats: &[(Opening, u32)]| {
            let total: u32 = seats.iter().map(|&(_, more)| more).sum();
            (total as usize, seats.iter().filter(|&&(_, more)| more == 2).count())
        };
        let openings = market.market().openings().len() as u32;
        let every = (0..3u32.pow(openings))
            .map(|code| (0..openings).map(|at| (at, code / 3u32.pow(at) % 3)).collect());
        let helps = |seats: &Vec<(Opening, u32)>| {
            let enlarged = market.with_extra_seats(seats);
            matchings.iter().any(|matching| audit_couples(&enlarged, matching).is_stable())
        };
        let least = every.filter(helps).map(|seats| cost(&seats)).min().expect("it was found to help");
        assert_eq!((cost(&seats), fewest), (least, least.0));
    });
    assert!(unstable > 3 && improved > 10, "{unstable} {improved}");
}
