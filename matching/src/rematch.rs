//! After declines: an earlier matching is repaired on the market as it is now.
//!
//! People may have left (their lists are empty now), others may have come, quotas may have changed and pairs may no
//! longer accept each other; numbers stay. There are three repairs, none of them best in everything:
//!
//! - [`freeze`]: whoever keeps a place keeps that place, the rest are matched anew. Nobody loses a place that still
//!   exists; it is not stable, and the envy is listed.
//! - [`vacancy_chain`]: vacant seats are offered down the lists and people move up. Nobody loses a place that still
//!   exists; it is stable unless somebody lost a place or came new.
//! - Fewest moves, [`optimum`](crate::optimum()) with [`moved_from`](crate::moved_from): the stable matching nearest
//!   to the earlier one. It is stable, and anybody may lose a place.
//!
//! Source: vacancy chains after Blum, Roth & Rothblum 1997 and Cantala 2004; that a chain from a matching without
//! envy leads to a stable one, Wu & Roth 2018. Cost: O(m) each.
//!
//! The trap: the earlier matching less one person may be unstable, because the seat it leaves is wanted. Not even
//! the chain repairs everything: an opening in which somebody sits whom it likes less than a person who has just
//! lost a place elsewhere would rather exchange the two, and a chain throws nobody out. What blocks is listed.
//!
//! Not guaranteed by any repair: that nobody gains by an untrue list or by a decline.

use crate::audit::audit;
use crate::deferred_acceptance::candidate_optimal;
use crate::market::{Edge, Market, StrictMarket};
use crate::matching::Matching;
use crate::offers::Offers;
use crate::{Candidate, Opening};

/// Somebody who no longer has what it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Who.
    pub candidate: Candidate,
    /// What it had.
    pub from: Option<Opening>,
    /// What it has now.
    pub to: Option<Opening>,
}

/// A repaired matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rematch {
    /// Who has which opening now.
    pub matching: Matching,
    /// Everybody whose opening is another than before, by candidate; whoever left is among them.
    pub moved: Vec<Move>,
    /// The envy: every pair that would rather have each other, by candidate. The matching is stable when it is empty.
    pub blocking_pairs: Vec<(Candidate, Opening)>,
}

impl Rematch {
    fn new(market: &Market, earlier: &Matching, matching: Matching) -> Self {
        let moved = moves(earlier, &matching);
        let blocking_pairs = audit(market, &matching).blocking_pairs;
        Self { matching, moved, blocking_pairs }
    }
}

/// Everybody whose opening differs between two matchings, by candidate.
pub fn moves(earlier: &Matching, later: &Matching) -> Vec<Move> {
    let candidates = 0..earlier.len().max(later.len()) as Candidate;
    candidates
        .map(|candidate| Move {
            candidate,
            from: earlier.opening_of(candidate),
            to: later.opening_of(candidate),
        })
        .filter(|change| change.from != change.to)
        .collect()
}

/// What is left of an earlier matching: the pairs that still accept each other; an opening that has fewer seats
/// now keeps those it likes best. O(m).
pub fn kept(market: &StrictMarket<'_>, earlier: &Matching) -> Matching {
    let mut kept = Matching::empty(market.candidates().len());
    for opening in market.each_opening() {
        let list = market.openings().list(opening).iter().map(|edge| edge.partner);
        let held = list.filter(|&candidate| earlier.opening_of(candidate) == Some(opening));
        for candidate in held.take(market.quota(opening) as usize) {
            kept.assign(candidate, opening);
        }
    }
    kept
}

