//! Interests: a person and an opening, once each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Known;
use crate::domain::{CandidateId, Interest, InterestKind, OpeningId};
use crate::intake::code::Code;
use crate::intake::kinds::interests::{InterestPatch, read};
use crate::intake::log::{Log, Seen};
use crate::intake::patch::Patch;

/// Every interest known so far.
pub(in crate::intake) struct Interests {
    pub(in crate::intake) records: Vec<Interest>,
    by_pair: HashMap<(CandidateId, OpeningId), usize>,
}

impl Interests {
    /// The interests of the store.
    pub(in crate::intake) fn of(interests: &[Interest]) -> Self {
        let pairs =
            interests.iter().enumerate().map(|(at, interest)| ((interest.candidate, interest.opening), at));
        Self { records: interests.to_vec(), by_pair: pairs.collect() }
    }

    /// Takes in a sheet.
    pub(in crate::intake) fn import(&mut self, log: &mut Log<'_>, known: &Known<'_>) {
        let stored = self.records.len();
        let mut seen: HashMap<usize, Seen<Interest, InterestPatch>> = HashMap::new();
        log.each_row(|line, cells| {
            let Some(row) = read(cells).filter(|_| !cells.is_rejected()) else {
                return;
            };
            let candidate = known.candidate(&row.candidate, "候補者ID", "氏名", cells);
            let opening = known.opening(&row.opening, cells);
            let Some((candidate, opening)) = candidate.zip(opening) else {
                return;
            };
            let at = *self.by_pair.entry((candidate.id, opening.id)).or_insert(self.records.len());
            let before = self.records.get(at).cloned();
            if before.is_none() {
                let (candidate, opening) = (candidate.id, opening.id);
                self.records.push(Interest {
                    candidate,
                    opening,
                    kind: None,
                    channel: None,
                    on: None,
                    memo: None,
                });
            }
            let merged = match seen.entry(at) {
                Entry::Occupied(earlier) => {
                    cells.say_whole(Code::DupInterest);
                    let merged = &mut earlier.into_mut().merged;
                    // An application is more than an interest, wherever it stands.
                    if row.rest.kind == Patch::Set(InterestKind::Application) {
                        merged.kind = row.rest.kind.clone();
                    }
                    merged.fill_from(row.rest);
                    merged
                }
                Entry::Vacant(first) => &mut first.insert(Seen { before, line, merged: row.rest }).merged,
            };
            merged.write(&mut self.records[at]);
        });
        log.settle_all(&seen, &self.records);
        let silent = (0..stored).filter(|at| !seen.contains_key(at)).map(|at| &self.records[at]);
        let codes = known.codes();
        log.name_missing(silent.map(|interest| codes.pair(interest.candidate, interest.opening)));
    }
}
