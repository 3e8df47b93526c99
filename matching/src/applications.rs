//! Candidates ask a whole group of equally good openings at once; openings cut their lists from below.
//!
//! The common ground of [`strong`](crate::strong) and [`super_stable`](crate::super_stable): a candidate who
//! is free applies to every opening of its next group, and an opening that cannot take all who are equally
//! welcome *strikes* its last group, and with it those who have not applied yet. What is struck can be in no
//! matching of the kind sought, so a list only ever shrinks, and nobody ever comes back. Each entry is looked
//! at twice: O(m) in all, and 12 bytes an entry.

use crate::market::{Edge, Market, Preferences};
use crate::{Candidate, Opening};

/// Who has applied where, and what is left of the openings' lists.
pub(crate) struct Applications<'a> {
    market: &'a Market,
    candidate_ranks: Vec<u32>,
    opening_ranks: Vec<u32>,
    desks: Vec<Desk>,
    /// How many have applied at each rank of each opening, at the opening's place in the market + rank - 1.
    at_rank: Vec<u32>,
    applicants: Vec<Applicant>,
    free: Vec<Candidate>,
}

/// One opening.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    /// The last rank that is left of its list.
    pub(crate) last_rank: u32,
    /// How many have applied and are not struck.
    pub(crate) held: u32,
    /// How many of them are of the last rank.
    pub(crate) held_last: u32,
    /// Whether as many as it has seats, or more, have ever applied.
    pub(crate) replete: bool,
    /// The end of its list, among all entries of the openings.
    end: u32,
}

/// One candidate.
#[derive(Debug, Clone, Default)]
struct Applicant {
    /// Where the group it has asked lies among all entries of the candidates.
    start: u32,
    end: u32,
    /// How many of the group have not struck it.
    left: u32,
}

impl Applicant {
    /// The rank of the group it has asked last; 0 when it has asked nobody.
    fn asks(&self, ranks: &[u32]) -> u32 {
        if self.start == self.end { 0 } else { ranks[self.start as usize] }
    }
}

impl<'a> Applications<'a> {
    /// Nobody has applied yet. An opening without seats has struck everybody.
    pub(crate) fn new(market: &'a Market) -> Self {
        let opening_ranks = own_ranks(market.openings());
        let desk = |opening: Opening| {
            let list = market.openings().range(opening);
            let end = if market.quota(opening) == 0 { list.start } else { list.end };
            let last_rank = if end == list.start { 0 } else { opening_ranks[end - 1] };
            Desk { last_rank, held: 0, held_last: 0, replete: false, end: end as u32 }
        };
        let applicant = |candidate: Candidate| {
            let start = market.candidates().range(candidate).start as u32;
            Applicant { start, end: start, left: 0 }
        };
        Self {
            market,
            candidate_ranks: own_ranks(market.candidates()),
            desks: market.each_opening().map(desk).collect(),
            opening_ranks,
            at_rank: vec![0; market.pairs()],
            applicants: market.each_candidate().map(applicant).collect(),
            free: market.each_candidate().rev().collect(),
        }
    }

    /// Lets all who are free apply until nobody free has an opening left. After each application the opening
    /// strikes its last group for as long as `strikes` says so of it and its quota.
    pub(crate) fn settle(&mut self, strikes: fn(&Desk, u32) -> bool) {
        while let Some(candidate) = self.free.pop() {
            while self.applicants[candidate as usize].left == 0 && self.turns_to_next_group(candidate) {
                let (candidates, applicant) =
                    (self.market.candidates(), &self.applicants[candidate as usize]);
                for edge in &candidates.edges()[applicant.start as usize..applicant.end as usize] {
                    self.apply(edge, strikes);
                }
            }
        }
    }

    fn turns_to_next_group(&mut self, candidate: Candidate) -> bool {
        let start = self.applicants[candidate as usize].end;
        let list_end = self.market.candidates().range(candidate).end;
        let ranks = &self.candidate_ranks[start as usize..list_end];
        let Some(&rank) = ranks.first() else { return false };
        let end = start + ranks.iter().take_while(|&&other| other == rank).count() as u32;
        let group = &self.market.candidates().edges()[start as usize..end as usize];
        let left = group.iter().filter(|edge| self.is_left(edge)).count() as u32;
        self.applicants[candidate as usize] = Applicant { start, end, left };
        true
    }

