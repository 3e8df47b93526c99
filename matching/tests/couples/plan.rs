//! Small markets with couples as data, and the judge: the definition of stability, tried on every matching.

use migiude_matching::couples::Clash;
use migiude_matching::{Couple, CoupledMarket, Market};
use proptest::prelude::*;

/// A market with couples as the definition speaks of it, ids from 1, 0 = unmatched.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Groups of equally good openings for each single; nothing for members of couples.
    pub lists: Vec<Vec<Vec<u32>>>,
    pub couples: Vec<([u32; 2], Vec<[u32; 2]>)>,
    pub openings: Vec<(u32, Vec<Vec<u32>>)>,
}

impl Plan {
    pub fn market(&self) -> CoupledMarket {
        let mut lists = Market::builder();
        let down = |groups: &[Vec<u32>]| -> Vec<Vec<u32>> {
            groups.iter().map(|group| group.iter().map(|id| id - 1).collect()).collect()
        };
        self.lists.iter().for_each(|groups| lists.candidate_with_ties(down(groups)));
        self.openings.iter().for_each(|(quota, groups)| lists.opening_with_ties(*quota, down(groups)));
        let couple = |(members, list): &([u32; 2], Vec<[u32; 2]>)| Couple {
            members: members.map(|id| id - 1),
            list: list.iter().map(|pair| pair.map(|id| id.checked_sub(1))).collect(),
        };
        CoupledMarket::new(&lists, self.couples.iter().map(couple).collect()).expect("a possible market")
    }

    /// The rank that opening `o` gives candidate `c`; none when it does not list it.
    pub fn standing(&self, o: u32, c: u32) -> Option<usize> {
        self.openings[o as usize - 1].1.iter().position(|group| group.contains(&c))
    }

    pub fn seats(&self, o: u32) -> usize {
        self.openings[o as usize - 1].0 as usize
    }

    pub fn is_single(&self, c: u32) -> bool {
        self.couples.iter().all(|(members, _)| !members.contains(&c))
    }

    pub fn lists(&self, o: u32, c: u32) -> bool {
        o == 0 || self.standing(o, c).is_some()
    }

    /// All matchings, candidate by candidate (a couple's members at its first member).
    pub fn valid(&self) -> Vec<Vec<u32>> {
        let n = self.lists.len();
        let mut all = vec![vec![0; n]];
        for c in 1..=n as u32 {
            let choices: Vec<Vec<(u32, u32)>> =
                match self.couples.iter().find(|(members, _)| members.contains(&c)) {
                    None => self.lists[c as usize - 1].concat().iter().map(|&o| vec![(c, o)]).collect(),
                    Some(([a, b], list)) if c == *a.min(b) => {
                        list.iter().map(|&[g, h]| vec![(*a, g), (*b, h)]).collect()
                    }
                    Some(_) => continue,
                };
            let mut longer = all.clone();
            for matching in all {
                for choice in choices.iter().filter(|choice| choice.iter().all(|&(c, o)| self.lists(o, c))) {
                    let mut next = matching.clone();
                    choice.iter().for_each(|&(c, o)| next[c as usize - 1] = o);
                    let fits = |o: u32| o == 0 || next.iter().filter(|&&p| p == o).count() <= self.seats(o);
                    if choice.iter().all(|&(_, o)| fits(o)) {
                        longer.push(next);
                    }
                }
            }
            all = longer;
        }
        all
    }

