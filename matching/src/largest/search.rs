//! The search for a larger weakly stable matching, and the proof that there is none.
//!
//! From above: all that a largest placement would do (see `covers`) is assumed. What cannot hold at once, the
//! *core*, has to lose something; the bound falls, one loss within the core is allowed, and so on until all
//! that is left can hold: a matching as large as its bound (core-guided search, called OLL; Morgado, Dodaro &
//! Marques-Silva 2014). From below: one more than the best is asked for. Both take turns, each longer than
//! the last, and learn from each other.

use std::collections::BTreeMap;

use super::conditions::Conditions;
use super::covers::{Covers, covers};
use super::{Ended, Largest};
use crate::exact::{Formula, Lit, Verdict};
use crate::market::Market;
use crate::matching::Matching;

/// How often patience is asked in the first turn of each direction.
const FIRST_TURN: u32 = 4;

/// The largest weakly stable matching of a market, given one; as far as patience reaches.
pub(super) fn search(market: &Market, known: Matching, patience: &mut dyn FnMut() -> bool) -> Largest {
    let covers = covers(market);
    if known.size() == covers.most {
        return Largest { matching: known, bound: covers.most, ended: Ended::Proven };
    }
    let mut search = Search::new(market, known, &covers);
    let mut turn = FIRST_TURN;
    let ended = loop {
        if let Some(ended) = take_turn(turn, patience, |some| search.lowers_bound(some)) {
            break ended;
        }
        if let Some(ended) = take_turn(turn, patience, |some| search.raises_best(some)) {
            break ended;
        }
        turn = turn.saturating_mul(2);
    };
    Largest { bound: search.bound(), matching: search.best, ended }
}

/// Lets one direction work for a while; answers how the search ended, if it did.
fn take_turn(
    turn: u32,
    patience: &mut dyn FnMut() -> bool,
    work: impl FnOnce(&mut dyn FnMut() -> bool) -> Option<Ended>,
) -> Option<Ended> {
    let (mut left, mut ended) = (turn, false);
    let mut some = || {
        if left == 0 {
            return false;
        }
        left -= 1;
        ended = !patience();
        !ended
    };
    work(&mut some).or_else(|| ended.then_some(Ended::Patience))
}

struct Search<'a> {
    market: &'a Market,
    formula: Formula,
    conditions: Conditions,
    best: Matching,
    /// What is assumed, and how many losses each costs that does not hold. A loss counts once for each of the
    /// two covers, so all of them are counted twice.
    assumed: BTreeMap<Lit, usize>,
    /// What may be assumed of it once a loss of something assumed was allowed: that there is no further one.
    further: BTreeMap<Lit, Lit>,
    /// Twice the bound on the size.
    twice_bound: usize,
    /// Whether at least so many are not placed, counted from 1; made when first needed.
    unplaced: Vec<Lit>,
}

impl<'a> Search<'a> {
    fn new(market: &'a Market, best: Matching, covers: &Covers) -> Self {
        let mut formula = Formula::new();
        let conditions = Conditions::of(market, &mut formula);
        let mut assumed = BTreeMap::new();
        let mut further = BTreeMap::new();
        let two = [&covers.smallest, &covers.largest];
        for candidate in market.each_candidate() {
            let list = market.candidates().list(candidate);
            let same = list.iter().all(|edge| two[0][edge.partner as usize] == two[1][edge.partner as usize]);
            let (some, losses) = if same { (&two[..1], 2) } else { (&two[..], 1) };
            for cover in some {
                if let Some(lit) = conditions.placed_outside(market, candidate, cover, &mut formula) {
                    *assumed.entry(lit).or_default() += losses;
                }
            }
        }
        for (opening, held) in conditions.held.iter().enumerate() {
            let losses = two.iter().filter(|cover| cover[opening]).count();
            if let Some(&full) = held.last().filter(|_| losses > 0) {
                *assumed.entry(full).or_default() += losses;
                further.extend(held.windows(2).map(|pair| (pair[1], pair[0])));
            }
        }
        Self {
            market,
            formula,
            conditions,
            best,
            assumed,
            further,
            twice_bound: 2 * covers.most,
            unplaced: Vec::new(),
        }
    }

    fn bound(&self) -> usize {
        self.twice_bound / 2
    }

    /// Works from above until the bound is reached or patience ends.
    fn lowers_bound(&mut self, patience: &mut dyn FnMut() -> bool) -> Option<Ended> {
        while self.bound() > self.best.size() {
            let assumptions: Vec<Lit> = self.assumed.keys().copied().collect();
            match self.formula.solve(&assumptions, patience) {
                Verdict::Possible(model) => self.best = self.conditions.matching(self.market, &model),
                Verdict::Impossible(core) => self.allow_a_loss(&core),
                Verdict::Stopped => return None,
                Verdict::TooLarge => return Some(Ended::TooLarge),
            }
        }
        Some(Ended::Proven)
    }

    /// Something of the core is lost: allows the cheapest loss once, and wants no further one.
    fn allow_a_loss(&mut self, core: &[Lit]) {
        let least = core.iter().map(|lit| self.assumed[lit]).min();
        let losses = least.expect("a known matching meets all conditions, so something assumed is to blame");
        self.twice_bound -= losses;
        for lit in core {
            if let Some(left) = self.assumed.remove(lit).filter(|&left| left > losses) {
                self.assumed.insert(*lit, left - losses);
            }
            if let Some(&next) = self.further.get(lit) {
                *self.assumed.entry(next).or_default() += losses;
            }
        }
        // More losses than there is room between best and bound need no counting.
        let room = self.twice_bound.saturating_sub(2 * self.best.size()) + 2;
        let lost: Vec<Lit> = core.iter().map(|&lit| !lit).collect();
        let count = self.formula.counter(&lost, lost.len().min(room));
        if let Some(&twice) = count.get(1) {
            *self.assumed.entry(!twice).or_default() += losses;
        }
        self.further.extend(count.windows(2).map(|pair| (!pair[0], !pair[1])));
    }

