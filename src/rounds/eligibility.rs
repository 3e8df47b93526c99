//! Who takes part in a round, in which order, and with which list.
//!
//! - A certified list goes before an imported one. Lists that were handed in are never extended.
//! - Who handed in none is represented by a shortlist: candidates who consented, openings that may be published.
//! - Drafts and people without consent take part only with a list of their own, or, without a list, when somebody
//!   else's list names them: so that list stays as it is and the market reports the entry as one-sided.
//! - People and seats placed by published rounds are out, unless the round was made to place everyone anew.
//!
//! In a round that is held on certified lists, who certified none takes no part at all: neither a shortlist nor somebody
//! else's list brings them in, and nothing is counted from which a list could be read.
//!
//! Agents stand in the order of their keys, then ids: the lottery is drawn over this order.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    CandidateId, Checklist, Consent, LeftOut, ListSource, Lists, Opening, OpeningId, Placement, RankEntry,
    RankList, Region, Source,
};

/// Those who take part.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Participants {
    /// In the order of the market.
    pub candidates: Vec<Entrant<CandidateId>>,
    /// In the order of the market.
    pub openings: Vec<Entrant<OpeningId>>,
    /// Pairs of candidates who want to move together, by number.
    pub couples: Vec<[u32; 2]>,
    /// What was counted.
    pub checklist: Checklist,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entrant<Id> {
    /// Ours.
    pub id: Id,
    /// The coordinator's, ours when there is none.
    pub key: String,
    /// Free seats; 1 for a candidate.
    pub seats: u32,
    /// Where the list comes from.
    pub source: Source,
    /// The list that was handed in: numbers of partners, best first, ties together.
    pub list: Vec<Vec<u32>>,
}

/// Finds out who takes part. `placements` are those that still hold.
pub(super) fn participants(region: &Region, placements: &[Placement], with_placed: bool) -> Participants {
    find(region, placements, with_placed, false)
}

/// The same for a round that is held on certified lists; those of the region are the round's.
pub(super) fn certified(region: &Region, placements: &[Placement], with_placed: bool) -> Participants {
    let mut participants = find(region, placements, with_placed, true);
    let counted = participants.checklist;
    let LeftOut { placed, filled, .. } = counted.left_out;
    participants.checklist = Checklist {
        candidates: Lists { with_ties: 0, ..counted.candidates },
        openings: Lists { with_ties: 0, ..counted.openings },
        seats: counted.seats,
        couples: counted.couples,
        left_out: LeftOut { placed, filled, ..LeftOut::default() },
        ..Checklist::default()
    };
    participants
}

fn find(region: &Region, placements: &[Placement], with_placed: bool, sealed: bool) -> Participants {
    let placements = if with_placed { &[] } else { placements };
    let handed_in = HandedIn::of(region);
    let taken = Taken::by(placements);
    let mut left_out = LeftOut::default();
    let mut checklist = Checklist::default();

    let mut candidates = Vec::new();
    for candidate in &region.candidates {
        let (id, consented) = (candidate.id, candidate.facts.consent == Consent::Given);
        let list = handed_in.of_candidates.get(&id);
        let named = !sealed && handed_in.named_candidates.contains(&id);
        let Some(source) = source(list, consented && !sealed, named) else {
            left_out.unconsented += 1;
            continue;
        };
        if taken.candidates.contains(&id) {
            left_out.placed += 1;
            continue;
        }
        checklist.unconsented += u32::from(!consented);
        let key = candidate.codes.first().cloned().unwrap_or_else(|| id.to_string());
        candidates.push(Entrant { id, key, seats: 1, source, list: Vec::new() });
    }

    let nameable: BTreeSet<_> =
        region.firms.iter().filter(|firm| firm.facts.may_be_named()).map(|firm| firm.id).collect();
    let mut openings = Vec::new();
    for opening in &region.openings {
        let (id, public) = (opening.id, opening.blocks.is_empty() && nameable.contains(&opening.firm));
        let list = handed_in.of_openings.get(&id);
        let named = !sealed && handed_in.named_openings.contains(&id);
        let Some(source) = source(list, public && !sealed, named) else {
            left_out.drafts += 1;
            continue;
        };
        let seats = taken.free_seats(opening);
        if seats == 0 {
            left_out.filled += 1;
            continue;
        }
        checklist.drafts += u32::from(!public);
        let key = opening.code.clone().unwrap_or_else(|| id.to_string());
        openings.push(Entrant { id, key, seats, source, list: Vec::new() });
    }

    candidates.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
    openings.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
    let number_of_candidate = numbers(&candidates);
    let number_of_opening = numbers(&openings);
    for entrant in &mut candidates {
        if let Some((_, entries)) = handed_in.of_candidates.get(&entrant.id) {
            entrant.list = groups(entries, &number_of_opening, &mut left_out.entries);
        }
    }
    for entrant in &mut openings {
        if let Some((_, entries)) = handed_in.of_openings.get(&entrant.id) {
            entrant.list = groups(entries, &number_of_candidate, &mut left_out.entries);
        }
    }
    let couples: Vec<_> = region
        .couples
        .iter()
        .filter_map(|pair| {
            Some([*number_of_candidate.get(&pair.first)?, *number_of_candidate.get(&pair.second)?])
        })
        .collect();

    let checklist = Checklist {
        candidates: count(&candidates),
        openings: count(&openings),
        seats: openings.iter().map(|entrant| entrant.seats).sum(),
        couples: couples.len() as u32,
        left_out,
        ..checklist
    };
    Participants { candidates, openings, couples, checklist }
}

