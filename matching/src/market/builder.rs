//! The one door of a market: what cannot be is refused, what only one side says is dropped and reported.

use thiserror::Error;

use super::{Dropped, Edge, Market, Preferences, Side};
use crate::lists::{Lists, ranks};
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
        let mut dropped = Vec::new();
        let offers = offers(&openings, candidates.len());
        let mut candidates = answer(candidates, offers, openings.len(), &mut dropped)?;
        let openings = hand_back(&mut candidates, openings, &mut dropped);
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

/// For each candidate the openings that list it, by their number; a *place*, from 1, stands where a rank will be.
struct Offers {
    starts: Vec<u32>,
    edges: Vec<Edge>,
}

/// Counting-sort transposition of the openings' lists.
fn offers(openings: &Lists, candidates: usize) -> Offers {
    let mut starts = vec![0u32; candidates + 1];
    for &candidate in openings.entries() {
        starts[candidate as usize + 1] += 1;
    }
    let mut before = 0;
    for slot in &mut starts[1..] {
        before += std::mem::replace(slot, before);
    }
    // `starts[c + 1]` is where the row of c begins, and moves on to its end while the row is filled.
    let mut edges = vec![Edge::default(); openings.entries().len()];
    for opening in 0..openings.len() {
        for (place, &candidate) in (1..).zip(openings.list(opening)) {
            let next = &mut starts[candidate as usize + 1];
            edges[*next as usize] = Edge { partner: opening as u32, rank: place };
            *next += 1;
        }
    }
    Offers { starts, edges }
}

/// Puts each candidate's offers into the candidate's own order, over the offers themselves. Entries without an offer
/// are dropped, and groups that lose members stay groups.
fn answer(
    candidates: Lists,
    offers: Offers,
    openings: usize,
    dropped: &mut Vec<Dropped>,
) -> Result<Preferences, MarketError> {
    /// No candidate has this number.
    const NOBODY: u32 = u32::MAX;
    /// In place of a place, which begins at 1: the candidate has named the opening already.
    const NAMED: u32 = 0;
    let repeated = |side, agent, entry| Err(MarketError::Repeated { side, agent, entry });
    let Offers { mut starts, mut edges } = offers;
    // For each opening the candidate that met it last, and at which place the opening lists that candidate.
    let mut met = vec![(NOBODY, NAMED); openings];
    let mut tied = Vec::new();
    // What is written never overtakes what is still to be read: a candidate keeps at most its offers.
    let (mut written, mut read) = (0, 0);
    for candidate in 0..candidates.len() as u32 {
        let end = starts[candidate as usize + 1] as usize;
        for offer in &edges[read..end] {
            let earlier = std::mem::replace(&mut met[offer.partner as usize], (candidate, offer.rank));
            if earlier.0 == candidate {
                return repeated(Side::Opening, offer.partner, candidate);
            }
        }
        let mut kept = 0;
        for (own_rank, opening) in candidates.ranked(candidate as usize) {
            match std::mem::replace(&mut met[opening as usize], (candidate, NAMED)) {
                (last, NAMED) if last == candidate => return repeated(Side::Candidate, candidate, opening),
                (last, place) if last == candidate => {
                    if own_rank == kept {
                        tied.resize(written, false);
                        tied.push(true);
                    }
                    kept = own_rank;
                    edges[written] = Edge { partner: opening, rank: place };
                    written += 1;
                }
                _ => dropped.push(Dropped { side: Side::Candidate, agent: candidate, entry: opening }),
            }
        }
        read = end;
        starts[candidate as usize + 1] = written as u32;
    }
    edges.truncate(written);
    edges.shrink_to_fit();
    Ok(Preferences { starts, edges, tied })
}

/// Puts every pair of the candidates' side into its place in the list its opening handed in, and gives the
/// candidates ranks for places.
fn hand_back(candidates: &mut Preferences, openings: Lists, dropped: &mut Vec<Dropped>) -> Preferences {
    let starts = openings.starts();
    let places = openings.entries().len();
    // With every entry answered and no ties a place is a rank, and the lists may go before their edges come.
    let unsettled = (candidates.edges.len() < places || openings.has_ties()).then_some(openings);
    let mut edges = vec![UNANSWERED; places];
    for candidate in 0..candidates.len() as u32 {
        for (rank, edge) in candidates.ranked(candidate) {
            edges[place(&starts, edge)] = Edge { partner: candidate, rank };
        }
    }
    match unsettled {
        None => Preferences { starts, edges, tied: Vec::new() },
        Some(lists) => settle(candidates, lists, &starts, edges, dropped),
    }
}

/// What an entry holds until its candidate answers: a rank that nobody has.
const UNANSWERED: Edge = Edge { partner: 0, rank: 0 };

/// Where among all entries of the openings a candidate stands, given its place in one list.
fn place(starts: &[u32], edge: Edge) -> usize {
    starts[edge.partner as usize] as usize + edge.rank as usize - 1
}

/// Drops the unanswered entries of the openings, moves the others together and ranks them.
fn settle(
    candidates: &mut Preferences,
    lists: Lists,
    told: &[u32],
    mut edges: Vec<Edge>,
    dropped: &mut Vec<Dropped>,
) -> Preferences {
    // An entry is needed until it is dropped or ranked, so its rank takes its place.
    let (mut entries, told_tied) = lists.into_entries_and_ties();
    let mut starts = vec![0];
    let mut tied = Vec::new();
    let mut written = 0;
    for (opening, range) in (0..).zip(told.windows(2).map(|ends| ends[0] as usize..ends[1] as usize)) {
        let (mut kept, mut rank) = (0, 0);
        for (told_rank, place) in ranks(&told_tied, range.clone()).zip(range) {
            if edges[place] == UNANSWERED {
                dropped.push(Dropped { side: Side::Opening, agent: opening, entry: entries[place] });
                continue;
            }
            if told_rank == kept {
                tied.resize(written, false);
                tied.push(true);
            } else {
                rank += 1;
            }
            kept = told_rank;
            entries[place] = rank;
            edges[written] = edges[place];
            written += 1;
        }
        starts.push(written as u32);
    }
    edges.truncate(written);
    edges.shrink_to_fit();
    for edge in &mut candidates.edges {
        edge.rank = entries[place(told, *edge)];
    }
    Preferences { starts, edges, tied }
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
