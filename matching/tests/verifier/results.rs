//! Results as this crate writes them, as JSON that a test can change.

use migiude_matching::formats::result::{self, Facts, Figures, NoneExists, Places, Record};
use migiude_matching::formats::{Listing, json};
use migiude_matching::{Market, Matching, audit, break_ties, candidate_optimal, opening_optimal};
use serde_json::Value;

/// A listing with its market, both ready for use.
pub struct Round {
    pub listing: Listing,
    pub market: Market,
}

impl Round {
    pub fn of(listing: Listing) -> Self {
        let market = listing.market().unwrap();
        Self { listing, market }
    }

    /// The market file as JSON.
    pub fn document(&self) -> Value {
        serde_json::from_str(&json::write(&self.listing)).unwrap()
    }

    /// The result file of a matching, with the costs of this matching and no blocking pair, whether that is true or not.
    pub fn result(&self, mechanism: &str, matching: &Matching, lottery_seed: Option<u64>) -> Value {
        let mut audit = audit(&self.market, matching);
        audit.blocking_pairs.clear();
        let places = Places::One(matching);
        self.record(Record { mechanism, lottery_seed, ..self.plain(places, (&audit).into()) })
    }

    /// A record of this market to begin with.
    pub fn plain<'a>(&'a self, places: Places<'a>, figures: Figures) -> Record<'a> {
        Record {
            mechanism: "candidate-optimal",
            candidates: &self.listing.candidates,
            openings: &self.listing.openings,
            places,
            figures,
            dropped: self.market.dropped(),
            lottery_seed: None,
            facts: Facts::default(),
        }
    }

    /// A record as JSON.
    pub fn record(&self, record: Record<'_>) -> Value {
        serde_json::from_str(&result::write(&record)).unwrap()
    }

    /// The result file that says that nothing of the kind exists.
    pub fn none(&self, mechanism: &str, reason: &str, candidates: &[u32], openings: &[u32]) -> Value {
        let none = NoneExists {
            mechanism,
            candidates: &self.listing.candidates,
            openings: &self.listing.openings,
            proven: true,
            reason,
            rules: &[reason.to_owned()],
            touched_candidates: candidates,
            touched_openings: openings,
            dropped: self.market.dropped(),
            lottery_seed: None,
        };
        serde_json::from_str(&result::write_none(&none)).unwrap()
    }

    /// The seed as it stands in a result: only where there are ties.
    pub fn used(&self, seed: u64) -> Option<u64> {
        self.market.has_ties().then_some(seed)
    }

    pub fn candidate_optimal(&self, seed: u64) -> Matching {
        candidate_optimal(&break_ties(&self.market, seed)).matching
    }

    pub fn opening_optimal(&self, seed: u64) -> Matching {
        opening_optimal(&break_ties(&self.market, seed)).matching
    }
}
