//! All rotations of a market, and which must come before which.
//!
//! A *rotation* is the smallest step from a stable matching down to the next: some candidates in a ring each move to
//! the opening where the following one stood. Every stable matching is the candidate-optimal one with a set of
//! rotations eliminated, and a set is possible exactly when it is *closed*: with a rotation it has all that must come
//! before it (Irving & Leather 1986; Gusfield & Irving 1989). So m numbers tell of matchings that may be exponentially
//! many.
//!
//! **Openings with several seats.** Think of a seat as an opening of its own, every list naming the seats of an
//! opening from the first to the last (Gusfield & Irving 1989). The seats hold the opening's people in its order of
//! preference. When somebody better comes, everyone below moves on by a seat, which is no change at all, and the
//! holder of the last seat leaves. Hence:
//! - only the worst holder of a full opening ever moves; it goes to the next opening on its list that prefers it
//!   to that opening's own worst holder, whose turn it is then. Following this from opening to opening either
//!   comes back, and the ring is a rotation, or ends.
//! - It ends at an opening with a free seat (it takes anybody it lists, and it holds the same people in every
//!   stable matching, so whoever would like to go there next must stay) and at a list's end. Whatever leads to an
//!   end has ended too, for ever: it keeps its worst holder in every stable matching below.
//! - An opening without seats is no end: it refuses everybody.
//!
//! **Order.** Rotation a comes before b directly for two reasons only, the two kinds of labels in Gusfield and
//! Irving's sparse graph read seat by seat:
//! - both pass through the same opening, one after the other: the last seat has to be left by one holder
//!   before it is left by the next. A candidate's own successive moves need no arc of their own, for it comes to
//!   an opening and leaves it by rotations through that opening.
//! - b takes a candidate past an opening that would have had it until a gave that opening a better worst holder.
//!
//! Cost: O(m) time, 4 bytes and a bit for each pair while searching; 12 bytes for each move and 8 for each arc are
//! kept.
//!
//! Guaranteed: every rotation, once, each after all that come before it; at most m arcs, whose transitive
//! closure is the order. Not guaranteed: that no arc follows from others.
//! Limits: strict lists, since with ties the stable matchings are no lattice; break the ties first.
//!
//! ```
//! use migiude_matching::{Lattice, Market, Move};
//!
//! // Haruka (0), Kenji (1) and Mei (2) like the brewery (0), the inn (1) and the foundry (2) in a circle, and are
//! // liked the other way round. Twice all three move on by one, and not the second time before the first.
//! let mut market = Market::builder();
//! market.candidate([0, 1, 2]);
//! market.candidate([1, 2, 0]);
//! market.candidate([2, 0, 1]);
//! market.opening(1, [1, 2, 0]);
//! market.opening(1, [2, 0, 1]);
//! market.opening(1, [0, 1, 2]);
//! let market = market.build()?;
//! let strict = market.strict().expect("no ties");
//! let lattice = Lattice::of(&strict);
//! assert_eq!((lattice.rotations(), lattice.before(0), lattice.before(1)), (2, &[][..], &[0][..]));
//! let haruka: Vec<Move> = [0, 1].into_iter().flat_map(|r| lattice.moves(r)).filter(|m| m.candidate == 0).collect();
//! assert_eq!(haruka, [Move { candidate: 0, from: 0, to: 1 }, Move { candidate: 0, from: 1, to: 2 }]);
//! # Ok::<(), migiude_matching::MarketError>(())
//! ```

use crate::deferred_acceptance::candidate_optimal;
use crate::market::{Edge, Market, StrictMarket};
use crate::matching::Matching;
use crate::places::Places;
use crate::poset::{Poset, Rows};
use crate::{Candidate, Opening};

/// The number of a rotation: from 0, none before one that must come before it.
pub type Rotation = u32;

/// No rotation.
pub(crate) const NONE: Rotation = u32::MAX;

/// One candidate's part in a rotation, as indices of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub candidate: Candidate,
    pub from: u32,
    pub to: u32,
}

