//! Checks a matching with couples: validity, everything that blocks it, ranks.
//!
//! There are several definitions of stability with couples, and they differ where both members want the same
//! opening. This crate has one, [`STABILITY`], and keeps it as a text that can be printed beside a result. It is
//! read here as it stands, opening by opening and holder by holder; no mechanism is named and none is used.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Problem, audit, cost, count};
use crate::couples::{Couple, CoupledMarket, spoken};
use crate::matching::Matching;
use crate::{Candidate, Opening};

#[doc = "The definition of stability with couples that this crate uses, in words.\n\n```text"]
#[doc = include_str!("stability_with_couples.txt")]
#[doc = "```"]
pub const STABILITY: &str = include_str!("stability_with_couples.txt");

/// Why a matching is not one of a market with couples.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CoupledProblem {
    /// Candidate by candidate and opening by opening, couples left aside.
    #[error(transparent)]
    Plain(#[from] Problem),
    /// A couple has what does not stand in its joint list.
    #[error("couple {couple} has {}, which its list does not hold", spoken(*pair))]
    NotAChoice {
        /// The couple.
        couple: u32,
        /// What it has.
        pair: [Option<Opening>; 2],
    },
}

/// Something that blocks a matching, with the clause of the [definition](STABILITY) it does so by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocking {
    /// A single and an opening: clause 1.
    Single {
        /// Who.
        candidate: Candidate,
        /// Where to.
        opening: Opening,
    },
    /// A couple and a choice of its list.
    Couple {
        /// The couple, by number.
        couple: u32,
        /// Where to.
        choice: [Option<Opening>; 2],
        /// Why the openings would have it.
        clause: Clause,
    },
}

/// The clauses of the [definition](STABILITY) by which a couple blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clause {
    /// 2a: only the first member moves.
    FirstMoves,
    /// 2b: only the second member moves.
    SecondMoves,
    /// 3a: both move, to different openings.
    Apart,
    /// 3b: both move to an opening with two free seats.
    TwoFree,
    /// 3c: both move to an opening with one free seat.
    OneFree,
    /// 3d: both move to an opening without a free seat.
    NoneFree,
}

impl Clause {
    /// The number of the clause in the definition.
    pub fn number(self) -> &'static str {
        match self {
            Self::FirstMoves => "2a",
            Self::SecondMoves => "2b",
            Self::Apart => "3a",
            Self::TwoFree => "3b",
            Self::OneFree => "3c",
            Self::NoneFree => "3d",
        }
    }
}

impl std::fmt::Display for Blocking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Single { candidate, opening } => {
                write!(f, "candidate {candidate} blocks with opening {opening} (clause 1)")
            }
            Self::Couple { couple, choice, clause } => {
                write!(f, "couple {couple} blocks with {} (clause {})", spoken(choice), clause.number())
            }
        }
    }
}

/// What the audit of a matching with couples finds. Ranks are dense, 1 = best.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoupledAudit {
    /// Why the matching is not valid; empty when it is.
    pub problems: Vec<CoupledProblem>,
    /// Everything that blocks: singles first, then couples, each by number and then by its preference.
    pub blocking: Vec<Blocking>,
    /// How many candidates have an opening acceptable to both.
    pub placed: u32,
    /// Candidates without one, members of couples among them.
    pub unmatched: u32,
    /// Seats that nobody took, over all openings.
    pub empty_seats: u64,
    /// `single_ranks[r - 1]` singles got their choice of rank `r`.
    pub single_ranks: Vec<u32>,
    /// `couple_ranks[r - 1]` couples got their joint choice of rank `r`.
    pub couple_ranks: Vec<u32>,
    /// `opening_ranks[r - 1]` seats went to the opening's choice of rank `r`.
    pub opening_ranks: Vec<u32>,
}

impl CoupledAudit {
    /// Whether the matching is one of this market.
    pub fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether the matching is valid and nothing blocks it.
    pub fn is_stable(&self) -> bool {
        self.is_valid() && self.blocking.is_empty()
    }

    /// The sum of the ranks that singles and couples got; a couple counts once, by its joint list.
    pub fn candidate_cost(&self) -> u64 {
        cost(&self.single_ranks) + cost(&self.couple_ranks)
    }

    /// The sum of the ranks the openings got, over taken seats.
    pub fn opening_cost(&self) -> u64 {
        cost(&self.opening_ranks)
    }
}

