use super::{Candidate, Couple, Firm, Interest, Opening, RankList};

/// Everything a desk knows, gathered once so that an import or a round can be thought through without a database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    /// In order of id.
    pub firms: Vec<Firm>,
    /// In order of id.
    pub openings: Vec<Opening>,
    /// In order of id.
    pub candidates: Vec<Candidate>,
    /// In order of candidate, then opening.
    pub interests: Vec<Interest>,
    /// In order of owner, then source.
    pub rankings: Vec<RankList>,
    /// In order of the first, then the second person.
    pub couples: Vec<Couple>,
}

/// What an import decided to write: each record whole, new or changed. Nothing is ever taken away by leaving it out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// New or changed firms.
    pub firms: Vec<Firm>,
    /// New or changed openings.
    pub openings: Vec<Opening>,
    /// New or changed candidates.
    pub candidates: Vec<Candidate>,
    /// New or changed interests.
    pub interests: Vec<Interest>,
    /// Whole lists that take the place of their owner's former list of the same source.
    pub rankings: Vec<RankList>,
    /// New or changed pairs.
    pub couples: Vec<Couple>,
}

impl Changes {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
