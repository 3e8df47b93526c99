//! A rank-order list while its owner makes it, and the steps by which it is rearranged.

use serde::{Deserialize, Serialize};

use super::RankedId;

/// Partners, best first. Those that stand together are tied, in order of their ids, so that one list has one spelling
/// whichever way it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RankOrder(Vec<Vec<RankedId>>);

/// One rearrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankStep {
    /// Before the one above; out of a tie, just before those it was tied with.
    Up,
    /// Behind the one below; out of a tie, just behind those it was tied with.
    Down,
    /// Before everybody.
    Top,
    /// Behind everybody.
    Bottom,
    /// To this rank, counted from 1; further than the end is the end.
    To(u32),
    /// Level with those above.
    Tie,
    /// Off the list.
    Off,
}

impl RankOrder {
    /// A list of these groups, best first; none when somebody stands on it twice.
    pub fn new(groups: Vec<Vec<RankedId>>) -> Option<Self> {
        let mut order = Self(groups);
        let mut seen = std::collections::BTreeSet::new();
        order.0.iter().flatten().all(|id| seen.insert(*id)).then(|| {
            order.tidy();
            order
        })
    }

    /// The list in which each has the rank that was written beside it. Ranks may leave gaps; equal ones are ties.
    pub fn of_ranks(ranks: impl IntoIterator<Item = (RankedId, u32)>) -> Option<Self> {
        let mut groups: std::collections::BTreeMap<u32, Vec<RankedId>> = std::collections::BTreeMap::new();
        for (id, rank) in ranks {
            groups.entry(rank).or_default().push(id);
        }
        Self::new(groups.into_values().collect())
    }

    /// The groups, best first.
    pub fn groups(&self) -> &[Vec<RankedId>] {
        &self.0
    }

    /// Everybody with their rank, 1 for the best; ranks are counted densely (1 2 2 3).
    pub fn ranked(&self) -> impl Iterator<Item = (u32, RankedId)> {
        (1..).zip(&self.0).flat_map(|(rank, group)| group.iter().map(move |id| (rank, *id)))
    }

    /// The rank of one.
    pub fn rank_of(&self, id: RankedId) -> Option<u32> {
        self.ranked().find(|(_, one)| *one == id).map(|(rank, _)| rank)
    }

    /// How many stand on it.
    pub fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Whether nobody stands on it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether some are tied.
    pub fn has_ties(&self) -> bool {
        self.0.iter().any(|group| group.len() > 1)
    }

    /// Without those who are not kept.
    pub fn keeping(mut self, keep: impl Fn(RankedId) -> bool) -> Self {
        for group in &mut self.0 {
            group.retain(|id| keep(*id));
        }
        self.tidy();
        self
    }

    /// Takes a step with one who stands on the list or is to come onto it. A step that leads nowhere changes nothing.
    pub fn step(&mut self, id: RankedId, step: RankStep) {
        let from = self.0.iter().position(|group| group.contains(&id));
        let tied = from.is_some_and(|at| self.0[at].len() > 1);
        if let Some(at) = from {
            self.0[at].retain(|one| *one != id);
        }
        // Where the group of one goes, among the groups as they are now; an emptied group still keeps its place.
        let end = self.0.len();
        let at = match (step, from) {
            (RankStep::Off, _) => None,
            (RankStep::Top, _) => Some(0),
            (RankStep::Up, Some(at)) if tied => Some(at),
            (RankStep::Up, Some(at)) => Some(at.saturating_sub(1)),
            (RankStep::Down, Some(at)) if tied => Some(at + 1),
            (RankStep::Down, Some(at)) => Some((at + 2).min(end)),
            (RankStep::To(rank), _) => {
                self.0.retain(|group| !group.is_empty());
                Some((rank.max(1) as usize - 1).min(self.0.len()))
            }
            (RankStep::Tie, Some(at)) if at > 0 => {
                // Out of a tie with others, the group above is the one before theirs.
                self.0[at - 1].push(id);
                None
            }
            (RankStep::Tie, Some(at)) => {
                self.0[at].push(id);
                None
            }
            (RankStep::Bottom | RankStep::Up | RankStep::Down | RankStep::Tie, _) => Some(end),
        };
        if let Some(at) = at {
            self.0.insert(at, vec![id]);
        }
        self.tidy();
    }

