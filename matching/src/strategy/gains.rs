//! Openings that could have gained by listing fewer people, or by naming fewer seats than they have.
//!
//! Source: cutting a list short, Roth & Peranson 1999; naming fewer seats, Sönmez 1997. An opening ranks single
//! candidates, not groups, so two kinds of gain are told apart. A gain is *sure* when what it would hold is better
//! seat by seat, an empty seat worse than anybody acceptable: every responsive ranking of groups (Roth 1985) says
//! so. It is not sure when only some such ranking says so: one better person in place of two, for instance. Naming
//! fewer seats never brings a sure gain, since an opening that holds fewer has an empty seat.
//!
//! Guaranteed: every cut below each of its holders and every smaller number of seats is tried for an opening that
//! was examined, the others' reports unchanged; a full opening has a sure gain exactly when the opening-optimal
//! matching gives it others. Not examined: dropping people from the middle of a list, and several openings together.
//!
//! Cost: one run of deferred acceptance, then for each opening the chains of its refusals, O(m) at worst and few
//! proposals where lists are short. The caller's patience is asked before each refusal.

use super::refusals::Refusals;
use crate::Opening;
use crate::deferred_acceptance::candidate_optimal;
use crate::market::StrictMarket;

/// What an opening could have reported instead of the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// The first so many of its list only.
    List(u32),
    /// So many seats.
    Seats(u32),
}

/// An opening that would have held others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The opening.
    pub opening: Opening,
    /// What it would have had to report.
    pub report: Report,
    /// The ranks it holds by the truth, best first.
    pub before: Vec<u32>,
    /// The ranks it would have held, by its true list.
    pub after: Vec<u32>,
    /// Whether every responsive ranking prefers the second; if not, some does.
    pub sure: bool,
}

/// What an examination of openings found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gains {
    /// By opening, and for each at most one gain by its list and one by its seats: a sure one where there is one (of
    /// several the one with most refusals, which for a full opening is the best), else the first that is not.
    pub gains: Vec<Gain>,
    /// How many openings were examined to the end, from the first on.
    pub examined: u32,
    /// Whether that is all of them; if not, patience ended.
    pub complete: bool,
}

/// Examines every opening, under the candidate-optimal mechanism, until `patience` says no.
///
/// ```
/// use migiude_matching::Market;
/// use migiude_matching::strategy::{Report, opening_gains};
///
/// // Haruka prefers the brewery (0), Kenji the inn (1), and each of these the other. Mei is not involved.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0, 1]);
/// let market = market.build()?;
/// let found = opening_gains(&market.strict().expect("no ties"), &mut || true);
/// // The brewery would have got Kenji by listing nobody else.
/// let gain = &found.gains[0];
/// assert_eq!((gain.opening, gain.report, gain.sure), (0, Report::List(1), true));
/// assert_eq!((&gain.before[..], &gain.after[..]), (&[2][..], &[1][..]));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn opening_gains(market: &StrictMarket<'_>, patience: &mut dyn FnMut() -> bool) -> Gains {
    let mut run = Refusals::from(market, &candidate_optimal(market).matching);
    let mut found = Gains { gains: Vec::new(), examined: 0, complete: true };
    for opening in market.each_opening() {
        let Ok(gains) = examine(&mut run, opening, patience) else {
            found.complete = false;
            break;
        };
        found.gains.extend(gains.into_iter().flatten());
        found.examined += 1;
    }
    found
}

/// Patience ended.
struct Stopped;

/// The gain of an opening by its list, and the one by its seats.
fn examine(
    run: &mut Refusals<'_>,
    opening: Opening,
    patience: &mut dyn FnMut() -> bool,
) -> Result<[Option<Gain>; 2], Stopped> {
    let by_list = best_gain(run, opening, Refusals::cut_list, patience)?;
    let by_seats = best_gain(run, opening, Refusals::cut_seats, patience)?;
    Ok([by_list, by_seats])
}

/// Shortens a report step by step to nothing, and keeps the gain worth telling.
fn best_gain<'a>(
    run: &mut Refusals<'a>,
    opening: Opening,
    shorten: impl Fn(&mut Refusals<'a>, Opening) -> Option<Report>,
    patience: &mut dyn FnMut() -> bool,
) -> Result<Option<Gain>, Stopped> {
    let before = run.ranks(opening);
    let mut best: Option<Gain> = None;
    loop {
        if !patience() {
            run.take_back();
            return Err(Stopped);
        }
        let Some(report) = shorten(run, opening) else {
            run.take_back();
            return Ok(best);
        };
        let after = run.ranks(opening);
        let sure = at_least_as_good(&after, &before) && after != before;
        let possible = !at_least_as_good(&before, &after);
        if sure || possible && best.is_none() {
            best = Some(Gain { opening, report, before: before.clone(), after, sure });
        }
    }
}

/// Whether the first are as good as the second seat by seat, missing ones being worse than any. Then every
/// responsive ranking says so; if not, the ranking that cares above all for the seat where it fails does not.
fn at_least_as_good(first: &[u32], second: &[u32]) -> bool {
    first.len() >= second.len() && first.iter().zip(second).all(|(first, second)| first <= second)
}
