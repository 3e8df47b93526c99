//! From a frozen input to the market of the matching crate and back: the numbers are the same on both sides.

use migiude_matching::formats::{Listing, Names};
use migiude_matching::{Market, MarketBuilder, MarketError, Matching};

use crate::domain::{Frozen, Proposal};

/// The market of an input.
///
/// # Errors
/// The input names somebody who is not in it, or somebody twice: nothing we froze does.
pub(super) fn market(input: &Frozen) -> Result<Market, MarketError> {
    builder(input).build()
}

/// The input as a market file's contents, by the coordinators' keys.
///
/// # Errors
/// A key that stands there twice: nothing we froze has one.
pub(super) fn listing(input: &Frozen) -> Result<Listing, String> {
    Ok(Listing {
        candidates: Names::new(input.candidates.iter().map(|one| one.key.clone()))?,
        openings: Names::new(input.openings.iter().map(|one| one.key.clone()))?,
        lists: builder(input),
        ..Listing::default()
    })
}

/// The matching of a proposal.
pub(super) fn matching(proposal: &Proposal) -> Matching {
    Matching::new(proposal.opening_of.iter().copied())
}

fn builder(input: &Frozen) -> MarketBuilder {
    let mut builder = Market::builder();
    for candidate in &input.candidates {
        builder.candidate_with_ties(&candidate.list);
    }
    for opening in &input.openings {
        builder.opening_with_ties(opening.quota, &opening.list);
    }
    builder
}
