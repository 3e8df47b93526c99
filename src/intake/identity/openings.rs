//! Openings: by 募集ID; their firm by 企業ID, else by 企業名.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;

use super::firms::Firms;
use super::{Conflict, replace};
use crate::domain::{Firm, FirmId, IdSource, Opening, OpeningId};
use crate::intake::code::Code;
use crate::intake::content;
use crate::intake::kinds::openings::{OpeningPatch, OpeningRow, read};
use crate::intake::log::{Log, Seen};
use crate::intake::patch::Same;
use crate::intake::row::Cells;
use crate::rules::variants::name_key;

/// Every opening known so far.
#[derive(Default)]
pub(in crate::intake) struct Openings {
    pub(in crate::intake) records: Vec<Opening>,
    by_code: HashMap<String, usize>,
}

type SeenOpenings = HashMap<usize, Seen<Opening, OpeningPatch>>;

impl Openings {
    /// The openings of the store.
    pub(in crate::intake) fn of(openings: &[Opening]) -> Self {
        let coded = openings.iter().enumerate().filter_map(|(at, opening)| Some((opening.code.clone()?, at)));
        Self { records: openings.to_vec(), by_code: coded.collect() }
    }

    /// Takes in a sheet.
    pub(in crate::intake) fn import(
        &mut self,
        log: &mut Log<'_>,
        firms: &Firms,
        today: Date,
        ids: &mut dyn IdSource,
    ) {
        let known = self.records.len();
        let mut seen = SeenOpenings::new();
        let by_name = by_name(firms);
        log.each_row(|line, cells| {
            let Some(row) = read(cells).filter(|_| !cells.is_rejected()) else {
                return;
            };
            let Some(firm) = firm_of(&row, firms, &by_name, cells) else {
                return;
            };
            match self.who(&row, firm.id, &seen) {
                Err(conflict) => return cells.say(conflict.column, conflict.code),
                Ok(None) => {
                    self.by_code.insert(row.code.clone(), self.records.len());
                    seen.insert(self.records.len(), Seen { before: None, line, merged: row.rest.clone() });
                    self.records.push(Opening {
                        id: OpeningId::new(ids),
                        firm: firm.id,
                        code: Some(row.code.clone()),
                        facts: row.facts(),
                        blocks: Vec::new(),
                    });
                }
                Ok(Some(at)) => self.meet(at, &row, firm.id, line, cells, &mut seen),
            }
            let opening = &mut self.records[self.by_code[&row.code]];
            content::check(opening, firm, today, |column, code| {
                // A cell that could not be read has its own warning.
                if code != Code::PayMissing || !cells.found_in("報酬") {
                    cells.say(column, code);
                }
            });
        });
        log.settle_all(&seen, &self.records);
        let named = log.ids_in("募集ID");
        let silent = |code: &&String| !named.contains(*code);
        log.name_missing(
            self.records[..known].iter().filter_map(|opening| opening.code.as_ref()).filter(silent).cloned(),
        );
    }

    /// The opening a row speaks of; none if nobody knows it.
    fn who(&self, row: &OpeningRow, firm: FirmId, seen: &SeenOpenings) -> Result<Option<usize>, Conflict> {
        let Some(at) = self.by_code.get(&row.code).copied() else {
            return Ok(None);
        };
        let known = &self.records[at];
        let same = known.firm == firm && known.facts.title.same(&row.title);
        if seen.contains_key(&at) && !same {
            return Err(Conflict { column: "募集ID", code: Code::IdConflict });
        }
        Ok(Some(at))
    }

    fn meet(
        &mut self,
        at: usize,
        row: &OpeningRow,
        firm: FirmId,
        line: usize,
        cells: &mut Cells<'_>,
        seen: &mut SeenOpenings,
    ) {
        let opening = &mut self.records[at];
        match seen.entry(at) {
            Entry::Occupied(mut earlier) => {
                cells.say_whole(Code::DupOpening);
                let merged = &mut earlier.get_mut().merged;
                merged.fill_from(row.rest.clone());
                merged.write(&mut opening.facts);
            }
            Entry::Vacant(first) => {
                first.insert(Seen { before: Some(opening.clone()), line, merged: row.rest.clone() });
                opening.firm = firm;
                opening.facts.kind = row.kind;
                opening.facts.contract = row.contract;
                replace(&mut opening.facts.title, &row.title);
                replace(&mut opening.facts.work, &row.work);
                row.rest.write(&mut opening.facts);
            }
        }
    }

    /// Looks again at the openings of firms that changed: the minimum wage is that of the firm's prefecture.
    pub(in crate::intake) fn check_again(&mut self, firms: &[Firm], today: Date) {
        let firms: HashMap<FirmId, &Firm> = firms.iter().map(|firm| (firm.id, firm)).collect();
        for opening in &mut self.records {
            if let Some(firm) = firms.get(&opening.firm) {
                content::check(opening, firm, today, |_, _| {});
            }
        }
    }

    /// The opening under this 募集ID.
    pub(in crate::intake) fn by_code(&self, code: &str) -> Option<&Opening> {
        self.by_code.get(code).map(|at| &self.records[*at])
    }
}

/// Firms by their name alone; none where several share it.
fn by_name(firms: &Firms) -> HashMap<String, Option<&Firm>> {
    let mut names: HashMap<String, Option<&Firm>> = HashMap::new();
    for firm in &firms.records {
        names.entry(name_key(&firm.facts.name)).and_modify(|known| *known = None).or_insert(Some(firm));
    }
    names
}

fn firm_of<'a>(
    row: &OpeningRow,
    firms: &'a Firms,
    by_name: &HashMap<String, Option<&'a Firm>>,
    cells: &mut Cells<'_>,
) -> Option<&'a Firm> {
    let name = row.firm_name.as_deref().map(name_key);
    if let Some((code, firm)) = row.firm_code.as_ref().and_then(|code| Some((code, firms.by_code(code)?))) {
        if firm.codes.first() != Some(code) {
            cells.say("企業ID", Code::IdAlias);
        }
        if name.is_some_and(|name| name != name_key(&firm.facts.name)) {
            cells.say("企業名", Code::NameMismatch);
        }
        return Some(firm);
    }
    let firm = name.and_then(|name| by_name.get(&name).copied().flatten());
    cells.say("企業ID", if firm.is_some() { Code::FirmByName } else { Code::UnknownFirm });
    firm
}