    fn apply(&mut self, edge: &Edge, strikes: fn(&Desk, u32) -> bool) {
        if !self.is_left(edge) {
            return;
        }
        let opening = edge.partner;
        let first = self.market.openings().range(opening).start;
        self.at_rank[first + edge.rank as usize - 1] += 1;
        let quota = self.market.quota(opening);
        let desk = &mut self.desks[opening as usize];
        desk.held += 1;
        desk.held_last += u32::from(edge.rank == desk.last_rank);
        desk.replete |= desk.held >= quota;
        while strikes(&self.desks[opening as usize], quota) {
            self.strike_last(opening);
        }
    }

    /// Strikes the last group of an opening's list; whoever loses its last application by that is free again.
    pub(crate) fn strike_last(&mut self, opening: Opening) {
        let list = self.market.openings().range(opening);
        let desk = &mut self.desks[opening as usize];
        while desk.end as usize > list.start && self.opening_ranks[desk.end as usize - 1] == desk.last_rank {
            desk.end -= 1;
            let edge = self.market.openings().edges()[desk.end as usize];
            let applicant = &mut self.applicants[edge.partner as usize];
            if applicant.asks(&self.candidate_ranks) == edge.rank {
                applicant.left -= 1;
                if applicant.left == 0 {
                    self.free.push(edge.partner);
                }
            }
        }
        desk.held -= desk.held_last;
        desk.last_rank -= 1;
        desk.held_last = match desk.last_rank {
            0 => 0,
            rank => self.at_rank[list.start + rank as usize - 1],
        };
    }

    /// Whether a candidate's entry has not been struck by the opening it names.
    pub(crate) fn is_left(&self, edge: &Edge) -> bool {
        edge.rank <= self.desks[edge.partner as usize].last_rank
    }

    /// The applications of a candidate that stand, as entries of its list; all equally good to it.
    pub(crate) fn standing(&self, candidate: Candidate) -> impl Iterator<Item = &'a Edge> {
        let Applicant { start, end, .. } = self.applicants[candidate as usize];
        let (edges, range) = (self.market.candidates().edges(), start as usize..end as usize);
        edges[range].iter().filter(|edge| self.is_left(edge))
    }

    /// What is left of an opening.
    pub(crate) fn desk(&self, opening: Opening) -> &Desk {
        &self.desks[opening as usize]
    }

    /// The candidates of the last group left to an opening who have applied.
    pub(crate) fn last_group(&self, opening: Opening) -> impl Iterator<Item = Candidate> {
        let desk = &self.desks[opening as usize];
        let places = (self.market.openings().range(opening).start..desk.end as usize).rev();
        let last = places.take_while(|&place| self.opening_ranks[place] == desk.last_rank);
        let edges = last.map(|place| self.market.openings().edges()[place]);
        edges.filter(|edge| self.asks(edge.partner) == edge.rank).map(|edge| edge.partner)
    }

    /// The candidates of the group an opening struck last who would like it at least as well as what they
    /// have.
    pub(crate) fn struck_last(&self, opening: Opening) -> Vec<Candidate> {
        let end = self.desks[opening as usize].end as usize;
        let rank = self.opening_ranks.get(end);
        let places = end..self.market.openings().range(opening).end;
        let group = places.take_while(|&place| self.opening_ranks.get(place) == rank);
        let edges = group.map(|place| self.market.openings().edges()[place]);
        edges.filter(|edge| edge.rank <= self.asks(edge.partner)).map(|edge| edge.partner).collect()
    }

    fn asks(&self, candidate: Candidate) -> u32 {
        self.applicants[candidate as usize].asks(&self.candidate_ranks)
    }
}

/// The rank of every entry in its own list.
pub(crate) fn own_ranks(preferences: &Preferences) -> Vec<u32> {
    (0..preferences.len() as u32).flat_map(|agent| preferences.ranked(agent).map(|(rank, _)| rank)).collect()
}
