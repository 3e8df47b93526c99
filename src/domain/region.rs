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

impl Region {
    /// Does in memory what writing the changes does in the store: records take the place of their former selves, new
    /// ones are added, and every list keeps its order.
    pub fn apply(&mut self, changes: Changes) {
        merge(&mut self.firms, changes.firms, |firm| firm.id);
        merge(&mut self.openings, changes.openings, |opening| opening.id);
        merge(&mut self.candidates, changes.candidates, |candidate| candidate.id);
        merge(&mut self.interests, changes.interests, |interest| (interest.candidate, interest.opening));
        merge(&mut self.rankings, changes.rankings, |list| (list.owner(), list.source()));
        merge(&mut self.couples, changes.couples, |couple| (couple.first, couple.second));
    }
}

/// A stable sort brings the former and the new record of one key side by side, the new one behind.
fn merge<T, K: Ord>(records: &mut Vec<T>, changed: Vec<T>, key: impl Fn(&T) -> K) {
    records.extend(changed);
    records.sort_by_key(&key);
    records.reverse();
    records.dedup_by_key(|record| key(record));
    records.reverse();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CandidateId;

    #[test]
    fn changed_records_take_the_place_of_their_former_selves_in_order() {
        let mut count = 0;
        let mut ids = || {
            count += 1;
            uuid::Uuid::from_u128(count)
        };
        let [ann, ben, cho] = std::array::from_fn(|_| CandidateId::new(&mut ids));
        let pair = |first, second, note: &str| Couple {
            first,
            second,
            condition: None,
            one_only: None,
            note: Some(note.to_owned()),
        };
        let mut region = Region { couples: vec![pair(ann, cho, "former")], ..Region::default() };
        let couples = vec![pair(ann, cho, "changed"), pair(ann, ben, "new")];
        region.apply(Changes { couples, ..Changes::default() });
        assert_eq!(region.couples, [pair(ann, ben, "new"), pair(ann, cho, "changed")]);
    }
}
