//! The one door of a market: what cannot be is refused, what only one side says is dropped and reported.

use thiserror::Error;

use super::join::join;
use super::{Market, Side};
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
    ///
    /// # Panics
    /// If it was not.
    pub fn quota(&self, opening: Opening) -> u32 {
        self.quotas[opening as usize]
    }

    /// Checks everything and builds the market.
    ///
    /// Entries that only one side has are dropped and reported by [`Market::dropped`]; ranks are counted after
    /// that. O(entries + agents): one counting-sort transposition, and one pass that puts every pair into its place
    /// in its opening's list. Needs 16 bytes an entry of one side at a time, the lists handed in among them; 20, and
    /// up to four for ties, when an opening's list has ties or loses an entry.
    ///
    /// # Errors
    /// A list that names nobody or names somebody twice, and sizes beyond 32 bits.
    pub fn build(self) -> Result<Market, MarketError> {
        let Self { candidates, openings, quotas } = self;
        check(Side::Candidate, &candidates, openings.len())?;
        check(Side::Opening, &openings, candidates.len())?;
        let (candidates, openings, dropped) = join(candidates, openings)?;
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

/// Refuses what does not fit in 32 bits and entries that name nobody.
fn check(side: Side, lists: &Lists, partners: usize) -> Result<(), MarketError> {
    if !fits(lists.len(), lists.entries().len()) {
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

/// Whether agents and entries can be numbered in 32 bits, one number left over that stands for nobody.
fn fits(agents: usize, entries: usize) -> bool {
    agents.max(entries) < u32::MAX as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Edge;

    /// Haruka and Kenji, one brewery of one seat.
    fn refused(haruka: &[u32], kenji: &[u32], brewery: &[u32]) -> MarketError {
        let mut market = Market::builder();
        market.candidate(haruka.iter().copied());
        market.candidate(kenji.iter().copied());
        market.opening(1, brewery.iter().copied());
        market.build().expect_err("this market cannot be")
    }

    #[test]
    fn what_does_not_fit_in_32_bits_is_too_large() {
        let most = u32::MAX as usize - 1;
        assert!(fits(most, most));
        assert!(!fits(most + 1, 0) && !fits(0, most + 1) && !fits(usize::MAX, usize::MAX));
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
