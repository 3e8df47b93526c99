//! What can be asked of a market with couples, and what is answered.

use super::clash::Clash;
use super::market::CoupledMarket;
use crate::Opening;
use crate::audit::couples::{Blocking, audit_couples};
use crate::matching::Matching;

/// What to answer when no stable matching exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Otherwise {
    /// The proof, with the couples, singles and openings that clash.
    #[default]
    Proof,
    /// The matching with the fewest blocks.
    FewestBlocks,
    /// A stable matching of the same market with the fewest extra seats, at most two more an opening, and with
    /// as few openings with two as that allows. An opening without seats gets none.
    ExtraSeats,
}

/// How a stable matching was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Couples were taken in one after the other.
    Insertion,
    /// That went round in some part of the market, which was searched exactly.
    Search,
}

/// What [`match_couples`](super::match_couples) answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CouplesAnswer {
    /// Nothing blocks the matching.
    Stable {
        /// The matching.
        matching: Matching,
        /// How it was found.
        method: Method,
    },
    /// Proven that no stable matching exists; asked for [`Otherwise::ExtraSeats`], that up to two more seats at each
    /// opening do not help either. One clash for each part of the market that has none.
    Impossible(Vec<Clash>),
    /// Asked for [`Otherwise::FewestBlocks`]: this blocks the matching.
    FewestBlocks {
        /// The matching.
        matching: Matching,
        /// Everything that blocks it.
        blocking: Vec<Blocking>,
        /// No matching has fewer blocks than this; the matching is proven to be the best when it has as many. A
        /// part of the market of which it is not known whether it has a stable matching counts 0.
        at_least: usize,
    },
    /// Asked for [`Otherwise::ExtraSeats`]: nothing blocks the matching when these openings have more seats.
    ExtraSeats {
        /// The matching.
        matching: Matching,
        /// Openings with how many seats more each, in order.
        extra_seats: Vec<(Opening, u32)>,
        /// No stable matching does with fewer extra seats in all; these are proven to be the fewest when they are
        /// as many.
        at_least: usize,
    },
    /// Patience ended before the answer was known.
    Stopped {
        /// The state in which the search was left.
        matching: Matching,
        /// Everything that blocks it.
        blocking: Vec<Blocking>,
    },
}

impl CouplesAnswer {
    pub(super) fn stopped(market: &CoupledMarket, matching: Matching) -> Self {
        let blocking = audit_couples(market, &matching).blocking;
        Self::Stopped { matching, blocking }
    }

    /// The matching, if there is one.
    pub fn matching(&self) -> Option<&Matching> {
        match self {
            Self::Impossible(_) => None,
            Self::Stable { matching, .. }
            | Self::FewestBlocks { matching, .. }
            | Self::ExtraSeats { matching, .. }
            | Self::Stopped { matching, .. } => Some(matching),
        }
    }

    /// What blocks the matching, with the extra seats if there are any.
    pub fn blocking(&self) -> &[Blocking] {
        match self {
            Self::FewestBlocks { blocking, .. } | Self::Stopped { blocking, .. } => blocking,
            Self::Stable { .. } | Self::Impossible(_) | Self::ExtraSeats { .. } => &[],
        }
    }

    /// Whether the answer is proven to be what was asked for.
    pub fn is_proven(&self) -> bool {
        match self {
            Self::Stable { .. } | Self::Impossible(_) => true,
            Self::FewestBlocks { blocking, at_least, .. } => blocking.len() == *at_least,
            Self::ExtraSeats { extra_seats, at_least, .. } => total(extra_seats) == *at_least,
            Self::Stopped { .. } => false,
        }
    }
}

fn total(extra_seats: &[(Opening, u32)]) -> usize {
    extra_seats.iter().map(|&(_, seats)| seats as usize).sum()
}
