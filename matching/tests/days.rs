//! Candidates of several days: the exact search and the unsplit answer, with every matching of a small market as
//! the judge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod support;

use migiude_matching::audit::days::{Keeping, audit};
use migiude_matching::days::{DaysError, Exact, exact, unsplit};
use migiude_matching::{Market, Matching, candidate_optimal};
use proptest::prelude::*;
use support::{ids, matching};

/// Strict lists, numbers from 0; candidates with the days they take, openings with the days they have.
#[derive(Debug, Clone)]
struct Plan {
    candidates: Vec<(u32, Vec<u32>)>,
    openings: Vec<(u32, Vec<u32>)>,
}

impl Plan {
    fn market(&self) -> Market {
        let mut market = Market::builder();
        self.candidates.iter().for_each(|(_, list)| market.candidate(list.iter().copied()));
        self.openings.iter().for_each(|(quota, list)| market.opening(*quota, list.iter().copied()));
        market.build().expect("only possible markets are generated")
    }

    fn days(&self) -> Vec<u32> {
        self.candidates.iter().map(|(days, _)| *days).collect()
    }

    fn unsplit(&self) -> Vec<u32> {
        ids(&unsplit(&self.market().strict().unwrap(), &self.days()).unwrap().matching)
    }

    fn exact(&self) -> Exact {
        exact(&self.market().strict().unwrap(), &self.days(), &mut || true).unwrap()
    }

    fn mutual(&self, candidate: usize, opening: usize) -> bool {
        self.openings[opening].1.contains(&(candidate as u32))
            && self.candidates[candidate].1.contains(&(opening as u32))
    }

    /// The place of an entry in a list, from 0; whoever is not on it comes last.
    fn place(list: &[u32], entry: u32) -> usize {
        list.iter().position(|&other| other == entry).unwrap_or(usize::MAX)
    }

    /// The place that a candidate gives what it has in `ids`.
    fn got(&self, ids: &[u32], candidate: usize) -> usize {
        ids[candidate].checked_sub(1).map_or(usize::MAX, |o| Self::place(&self.candidates[candidate].1, o))
    }

    /// The holders of an opening, best first.
    fn holders(&self, ids: &[u32], opening: usize) -> Vec<u32> {
        let mut held: Vec<u32> =
            (0..ids.len() as u32).filter(|&c| ids[c as usize] == opening as u32 + 1).collect();
        held.sort_unstable_by_key(|&c| Self::place(&self.openings[opening].1, c));
        held
    }

    fn load(&self, people: &[u32]) -> u64 {
        people.iter().map(|&c| u64::from(self.candidates[c as usize].0)).sum()
    }

    /// Every matching of acceptable pairs, whatever its days; ids from 1, 0 = unmatched.
    fn all(&self) -> Vec<Vec<u32>> {
        let mut all: Vec<Vec<u32>> = vec![vec![]];
        for candidate in 0..self.candidates.len() {
            let openings = (0..self.openings.len()).filter(|&opening| self.mutual(candidate, opening));
            let choices: Vec<u32> =
                [0].into_iter().chain(openings.map(|opening| opening as u32 + 1)).collect();
            let longer =
                |ids: Vec<u32>| choices.iter().map(move |&id| [ids.as_slice(), &[id]].concat()).collect();
            all = all.into_iter().flat_map::<Vec<_>, _>(longer).collect();
        }
        all
    }

    fn keeps(&self, ids: &[u32], keeping: Keeping) -> bool {
        (0..self.openings.len()).all(|opening| {
            let (quota, held) = (u64::from(self.openings[opening].0), self.holders(ids, opening));
            match keeping {
                Keeping::Exact => self.load(&held) <= quota,
                Keeping::Unsplit => held.is_empty() || self.load(&held[..held.len() - 1]) < quota,
            }
        })
    }

