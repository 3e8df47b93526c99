//! What floors cost: the same round with and without them.

use crate::audit::caps::{Ground, Rule, audit_caps};
use crate::caps::Regions;
use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// Who pays for the floors, who gains, and what stays empty. Ranks are dense, 1 = best.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Price {
    /// Who has something it likes less than without floors, by candidate.
    pub payers: Vec<Change>,
    /// Who has something it likes more, by candidate.
    pub gainers: Vec<Change>,
    /// The free seats that somebody would rather have, by candidate.
    pub waste: Vec<Waste>,
}

/// What a candidate got without and with floors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub candidate: Candidate,
    /// The rank it got without floors; none = unmatched.
    pub without: Option<u32>,
    /// The rank it got with floors; none = unmatched.
    pub with: Option<u32>,
}

/// A free seat that a candidate would rather have, though no cap forbids it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waste {
    /// Who would rather sit there.
    pub candidate: Candidate,
    /// Where the seat is.
    pub opening: Opening,
    /// The region, by its place in [`Regions::all`], that would fall below its floor without the candidate; none
    /// when the seat stays empty because offering it to everybody would take somebody else away from a floor.
    pub needed_by: Option<usize>,
}

impl Price {
    /// Compares two matchings of one market under one set of rules. O(m) and an audit.
    pub fn of(market: &Market, regions: &Regions, without: &Matching, with: &Matching) -> Self {
        let mut price = Self::default();
        let rank = |matching: &Matching, candidate| {
            let own = matching.opening_of(candidate)?;
            market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == own).map(|(rank, _)| rank)
        };
        for candidate in market.each_candidate() {
            let change = Change { candidate, without: rank(without, candidate), with: rank(with, candidate) };
            let [before, after] = [change.without, change.with].map(|rank| rank.unwrap_or(u32::MAX));
            if before < after {
                price.payers.push(change);
            } else if after < before {
                price.gainers.push(change);
            }
        }
        let audit = audit_caps(market, regions, with);
        for pair in audit.blocking_pairs.iter().filter(|pair| pair.ground == Ground::FreeSeat) {
            let (candidate, opening) = (pair.candidate, pair.opening);
            price.waste.push(Waste { candidate, opening, needed_by: None });
        }
        let full =
            |region: usize| regions.all()[region].cap.is_some_and(|cap| audit.regions[region].placed >= cap);
        let open = |opening| !regions.around(opening).any(full);
        // Where a cap stands in the way as well, the seat would be no candidate's without floors either.
        for pair in audit.held_back.iter().filter(|pair| pair.rule == Rule::Floor && open(pair.opening)) {
            let (candidate, opening) = (pair.candidate, pair.opening);
            price.waste.push(Waste { candidate, opening, needed_by: Some(pair.region) });
        }
        price.waste.sort_by_key(|waste| waste.candidate);
        price
    }

    /// The ranks paid by those who are placed with floors and without.
    pub fn ranks_paid(&self) -> u64 {
        let paid = |change: &Change| Some(u64::from(change.with? - change.without?));
        self.payers.iter().filter_map(paid).sum()
    }

    /// How many lose their place altogether.
    pub fn unmatched(&self) -> usize {
        self.payers.iter().filter(|change| change.with.is_none()).count()
    }
}
