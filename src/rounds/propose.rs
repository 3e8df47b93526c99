//! The result of a round: a pure function of its frozen input.

use migiude_matching::{Audit, Market, MarketError, Matching, Side, break_ties};
use migiude_matching::{candidate_optimal, opening_optimal};

use super::market::market;
use crate::domain::{Audited, Frozen, Mechanism, Proposal, Sealed};

/// Matches and audits a frozen input. No clock, no chance, no database: the same input gives the same result.
/// O(m) for m mutually acceptable pairs.
///
/// # Errors
/// The input is not a market: it was not made by freezing.
pub fn propose(input: &Sealed<Frozen>) -> Result<Proposal, MarketError> {
    let market = market(input.record())?;
    let matching = solve(&market, input.record());
    Ok(proposal(input, &market, &matching, audited(&market, &matching)))
}

/// The matching that the round's own mechanism gives.
pub(super) fn solve(market: &Market, input: &Frozen) -> Matching {
    solve_by(input.settings.mechanism, market, input.settings.seed)
}

/// The matching that a mechanism gives, ties broken by the lottery of the seed.
pub(super) fn solve_by(mechanism: Mechanism, market: &Market, seed: u64) -> Matching {
    let strict = break_ties(market, seed);
    match mechanism {
        Mechanism::CandidateOptimal => candidate_optimal(&strict),
        Mechanism::OpeningOptimal => opening_optimal(&strict),
    }
    .matching
}

/// What the audit says of a matching, whoever made it.
pub(super) fn audited(market: &Market, matching: &Matching) -> Audited {
    let Audit { problems, blocking_pairs, placed, unmatched, empty_seats, candidate_ranks, opening_ranks } =
        migiude_matching::audit(market, matching);
    Audited {
        problems: problems.iter().map(ToString::to_string).collect(),
        blocking_pairs,
        placed,
        unmatched,
        empty_seats,
        candidate_ranks,
        opening_ranks,
    }
}

/// Puts a proposal together.
pub(super) fn proposal(
    input: &Sealed<Frozen>,
    market: &Market,
    matching: &Matching,
    audit: Audited,
) -> Proposal {
    let frozen = input.record();
    let dropped = |side| {
        let of_side = market.dropped().iter().filter(move |entry| entry.side == side);
        of_side.map(|entry| (entry.agent, entry.entry)).collect()
    };
    Proposal {
        round: frozen.round,
        input: input.hash().to_owned(),
        parent: frozen.parent.clone(),
        lottery_used: market.has_ties(),
        opening_of: market.each_candidate().map(|candidate| matching.opening_of(candidate)).collect(),
        audit,
        dropped_of_candidates: dropped(Side::Candidate),
        dropped_of_openings: dropped(Side::Opening),
    }
}