    /// How many blocks the definition counts.
    pub fn blocks(&self, matching: &[u32]) -> usize {
        let at = |c: u32| matching[c as usize - 1];
        let holders = |o: u32| (1..=matching.len() as u32).filter(move |&c| matching[c as usize - 1] == o);
        let free = |o: u32| self.seats(o) - holders(o).count();
        let prefers = |o: u32, c: u32, to: u32| self.standing(o, c) < self.standing(o, to);
        // "has a free seat or prefers c to somebody it holds other than `but`"
        let takes = |o: u32, c: u32, but: u32| {
            o == 0 || free(o) > 0 || holders(o).any(|held| held != but && prefers(o, c, held))
        };
        let mut blocks = 0;
        for c in (1..=matching.len() as u32).filter(|&c| self.is_single(c)) {
            let better = self.lists[c as usize - 1].iter().take_while(|group| !group.contains(&at(c)));
            blocks += better.flatten().filter(|&&o| self.lists(o, c) && takes(o, c, 0)).count();
        }
        for ([a, b], list) in &self.couples {
            for &[g, h] in list.iter().take_while(|&&pair| pair != [at(*a), at(*b)]) {
                if !self.lists(g, *a) || !self.lists(h, *b) {
                    continue;
                }
                let blocking = match (at(*a) == g, at(*b) == h) {
                    (false, true) => takes(g, *a, *b),
                    (true, false) => takes(h, *b, *a),
                    _ if g != h => takes(g, *a, 0) && takes(h, *b, 0),
                    _ => match free(g) {
                        0 => holders(g)
                            .any(|r| prefers(g, *a, r) && holders(g).any(|s| s != r && prefers(g, *b, s))),
                        1 => holders(g).any(|r| prefers(g, *a, r) || prefers(g, *b, r)),
                        _ => true,
                    },
                };
                blocks += usize::from(blocking);
            }
        }
        blocks
    }

    pub fn stable(&self) -> Vec<Vec<u32>> {
        self.valid().into_iter().filter(|matching| self.blocks(matching) == 0).collect()
    }

    /// The couples and singles of a clash alone, with a seat for everybody at every other opening
    /// that has any.
    pub fn of_these(&self, clash: &Clash) -> Self {
        let mut these = self.clone();
        let everybody = these.lists.len() as u32;
        for (_, list) in (0..).zip(&mut these.lists).filter(|(c, _)| !clash.singles.contains(c)) {
            list.clear();
        }
        for (_, opening) in (0..).zip(&mut these.openings).filter(|(o, _)| !clash.openings.contains(o)) {
            opening.0 = if opening.0 == 0 { 0 } else { everybody };
        }
        let kept = (0..).zip(&self.couples).filter(|(number, _)| clash.couples.contains(number));
        these.couples = kept.map(|(_, couple)| couple.clone()).collect();
        these
    }

    /// The fewest extra seats in all with which something is stable, and then the fewest openings with two.
    pub fn fewest_extra_seats(&self) -> Option<(u32, usize)> {
        let mut all = vec![vec![]];
        for (quota, _) in &self.openings {
            let most = if *quota == 0 { 0 } else { 2u32 };
            all = (0..=most)
                .flat_map(|more| all.iter().map(move |seats| [&seats[..], &[more]].concat()))
                .collect();
        }
        let mut helps: Vec<(u32, usize)> = Vec::new();
        for extra in all {
            let cost = (extra.iter().sum::<u32>(), extra.iter().filter(|&&more| more == 2).count());
            if helps.iter().min().is_some_and(|best| *best <= cost) {
                continue;
            }
            let mut enlarged = self.clone();
            enlarged.openings.iter_mut().zip(&extra).for_each(|((quota, _), more)| *quota += more);
            if !enlarged.stable().is_empty() {
                helps.push(cost);
            }
        }
        helps.into_iter().min()
    }

    /// The rank of what each single and each couple has; nothing is worse than all.
    pub fn contentment(&self, matching: &[u32]) -> Vec<usize> {
        let at = |c: u32| matching[c as usize - 1];
        let singles = (1..=matching.len() as u32).filter(|&c| self.is_single(c)).map(|c| {
            let list = &self.lists[c as usize - 1];
            list.iter().position(|group| group.contains(&at(c))).unwrap_or(list.len())
        });
        let couples = self.couples.iter().map(|([a, b], list)| {
            list.iter().position(|&pair| pair == [at(*a), at(*b)]).unwrap_or(list.len())
        });
        singles.chain(couples).collect()
    }
}