/// Freezes everybody who keeps a place, and matches the rest anew on the seats that are left.
///
/// Guaranteed: a place that still exists is lost by nobody; among the rest the matching is stable and best for each
/// of them, so none of *them* would rather have a seat that is given to another of them. Not guaranteed: stability.
/// Whoever is frozen may like a seat that falls to somebody else better, and may not have it; and whoever is not may
/// be preferred to somebody frozen. Every such pair is listed. O(m), one run of deferred acceptance.
///
/// ```
/// use migiude_matching::{Market, Matching, rematch};
///
/// // Mei had the brewery (0), which everybody wants, and left; Haruka has the inn (1), Kenji has nothing.
/// let earlier = Matching::new([Some(1), None, Some(0)]);
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0, 1]);
/// market.candidate([]);
/// market.opening(1, [2, 0, 1]);
/// market.opening(1, [0, 1]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// // Haruka stays where she is, Kenji gets the brewery, and Haruka envies him.
/// let frozen = rematch::freeze(&strict, &earlier);
/// assert_eq!(frozen.matching, Matching::new([Some(1), Some(0), None]));
/// assert_eq!(frozen.blocking_pairs, [(0, 0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn freeze(market: &StrictMarket<'_>, earlier: &Matching) -> Rematch {
    let kept = kept(market, earlier);
    let mut seats_left: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
    kept.pairs().for_each(|(_, opening)| seats_left[opening as usize] -= 1);

    let is_free = |candidate| kept.opening_of(candidate).is_none();
    let partners = |list: &[Edge]| list.iter().map(|edge| edge.partner).collect::<Vec<_>>();
    let mut rest = Market::builder();
    for candidate in market.each_candidate() {
        let list = partners(market.candidates().list(candidate));
        rest.candidate(list.into_iter().filter(|_| is_free(candidate)));
    }
    for opening in market.each_opening() {
        let list = partners(market.openings().list(opening));
        rest.opening(seats_left[opening as usize], list.into_iter().filter(|&candidate| is_free(candidate)));
    }
    let rest = rest.build().expect("part of a market is a market");
    let placed = candidate_optimal(&rest.strict().expect("part of a strict market is strict")).matching;
    let opening_of = |candidate| kept.opening_of(candidate).or(placed.opening_of(candidate));
    Rematch::new(market, earlier, Matching::new(market.each_candidate().map(opening_of)))
}

/// Keeps everybody who keeps a place, and offers every vacant seat down its opening's list; whoever likes it better
/// than what it has moves up and leaves a seat vacant in turn, until nobody wants what is vacant.
///
/// Guaranteed: nobody is worse off than with the place it kept; no vacant seat is wanted by anybody its opening
/// lists; the order in which seats are offered changes nothing. Stable whenever what was kept is free of *justified
/// envy*: nobody likes an opening better than its own that holds somebody it likes less. So it is when the earlier
/// matching was stable and since then people have only left and quotas only grown; the outcome is then, of the
/// stable matchings in which nobody loses, the best for every opening. Otherwise (a quota shrank, a pair fell out
/// with each other, somebody came) what still blocks is that envy, and it is listed. O(m).
///
/// ```
/// use migiude_matching::{Market, Matching, rematch};
///
/// // Mei had the brewery (0), which everybody wants, and left; Haruka has the inn (1), Kenji has nothing.
/// let earlier = Matching::new([Some(1), None, Some(0)]);
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0, 1]);
/// market.candidate([]);
/// market.opening(1, [2, 0, 1]);
/// market.opening(1, [0, 1]);
/// let market = market.build()?;
/// // Haruka moves up to the brewery, and her seat at the inn is offered to Kenji.
/// let chain = rematch::vacancy_chain(&market.strict().expect("no ties"), &earlier);
/// assert_eq!(chain.matching, Matching::new([Some(0), Some(1), None]));
/// assert!(chain.blocking_pairs.is_empty());
/// assert_eq!(chain.moved.len(), 3);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn vacancy_chain(market: &StrictMarket<'_>, earlier: &Matching) -> Rematch {
    let kept = kept(market, earlier);
    let mut vacant: Vec<usize> = market
        .each_opening()
        // More seats than people on the list stay empty whatever happens.
        .map(|opening| (market.quota(opening) as usize).min(market.openings().list(opening).len()))
        .collect();
    kept.pairs().for_each(|(_, opening)| vacant[opening as usize] -= 1);
    let mut offers = Offers::new(market, &kept);
    for opening in market.each_opening() {
        for _ in 0..vacant[opening as usize] {
            offers.fill(opening, None);
        }
    }
    Rematch::new(market, earlier, offers.matching())
}
