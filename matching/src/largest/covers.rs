//! How many could be placed if nobody had preferences, and why not more.
//!
//! A *cover* is a set of openings all of whose seats are taken in every largest placement; each candidate
//! either sits at one of them or is placed outside. By König's theorem a placement is as large as can be
//! exactly when every seat of the cover is taken, and every candidate who accepts an opening outside is
//! placed outside. So what a placement lacks can be counted seat by seat and candidate by candidate, where it
//! is lost, which is what makes proofs short. There are many covers; the smallest and the largest between
//! them say the most.

use crate::market::Market;
use crate::seating::Seating;
use crate::{Candidate, Opening};

/// The most that can be placed, and for each opening whether the smallest and the largest cover hold it.
pub(super) struct Covers {
    pub(super) most: usize,
    pub(super) smallest: Vec<bool>,
    pub(super) largest: Vec<bool>,
}

/// O(m) for each candidate at worst, much less as a rule.
pub(super) fn covers(market: &Market) -> Covers {
    let wishes = |candidate: Candidate| market.candidates().list(candidate).iter().map(|edge| edge.partner);
    let quotas: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
    let mut free = quotas.clone();
    let mut seating = Seating::new(market.candidates().len(), quotas);
    // A crowd that was met in vain needs no more searching: an opening of it helps nobody.
    let mut smallest = vec![false; market.openings().len()];
    for candidate in market.each_candidate() {
        let outside = |candidate| wishes(candidate).filter(|&opening| !smallest[opening as usize]);
        if let Err(crowd) = seating.seat(candidate, outside) {
            crowd.openings.iter().for_each(|&opening| smallest[opening as usize] = true);
        }
    }
    let seats = || market.each_candidate().filter_map(|candidate| seating.seat_of(candidate));
    seats().for_each(|opening| free[opening as usize] -= 1);

    // Openings from which a free seat can be reached by moving people are outside the largest cover.
    let mut reaching: Vec<Opening> =
        market.each_opening().filter(|&opening| free[opening as usize] > 0).collect();
    let mut largest: Vec<bool> = free.iter().map(|&free| free == 0).collect();
    while let Some(opening) = reaching.pop() {
        for edge in market.openings().list(opening) {
            if let Some(left) = seating.seat_of(edge.partner)
                && std::mem::replace(&mut largest[left as usize], false)
            {
                reaching.push(left);
            }
        }
    }
    Covers { most: seats().count(), smallest, largest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_three_want_two_seats_both_covers_hold_them_and_leave_the_rest_alone() {
        // Three candidates for the first two openings; one for the third, which has two seats; two are a
        // match.
        let mut market = Market::builder();
        for list in [&[0, 1][..], &[0, 1], &[0, 1, 2], &[0], &[2], &[3]] {
            market.candidate(list.iter().copied());
        }
        market.opening(1, [0, 1, 2, 3]);
        market.opening(1, [0, 1, 2]);
        market.opening(2, [2, 4]);
        market.opening(1, [5]);
        let found = covers(&market.build().expect("a possible market"));
        assert_eq!(found.most, 5);
        assert_eq!(found.smallest, [true, true, false, false]);
        assert_eq!(found.largest, [true, true, true, true]);
    }
}
