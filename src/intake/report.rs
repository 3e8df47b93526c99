//! What an import reports: each row's fate, every problem with row, column, value and reason, in two languages.

use serde_json::{Value, json};

use super::code::{Code, Level};
use super::kinds::Kind;
use crate::texts::Lang;

/// The report of a whole import, one part a file, in import order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// One part a sheet.
    pub files: Vec<FileReport>,
}

/// What became of one sheet. `rows` = `accepted` + `warned` + `rejected` + `skipped`;
/// `new` + `updated` + `unchanged` = `accepted` + `warned`.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReport {
    /// The file's name; `book.xlsx#sheet` for a sheet of a workbook.
    pub file: String,
    /// What one row is.
    pub kind: Kind,
    /// Every row but the header.
    pub rows: usize,
    /// Stored without a warning.
    pub accepted: usize,
    /// Stored with a warning.
    pub warned: usize,
    /// Not stored.
    pub rejected: usize,
    /// Not data.
    pub skipped: usize,
    /// Rows that made a record.
    pub new: usize,
    /// Rows that changed a record known before this file. A later row of the same record counts as unchanged.
    pub updated: usize,
    /// Rows that left everything as it was.
    pub unchanged: usize,
    /// In order of rows.
    pub problems: Vec<Problem>,
    /// What concerns the file as a whole.
    pub notes: Vec<Note>,
    /// Records known before and not in this file, by the coordinator's number. They stay as they are.
    pub missing: Vec<String>,
}

/// A problem of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The number a spreadsheet shows.
    pub row: u32,
    /// The column whose cell caused it; none when the row as a whole did.
    pub column: Option<&'static str>,
    /// What the cell says, as it stands in the file.
    pub value: Option<String>,
    /// Why.
    pub code: Code,
}

/// Something to know about a file as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Columns that must not be taken in were dropped; no copy was kept.
    KeptOut(Vec<String>),
    /// Headers nobody knows, ignored.
    UnknownHeaders(Vec<String>),
}

impl Note {
    /// The note in a language.
    pub fn say(&self, lang: Lang) -> String {
        let (key, headers) = match self {
            Self::KeptOut(headers) => ("intake-note-kept-out", headers),
            Self::UnknownHeaders(headers) => ("intake-note-unknown-headers", headers),
        };
        lang.say_with(key, &[("headers", &headers.join(lang.pick("、", ", ")))])
    }
}

impl Problem {
    /// Why, in a sentence that says what to do.
    pub fn reason(&self, lang: Lang) -> String {
        lang.say(&format!("intake-{}", self.code.name()))
    }

    /// Row, column, reason and what was written there.
    pub fn message(&self, lang: Lang) -> String {
        let reason = self.reason(lang);
        let value = self.value.as_deref().map(shortened).unwrap_or_default();
        let key = match (self.column, value.is_empty()) {
            (None, _) => "intake-at-row",
            (Some(_), true) => "intake-at-empty-cell",
            (Some(_), false) => "intake-at-cell",
        };
        let column = self.column.unwrap_or_default();
        lang.say_with(key, &[("row", &self.row), ("column", &column), ("reason", &reason), ("value", &value)])
    }
}

/// Enough of a cell to recognise it, on one line.
fn shortened(text: &str) -> String {
    const ENOUGH: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(ENOUGH) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

impl FileReport {
    /// The names of the columns of [`Self::counts`], as text keys.
    const COUNTS: [&str; 8] =
        ["rows", "accepted", "warned", "rejected", "skipped", "new", "updated", "unchanged"];

    fn counts(&self) -> [usize; 8] {
        [
            self.rows,
            self.accepted,
            self.warned,
            self.rejected,
            self.skipped,
            self.new,
            self.updated,
            self.unchanged,
        ]
    }

    fn json(&self, lang: Lang) -> Value {
        let problem = |problem: &Problem| {
            json!({
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "level": problem.code.level().name(),
                "code": problem.code.name(),
                "message": problem.message(lang),
            })
        };
        let mut value = json!({
            "file": self.file,
            "kind": self.kind.name(),
            "problems": self.problems.iter().map(problem).collect::<Vec<_>>(),
            "notes": self.notes.iter().map(|note| note.say(lang)).collect::<Vec<_>>(),
            "missing": self.missing,
        });
        for (name, count) in Self::COUNTS.into_iter().zip(self.counts()) {
            value[name] = json!(count);
        }
        value
    }
}

impl Report {
    /// `import --report json`.
    pub fn json(&self, lang: Lang) -> Value {
        json!({ "files": self.files.iter().map(|file| file.json(lang)).collect::<Vec<_>>() })
    }

    /// A header and one line a file.
    pub fn rows_csv(&self, lang: Lang) -> Vec<Vec<String>> {
        let names = std::iter::once("file").chain(FileReport::COUNTS);
        let header = names.map(|name| lang.say(&format!("intake-table-{name}"))).collect();
        let line = |file: &FileReport| {
            std::iter::once(file.file.clone()).chain(file.counts().iter().map(usize::to_string)).collect()
        };
        std::iter::once(header).chain(self.files.iter().map(line)).collect()
    }

    /// The summary for people: a table, then notes, errors and warnings file by file.
    pub fn table(&self, lang: Lang) -> String {
        let rows = self.rows_csv(lang);
        let width = |at: usize| rows.iter().map(|row| columns(&row[at])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
        let mut out = String::new();
        for row in &rows {
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let gap = " ".repeat(width - columns(cell));
                out.push_str(&if at == 0 { format!("{cell}{gap}") } else { format!("  {gap}{cell}") });
            }
            out.push('\n');
        }
        for file in &self.files {
            let problems: Vec<&Problem> =
                file.problems.iter().filter(|problem| problem.code.level() != Level::Skip).collect();
            if problems.is_empty() && file.notes.is_empty() && file.missing.is_empty() {
                continue;
            }
            out.push_str(&format!("\n{}\n", file.file));
            for note in &file.notes {
                out.push_str(&format!("  {}\n", note.say(lang)));
            }
            for problem in problems {
                out.push_str(&format!("  {}  {}\n", problem.code.name(), problem.message(lang)));
            }
            if !file.missing.is_empty() {
                let shown =
                    file.missing.iter().take(10).cloned().collect::<Vec<_>>().join(lang.pick("、", ", "));
                let more = file.missing.len().saturating_sub(10);
                let key = if more == 0 { "intake-missing" } else { "intake-missing-more" };
                let words =
                    lang.say_with(key, &[("count", &file.missing.len()), ("codes", &shown), ("more", &more)]);
                out.push_str(&format!("  {words}\n"));
            }
        }
        out
    }
}

/// How many columns of a terminal a text takes: kana, kanji and full-width forms take two.
fn columns(text: &str) -> usize {
    let wide = |letter: char| matches!(letter, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}');
    text.chars().map(|letter| if wide(letter) { 2 } else { 1 }).sum()
}
