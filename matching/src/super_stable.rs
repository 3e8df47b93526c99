//! The super-stable matching best for the candidates, when there is one.
//!
//! A matching is *super-stable* when no candidate and opening that are not matched could come together
//! without one of them losing: it is stable however the ties are broken, so it is the one to have when ties
//! mean "we do not know" rather than "equally good". A free candidate applies to all openings of its next
//! group; an opening with too many applicants refuses the last group of them altogether (Irving, Manlove &
//! Scott 2000, "The Hospitals/Residents problem with ties", with ties on both sides).
//!
//! Guaranteed: found when one exists, and then best for every candidate among all super-stable matchings,
//! which place the same candidates. Not guaranteed: existence; with ties it is the exception.
//!
//! Cost: O(m) time, 12 bytes an entry beside the market.

use crate::applications::{Applications, Desk};
use crate::market::Market;
use crate::matching::Matching;
use crate::obstacle::{Obstacle, Why};

/// The super-stable matching that every candidate likes best, or why there is none.
///
/// # Errors
/// The market has no super-stable matching: the [`Obstacle`] names a knot of candidates and openings.
///
/// ```
/// use migiude_matching::{Market, Why, super_stable};
///
/// // Haruka likes the brewery (0) and the inn (1) equally, Kenji wants the brewery, which prefers him; Mei wants
/// // the foundry (2), and so does Kenji after the brewery: the foundry cannot say whom it likes better.
/// let mut market = Market::builder();
/// market.candidate_with_ties([[0, 1]]);
/// market.candidate([0, 2]);
/// market.candidate([2]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0]);
/// market.opening_with_ties(1, [[1, 2]]);
/// let outcome = super_stable(&market.build()?).expect("Kenji never needs the foundry");
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), Some(2)));
///
/// // Were Haruka and Kenji equally welcome at the brewery, and nowhere else, one of them would always block.
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0]);
/// market.opening_with_ties(1, [[0, 1]]);
/// let obstacle = super_stable(&market.build()?).expect_err("one seat for two equals");
/// assert_eq!((obstacle.why, obstacle.candidates, obstacle.openings), (Why::TooFewSeats, vec![0, 1], vec![0]));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn super_stable(market: &Market) -> Result<Matching, Obstacle> {
    let mut applications = Applications::new(market);
    applications.settle(cannot_take_last);
    let mut matching = Matching::empty(market.candidates().len());
    for candidate in market.each_candidate() {
        let mut standing = applications.standing(candidate).map(|edge| edge.partner);
        let Some(opening) = standing.next() else { continue };
        let others: Vec<_> = standing.collect();
        if !others.is_empty() {
            return Err(Obstacle::at(opening, Why::Torn, [candidate], others));
        }
        matching.assign(candidate, opening);
    }
    for opening in market.each_opening() {
        let desk = applications.desk(opening);
        if desk.replete && desk.held < market.quota(opening) {
            let candidates = applications.struck_last(opening);
            return Err(Obstacle::at(opening, Why::TooFewSeats, candidates, []));
        }
    }
    Ok(matching)
}

/// An opening that holds too many strikes the last of them; when it is just full, all who are worse than
/// those.
fn cannot_take_last(desk: &Desk, quota: u32) -> bool {
    desk.held > quota || desk.held == quota && desk.held_last == 0
}
