//! An output in which a candidate may have several openings.

use crate::{Candidate, Opening};

/// Each candidate's openings: compressed rows, four bytes a pair and eight a candidate.
///
/// Like a [`Matching`](crate::Matching) it may say anything, also what no market allows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManyMatching {
    ends: Vec<usize>,
    openings: Vec<Opening>,
}

impl ManyMatching {
    /// The matching in which candidate `c` has the `c`-th of these lists of openings, kept in the order given.
    pub fn new<L: IntoIterator<Item = Opening>>(openings: impl IntoIterator<Item = L>) -> Self {
        let mut matching = Self::default();
        for of_candidate in openings {
            matching.openings.extend(of_candidate);
            matching.ends.push(matching.openings.len());
        }
        matching
    }

    /// The number of candidates, matched or not.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no candidate at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The openings of a candidate; none when unmatched or unknown. A mechanism gives them best first.
    pub fn openings_of(&self, candidate: Candidate) -> &[Opening] {
        let candidate = candidate as usize;
        let Some(&end) = self.ends.get(candidate) else { return &[] };
        let start = if candidate == 0 { 0 } else { self.ends[candidate - 1] };
        &self.openings[start..end]
    }

    /// The matched pairs, by candidate.
    pub fn pairs(&self) -> impl Iterator<Item = (Candidate, Opening)> {
        let of = |candidate| self.openings_of(candidate).iter().map(move |&opening| (candidate, opening));
        (0..self.len() as u32).flat_map(of)
    }

    /// The number of matched pairs.
    pub fn size(&self) -> usize {
        self.openings.len()
    }

    /// The candidates of every opening, in the candidates' order. O(pairs + openings).
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
