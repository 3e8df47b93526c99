//! Who is on whose list, and what may not put anybody there.

use super::*;
use crate::domain::{
    Areas, Block, Candidate, Consent, Contract, ContractWish, Opening, Pay, PayUnit, Range, SideJob, Start,
    Track, TrialKind, Visibility,
};
use crate::search::samples::{candidate, counting, counting_from, firm, opening, small_region};

fn fit(region: &Region) -> Fit {
    Fit::new(region, &Weights::default())
}

/// One opening of a firm in 岡山県 and one candidate who fits it in every hard condition.
fn pair() -> Region {
    let mut ids = counting();
    let firm = firm(&mut ids, "備中酒造株式会社", "岡山県", "製造業／酒蔵");
    let opening = opening(&mut ids, &firm, "M-001", "社長の右腕", "酒蔵の社長を支える右腕");
    let candidate = candidate(&mut ids, "C-001", "計画を現場の言葉にする参謀", &["事業計画"]);
    Region { firms: vec![firm], openings: vec![opening], candidates: vec![candidate], ..Region::default() }
}

/// Whether the two may meet after this change to either of them.
fn meet(change: impl Fn(&mut Candidate, &mut Opening)) -> bool {
    let mut region = pair();
    change(&mut region.candidates[0], &mut region.openings[0]);
    let fit = fit(&region);
    let (candidate, opening) = (region.candidates[0].id, region.openings[0].id);
    let met = fit.score_of_opening(candidate, opening).is_some();
    assert_eq!(met, fit.score_of_candidate(opening, candidate).is_some());
    assert_eq!(met, !fit.top_openings(candidate, 5).is_empty());
    assert_eq!(met, !fit.top_candidates(opening, 5).is_empty());
    met
}

#[test]
fn contradicting_answers_exclude_a_pair() {
    assert!(meet(|_, _| {}));
    assert!(!meet(|candidate, _| candidate.facts.track = Some(Track::Successor)));
    assert!(!meet(|_, opening| opening.facts.days = Some(Range::exactly(300))));
    assert!(!meet(|candidate, _| candidate.facts.contract = Some(ContractWish::Employment)));
    let elsewhere = || Some(Areas::Prefectures(vec!["青森県".to_owned()]));
    assert!(!meet(|candidate, _| candidate.facts.areas = elsewhere()));
    let remote = |candidate: &mut Candidate, opening: &mut Opening| {
        candidate.facts.areas = elsewhere();
        opening.facts.remote = Some(Range::exactly(100));
    };
    assert!(meet(remote));
}

#[test]
fn who_hides_from_a_firm_meets_none_of_its_openings() {
    let by_name = |name: &str| Block::Name(name.to_owned());
    assert!(!meet(|candidate, _| candidate.facts.more.blocks = vec![by_name("備中酒造（株）")]));
    assert!(meet(|candidate, _| candidate.facts.more.blocks = vec![by_name("備前酒造（株）")]));
}

#[test]
fn a_start_that_comes_too_early_and_pay_that_is_too_low_exclude_where_both_are_told() {
    let month = |month| Some(Start::Month { year: 2027, month });
    let starts = |free: Option<Start>, start: Option<Start>| {
        meet(|candidate, opening| {
            candidate.facts.more.free_from = free;
            opening.facts.start = start;
        })
    };
    assert!(!starts(month(4), month(3)));
    assert!(starts(month(4), month(4)));
    assert!(starts(month(4), Some(Start::AnyTime)));
    assert!(starts(None, month(1)) && starts(month(4), None));
    let pays = |floor: Option<u64>, a_day: Option<u64>| {
        meet(|candidate, opening| {
            candidate.facts.more.pay_floor = floor;
            opening.facts.pay =
                a_day.map(|yen| Pay { unit: PayUnit::Day, amount: Some(Range { min: yen / 2, max: yen }) });
        })
    };
    assert!(!pays(Some(20_000), Some(19_999)));
    assert!(pays(Some(20_000), Some(20_000)), "what it pays at most is enough");
    assert!(pays(None, Some(1)) && pays(Some(20_000), None));
}

#[test]
fn nobody_is_proposed_to_the_firm_that_the_present_job_names() {
    let works = |job: &str| meet(|candidate, _| candidate.facts.present_job = Some(job.to_owned()));
    assert!(!works("備中酒造（株）営業部長"));
    assert!(works("備前酒造（株）営業部長"));
    assert!(works("酒造会社の営業部長"));
}

