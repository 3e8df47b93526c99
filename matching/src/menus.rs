//! What a candidate could have had: the menu of every candidate of a round, and "if you had ranked X first".
//!
//! Source: the menu description of deferred acceptance (Gonczarowski, Heffetz & Thomas). Let openings propose on the
//! market without the candidate; whoever still has a seat, or holds somebody it likes less, would take the candidate.
//! Under the candidate-optimal mechanism a candidate gets the first of its menu, and the menu does not depend on its
//! own order: that is why the mechanism is truthful for candidates.
//!
//! All menus at once: a candidate who leaves is a candidate who refuses every offer, and deferred acceptance does not
//! mind when a refusal comes. So the openings propose once on the whole market; for each candidate the seat it holds
//! is offered on, which is one chain, and then taken back. The menu is who has come past the candidate.
//!
//! Cost: O(m) once, then the candidate's list and its chain. A chain is O(m) at worst and short where lists are:
//! with 10,000 candidates of ten choices all menus take a fraction of a second. Guaranteed: the menu is exactly what
//! some list of the candidate would bring, when everybody else's lists stay. Limits: strict lists, so a market with
//! ties is asked about one lottery; only openings that the candidate lists, since a market forgets the ranks of others.
//!
//! A menu tells who would have taken the candidate, which is another's list: it belongs to an audit, not on a
//! participant's page.

use crate::deferred_acceptance::{opening_optimal, opening_optimal_without};
use crate::market::{Edge, Side, StrictMarket};
use crate::offers::Offers;
use crate::{Candidate, Opening};

/// The menus of one round under the candidate-optimal mechanism.
///
/// ```
/// use migiude_matching::{Market, Menus};
///
/// // Haruka (0) lists the brewery (0), the inn (1) and the foundry (2); Kenji is first at the brewery, which is his
/// // last resort; Mei wants the inn, which likes Haruka better.
/// let mut market = Market::builder();
/// market.candidate([0, 1, 2]);
/// market.candidate([2, 0]);
/// market.candidate([1]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0, 2]);
/// market.opening(1, [1, 0]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// let mut menus = Menus::of(&strict);
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| menus.menu(candidate));
/// assert_eq!((haruka, kenji, mei), (vec![0, 1], vec![2, 0], vec![1]));
/// // Had Haruka ranked the foundry first, she would not have got it.
/// assert_eq!(menus.if_first(0, 2), Some(false));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub struct Menus<'a> {
    market: &'a StrictMarket<'a>,
    /// The opening-optimal matching, each opening as far down its list as it had to go.
    offers: Offers<'a>,
}

impl<'a> Menus<'a> {
    /// Lets the openings propose once. O(m); 8 bytes an agent.
    pub fn of(market: &'a StrictMarket<'a>) -> Self {
        let matching = opening_optimal(market).matching;
        let mut offers = Offers::new(market, &matching);
        for opening in market.each_opening() {
            let range = market.openings().range(opening);
            let is_held = |place: &usize| {
                matching.opening_of(market.openings().edges()[*place].partner) == Some(opening)
            };
            // It stopped at whoever took its last seat, or went through the whole list.
            let next = match market.quota(opening) as usize {
                0 => range.start,
                quota => range.clone().filter(is_held).nth(quota - 1).map_or(range.end, |place| place + 1),
            };
            offers.begin_at(opening, next as u32);
        }
        Self { market, offers }
    }

    /// The openings that some list would bring the candidate, in its own order; among those it lists.
    /// O(its list + its chain).
    ///
    /// # Panics
    /// If the market has no such candidate.
    pub fn menu(&mut self, candidate: Candidate) -> Vec<Opening> {
        let list = self.market.candidates().list(candidate);
        self.leave(candidate);
        let would_take = list.iter().filter(|edge| self.offers.has_passed(edge.partner, edge.rank));
        let menu = would_take.map(|edge| edge.partner).collect();
        self.offers.take_back();
        menu
    }

    /// Whether the candidate would have got the opening by ranking it first. None when it did not list an opening
    /// that lists it, because then nobody knows its rank there. O(its list + its chain).
    pub fn if_first(&mut self, candidate: Candidate, opening: Opening) -> Option<bool> {
        let mut list = self.market.candidates().list(candidate).iter();
        let Some(edge) = list.find(|edge| edge.partner == opening) else {
            let lists_it = self.market.dropped_of(Side::Opening, opening).iter();
            return (!lists_it.into_iter().any(|drop| drop.entry == candidate)).then_some(false);
        };
        self.leave(candidate);
        let would_take = self.offers.has_passed(opening, edge.rank);
        self.offers.take_back();
        Some(would_take)
    }

    /// The candidate leaves, and the seat it held is offered on. Whoever holds nothing has nothing to leave, and
    /// no opening has come past it without its taking the offer.
    fn leave(&mut self, candidate: Candidate) {
        if let Some(held) = self.offers.opening_of(candidate) {
            self.offers.fill(held, Some(candidate));
        }
    }
}

/// The menu of one candidate, straight from its description: openings propose on the market without it. For many
/// candidates [`Menus`] is faster, and gives the same. O(m).
///
/// ```
/// use migiude_matching::{Market, menu};
///
/// // Haruka (0) lists both, but the brewery (0) prefers Kenji; Mei takes nothing from anybody.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0]);
/// market.candidate([]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0]);
/// let market = market.build()?;
/// assert_eq!(menu(&market.strict().expect("no ties"), 0), [1]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn menu(market: &StrictMarket<'_>, candidate: Candidate) -> Vec<Opening> {
    let matching = opening_optimal_without(market, Some(candidate)).matching;
    let would_take = |edge: &&Edge| {
        let quota = market.quota(edge.partner) as usize;
        let preferred = &market.openings().list(edge.partner)[..edge.rank as usize - 1];
        let held = preferred.iter().filter(|other| matching.opening_of(other.partner) == Some(edge.partner));
        held.count() < quota
    };
    market.candidates().list(candidate).iter().filter(would_take).map(|edge| edge.partner).collect()
}
