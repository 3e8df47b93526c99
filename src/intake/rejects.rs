//! Rejected rows on their way back: one CSV a file, to be mended and imported again.

use super::header::{ADDED, Use};
use super::kinds::Kind;
use super::report::Problem;
use super::sheet::{Row, Sheet};
use crate::texts::Lang;

/// The rejected rows of one sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejects {
    /// A file name that tells the kind again: `openings-rejected.csv`.
    pub name: String,
    header: Vec<String>,
    rows: Vec<Rejected>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rejected {
    cells: Vec<String>,
    number: u32,
    problems: Vec<Problem>,
}

impl Rejects {
    /// Starts the file of a sheet's rejected rows: its own header, without what must not be kept and without the four
    /// columns an earlier rejection added.
    pub(super) fn of(sheet: &Sheet) -> Self {
        Self {
            name: file_name(&sheet.file, sheet.kind),
            header: own_cells(sheet, &sheet.header.texts),
            rows: Vec::new(),
        }
    }

    /// Gives files of one name numbers, so that none overwrites another.
    pub(super) fn name_apart(all: &mut [Self]) {
        for at in 1..all.len() {
            let (before, rest) = all.split_at_mut(at);
            let name = rest[0].name.clone();
            let mut number = 2;
            while before.iter().any(|other| other.name == rest[0].name) {
                rest[0].name = name.replace("-rejected.csv", &format!("-{number}-rejected.csv"));
                number += 1;
            }
        }
    }

    /// Adds a row as it stands in the file.
    pub(super) fn push(&mut self, sheet: &Sheet, row: &Row, problems: Vec<Problem>) {
        self.rows.push(Rejected { cells: own_cells(sheet, &row.cells), number: row.number, problems });
    }

    /// Whether no row was rejected.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows were rejected.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The file: UTF-8 with BOM, so that a spreadsheet opens it as what it is.
    pub fn to_csv(&self, lang: Lang) -> Vec<u8> {
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(self.header.len());
        let mut lines = vec![line(&self.header, width, ADDED.map(str::to_owned))];
        for row in &self.rows {
            let joined = |part: &dyn Fn(&Problem) -> String, between: &str| {
                let mut parts: Vec<String> = row.problems.iter().map(part).collect();
                parts.dedup();
                parts.join(between)
            };
            let added = [
                row.number.to_string(),
                joined(&|problem| problem.column.unwrap_or_default().to_owned(), "、"),
                joined(&|problem| problem.code.name().to_owned(), "、"),
                joined(&|problem| problem.reason(lang), " / "),
            ];
            lines.push(line(&row.cells, width, added));
        }
        format!("\u{FEFF}{}", lines.concat()).into_bytes()
    }
}

/// The cells of a row that are the file's own and may be kept.
fn own_cells(sheet: &Sheet, cells: &[String]) -> Vec<String> {
    let own = cells
        .iter()
        .enumerate()
        .filter(|(at, _)| !matches!(sheet.header.use_of(*at), Use::KeptOut | Use::Added));
    own.map(|(_, cell)| cell.clone()).collect()
}

fn line(cells: &[String], width: usize, added: [String; 4]) -> String {
    let padding = std::iter::repeat_n("", width - cells.len());
    let cells = cells.iter().map(String::as_str).chain(padding).chain(added.iter().map(String::as_str));
    cells.map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula, quoted where it must be.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    if text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

fn file_name(file: &str, kind: Kind) -> String {
    let (book, sheet) = file.split_once('#').unwrap_or((file, ""));
    let stem = book.rsplit_once('.').map_or(book, |(stem, _)| stem);
    let stem = stem.strip_suffix("-rejected").unwrap_or(stem);
    let mut name = stem.to_owned();
    if !sheet.is_empty() {
        let safe = |letter: char| {
            if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '_' }
        };
        name = format!("{name}-{}", sheet.chars().map(safe).collect::<String>());
    }
    if Kind::told_by_name(&name) != Some(kind) {
        // Where the name speaks of another kind too, the kind alone has to do.
        let spoken = format!("{}-{name}", kind.name());
        name = if Kind::told_by_name(&spoken) == Some(kind) { spoken } else { kind.name().to_owned() };
    }
    format!("{name}-rejected.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_rejected_rows_tells_their_kind_again() {
        for (file, kind, name) in [
            ("openings.csv", Kind::Openings, "openings-rejected.csv"),
            ("openings-rejected.csv", Kind::Openings, "openings-rejected.csv"),
            ("募集.csv", Kind::Openings, "openings-募集-rejected.csv"),
            ("region.xlsx#firms", Kind::Firms, "region-firms-rejected.csv"),
            ("firms.xlsx#候補者/一覧", Kind::Candidates, "candidates-rejected.csv"),
        ] {
            assert_eq!(file_name(file, kind), name);
            assert_eq!(Kind::told_by_name(name.trim_end_matches(".csv")), Some(kind));
        }
    }
}
