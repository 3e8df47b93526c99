//! From files to sheets: rows of texts whose kind and header are known.

use super::code::Code;
use super::encoding;
use super::files::RawFile;
use super::found::Found;
use super::header::{Header, Use, on_one_line};
use super::kinds::Kind;
use super::workbook;
use crate::texts::Lang;

/// A sheet that can be imported: a CSV file, or one sheet of a workbook.
#[derive(Debug)]
pub struct Sheet {
    /// The file's name; `book.xlsx#sheet` for a sheet of a workbook.
    pub(super) file: String,
    /// What one row is.
    pub(super) kind: Kind,
    /// Its header row.
    pub(super) header: Header,
    /// Every other row, titles and empty ones too.
    pub(super) rows: Vec<Row>,
}

/// A row of a sheet.
#[derive(Debug)]
pub(super) struct Row {
    /// The number a spreadsheet shows.
    pub(super) number: u32,
    /// Its cells, as written.
    pub(super) cells: Vec<String>,
    /// Whether its bytes are in another encoding than the file.
    pub(super) foreign: bool,
}

/// Files that were refused as a whole: nothing of the import may be written.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.say(Lang::En))]
pub struct Refused(pub Vec<Refusal>);

/// Why one file was refused as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The file or path.
    pub file: String,
    /// Why.
    pub why: Why,
    /// The headers that were seen, so that columns can be assigned by hand.
    pub headers: Vec<String>,
}

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Nothing stands at the path.
    NotThere,
    /// The system would not let us read it; its words.
    Unreadable(String),
    /// A folder without spreadsheets.
    EmptyFolder,
    /// Neither CSV nor a workbook that can be opened.
    NoSheet,
    /// Neither its name nor its headers tell what a row is.
    UnknownKind,
    /// No header row of this kind in the first ten rows.
    NoHeader(Kind),
    /// Required columns are not there.
    MissingColumns(Kind, Vec<&'static str>),
}

impl Refused {
    /// One line a file, in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        self.0.iter().map(|refusal| refusal.say(lang)).collect::<Vec<_>>().join("\n")
    }
}

impl Refusal {
    /// What was refused, why, and what to do.
    pub fn say(&self, lang: Lang) -> String {
        let headers = self.headers.join(lang.pick("、", ", "));
        let columns;
        let (key, kind, detail): (_, _, &dyn crate::texts::ToFluent) = match &self.why {
            Why::NotThere => ("intake-refused-not-there", "", &""),
            Why::Unreadable(words) => ("intake-refused-unreadable", "", words),
            Why::EmptyFolder => ("intake-refused-empty-folder", "", &""),
            Why::NoSheet => ("intake-refused-no-sheet", "", &""),
            Why::UnknownKind => ("intake-refused-unknown-kind", "", &""),
            Why::NoHeader(kind) => ("intake-refused-no-header", kind.name(), &""),
            Why::MissingColumns(kind, names) => {
                columns = names.join(lang.pick("、", ", "));
                ("intake-refused-missing-columns", kind.name(), &columns)
            }
        };
        lang.say_with(
            key,
            &[("file", &self.file), ("kind", &kind), ("detail", detail), ("headers", &headers)],
        )
    }
}

/// Opens every file: finds its encoding, kind and header. Sheets come out in import order, those of one kind in order
/// of name.
///
/// # Errors
/// Every file that is refused as a whole.
pub fn open(files: Vec<RawFile>) -> Result<Vec<Sheet>, Refused> {
    let mut sheets = Vec::new();
    let mut refusals = Vec::new();
    for file in files {
        for opened in open_file(file) {
            match opened {
                Ok(sheet) => sheets.push(sheet),
                Err(refusal) => refusals.push(refusal),
            }
        }
    }
    sheets.sort_by(|one, two| (one.kind, &one.file).cmp(&(two.kind, &two.file)));
    if refusals.is_empty() { Ok(sheets) } else { Err(Refused(refusals)) }
}

