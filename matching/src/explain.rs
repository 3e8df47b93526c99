//! Why a candidate did not get an opening, and what a candidate could have had.
//!
//! The data of an [`Explanation`] holds ranks and the cutoff. A participant may see the candidate's side of it
//! only: "it did not list you" and "it filled with people it placed higher" must read the same to them, or an
//! answer would reveal another's list.

use crate::deferred_acceptance::opening_optimal_without;
use crate::market::{Edge, Market, Side, StrictMarket};
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// The five reasons, or none needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// They are matched with each other.
    Matched,
    /// The candidate did not list the opening.
    YouDidNotList,
    /// The opening did not list the candidate.
    NotListedByOpening,
    /// The candidate got something it likes at least as much.
    YouDidBetter,
    /// The opening's seats went to people it placed higher, or as high and luckier in the lottery.
    FilledWithPreferred,
    /// A rule beyond the lists: the opening offers no seat, or the matching came from a mechanism with rules
    /// that this market does not know, since both would rather have each other.
    Rule,
}

impl Answer {
    /// The answer's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::YouDidNotList => "you_did_not_list",
            Self::NotListedByOpening => "not_listed_by_opening",
            Self::YouDidBetter => "you_did_better",
            Self::FilledWithPreferred => "filled_with_preferred",
            Self::Rule => "rule",
        }
    }
}

/// An answer with its facts. Ranks are dense, 1 = best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The reason.
    pub answer: Answer,
    /// The rank the candidate gives the opening, when both list each other.
    pub candidate_rank: Option<u32>,
    /// The rank the opening gives the candidate, when both list each other.
    pub opening_rank: Option<u32>,
    /// What the candidate got, and its rank there in the candidate's list.
    pub got: Option<(Opening, u32)>,
    /// The seats of the opening.
    pub quota: u32,
    /// How many of them are taken.
    pub holders: u32,
    /// The worst rank the opening holds, when it is full.
    pub cutoff: Option<u32>,
}

/// Says why `candidate` does not have `opening` in a valid matching. O(both lists).
///
/// ```
/// use migiude_matching::{Answer, Market, Matching, explain};
///
/// // The brewery has one seat and prefers Kenji (1) to Haruka (0); Mei (2) never listed it.
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0]);
/// market.candidate([]);
/// market.opening(1, [1, 0, 2]);
/// let market = market.build()?;
/// let matching = Matching::new([None, Some(0), None]);
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| explain(&market, &matching, candidate, 0).answer);
/// assert_eq!(haruka, Answer::FilledWithPreferred);
/// assert_eq!(kenji, Answer::Matched);
/// assert_eq!(mei, Answer::YouDidNotList);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn explain(market: &Market, matching: &Matching, candidate: Candidate, opening: Opening) -> Explanation {
    let rank_and_edge = |wanted: Opening| -> Option<(u32, Edge)> {
        market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == wanted)
    };
    let pair = rank_and_edge(opening);
    let got = matching.opening_of(candidate).and_then(|o| rank_and_edge(o).map(|(rank, _)| (o, rank)));
    let quota = market.quota(opening);
    let held =
        market.openings().ranked(opening).filter(|(_, e)| matching.opening_of(e.partner) == Some(opening));
    let (holders, worst) = held.fold((0, None), |(count, _), (rank, _)| (count + 1, Some(rank)));
    let cutoff = worst.filter(|_| holders >= quota);

    let answer = match pair {
        _ if matching.opening_of(candidate) == Some(opening) => Answer::Matched,
        None if market.was_dropped(Side::Candidate, candidate, opening) => Answer::NotListedByOpening,
        None => Answer::YouDidNotList,
        Some((rank, _)) if got.is_some_and(|(_, got)| got <= rank) => Answer::YouDidBetter,
        Some((_, edge)) if cutoff.is_some_and(|cutoff| cutoff <= edge.rank) => Answer::FilledWithPreferred,
        Some(_) => Answer::Rule,
    };
    Explanation {
        answer,
        candidate_rank: pair.map(|(rank, _)| rank),
        opening_rank: pair.map(|(_, edge)| edge.rank),
        got,
        quota,
        holders,
        cutoff,
    }
}

/// The openings a candidate could get by some list under the candidate-optimal mechanism, in its own order.
///
/// Openings propose on the market without the candidate; whoever still has a seat or holds somebody it likes less
/// would take the candidate (menu description of deferred acceptance, Gonczarowski, Heffetz & Thomas). What the
/// candidate gets under the candidate-optimal mechanism is the first of its menu. Among the openings it lists
/// only. O(m).
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
