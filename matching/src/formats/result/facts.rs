//! What a mechanism has to say beside its matching, as members of the result file.

use serde::Serialize;

use super::Keys;
use crate::audit::caps::RegionCount;
use crate::caps::Regions;
use crate::certificate::Certificate;
use crate::comparisons::Compared;
use crate::couples::{CoupledMarket, DroppedChoice};
use crate::floors::{Change, Price, Waste};
use crate::formats::caps::{self, RulesText};
use crate::formats::pairs::Pairs;
use crate::strategy::{Gain, Notes, Report};
use crate::{Candidate, Opening};

/// What a mechanism has to say beside its matching; what does not apply is left out of the file.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// The weight that was made least.
    pub objective: Option<i64>,
    /// The worst rank anybody has.
    pub regret: Option<u32>,
    /// Whether the optimum is proven; otherwise it is the best that was found.
    pub exact: Option<bool>,
    /// Whether the largest size is proven.
    pub proven: Option<bool>,
    /// What no matching of the kind can beat.
    pub bound: Option<u64>,
    /// Whose opening is another than in the earlier result.
    pub moved: Option<&'a [Candidate]>,
    /// Pairs that would rather have each other, which the mechanism left standing.
    pub envy: Option<&'a [(Candidate, Opening)]>,
    /// Seats that had to be added, opening by opening.
    pub extra_seats: Option<&'a [(Opening, u32)]>,
    /// Days above an opening's quota, opening by opening.
    pub over: Option<&'a [(Opening, u64)]>,
    /// The regional rules that were kept, and how many each region holds.
    pub regions: Option<(&'a Regions, &'a [RegionCount])>,
    /// What the floors cost.
    pub price: Option<&'a Price>,
    /// The couples, and the joint choices that only they had.
    pub couples: Option<&'a CoupledMarket>,
    /// The stability that was asked for, in words, where it is not the plain one.
    pub definition: Option<&'a str>,
    /// The numbers that prove the matching stable.
    pub certificate: Option<&'a Certificate>,
    /// Other ways of placing people, by name.
    pub comparisons: Option<&'a [(&'static str, Compared)]>,
    /// Where truth may not have been the best reply.
    pub strategy: Option<&'a Notes>,
}

/// The members, in the order in which they stand in the file.
#[derive(Serialize)]
pub(super) struct FactsText<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    objective: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regret: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proven: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    envy: Option<Vec<[&'a str; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_seats: Option<Pairs<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<Pairs<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caps: Option<Vec<RegionText<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<RulesText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<PriceText<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped_choices: Option<Vec<DroppedChoiceText<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateText<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparisons: Option<Pairs<ComparedText>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<NotesText<'a>>,
}

#[derive(Serialize)]
struct RegionText<'a> {
    name: &'a str,
    cap: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<u32>,
    placed: u32,
}

#[derive(Serialize)]
struct PriceText<'a> {
    ranks_paid: u64,
    payers: Vec<ChangeText<'a>>,
    gainers: Vec<ChangeText<'a>>,
    waste: Vec<[&'a str; 2]>,
}

/// Ranks; null = unmatched.
#[derive(Serialize)]
struct ChangeText<'a> {
    candidate: &'a str,
    without: Option<u32>,
    with: Option<u32>,
}

#[derive(Serialize)]
struct DroppedChoiceText<'a> {
    couple: [&'a str; 2],
    choice: [Option<&'a str>; 2],
}

#[derive(Serialize)]
struct CertificateText<'a> {
    openings: Pairs<SeatsText<'a>>,
    candidates: Pairs<Option<u32>>,
}

#[derive(Serialize)]
struct SeatsText<'a> {
    quota: u32,
    holders: Vec<&'a str>,
    cutoff: Option<u32>,
}

#[derive(Serialize)]
struct ComparedText {
    size: u32,
    candidate_cost: u64,
    opening_cost: u64,
    blocking_pairs: usize,
}

#[derive(Serialize)]
struct NotesText<'a> {
    longest_list: u32,
    lists_of_that_length: u32,
    lists: u32,
    candidates_with_room: Vec<&'a str>,
    openings_with_room: Vec<&'a str>,
    openings_that_could_gain: Vec<GainText<'a>>,
    openings_examined: u32,
    all_openings_examined: bool,
    both_sides_share_one_score: bool,
}

#[derive(Serialize)]
struct GainText<'a> {
    opening: &'a str,
    by: &'static str,
    entries_or_seats: u32,
    ranks_by_truth: &'a [u32],
    ranks_instead: &'a [u32],
    sure: bool,
}

