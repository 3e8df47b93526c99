//! All stable matchings of a market at once: the lattice between the two extremes.
//!
//! A [`Lattice`] holds the candidate-optimal matching and the rotations; each closed set of rotations is one stable
//! matching. From it follow which pairs are possible, certain or impossible, how many stable matchings there are,
//! and all of them one by one; [`optimum`](mod@crate::optimum), [`regret`](crate::regret),
//! [`balanced`](mod@crate::balanced) and [`median`](mod@crate::median) choose among them.
//!
//! Source: Gusfield 1987; Gusfield & Irving 1989. Cost: O(m) to make, O(n + moves) for the labels of all pairs.
//!
//! Guaranteed: every stable matching and no other, each once; a label holds for all of them. Not guaranteed: an exact
//! count. To count stable matchings is #P-complete (Irving & Leather 1986), so counting has a limit, and beyond it
//! the answer is "more than". Limits: strict lists, so of a market with ties it knows the lattice of one lottery.

mod count;
mod pairs;
mod walk;

pub use count::Count;
pub(crate) use count::connected_parts;
pub use pairs::{Label, StablePairs};
pub(crate) use walk::Walk;

use crate::market::{Market, StrictMarket};
use crate::matching::Matching;
use crate::optimum::Pair;
use crate::rotations::{Rotation, Rotations};
use crate::{Candidate, Opening};

/// The stable matchings of a market.
///
/// ```
/// use migiude_matching::{Count, Lattice, Market};
///
/// // Haruka (0), Kenji (1) and Mei (2) like the brewery (0), the inn (1) and the foundry (2) in a circle, and are
/// // liked the other way round: everybody's first choice, everybody's second, or the openings' first.
/// let mut market = Market::builder();
/// market.candidate([0, 1, 2]);
/// market.candidate([1, 2, 0]);
/// market.candidate([2, 0, 1]);
/// market.opening(1, [1, 2, 0]);
/// market.opening(1, [2, 0, 1]);
/// market.opening(1, [0, 1, 2]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// let lattice = Lattice::of(&strict);
/// assert_eq!(lattice.rotations(), 2);
/// assert_eq!(lattice.count(1_000, &mut || true), Count::Exactly(3));
/// assert_eq!(lattice.opening_optimal().opening_of(0), Some(2));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Lattice<'m> {
    pub(crate) market: &'m Market,
    pub(crate) found: Rotations,
}

/// One candidate's part in a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Who moves.
    pub candidate: Candidate,
    /// Where it was.
    pub from: Opening,
    /// Where it goes, which it likes less and which likes it more than whom it loses.
    pub to: Opening,
}

impl<'m> Lattice<'m> {
    /// Finds all rotations of a market. O(m).
    pub fn of(market: &'m StrictMarket<'_>) -> Self {
        Self { market, found: Rotations::of(market) }
    }

    /// How many rotations there are.
    pub fn rotations(&self) -> usize {
        self.found.len()
    }

    /// Who moves in a rotation: each goes to where the following stands, the last to the first.
    ///
    /// # Panics
    /// If there are not so many rotations.
    ///
    /// ```
    /// use migiude_matching::{Lattice, Market, Move};
    ///
    /// // Haruka (0) and Mei (2) may work at the brewery (0), which has two seats and Kenji (1) for certain; Mei
    /// // starts at the inn (1). Only Haruka, the brewery's worst, can change places with her.
    /// let mut market = Market::builder();
    /// market.candidate([0, 1]);
    /// market.candidate([0]);
    /// market.candidate([1, 0]);
    /// market.opening(2, [1, 2, 0]);
    /// market.opening(1, [0, 2]);
    /// let market = market.build()?;
    /// let strict = market.strict().expect("no ties");
    /// let moves: Vec<Move> = Lattice::of(&strict).moves(0).collect();
    /// assert_eq!(
    ///     moves,
    ///     [Move { candidate: 0, from: 0, to: 1 }, Move { candidate: 2, from: 1, to: 0 }]
    /// );
    /// # Ok::<(), migiude_matching::MarketError>(())
    /// ```
    pub fn moves(&self, rotation: Rotation) -> impl Iterator<Item = Move> {
        self.found.steps(rotation).iter().map(|step| {
            let list = self.market.candidates().list(step.candidate);
            let [from, to] = [step.from, step.to].map(|index| list[index as usize].partner);
            Move { candidate: step.candidate, from, to }
        })
    }