/// The rotations of a market and their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rotations {
    /// The stable matching in which none is eliminated.
    pub top: Matching,
    /// Where the steps of each rotation end.
    ends: Vec<u32>,
    steps: Vec<Step>,
    pub order: Poset,
}

impl Rotations {
    /// Finds them by eliminating one after the other, from the candidate-optimal matching down to the
    /// opening-optimal one.
    pub fn of(market: &StrictMarket<'_>) -> Self {
        let top = candidate_optimal(market).matching;
        let mut descent = Descent::from(market, &top);
        for opening in market.each_opening() {
            descent.follow(opening);
        }
        let Descent { ends, steps, before, .. } = descent;
        Self { top, ends, steps, order: Poset::new(before) }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// All rotations, none before one that must come before it.
    pub fn each(&self) -> std::ops::Range<Rotation> {
        0..self.len() as Rotation
    }

    /// Who moves in a rotation; each goes to where the following stands, the last to the first.
    pub fn steps(&self, rotation: Rotation) -> &[Step] {
        let start = rotation.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.steps[start as usize..self.ends[rotation as usize] as usize]
    }

    /// All moves of all rotations in the order of the rotations, each with its rotation.
    pub fn all_steps(&self) -> impl Iterator<Item = (Rotation, &Step)> {
        self.each().flat_map(|rotation| self.steps(rotation).iter().map(move |step| (rotation, step)))
    }
}

/// A stable matching on the way down, and what has been found so far.
struct Descent<'m> {
    market: &'m Market,
    /// The entries of the openings' lists that are held.
    held: Places,
    /// Whoever ranks below this is preferred to the worst holder: its rank when full, everyone with a free seat.
    cutoff: Vec<u32>,
    /// Whether the people of an opening are the same in all stable matchings from here down.
    ended: Vec<bool>,
    /// For each candidate the index from which its list is yet unread; all between its opening and this refuse it.
    unread: Vec<u32>,
    /// For each entry of the openings' lists the rotation since which it is below the worst holder, and one; 0 for
    /// none, as for most, so that memory is had for the others only.
    refused_since: Vec<Rotation>,
    /// For each opening the latest rotation through it.
    latest: Vec<Rotation>,
    /// Openings, each where the worst holder of the one before would go next; and how high each one stands there.
    chain: Vec<Opening>,
    height: Vec<u32>,
    ends: Vec<u32>,
    steps: Vec<Step>,
    before: Rows,
    /// For each rotation the latest one it is noted to come before, lest it be noted twice.
    noted: Vec<Rotation>,
}

const OFF_CHAIN: u32 = u32::MAX;

impl<'m> Descent<'m> {
    fn from(market: &'m Market, top: &Matching) -> Self {
        let openings = market.openings().len();
        let mut descent = Self {
            market,
            held: Places::none_of(market.pairs()),
            cutoff: vec![0; openings],
            ended: vec![true; openings],
            unread: vec![0; market.candidates().len()],
            refused_since: vec![0; market.pairs()],
            latest: vec![NONE; openings],
            chain: Vec::new(),
            height: vec![OFF_CHAIN; openings],
            ends: Vec::new(),
            steps: Vec::new(),
            before: Rows::default(),
            noted: Vec::new(),
        };
        let mut free: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
        for (candidate, opening) in top.pairs() {
            let mut list = (1..).zip(market.candidates().list(candidate));
            if let Some((unread, edge)) = list.find(|(_, edge)| edge.partner == opening) {
                descent.unread[candidate as usize] = unread;
                descent.set_held(*edge, true);
                free[opening as usize] -= 1;
            }
        }
        for (opening, free) in (0..).zip(free) {
            if free > 0 {
                descent.cutoff[opening as usize] = u32::MAX;
            } else if market.quota(opening) > 0 {
                descent.ended[opening as usize] = false;
                let end = market.openings().list(opening).len() as u32;
                descent.cutoff[opening as usize] = descent.last_held_before(opening, end);
            }
        }
        descent
    }

