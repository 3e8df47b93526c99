//! Weak stability as conditions on literals, of which a pair has one each.

use crate::exact::{Formula, Lit, Model};
use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// Who is matched with whom, in a formula that is true of the weakly stable matchings and of nothing else.
pub(super) struct Conditions {
    /// For each entry of the candidates' lists whether the two are matched.
    pairs: Vec<Lit>,
    /// For each candidate whether it is placed; none when its list is empty.
    pub(super) placed: Vec<Option<Lit>>,
    /// For each opening, from 1 up to its seats, whether it holds so many; no longer than its list.
    pub(super) held: Vec<Vec<Lit>>,
}

impl Conditions {
    /// Says it all of a market. O(m · the largest quota) clauses.
    pub(super) fn of(market: &Market, formula: &mut Formula) -> Self {
        let pairs: Vec<Lit> = (0..market.pairs()).map(|_| formula.variable()).collect();
        // For each entry: the candidate is placed, and no worse than there.
        let mut content = pairs.clone();
        for candidate in market.each_candidate() {
            let range = market.candidates().range(candidate);
            for place in range.clone().skip(1) {
                content[place] = one_more(formula, content[place - 1], pairs[place]);
            }
            let ranks: Vec<u32> = market.candidates().ranked(candidate).map(|(rank, _)| rank).collect();
            for place in range.clone().rev().skip(1) {
                if ranks[place - range.start] == ranks[place + 1 - range.start] {
                    content[place] = content[place + 1];
                }
            }
        }
        let place_of = |candidate: Candidate, opening: Opening| {
            let range = market.candidates().range(candidate);
            range.start
                + market.candidates().edges()[range].iter().take_while(|edge| edge.partner != opening).count()
        };
        let holds = |opening: Opening| {
            let quota = market.quota(opening) as usize;
            let listed = market.openings().ranked(opening);
            let listed: Vec<(u32, usize)> =
                listed.map(|(rank, edge)| (rank, place_of(edge.partner, opening))).collect();
            let mut count: Vec<Lit> = Vec::new();
            for group in listed.chunk_by(|one, other| one.0 == other.0) {
                let lits: Vec<Lit> = group.iter().map(|&(_, place)| pairs[place]).collect();
                let more = formula.counter(&lits, lits.len().min(quota + 1));
                count = formula.sum(&count, &more, quota + 1);
                // Nobody of the group blocks: it is content, or the opening is full of others no worse.
                let full = quota.checked_sub(1).and_then(|last| count.get(last)).copied();
                for &(_, place) in group {
                    formula.clause([content[place]].into_iter().chain(full));
                }
            }
            if let Some(&too_many) = count.get(quota) {
                formula.clause([!too_many]);
            }
            count.truncate(quota);
            count
        };
        let held = market.each_opening().map(holds).collect();
        let last = |candidate| market.candidates().range(candidate).last().map(|place| content[place]);
        let placed = market.each_candidate().map(last).collect();
        Self { pairs, placed, held }
    }

    /// Whether a candidate is placed outside some openings, as a literal that is only true if so; none when it
    /// accepts nothing outside.
    pub(super) fn placed_outside(
        &self,
        market: &Market,
        candidate: Candidate,
        openings: &[bool],
        formula: &mut Formula,
    ) -> Option<Lit> {
        let range = market.candidates().range(candidate);
        let entries = market.candidates().list(candidate).iter().zip(&self.pairs[range.clone()]);
        let outside: Vec<Lit> =
            entries.filter(|(edge, _)| !openings[edge.partner as usize]).map(|(_, &pair)| pair).collect();
        if outside.is_empty() {
            return None;
        }
        if outside.len() == range.len() {
            return self.placed[candidate as usize];
        }
        let placed = formula.variable();
        formula.clause(outside.into_iter().chain([!placed]));
        Some(placed)
    }

    /// The matching of a model.
    pub(super) fn matching(&self, market: &Market, model: &Model) -> Matching {
        let opening_of = |candidate: Candidate| {
            let range = market.candidates().range(candidate);
            range
                .clone()
                .find(|&place| model.holds(self.pairs[place]))
                .map(|place| market.candidates().edges()[place].partner)
        };
        Matching::new(market.each_candidate().map(opening_of))
    }
}

/// Whether one of some and one more is true, of which never two are.
fn one_more(formula: &mut Formula, some: Lit, more: Lit) -> Lit {
    let any = formula.variable();
    formula.clause([!some, any]);
    formula.clause([!more, any]);
    formula.clause([some, more, !any]);
    formula.clause([!some, !more]);
    any
}