    fn tidy(&mut self) {
        self.0.retain(|group| !group.is_empty());
        for group in &mut self.0 {
            group.sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(number: u8) -> RankedId {
        RankedId::new(&mut || Uuid::from_u128(number.into()))
    }

    fn order(groups: &[&[u8]]) -> RankOrder {
        RankOrder::new(groups.iter().map(|group| group.iter().map(|n| id(*n)).collect()).collect()).unwrap()
    }

    fn after(groups: &[&[u8]], who: u8, step: RankStep) -> RankOrder {
        let mut order = order(groups);
        order.step(id(who), step);
        order
    }

    #[test]
    fn a_step_goes_where_its_name_says() {
        let three: &[&[u8]] = &[&[1], &[2], &[3]];
        assert_eq!(after(three, 2, RankStep::Up), order(&[&[2], &[1], &[3]]));
        assert_eq!(after(three, 2, RankStep::Down), order(&[&[1], &[3], &[2]]));
        assert_eq!(after(three, 3, RankStep::Top), order(&[&[3], &[1], &[2]]));
        assert_eq!(after(three, 1, RankStep::Bottom), order(&[&[2], &[3], &[1]]));
        assert_eq!(after(three, 1, RankStep::To(2)), order(&[&[2], &[1], &[3]]));
        assert_eq!(after(three, 1, RankStep::To(99)), order(&[&[2], &[3], &[1]]));
        assert_eq!(after(three, 2, RankStep::Off), order(&[&[1], &[3]]));
        assert_eq!(after(three, 4, RankStep::Bottom), order(&[&[1], &[2], &[3], &[4]]));
    }

    #[test]
    fn a_tie_is_made_with_those_above_and_left_to_either_side() {
        assert_eq!(after(&[&[1], &[2], &[3]], 3, RankStep::Tie), order(&[&[1], &[2, 3]]));
        assert_eq!(after(&[&[1], &[2, 3]], 3, RankStep::Up), order(&[&[1], &[3], &[2]]));
        assert_eq!(after(&[&[1], &[2, 3]], 2, RankStep::Down), order(&[&[1], &[3], &[2]]));
        assert_eq!(after(&[&[1], &[2, 3]], 2, RankStep::Tie), order(&[&[1, 2], &[3]]));
        assert_eq!(after(&[&[1, 2]], 2, RankStep::Tie), order(&[&[1, 2]]), "nobody stands above");
    }

    #[test]
    fn steps_at_the_ends_change_nothing() {
        assert_eq!(after(&[&[1], &[2]], 1, RankStep::Up), order(&[&[1], &[2]]));
        assert_eq!(after(&[&[1], &[2]], 2, RankStep::Down), order(&[&[1], &[2]]));
        assert_eq!(after(&[&[1]], 2, RankStep::Off), order(&[&[1]]));
    }

    #[test]
    fn nobody_stands_on_a_list_twice() {
        assert_eq!(RankOrder::new(vec![vec![id(1)], vec![id(2), id(1)]]), None);
        assert_eq!(RankOrder::of_ranks([(id(1), 3), (id(1), 5)]), None);
    }

    fn steps() -> impl Strategy<Value = Vec<(u8, RankStep)>> {
        let step = prop_oneof![
            Just(RankStep::Up),
            Just(RankStep::Down),
            Just(RankStep::Top),
            Just(RankStep::Bottom),
            (1u32..12).prop_map(RankStep::To),
            Just(RankStep::Tie),
            Just(RankStep::Off),
        ];
        prop::collection::vec((0u8..8, step), 0..60)
    }

    proptest! {
        #[test]
        fn whatever_is_done_everybody_stands_once_and_ranks_are_dense(steps in steps()) {
            let mut order = RankOrder::default();
            for (who, step) in steps {
                let (before, was) = (order.len(), order.rank_of(id(who)).is_some());
                order.step(id(who), step);
                let is = order.rank_of(id(who)).is_some();
                prop_assert_eq!(is, step != RankStep::Off);
                prop_assert_eq!(order.len() + usize::from(was), before + usize::from(is));
                let ranks: Vec<u32> = order.ranked().map(|(rank, _)| rank).collect();
                prop_assert!(ranks.first().is_none_or(|first| *first == 1));
                prop_assert!(ranks.windows(2).all(|pair| pair[1] - pair[0] <= 1));
                let again = RankOrder::new(order.groups().to_vec());
                prop_assert_eq!(Some(order.clone()), again);
            }
        }

        #[test]
        fn a_number_box_leads_where_buttons_lead(size in 1u8..9, who in 0u8..9, to in 1u32..9) {
            let start = RankOrder::new((0..size).map(|n| vec![id(n)]).collect()).unwrap();
            let who = id(who.min(size - 1));
            let mut by_number = start.clone();
            by_number.step(who, RankStep::To(to));
            let mut by_buttons = start;
            by_buttons.step(who, RankStep::Top);
            for _ in 1..to {
                by_buttons.step(who, RankStep::Down);
            }
            prop_assert_eq!(by_number, by_buttons);
        }

        #[test]
        fn the_others_keep_their_order(size in 2u8..9, who in 0u8..9, to in 1u32..9) {
            let mut order = RankOrder::new((0..size).map(|n| vec![id(n)]).collect()).unwrap();
            let who = id(who.min(size - 1));
            order.step(who, RankStep::To(to));
            let others: Vec<RankedId> = order.ranked().map(|(_, one)| one).filter(|one| *one != who).collect();
            let sorted = { let mut all = others.clone(); all.sort_unstable(); all };
            prop_assert_eq!(others, sorted);
        }
    }
}
