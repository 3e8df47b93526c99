//! Who likes whom: interests that follow fit, and rank-order lists that follow fit, common esteem and taste.
//!
//! The two sides do not share a score. A candidate asks where, in which role and for how long; an opening asks who can do the
//! work; everybody has favourites of their own. So both lists agree in part, as in real markets, and a matching is not trivial.

use super::candidates::{Candidate, Track, Wish};
use super::firms::Firm;
use super::openings::Opening;
use super::rng::Rng;

/// A candidate's interest in an opening.
#[derive(Clone, Copy)]
pub struct Interest {
    pub candidate: usize,
    pub opening: usize,
    /// 応募; else only 気になる.
    pub applied: bool,
}

/// A rank-order list: partners with their ranks from 1; equal ranks are a tie.
pub type Ranking = Vec<(usize, usize)>;

/// Everything the two sides want.
pub struct Tastes {
    /// In the order of candidates, the dearest first.
    pub interests: Vec<Interest>,
    /// For each candidate; empty if no list was handed in.
    pub of_candidates: Vec<Ranking>,
    /// For each opening; empty if no list was handed in.
    pub of_openings: Vec<Ranking>,
}

/// How many openings a candidate looks at; beyond it the work stays linear in the number of people.
const SIGHT: usize = 60;

/// Draws the wishes of both sides. The candidates `faithful` (those of couples) always hand in a list.
pub fn tastes(
    seed: u64,
    firms: &[Firm],
    openings: &[Opening],
    candidates: &[Candidate],
    faithful: &[usize],
) -> Tastes {
    let mut interests: Vec<Interest> = Vec::new();
    let mut of_candidates = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let rng = &mut Rng::of(seed, "interests", index);
        let liked = interested_in(candidate, firms, openings, rng);
        let own = liked.iter().enumerate().map(|(place, &opening)| Interest {
            candidate: index,
            opening,
            applied: place == 0 || rng.chance(if place < 5 { 80 } else { 40 }),
        });
        interests.extend(own);
        let silent = rng.chance(15) && !faithful.contains(&index);
        of_candidates.push(if silent { Vec::new() } else { candidate_list(&liked, rng) });
    }

    let mut suitors: Vec<Vec<Interest>> = vec![Vec::new(); openings.len()];
    for &interest in &interests {
        suitors[interest.opening].push(interest);
    }
    let of_openings = suitors
        .iter()
        .enumerate()
        .map(|(index, suitors)| {
            let rng = &mut Rng::of(seed, "openings rank", index);
            if rng.chance(10) {
                Vec::new()
            } else {
                opening_list(&openings[index], firms, suitors, candidates, rng)
            }
        })
        .collect();
    Tastes { interests, of_candidates, of_openings }
}

/// Four to twelve openings, the dearest first.
fn interested_in(candidate: &Candidate, firms: &[Firm], openings: &[Opening], rng: &mut Rng) -> Vec<usize> {
    let seen: Vec<usize> = if openings.len() <= SIGHT {
        (0..openings.len()).collect()
    } else {
        let mut seen: Vec<usize> = (0..SIGHT).map(|_| rng.below(openings.len())).collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    };
    let mut scored: Vec<(i64, usize)> = seen
        .into_iter()
        .map(|index| {
            let (opening, firm) = (&openings[index], &firms[openings[index].firm]);
            let taste = rng.range(0, 45);
            (attraction(candidate, opening, firm) + firm.appeal * 2 / 3 + taste, index)
        })
        .collect();
    scored.sort_unstable_by_key(|&(score, index)| (-score, index));
    scored.truncate(rng.quantile(&[4, 5, 6, 8, 13]) as usize);
    scored.into_iter().map(|(_, index)| index).collect()
}

/// What a candidate sees in an opening: place, role, time, contract, trade, and work that is theirs to do.
fn attraction(candidate: &Candidate, opening: &Opening, firm: &Firm) -> i64 {
    let place = if candidate.areas.contains(&firm.prefecture) {
        30
    } else if candidate.areas.is_empty() {
        18
    } else {
        0
    };
    let distance = if opening.remote >= 60 { 8 } else { 0 };
    let role = match (candidate.track, opening.succession) {
        (Track::Either, _) => 15,
        (Track::Successor, true) | (Track::RightHand, false) => 22,
        _ => 0,
    };
    let trade = if candidate.industry == Some(firm.story.industry.as_str()) { 10 } else { 0 };
    place + distance + role + trade + terms(candidate, opening) + able(candidate, opening) / 2
}

/// Whether time and contract can be agreed on; both sides care.
fn terms(candidate: &Candidate, opening: &Opening) -> i64 {
    let time = if candidate.days >= opening.days { 8 } else { -14 };
    let contract = match (candidate.contract, opening.employment) {
        (Wish::Either, _) | (Wish::Service, false) | (Wish::Employment, true) => 6,
        _ => -14,
    };
    time + contract
}

/// How well the person can do this work, 0–42.
fn able(candidate: &Candidate, opening: &Opening) -> i64 {
    let issues = opening.tags.iter().filter(|tag| candidate.field.tags.iter().any(|own| own == *tag)).count();
    let skills = opening.skills.iter().filter(|skill| candidate.skills.contains(skill)).count();
    issues.min(2) as i64 * 12 + skills.min(3) as i64 * 6
}

/// Three to ten of the openings a candidate likes, after the first talks have moved some of them.
fn candidate_list(liked: &[usize], rng: &mut Rng) -> Ranking {
    let mut moved: Vec<(i64, usize)> = liked
        .iter()
        .enumerate()
        .map(|(place, &opening)| (place as i64 * 10 + rng.range(0, 24), opening))
        .collect();
    moved.sort_unstable();
    moved.truncate(rng.quantile(&[3, 4, 5, 6, 11]) as usize);
    ranked(moved.into_iter().map(|(_, opening)| opening), rng)
}

/// Most of those who applied and some who only looked, by ability, esteem and taste.
fn opening_list(
    opening: &Opening,
    firms: &[Firm],
    suitors: &[Interest],
    candidates: &[Candidate],
    rng: &mut Rng,
) -> Ranking {
    let mut scored: Vec<(i64, usize)> = Vec::new();
    for suitor in suitors {
        let candidate = &candidates[suitor.candidate];
        let near =
            if candidate.near || candidate.areas.contains(&firms[opening.firm].prefecture) { 8 } else { 0 };
        let role = if opening.succession && candidate.track == Track::RightHand { -15 } else { 0 };
        let score = able(candidate, opening)
            + terms(candidate, opening)
            + near
            + role
            + candidate.appeal
            + rng.range(0, 25);
        let acceptable = score > 18 && rng.chance(if suitor.applied { 92 } else { 40 });
        if acceptable {
            scored.push((-score, suitor.candidate));
        }
    }
    scored.sort_unstable();
    ranked(scored.into_iter().map(|(_, candidate)| candidate), rng)
}

/// Ranks from 1; on one list in fifty two neighbours stay tied.
fn ranked(partners: impl Iterator<Item = usize>, rng: &mut Rng) -> Ranking {
    let mut list: Ranking = partners.enumerate().map(|(place, partner)| (partner, place + 1)).collect();
    if list.len() > 3 && rng.chance(2) {
        let second = rng.range(2, list.len() as i64 - 1) as usize;
        list[second].1 = list[second - 1].1;
    }
    list
}
