//! Who can sit anywhere at all: seats given out so that as many as possible have one, by augmenting paths.
//!
//! Preferences are for the caller: it says of each candidate, whenever asked, which openings will do (Kuhn
//! 1955; Ford & Fulkerson 1956). A candidate for whom no seat is found keeps none for as long as nothing
//! changes, and whom the failed search met can be left out of the next ones.

use crate::{Candidate, Opening};

/// Candidates on seats.
pub(crate) struct Seating {
    seats: Vec<u32>,
    seat_of: Vec<Option<Opening>>,
    holders: Vec<Vec<Candidate>>,
    /// The search that saw an opening last, and by whom it came there.
    seen: Vec<u64>,
    reached_by: Vec<Candidate>,
    searches: u64,
}

/// The candidates and openings a failed search met: all these candidates accept these openings only, all of
/// whose seats are taken by candidates among them.
pub(crate) struct Crowd {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) openings: Vec<Opening>,
}

impl Seating {
    /// Nobody sits yet.
    pub(crate) fn new(candidates: usize, seats: Vec<u32>) -> Self {
        let openings = seats.len();
        Self {
            seats,
            seat_of: vec![None; candidates],
            holders: vec![Vec::new(); openings],
            seen: vec![0; openings],
            reached_by: vec![0; openings],
            searches: 0,
        }
    }

    /// Gives an opening another number of seats, no fewer than are taken.
    pub(crate) fn set_seats(&mut self, opening: Opening, seats: u32) {
        self.seats[opening as usize] = seats;
    }

    /// The opening a candidate sits at.
    pub(crate) fn seat_of(&self, candidate: Candidate) -> Option<Opening> {
        self.seat_of[candidate as usize]
    }

    /// Finds a seat for a candidate who has none, for which others may have to move to another that will do.
    /// O(those it meets and their wishes).
    pub(crate) fn seat<W: IntoIterator<Item = Opening>>(
        &mut self,
        candidate: Candidate,
        mut wishes: impl FnMut(Candidate) -> W,
    ) -> Result<(), Crowd> {
        self.searches += 1;
        let mut crowd = Crowd { candidates: vec![candidate], openings: Vec::new() };
        let mut next = 0;
        while let Some(&asking) = crowd.candidates.get(next) {
            next += 1;
            for opening in wishes(asking) {
                let at = opening as usize;
                if std::mem::replace(&mut self.seen[at], self.searches) == self.searches {
                    continue;
                }
                self.reached_by[at] = asking;
                if self.holders[at].len() < self.seats[at] as usize {
                    self.move_up(opening);
                    return Ok(());
                }
                crowd.openings.push(opening);
                crowd.candidates.extend(&self.holders[at]);
            }
        }
        Err(crowd)
    }

    /// Seats whoever reached the opening there, whoever reached what that one leaves there, and so on.
    fn move_up(&mut self, opening: Opening) {
        let mut vacant = Some(opening);
        while let Some(opening) = vacant {
            let candidate = self.reached_by[opening as usize];
            vacant = self.seat_of[candidate as usize];
            self.stand_up(candidate);
            self.sit(candidate, opening);
        }
    }

    /// Seats a candidate who has no seat at an opening that has a free one.
    pub(crate) fn sit(&mut self, candidate: Candidate, opening: Opening) {
        self.seat_of[candidate as usize] = Some(opening);
        self.holders[opening as usize].push(candidate);
    }

    /// Takes a candidate off its seat, if it has one. O(seats of the opening).
    pub(crate) fn stand_up(&mut self, candidate: Candidate) {
        if let Some(opening) = self.seat_of[candidate as usize].take() {
            self.holders[opening as usize].retain(|&other| other != candidate);
        }
    }
}
