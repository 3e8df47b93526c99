//! One input: candidates, openings with quotas, and who accepts whom in which order.
//!
//! A [`Market`] is made by [`MarketBuilder`] alone, which refuses what cannot be and drops, with a report, what
//! one side says and the other does not. It holds both sides as compressed rows, 16 bytes for each mutually
//! acceptable pair: a candidate's row names the opening and the rank the candidate has *there*, an opening's row
//! likewise, so no algorithm ever searches a list or hashes a pair.

mod builder;
mod join;

use std::borrow::Cow;
use std::ops::{Deref, Range};

pub use builder::{MarketBuilder, MarketError};

use crate::lists::{Lists, ranks};
use crate::{Candidate, Opening};

/// One of the two sides of a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Residents, students, proposers: each wants one opening.
    Candidate,
    /// Hospitals, programmes: each has a quota of seats.
    Opening,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Candidate => "candidate",
            Self::Opening => "opening",
        })
    }
}

/// An entry that was dropped because the one it names does not list the agent in return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    /// The side of the agent whose entry it was.
    pub side: Side,
    /// The agent whose entry it was.
    pub agent: u32,
    /// Whom the entry named.
    pub entry: u32,
}

/// A mutually acceptable pair as one of the two sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edge {
    /// The other one.
    pub partner: u32,
    /// The dense rank, 1 = best, that the *partner* gives the owner of the list.
    pub rank: u32,
}

/// The lists of one side: compressed rows, best partner first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    starts: Vec<u32>,
    edges: Vec<Edge>,
    tied: Vec<bool>,
}

impl Preferences {
    /// The number of agents.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no agent on this side.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the list of an agent lies among all edges of this side.
    ///
    /// # Panics
    /// If there is no such agent; so do [`list`](Self::list) and [`ranked`](Self::ranked).
    pub fn range(&self, agent: u32) -> Range<usize> {
        self.starts[agent as usize] as usize..self.starts[agent as usize + 1] as usize
    }

    /// The list of an agent, best first.
    pub fn list(&self, agent: u32) -> &[Edge] {
        &self.edges[self.range(agent)]
    }

    /// The list of an agent, each entry with the dense rank (1 = best) that the *owner* gives it.
    pub fn ranked(&self, agent: u32) -> impl Iterator<Item = (u32, Edge)> {
        let range = self.range(agent);
        ranks(&self.tied, range.clone()).zip(self.edges[range].iter().copied())
    }

    /// The lists of some agents, in this order, in a market that numbers their partners anew.
    fn part(&self, agents: &[u32], number: impl Fn(u32) -> u32) -> Self {
        let mut part = Self { starts: vec![0], edges: Vec::new(), tied: Vec::new() };
        part.edges.reserve_exact(agents.iter().map(|&agent| self.range(agent).len()).sum());
        for range in agents.iter().map(|&agent| self.range(agent)) {
            let is_tied = |place: usize| self.tied.get(place).copied().unwrap_or(false);
            for place in range.clone().filter(|&place| is_tied(place)) {
                // Ties are marked up to the last one and no further, as everywhere.
                part.tied.resize(part.edges.len() + place - range.start, false);
                part.tied.push(true);
            }
            let edges = self.edges[range].iter();
            part.edges.extend(edges.map(|edge| Edge { partner: number(edge.partner), rank: edge.rank }));
            part.starts.push(part.edges.len() as u32);
        }
        part
    }

    /// All edges of this side, list after list.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Whether some list holds two equally good partners.
    pub fn has_ties(&self) -> bool {
        !self.tied.is_empty()
    }
}

/// Two sides, quotas and mutually acceptable pairs; ties are kept as equal ranks.
///
/// ```
/// use migiude_matching::{Dropped, Market, Side};
///
/// // Haruka and Kenji want the brewery (0), Mei wants the inn (1); the inn has never heard of Mei.
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0, 1]);
/// market.candidate([1]);
/// market.opening(1, [1, 0]);
/// market.opening(2, [1]);
/// let market = market.build()?;
/// assert_eq!(market.dropped(), [Dropped { side: Side::Candidate, agent: 2, entry: 1 }]);
/// assert_eq!(market.pairs(), 3);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Market {
    candidates: Preferences,
    openings: Preferences,
    quotas: Vec<u32>,
    dropped: Vec<Dropped>,
}

