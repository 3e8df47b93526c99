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
    /// that. O(entries + agents): two counting-sort transpositions, three when an opening's entry was dropped.
    /// Needs at most 20 bytes a pair at a time, the lists handed in among them.
    ///
    /// # Errors
    /// A list that names nobody or names somebody twice, and sizes beyond 32 bits.
    pub fn build(self) -> Result<Market, MarketError> {
        let Self { candidates, openings, quotas } = self;
        let (n, m) = (candidates.len(), openings.len());
        check_entries(Side::Candidate, &candidates, m)?;
        check_entries(Side::Opening, &openings, n)?;
        let mut dropped = Vec::new();
        let listers = listers_in_lists(Side::Opening, &openings, n)?;
        let mut candidates = join(Side::Candidate, candidates, listers, m, &mut dropped)?;
        let wished_for_in_vain = dropped.len();
        let listers = listers_in(Side::Candidate, &candidates, m)?;
        let openings = join(Side::Opening, openings, listers, n, &mut dropped)?;
        if dropped.len() > wished_for_in_vain {
            // An opening's list became shorter, so the ranks counted in it before are too high.
            rank_again(&mut candidates, &listers_in(Side::Opening, &openings, n)?, m);
        }
        Ok(Market { candidates, openings, quotas, dropped })
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

/// Who lists each of `partners` in lists as they were handed in.
fn listers_in_lists(side: Side, lists: &Lists, partners: usize) -> Result<Rows, MarketError> {
    let counts = count(partners, lists.entries().iter().copied());
    transpose(side, lists.len(), &counts, |agent| lists.ranked(agent))
}

/// Who lists each of `partners` in lists that hold mutual pairs only.
fn listers_in(side: Side, lists: &Preferences, partners: usize) -> Result<Rows, MarketError> {
    let counts = count(partners, lists.edges.iter().map(|edge| edge.partner));
    transpose(side, lists.len(), &counts, |agent| {
        lists.ranked(agent as u32).map(|(rank, edge)| (rank, edge.partner))
    })
}

/// How often each of `partners` is named.
fn count(partners: usize, entries: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut counts = vec![0; partners];
    entries.for_each(|entry| counts[entry as usize] += 1);
    counts
}

/// Counting-sort transposition: for every partner, who lists it and at which rank, by the lister's number;
/// `listers` counts them.
fn transpose<L: Iterator<Item = (u32, u32)>>(
    side: Side,
    agents: usize,
    listers: &[u32],
    list: impl Fn(usize) -> L,
) -> Result<Rows, MarketError> {
    let mut starts = vec![0u32; listers.len() + 1];
    for (place, count) in listers.iter().enumerate() {
        starts[place + 1] = starts[place] + count;
    }
    let mut next = starts.clone();
    let mut edges = vec![Edge::default(); starts[listers.len()] as usize];
    for agent in 0..agents {
        for (rank, entry) in list(agent) {
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

/// Puts each agent's listers into the agent's own order, in place; entries without an answer are dropped, and
/// groups that lose members stay groups.
fn join(
    side: Side,
    lists: Lists,
    listers: Rows,
    partners: usize,
    dropped: &mut Vec<Dropped>,
) -> Result<Preferences, MarketError> {
    /// No agent has this number.
    const NOBODY: u32 = u32::MAX;
    /// In place of a rank, which begins at 1: the agent has named the partner already.
    const NAMED: u32 = 0;
    let Rows { mut starts, mut edges } = listers;
    // For each partner the agent that met it last, and at which rank the partner lists that agent.
    let mut met = vec![(NOBODY, NAMED); partners];
    let mut tied = Vec::new();
    // What is written never overtakes what is still to be read: an agent keeps at most its listers.
    let (mut written, mut read) = (0, 0);
    for agent in 0..lists.len() as u32 {
        let end = starts[agent as usize + 1] as usize;
        for lister in &edges[read..end] {
            met[lister.partner as usize] = (agent, lister.rank);
        }
        let mut kept = 0;
        for (own_rank, entry) in lists.ranked(agent as usize) {
            match std::mem::replace(&mut met[entry as usize], (agent, NAMED)) {
                (last, NAMED) if last == agent => return Err(MarketError::Repeated { side, agent, entry }),
                (last, rank) if last == agent => {
                    if own_rank == kept {
                        tied.resize(written, false);
                        tied.push(true);
                    }
                    kept = own_rank;
                    edges[written] = Edge { partner: entry, rank };
                    written += 1;
                }
                _ => dropped.push(Dropped { side, agent, entry }),
            }
        }
        read = end;
        starts[agent as usize + 1] = written as u32;
    }
    edges.truncate(written);
    Ok(Preferences { starts, edges, tied })
}

/// Takes the ranks over again from the partners' lists; who lists whom is settled.
fn rank_again(preferences: &mut Preferences, listers: &Rows, partners: usize) {
    let mut rank_by = vec![0; partners];
    for agent in 0..preferences.len() as u32 {
        // Both hold the same pairs, so an agent's listers lie where its list does.
        let range = preferences.range(agent);
        for lister in &listers.edges[range.clone()] {
            rank_by[lister.partner as usize] = lister.rank;
        }
        for edge in &mut preferences.edges[range] {
            edge.rank = rank_by[edge.partner as usize];
        }
    }
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