/// Seven people and six openings, who differ in skills, places and days.
fn town() -> Region {
    let mut ids = counting();
    let firms = [("備中酒造株式会社", "岡山県"), ("有限会社花の宿", "広島県")];
    let firms = firms.map(|(name, pref)| firm(&mut ids, name, pref, "製造業／酒蔵"));
    let skills = ["事業計画", "管理会計", "接客", "品質管理", "採用", "商品開発"];
    let mut openings = Vec::new();
    for (at, skill) in skills.iter().enumerate() {
        let mut one =
            opening(&mut ids, &firms[at % 2], &format!("M-{at}"), skill, &format!("{skill}を担う右腕"));
        one.facts.skills = vec![(*skill).to_owned(), skills[(at + 2) % 6].to_owned()];
        openings.push(one);
    }
    let mut candidates = Vec::new();
    for at in 0..7 {
        let known = [skills[at % 6], skills[(at * 2 + 1) % 6]];
        let headline = format!("{}と{}をしてきました", known[0], known[1]);
        let mut one = candidate(&mut ids, &format!("C-{at}"), &headline, &known);
        one.facts.areas = (at % 3 > 0).then_some(Areas::Everywhere);
        one.facts.track = Some(if at == 5 { Track::Successor } else { Track::Both });
        candidates.push(one);
    }
    Region { firms: firms.to_vec(), openings, candidates, ..Region::default() }
}

#[test]
fn shortlists_of_everybody_are_the_best_of_both_sides_with_the_points_of_both() {
    let region = town();
    let fit = fit(&region);
    let candidates: Vec<_> = region.candidates.iter().map(|one| one.id).collect();
    let openings: Vec<_> = region.openings.iter().map(|one| one.id).collect();
    let mut cut_off = Vec::new();
    for k in [0, 1, 2, 4, 100] {
        let mut expected = std::collections::BTreeSet::new();
        for &candidate in &candidates {
            expected.extend(fit.top_openings(candidate, k).into_iter().map(|one| (candidate, one.id)));
        }
        for &opening in &openings {
            expected.extend(fit.top_candidates(opening, k).into_iter().map(|one| (one.id, opening)));
        }
        let edges = fit.edges(k, &candidates, &openings);
        let pairs: Vec<_> = edges.pairs.iter().map(|edge| (edge.candidate, edge.opening)).collect();
        assert_eq!(pairs, expected.into_iter().collect::<Vec<_>>(), "best {k}");
        for edge in &edges.pairs {
            assert_eq!(Some(edge.of_opening), fit.score_of_opening(edge.candidate, edge.opening));
            assert_eq!(Some(edge.of_candidate), fit.score_of_candidate(edge.opening, edge.candidate));
        }
        cut_off.push(edges.pairs.len() as u64 + edges.cut_off);
    }
    // Whatever is left off is counted, and at last nothing is.
    assert!(cut_off.windows(2).all(|two| two[0] == two[1]), "{cut_off:?}");
    assert_eq!(fit.edges(100, &candidates, &openings).cut_off, 0);
    assert!(fit.edges(1, &candidates, &openings).cut_off > 0);
}

#[test]
fn shortlists_of_some_take_nobody_else_s_place() {
    let region = town();
    let fit = fit(&region);
    let some: Vec<_> = region.candidates.iter().skip(3).map(|one| one.id).collect();
    let openings: Vec<_> = region.openings.iter().map(|one| one.id).collect();
    let edges = fit.edges(1, &some, &openings);
    for &opening in &openings {
        let best =
            fit.top_candidates(opening, 100).into_iter().map(|one| one.id).find(|id| some.contains(id));
        let is_best = |edge: &&Edge| edge.opening == opening && Some(edge.candidate) == best;
        assert_eq!(edges.pairs.iter().any(|edge| is_best(&edge)), best.is_some());
    }
    assert!(edges.pairs.iter().all(|edge| some.contains(&edge.candidate)));
}

#[test]
fn who_chose_not_to_be_found_is_on_no_list() {
    assert!(!meet(|candidate, _| candidate.facts.more.visibility = Some(Visibility::Desk)));
    assert!(meet(|candidate, _| candidate.facts.more.visibility = Some(Visibility::Firms)));
}

