//! The pairs that some weakly stable matching may hold; the others are struck before the search begins.
//!
//! Two rules, in turn until neither strikes anything (in the spirit of Irving & Manlove 2009, "Finding large
//! stable matchings"):
//! - *Openings' lists.* Whoever holds a seat of an opening has, above it in the opening's list, only
//!   candidates who have something at least as good as that opening. If those above cannot all have such a
//!   seat at once, next to this one, the pair is in no weakly stable matching.
//! - *Candidates' lists.* A candidate worse off than at an opening finds that opening full of others no worse
//!   than itself. If there are not so many others, the candidate always has something at least as good, and
//!   all that is worse can be struck.
//!
//! A struck pair never blocks either, so the weakly stable matchings stay the same. Each rule strikes the end
//! of a list.

use crate::applications::own_ranks;
use crate::market::{Edge, Market};
use crate::seating::Seating;
use crate::{Candidate, Opening};

/// The market without pairs that no weakly stable matching holds.
///
/// The first rule meets, for an opening, the candidates above its last one and what they wish for as much; the
/// second reads the lists once. O(m · the longest list of an opening) for each round, of which there are few.
pub(super) fn possible(market: &Market) -> Market {
    let quotas: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
    let mut lists = Lists {
        market,
        candidate_ranks: own_ranks(market.candidates()),
        opening_ranks: own_ranks(market.openings()),
        candidate_left: vec![u32::MAX; market.candidates().len()],
        opening_left: quotas.iter().map(|&quota| if quota == 0 { 0 } else { u32::MAX }).collect(),
    };
    let mut seating = Seating::new(market.candidates().len(), quotas);
    let mut floor = vec![0; market.candidates().len()];
    loop {
        let mut struck = false;
        for opening in market.each_opening() {
            struck |= lists.shorten_opening(opening, &mut seating, &mut floor);
        }
        for opening in market.each_opening() {
            struck |= lists.shorten_candidates(opening);
        }
        if !struck {
            return lists.market();
        }
    }
}

/// What is left of all lists.
struct Lists<'a> {
    market: &'a Market,
    candidate_ranks: Vec<u32>,
    opening_ranks: Vec<u32>,
    /// The last rank left of each list.
    candidate_left: Vec<u32>,
    opening_left: Vec<u32>,
}

impl Lists<'_> {
    /// What is left of an opening's list, with its own ranks.
    fn applicants(&self, opening: Opening) -> impl Iterator<Item = (u32, Edge)> {
        let range = self.market.openings().range(opening);
        let ranks = self.opening_ranks[range.clone()].iter().copied();
        let ranked = ranks.zip(self.market.openings().edges()[range].iter().copied());
        let left = ranked.take_while(move |&(rank, _)| rank <= self.opening_left[opening as usize]);
        left.filter(|(_, edge)| edge.rank <= self.candidate_left[edge.partner as usize])
    }

    /// What is left of a candidate's list, with its own ranks.
    fn wishes(&self, candidate: Candidate) -> impl Iterator<Item = (u32, Edge)> {
        let range = self.market.candidates().range(candidate);
        let ranks = self.candidate_ranks[range.clone()].iter().copied();
        let ranked = ranks.zip(self.market.candidates().edges()[range].iter().copied());
        let left = ranked.take_while(move |&(rank, _)| rank <= self.candidate_left[candidate as usize]);
        left.filter(|(_, edge)| edge.rank <= self.opening_left[edge.partner as usize])
    }

    /// The first rule: with one seat taken, whoever is above must sit here or no worse. `floor` is room for
    /// the last rank that will do for each of those above. Answers whether it struck anything.
    fn shorten_opening(&mut self, opening: Opening, seating: &mut Seating, floor: &mut [u32]) -> bool {
        let quota = self.market.quota(opening);
        let applicants: Vec<(u32, Edge)> = self.applicants(opening).collect();
        let Some(&(last, _)) = applicants.last() else { return false };
        seating.set_seats(opening, quota - 1);
        let crowded = applicants.iter().find(|(_, edge)| {
            floor[edge.partner as usize] = edge.rank;
            let will_do = |candidate: Candidate| {
                let last = floor[candidate as usize];
                self.wishes(candidate)
                    .take_while(move |&(rank, _)| rank <= last)
                    .map(|(_, edge)| edge.partner)
            };
            seating.seat(edge.partner, will_do).is_err()
        });
        applicants.iter().for_each(|(_, edge)| seating.stand_up(edge.partner));
        seating.set_seats(opening, quota);
        match crowded {
            Some(&(rank, _)) if rank < last => {
                self.opening_left[opening as usize] = rank;
                true
            }
            _ => false,
        }
    }

    /// The second rule: whoever is among the first, no more than there are seats, need not look further.
    /// Answers whether it struck anything.
    fn shorten_candidates(&mut self, opening: Opening) -> bool {
        let quota = self.market.quota(opening) as usize;
        let applicants: Vec<(u32, Edge)> = self.applicants(opening).take(quota.saturating_add(1)).collect();
        let first_beyond = applicants.get(quota).map_or(u32::MAX, |&(rank, _)| rank);
        let mut struck = false;
        for (_, edge) in applicants.iter().take_while(|&&(rank, _)| rank < first_beyond) {
            struck |= self.wishes(edge.partner).last().is_some_and(|(rank, _)| rank > edge.rank);
            let left = &mut self.candidate_left[edge.partner as usize];
            *left = edge.rank.min(*left);
        }
        struck
    }

    /// The market that is left; its agents keep their numbers.
    fn market(&self) -> Market {
        let mut market = Market::builder();
        for candidate in self.market.each_candidate() {
            market.candidate_with_ties(groups(self.wishes(candidate)));
        }
        for opening in self.market.each_opening() {
            market.opening_with_ties(self.market.quota(opening), groups(self.applicants(opening)));
        }
        market.build().expect("the lists are parts of a market's")
    }
}

/// The groups of partners of equal rank.
fn groups(ranked: impl Iterator<Item = (u32, Edge)>) -> Vec<Vec<u32>> {
    let ranked: Vec<(u32, Edge)> = ranked.collect();
    let group = |group: &[(u32, Edge)]| group.iter().map(|(_, edge)| edge.partner).collect();
    ranked.chunk_by(|one, other| one.0 == other.0).map(group).collect()
}
