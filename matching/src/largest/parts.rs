//! The parts of a market between which there is no acceptable pair; each is a question of its own.

use crate::market::{Market, Preferences};
use crate::{Candidate, Opening};

/// A part as a market, and who its agents are in the whole.
pub(super) struct Part {
    pub(super) market: Market,
    pub(super) candidates: Vec<Candidate>,
    pub(super) openings: Vec<Opening>,
}

/// All parts with acceptable pairs, by their first candidate. O(m).
pub(super) fn parts(market: &Market) -> Vec<Part> {
    const UNSEEN: u32 = u32::MAX;
    // The number of each agent within its part.
    let mut candidate_at = vec![UNSEEN; market.candidates().len()];
    let mut opening_at = vec![UNSEEN; market.openings().len()];
    let mut parts = Vec::new();
    for first in market.each_candidate() {
        if candidate_at[first as usize] != UNSEEN || market.candidates().list(first).is_empty() {
            continue;
        }
        let (mut candidates, mut openings) = (vec![first], Vec::new());
        candidate_at[first as usize] = 0;
        let mut next = 0;
        while let Some(&candidate) = candidates.get(next) {
            next += 1;
            for opening in market.candidates().list(candidate).iter().map(|edge| edge.partner) {
                if opening_at[opening as usize] != UNSEEN {
                    continue;
                }
                opening_at[opening as usize] = openings.len() as u32;
                openings.push(opening);
                for other in market.openings().list(opening).iter().map(|edge| edge.partner) {
                    if candidate_at[other as usize] == UNSEEN {
                        candidate_at[other as usize] = candidates.len() as u32;
                        candidates.push(other);
                    }
                }
            }
        }
        let mut part = Market::builder();
        for &candidate in &candidates {
            part.candidate_with_ties(groups(market.candidates(), candidate, &opening_at));
        }
        for &opening in &openings {
            part.opening_with_ties(market.quota(opening), groups(market.openings(), opening, &candidate_at));
        }
        let market = part.build().expect("a part of a market is a market");
        parts.push(Part { market, candidates, openings });
    }
    parts
}

/// The list of an agent with its partners' other numbers.
fn groups(preferences: &Preferences, agent: u32, number: &[u32]) -> Vec<Vec<u32>> {
    let ranked: Vec<(u32, u32)> =
        preferences.ranked(agent).map(|(rank, edge)| (rank, number[edge.partner as usize])).collect();
    let group = |group: &[(u32, u32)]| group.iter().map(|&(_, partner)| partner).collect();
    ranked.chunk_by(|one, other| one.0 == other.0).map(group).collect()
}
