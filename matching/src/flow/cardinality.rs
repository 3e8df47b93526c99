//! As many pairs as fit, each candidate once and each opening up to its quota.
//!
//! Hopcroft & Karp 1973, with seats: in each phase the shortest ways are found by which a candidate without a seat can
//! get one, somebody who has one moving to another of its openings, and so on to a free seat; then as many of them as
//! do not meet are gone. Guaranteed: a maximum matching, the same one for the same market. No recursion.
//! O(m · √agents) time, 12 bytes an agent and 4 a seat that can be filled.

use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

const NONE: u32 = u32::MAX;

/// A maximum matching of the acceptable pairs of a market.
pub(crate) fn largest_matching(market: &Market) -> Matching {
    let mut search = Search::new(market);
    while search.find_ways() {
        for candidate in market.each_candidate() {
            if search.seat_of[candidate as usize] == NONE {
                search.go(candidate);
            }
        }
    }
    search.matching()
}

struct Search<'a> {
    market: &'a Market,
    seat_of: Vec<u32>,
    /// Who has each seat; an opening's seats lie together and are filled from the first on.
    holders: Vec<Candidate>,
    /// The first seat of each opening, and the end of the last.
    starts: Vec<u32>,
    filled: Vec<u32>,
    /// How many moves away a candidate is from one without a seat; an opening is as far as whoever reaches it first.
    candidate_level: Vec<u32>,
    opening_level: Vec<u32>,
    /// Entries of a candidate's list, and seats of an opening, that lead nowhere in this phase.
    tried_entries: Vec<u32>,
    tried_seats: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(market: &'a Market) -> Self {
        let (candidates, openings) = (market.candidates().len(), market.openings().len());
        let mut starts = vec![0];
        let mut end = 0;
        for opening in market.each_opening() {
            // More seats than people on the list are never filled.
            end += market.quota(opening).min(market.openings().list(opening).len() as u32);
            starts.push(end);
        }
        Self {
            market,
            seat_of: vec![NONE; candidates],
            holders: vec![NONE; end as usize],
            starts,
            filled: vec![0; openings],
            candidate_level: vec![NONE; candidates],
            opening_level: vec![NONE; openings],
            tried_entries: vec![0; candidates],
            tried_seats: vec![0; openings],
        }
    }

    fn has_free_seat(&self, opening: Opening) -> bool {
        self.starts[opening as usize] + self.filled[opening as usize] < self.starts[opening as usize + 1]
    }

    fn opening_of(&self, candidate: Candidate) -> Option<Opening> {
        let seat = self.seat_of[candidate as usize];
        // The last opening that starts at or before the seat; those without seats start where the next does.
        (seat != NONE).then(|| self.starts.partition_point(|&start| start <= seat) as Opening - 1)
    }

    fn matching(&self) -> Matching {
        Matching::new(self.market.each_candidate().map(|candidate| self.opening_of(candidate)))
    }

    /// Levels, breadth first from everybody without a seat, down to the first level with a free seat. Answers whether
    /// there is one.
    fn find_ways(&mut self) -> bool {
        self.candidate_level.fill(NONE);
        self.opening_level.fill(NONE);
        self.tried_entries.fill(0);
        self.tried_seats.fill(0);
        let waiting = |&candidate: &Candidate| self.seat_of[candidate as usize] == NONE;
        let mut nearest: Vec<Candidate> = self.market.each_candidate().filter(waiting).collect();
        let mut found = false;
        let mut level = 0;
        while !nearest.is_empty() && !found {
            nearest.iter().for_each(|&candidate| self.candidate_level[candidate as usize] = level);
            let mut farther = Vec::new();
            for candidate in nearest {
                for edge in self.market.candidates().list(candidate) {
                    let opening = edge.partner as usize;
                    if self.opening_level[opening] == NONE {
                        self.opening_level[opening] = level;
                        found |= self.has_free_seat(edge.partner);
                        let first = self.starts[opening] as usize;
                        farther.extend(&self.holders[first..first + self.filled[opening] as usize]);
                    }
                }
            }
            nearest = farther;
            level += 1;
        }
        found
    }

    /// Goes level by level from a candidate to a free seat, depth first, and moves everybody on the way.
    fn go(&mut self, waiting: Candidate) {
        let mut way = vec![waiting];
        while let Some(&candidate) = way.last() {
            let tried = self.tried_entries[candidate as usize];
            let Some(edge) = self.market.candidates().list(candidate).get(tried as usize) else {
                way.pop();
                continue;
            };
            let opening = edge.partner as usize;
            let is_next = self.opening_level[opening] == self.candidate_level[candidate as usize];
            if is_next && self.has_free_seat(edge.partner) {
                let seat = self.starts[opening] + self.filled[opening];
                self.filled[opening] += 1;
                return self.move_up(way, seat);
            }
            match is_next.then(|| self.next_holder(opening)).flatten() {
                Some(holder) => way.push(holder),
                None => self.tried_entries[candidate as usize] += 1,
            }
        }
    }

    /// Somebody who has a seat of this opening, is one level farther and was not tried yet.
    fn next_holder(&mut self, opening: usize) -> Option<Candidate> {
        let first = self.starts[opening];
        while self.tried_seats[opening] < self.filled[opening] {
            let holder = self.holders[(first + self.tried_seats[opening]) as usize];
            self.tried_seats[opening] += 1;
            if self.candidate_level[holder as usize] == self.opening_level[opening].wrapping_add(1) {
                return Some(holder);
            }
        }
        None
    }

    /// The last of the way takes the seat, and each before it the seat that the next has left.
    fn move_up(&mut self, way: Vec<Candidate>, mut seat: u32) {
        for candidate in way.into_iter().rev() {
            self.holders[seat as usize] = candidate;
            seat = std::mem::replace(&mut self.seat_of[candidate as usize], seat);
        }
    }
}