    /// The pairs that block: the candidate prefers the opening, which can send some of those it ranks below the
    /// candidate away and then has room, for all its days or for a day.
    fn blocking(&self, ids: &[u32], keeping: Keeping) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for (c, (days, list)) in self.candidates.iter().enumerate() {
            for &o in list.iter().filter(|&&o| self.mutual(c, o as usize)) {
                let (quota, standing) = &self.openings[o as usize];
                let held = self.holders(ids, o as usize);
                let below =
                    held.iter().filter(|&&h| Self::place(standing, h) > Self::place(standing, c as u32));
                let below: Vec<u32> = below.copied().collect();
                let room_without = |sent: u32| {
                    let gone = (0..below.len()).filter(|at| sent >> at & 1 == 1).map(|at| below[at]);
                    let left = self.load(&held) - self.load(&gone.collect::<Vec<_>>());
                    match keeping {
                        Keeping::Exact => left + u64::from(*days) <= u64::from(*quota),
                        Keeping::Unsplit => left < u64::from(*quota),
                    }
                };
                let prefers = Self::place(list, o) < self.got(ids, c);
                if prefers && (0..1 << below.len()).any(room_without) {
                    pairs.push((c as u32, o));
                }
            }
        }
        pairs
    }

    fn stable(&self) -> Vec<Vec<u32>> {
        let stable =
            |ids: &Vec<u32>| self.keeps(ids, Keeping::Exact) && self.blocking(ids, Keeping::Exact).is_empty();
        self.all().into_iter().filter(stable).collect()
    }
}

