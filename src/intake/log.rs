//! The log of one sheet while it is imported: row by row, then summed up.

use std::collections::{HashMap, HashSet};

use super::cells::name;
use super::code::{Code, Level};
use super::found::Found;
use super::header::Use;
use super::rejects::Rejects;
use super::report::{FileReport, Note, Problem};
use super::row::{Cells, Triage, triage};
use super::sheet::{Row, Sheet};

/// What an accepted row did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Fate {
    /// Made a record.
    New,
    /// Changed one.
    Updated,
    /// Left everything as it was.
    #[default]
    Unchanged,
}

/// An accepted row: its place in the sheet, what was found in it and what it did.
struct Line {
    row: usize,
    found: Vec<Found>,
    fate: Fate,
}

/// What one file has said of a record so far.
pub(super) struct Seen<T, P> {
    /// The record before this file; none if the file made it.
    pub(super) before: Option<T>,
    /// The line that first spoke of it.
    pub(super) line: usize,
    /// Its rows merged: the first value of each cell.
    pub(super) merged: P,
}

/// The log of one sheet.
pub(super) struct Log<'a> {
    sheet: &'a Sheet,
    lines: Vec<Line>,
    problems: Vec<Problem>,
    rejects: Rejects,
    rejected: usize,
    skipped: usize,
    missing: Vec<String>,
}

impl<'a> Log<'a> {
    /// An empty log.
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        let rejects = Rejects::of(sheet);
        Self {
            sheet,
            lines: Vec::new(),
            problems: Vec::new(),
            rejects,
            rejected: 0,
            skipped: 0,
            missing: Vec::new(),
        }
    }

    /// Takes every row of the sheet through the tests before reading and hands the rest to `take` with the number its
    /// line will have. A row in which `take` leaves an error is rejected.
    pub(super) fn each_row(&mut self, mut take: impl FnMut(usize, &mut Cells<'a>)) {
        for (at, row) in self.sheet.rows.iter().enumerate() {
            match triage(self.sheet, row) {
                Triage::Skip(code) => {
                    self.skipped += 1;
                    self.problems.push(Problem { row: row.number, column: None, value: None, code });
                }
                Triage::Reject(found) => self.reject(row, found),
                Triage::Read(mut cells) => {
                    take(self.lines.len(), &mut cells);
                    let rejected = cells.is_rejected();
                    let found = cells.into_found();
                    if rejected {
                        self.reject(row, found);
                    } else {
                        self.lines.push(Line { row: at, found, fate: Fate::default() });
                    }
                }
            }
        }
    }

    fn reject(&mut self, row: &Row, found: Vec<Found>) {
        self.rejected += 1;
        let errors = found.into_iter().filter(|found| found.code.level() == Level::Reject);
        let errors: Vec<Problem> = errors.map(|found| problem(row, found)).collect();
        self.rejects.push(self.sheet, row, errors.clone());
        self.problems.extend(errors);
    }

    /// Adds to an accepted row what only the whole file shows.
    pub(super) fn add(&mut self, line: usize, column: &'static str, code: Code) {
        let line = &mut self.lines[line];
        line.found.push(self.sheet.found(&self.sheet.rows[line.row], column, code));
    }

    /// Says what an accepted row did.
    pub(super) fn settle(&mut self, line: usize, fate: Fate) {
        self.lines[line].fate = fate;
    }

    /// Says for every record seen what the file did to it; its first line tells, later ones are merged and silent.
    pub(super) fn settle_all<T: PartialEq, P>(&mut self, seen: &HashMap<usize, Seen<T, P>>, records: &[T]) {
        for (record, seen) in seen {
            self.settle(
                seen.line,
                match &seen.before {
                    None => Fate::New,
                    Some(before) if *before != records[*record] => Fate::Updated,
                    Some(_) => Fate::Unchanged,
                },
            );
        }
    }

    /// Names the records that were known before and that this file does not speak of.
    pub(super) fn name_missing(&mut self, missing: impl Iterator<Item = String>) {
        self.missing.extend(missing);
    }

    /// Every id that stands in a column, in rejected rows too.
    pub(super) fn ids_in(&self, column: &str) -> HashSet<String> {
        let Some(at) = self.sheet.header.position(column) else {
            return HashSet::new();
        };
        let cells =
            self.sheet.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_empty());
        cells.filter_map(|cell| name::id(cell).ok()).map(|id| id.value).collect()
    }

    /// Sums up.
    pub(super) fn finish(self) -> (FileReport, Option<Rejects>) {
        let sheet = self.sheet;
        let fates = |fate| self.lines.iter().filter(|line| line.fate == fate).count();
        let warned = self.lines.iter().filter(|line| !line.found.is_empty()).count();
        let mut report = FileReport {
            file: sheet.file.clone(),
            kind: sheet.kind,
            rows: sheet.rows.len(),
            accepted: self.lines.len() - warned,
            warned,
            rejected: self.rejected,
            skipped: self.skipped,
            new: fates(Fate::New),
            updated: fates(Fate::Updated),
            unchanged: fates(Fate::Unchanged),
            problems: self.problems,
            notes: notes(sheet),
            missing: self.missing,
        };
        for line in self.lines {
            let row = &sheet.rows[line.row];
            report.problems.extend(line.found.into_iter().map(|found| problem(row, found)));
        }
        report.problems.sort_by_key(|problem| problem.row);
        (report, Some(self.rejects).filter(|rejects| !rejects.is_empty()))
    }
}

fn problem(row: &Row, found: Found) -> Problem {
    Problem { row: row.number, column: found.column, value: found.value, code: found.code }
}

fn notes(sheet: &Sheet) -> Vec<Note> {
    let headers = |wanted| sheet.header.headers_of(wanted).collect::<Vec<_>>();
    let (kept_out, unknown) = (headers(Use::KeptOut), headers(Use::Unknown));
    let mut notes = Vec::new();
    if !kept_out.is_empty() {
        notes.push(Note::KeptOut(kept_out));
    }
    if !unknown.is_empty() {
        notes.push(Note::UnknownHeaders(unknown));
    }
    notes
}