/// Checks a matching of a market with couples, with or without ties, by the [definition](STABILITY).
/// O(candidates + openings + entries above the outcome; for each joint choice above it, the seats it names).
///
/// ```
/// use migiude_matching::audit::couples::{Blocking, audit_couples};
/// use migiude_matching::{CoupledMarket, Couple, Market, Matching};
///
/// // Kenji and Mei only go to the brewery (0) and the inn (1) together. Haruka took the brewery, which prefers
/// // Kenji; the inn has a seat for Mei.
/// let mut lists = Market::builder();
/// lists.candidate([0]);
/// lists.candidate([]);
/// lists.candidate([]);
/// lists.opening(1, [1, 0]);
/// lists.opening(1, [2]);
/// let couple = Couple { members: [1, 2], list: vec![[Some(0), Some(1)]] };
/// let market = CoupledMarket::new(&lists, vec![couple])?;
/// let found = audit_couples(&market, &Matching::new([Some(0), None, None]));
/// assert!(found.is_valid());
/// assert_eq!(found.blocking[0].to_string(), "couple 0 blocks with opening 0 and opening 1 (clause 3a)");
/// # Ok::<(), migiude_matching::CouplesError>(())
/// ```
pub fn audit_couples(market: &CoupledMarket, matching: &Matching) -> CoupledAudit {
    // One by one the plain audit knows what is valid, and how singles block.
    let plain = audit(market.market(), matching);
    let mut found = CoupledAudit {
        problems: plain.problems.into_iter().map(CoupledProblem::Plain).collect(),
        placed: plain.placed,
        unmatched: plain.unmatched,
        empty_seats: plain.empty_seats,
        opening_ranks: plain.opening_ranks,
        ..CoupledAudit::default()
    };
    let singles = plain.blocking_pairs.into_iter().filter(|&(c, _)| market.couple_of(c).is_none());
    found.blocking.extend(singles.map(|(candidate, opening)| Blocking::Single { candidate, opening }));
    for candidate in market.market().each_candidate().filter(|&c| market.couple_of(c).is_none()) {
        let opening = matching.opening_of(candidate);
        let mut own = market.market().candidates().ranked(candidate);
        if let Some((rank, _)) = own.find(|(_, edge)| Some(edge.partner) == opening) {
            count(&mut found.single_ranks, rank);
        }
    }

    let openings = Openings::of(market, matching);
    for (number, couple) in (0..).zip(market.couples()) {
        let pair = couple.pair_in(matching);
        let place = couple.list.iter().position(|&choice| choice == pair);
        match place {
            Some(place) => count(&mut found.couple_ranks, place as u32 + 1),
            None if pair == [None, None] => {}
            None => found.problems.push(CoupledProblem::NotAChoice { couple: number, pair }),
        }
        let ranks = couple.members.map(|member| ranks_of(market, member));
        for &choice in &couple.list[..place.unwrap_or(couple.list.len())] {
            if let Some(clause) = openings.would_have(couple, &ranks, pair, choice) {
                found.blocking.push(Blocking::Couple { couple: number, choice, clause });
            }
        }
    }
    found
}

/// The rank of a candidate at each opening that lists it.
fn ranks_of(market: &CoupledMarket, candidate: Candidate) -> BTreeMap<Opening, u32> {
    market.market().candidates().list(candidate).iter().map(|edge| (edge.partner, edge.rank)).collect()
}

/// Whom every opening holds, before anybody moves.
struct Openings {
    holders: Vec<Vec<(Candidate, u32)>>,
    free_seats: Vec<u32>,
}

impl Openings {
    fn of(market: &CoupledMarket, matching: &Matching) -> Self {
        let known = market.market();
        let mut holders: Vec<Vec<(Candidate, u32)>> = vec![Vec::new(); known.openings().len()];
        for (candidate, opening) in
            matching.pairs().take_while(|&(c, _)| (c as usize) < known.candidates().len())
        {
            let Some(held) = holders.get_mut(opening as usize) else { continue };
            let edge = known.candidates().list(candidate).iter().find(|edge| edge.partner == opening);
            // Whoever the opening does not list is worse than everybody it lists.
            held.push((candidate, edge.map_or(u32::MAX, |edge| edge.rank)));
        }
        let free =
            |(opening, held): (Opening, &Vec<_>)| known.quota(opening).saturating_sub(held.len() as u32);
        let free_seats = (0..).zip(&holders).map(free).collect();
        Self { holders, free_seats }
    }

    /// The clause by which a couple that has `pair` blocks with `choice`, which it prefers.
    fn would_have(
        &self,
        couple: &Couple,
        ranks: &[BTreeMap<Opening, u32>; 2],
        pair: [Option<Opening>; 2],
        choice: [Option<Opening>; 2],
    ) -> Option<Clause> {
        let [a, b] = couple.members;
        let [g, h] = choice;
        let stays = [pair[0] == g, pair[1] == h];
        let rank = |member: usize| choice[member].and_then(|opening| ranks[member].get(&opening).copied());
        let (rank_a, rank_b) = (rank(0), rank(1));
        match (stays, g, h) {
            ([false, true], ..) => self.takes(g, rank_a, Some(b)).then_some(Clause::FirstMoves),
            ([true, false], ..) => self.takes(h, rank_b, Some(a)).then_some(Clause::SecondMoves),
            ([false, false], Some(same), Some(other)) if same == other => {
                let worse_than = |rank: Option<u32>| {
                    let held = &self.holders[same as usize];
                    held.iter().filter(move |&&(_, held)| rank.is_some_and(|rank| rank < held))
                };
                match self.free_seats[same as usize] {
                    0 => worse_than(rank_a)
                        .any(|one| worse_than(rank_b).any(|another| another != one))
                        .then_some(Clause::NoneFree),
                    1 => (worse_than(rank_a).next().is_some() || worse_than(rank_b).next().is_some())
                        .then_some(Clause::OneFree),
                    _ => Some(Clause::TwoFree),
                }
            }
            ([false, false], ..) => {
                (self.takes(g, rank_a, None) && self.takes(h, rank_b, None)).then_some(Clause::Apart)
            }
            ([true, true], ..) => None,
        }
    }

    /// Whether an opening has a free seat or prefers a candidate of this rank to somebody it holds other than
    /// `beside`. No opening always has a free seat.
    fn takes(&self, opening: Option<Opening>, rank: Option<u32>, beside: Option<Candidate>) -> bool {
        let Some(opening) = opening else { return true };
        let mut others = self.holders[opening as usize].iter().filter(|&&(holder, _)| Some(holder) != beside);
        self.free_seats[opening as usize] > 0 || others.any(|&(_, held)| rank.is_some_and(|rank| rank < held))
    }
}
