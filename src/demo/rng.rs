//! Chance that is the same on every machine: SplitMix64, integers only.
//!
//! Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014. Not for lotteries and not for secrets: a
//! demo region needs only that the same seed tells the same story.

/// A stream of numbers that depends on nothing but how it was opened.
pub struct Rng(u64);

impl Rng {
    /// Opens the stream of one thing: `what` and `index` name it, so adding candidates leaves every firm as it was.
    pub fn of(seed: u64, what: &str, index: usize) -> Rng {
        let mut rng = Rng(seed);
        for byte in what.bytes() {
            rng.0 ^= rng.next() ^ u64::from(byte);
        }
        rng.0 ^= rng.next() ^ index as u64;
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number in `low..=high`.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True in `percent` of a hundred draws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number around `mean` in the shape of a bell: twelve uniform draws (Irwin–Hall) have variance 1.
    pub fn around(&mut self, mean: i64, deviation: i64) -> i64 {
        let sum: i64 = (0..12).map(|_| self.range(0, 1000)).sum();
        mean + (sum - 6000) * deviation / 1000
    }

    /// One of `items`, which must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of `items` by weight; the last if all weights are 0. `items` must not be empty.
    pub fn weighted<T: Copy>(&mut self, items: &[(T, usize)]) -> T {
        let total = items.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for &(item, weight) in items {
            if left < weight {
                return item;
            }
            left -= weight;
        }
        items[items.len() - 1].0
    }

    /// Reads a quantile table at a random place: `steps` are equally spaced quantiles, joined by straight lines.
    pub fn quantile(&mut self, steps: &[i64]) -> i64 {
        let gap = self.below(steps.len() - 1);
        let (low, high) = (steps[gap], steps[gap + 1]);
        low + (high - low) * self.range(0, 999) / 1000
    }

    /// Puts `items` into random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// Up to `count` different items in random order.
    pub fn sample<'a, T>(&mut self, items: &'a [T], count: usize) -> Vec<&'a T> {
        let mut all: Vec<&T> = items.iter().collect();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_paper() {
        let mut rng = Rng(1234567);
        assert_eq!([rng.next(), rng.next()], [6457827717110365317, 3203168211198807973]);
    }

    #[test]
    fn two_things_have_two_streams() {
        let draws = |what, index| (0..8).map(|_| Rng::of(1, what, index).below(1 << 30)).next();
        assert_ne!(draws("firm", 0), draws("firm", 1));
        assert_ne!(draws("firm", 0), draws("candidate", 0));
        assert_eq!(draws("firm", 0), draws("firm", 0));
    }

    #[test]
    fn a_bell_stays_near_its_mean() {
        let mut rng = Rng::of(7, "bell", 0);
        let mean = (0..2000).map(|_| rng.around(67, 8)).sum::<i64>() / 2000;
        assert!((66..=68).contains(&mean), "{mean}");
    }
}
