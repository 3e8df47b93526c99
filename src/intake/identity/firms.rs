//! Firms: by 法人番号, else 企業ID, else name and place.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Conflict, replace};
use crate::domain::{Firm, FirmId, IdSource};
use crate::intake::code::Code;
use crate::intake::kinds::firms::{FirmPatch, FirmRow, read};
use crate::intake::log::{Log, Seen};
use crate::intake::row::Cells;
use crate::rules::variants::{name_key, place_key};

/// Every firm known so far, and the ways to find one.
#[derive(Default)]
pub(in crate::intake) struct Firms {
    pub(in crate::intake) records: Vec<Firm>,
    by_number: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    by_place: HashMap<Place, usize>,
}

/// Name, prefecture and municipality as they are compared.
type Place = (String, String, String);

type SeenFirms = HashMap<usize, Seen<Firm, FirmPatch>>;

impl Firms {
    /// The firms of the store.
    pub(in crate::intake) fn of(firms: &[Firm]) -> Self {
        let mut all = Self { records: firms.to_vec(), ..Self::default() };
        for at in 0..firms.len() {
            all.index(at);
        }
        all
    }

    /// Takes in a sheet.
    pub(in crate::intake) fn import(&mut self, log: &mut Log<'_>, ids: &mut dyn IdSource) {
        let known = self.records.len();
        let mut seen = SeenFirms::new();
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
        let named = log.ids_in("企業ID");
        let silent = |at: &usize| {
            !seen.contains_key(at) && !self.records[*at].codes.iter().any(|code| named.contains(code))
        };
        log.name_missing((0..known).filter(silent).filter_map(|at| self.records[at].codes.first().cloned()));
    }

    /// The firm a row speaks of; none if nobody knows it.
    fn who(&self, row: &FirmRow, seen: &SeenFirms) -> Result<Option<usize>, Conflict> {
        let number = row.rest.corporate_number.value();
        let by_code = self.by_code.get(&row.code).copied();
        let taken = Conflict { column: "企業ID", code: Code::IdConflict };
        if let Some(at) = number.and_then(|number| self.by_number.get(number)).copied() {
            return match by_code {
                Some(other) if other != at => Err(taken),
                None if self.another_name(at, row) && self.elsewhere(at, row) => {
                    Err(Conflict { column: "法人番号", code: Code::CorpnoConflict })
                }
                _ => Ok(Some(at)),
            };
        }
        if let Some(at) = by_code {
            let numbers_differ = number.is_some() && self.records[at].facts.corporate_number.is_some();
            if numbers_differ || seen.contains_key(&at) && self.another_name(at, row) {
                return Err(taken);
            }
            return Ok(Some(at));
        }
        let namesake =
            self.by_place.get(&place(&row.name, &row.prefecture, row.rest.municipality.value())).copied();
        // Two sound numbers are two firms, whatever they are called.
        Ok(namesake.filter(|at| number.is_none() || self.records[*at].facts.corporate_number.is_none()))
    }

    fn another_name(&self, at: usize, row: &FirmRow) -> bool {
        name_key(&self.records[at].facts.name) != name_key(&row.name)
    }

    /// Whether the row places the firm elsewhere: another prefecture, or another municipality where both name one.
    fn elsewhere(&self, at: usize, row: &FirmRow) -> bool {
        let known = &self.records[at].facts;
        let towns = known.municipality.as_ref().zip(row.rest.municipality.value());
        known.prefecture != row.prefecture || towns.is_some_and(|(one, two)| place_key(one) != place_key(two))
    }

    fn create(
        &mut self,
        row: FirmRow,
        line: usize,
        cells: &mut Cells<'_>,
        seen: &mut SeenFirms,
        ids: &mut dyn IdSource,
    ) {
        let at = self.records.len();
        self.records.push(Firm { id: FirmId::new(ids), codes: vec![row.code.clone()], facts: row.facts() });
        self.index(at);
        self.warn_of_a_missing_number(at, cells);
        seen.insert(at, Seen { before: None, line, merged: row.rest });
    }

    fn meet(&mut self, at: usize, row: FirmRow, line: usize, cells: &mut Cells<'_>, seen: &mut SeenFirms) {
        self.forget(at);
        let firm = &mut self.records[at];
        let new_code = !firm.codes.contains(&row.code);
        match seen.entry(at) {
            Entry::Occupied(mut earlier) => {
                cells.say_whole(Code::DupFirm);
                if new_code {
                    firm.codes.push(row.code);
                }
                let merged = &mut earlier.get_mut().merged;
                merged.fill_from(row.rest);
                merged.write(&mut firm.facts);
            }
            Entry::Vacant(first) => {
                let before = firm.clone();
                if new_code {
                    firm.codes.insert(0, row.code);
                    cells.say("企業ID", Code::IdChanged);
                }
                replace(&mut firm.facts.name, &row.name);
                replace(&mut firm.facts.prefecture, &row.prefecture);
                row.rest.write(&mut firm.facts);
                self.warn_of_a_missing_number(at, cells);
                first.insert(Seen { before: Some(before), line, merged: row.rest });
            }
        }
        self.index(at);
    }

    fn warn_of_a_missing_number(&self, at: usize, cells: &mut Cells<'_>) {
        if self.records[at].facts.corporate_number.is_none() && !cells.found_in("法人番号") {
            cells.say("法人番号", Code::CorpnoMissing);
        }
    }

    fn index(&mut self, at: usize) {
        let firm = &self.records[at];
        if let Some(number) = &firm.facts.corporate_number {
            self.by_number.entry(number.clone()).or_insert(at);
        }
        for code in &firm.codes {
            self.by_code.entry(code.clone()).or_insert(at);
        }
        self.by_place.entry(place_of(firm)).or_insert(at);
    }

    /// Takes a firm out of the indexes whose keys may change. Codes never stop working.
    fn forget(&mut self, at: usize) {
        let firm = &self.records[at];
        if let Some(number) = &firm.facts.corporate_number
            && self.by_number.get(number) == Some(&at)
        {
            self.by_number.remove(number);
        }
        let place = place_of(firm);
        if self.by_place.get(&place) == Some(&at) {
            self.by_place.remove(&place);
        }
    }

    /// The firm under this 企業ID.
    pub(in crate::intake) fn by_code(&self, code: &str) -> Option<&Firm> {
        self.by_code.get(code).map(|at| &self.records[*at])
    }
}

fn place_of(firm: &Firm) -> Place {
    place(&firm.facts.name, &firm.facts.prefecture, firm.facts.municipality.as_ref())
}

fn place(name: &str, prefecture: &str, municipality: Option<&String>) -> Place {
    (name_key(name), prefecture.to_owned(), municipality.map_or_else(String::new, |name| place_key(name)))
}
