//! A walk through all closed sets of an order, adding and taking back one element at a time.
//!
//! A set is reached by adding its elements in order, and only so; hence the sets form a tree in which a set's
//! children have one later element more, and a walk through the tree meets each once (no set needs to be
//! remembered). Deterministic: the empty set first, smaller elements before larger. O(arcs of the element + log)
//! for each step; there are twice as many steps as sets.

use std::collections::BTreeSet;

use crate::poset::Poset;
use crate::rotations::Rotation;

/// A place on the walk. It begins at the empty set, of which it is the caller to take note.
#[derive(Debug, Clone)]
pub(crate) struct Walk<'a> {
    order: &'a Poset,
    /// How many elements directly before each one are not in the set.
    missing: Vec<u32>,
    /// What could be added.
    ready: BTreeSet<Rotation>,
    /// The set, in the order of the adding.
    set: Vec<Rotation>,
    /// Elements before this one have had their turn here.
    turn: Rotation,
}

impl<'a> Walk<'a> {
    /// A walk through the closed sets of a whole order.
    pub fn new(order: &'a Poset) -> Self {
        let elements = 0..order.len() as Rotation;
        let mut walk = Self::nowhere(order);
        walk.begin(elements);
        walk
    }

    /// A walk that has no elements to add before it is told to begin.
    pub fn nowhere(order: &'a Poset) -> Self {
        let missing = (0..order.len() as Rotation).map(|element| order.before(element).len() as u32);
        Self { order, missing: missing.collect(), ready: BTreeSet::new(), set: Vec::new(), turn: 0 }
    }

    /// Begins anew, with elements among which are all that come before or after one of them. The walk has to be
    /// over.
    pub fn begin(&mut self, elements: impl IntoIterator<Item = Rotation>) {
        self.ready.clear();
        self.ready.extend(elements.into_iter().filter(|&element| self.missing[element as usize] == 0));
        self.turn = 0;
    }

    /// Adds the next element, if a child of the present set has not been visited.
    pub fn add(&mut self) -> Option<Rotation> {
        let element = *self.ready.range(self.turn..).next()?;
        self.ready.remove(&element);
        for &after in self.order.after(element) {
            self.missing[after as usize] -= 1;
            if self.missing[after as usize] == 0 {
                self.ready.insert(after);
            }
        }
        self.set.push(element);
        self.turn = element + 1;
        Some(element)
    }

    /// Takes the latest element back, together with all children not visited yet; none when the set is empty.
    pub fn take_back(&mut self) -> Option<Rotation> {
        let element = self.set.pop()?;
        for &after in self.order.after(element) {
            if self.missing[after as usize] == 0 {
                self.ready.remove(&after);
            }
            self.missing[after as usize] += 1;
        }
        self.ready.insert(element);
        self.turn = element + 1;
        Some(element)
    }

    /// The present set, in order.
    pub fn set(&self) -> &[Rotation] {
        &self.set
    }
}
