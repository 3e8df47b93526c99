//! An output: who got which opening, who is unmatched.

mod many;

pub use many::ManyMatching;

use crate::{Candidate, Opening};

/// Each candidate's opening, or none. Four bytes a candidate.
///
/// It may say anything, also what no market allows: whether it is right is for [`audit`](crate::audit()) to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    opening_of: Vec<Opening>,
}

/// Stands for "no opening"; a market never has so many agents that it could be one.
const NONE: Opening = u32::MAX;

impl Matching {
    /// The matching in which candidate `c` has the `c`-th of these openings.
    pub fn new(openings: impl IntoIterator<Item = Option<Opening>>) -> Self {
        Self { opening_of: openings.into_iter().map(|opening| opening.unwrap_or(NONE)).collect() }
    }

    /// The matching in which nobody of so many candidates has an opening.
    pub(crate) fn empty(candidates: usize) -> Self {
        Self { opening_of: vec![NONE; candidates] }
    }

    /// Gives a candidate an opening.
    pub(crate) fn assign(&mut self, candidate: Candidate, opening: Opening) {
        self.opening_of[candidate as usize] = opening;
    }

    /// Gives a candidate an opening, or takes the one it has.
    pub(crate) fn set(&mut self, candidate: Candidate, opening: Option<Opening>) {
        self.opening_of[candidate as usize] = opening.unwrap_or(NONE);
    }

    /// The number of candidates, matched or not.
    pub fn len(&self) -> usize {
        self.opening_of.len()
    }

    /// Whether there is no candidate at all.
    pub fn is_empty(&self) -> bool {
        self.opening_of.is_empty()
    }

    /// The opening of a candidate; none when unmatched or unknown.
    pub fn opening_of(&self, candidate: Candidate) -> Option<Opening> {
        self.opening_of.get(candidate as usize).copied().filter(|&opening| opening != NONE)
    }

    /// The matched pairs, by candidate.
    pub fn pairs(&self) -> impl Iterator<Item = (Candidate, Opening)> {
        (0..).zip(&self.opening_of).filter(|&(_, &opening)| opening != NONE).map(|(c, &o)| (c, o))
    }

    /// The number of matched pairs.
    pub fn size(&self) -> usize {
        self.pairs().count()
    }

    /// The candidates of every opening, in the candidates' order. O(candidates + openings).
    pub fn holders(&self, openings: usize) -> Vec<Vec<Candidate>> {
        let mut holders = vec![Vec::new(); openings];
        for (candidate, opening) in self.pairs() {
            if let Some(held) = holders.get_mut(opening as usize) {
                held.push(candidate);
            }
        }
        holders
    }
}
