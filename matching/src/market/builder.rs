//! The one door of a market: what cannot be is refused, what only one side says is dropped and reported.

use thiserror::Error;

use super::{Dropped, Edge, Market, Preferences, Side};
use crate::lists::Lists;
use crate::{Candidate, Opening};

/// A market being told of its agents; numbers follow the order of the telling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarketBuilder {
    candidates: Lists,
    openings: Lists,
    quotas: Vec<u32>,
}

impl MarketBuilder {
    /// A market all of whose agents are known at once.
    pub(super) fn of(candidates: Lists, openings: Lists, quotas: Vec<u32>) -> Self {
        Self { candidates, openings, quotas }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Haruka and Kenji, one brewery of one seat.
    fn refused(haruka: &[u32], kenji: &[u32], brewery: &[u32]) -> MarketError {
        let mut market = Market::builder();
        market.candidate(haruka.iter().copied());
        market.candidate(kenji.iter().copied());
        market.opening(1, brewery.iter().copied());
        market.build().expect_err("this market cannot be")
    }

    #[test]
    fn a_list_that_names_nobody_is_refused_with_agent_and_entry() {
        let unknown = |side, agent, entry| MarketError::Unknown { side, agent, entry };
        assert_eq!(refused(&[0], &[1], &[0, 1]), unknown(Side::Candidate, 1, 1));
        assert_eq!(refused(&[0], &[0], &[0, u32::MAX]), unknown(Side::Opening, 0, u32::MAX));
    }

    #[test]
    fn a_list_that_names_somebody_twice_is_refused_even_when_it_would_be_dropped() {
        let repeated = |side, agent, entry| MarketError::Repeated { side, agent, entry };
        assert_eq!(refused(&[0], &[0, 0], &[0, 1]), repeated(Side::Candidate, 1, 0));
        assert_eq!(refused(&[0, 0], &[0], &[1]), repeated(Side::Candidate, 0, 0));
        assert_eq!(refused(&[0], &[0], &[1, 0, 1]), repeated(Side::Opening, 0, 1));
        assert_eq!(refused(&[0], &[], &[0, 1, 1]), repeated(Side::Opening, 0, 1));
    }

    #[test]
    fn ranks_are_counted_after_dropping_and_groups_that_lose_members_stay_groups() {
        let mut market = Market::builder();
        market.candidate_with_ties([[1], [0]]);
        market.candidate([0]);
        market.candidate([0]);
        market.opening_with_ties(1, [vec![3], vec![2, 0, 1]]);
        market.opening(1, []);
        market.candidate([]);
        let market = market.build().expect("a possible market");
        let ranks: Vec<(u32, u32)> =
            market.openings().ranked(0).map(|(rank, edge)| (rank, edge.partner)).collect();
        assert_eq!(ranks, [(1, 2), (1, 0), (1, 1)]);
        assert_eq!(market.candidates().list(0), [Edge { partner: 0, rank: 1 }]);
        assert_eq!(market.dropped().len(), 2);
    }
}
