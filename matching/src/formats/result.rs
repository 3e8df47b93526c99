//! The JSON of a result: who got what, how good it is, and what else its mechanism has to say.
//!
//! The numbers in it are the audit's, not the solver's. Keys stand in the order of the market file, members in the
//! order of [`Record`] and [`Facts`], so that the same result is the same bytes. What no mechanism of this kind
//! could give has `"candidates": null` and a reason ([`write_none`]).

mod claims;
mod facts;

use serde::Serialize;

use super::pairs::Pairs;
use super::{Names, json};
use crate::audit::Audit;
use crate::audit::couples::CoupledAudit;
use crate::audit::days::DaysAudit;
use crate::audit::slots::ManyAudit;
use crate::market::{Dropped, Side};
use crate::matching::{ManyMatching, Matching};
use crate::{Candidate, Opening};

pub use claims::{Claims, Misfit, read};
pub use facts::Facts;
use facts::FactsText;

/// All that a result file says.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// The mechanism by its name on the command line.
    pub mechanism: &'a str,
    /// The candidates' keys.
    pub candidates: &'a Names,
    /// The openings' keys.
    pub openings: &'a Names,
    /// Who got what.
    pub places: Places<'a>,
    /// What the audit counted.
    pub figures: Figures,
    /// The entries only one side had.
    pub dropped: &'a [Dropped],
    /// The seed of the lottery, when one was used.
    pub lottery_seed: Option<u64>,
    /// What the mechanism has to say beside.
    pub facts: Facts<'a>,
}

/// The openings of the candidates.
#[derive(Debug, Clone, Copy)]
pub enum Places<'a> {
    /// At most one each: a key or null.
    One(&'a Matching),
    /// Several each: an array of keys.
    Several(&'a ManyMatching),
}

/// How good a matching is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Pairs of the matching.
    pub size: u32,
    /// The sum of the dense ranks that the candidates got, over matched pairs.
    pub candidate_cost: u64,
    /// The sum of the dense ranks that the openings got.
    pub opening_cost: u64,
    /// How many pairs (and couples) block it, under the stability that goes with the market's rules.
    pub blocking_pairs: usize,
}

/// The figures of each kind of audit, which call theirs by the same names.
macro_rules! figures_of {
    ($($audit:ty: $blocking:ident),+) => {$(
        impl From<&$audit> for Figures {
            fn from(audit: &$audit) -> Self {
                Self {
                    size: audit.placed,
                    candidate_cost: audit.candidate_cost(),
                    opening_cost: audit.opening_cost(),
                    blocking_pairs: audit.$blocking.len(),
                }
            }
        }
    )+};
}

figures_of!(Audit: blocking_pairs, ManyAudit: blocking_pairs, DaysAudit: blocking_pairs, CoupledAudit: blocking);

#[derive(Serialize)]
struct RecordText<'a> {
    mechanism: &'a str,
    candidates: Pairs<PlacesText<'a>>,
    openings: Pairs<Vec<&'a str>>,
    size: u32,
    candidate_cost: u64,
    opening_cost: u64,
    blocking_pairs: usize,
    dropped: Vec<DroppedText<'a>>,
    lottery_seed: Option<u64>,
    #[serde(flatten)]
    facts: FactsText<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PlacesText<'a> {
    One(Option<&'a str>),
    Several(Vec<&'a str>),
}

#[derive(Serialize)]
struct DroppedText<'a> {
    side: &'static str,
    agent: &'a str,
    entry: &'a str,
}