fn open_file(file: RawFile) -> Vec<Result<Sheet, Refusal>> {
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let no_sheet = || vec![Err(Refusal { file: file.name.clone(), why: Why::NoSheet, headers: Vec::new() })];
    // Every workbook is a zip archive; the old binary format begins with D0CF.
    if file.bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return no_sheet();
    }
    if !file.bytes.starts_with(b"PK") {
        let rows = (1..).zip(encoding::decode(&file.bytes));
        let rows = rows.map(|(number, row)| Row { number, cells: row.cells, foreign: row.foreign }).collect();
        return vec![understand(file.name.clone(), Kind::told_by_name(stem), rows)];
    }
    let Some(sheets) = workbook::sheets(&file.bytes).filter(|sheets| !sheets.is_empty()) else {
        return no_sheet();
    };
    // The book's own name speaks for its only sheet.
    let by_book = if sheets.len() == 1 { Kind::told_by_name(stem) } else { None };
    let understand_sheet = |(name, rows): (String, Vec<Vec<String>>)| {
        let rows = (1..).zip(rows).map(|(number, cells)| Row { number, cells, foreign: false }).collect();
        understand(format!("{}#{name}", file.name), Kind::told_by_name(&name).or(by_book), rows)
    };
    sheets.into_iter().map(understand_sheet).collect()
}

fn understand(file: String, told: Option<Kind>, mut rows: Vec<Row>) -> Result<Sheet, Refusal> {
    let find = |kind| Header::find(kind, rows.iter().map(|row| (row.number, row.cells.as_slice())));
    let refuse = |why, headers| Err(Refusal { file: file.clone(), why, headers });
    let (kind, header) = match told {
        Some(kind) => match find(kind) {
            Some(header) => (kind, header),
            None => return refuse(Why::NoHeader(kind), widest(&rows)),
        },
        None => match told_by_headers(find) {
            Some(found) => found,
            None => return refuse(Why::UnknownKind, widest(&rows)),
        },
    };
    let missing = header.missing(kind);
    if !missing.is_empty() {
        return refuse(Why::MissingColumns(kind, missing), header.seen());
    }
    rows.retain(|row| row.number != header.number);
    for row in rows.iter_mut().filter(|row| row.number > header.number) {
        // No copy is kept of what must not be taken in.
        for (at, cell) in row.cells.iter_mut().enumerate() {
            if header.use_of(at) == Use::KeptOut {
                *cell = String::new();
            }
        }
    }
    Ok(Sheet { file, kind, header, rows })
}

/// The kind whose columns fit best, all required ones among them. The two kinds of rank lists have the same columns:
/// the owner's id stands first.
fn told_by_headers(find: impl Fn(Kind) -> Option<Header>) -> Option<(Kind, Header)> {
    let fitting = Kind::ALL.into_iter().filter_map(|kind| Some((kind, find(kind)?)));
    let fitting = fitting.filter(|(kind, header)| header.missing(*kind).is_empty());
    fitting.max_by_key(|(kind, header)| {
        let owner_first = match kind {
            Kind::RankingsCandidates => header.position("候補者ID") < header.position("募集ID"),
            Kind::RankingsOpenings => header.position("募集ID") < header.position("候補者ID"),
            _ => false,
        };
        (header.known(), owner_first)
    })
}

/// The headers seen where no header row was understood: the widest of the first ten rows, and of
/// equally wide ones the uppermost.
fn widest(rows: &[Row]) -> Vec<String> {
    let filled = |row: &Row| -> Vec<String> {
        row.cells.iter().map(|cell| on_one_line(cell)).filter(|cell| !cell.is_empty()).collect()
    };
    let first = &rows[..rows.len().min(10)];
    // The last of equals is what `max_by_key` gives: hence from below.
    first.iter().rev().map(filled).max_by_key(Vec::len).unwrap_or_default()
}

impl Sheet {
    /// What one row is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The file's name; `book.xlsx#sheet` for a sheet of a workbook.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// A problem of one cell of a row.
    pub(super) fn found(&self, row: &Row, column: &'static str, code: Code) -> Found {
        let value =
            self.header.position(column).and_then(|at| row.cells.get(at)).filter(|value| !value.is_empty());
        Found { column: Some(column), value: value.cloned(), code }
    }

    /// How many rows it has beside its header.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row beside its header.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