    /// Rotations that must come before one; those before them come before it too.
    ///
    /// # Panics
    /// If there are not so many rotations.
    pub fn before(&self, rotation: Rotation) -> &[Rotation] {
        self.found.order.before(rotation)
    }

    /// The stable matching best for every candidate.
    pub fn candidate_optimal(&self) -> &Matching {
        &self.found.top
    }

    /// The stable matching best for every opening. O(n + moves).
    pub fn opening_optimal(&self) -> Matching {
        self.eliminate(self.found.each())
    }

    /// The stable matching in which a set of rotations is eliminated, said for each rotation; none when the set is
    /// not closed. O(n + moves + arcs).
    pub fn matching(&self, eliminated: &[bool]) -> Option<Matching> {
        let fits = eliminated.len() == self.rotations() && self.found.order.is_closed(eliminated);
        fits.then(|| self.matching_of(eliminated))
    }

    /// The matching of a closed set.
    pub(crate) fn matching_of(&self, closed: &[bool]) -> Matching {
        self.eliminate(self.found.each().filter(|&rotation| closed[rotation as usize]))
    }

    /// The pair of a candidate and an entry of its list.
    pub(crate) fn pair(&self, candidate: Candidate, index: u32) -> Pair {
        let edge = self.market.candidates().list(candidate)[index as usize];
        Pair { candidate, opening: edge.partner, candidate_rank: index + 1, opening_rank: edge.rank }
    }

    /// The pairs of a stable matching.
    pub(crate) fn pairs(&self, matching: &Matching) -> impl Iterator<Item = Pair> {
        matching.pairs().filter_map(|(candidate, opening)| {
            let mut list = (0..).zip(self.market.candidates().list(candidate));
            let (index, _) = list.find(|(_, edge)| edge.partner == opening)?;
            Some(self.pair(candidate, index))
        })
    }

    fn eliminate(&self, rotations: impl Iterator<Item = Rotation>) -> Matching {
        let mut matching = self.found.top.clone();
        for step in rotations.flat_map(|rotation| self.moves(rotation)) {
            matching.assign(step.candidate, step.to);
        }
        matching
    }

    /// Which pairs are possible, certain or impossible in a stable matching. O(n + moves).
    pub fn stable_pairs(&self) -> StablePairs {
        StablePairs::of(self.market, &self.found)
    }

    /// How many stable matchings there are, if not more than a limit.
    ///
    /// `patience` is asked now and then; when it answers `false` the count ends with what is certain by then. With
    /// R rotations and limit N the search takes about O((R + N) log R), mostly much less: a limit of millions needs
    /// no patience.
    pub fn count(&self, limit: u64, patience: &mut dyn FnMut() -> bool) -> Count {
        count::count(&self.found.order, limit, patience)
    }

    /// All stable matchings one by one, the candidate-optimal one first, then in the dictionary order of their
    /// rotations. Each O(n + what changed since the one before).
    pub fn matchings(&self) -> Matchings<'_> {
        let walk = Walk::new(&self.found.order);
        Matchings { lattice: self, walk, matching: self.found.top.clone(), begun: false }
    }
}

/// The stable matchings of a market, one by one.
#[derive(Debug, Clone)]
pub struct Matchings<'l> {
    lattice: &'l Lattice<'l>,
    walk: Walk<'l>,
    matching: Matching,
    begun: bool,
}

impl Iterator for Matchings<'_> {
    type Item = Matching;

    fn next(&mut self) -> Option<Matching> {
        if !std::mem::replace(&mut self.begun, true) {
            return Some(self.matching.clone());
        }
        loop {
            if let Some(rotation) = self.walk.add() {
                let moves = self.lattice.moves(rotation);
                moves.for_each(|step| self.matching.assign(step.candidate, step.to));
                return Some(self.matching.clone());
            }
            let moves = self.lattice.moves(self.walk.take_back()?);
            moves.for_each(|step| self.matching.assign(step.candidate, step.from));
        }
    }
}