/// Where the list of one comes from; none when this one takes no part.
fn source<E>(list: Option<&(ListSource, E)>, may_be_shortlisted: bool, named: bool) -> Option<Source> {
    match list {
        Some((source, _)) => Some((*source).into()),
        None if may_be_shortlisted => Some(Source::Shortlist),
        None if named => Some(Source::Nothing),
        None => None,
    }
}

/// The lists that were handed in, the preferred one of each owner, and whom they name.
#[derive(Default)]
struct HandedIn<'a> {
    of_candidates: BTreeMap<CandidateId, (ListSource, &'a [RankEntry<OpeningId>])>,
    of_openings: BTreeMap<OpeningId, (ListSource, &'a [RankEntry<CandidateId>])>,
    named_candidates: BTreeSet<CandidateId>,
    named_openings: BTreeSet<OpeningId>,
}

impl<'a> HandedIn<'a> {
    fn of(region: &'a Region) -> Self {
        let mut all = Self::default();
        for list in &region.rankings {
            match list {
                RankList::OfCandidate { owner, source, entries } => {
                    prefer(&mut all.of_candidates, *owner, *source, entries);
                }
                RankList::OfOpening { owner, source, entries } => {
                    prefer(&mut all.of_openings, *owner, *source, entries);
                }
            }
        }
        all.named_openings =
            all.of_candidates.values().flat_map(|(_, list)| list.iter().map(|entry| entry.partner)).collect();
        all.named_candidates =
            all.of_openings.values().flat_map(|(_, list)| list.iter().map(|entry| entry.partner)).collect();
        all
    }
}

/// Keeps the list that goes first: certified before imported. An empty list is a list: its owner wants nobody.
fn prefer<'a, Owner: Ord, Id>(
    lists: &mut BTreeMap<Owner, (ListSource, &'a [RankEntry<Id>])>,
    owner: Owner,
    source: ListSource,
    entries: &'a [RankEntry<Id>],
) {
    let kept = lists.entry(owner).or_insert((source, entries));
    if source == ListSource::Certified {
        *kept = (source, entries);
    }
}

/// Who and what earlier rounds took.
struct Taken {
    candidates: BTreeSet<CandidateId>,
    seats: BTreeMap<OpeningId, u32>,
}

impl Taken {
    fn by(placements: &[Placement]) -> Self {
        let mut seats = BTreeMap::new();
        for placement in placements {
            *seats.entry(placement.opening).or_insert(0) += 1;
        }
        Self { candidates: placements.iter().map(|placement| placement.candidate).collect(), seats }
    }

    fn free_seats(&self, opening: &Opening) -> u32 {
        let taken = self.seats.get(&opening.id).copied().unwrap_or(0);
        u32::from(opening.facts.seats).saturating_sub(taken)
    }
}

fn numbers<Id: Copy + Ord>(entrants: &[Entrant<Id>]) -> BTreeMap<Id, u32> {
    (0..).zip(entrants).map(|(number, entrant)| (entrant.id, number)).collect()
}

/// The entries as numbers, those of equal rank together. Entries of people who take no part are left out and
/// counted.
fn groups<Id: Ord + Copy>(
    entries: &[RankEntry<Id>],
    numbers: &BTreeMap<Id, u32>,
    left_out: &mut u32,
) -> Vec<Vec<u32>> {
    let mut by_rank: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in entries {
        match numbers.get(&entry.partner) {
            Some(&number) => by_rank.entry(entry.rank).or_default().push(number),
            None => *left_out += 1,
        }
    }
    by_rank.into_values().collect()
}

fn count<Id>(entrants: &[Entrant<Id>]) -> Lists {
    let mut lists = Lists::default();
    for entrant in entrants {
        match entrant.source {
            Source::Certified => lists.certified += 1,
            Source::Imported => lists.imported += 1,
            Source::Shortlist => lists.shortlist += 1,
            Source::Nothing => lists.nothing += 1,
        }
        lists.with_ties += u32::from(entrant.list.iter().any(|group| group.len() > 1));
    }
    lists
}
