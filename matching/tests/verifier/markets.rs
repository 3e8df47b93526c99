//! Random markets with everything that is legal.

use migiude_matching::MarketBuilder;
use migiude_matching::formats::{Listing, Names};

use crate::dice::Dice;

/// What a random market may hold.
#[derive(Clone, Copy)]
pub struct Kind {
    pub candidates: u32,
    pub openings: u32,
    pub longest_list: u32,
    pub largest_quota: u32,
    /// One pair of neighbours in so many is tied; none when 0.
    pub ties: u32,
}

/// At most six candidates, with everything that is legal.
pub const SMALL: Kind = Kind { candidates: 6, openings: 5, longest_list: 5, largest_quota: 3, ties: 0 };
pub const SMALL_WITH_TIES: Kind = Kind { ties: 3, ..SMALL };
/// One seat each and, half of the time, complete lists, which make many stable matchings.
pub const MARRIAGE: Kind = Kind { candidates: 6, openings: 6, longest_list: 6, largest_quota: 1, ties: 0 };
/// The size of a prefecture's round.
pub const MIDDLE: Kind = Kind { candidates: 30, openings: 10, longest_list: 6, largest_quota: 5, ties: 0 };
pub const MIDDLE_WITH_TIES: Kind = Kind { ties: 4, ..MIDDLE };

/// A random market; half of them are full-sized with lists as long as can be.
pub fn random(dice: &mut Dice, kind: Kind) -> Listing {
    let full = dice.once_in(2);
    let size = |dice: &mut Dice, most: u32| if full { most } else { dice.below(most + 1) };
    let (n, m) = (size(dice, kind.candidates), size(dice, kind.openings));
    let mut lists = MarketBuilder::default();
    let length = |dice: &mut Dice, partners: u32| {
        let most = kind.longest_list.min(partners);
        if full { most } else { dice.below(most + 1) }
    };
    let wishes: Vec<Vec<Vec<u32>>> = (0..n)
        .map(|_| {
            let length = length(dice, m);
            groups(dice, (0..m).collect(), length, kind.ties)
        })
        .collect();
    wishes.iter().for_each(|groups| lists.candidate_with_ties(groups));
    for opening in 0..m {
        // Those who wish for it, rarely without one of them, now and then with a stranger.
        let wished = |candidate: &u32| wishes[*candidate as usize].concat().contains(&opening);
        let (mut standing, strangers): (Vec<u32>, Vec<u32>) = (0..n).partition(wished);
        standing.retain(|_| !dice.once_in(12));
        standing.extend(strangers.into_iter().filter(|_| dice.once_in(6 + kind.candidates)));
        let length = standing.len() as u32;
        let quota = if full && !dice.once_in(8) {
            1 + dice.below(kind.largest_quota.min(2))
        } else {
            dice.below(kind.largest_quota + 1)
        };
        lists.opening_with_ties(quota, groups(dice, standing, length, kind.ties));
    }
    // Two digits, so that a JSON value, which sorts its keys, keeps the order of the market.
    let names = |side: &str, count: u32| Names::new((1..=count).map(|id| format!("{side}-{id:02}"))).unwrap();
    Listing { candidates: names("C", n), openings: names("O", m), lists, ..Listing::default() }
}

/// The first `length` of the entries after a shuffle, some of them tied.
fn groups(dice: &mut Dice, mut entries: Vec<u32>, length: u32, ties: u32) -> Vec<Vec<u32>> {
    dice.shuffle(&mut entries);
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for entry in entries.into_iter().take(length as usize) {
        match groups.last_mut() {
            Some(group) if ties > 0 && dice.once_in(ties) => group.push(entry),
            _ => groups.push(vec![entry]),
        }
    }
    groups
}