    fn place(&self, opening: Opening, rank: u32) -> usize {
        self.market.openings().range(opening).start + rank as usize - 1
    }

    fn set_held(&mut self, edge: Edge, held: bool) {
        let place = self.place(edge.partner, edge.rank);
        if held { self.held.put(place) } else { self.held.take(place) }
    }

    /// The worst rank held among the first `end`; there is one, since the opening is full.
    fn last_held_before(&self, opening: Opening, end: u32) -> u32 {
        let start = self.market.openings().range(opening).start;
        (self.held.last_before(start + end as usize) - start) as u32 + 1
    }

    /// The worst holder of a full opening, and the index the opening has in its list.
    fn worst(&self, opening: Opening) -> (Candidate, u32) {
        let edge = self.market.openings().edges()[self.place(opening, self.cutoff[opening as usize])];
        (edge.partner, edge.rank - 1)
    }

    /// Where the worst holder of a full opening would go next.
    fn next(&mut self, opening: Opening) -> Option<Opening> {
        let (candidate, _) = self.worst(opening);
        let unread = &mut self.unread[candidate as usize];
        let rest = &self.market.candidates().list(candidate)[*unread as usize..];
        let refused = rest.iter().take_while(|edge| edge.rank >= self.cutoff[edge.partner as usize]).count();
        *unread += refused as u32;
        rest.get(refused).map(|edge| edge.partner)
    }

    /// Eliminates rotation after rotation until an opening's people stay for good.
    fn follow(&mut self, start: Opening) {
        while !self.ended[start as usize] {
            let last = self.chain.last().copied();
            let next = last.map_or(Some(start), |opening| self.next(opening));
            let Some(next) = next.filter(|&next| !self.ended[next as usize]) else {
                for opening in self.chain.drain(..) {
                    self.ended[opening as usize] = true;
                    self.height[opening as usize] = OFF_CHAIN;
                }
                continue;
            };
            match self.height[next as usize] {
                OFF_CHAIN => {
                    self.height[next as usize] = self.chain.len() as u32;
                    self.chain.push(next);
                }
                height => {
                    let ring = self.chain.split_off(height as usize);
                    self.eliminate(&ring);
                }
            }
        }
    }

    /// Moves the worst holder of each opening to the one after it, and notes what must come before.
    fn eliminate(&mut self, ring: &[Opening]) {
        let rotation = self.ends.len() as Rotation;
        self.noted.push(NONE);
        let first = self.steps.len();
        for &opening in ring {
            self.height[opening as usize] = OFF_CHAIN;
            let latest = std::mem::replace(&mut self.latest[opening as usize], rotation);
            self.note(latest, rotation);
            let (candidate, from) = self.worst(opening);
            let to = self.unread[candidate as usize];
            for edge in &self.market.candidates().list(candidate)[from as usize + 1..to as usize] {
                self.note(self.refused_since[self.place(edge.partner, edge.rank)].wrapping_sub(1), rotation);
            }
            self.unread[candidate as usize] += 1;
            self.steps.push(Step { candidate, from, to });
        }
        for index in first..self.steps.len() {
            let Step { candidate, from, to } = self.steps[index];
            let list = self.market.candidates().list(candidate);
            self.set_held(list[from as usize], false);
            self.set_held(list[to as usize], true);
        }
        for &opening in ring {
            let before = self.cutoff[opening as usize];
            let cutoff = self.last_held_before(opening, before - 1);
            let refused = self.place(opening, cutoff) + 1..self.place(opening, before);
            self.refused_since[refused].fill(rotation + 1);
            self.cutoff[opening as usize] = cutoff;
        }
        self.ends.push(self.steps.len() as u32);
        self.before.end_row();
    }

    fn note(&mut self, before: Rotation, rotation: Rotation) {
        if before != NONE && std::mem::replace(&mut self.noted[before as usize], rotation) != rotation {
            self.before.push(before);
        }
    }
}
