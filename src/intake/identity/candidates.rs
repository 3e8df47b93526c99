//! Candidates: by メール, else 候補者ID.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Conflict, replace};
use crate::domain::{Candidate, CandidateId, Consent, IdSource};
use crate::intake::code::Code;
use crate::intake::kinds::candidates::{CandidatePatch, CandidateRow, read};
use crate::intake::log::{Log, Seen};
use crate::intake::row::Cells;
use crate::rules::variants::person_key;

/// Every candidate known so far, and the ways to find one.
#[derive(Default)]
pub(in crate::intake) struct Candidates {
    pub(in crate::intake) records: Vec<Candidate>,
    by_mail: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
}

type SeenCandidates = HashMap<usize, Seen<Candidate, CandidatePatch>>;

impl Candidates {
    /// The candidates of the store.
    pub(in crate::intake) fn of(candidates: &[Candidate]) -> Self {
        let mut all = Self { records: candidates.to_vec(), ..Self::default() };
        for at in 0..candidates.len() {
            all.index(at);
        }
        all
    }

    /// Takes in a sheet.
    pub(in crate::intake) fn import(&mut self, log: &mut Log<'_>, ids: &mut dyn IdSource) {
        let known = self.records.len();
        let mut seen = SeenCandidates::new();
        log.each_row(|line, cells| {
            let Some(row) = read(cells).filter(|_| !cells.is_rejected()) else {
                return;
            };
            match self.who(&row, &seen) {
                Err(conflict) => cells.say(conflict.column, conflict.code),
                Ok(None) => self.create(row, line, cells, &mut seen, ids),
                Ok(Some(at)) => self.meet(at, row, line, cells, &mut seen),
            }
        });
        log.settle_all(&seen, &self.records);
        let named = log.ids_in("候補者ID");
        let silent = |at: &usize| {
            !seen.contains_key(at) && !self.records[*at].codes.iter().any(|code| named.contains(code))
        };
        log.name_missing((0..known).filter(silent).filter_map(|at| self.records[at].codes.first().cloned()));
    }

    /// The person a row speaks of; none if nobody knows them.
    fn who(&self, row: &CandidateRow, seen: &SeenCandidates) -> Result<Option<usize>, Conflict> {
        let by_code = self.by_code.get(&row.code).copied();
        let taken = Conflict { column: "候補者ID", code: Code::IdConflict };
        if let Some(at) = self.by_mail.get(&row.mail).copied() {
            return match by_code {
                Some(other) if other != at => Err(taken),
                // Two people cannot share a log-in; the same id with a new name is a changed name.
                None if self.another_name(at, row) => {
                    Err(Conflict { column: "メール", code: Code::MailConflict })
                }
                _ => Ok(Some(at)),
            };
        }
        match by_code {
            Some(at) if seen.contains_key(&at) && self.another_name(at, row) => Err(taken),
            known => Ok(known),
        }
    }

    fn another_name(&self, at: usize, row: &CandidateRow) -> bool {
        person_key(&self.records[at].facts.name) != person_key(&row.name)
    }

    fn create(
        &mut self,
        row: CandidateRow,
        line: usize,
        cells: &mut Cells<'_>,
        seen: &mut SeenCandidates,
        ids: &mut dyn IdSource,
    ) {
        let at = self.records.len();
        self.records.push(Candidate {
            id: CandidateId::new(ids),
            codes: vec![row.code.clone()],
            facts: row.facts(),
        });
        self.index(at);
        self.warn_of_missing_consent(at, cells);
        seen.insert(at, Seen { before: None, line, merged: row.rest });
    }

    fn meet(
        &mut self,
        at: usize,
        row: CandidateRow,
        line: usize,
        cells: &mut Cells<'_>,
        seen: &mut SeenCandidates,
    ) {
        let person = &mut self.records[at];
        if self.by_mail.get(&person.facts.mail) == Some(&at) {
            self.by_mail.remove(&person.facts.mail);
        }
        let new_code = !person.codes.contains(&row.code);
        match seen.entry(at) {
            Entry::Occupied(mut earlier) => {
                cells.say_whole(Code::DupCandidate);
                if new_code {
                    person.codes.push(row.code);
                }
                // The first row's address stays, but this one is known now too: nobody else may come with it.
                self.by_mail.entry(row.mail).or_insert(at);
                let merged = &mut earlier.get_mut().merged;
                merged.fill_from(row.rest);
                merged.write(&mut person.facts);
            }
            Entry::Vacant(first) => {
                let before = person.clone();
                if new_code {
                    person.codes.insert(0, row.code);
                    cells.say("候補者ID", Code::IdChanged);
                }
                replace(&mut person.facts.name, &row.name);
                replace(&mut person.facts.mail, &row.mail);
                row.rest.write(&mut person.facts);
                self.warn_of_missing_consent(at, cells);
                first.insert(Seen { before: Some(before), line, merged: row.rest });
            }
        }
        self.index(at);
    }

    fn warn_of_missing_consent(&self, at: usize, cells: &mut Cells<'_>) {
        if self.records[at].facts.consent != Consent::Given {
            cells.say("個人情報同意", Code::ConsentMissing);
        }
    }

    fn index(&mut self, at: usize) {
        let person = &self.records[at];
        self.by_mail.entry(person.facts.mail.clone()).or_insert(at);
        for code in &person.codes {
            self.by_code.entry(code.clone()).or_insert(at);
        }
    }

    /// The person under this 候補者ID.
    pub(in crate::intake) fn by_code(&self, code: &str) -> Option<&Candidate> {
        self.by_code.get(code).map(|at| &self.records[*at])
    }
}
