//! One input: candidates, openings with quotas, and who accepts whom in which order.
//!
//! A [`Market`] is made by [`MarketBuilder`] alone, which refuses what cannot be and drops, with a report, what
//! one side says and the other does not. It holds both sides as compressed rows, 16 bytes for each mutually
//! acceptable pair: a candidate's row names the opening and the rank the candidate has *there*, an opening's row
//! likewise, so no algorithm ever searches a list or hashes a pair.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use thiserror::Error;

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

/// What the one door of a market refuses. Agents and entries are numbers from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MarketError {
    /// A list names a partner that does not exist.
    #[error("{side} {agent} lists number {entry}, which does not exist")]
    Unknown {
        /// The side the list belongs to.
        side: Side,
        /// Whose list it is.
        agent: u32,
        /// The entry that names nobody.
        entry: u32,
    },
    /// A list names a partner twice.
    #[error("{side} {agent} lists number {entry} twice")]
    Repeated {
        /// The side the list belongs to.
        side: Side,
        /// Whose list it is.
        agent: u32,
        /// The entry that stands there twice.
        entry: u32,
    },
    /// More agents or entries than 32 bits count.
    #[error("the {side} side has more agents or list entries than fit in 32 bits")]
    TooLarge {
        /// The side that is too large.
        side: Side,
    },
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
    pub fn quota(&self, opening: Opening) -> u32 {
        self.quotas[opening as usize]
    }

    /// What was dropped because only one side listed it: candidates first, each in the order of its list.
    pub fn dropped(&self) -> &[Dropped] {
        &self.dropped
    }

    /// Whether an entry was dropped because the one it names does not list the agent. O(log dropped + its list).
    pub fn was_dropped(&self, side: Side, agent: u32, entry: u32) -> bool {
        let first = self.dropped.partition_point(|drop| (drop.side, drop.agent) < (side, agent));
        let of_agent =
            self.dropped[first..].iter().take_while(|drop| (drop.side, drop.agent) == (side, agent));
        of_agent.into_iter().any(|drop| drop.entry == entry)
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
        let mut market = MarketBuilder { candidates, openings, quotas: weak.quotas.clone() }
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

/// A market being told of its agents; numbers follow the order of the telling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarketBuilder {
    candidates: Lists,
    openings: Lists,
    quotas: Vec<u32>,
}

impl MarketBuilder {
    /// Adds the next candidate with a strict list of openings, best first.
    pub fn candidate(&mut self, list: impl IntoIterator<Item = Opening>) {
        self.candidates.push(list);
    }

    /// Adds the next candidate with groups of equally good openings, best group first.
    pub fn candidate_with_ties<G: AsRef<[Opening]>>(&mut self, groups: impl IntoIterator<Item = G>) {
        self.candidates.push_groups(groups);
    }

    /// Adds the next opening with its seats and a strict list of candidates, best first.
    pub fn opening(&mut self, quota: u32, list: impl IntoIterator<Item = Candidate>) {
        self.quotas.push(quota);
        self.openings.push(list);
    }

    /// Adds the next opening with its seats and groups of equally good candidates, best group first.
    pub fn opening_with_ties<G: AsRef<[Candidate]>>(
        &mut self,
        quota: u32,
        groups: impl IntoIterator<Item = G>,
    ) {
        self.quotas.push(quota);
        self.openings.push_groups(groups);
    }

    /// The candidates' lists as told so far.
    pub fn candidates(&self) -> &Lists {
        &self.candidates
    }

    /// The openings' lists as told so far.
    pub fn openings(&self) -> &Lists {
        &self.openings
    }

    /// The seats of an opening told before.
    pub fn quota(&self, opening: Opening) -> u32 {
        self.quotas[opening as usize]
    }

    /// Checks everything and builds the market.
    ///
    /// Entries that only one side has are dropped and reported by [`Market::dropped`]; ranks are counted after
    /// that. Time O(entries + agents), two counting-sort transpositions, twice that when something was dropped.
    ///
    /// # Errors
    /// A list that names nobody or names somebody twice, and sizes beyond 32 bits.
    pub fn build(self) -> Result<Market, MarketError> {
        let (candidates, openings) = (&self.candidates, &self.openings);
        check_entries(Side::Candidate, candidates, openings.len())?;
        check_entries(Side::Opening, openings, candidates.len())?;
        let by_candidate = transpose(Side::Opening, openings, candidates.len())?;
        let by_opening = transpose(Side::Candidate, candidates, openings.len())?;
        let mut dropped = Vec::new();
        let candidate_rows = join(Side::Candidate, candidates, by_candidate, openings.len(), &mut dropped);
        let opening_rows = join(Side::Opening, openings, by_opening, candidates.len(), &mut dropped);
        if !dropped.is_empty() {
            let mutual = Self {
                candidates: without(Side::Candidate, candidates, &dropped),
                openings: without(Side::Opening, openings, &dropped),
                quotas: self.quotas,
            };
            return Ok(Market { dropped, ..mutual.build()? });
        }
        Ok(Market {
            candidates: candidate_rows.with_ties(self.candidates.into_tied()),
            openings: opening_rows.with_ties(self.openings.into_tied()),
            quotas: self.quotas,
            dropped,
        })
    }
}