#[test]
fn an_empty_field_excludes_nobody() {
    let silent = |candidate: &mut Candidate, opening: &mut Opening| {
        let facts = &mut candidate.facts;
        (facts.track, facts.areas, facts.days, facts.contract) = (None, None, None, None);
        facts.skills.clear();
        opening.facts.kind = TrialKind::Succession;
        opening.facts.contract = Contract::Permanent;
        opening.facts.remote = None;
    };
    assert!(meet(silent));
    assert!(meet(|_, opening| opening.facts.days = None));
}

#[test]
fn nobody_without_consent_and_no_draft_is_on_a_list() {
    assert!(!meet(|candidate, _| candidate.facts.consent = Consent::Unknown));
    assert!(!meet(|_, opening| opening.blocks.push("W-PAY-MISSING".to_owned())));
}

#[test]
fn parts_add_up_to_the_score_and_the_score_stays_below_its_weights() {
    let region = small_region();
    let fit = fit(&region);
    let mut pairs = 0;
    for candidate in &region.candidates {
        for scored in fit.top_openings(candidate.id, 10) {
            let parts = fit.parts_of_opening(candidate.id, scored.id).unwrap();
            assert_eq!(parts.iter().map(|part| part.points).sum::<u32>(), scored.score);
            assert_eq!(parts.iter().map(|part| part.of).sum::<u32>(), 1000);
            assert!(parts.iter().all(|part| part.points <= part.of));
            assert_eq!(fit.score_of_opening(candidate.id, scored.id), Some(scored.score));
            let parts = fit.parts_of_candidate(scored.id, candidate.id).unwrap();
            assert_eq!(parts.iter().map(|part| part.of).sum::<u32>(), 1000);
            pairs += 1;
        }
    }
    assert!(pairs > 0);
}

#[test]
fn who_can_do_what_is_wanted_comes_first() {
    let mut region = pair();
    // The ids up to this one are taken.
    let mut ids = counting_from(10);
    region.candidates.push(candidate(&mut ids, "C-002", "計画を現場の言葉にする参謀", &["接客"]));
    let fit = fit(&region);
    let listed = fit.top_candidates(region.openings[0].id, 10);
    assert_eq!(listed[0].id, region.candidates[0].id);
    assert!(listed[0].score > listed[1].score);
    assert_eq!(fit.top_candidates(region.openings[0].id, 1), listed[..1]);
}

#[test]
fn two_runs_over_two_indexes_agree_to_the_point() {
    let region = small_region();
    let (one, other) = (fit(&region), fit(&region));
    for candidate in &region.candidates {
        assert_eq!(one.top_openings(candidate.id, 10), other.top_openings(candidate.id, 10));
    }
    for opening in &region.openings {
        assert_eq!(one.top_candidates(opening.id, 10), other.top_candidates(opening.id, 10));
    }
}

/// Every score of the region, both ways.
fn scores(region: &Region) -> Vec<(Option<u32>, Option<u32>)> {
    let fit = fit(region);
    let pairs = region.candidates.iter().flat_map(|one| region.openings.iter().map(|two| (one.id, two.id)));
    pairs
        .map(|(candidate, opening)| {
            (fit.score_of_opening(candidate, opening), fit.score_of_candidate(opening, candidate))
        })
        .collect()
}

#[test]
fn name_home_origin_and_age_count_for_nothing() {
    let region = small_region();
    let before = scores(&region);
    assert!(before.iter().any(|(one, _)| one.is_some()));
    let mut changed = region.clone();
    for candidate in &mut changed.candidates {
        let facts = &mut candidate.facts;
        facts.name = "酒井 蔵之介".to_owned();
        facts.kana = Some("さかい くらのすけ".to_owned());
        facts.home = Some("岡山県高梁市".to_owned());
        facts.ties = Some("岡山県（酒蔵の実家）".to_owned());
        facts.phone = None;
        facts.note = Some("酒蔵の右腕に最適。女性、35歳。".to_owned());
    }
    for firm in &mut changed.firms {
        firm.facts.president = Some("酒井 花子".to_owned());
        firm.facts.president_age = Some(41);
        firm.facts.note = Some("計画を現場の言葉にする参謀がほしい".to_owned());
    }
    assert_eq!(scores(&changed), before);
}

