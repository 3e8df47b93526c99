//! A table as a file: CSV in UTF-8 or CP932, or a workbook. Pure.
//!
//! No cell of a CSV file begins in a way that a spreadsheet takes for a formula; a workbook says of every cell that it is
//! text. What CP932 cannot write is written as 〓, and told.

use encoding_rs::SHIFT_JIS;
use unicode_normalization::UnicodeNormalization;

use super::DeskError;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is called, in ASCII: the file's name.
    pub name: &'static str,
    /// The names of the columns.
    pub header: Vec<&'static str>,
    /// The cells, as many in each row as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// CSV in UTF-8, with the mark that spreadsheets need.
    Utf8,
    /// CSV in CP932, for older programs.
    Cp932,
    /// An xlsx workbook.
    Workbook,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What could not be written as it is.
    pub losses: Vec<Loss>,
}

/// A character that the encoding lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The row as a spreadsheet counts it.
    pub row: usize,
    /// The name of the column.
    pub column: &'static str,
    /// The characters, each once.
    pub letters: String,
}

impl Form {
    /// Every form, with its name in addresses.
    pub const ALL: [(&'static str, Self); 3] =
        [("utf8", Self::Utf8), ("cp932", Self::Cp932), ("xlsx", Self::Workbook)];

    /// The form of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Cp932 => "csv",
            Self::Workbook => "xlsx",
        }
    }

    /// The media type of such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Utf8 => "text/csv; charset=utf-8",
            Self::Cp932 => "text/csv; charset=shift_jis",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes a table.
///
/// # Errors
/// [`DeskError::Sheet`]: a workbook does not hold so many rows.
pub fn write(table: &Table, form: Form) -> Result<File, DeskError> {
    match form {
        Form::Utf8 => Ok(File { bytes: format!("\u{feff}{}", csv(table)).into_bytes(), losses: Vec::new() }),
        Form::Cp932 => Ok(cp932(table)),
        Form::Workbook => workbook(table).map_err(|cause| DeskError::Sheet(cause.to_string())),
    }
}

fn csv(table: &Table) -> String {
    let mut out = line(table.header.iter().map(|name| (*name).to_owned()));
    for row in &table.rows {
        out += &line(row.iter().map(|cell| harmless(cell)));
    }
    out
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        let plain = !cell.contains(['"', ',', '\n', '\r']) && cell.trim() == cell;
        if plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}

/// A spreadsheet takes a cell that begins so for a formula.
pub fn harmless(cell: &str) -> String {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if begins { format!("'{cell}") } else { cell.to_owned() }
}

fn cp932(table: &Table) -> File {
    let mut losses = Vec::new();
    let mut rows = Vec::with_capacity(table.rows.len());
    // The header is the first row.
    for (number, row) in (2..).zip(&table.rows) {
        let cells = table.header.iter().zip(row).map(|(&column, cell)| {
            let (text, letters) = writable(cell);
            if !letters.is_empty() {
                losses.push(Loss { row: number, column, letters });
            }
            text
        });
        rows.push(cells.collect());
    }
    let table = Table { rows, ..table.clone() };
    let text = csv(&table);
    let (bytes, _, _) = SHIFT_JIS.encode(&text);
    File { bytes: bytes.into_owned(), losses }
}

/// A text that CP932 can write, and the characters for which 〓 stands in it.
fn writable(cell: &str) -> (String, String) {
    let mut lost = String::new();
    let text = cell
        .nfc()
        .map(|letter| {
            // The same sign under another number.
            let letter = match letter {
                '〜' => '～',
                '‖' => '∥',
                '—' => '―',
                '¢' => '￠',
                '£' => '￡',
                '¬' => '￢',
                '¥' => '￥',
                other => other,
            };
            let mut buffer = [0; 4];
            if !SHIFT_JIS.encode(letter.encode_utf8(&mut buffer)).2 {
                return letter;
            }
            if !lost.contains(letter) {
                lost.push(letter);
            }
            '〓'
        })
        .collect();
    (text, lost)
}

fn workbook(table: &Table) -> Result<File, rust_xlsxwriter::XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
    let bold = rust_xlsxwriter::Format::new().set_bold();
    for (at, name) in (0..).zip(&table.header) {
        sheet.write_string_with_format(0, at, *name, &bold)?;
    }
    for (number, row) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string(number, at, shortened(cell))?;
            }
        }
    }
    Ok(File { bytes: book.save_to_buffer()?, losses: Vec::new() })
}

/// A cell of a workbook holds 32,767 characters.
fn shortened(cell: &str) -> &str {
    const MOST: usize = 32_767;
    let mut units = 0;
    for (at, letter) in cell.char_indices() {
        units += letter.len_utf16();
        if units > MOST {
            return &cell[..at];
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[&str]) -> Table {
        let rows = cells.iter().map(|cell| vec![(*cell).to_owned(), "1".to_owned()]).collect();
        Table { name: "firms", header: vec!["企業名", "人数"], rows }
    }

    fn in_cp932(cell: &str) -> (String, Vec<Loss>) {
        let file = write(&table(&[cell]), Form::Cp932).unwrap();
        (SHIFT_JIS.decode(&file.bytes).0.into_owned(), file.losses)
    }

    #[test]
    fn a_name_that_a_spreadsheet_would_compute_is_made_harmless() {
        for begins in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            let cell = format!("{begins}HYPERLINK(1)");
            assert_eq!(harmless(&cell), format!("'{cell}"));
        }
        assert_eq!(harmless("佐藤=花"), "佐藤=花");
    }

    #[test]
    fn utf_8_begins_with_its_mark_and_quotes_what_it_must() {
        let file = write(&table(&["山田\n商店", "「A」, \"B\"", "=1"]), Form::Utf8).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        let said = "\u{feff}企業名,人数\r\n\"山田\n商店\",1\r\n\"「A」, \"\"B\"\"\",1\r\n'=1,1\r\n";
        assert_eq!(text, said);
    }

    #[test]
    fn cp932_keeps_what_it_has_under_another_number_and_loses_nothing() {
        let (text, losses) = in_cp932("髙橋①〜—−㈱");
        assert!(text.contains("髙橋①～―－㈱"), "{text}");
        assert_eq!(losses, []);
        let (text, losses) = in_cp932("か\u{3099}らす");
        assert!(text.contains("がらす") && losses.is_empty(), "{text}");
    }

    #[test]
    fn what_cp932_lacks_is_a_mark_and_is_told_with_its_place() {
        let (text, losses) = in_cp932("𠮷野屋🍶𠮷");
        assert!(text.contains("〓野屋〓〓"), "{text}");
        assert_eq!(losses, [Loss { row: 2, column: "企業名", letters: "𠮷🍶".to_owned() }]);
    }

    #[test]
    fn a_workbook_is_one() {
        let file = write(&table(&["=1+1", "山田"]), Form::Workbook).unwrap();
        assert!(file.bytes.starts_with(b"PK"));
        assert_eq!(shortened(&"𠮷".repeat(20_000)).chars().count(), 16_383);
    }
}
