//! Which pairs are possible, certain or impossible in a stable matching.
//!
//! Going down from the candidate-optimal matching each candidate passes through all its stable partners (Gusfield
//! 1987): a pair is stable when it is in the candidate-optimal matching or when a rotation makes it. O(n + moves).

use crate::rotations::{NONE, Rotation, Rotations};
use crate::{Candidate, Market, Opening};

/// What stability says of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// In no stable matching.
    Impossible,
    /// In some stable matchings, not in all.
    Possible,
    /// In every stable matching.
    Certain,
}

/// A stable pair: it is in the matchings of the sets with the rotation that makes it and without the one that ends
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stay {
    /// None for a pair of the candidate-optimal matching.
    pub made_by: Option<Rotation>,
    /// None for a pair of the opening-optimal matching.
    pub ended_by: Option<Rotation>,
}

/// The stable pairs of a market: each candidate's stable partners, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StablePairs {
    ends: Vec<u32>,
    /// Each opening with the rotation that brings the candidate there.
    stays: Vec<(Opening, Rotation)>,
}

impl StablePairs {
    pub(super) fn of(market: &Market, found: &Rotations) -> Self {
        let mut free = vec![0u32; found.top.len() + 1];
        let top = || found.top.pairs().map(|(candidate, opening)| (candidate, opening, NONE));
        let below = || {
            found.all_steps().map(|(rotation, step)| {
                let opening = market.candidates().list(step.candidate)[step.to as usize].partner;
                (step.candidate, opening, rotation)
            })
        };
        top().chain(below()).for_each(|(candidate, ..)| free[candidate as usize + 1] += 1);
        (0..found.top.len()).for_each(|candidate| free[candidate + 1] += free[candidate]);
        let mut stays = vec![(0, NONE); free[found.top.len()] as usize];
        for (candidate, opening, made_by) in top().chain(below()) {
            stays[free[candidate as usize] as usize] = (opening, made_by);
            free[candidate as usize] += 1;
        }
        free.truncate(found.top.len());
        Self { ends: free, stays }
    }

    fn row(&self, candidate: Candidate) -> &[(Opening, Rotation)] {
        let Some(&end) = self.ends.get(candidate as usize) else { return &[] };
        let start = candidate.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.stays[start as usize..end as usize]
    }

    /// A candidate's stable partners, best first.
    pub fn partners(&self, candidate: Candidate) -> impl Iterator<Item = Opening> {
        self.row(candidate).iter().map(|&(opening, _)| opening)
    }

    /// All stable pairs, by candidate and then by the candidate's preference.
    pub fn iter(&self) -> impl Iterator<Item = (Candidate, Opening)> {
        (0..self.ends.len() as Candidate)
            .flat_map(|candidate| self.partners(candidate).map(move |opening| (candidate, opening)))
    }

    /// How many stable pairs there are.
    pub fn len(&self) -> usize {
        self.stays.len()
    }

    /// Whether nobody is ever placed.
    pub fn is_empty(&self) -> bool {
        self.stays.is_empty()
    }

    /// What stability says of a pair; of a pair that does not exist, that it is impossible. O(partners).
    pub fn label(&self, candidate: Candidate, opening: Opening) -> Label {
        let row = self.row(candidate);
        match row.iter().any(|&(partner, _)| partner == opening) {
            false => Label::Impossible,
            true if row.len() > 1 => Label::Possible,
            true => Label::Certain,
        }
    }

    /// From when to when a pair lasts, if it is stable.
    pub(crate) fn stay(&self, candidate: Candidate, opening: Opening) -> Option<Stay> {
        let row = self.row(candidate);
        let index = row.iter().position(|&(partner, _)| partner == opening)?;
        let made_by = Some(row[index].1).filter(|&rotation| rotation != NONE);
        Some(Stay { made_by, ended_by: row.get(index + 1).map(|&(_, rotation)| rotation) })
    }
}
