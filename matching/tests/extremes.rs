//! The largest numbers that a market can hold, and none at all, meet every mechanism: nothing overflows, nothing
//! panics, and the audits of each setting find what was promised.

#![allow(clippy::unwrap_used, reason = "a test's helpers may fail the test")]

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;
use migiude_matching::audit::{caps::audit_caps, days as days_audit, slots as slots_audit};
use migiude_matching::{
    Certificate, Couple, CoupledMarket, Lattice, Market, Otherwise, Region, Regions, Wish, audit,
    audit_couples, balanced, both_ranks, break_ties, candidate_optimal, certificate, comparisons, days,
    extended_seat_deferred_acceptance, flexible_deferred_acceptance, largest_weakly_stable, match_couples,
    median, minimum_regret, opening_optimal, optimum, promotion, rematch, sex_equal, slots, solve_apart,
    strategy, strongly_stable, super_stable,
};

const EXTREMES: [u32; 6] = [0, 1, 2, 1 << 31, u32::MAX - 1, u32::MAX];

/// Up to five candidates and four openings, with ties, and lists that are not all returned.
fn market(dice: &mut Dice) -> Market {
    let (candidates, openings) = (dice.below(6), dice.below(5));
    let mut market = Market::builder();
    let groups = |dice: &mut Dice, partners: u32| {
        let mut list: Vec<u32> = (0..partners).filter(|_| !dice.once_in(4)).collect();
        dice.shuffle(&mut list);
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for entry in list {
            match groups.last_mut() {
                Some(group) if dice.once_in(4) => group.push(entry),
                _ => groups.push(vec![entry]),
            }
        }
        groups
    };
    for _ in 0..candidates {
        market.candidate_with_ties(groups(dice, openings));
    }
    for _ in 0..openings {
        let quota = *dice.pick(&EXTREMES);
        market.opening_with_ties(quota, groups(dice, candidates));
    }
    market.build().unwrap()
}

fn extremes(dice: &mut Dice, count: usize) -> Vec<u32> {
    (0..count).map(|_| *dice.pick(&EXTREMES)).collect()
}

#[test]
fn no_seat_and_four_thousand_million_of_them_frighten_no_plain_mechanism() {
    let mut dice = Dice::new(1);
    for seed in 0..400 {
        let market = market(&mut dice);
        let strict = break_ties(&market, seed);
        let lattice = Lattice::of(&strict);
        let largest = largest_weakly_stable(&market, seed, &mut || true);
        assert!(largest.is_proven());
        let all = [
            candidate_optimal(&strict).matching,
            opening_optimal(&strict).matching,
            optimum(&lattice, &[&both_ranks], &[]).unwrap().matching,
            minimum_regret(&lattice).matching,
            balanced(&lattice, 1_000).matching,
            sex_equal(&lattice, 1_000).matching,
            median(&lattice, 1_000).matching,
            promotion(&market, seed).matching,
            largest.matching,
            solve_apart(&market, 2, |part| candidate_optimal(&break_ties(part, seed)).matching),
        ];
        for matching in all.iter().chain([strongly_stable(&market), super_stable(&market)].iter().flatten()) {
            assert!(audit(&market, matching).is_stable(), "{market:?} {matching:?}");
            let proof = Certificate::of(&market, matching).unwrap();
            assert_eq!(certificate::check(&market, &proof), Ok(()));
            assert!(audit(&strict, &rematch::freeze(&strict, matching).matching).is_valid());
            assert!(audit(&strict, &rematch::vacancy_chain(&strict, matching).matching).is_valid());
        }
        // Weights and wishes beyond all bounds are refused or fulfilled.
        for weight in [i64::MIN, i64::MAX] {
            let _refused_or_not = optimum(&lattice, &[&|_| weight, &|_| -1], &[]);
            let _refused_or_not = comparisons::maximum_weight(&market, &|_| weight);
            comparisons::total_weight(&market, &all[0], &|_| weight);
        }
        let beyond = [Wish::Forced(u32::MAX, 0), Wish::Forbidden(0, u32::MAX)];
        assert!(optimum(&lattice, &[], &beyond).is_err() && optimum(&lattice, &[], &beyond[1..]).is_ok());
        for (_, compared) in comparisons::beside(&market, seed) {
            assert!(audit(&market, &compared.matching).is_valid());
        }
        assert!(strategy::notes(&strict, &mut || true).gains.complete);
    }
}