pub fn groups(partners: u32, ties: bool) -> impl Strategy<Value = Vec<Vec<u32>>> {
    let all: Vec<u32> = (1..=partners).collect();
    let some = prop_oneof![
        1 => proptest::sample::subsequence(all.clone(), 0..=partners as usize).prop_shuffle(),
        3 => Just(all).prop_shuffle(),
    ];
    (some, proptest::collection::vec(any::<bool>(), partners as usize)).prop_map(move |(order, tied)| {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for (entry, tied) in order.into_iter().zip(tied) {
            match groups.last_mut() {
                Some(group) if ties && tied => group.push(entry),
                _ => groups.push(vec![entry]),
            }
        }
        groups
    })
}

/// Up to six candidates, the first ones in couples; up to three openings of up to three seats.
pub fn plan(ties: bool) -> impl Strategy<Value = Plan> {
    (0..=2u32, 0..=3u32, 1..=3u32).prop_flat_map(move |(couples, singles, m)| {
        let n = 2 * couples + singles.min(6 - 2 * couples);
        let pairs: Vec<[u32; 2]> =
            (0..=m).flat_map(|g| (0..=m).map(move |h| [g, h])).filter(|pair| *pair != [0, 0]).collect();
        let most = pairs.len().min(6);
        let joint = proptest::sample::subsequence(pairs, 0..=most).prop_shuffle();
        (
            proptest::collection::vec(joint, couples as usize),
            proptest::collection::vec(groups(m, ties), (n - 2 * couples) as usize),
            proptest::collection::vec(
                (prop_oneof![4 => Just(1u32), 1 => Just(0), 2 => Just(2), 1 => Just(3)], groups(n, ties)),
                m as usize,
            ),
            Just((0..n).collect::<Vec<u32>>()).prop_shuffle(),
        )
            .prop_map(move |(joint, singles, openings, order)| {
                // Who is in a couple is drawn, too.
                let members: Vec<[u32; 2]> =
                    order.chunks(2).take(couples as usize).map(|two| [two[0] + 1, two[1] + 1]).collect();
                let mut lists = vec![Vec::new(); n as usize];
                for (&c, list) in order[2 * couples as usize..].iter().zip(singles) {
                    lists[c as usize] = list;
                }
                Plan { lists, couples: members.into_iter().zip(joint).collect(), openings }
            })
    })
}

/// Couples with few joint choices among singles who take anything, and not a seat too many: little is stable.
pub fn tight_plan() -> impl Strategy<Value = Plan> {
    (1..=2u32, 2..=3u32).prop_flat_map(|(couples, m)| {
        let n = couples * 2 + 2;
        let everybody = |agents: u32| Just((1..=agents).collect::<Vec<u32>>()).prop_shuffle();
        let pairs: Vec<[u32; 2]> = (1..=m).flat_map(|g| (0..=m).map(move |h| [g, h])).collect();
        let joint = proptest::sample::subsequence(pairs, 1..=2).prop_shuffle();
        let quota = prop_oneof![3 => Just(1u32), 1 => Just(2)];
        (
            proptest::collection::vec(joint, couples as usize),
            proptest::collection::vec(everybody(m), 2),
            proptest::collection::vec((quota, everybody(n)), m as usize),
        )
            .prop_map(move |(joint, singles, openings)| {
                let strict = |list: Vec<u32>| list.into_iter().map(|id| vec![id]).collect::<Vec<_>>();
                let mut lists: Vec<Vec<Vec<u32>>> = singles.into_iter().map(strict).collect();
                lists.resize(n as usize, Vec::new());
                let members = (0..couples).map(|couple| [3 + 2 * couple, 4 + 2 * couple]);
                let openings = openings.into_iter().map(|(quota, list)| (quota, strict(list))).collect();
                Plan { lists, couples: members.zip(joint).collect(), openings }
            })
    })
}
