//! Relations between people and openings: interests, rank-order lists and couples (§7 of the convention).

pub(super) mod couples;
pub(super) mod interests;
pub(super) mod rankings;

use std::collections::HashMap;

use super::code::Code;
use super::identity::candidates::Candidates;
use super::identity::firms::Firms;
use super::identity::openings::Openings;
use super::row::Cells;
use crate::domain::{Candidate, CandidateId, FirmId, Opening, OpeningId, Owner};
use crate::rules::variants::{name_key, person_key};

/// Whom and what a relation may name.
pub(super) struct Known<'a> {
    candidates: &'a Candidates,
    openings: &'a Openings,
    /// Each firm's name as it is compared.
    firm_names: HashMap<FirmId, String>,
}

impl<'a> Known<'a> {
    /// Everybody accepted now or earlier.
    pub(super) fn of(firms: &Firms, openings: &'a Openings, candidates: &'a Candidates) -> Self {
        let firm_names = firms.records.iter().map(|firm| (firm.id, name_key(&firm.facts.name))).collect();
        Self { candidates, openings, firm_names }
    }

    /// The person under a 候補者ID. The name beside it is a reading aid; the id holds.
    fn candidate(
        &self,
        code: &str,
        column: &'static str,
        name_column: &'static str,
        cells: &mut Cells<'_>,
    ) -> Option<&'a Candidate> {
        let Some(person) = self.candidates.by_code(code) else {
            cells.say(column, Code::UnknownCandidate);
            return None;
        };
        if person.codes.first().is_some_and(|current| current != code) {
            cells.say(column, Code::IdAlias);
        }
        let name = person_key(&person.facts.name);
        if cells.beside(name_column).is_some_and(|beside| person_key(beside) != name) {
            cells.say(name_column, Code::NameMismatch);
        }
        Some(person)
    }

    /// The opening under a 募集ID. The firm's name beside it is a reading aid; the id holds.
    fn opening(&self, code: &str, cells: &mut Cells<'_>) -> Option<&'a Opening> {
        let Some(opening) = self.openings.by_code(code) else {
            cells.say("募集ID", Code::UnknownOpening);
            return None;
        };
        let name = self.firm_names.get(&opening.firm);
        if cells.beside("企業名").is_some_and(|beside| Some(&name_key(beside)) != name) {
            cells.say("企業名", Code::NameMismatch);
        }
        Some(opening)
    }

    /// The coordinator's numbers of everybody, for reports.
    fn codes(&self) -> Codes<'a> {
        let candidates = self.candidates.records.iter();
        let openings = self.openings.records.iter();
        Codes {
            candidates: candidates
                .filter_map(|person| Some((person.id, person.codes.first()?.as_str())))
                .collect(),
            openings: openings.filter_map(|opening| Some((opening.id, opening.code.as_deref()?))).collect(),
        }
    }
}

/// From our ids back to the coordinator's numbers.
struct Codes<'a> {
    candidates: HashMap<CandidateId, &'a str>,
    openings: HashMap<OpeningId, &'a str>,
}

impl Codes<'_> {
    fn candidate(&self, id: CandidateId) -> String {
        self.candidates.get(&id).map_or_else(|| id.to_string(), |code| (*code).to_owned())
    }

    fn opening(&self, id: OpeningId) -> String {
        self.openings.get(&id).map_or_else(|| id.to_string(), |code| (*code).to_owned())
    }

    fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Candidate(id) => self.candidate(id),
            Owner::Opening(id) => self.opening(id),
        }
    }

    fn pair(&self, candidate: CandidateId, opening: OpeningId) -> String {
        format!("{} {}", self.candidate(candidate), self.opening(opening))
    }

    fn couple(&self, one: CandidateId, two: CandidateId) -> String {
        format!("{} {}", self.candidate(one), self.candidate(two))
    }
}
