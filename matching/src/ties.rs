//! One recorded lottery that makes weak lists strict: single tie-breaking.
//!
//! Each side is put into one random order, and every tie on the other side is broken by it: two candidates tied
//! at several openings meet the same lottery everywhere, which costs fewer places than a lottery per list
//! (Abdulkadiroğlu, Pathak & Roth 2009).
//!
//! Guaranteed: what is stable after the lottery is weakly stable before it, and a mechanism that is truth-safe on
//! strict lists stays so. Not guaranteed: that as many are placed as another lottery would place; see
//! [`promotion`](mod@crate::promotion) and [`largest`](crate::largest).
//!
//! # The rule, exactly, so that any language can repeat it
//! All arithmetic is modulo 2⁶⁴. The generator is SplitMix64 (Steele, Lea & Flood 2014) with state `x = N`, the
//! seed. Its next output is
//! ```text
//! x = x + 0x9E3779B97F4A7C15
//! z = x
//! z = (z xor (z >> 30)) * 0xBF58476D1CE4E5B9
//! z = (z xor (z >> 27)) * 0x94D049BB133111EB
//! output = z xor (z >> 31)
//! ```
//! `below(k)` is the whole part of `output * k / 2⁶⁴`, the product taken without overflow.
//! An order of `n` agents starts as `0, 1, …, n-1`, in the order of the market (of the file), and is shuffled
//! from the end (Fisher–Yates): for `i = n-1` down to `1`, exchange the places `i` and `below(i + 1)`.
//! First the candidates are shuffled, then, with the same generator going on, the openings. In a tie whoever
//! stands earlier in its side's order is better.
//!
//! To check another implementation: the first output for seed 0 is `0xE220A8397B1DCDAF`; seed 42 puts five
//! candidates into the order `1 2 4 0 3` and then three openings into `2 1 0`.
//!
//! The order of a market is the order in which its agents were told to the builder; in a JSON or suite file that
//! is the order of the file, in a Glasgow file the order of the numbers. Agents with empty lists count too.

use crate::lists::Lists;
use crate::market::{Market, Preferences, StrictMarket};

/// One order for each side: `candidates[c]` is the place of candidate `c`, 0 = first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lottery {
    /// The place of each candidate; the earlier wins a tie in an opening's list.
    pub candidates: Vec<u32>,
    /// The place of each opening; the earlier wins a tie in a candidate's list.
    pub openings: Vec<u32>,
}

impl Lottery {
    /// Draws the orders of `candidates` and `openings` agents from a seed by the rule of this module.
    pub fn draw(seed: u64, candidates: usize, openings: usize) -> Self {
        let mut state = seed;
        let candidates = places(&mut state, candidates);
        let openings = places(&mut state, openings);
        Self { candidates, openings }
    }
}

/// Breaks every tie of a market by the lottery of `seed`; a market without ties is lent as it is.
///
/// Time O(m log of the longest tie).
///
/// ```
/// use migiude_matching::{Market, break_ties, candidate_optimal};
///
/// // Haruka, Kenji and Mei are equally welcome at the brewery, which has one seat.
/// let mut market = Market::builder();
/// for _ in ["Haruka", "Kenji", "Mei"] {
///     market.candidate([0]);
/// }
/// market.opening_with_ties(1, [[0, 1, 2]]);
/// let market = market.build()?;
/// let strict = break_ties(&market, 7);
/// let first = strict.openings().list(0)[0].partner;
/// assert_eq!(candidate_optimal(&strict).matching.opening_of(first), Some(0));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn break_ties(market: &Market, seed: u64) -> StrictMarket<'_> {
    if let Some(strict) = market.strict() {
        return strict;
    }
    let lottery = Lottery::draw(seed, market.candidates().len(), market.openings().len());
    StrictMarket::from_broken_lists(
        market,
        broken(market.candidates(), &lottery.openings),
        broken(market.openings(), &lottery.candidates),
    )
}

/// The lists of one side with each tie put into the order of the partners' places.
fn broken(preferences: &Preferences, place: &[u32]) -> Lists {
    let mut lists = Lists::default();
    let mut order = Vec::new();
    for agent in 0..preferences.len() as u32 {
        order.clear();
        order.extend(
            preferences.ranked(agent).map(|(rank, edge)| (rank, place[edge.partner as usize], edge.partner)),
        );
        order.sort_unstable();
        lists.push(order.iter().map(|&(_, _, partner)| partner));
    }
    lists
}

/// The place of every agent after a Fisher–Yates shuffle.
fn places(state: &mut u64, agents: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..agents as u32).collect();
    for last in (1..agents).rev() {
        order.swap(last, below(state, last as u64 + 1) as usize);
    }
    let mut place = vec![0; agents];
    for (at, &agent) in (0..).zip(&order) {
        place[agent as usize] = at;
    }
    place
}

fn below(state: &mut u64, bound: u64) -> u64 {
    ((u128::from(split_mix(state)) * u128::from(bound)) >> 64) as u64
}

/// The next output of the generator.
pub(crate) fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = *state;
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut state = 0;
        assert_eq!(split_mix(&mut state), 0xE220_A839_7B1D_CDAF);
        assert_eq!(split_mix(&mut state), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn the_lottery_of_seed_42_is_the_one_in_the_docs() {
        // Computed by another implementation, in Python, from the rule alone.
        let lottery = Lottery::draw(42, 5, 3);
        let order = |places: &[u32]| {
            let mut order: Vec<usize> = (0..places.len()).collect();
            order.sort_unstable_by_key(|&agent| places[agent]);
            order
        };
        assert_eq!(order(&lottery.candidates), [1, 2, 4, 0, 3]);
        assert_eq!(order(&lottery.openings), [2, 1, 0]);
    }

    #[test]
    fn a_lottery_is_the_same_for_the_same_seed_and_holds_everybody_once() {
        let lottery = Lottery::draw(42, 9, 4);
        assert_eq!(lottery, Lottery::draw(42, 9, 4));
        assert_ne!(lottery, Lottery::draw(43, 9, 4));
        let mut places = lottery.candidates;
        places.sort_unstable();
        assert_eq!(places, (0..9).collect::<Vec<_>>());
    }
}