impl<'a> FactsText<'a> {
    pub(super) fn of(facts: &Facts<'a>, keys: Keys<'a>) -> Self {
        let pair =
            |&(candidate, opening): &(Candidate, Opening)| [keys.candidate(candidate), keys.opening(opening)];
        Self {
            objective: facts.objective,
            regret: facts.regret,
            exact: facts.exact,
            proven: facts.proven,
            bound: facts.bound,
            moved: facts
                .moved
                .map(|moved| moved.iter().map(|&candidate| keys.candidate(candidate)).collect()),
            envy: facts.envy.map(|envy| envy.iter().map(pair).collect()),
            extra_seats: facts.extra_seats.map(|seats| by_opening(seats, keys)),
            over: facts.over.map(|over| by_opening(over, keys)),
            caps: facts.regions.map(|(_, counts)| counts.iter().map(region).collect()),
            rules: facts.regions.map(|(regions, _)| caps::document(regions, keys.openings)),
            price: facts.price.map(|price| price_text(price, keys)),
            dropped_choices: facts
                .couples
                .filter(|couples| !couples.dropped().is_empty())
                .map(|couples| dropped_choices(couples, keys)),
            definition: facts.definition,
            certificate: facts.certificate.map(|certificate| certificate_text(certificate, keys)),
            comparisons: facts.comparisons.map(comparisons),
            strategy: facts.strategy.map(|notes| notes_text(notes, keys)),
        }
    }
}

fn by_opening<N: Copy>(counts: &[(Opening, N)], keys: Keys<'_>) -> Pairs<N> {
    Pairs(counts.iter().map(|&(opening, count)| (keys.opening(opening).to_owned(), count)).collect())
}

fn region(count: &RegionCount) -> RegionText<'_> {
    let floor = (count.floor > 0).then_some(count.floor);
    RegionText { name: &count.name, cap: count.cap, floor, placed: count.placed }
}

fn price_text<'a>(price: &Price, keys: Keys<'a>) -> PriceText<'a> {
    let change = |change: &Change| ChangeText {
        candidate: keys.candidate(change.candidate),
        without: change.without,
        with: change.with,
    };
    let waste = |waste: &Waste| [keys.candidate(waste.candidate), keys.opening(waste.opening)];
    PriceText {
        ranks_paid: price.ranks_paid(),
        payers: price.payers.iter().map(change).collect(),
        gainers: price.gainers.iter().map(change).collect(),
        waste: price.waste.iter().map(waste).collect(),
    }
}

fn dropped_choices<'a>(couples: &CoupledMarket, keys: Keys<'a>) -> Vec<DroppedChoiceText<'a>> {
    let text = |drop: &DroppedChoice| DroppedChoiceText {
        couple: couples.couples()[drop.couple as usize].members.map(|member| keys.candidate(member)),
        choice: drop.choice.map(|opening| opening.map(|opening| keys.opening(opening))),
    };
    couples.dropped().iter().map(text).collect()
}

fn certificate_text<'a>(certificate: &Certificate, keys: Keys<'a>) -> CertificateText<'a> {
    let seats = certificate.openings.iter().map(|seats| SeatsText {
        quota: seats.quota,
        holders: seats.holders.iter().map(|&candidate| keys.candidate(candidate)).collect(),
        cutoff: seats.cutoff,
    });
    CertificateText {
        openings: Pairs(keys.openings.keys().iter().cloned().zip(seats).collect()),
        candidates: keys.of_each_candidate(|candidate| certificate.candidates[candidate as usize]),
    }
}

fn comparisons(compared: &[(&'static str, Compared)]) -> Pairs<ComparedText> {
    let text = |(name, compared): &(&str, Compared)| {
        let figures = ComparedText {
            size: compared.placed,
            candidate_cost: compared.candidate_cost,
            opening_cost: compared.opening_cost,
            blocking_pairs: compared.blocking_pairs,
        };
        ((*name).to_owned(), figures)
    };
    Pairs(compared.iter().map(text).collect())
}

fn notes_text<'a>(notes: &'a Notes, keys: Keys<'a>) -> NotesText<'a> {
    let gain = |gain: &'a Gain| {
        let (by, entries_or_seats) = match gain.report {
            Report::List(entries) => ("shorter_list", entries),
            Report::Seats(seats) => ("fewer_seats", seats),
        };
        GainText {
            opening: keys.opening(gain.opening),
            by,
            entries_or_seats,
            ranks_by_truth: &gain.before,
            ranks_instead: &gain.after,
            sure: gain.sure,
        }
    };
    NotesText {
        longest_list: notes.lists.longest,
        lists_of_that_length: notes.lists.at_longest,
        lists: notes.lists.lists,
        candidates_with_room: notes.room.candidates.iter().map(|&c| keys.candidate(c)).collect(),
        openings_with_room: notes.room.openings.iter().map(|&o| keys.opening(o)).collect(),
        openings_that_could_gain: notes.gains.gains.iter().map(gain).collect(),
        openings_examined: notes.gains.examined,
        all_openings_examined: notes.gains.complete,
        both_sides_share_one_score: notes.shares_score,
    }
}