/// Rows by agent: who lists the agent, and at which rank.
struct Rows {
    starts: Vec<u32>,
    edges: Vec<Edge>,
}

impl Rows {
    fn with_ties(self, tied: Vec<bool>) -> Preferences {
        Preferences { starts: self.starts, edges: self.edges, tied }
    }
}

fn check_entries(side: Side, lists: &Lists, partners: usize) -> Result<(), MarketError> {
    if lists.len() >= u32::MAX as usize || lists.entries().len() > u32::MAX as usize {
        return Err(MarketError::TooLarge { side });
    }
    if lists.entries().iter().all(|&entry| (entry as usize) < partners) {
        return Ok(());
    }
    for agent in 0..lists.len() {
        if let Some(&entry) = lists.list(agent).iter().find(|&&entry| entry as usize >= partners) {
            return Err(MarketError::Unknown { side, agent: agent as u32, entry });
        }
    }
    Ok(())
}

/// Counting-sort transposition: for every partner, who lists it and at which rank, by the lister's number.
fn transpose(side: Side, lists: &Lists, partners: usize) -> Result<Rows, MarketError> {
    let mut starts = vec![0u32; partners + 1];
    for &entry in lists.entries() {
        starts[entry as usize + 1] += 1;
    }
    for place in 0..partners {
        starts[place + 1] += starts[place];
    }
    let mut next = starts[..partners].to_vec();
    let mut edges = vec![Edge::default(); lists.entries().len()];
    for agent in 0..lists.len() {
        for (rank, entry) in lists.ranked(agent) {
            let place = next[entry as usize];
            let agent = agent as u32;
            // Listers come in order, so whoever lists the same partner again finds itself just before.
            if place > starts[entry as usize] && edges[place as usize - 1].partner == agent {
                return Err(MarketError::Repeated { side, agent, entry });
            }
            edges[place as usize] = Edge { partner: agent, rank };
            next[entry as usize] = place + 1;
        }
    }
    Ok(Rows { starts, edges })
}

/// Puts each agent's listers into the agent's own order, in place; entries without an answer are dropped.
fn join(side: Side, lists: &Lists, listers: Rows, partners: usize, dropped: &mut Vec<Dropped>) -> Rows {
    const NOBODY: u32 = u32::MAX;
    let Rows { mut starts, mut edges } = listers;
    let mut rank_of_listed = vec![(NOBODY, 0u32); partners];
    // What is written never overtakes what is still to be read: an agent keeps at most its listers.
    let mut written = 0;
    let mut read = 0;
    for agent in 0..lists.len() {
        let end = starts[agent + 1] as usize;
        for lister in &edges[read..end] {
            rank_of_listed[lister.partner as usize] = (agent as u32, lister.rank);
        }
        for &partner in lists.list(agent) {
            let (listed, rank) = rank_of_listed[partner as usize];
            if listed == agent as u32 {
                edges[written] = Edge { partner, rank };
                written += 1;
            } else {
                dropped.push(Dropped { side, agent: agent as u32, entry: partner });
            }
        }
        read = end;
        starts[agent + 1] = written as u32;
    }
    edges.truncate(written);
    Rows { starts, edges }
}

/// The lists of one side less what was dropped; groups that lose members stay groups.
fn without(side: Side, lists: &Lists, dropped: &[Dropped]) -> Lists {
    let mut drops = dropped.iter().filter(|drop| drop.side == side).peekable();
    let mut kept = Lists::default();
    for agent in 0..lists.len() {
        for group in lists.groups(agent) {
            let mut tied = false;
            for &entry in group {
                if drops.next_if(|drop| drop.agent == agent as u32 && drop.entry == entry).is_none() {
                    kept.add_entry(entry, tied);
                    tied = true;
                }
            }
        }
        kept.end_list();
    }
    kept
}
