//! A partial order told by arcs, its elements numbered so that none stands before one that must come before it.

use crate::rotations::Rotation;

/// Lists of numbers, one row after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    ends: Vec<u32>,
    entries: Vec<u32>,
}

impl Rows {
    pub fn push(&mut self, entry: u32) {
        self.entries.push(entry);
    }

    /// Closes the row being written.
    pub fn end_row(&mut self) {
        self.ends.push(self.entries.len() as u32);
    }

    /// Rows of all `(row, entry)`, each in the order given.
    pub fn gather(rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut free = vec![0u32; rows + 1];
        pairs.clone().for_each(|(row, _)| free[row as usize + 1] += 1);
        (0..rows).for_each(|row| free[row + 1] += free[row]);
        let mut entries = vec![0; free[rows] as usize];
        for (row, entry) in pairs {
            entries[free[row as usize] as usize] = entry;
            free[row as usize] += 1;
        }
        // Each row is full now, so where its next entry would go is where it ends.
        free.truncate(rows);
        Self { ends: free, entries }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn row(&self, row: u32) -> &[u32] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.entries[start as usize..self.ends[row as usize] as usize]
    }

    fn all(&self) -> impl Iterator<Item = (u32, u32)> + Clone {
        (0..self.len() as u32).flat_map(|row| self.row(row).iter().map(move |&entry| (row, entry)))
    }
}

/// The order of the rotations of a market; its *closed sets* are the stable matchings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Poset {
    before: Rows,
    after: Rows,
}

impl Poset {
    /// The order in which each element comes after those of its row, which have smaller numbers.
    pub fn new(before: Rows) -> Self {
        let after = Rows::gather(before.len(), before.all().map(|(later, earlier)| (earlier, later)));
        Self { before, after }
    }

    pub fn len(&self) -> usize {
        self.before.len()
    }

    /// What comes directly before an element.
    pub fn before(&self, element: Rotation) -> &[Rotation] {
        self.before.row(element)
    }

    /// What comes directly after an element.
    pub fn after(&self, element: Rotation) -> &[Rotation] {
        self.after.row(element)
    }

    /// All pairs of an element and one directly before it.
    pub fn arcs(&self) -> impl Iterator<Item = (Rotation, Rotation)> + Clone {
        self.before.all()
    }

    /// Whether a set has with each element all that come before it.
    pub fn is_closed(&self, set: &[bool]) -> bool {
        self.arcs().all(|(later, earlier)| !set[later as usize] || set[earlier as usize])
    }
}
