//! Chance for tests: a small generator of our own, so that a long run repeats to the byte.

#![allow(dead_code, reason = "each test file uses what it needs")]

/// The linear congruential generator of the fingerprint in matching.md §5.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(bound)) as u32
    }

    /// True once in `often` throws.
    pub fn once_in(&mut self, often: u32) -> bool {
        self.below(often) == 0
    }

    /// The entries in any order.
    pub fn shuffle<T>(&mut self, entries: &mut [T]) {
        for last in (1..entries.len()).rev() {
            entries.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    /// One of the entries, of which there is at least one.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len() as u32) as usize]
    }

    /// A place in a text of `length`, its end among them.
    pub fn place(&mut self, length: usize) -> usize {
        self.below(length as u32 + 1) as usize
    }
}
