use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{CandidateId, CoupleCondition, InterestKind, OneOnly, OpeningId};

/// A candidate's interest in an opening, before any round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interest {
    /// Who is interested.
    pub candidate: CandidateId,
    /// In what.
    pub opening: OpeningId,
    /// 区分
    pub kind: Option<InterestKind>,
    /// 経路
    pub channel: Option<String>,
    /// 応募日
    pub on: Option<Date>,
    /// メモ: for the desk alone.
    pub memo: Option<String>,
}

/// Whose rank-order list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A candidate, who ranks openings.
    Candidate(CandidateId),
    /// An opening, whose firm ranks candidates.
    Opening(OpeningId),
}

/// How a list came to us. A certified list goes before an imported one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// From a coordinator's sheet.
    Imported,
    /// Certified by its owner.
    Certified,
}

/// One entry of a rank-order list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankEntry<Id> {
    /// The partner who is ranked.
    pub partner: Id,
    /// 1 is best; equal ranks are ties, counted densely (1 2 2 3).
    pub rank: u32,
    /// メモ: for the desk alone.
    pub memo: Option<String>,
}

/// A rank-order list, best first. One list an owner and source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankList {
    /// A candidate's.
    OfCandidate {
        /// Whose.
        owner: CandidateId,
        /// How it came to us.
        source: ListSource,
        /// Best first.
        entries: Vec<RankEntry<OpeningId>>,
    },
    /// An opening's.
    OfOpening {
        /// Whose.
        owner: OpeningId,
        /// How it came to us.
        source: ListSource,
        /// Best first.
        entries: Vec<RankEntry<CandidateId>>,
    },
}

impl RankList {
    /// Whose it is.
    pub fn owner(&self) -> Owner {
        match self {
            Self::OfCandidate { owner, .. } => Owner::Candidate(*owner),
            Self::OfOpening { owner, .. } => Owner::Opening(*owner),
        }
    }

    /// How it came to us.
    pub fn source(&self) -> ListSource {
        match self {
            Self::OfCandidate { source, .. } | Self::OfOpening { source, .. } => *source,
        }
    }
}

/// Two people who want to move together. `first < second`, so a pair has one spelling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Couple {
    /// The one with the smaller id.
    pub first: CandidateId,
    /// The one with the larger id.
    pub second: CandidateId,
    /// 条件
    pub condition: Option<CoupleCondition>,
    /// 片方のみの場合
    pub one_only: Option<OneOnly>,
    /// 備考: for the desk alone.
    pub note: Option<String>,
}