fn list(partners: u32) -> impl Strategy<Value = Vec<u32>> {
    let all: Vec<u32> = (0..partners).collect();
    prop_oneof![
        1 => proptest::sample::subsequence(all.clone(), 0..=partners as usize).prop_shuffle(),
        3 => Just(all).prop_shuffle(),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let sizes = prop_oneof![1 => (0..=5u32, 0..=3u32), 3 => (3..=5u32, 2..=3u32)];
    let any = sizes.prop_flat_map(|(n, m)| {
        let candidates = proptest::collection::vec((1..=3u32, list(m)), n as usize);
        let openings = proptest::collection::vec((0..=4u32, list(n)), m as usize);
        (candidates, openings).prop_map(|(candidates, openings)| Plan { candidates, openings })
    });
    prop_oneof![3 => any, 1 => troubled()]
}

/// The case of the literature with up to two people more, so that often nothing is stable.
fn troubled() -> impl Strategy<Value = Plan> {
    proptest::collection::vec((1..=3u32, list(2), 0..=3usize, 0..=3usize), 0..=2).prop_map(|more| {
        let mut plan = nothing_stable();
        for (days, list, at_first, at_second) in more {
            let candidate = plan.candidates.len() as u32;
            plan.candidates.push((days, list));
            for (opening, at) in plan.openings.iter_mut().zip([at_first, at_second]) {
                opening.1.insert(at, candidate);
            }
        }
        plan
    })
}

/// The case of the literature: c1, c2 take one day, c3 two; o1 has one day, o2 two.
fn nothing_stable() -> Plan {
    Plan {
        candidates: vec![(1, vec![0, 1]), (1, vec![1, 0]), (2, vec![1])],
        openings: vec![(1, vec![1, 2, 0]), (2, vec![0, 2, 1])],
    }
}

#[test]
fn three_people_of_one_one_and_two_days_can_have_no_stable_matching_and_are_named() {
    let plan = nothing_stable();
    assert!(plan.stable().is_empty());
    let Exact::NoneStable(proof) = plan.exact() else { panic!("nothing is stable here") };
    assert_eq!((proof.candidates(), proof.openings()), (vec![0, 1, 2], vec![0, 1]));
    assert!(proof.minimal);
    assert_eq!(
        proof.to_string(),
        "every matching that keeps to the days is blocked by one of these pairs: candidate 0 and opening 0, \
         candidate 0 and opening 1, candidate 1 and opening 1, candidate 1 and opening 0, candidate 2 and opening 1"
    );
}

#[test]
fn one_day_each_is_the_plain_market_and_all_find_it() {
    let mut plan = nothing_stable();
    plan.candidates.iter_mut().for_each(|(days, _)| *days = 1);
    let market = plan.market();
    let strict = market.strict().unwrap();
    let plain = candidate_optimal(&strict);
    let answer = unsplit(&strict, &[1, 1, 1]).unwrap();
    assert_eq!((&answer.matching, answer.proposals), (&plain.matching, plain.proposals));
    assert_eq!(plan.exact(), Exact::Stable { matching: plain.matching, undominated: true });
}

#[test]
fn haruka_gains_by_leaving_out_her_first_choice_when_days_differ() {
    // Haruka takes one day, Kenji and Mei three; the brewery has one, the inn three. Haruka at the brewery sends
    // Mei to the inn, Mei sends Kenji from there to the brewery, and Kenji sends Haruka away.
    let mut plan = Plan {
        candidates: vec![(1, vec![0, 1]), (3, vec![1, 0]), (3, vec![0, 1])],
        openings: vec![(1, vec![1, 0, 2]), (3, vec![2, 0, 1])],
    };
    assert_eq!(plan.unsplit(), [0, 1, 2]);
    plan.candidates[0].1 = vec![1];
    assert_eq!(plan.unsplit(), [2, 2, 1]);
}

#[test]
fn a_candidate_can_do_better_in_an_exact_matching_and_worse_in_it() {
    // The inn has two days and ranks Haruka (1 day), Mei (2), Kenji (1): exactly, Mei does not fit beside Haruka.
    let plan = Plan {
        candidates: vec![(1, vec![0]), (1, vec![0]), (2, vec![0])],
        openings: vec![(2, vec![0, 2, 1])],
    };
    assert_eq!(plan.unsplit(), [1, 0, 1]);
    assert_eq!(plan.exact(), Exact::Stable { matching: matching(&[1, 1, 0]), undominated: true });
    assert_eq!(plan.stable(), [[1, 1, 0]]);
}

#[test]
fn an_unsplit_matching_that_keeps_to_the_days_can_still_be_bettered_for_some_at_nobodys_cost() {
    // Aoi, Haruka and Kenji take one day, Mei two. The inn (0) has two days, the brewery (1) one. Mei keeps Kenji
    // from the inn until Haruka, whom he drives from the brewery, sends her away; by then they have changed places.
    let plan = Plan {
        candidates: vec![(1, vec![0]), (1, vec![1, 0]), (1, vec![0, 1]), (2, vec![0])],
        openings: vec![(2, vec![0, 1, 3, 2]), (1, vec![2, 1])],
    };
    assert_eq!(plan.unsplit(), [1, 1, 2, 0]);
    assert_eq!(plan.stable(), [[1, 1, 2, 0], [1, 2, 1, 0]]);
    assert_eq!(plan.exact(), Exact::Stable { matching: matching(&[1, 2, 1, 0]), undominated: true });
}

#[test]
fn the_search_stops_when_patience_ends() {
    let plan = nothing_stable();
    let market = plan.market();
    let strict = market.strict().unwrap();
    assert_eq!(exact(&strict, &plan.days(), &mut || false), Ok(Exact::Stopped));
    // What keeps to the days is told without any search.
    let (days, kept) = ([1, 1, 2], matching(&[1, 2, 2]));
    let roomy = Plan { openings: vec![(1, vec![1, 2, 0]), (3, vec![0, 2, 1])], ..plan.clone() }.market();
    let found = exact(&roomy.strict().unwrap(), &days, &mut || false);
    assert_eq!(found, Ok(Exact::Stable { matching: kept, undominated: false }));
    // Patience for the proof, and none to make it smaller.
    let mut asked = 0;
    let mut once = || {
        asked += 1;
        asked == 1
    };
    let Ok(Exact::NoneStable(proof)) = exact(&strict, &plan.days(), &mut once) else {
        panic!("nothing is stable here")
    };
    assert!(!proof.minimal && !proof.pairs.is_empty());
}

#[test]
fn days_that_cannot_be_are_refused() {
    let plan = nothing_stable();
    let market = plan.market();
    let strict = market.strict().unwrap();
    for (days, refused) in
        [(vec![1, 1], DaysError::Candidates { found: 2, expected: 3 }), (vec![1, 0, 2], DaysError::NoDays(1))]
    {
        assert_eq!(unsplit(&strict, &days), Err(refused));
        assert_eq!(exact(&strict, &days, &mut || true), Err(refused));
    }
}

#[test]
fn the_largest_numbers_neither_overflow_nor_hang() {
    const MOST: u32 = u32::MAX;
    let mut plan = Plan {
        candidates: vec![(MOST, vec![0, 1]), (MOST - 1, vec![0, 1]), (1, vec![0]), (2, vec![0])],
        openings: vec![(MOST, vec![3, 2, 1, 0]), (0, vec![0, 1])],
    };
    let answer = unsplit(&plan.market().strict().unwrap(), &plan.days()).unwrap();
    assert_eq!(ids(&answer.matching), [0, 1, 1, 1]);
    assert_eq!(answer.over, [2, 0]);
    assert_eq!(plan.exact(), Exact::Stable { matching: matching(&[0, 0, 1, 1]), undominated: true });
    assert!(plan.stable().contains(&vec![0, 0, 1, 1]));
    // Forty people whose days have all different sums, half of which fit: more conditions than can be held.
    plan.candidates = (0..40).map(|c| ((1 << (c % 20)) + c * 7919 % 1000, vec![0])).collect();
    plan.openings = vec![(1 << 20, (0..40).rev().collect())];
    assert_eq!(plan.exact(), Exact::TooLarge);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_search_finds_a_stable_matching_or_pairs_of_which_one_always_blocks(plan in plan()) {
        let stable = plan.stable();
        match plan.exact() {
            Exact::Stable { matching, undominated } => {
                prop_assert!(undominated);
                let found = ids(&matching);
                prop_assert!(stable.contains(&found));
                let people = 0..found.len();
                let no_worse = |other: &&Vec<u32>| people.clone().all(|c| plan.got(other, c) <= plan.got(&found, c));
                prop_assert_eq!(stable.iter().filter(no_worse).collect::<Vec<_>>(), [&found]);
            }
            Exact::NoneStable(proof) => {
                prop_assert!(stable.is_empty() && proof.minimal);
                let kept = plan.all().into_iter().filter(|ids| plan.keeps(ids, Keeping::Exact));
                let blocking: Vec<_> = kept.map(|ids| plan.blocking(&ids, Keeping::Exact)).collect();
                let each_has_one_of =
                    |pairs: &[(u32, u32)]| blocking.iter().all(|those| those.iter().any(|pair| pairs.contains(pair)));
                prop_assert!(each_has_one_of(&proof.pairs));
                for left_out in &proof.pairs {
                    let rest: Vec<_> = proof.pairs.iter().filter(|pair| *pair != left_out).copied().collect();
                    prop_assert!(!each_has_one_of(&rest));
                }
            }
            other => prop_assert!(false, "a small market ended with {other:?}"),
        }
    }

    #[test]
    fn the_audit_agrees_with_the_definition_on_every_matching(plan in plan()) {
        let market = plan.market();
        for ids in plan.all() {
            for keeping in [Keeping::Exact, Keeping::Unsplit] {
                let found = audit(&market, &plan.days(), &matching(&ids), keeping);
                prop_assert_eq!(found.is_valid(), plan.keeps(&ids, keeping));
                let mut blocking = found.blocking_pairs.clone();
                blocking.sort_unstable();
                let mut expected = plan.blocking(&ids, keeping);
                expected.sort_unstable();
                prop_assert_eq!(blocking, expected);
                prop_assert_eq!(found.unmatched as usize, ids.iter().filter(|&&id| id == 0).count());
                prop_assert_eq!((found.placed + found.unmatched) as usize, ids.len());
                for (opening, (quota, _)) in plan.openings.iter().enumerate() {
                    let load = plan.load(&plan.holders(&ids, opening));
                    prop_assert_eq!(found.over[opening], load.saturating_sub(u64::from(*quota)));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unsplit_matching_is_over_by_less_than_its_last_and_fills_what_others_would_rather_have(plan in plan()) {
        let ids = plan.unsplit();
        prop_assert!(plan.keeps(&ids, Keeping::Unsplit));
        prop_assert!(plan.blocking(&ids, Keeping::Unsplit).is_empty());
        prop_assert!(plan.blocking(&ids, Keeping::Exact).is_empty());
        let market = plan.market();
        let answer = unsplit(&market.strict().unwrap(), &plan.days()).unwrap();
        for (opening, &over) in answer.over.iter().enumerate() {
            let held = plan.holders(&ids, opening);
            prop_assert_eq!(over, plan.load(&held).saturating_sub(u64::from(plan.openings[opening].0)));
            prop_assert!(over == 0 || over < plan.load(&held[held.len() - 1..]));
        }
        if answer.over.iter().all(|&over| over == 0) {
            prop_assert!(plan.keeps(&ids, Keeping::Exact));
            let found = matches!(plan.exact(), Exact::Stable { .. });
            prop_assert!(found);
        }
    }

    #[test]
    fn unsplit_gives_everybody_at_least_the_best_share_of_a_stable_division(plan in plan()) {
        // Each day of a candidate goes its own way: the division best for every day.
        let mut days = Market::builder();
        let mut owner = Vec::new();
        for (candidate, (count, list)) in (0u32..).zip(&plan.candidates) {
            for _ in 0..*count {
                days.candidate(list.iter().copied());
                owner.push(candidate);
            }
        }
        for (quota, list) in &plan.openings {
            let each_day = |c: &u32| (0..).zip(&owner).filter(|&(_, owner)| owner == c).map(|(day, _)| day).collect::<Vec<u32>>();
            days.opening(*quota, list.iter().flat_map(each_day));
        }
        let days = days.build().unwrap();
        let divided = ids(&candidate_optimal(&days.strict().unwrap()).matching);
        let ids = plan.unsplit();
        for (day, &id) in divided.iter().enumerate().filter(|(_, id)| **id > 0) {
            let candidate = owner[day] as usize;
            prop_assert!(plan.got(&ids, candidate) <= Plan::place(&plan.candidates[candidate].1, id - 1));
        }
    }
}

#[test]
fn the_audit_of_days_names_every_way_of_not_being_a_matching() {
    let plan = nothing_stable();
    let (market, matching) = (plan.market(), Matching::new([Some(1), Some(7), Some(1), None]));
    let told = |days: &[u32], keeping| {
        let found = audit(&market, days, &matching, keeping);
        found.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let both =
        ["the matching has 4 candidates, the market 3", "candidate 1 has opening 7, which does not exist"];
    assert_eq!(told(&[1, 1, 2], Keeping::Unsplit), both);
    let over = "opening 1 has 2 days and holds candidates of 3";
    assert_eq!(told(&[1, 1, 2], Keeping::Exact), [both[0], both[1], over]);
    let over = "opening 1 has 2 days and holds candidates of 4";
    assert_eq!(told(&[2, 1, 2], Keeping::Unsplit), [both[0], both[1], over]);
    let short = "days are given for 1 candidates, the market has 3";
    assert_eq!(told(&[1], Keeping::Exact), [both[0], short, both[1]]);
    let stranger = Matching::new([None, None, Some(0)]);
    assert_eq!(
        audit(&market, &[1, 1, 1], &stranger, Keeping::Exact).problems[0].to_string(),
        "candidate 2 and opening 0 are not acceptable to each other"
    );
}

#[test]
fn of_people_whom_an_opening_likes_equally_any_may_be_the_last_who_reaches_over() {
    // Haruka takes one day and Kenji two of the brewery's two. By a lottery that puts Kenji last both have a place.
    for tie in [[0, 1], [1, 0]] {
        let mut market = Market::builder();
        market.candidate([0]);
        market.candidate([0]);
        market.opening_with_ties(2, [tie]);
        let market = market.build().unwrap();
        let both = Matching::new([Some(0), Some(0)]);
        assert!(audit(&market, &[1, 2], &both, Keeping::Unsplit).is_stable(), "{tie:?}");
        assert!(
            !audit(&market, &[2, 2], &both, Keeping::Unsplit).is_valid(),
            "without either the days are filled"
        );
    }
}