impl Market {
    /// A market to be told of its agents one by one.
    pub fn builder() -> MarketBuilder {
        MarketBuilder::default()
    }

    /// The candidates' lists of openings.
    pub fn candidates(&self) -> &Preferences {
        &self.candidates
    }

    /// The openings' lists of candidates.
    pub fn openings(&self) -> &Preferences {
        &self.openings
    }

    /// The seats of an opening; 0 is legal and takes nobody.
    ///
    /// # Panics
    /// If there is no such opening.
    pub fn quota(&self, opening: Opening) -> u32 {
        self.quotas[opening as usize]
    }

    /// The same market with other seats, one number for each opening.
    pub(crate) fn with_quotas(&self, quotas: Vec<u32>) -> Self {
        Self { quotas, ..self.clone() }
    }

    /// What was dropped because only one side listed it: candidates first, each in the order of its list.
    pub fn dropped(&self) -> &[Dropped] {
        &self.dropped
    }

    /// What was dropped of one agent's list, in its order. O(log dropped).
    pub fn dropped_of(&self, side: Side, agent: u32) -> &[Dropped] {
        let first = self.dropped.partition_point(|drop| (drop.side, drop.agent) < (side, agent));
        let after = self.dropped.partition_point(|drop| (drop.side, drop.agent) <= (side, agent));
        &self.dropped[first..after]
    }

    /// Whether an entry was dropped because the one it names does not list the agent. O(log dropped + its list).
    pub fn was_dropped(&self, side: Side, agent: u32, entry: u32) -> bool {
        self.dropped_of(side, agent).iter().any(|drop| drop.entry == entry)
    }

    /// The number of mutually acceptable pairs, called m in the literature.
    pub fn pairs(&self) -> usize {
        self.candidates.edges.len()
    }

    /// Whether some list, of either side, holds two equally good partners.
    pub fn has_ties(&self) -> bool {
        self.candidates.has_ties() || self.openings.has_ties()
    }

    /// All candidates, in order.
    pub fn each_candidate(&self) -> Range<Candidate> {
        0..self.candidates.len() as u32
    }

    /// All openings, in order.
    pub fn each_opening(&self) -> Range<Opening> {
        0..self.openings.len() as u32
    }

    /// The market of some agents, in this order, numbered anew by these; they list nobody but each other.
    pub(crate) fn part(
        &self,
        candidates: &[Candidate],
        openings: &[Opening],
        candidate_number: impl Fn(Candidate) -> Candidate,
        opening_number: impl Fn(Opening) -> Opening,
    ) -> Self {
        Self {
            candidates: self.candidates.part(candidates, opening_number),
            openings: self.openings.part(openings, candidate_number),
            quotas: openings.iter().map(|&opening| self.quota(opening)).collect(),
            dropped: Vec::new(),
        }
    }

    /// The same market as a strict one, when no list has a tie.
    pub fn strict(&self) -> Option<StrictMarket<'_>> {
        (!self.has_ties()).then_some(StrictMarket(Cow::Borrowed(self)))
    }
}

/// A market without ties, in which a rank is a place in a list; mechanisms that need strict lists take this.
///
/// It comes from [`Market::strict`] or from a lottery ([`break_ties`](crate::break_ties)).
#[derive(Debug, Clone)]
pub struct StrictMarket<'a>(Cow<'a, Market>);

impl StrictMarket<'_> {
    /// Rebuilds a market from lists whose ties have just been broken; nothing in them can be refused.
    pub(crate) fn from_broken_lists(weak: &Market, candidates: Lists, openings: Lists) -> Self {
        let mut market = MarketBuilder::of(candidates, openings, weak.quotas.clone())
            .build()
            .expect("the lists are those of a market, in another order");
        market.dropped.clone_from(&weak.dropped);
        Self(Cow::Owned(market))
    }
}

impl Deref for StrictMarket<'_> {
    type Target = Market;

    fn deref(&self) -> &Market {
        &self.0
    }
}
