//! Markets in the notation of the literature, and the judge: every matching of a small market, tried one by one.

#![allow(dead_code, reason = "each test file uses what it needs")]

pub mod plan;
pub mod regions;

use migiude_matching::{Candidate, Market, Matching, Opening, Outcome, Side, StrictMarket};

/// A market from lists like `3 (1 2) 4`, best first, ids from 1; openings with their quota.
pub fn market(candidates: &[&str], openings: &[(u32, &str)]) -> Market {
    let mut market = Market::builder();
    for list in candidates {
        market.candidate_with_ties(groups(list));
    }
    for (quota, list) in openings {
        market.opening_with_ties(*quota, groups(list));
    }
    market.build().expect("the literature writes possible markets")
}

/// A one-to-one market, every opening with one seat.
pub fn marriage(men: &[&str], women: &[&str]) -> Market {
    market(men, &women.iter().map(|list| (1, *list)).collect::<Vec<_>>())
}

fn groups(list: &str) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut in_tie = false;
    for word in list.split_whitespace() {
        let id: u32 = word.trim_matches(['(', ')']).parse().unwrap();
        if in_tie {
            groups.last_mut().unwrap().push(id - 1)
        } else {
            groups.push(vec![id - 1])
        }
        in_tie = (in_tie || word.starts_with('(')) && !word.ends_with(')');
    }
    groups
}

/// The openings of all candidates, ids from 1, 0 = unmatched.
pub fn ids(matching: &Matching) -> Vec<u32> {
    (0..matching.len() as u32).map(|c| matching.opening_of(c).map_or(0, |o| o + 1)).collect()
}

/// Runs a mechanism on a market without ties.
pub fn run(mechanism: impl Fn(&StrictMarket<'_>) -> Outcome, market: &Market) -> Vec<u32> {
    ids(&mechanism(&market.strict().expect("no ties")).matching)
}

/// Everything the judge knows of a market: ranks as a plain table, 0 = not acceptable.
pub struct Judge {
    candidate_rank: Vec<Vec<u32>>,
    opening_rank: Vec<Vec<u32>>,
    quotas: Vec<u32>,
}

impl Judge {
    pub fn of(market: &Market) -> Self {
        let (n, m) = (market.candidates().len(), market.openings().len());
        let mut judge = Self {
            candidate_rank: vec![vec![0; m]; n],
            opening_rank: vec![vec![0; n]; m],
            quotas: (0..m as u32).map(|o| market.quota(o)).collect(),
        };
        for c in 0..n as u32 {
            for (rank, edge) in market.candidates().ranked(c) {
                judge.candidate_rank[c as usize][edge.partner as usize] = rank;
            }
        }
        for o in 0..m as u32 {
            for (rank, edge) in market.openings().ranked(o) {
                judge.opening_rank[o as usize][edge.partner as usize] = rank;
            }
        }
        judge
    }

    /// All valid matchings, ids from 1, 0 = unmatched.
    pub fn valid(&self) -> Vec<Vec<u32>> {
        let mut all = vec![vec![]];
        for ranks in &self.candidate_rank {
            let mut longer = Vec::new();
            for matching in all {
                for opening in 0..=ranks.len() {
                    let taken = matching.iter().filter(|&&o| o as usize == opening).count();
                    let fits =
                        opening == 0 || ranks[opening - 1] > 0 && taken < self.quotas[opening - 1] as usize;
                    if fits {
                        longer.push([matching.as_slice(), &[opening as u32]].concat());
                    }
                }
            }
            all = longer;
        }
        all
    }

    /// The pairs that block a valid matching, numbers from 0, straight from the definition.
    pub fn blocking(&self, matching: &[u32]) -> Vec<(Candidate, Opening)> {
        let mut pairs = Vec::new();
        for (c, ranks) in self.candidate_rank.iter().enumerate() {
            for (o, &rank) in ranks.iter().enumerate() {
                let own = matching[c];
                let wants = rank > 0 && (own == 0 || rank < ranks[own as usize - 1]);
                let standing = &self.opening_rank[o];
                let held: Vec<usize> = (0..matching.len()).filter(|&h| matching[h] == o as u32 + 1).collect();
                let free = (held.len() as u32) < self.quotas[o];
                if wants && (free || held.iter().any(|&h| standing[c] < standing[h])) {
                    pairs.push((c as u32, o as u32));
                }
            }
        }
        pairs
    }

    /// All stable (with ties: weakly stable) matchings.
    pub fn stable(&self) -> Vec<Vec<u32>> {
        self.valid().into_iter().filter(|matching| self.blocking(matching).is_empty()).collect()
    }

    /// Whether a candidate and an opening list each other.
    pub fn accepts(&self, candidate: Candidate, opening: Opening) -> bool {
        self.candidate_rank[candidate as usize][opening as usize] > 0
    }

    /// The rank a candidate gives what it has; unmatched is worse than all.
    pub fn rank(&self, candidate: usize, matching: &[u32]) -> u32 {
        match matching[candidate] {
            0 => u32::MAX,
            opening => self.candidate_rank[candidate][opening as usize - 1],
        }
    }

    /// The ranks an opening holds, best first, an empty seat worse than all.
    pub fn held_ranks(&self, opening: usize, matching: &[u32]) -> Vec<u32> {
        let held = (0..matching.len()).filter(|&c| matching[c] == opening as u32 + 1);
        let mut ranks: Vec<u32> = held.map(|c| self.opening_rank[opening][c]).collect();
        ranks.resize(self.quotas[opening] as usize, u32::MAX);
        ranks.sort_unstable();
        ranks
    }
}

/// The matching of ids from 1, 0 = unmatched.
pub fn matching(ids: &[u32]) -> Matching {
    Matching::new(ids.iter().map(|id| id.checked_sub(1)))
}

/// The entries that only one side has, ids from 1.
pub fn dropped(market: &Market, side: Side) -> Vec<(u32, u32)> {
    market.dropped().iter().filter(|d| d.side == side).map(|d| (d.agent + 1, d.entry + 1)).collect()
}
