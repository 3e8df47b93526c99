//! What goes into a matching and what comes out, as it is kept: numbers, never texts or names.

use serde::{Deserialize, Serialize};

use super::sealed::Sealable;
use super::{CandidateId, ListSource, OpeningId, Settings};

/// The input of a matching: ids, ranks and quotas, no texts and no names. Written once, never changed.
///
/// Agents are numbered from 0 in the order in which they stand here, which is the order of their keys; lists
/// name partners by these numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The number of the round.
    pub round: i64,
    /// The latest published round at that moment. Its placements are what this input builds upon.
    pub parent: Option<Parent>,
    /// What the operator decided.
    pub settings: Settings,
    /// Who seeks.
    pub candidates: Vec<FrozenCandidate>,
    /// Who offers.
    pub openings: Vec<FrozenOpening>,
    /// Pairs of candidates who want to move together. They are not linked yet: each is matched alone.
    pub couples: Vec<[u32; 2]>,
    /// What was counted on the way.
    pub checklist: Checklist,
}

impl Sealable for Frozen {
    const TAG: &'static str = "migiude/round/v1";
}

/// A published round that another one builds upon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Its number.
    pub round: i64,
    /// The hash of its frozen input.
    pub hash: String,
}

/// A candidate in a frozen input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenCandidate {
    /// Ours.
    pub id: CandidateId,
    /// The coordinator's 候補者ID, ours when there is none.
    pub key: String,
    /// Where the list comes from.
    pub source: Source,
    /// Numbers of openings, best first; those that stand together are tied.
    pub list: Vec<Vec<u32>>,
}

/// An opening in a frozen input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenOpening {
    /// Ours.
    pub id: OpeningId,
    /// The coordinator's 募集ID, ours when there is none.
    pub key: String,
    /// Free seats.
    pub quota: u32,
    /// Where the list comes from.
    pub source: Source,
    /// Numbers of candidates, best first; those that stand together are tied.
    pub list: Vec<Vec<u32>>,
}

/// Where a list in a frozen input comes from. What stands first is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Certified by its owner.
    Certified,
    /// From a coordinator's sheet.
    Imported,
    /// Computed: it stands in for a list that was not handed in.
    Shortlist,
    /// There is none: others named this one, nothing more.
    Nothing,
}

impl Source {
    /// Every source, in order.
    pub const ALL: [Self; 4] = [Self::Certified, Self::Imported, Self::Shortlist, Self::Nothing];

    /// Its name in stored records and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certified => "certified",
            Self::Imported => "imported",
            Self::Shortlist => "shortlist",
            Self::Nothing => "nothing",
        }
    }
}

impl From<ListSource> for Source {
    fn from(source: ListSource) -> Self {
        match source {
            ListSource::Certified => Self::Certified,
            ListSource::Imported => Self::Imported,
        }
    }
}

/// What an operator looks over before a round is run. Numbers only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The candidates' lists.
    pub candidates: Lists,
    /// The openings' lists.
    pub openings: Lists,
    /// Free seats of the openings that take part.
    pub seats: u32,
    /// Pairs that want to move together and are matched each alone.
    pub couples: u32,
    /// Draft or unnamed openings that take part, because their firm handed in a list or somebody named them.
    pub drafts: u32,
    /// Candidates without consent who take part, for the same reasons.
    pub unconsented: u32,
    /// Pairs of two shortlists that no condition excludes, and that stand on neither because it was full.
    #[serde(default, skip_serializing_if = "is_none")]
    pub cut_off: u64,
    /// Whether one ranking of pairs explains the lists of both sides: then the stable result is the one that takes the best
    /// pair first, and there is nothing to weigh between the sides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_score: bool,
    /// Who does not take part.
    pub left_out: LeftOut,
}

/// Rounds that were frozen before this was counted keep their bytes.
fn is_none(count: &u64) -> bool {
    *count == 0
}

/// Lists of one side, by source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    /// Certified by their owners.
    pub certified: u32,
    /// From coordinators' sheets.
    pub imported: u32,
    /// Shortlists that stand in.
    pub shortlist: u32,
    /// Agents without any list whom others named.
    pub nothing: u32,
    /// Certified and imported lists that hold ties.
    pub with_ties: u32,
}

impl Lists {
    /// How many agents take part.
    pub fn total(&self) -> u32 {
        self.certified + self.imported + self.shortlist + self.nothing
    }
}

/// Who does not take part, and list entries that went with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Candidates whom an earlier round placed.
    pub placed: u32,
    /// Openings whose seats earlier rounds filled.
    pub filled: u32,
    /// Candidates without list and without consent.
    pub unconsented: u32,
    /// Draft or unnamed openings without list.
    pub drafts: u32,
    /// In a round that is held on certified lists: those who have somebody to rank and have not certified.
    #[serde(default)]
    pub uncertified: u32,
    /// Entries of handed-in lists that name somebody who was placed or filled.
    pub entries: u32,
}

/// A result that nobody but the operator has seen. It follows from the frozen input alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The number of the round.
    pub round: i64,
    /// The hash of the frozen input.
    pub input: String,
    /// The published round it builds upon, as in the frozen input.
    pub parent: Option<Parent>,
    /// Whether lists had ties for the lottery to break.
    pub lottery_used: bool,
    /// The opening of each candidate, by the numbers of the frozen input.
    pub opening_of: Vec<Option<u32>>,
    /// What the audit found.
    pub audit: Audited,
    /// Entries of candidates' lists that the opening does not return: (candidate, opening).
    pub dropped_of_candidates: Vec<(u32, u32)>,
    /// Entries of openings' lists that the candidate does not return: (opening, candidate).
    pub dropped_of_openings: Vec<(u32, u32)>,
}

impl Sealable for Proposal {
    const TAG: &'static str = "migiude/proposal/v1";
}

impl Proposal {
    /// The pairs (candidate, opening), by the numbers of the frozen input.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..).zip(&self.opening_of).filter_map(|(candidate, opening)| Some((candidate, (*opening)?)))
    }
}

/// What the audit of a matching found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// Why it is not a matching of this input.
    pub problems: Vec<String>,
    /// Pairs (candidate, opening) who would both rather have each other.
    pub blocking_pairs: Vec<(u32, u32)>,
    /// Candidates with an opening.
    pub placed: u32,
    /// Candidates without.
    pub unmatched: u32,
    /// Seats that nobody took.
    pub empty_seats: u64,
    /// How many candidates got their first, second, … choice.
    pub candidate_ranks: Vec<u32>,
    /// How many seats went to the opening's first, second, … choice.
    pub opening_ranks: Vec<u32>,
}

impl Audited {
    /// Whether the matching is valid and stable.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty() && self.blocking_pairs.is_empty()
    }
}