/// Writes a result. A dropped entry reads `{"side": "candidate", "agent": "C-1", "entry": "O-9"}`: C-1 lists O-9,
/// which does not list C-1.
pub fn write(record: &Record<'_>) -> String {
    let Record { candidates, openings, figures, .. } = *record;
    let keys = Keys { candidates, openings };
    let (places, held) = match record.places {
        Places::One(matching) => {
            let place = |c| PlacesText::One(matching.opening_of(c).map(|opening| openings.key(opening)));
            (keys.of_each_candidate(place), matching.holders(openings.len()))
        }
        Places::Several(matching) => {
            let keys_of = |c| matching.openings_of(c).iter().map(|&opening| openings.key(opening)).collect();
            let place = |c| PlacesText::Several(keys_of(c));
            (keys.of_each_candidate(place), matching.holders(openings.len()))
        }
    };
    let held = held.iter().map(|held| held.iter().map(|&candidate| candidates.key(candidate)).collect());
    json::to_text(&RecordText {
        mechanism: record.mechanism,
        candidates: places,
        openings: Pairs(openings.keys().iter().cloned().zip(held).collect()),
        size: figures.size,
        candidate_cost: figures.candidate_cost,
        opening_cost: figures.opening_cost,
        blocking_pairs: figures.blocking_pairs,
        dropped: keys.dropped(record.dropped),
        lottery_seed: record.lottery_seed,
        facts: FactsText::of(&record.facts, keys),
    })
}

/// Why there is no result: the rules that clash and the people they touch.
#[derive(Debug, Clone)]
pub struct NoneExists<'a> {
    /// The mechanism by its name on the command line.
    pub mechanism: &'a str,
    /// The candidates' keys.
    pub candidates: &'a Names,
    /// The openings' keys.
    pub openings: &'a Names,
    /// Why, in a sentence.
    pub reason: &'a str,
    /// Whether it is proven that there is none; false when the search for one was stopped.
    pub proven: bool,
    /// The rules that cannot all hold, each in a sentence.
    pub rules: &'a [String],
    /// The candidates they touch.
    pub touched_candidates: &'a [Candidate],
    /// The openings they touch.
    pub touched_openings: &'a [Opening],
    /// The entries only one side had.
    pub dropped: &'a [Dropped],
    /// The seed of the lottery, when one was used.
    pub lottery_seed: Option<u64>,
}

#[derive(Serialize)]
struct NoneText<'a> {
    mechanism: &'a str,
    candidates: Option<()>,
    reason: &'a str,
    proven: bool,
    clash: ClashText<'a>,
    dropped: Vec<DroppedText<'a>>,
    lottery_seed: Option<u64>,
}

#[derive(Serialize)]
struct ClashText<'a> {
    rules: &'a [String],
    candidates: Vec<&'a str>,
    openings: Vec<&'a str>,
}

/// Writes that no matching of the kind exists, or that none was found.
pub fn write_none(none: &NoneExists<'_>) -> String {
    let keys = Keys { candidates: none.candidates, openings: none.openings };
    json::to_text(&NoneText {
        mechanism: none.mechanism,
        candidates: None,
        reason: none.reason,
        proven: none.proven,
        clash: ClashText {
            rules: none.rules,
            candidates: none.touched_candidates.iter().map(|&c| keys.candidates.key(c)).collect(),
            openings: none.touched_openings.iter().map(|&o| keys.openings.key(o)).collect(),
        },
        dropped: keys.dropped(none.dropped),
        lottery_seed: none.lottery_seed,
    })
}

/// Turns numbers into the file's own keys.
#[derive(Clone, Copy)]
struct Keys<'a> {
    candidates: &'a Names,
    openings: &'a Names,
}

impl<'a> Keys<'a> {
    fn candidate(self, candidate: Candidate) -> &'a str {
        self.candidates.key(candidate)
    }

    fn opening(self, opening: Opening) -> &'a str {
        self.openings.key(opening)
    }

    fn of_each_candidate<V>(self, value: impl Fn(Candidate) -> V) -> Pairs<V> {
        Pairs(self.candidates.keys().iter().cloned().zip((0..).map(value)).collect())
    }

    fn dropped(self, dropped: &[Dropped]) -> Vec<DroppedText<'a>> {
        let text = |drop: &Dropped| match drop.side {
            Side::Candidate => DroppedText {
                side: "candidate",
                agent: self.candidates.key(drop.agent),
                entry: self.openings.key(drop.entry),
            },
            Side::Opening => DroppedText {
                side: "opening",
                agent: self.openings.key(drop.agent),
                entry: self.candidates.key(drop.entry),
            },
        };
        dropped.iter().map(text).collect()
    }
}
