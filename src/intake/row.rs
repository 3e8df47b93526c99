//! One row of a sheet: the tests that come before any cell is read, and the cells themselves.

use super::cells::{Reading, clean};
use super::code::{Code, Level};
use super::encoding::is_garbled;
use super::found::Found;
use super::header::Use;
use super::patch::Patch;
use super::sheet::{Row, Sheet};

/// What the tests before reading say of a row.
pub(super) enum Triage<'a> {
    /// Not data.
    Skip(Code),
    /// Refused before any cell was read.
    Reject(Vec<Found>),
    /// To be read.
    Read(Cells<'a>),
}

/// Tests a row in the order of the convention: skip, E-MOJIBAKE, E-COLUMNS, E-TOO-LONG.
pub(super) fn triage<'a>(sheet: &'a Sheet, row: &'a Row) -> Triage<'a> {
    let cells: Vec<clean::Clean> = row.cells.iter().map(|cell| clean::clean(cell)).collect();
    if let Some(code) = skipped(sheet, row, &cells) {
        return Triage::Skip(code);
    }
    let cells = Cells { sheet, row, cells, found: Vec::new() };
    let whole = |code| Triage::Reject(vec![Found { column: None, value: None, code }]);
    if row.foreign || cells.known().any(|(at, _)| is_garbled(&row.cells[at])) {
        return whole(Code::Mojibake);
    }
    if cells.beyond_the_header() {
        return whole(Code::Columns);
    }
    let long =
        cells.known().filter(|(at, column)| cells.cells[*at].text.chars().nth(column.of.limit()).is_some());
    let long: Vec<Found> = long.map(|(_, column)| sheet.found(row, column.name, Code::TooLong)).collect();
    if long.is_empty() { Triage::Read(cells.with_text_signs()) } else { Triage::Reject(long) }
}

fn skipped(sheet: &Sheet, row: &Row, cells: &[clean::Clean]) -> Option<Code> {
    const TOTALS: [&str; 6] = ["合計", "計", "小計", "総計", "総合計", "平均"];
    let mut filled = cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let Some(first) = filled.next() else {
        return Some(Code::Blank);
    };
    if row.number < sheet.header.number {
        return Some(Code::Title);
    }
    if sheet.header.is_repeated_by(cells.iter().map(|cell| cell.text.as_str())) {
        return Some(Code::Header);
    }
    let bare: String = first.chars().filter(|letter| !letter.is_whitespace()).collect();
    if TOTALS.contains(&bare.as_str()) {
        return Some(Code::Total);
    }
    (first.starts_with(['※', '注']) && filled.next().is_none()).then_some(Code::Note)
}

/// The cells of a row, read column by column; what is wrong with them is gathered on the way.
pub(super) struct Cells<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    cells: Vec<clean::Clean>,
    found: Vec<Found>,
}

impl Cells<'_> {
    /// Everything found so far, in the order of finding.
    pub(super) fn into_found(self) -> Vec<Found> {
        self.found
    }

    /// Whether an error was found: the row is not stored, and later stages are not tried.
    pub(super) fn is_rejected(&self) -> bool {
        self.found.iter().any(|found| found.code.level() == Level::Reject)
    }

    /// Whether anything was found in this column by reading it.
    pub(super) fn found_in(&self, column: &str) -> bool {
        const SIGNS: [Code; 3] = [Code::ControlChar, Code::LostChar, Code::Formula];
        self.found.iter().any(|found| found.column == Some(column) && !SIGNS.contains(&found.code))
    }

    /// Notes a problem of one cell.
    pub(super) fn say(&mut self, column: &'static str, code: Code) {
        self.found.push(self.sheet.found(self.row, column, code));
    }

    /// Notes a problem of the row as a whole.
    pub(super) fn say_whole(&mut self, code: Code) {
        self.found.push(Found { column: None, value: None, code });
    }

    /// What a bare number in a money column counts, from its header.
    pub(super) fn unit(&self, column: &str) -> u64 {
        self.sheet.header.unit(column)
    }

    /// The cleaned text of a column; empty where the column or the cell is absent.
    pub(super) fn text(&self, column: &str) -> &str {
        self.sheet.header.position(column).and_then(|at| self.cells.get(at)).map_or("", |cell| &cell.text)
    }

    /// A name beside an id: a reading aid, none when empty.
    pub(super) fn beside(&self, column: &str) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty() && !clean::is_marker(text))
    }

    /// A column that must be filled. `None` was noted as an error.
    pub(super) fn required<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Reading<T>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() || clean::is_marker(text) {
            self.say(column, Code::Required);
            return None;
        }
        let reading = read(text);
        self.note(column, reading)
    }

    /// A column that may be empty; a marker clears the value.
    pub(super) fn optional<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Reading<T>,
    ) -> Patch<T> {
        self.optional_unless(column, clean::is_marker, read)
    }

    /// As [`Self::optional`], with its own idea of what says "no value".
    pub(super) fn optional_unless<T>(
        &mut self,
        column: &'static str,
        is_none: impl FnOnce(&str) -> bool,
        read: impl FnOnce(&str) -> Reading<T>,
    ) -> Patch<T> {
        let text = self.text(column);
        if text.is_empty() {
            return Patch::Keep;
        }
        if is_none(text) {
            return Patch::Clear;
        }
        let reading = read(text);
        self.note(column, reading).map_or(Patch::Keep, Patch::Set)
    }

    /// A column where a marker may itself be an answer (移住意向 = なし): the reader goes first.
    pub(super) fn answer<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Reading<T>,
    ) -> Patch<T> {
        let text = self.text(column);
        if text.is_empty() {
            return Patch::Keep;
        }
        match read(text) {
            Err(Code::Unparsed) if clean::is_marker(text) => Patch::Clear,
            reading => self.note(column, reading).map_or(Patch::Keep, Patch::Set),
        }
    }

    fn note<T>(&mut self, column: &'static str, reading: Reading<T>) -> Option<T> {
        match reading {
            Ok(read) => {
                if let Some(warning) = read.warning {
                    self.say(column, warning);
                }
                Some(read.value)
            }
            Err(code) => {
                self.say(column, code);
                None
            }
        }
    }

    /// The cells that stand under a known column.
    fn known(&self) -> impl Iterator<Item = (usize, &'static super::columns::Column)> + '_ {
        self.sheet.header.columns().filter(|(at, _)| *at < self.cells.len())
    }

    /// Whether a filled cell stands beyond the last header; the columns we added to rejected rows do not count.
    fn beyond_the_header(&self) -> bool {
        let filled = |(at, cell): (usize, &clean::Clean)| {
            at >= self.sheet.header.width()
                && self.sheet.header.use_of(at) != Use::Added
                && !cell.text.is_empty()
        };
        self.cells.iter().enumerate().any(filled)
    }

    /// Notes the signs that something happened to a text, whatever it says.
    fn with_text_signs(mut self) -> Self {
        let mut signs = Vec::new();
        for (at, column) in self.known() {
            let cell = &self.cells[at];
            if cell.had_control {
                signs.push(self.sheet.found(self.row, column.name, Code::ControlChar));
            }
            if clean::has_lost_character(&cell.text, column.is_name()) {
                signs.push(self.sheet.found(self.row, column.name, Code::LostChar));
            }
            if column.of.is_text() && clean::looks_like_formula(&cell.text) {
                signs.push(self.sheet.found(self.row, column.name, Code::Formula));
            }
        }
        self.found = signs;
        self
    }
}
