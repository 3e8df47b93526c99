//! The preference lists of one side as they are handed in: flat, best first, ties marked.

/// Preference lists of agents 0, 1, 2, …: four bytes an entry, plus one where there are ties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    ends: Vec<usize>,
    entries: Vec<u32>,
    /// Whether an entry is as good as the one before it; ends at the last `true`, so it is empty for strict lists.
    tied: Vec<bool>,
}

impl Lists {
    /// Adds the next agent with a strict list, best first.
    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        for entry in list {
            self.add_entry(entry, false);
        }
        self.end_list();
    }

    /// Adds the next agent with a list of groups, best group first; the members of a group are equally good.
    pub fn push_groups<G: AsRef<[u32]>>(&mut self, groups: impl IntoIterator<Item = G>) {
        for group in groups {
            for (place, &entry) in group.as_ref().iter().enumerate() {
                self.add_entry(entry, place > 0);
            }
        }
        self.end_list();
    }

    /// Adds one entry to the list being written; [`Lists::end_list`] closes it.
    pub(crate) fn add_entry(&mut self, entry: u32, tied_with_previous: bool) {
        if tied_with_previous {
            self.tied.resize(self.entries.len(), false);
            self.tied.push(true);
        }
        self.entries.push(entry);
    }

    /// Closes the list being written, which makes it the next agent's.
    pub(crate) fn end_list(&mut self) {
        self.ends.push(self.entries.len());
    }

    /// The number of agents.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no agent at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The entries of every list, one list after the other.
    pub(crate) fn entries(&self) -> &[u32] {
        &self.entries
    }

    /// Where the list of each agent begins among all entries, and after them where the last one ends.
    pub(crate) fn starts(&self) -> Vec<u32> {
        std::iter::once(0).chain(self.ends.iter().map(|&end| end as u32)).collect()
    }

    /// Whether some list holds two equally good entries.
    pub(crate) fn has_ties(&self) -> bool {
        !self.tied.is_empty()
    }

    /// The entries of every list, and which of them are as good as the one before.
    pub(crate) fn into_entries_and_ties(self) -> (Vec<u32>, Vec<bool>) {
        (self.entries, self.tied)
    }

    fn range(&self, agent: usize) -> std::ops::Range<usize> {
        let start = if agent == 0 { 0 } else { self.ends[agent - 1] };
        start..self.ends[agent]
    }

    /// The list of one agent, best first.
    ///
    /// # Panics
    /// If there is no such agent; so does [`groups`](Self::groups).
    pub fn list(&self, agent: usize) -> &[u32] {
        &self.entries[self.range(agent)]
    }

    /// The groups of equally good entries of one agent, best group first.
    pub fn groups(&self, agent: usize) -> impl Iterator<Item = &[u32]> {
        let range = self.range(agent);
        let tied = move |place: usize| place > range.start && self.tied.get(place).copied().unwrap_or(false);
        let mut place = self.range(agent).start;
        let end = self.range(agent).end;
        std::iter::from_fn(move || {
            let start = place;
            if start == end {
                return None;
            }
            place += 1;
            while place < end && tied(place) {
                place += 1;
            }
            Some(&self.entries[start..place])
        })
    }

    /// The entries of one agent with their dense ranks, 1 = best: `1 2 2 3`.
    pub(crate) fn ranked(&self, agent: usize) -> impl Iterator<Item = (u32, u32)> {
        let range = self.range(agent);
        ranks(&self.tied, range.clone()).zip(self.entries[range].iter().copied())
    }
}

/// Dense ranks, 1 = best, of the places in `range`, given which places are as good as the one before.
pub(crate) fn ranks(tied: &[bool], range: std::ops::Range<usize>) -> impl Iterator<Item = u32> {
    let first = range.start;
    range.scan(0u32, move |rank, place| {
        if place == first || !tied.get(place).copied().unwrap_or(false) {
            *rank += 1;
        }
        Some(*rank)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_entries_share_a_rank_counted_densely() {
        let mut lists = Lists::default();
        lists.push([7]);
        lists.push_groups([vec![3], vec![1, 2], vec![4]]);
        assert_eq!(lists.ranked(1).collect::<Vec<_>>(), [(1, 3), (2, 1), (2, 2), (3, 4)]);
        assert_eq!(lists.groups(1).collect::<Vec<_>>(), [&[3][..], &[1, 2], &[4]]);
        assert_eq!(lists.list(0), [7]);
    }
}