#[test]
fn a_weight_of_nothing_takes_its_part_out() {
    let region = pair();
    let mut weights = Weights::default();
    weights.firm.side_job = 0;
    let fit = Fit::new(&region, &weights);
    let parts = fit.parts_of_candidate(region.openings[0].id, region.candidates[0].id).unwrap();
    let part = parts.iter().find(|part| part.name == "side_job").unwrap();
    assert_eq!((part.points, part.of), (0, 0));
    assert_eq!(region.candidates[0].facts.side_job, SideJob::Permitted);
}

#[test]
fn weights_are_stored_and_read_back_and_an_unknown_name_is_refused() {
    let stored = serde_json::to_string(&Weights::default()).unwrap();
    assert_eq!(serde_json::from_str::<Weights>(&stored).unwrap(), Weights::default());
    assert!(serde_json::from_str::<Weights>(r#"{"firm": {"age": 300}}"#).is_err());
    let partly: Weights = serde_json::from_str(r#"{"firm": {"move": 0}}"#).unwrap();
    assert_eq!(partly.firm.moving, 0);
    assert_eq!(partly.candidate, Weights::default().candidate);
}

#[test]
fn everything_that_stands_against_a_pair_is_named() {
    let mut region = pair();
    region.candidates[0].facts.track = Some(Track::Successor);
    region.openings[0].facts.days = Some(Range::exactly(300));
    let fit = fit(&region);
    let against = vec![Condition::Track, Condition::Days];
    let (candidate, opening) = (region.candidates[0].id, region.openings[0].id);
    let list = fit.shortlist_of_candidate(candidate, 5).unwrap();
    assert_eq!((list.allowed, &list.excluded), (0, &vec![(opening, against.clone())]));
    assert_eq!(list.reasons(), [(Condition::Track, 1), (Condition::Days, 1)]);
    assert_eq!(fit.shortlist_of_opening(opening, 5).unwrap().excluded, [(candidate, against)]);
}

#[test]
fn a_list_of_one_has_the_points_of_a_round_whoever_else_is_there() {
    let region = town();
    let all = fit(&region);
    for candidate in &region.candidates {
        let alone = fit(&Region { candidates: vec![candidate.clone()], ..region.clone() });
        let list = alone.shortlist_of_candidate(candidate.id, 100).unwrap();
        assert_eq!(Some(&list), all.shortlist_of_candidate(candidate.id, 100).as_ref());
        for one in &list.best {
            assert_eq!(Some(one.score), all.score_of_opening(candidate.id, one.id));
            assert_eq!(one.parts.iter().map(|part| part.points).sum::<u32>(), one.score);
        }
        for (opening, _) in &list.excluded {
            assert_eq!(all.score_of_opening(candidate.id, *opening), None);
        }
    }
}

#[test]
fn a_list_of_one_ties_what_a_round_ties() {
    let region = town();
    let fit = fit(&region);
    for opening in &region.openings {
        let list = fit.shortlist_of_opening(opening.id, 100).unwrap();
        let steps: Vec<u32> = list.best.iter().map(|one| one.score / RESOLUTION).collect();
        assert!(steps.is_sorted_by(|one, next| one >= next), "{steps:?}");
        for (one, step) in list.best.iter().zip(&steps) {
            let alike = steps.iter().filter(|other| *other == step).count();
            assert_eq!(one.is_tied, alike > 1);
            assert_eq!(one.place, 1 + steps.iter().filter(|other| *other > step).count());
        }
        for k in 1..steps.len() {
            let short = fit.shortlist_of_opening(opening.id, k).unwrap();
            assert_eq!(short.best, list.best[..k]);
            assert_eq!((short.allowed, short.cuts_a_tie), (steps.len(), steps[k - 1] == steps[k]));
        }
    }
}

#[test]
fn what_was_not_told_is_said_and_counts_as_the_middle() {
    let mut region = pair();
    region.candidates[0].facts.areas = None;
    region.openings[0].facts.days = None;
    let fit = fit(&region);
    let parts = fit.parts_of_opening(region.candidates[0].id, region.openings[0].id).unwrap();
    let part = |name: &str| *parts.iter().find(|part| part.name == name).unwrap();
    for name in ["region", "days"] {
        let part = part(name);
        assert!(!part.told && part.points * 2 == part.of, "{part:?}");
    }
    assert!(part("skills").told && part("text").told);
}

#[test]
fn the_usual_weights_are_whole() {
    assert!(Weights::default().are_whole());
    let mut weights = Weights::default();
    weights.firm.text += 1;
    assert!(!weights.are_whole());
}
