//! How much room each region of a forest has left, however deep it is nested.
//!
//! The forest is cut into heavy paths (Sleator & Tarjan 1983): from a region to the outermost one lead O(log regions)
//! of them. They lie one after the other in one array, over which a tree of minima with pending additions answers
//! which of some neighbours is the last without room. Both questions cost O(log² regions), also in a chain of regions.

use std::ops::Range;

/// The room of every region. Numbers of regions: each has a greater one than the region around it.
pub(super) struct Rooms {
    around: Vec<Option<usize>>,
    /// The outermost region of the heavy path through each region.
    head: Vec<usize>,
    /// The place of each region in the array; on a heavy path places grow inwards.
    place: Vec<usize>,
    region: Vec<usize>,
    minima: Minima,
}

impl Rooms {
    /// The forest given by the region around each region, and the room each has at first.
    pub(super) fn new(around: Vec<Option<usize>>, room: &[i64]) -> Self {
        let count = around.len();
        let mut size = vec![1usize; count];
        let mut heavy = vec![None; count];
        for number in (0..count).rev() {
            if let Some(outer) = around[number] {
                size[outer] += size[number];
                if heavy[outer].is_none_or(|other: usize| size[other] <= size[number]) {
                    heavy[outer] = Some(number);
                }
            }
        }
        let (mut head, mut place, mut region) = (vec![0; count], vec![0; count], Vec::with_capacity(count));
        for (number, outer) in around.iter().enumerate() {
            if outer.is_some_and(|outer| heavy[outer] == Some(number)) {
                continue;
            }
            for inner in std::iter::successors(Some(number), |&inner| heavy[inner]) {
                head[inner] = number;
                place[inner] = region.len();
                region.push(inner);
            }
        }
        let minima = Minima::of(region.iter().map(|&number| room[number]));
        Self { around, head, place, region, minima }
    }

    /// The innermost region without room, from `from` outwards to before `end`.
    pub(super) fn innermost_full(&mut self, from: Option<usize>, end: Option<usize>) -> Option<usize> {
        let mut next = from;
        while let Some((range, outer)) = self.stretch(next, end) {
            if let Some(place) = self.minima.last_up_to_zero(range) {
                return Some(self.region[place]);
            }
            next = outer;
        }
        None
    }

    /// Gives every region from `from` outwards to before `end` so much more room.
    pub(super) fn widen(&mut self, from: Option<usize>, end: Option<usize>, change: i64) {
        let mut next = from;
        while let Some((range, outer)) = self.stretch(next, end) {
            self.minima.add(range, change);
            next = outer;
        }
    }

    /// The places of a way outwards on one heavy path, and where the way goes on.
    fn stretch(&self, from: Option<usize>, end: Option<usize>) -> Option<(Range<usize>, Option<usize>)> {
        let from = from.filter(|_| from != end)?;
        let (head, last) = (self.head[from], self.place[from]);
        match end.filter(|&end| self.head[end] == head) {
            Some(end) => Some((self.place[end] + 1..last + 1, Some(end))),
            None => Some((self.place[head]..last + 1, self.around[head])),
        }
    }
}

/// Numbers in an array: adding to neighbours, and finding the last of some neighbours that is not above 0.
struct Minima {
    /// A power of two, where the leaves start.
    leaves: usize,
    /// The least number below each node, its own pending addition counted.
    least: Vec<i64>,
    /// What is still to be added to the two nodes below.
    pending: Vec<i64>,
}

impl Minima {
    fn of(numbers: impl ExactSizeIterator<Item = i64>) -> Self {
        let leaves = numbers.len().next_power_of_two();
        let mut least = vec![i64::MAX / 2; 2 * leaves];
        for (place, number) in numbers.enumerate() {
            least[leaves + place] = number;
        }
        for node in (1..leaves).rev() {
            least[node] = least[2 * node].min(least[2 * node + 1]);
        }
        Self { leaves, least, pending: vec![0; leaves] }
    }

    fn add(&mut self, range: Range<usize>, change: i64) {
        let (mut from, mut to) = (range.start + self.leaves, range.end + self.leaves);
        while from < to {
            if from % 2 == 1 {
                self.add_below(from, change);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                self.add_below(to, change);
            }
            from /= 2;
            to /= 2;
        }
        for end in [range.start, range.end - 1] {
            let mut node = (end + self.leaves) / 2;
            while node > 0 {
                self.least[node] = self.least[2 * node].min(self.least[2 * node + 1]) + self.pending[node];
                node /= 2;
            }
        }
    }

    fn last_up_to_zero(&mut self, range: Range<usize>) -> Option<usize> {
        for end in [range.start, range.end - 1] {
            let leaf = end + self.leaves;
            (1..=self.leaves.ilog2()).rev().for_each(|height| self.pass_down(leaf >> height));
        }
        let (mut from, mut to) = (range.start + self.leaves, range.end + self.leaves);
        let mut left = None;
        let mut found = None;
        while from < to && found.is_none() {
            if from % 2 == 1 {
                left = Some(from).filter(|&node| self.least[node] <= 0).or(left);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                found = Some(to).filter(|&node| self.least[node] <= 0);
            }
            from /= 2;
            to /= 2;
        }
        let mut node = found.or(left)?;
        while node < self.leaves {
            self.pass_down(node);
            node = 2 * node + usize::from(self.least[2 * node + 1] <= 0);
        }
        Some(node - self.leaves)
    }

    fn add_below(&mut self, node: usize, change: i64) {
        self.least[node] += change;
        if let Some(pending) = self.pending.get_mut(node) {
            *pending += change;
        }
    }

    fn pass_down(&mut self, node: usize) {
        let change = std::mem::take(&mut self.pending[node]);
        if change != 0 {
            self.add_below(2 * node, change);
            self.add_below(2 * node + 1, change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_full_region_is_the_one_a_walk_outwards_finds() {
        let mut state = 7u64;
        let mut below = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % bound
        };
        for count in 1..60 {
            let around: Vec<Option<usize>> = (0..count)
                .map(|number| (number > 0).then(|| below(number).max(number.saturating_sub(3))))
                .collect();
            let mut room: Vec<i64> = (0..count).map(|_| below(4) as i64).collect();
            let mut rooms = Rooms::new(around.clone(), &room);
            for _ in 0..100 {
                let from = below(count);
                let way: Vec<usize> = std::iter::successors(Some(from), |&number| around[number]).collect();
                let end = below(way.len() + 1);
                let (way, end) = (&way[..end], way.get(end).copied());
                let full = way.iter().copied().find(|&number| room[number] <= 0);
                assert_eq!(rooms.innermost_full(Some(from), end), full);
                let change = if full.is_some() { 1 } else { -1 };
                way.iter().for_each(|&number| room[number] += change);
                rooms.widen(Some(from), end, change);
            }
        }
    }
}