    /// Works from below until the bound is reached or patience ends.
    fn raises_best(&mut self, patience: &mut dyn FnMut() -> bool) -> Option<Ended> {
        let placeable: Vec<Lit> = self.conditions.placed.iter().flatten().map(|&lit| !lit).collect();
        if self.unplaced.is_empty() {
            self.unplaced = self.formula.counter(&placeable, placeable.len() - self.best.size());
        }
        while self.bound() > self.best.size() {
            let no_better = self.unplaced[placeable.len() - self.best.size() - 1];
            match self.formula.solve(&[!no_better], patience) {
                Verdict::Possible(model) => self.best = self.conditions.matching(self.market, &model),
                Verdict::Impossible(_) => self.twice_bound = 2 * self.best.size(),
                Verdict::Stopped => return None,
                Verdict::TooLarge => return Some(Ended::TooLarge),
            }
        }
        Some(Ended::Proven)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{audit, break_ties, candidate_optimal, opening_optimal};

    /// A small market for each seed, its ties few enough for sizes to differ and enough for it to matter.
    fn small_market(seed: u64) -> Market {
        let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut below = |k: u32| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (x >> 33) as u32 % k
        };
        let (n, m) = (4 + below(3), 2 + below(3));
        let mut groups = |partners: u32, kept: u32| {
            let mut order: Vec<u32> = (0..partners).filter(|_| below(4) < kept).collect();
            (1..order.len()).rev().for_each(|last| order.swap(last, below(last as u32 + 1) as usize));
            let mut groups: Vec<Vec<u32>> = Vec::new();
            for entry in order {
                match groups.last_mut() {
                    Some(group) if below(5) < 3 => group.push(entry),
                    _ => groups.push(vec![entry]),
                }
            }
            groups
        };
        let mut market = Market::builder();
        (0..n).for_each(|_| market.candidate_with_ties(groups(m, 2)));
        let lists: Vec<_> = (0..m).map(|_| groups(n, 4)).collect();
        lists.into_iter().zip([1, 2, 1, 3]).for_each(|(list, quota)| market.opening_with_ties(quota, list));
        market.build().expect("a possible market")
    }

    /// The size of the largest weakly stable matching, by trying every matching.
    fn most(market: &Market) -> usize {
        let mut all: Vec<Vec<Option<u32>>> = vec![vec![]];
        for candidate in market.each_candidate() {
            let options =
                market.candidates().list(candidate).iter().map(|edge| Some(edge.partner)).chain([None]);
            let options: Vec<_> = options.collect();
            all =
                all.iter().flat_map(|some| options.iter().map(|&one| [&some[..], &[one]].concat())).collect();
        }
        let sizes = all.into_iter().map(Matching::new).filter(|each| audit(market, each).is_stable());
        sizes.map(|each| each.size()).max().expect("some matching is stable")
    }

    #[test]
    fn from_the_luckless_start_of_a_lottery_both_directions_find_and_prove_the_largest() {
        let mut needed = 0;
        for seed in 0..600 {
            let market = small_market(seed);
            let strict = break_ties(&market, seed);
            let starts = [candidate_optimal(&strict).matching, opening_optimal(&strict).matching];
            let known = starts.into_iter().min_by_key(Matching::size).expect("there are two");
            let (most, covers) = (most(&market), covers(&market));
            needed += usize::from(known.size() < most || most < covers.most);

            let found = search(&market, known.clone(), &mut || true);
            assert_eq!(
                (found.matching.size(), found.bound, found.ended),
                (most, most, Ended::Proven),
                "{seed}"
            );
            assert!(audit(&market, &found.matching).is_stable(), "seed {seed}");

            if known.size() == covers.most {
                continue;
            }
            let mut from_above = Search::new(&market, known.clone(), &covers);
            assert_eq!(from_above.lowers_bound(&mut || true), Some(Ended::Proven));
            let mut from_below = Search::new(&market, known, &covers);
            assert_eq!(from_below.raises_best(&mut || true), Some(Ended::Proven));
            for each in [from_above, from_below] {
                assert_eq!((each.best.size(), each.bound()), (most, most), "seed {seed}");
                assert!(audit(&market, &each.best).is_stable(), "seed {seed}");
            }
        }
        assert!(needed > 100, "the search had something to do in {needed} markets");
    }

    #[test]
    fn a_search_that_is_stopped_keeps_what_it_has_and_a_bound_that_holds() {
        let mut stopped = 0;
        for seed in 0..200 {
            let market = small_market(seed);
            let known = candidate_optimal(&break_ties(&market, seed)).matching;
            for questions in 0..4 {
                let mut left = questions;
                let mut patience = || {
                    left -= 1;
                    left >= 0
                };
                let found = search(&market, known.clone(), &mut patience);
                let size = found.matching.size();
                assert!(audit(&market, &found.matching).is_stable() && size >= known.size());
                assert!((size..=found.bound).contains(&most(&market)), "seed {seed}");
                assert_eq!(found.ended == Ended::Proven, size == found.bound, "seed {seed}");
                stopped += usize::from(found.ended == Ended::Patience);
            }
        }
        assert!(stopped > 20, "{stopped} searches were stopped");
    }
}
