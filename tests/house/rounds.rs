//! A town's rounds, as the operator at the console sees them.

use std::ffi::OsStr;

use serde_json::Value;

use super::{Told, Town};

impl Town {
    /// Imports the sample region.
    #[track_caller]
    pub fn with_sample_region(self) -> Self {
        self.does([OsStr::new("import"), super::sample_region().as_os_str()]);
        self
    }

    /// `migiude round …` for the latest round.
    pub fn round(&self, words: &[&str]) -> Told {
        self.run([&["round"], words].concat())
    }

    /// The latest round as JSON.
    #[track_caller]
    pub fn shown_round(&self) -> Value {
        self.round(&["show", "--output", "json"]).done().json()
    }

    /// The stage of the latest round.
    #[track_caller]
    pub fn stage(&self) -> String {
        self.shown_round()["stage"].as_str().expect("a stage").to_owned()
    }

    /// A round of the sample region that has been run with this seed.
    #[track_caller]
    pub fn with_a_proposal(self, seed: &str) -> Self {
        let town = self.with_sample_region();
        town.round(&["new"]).done();
        town.round(&["freeze", "--seed", seed]).done();
        town.round(&["run"]).done();
        town
    }
}

/// The pairs of a shown round as `candidate opening`, sorted.
#[track_caller]
pub fn pairs_of(round: &Value) -> Vec<String> {
    let key = |pair: &Value, side: &str| pair[side].as_str().expect("a key").to_owned();
    let pairs = round["pairs"].as_array().expect("a list of pairs");
    let mut pairs: Vec<String> =
        pairs.iter().map(|pair| format!("{} {}", key(pair, "candidate"), key(pair, "opening"))).collect();
    pairs.sort();
    pairs
}