#[test]
fn as_many_slots_or_days_as_a_number_can_say_are_only_many() {
    let mut dice = Dice::new(2);
    for seed in 0..400 {
        let market = market(&mut dice);
        let strict = break_ties(&market, seed);
        let sizes = extremes(&mut dice, market.candidates().len());
        for outcome in [slots::candidate_optimal(&strict, &sizes), slots::opening_optimal(&strict, &sizes)] {
            assert!(slots_audit::audit(&strict, &sizes, &outcome.unwrap().matching).is_stable());
        }
        let sizes: Vec<u32> = sizes.into_iter().map(|days| days.max(1)).collect();
        let unsplit = days::unsplit(&strict, &sizes).unwrap();
        let found = days_audit::audit(&strict, &sizes, &unsplit.matching, days_audit::Keeping::Unsplit);
        assert!(found.is_stable() && found.over == unsplit.over);
        if let days::Exact::Stable { matching, .. } = days::exact(&strict, &sizes, &mut || true).unwrap() {
            assert!(days_audit::audit(&strict, &sizes, &matching, days_audit::Keeping::Exact).is_stable());
        }
    }
}

#[test]
fn caps_and_floors_of_any_size_are_refused_with_a_reason_or_kept() {
    let (mut dice, mut kept, mut filled) = (Dice::new(3), 0, 0);
    for seed in 0..2_000 {
        let market = market(&mut dice);
        let strict = break_ties(&market, seed);
        let mut regions: Vec<Region> = Vec::new();
        for name in ["valley", "coast"] {
            let openings = market.each_opening().filter(|_| dice.once_in(2)).collect();
            let cap = dice.once_in(2).then(|| *dice.pick(&EXTREMES));
            let within = if regions.is_empty() || dice.once_in(2) { None } else { Some(0) };
            let floor = if dice.once_in(2) { 0 } else { *dice.pick(&EXTREMES) };
            regions.push(Region { name: name.into(), within, cap, floor, openings, ..Region::default() });
        }
        let regions = match Regions::new(&market, regions, vec![]) {
            Ok(regions) => regions,
            Err(refused) => {
                assert!(!refused.to_string().is_empty());
                continue;
            }
        };
        kept += 1;
        let outcome = flexible_deferred_acceptance(&strict, &regions).matching;
        let found = audit_caps(&strict, &regions, &outcome);
        assert!(
            found.plain.is_valid()
                && found.regions.iter().all(|region| region.cap.is_none_or(|cap| region.placed <= cap))
        );
        match extended_seat_deferred_acceptance(&strict, &regions, &mut || true) {
            Ok(found) => {
                filled += 1;
                let found = audit_caps(&strict, &regions, &found.outcome.matching);
                assert!(found.is_feasible() && found.is_fair());
            }
            Err(unmet) => assert!(!unmet.to_string().is_empty()),
        }
    }
    assert!(kept > 200 && filled > 50, "{kept} {filled}");
}

#[test]
fn couples_at_openings_without_seats_or_without_end_are_answered() {
    let mut dice = Dice::new(4);
    for seed in 0..200 {
        let mut lists = Market::builder();
        lists.candidate([0, 1, 2]);
        (0..4).for_each(|_| lists.candidate([]));
        for _ in 0..3 {
            let mut list: Vec<u32> = (0..5).collect();
            dice.shuffle(&mut list);
            lists.opening(*dice.pick(&EXTREMES), list);
        }
        let mut couple = |members| {
            let mut pairs: Vec<u32> = (0..15).collect();
            dice.shuffle(&mut pairs);
            let opening = |number: u32| (number < 3).then_some(number);
            let list = pairs.into_iter().take(6).map(|pair| [opening(pair / 4), opening(pair % 4)]);
            Couple { members, list: list.collect() }
        };
        let couples = vec![couple([1, 2]), couple([3, 4])];
        let market = CoupledMarket::new(&lists, couples).unwrap();
        for otherwise in [Otherwise::Proof, Otherwise::FewestBlocks, Otherwise::ExtraSeats] {
            let answer = match_couples(&market, seed, otherwise, &mut || true);
            if let Some(matching) = answer.matching() {
                let market = match &answer {
                    migiude_matching::CouplesAnswer::ExtraSeats { extra_seats, .. } => {
                        market.with_extra_seats(extra_seats)
                    }
                    _ => market.clone(),
                };
                let found = audit_couples(&market, matching);
                assert!(found.is_valid() && found.blocking.len() == answer.blocking().len());
            }
        }
    }
}
