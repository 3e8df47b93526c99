//! Couples: two people, in either order, each in one pair only.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Known;
use crate::domain::{CandidateId, Couple};
use crate::intake::code::Code;
use crate::intake::kinds::couples::{CouplePatch, read};
use crate::intake::log::{Log, Seen};
use crate::intake::patch::Patch;

/// Every pair known so far.
pub(in crate::intake) struct Couples {
    pub(in crate::intake) records: Vec<Couple>,
    by_pair: HashMap<(CandidateId, CandidateId), usize>,
}

impl Couples {
    /// The pairs of the store.
    pub(in crate::intake) fn of(couples: &[Couple]) -> Self {
        let pairs = couples.iter().enumerate().map(|(at, couple)| ((couple.first, couple.second), at));
        Self { records: couples.to_vec(), by_pair: pairs.collect() }
    }

    /// Takes in a sheet.
    pub(in crate::intake) fn import(&mut self, log: &mut Log<'_>, known: &Known<'_>) {
        let stored = self.records.len();
        let mut seen: HashMap<usize, Seen<Couple, CouplePatch>> = HashMap::new();
        let mut paired: HashMap<CandidateId, usize> = HashMap::new();
        log.each_row(|line, cells| {
            let Some(row) = read(cells).filter(|_| !cells.is_rejected()) else {
                return;
            };
            let one = known.candidate(&row.one, "候補者ID1", "氏名1", cells);
            let two = known.candidate(&row.two, "候補者ID2", "氏名2", cells);
            let Some((one, two)) = one.zip(two) else {
                return;
            };
            let (first, second) = (one.id.min(two.id), one.id.max(two.id));
            if first == second {
                return cells.say_whole(Code::CoupleSelf);
            }
            let at = self.by_pair.get(&(first, second)).copied().unwrap_or(self.records.len());
            if [first, second].iter().any(|person| paired.get(person).is_some_and(|pair| *pair != at)) {
                return cells.say_whole(Code::CoupleOverlap);
            }
            let merged = match seen.entry(at) {
                Entry::Occupied(earlier) => {
                    let merged = &mut earlier.into_mut().merged;
                    if !agree(&merged.condition, &row.rest.condition)
                        || !agree(&merged.one_only, &row.rest.one_only)
                    {
                        return cells.say_whole(Code::CoupleConflict);
                    }
                    cells.say_whole(Code::DupCouple);
                    merged.fill_from(row.rest);
                    merged
                }
                Entry::Vacant(new) => {
                    let before = self.records.get(at).cloned();
                    if before.is_none() {
                        self.by_pair.insert((first, second), at);
                        self.records.push(Couple {
                            first,
                            second,
                            condition: None,
                            one_only: None,
                            note: None,
                        });
                    }
                    paired.extend([(first, at), (second, at)]);
                    &mut new.insert(Seen { before, line, merged: row.rest }).merged
                }
            };
            merged.write(&mut self.records[at]);
        });
        log.settle_all(&seen, &self.records);
        let codes = known.codes();
        let silent = (0..stored).filter(|at| !seen.contains_key(at)).map(|at| &self.records[at]);
        log.name_missing(silent.map(|couple| codes.couple(couple.first, couple.second)));
    }
}

/// Only two different answers contradict each other; an empty cell says nothing.
fn agree<T: PartialEq>(one: &Patch<T>, two: &Patch<T>) -> bool {
    one.value().zip(two.value()).is_none_or(|(one, two)| one == two)
}
