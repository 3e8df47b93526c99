//! From the bytes of an Excel workbook to rows of texts, one sheet after the other. Cells are read by their value, not
//! by their format: a date is its ISO date, 1.0 is 1, 60 % is 0.6. The only file that names calamine.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// The sheets that have any cell: name and rows, the first being the sheet's row 1. `None` for what is no workbook.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<(String, Vec<Vec<String>>)>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let rows = rows(&mut book, &name)?;
        if !rows.is_empty() {
            sheets.push((name, rows));
        }
    }
    Some(sheets)
}

/// Reads cell by cell: a single cell far out must not make a table of the whole sheet.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Option<Vec<Vec<String>>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cells = book.worksheet_cells_reader(name).ok()?;
    while let Some(cell) = cells.next_cell().ok()? {
        let text = text(cell.get_value());
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        // A sheet ends at row 1,048,576 and column 16,384; positions beyond are a broken file.
        if text.is_empty() || row >= 1_048_576 || column >= 16_384 {
            continue;
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        if rows[row].len() <= column {
            rows[row].resize_with(column + 1, String::new);
        }
        rows[row][column] = text;
    }
    Some(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(when) if when.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                // A time of day is a part of day zero.
                _ if (0.0..1.0).contains(&when.as_f64()) => format!("{hour}:{minute:02}"),
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTime(span) => float(span.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // What a formula could not work out tells us nothing.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Integers without a decimal point: a 13-digit number must not come out as 2.99001E+12.
fn float(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn typed_cells_are_read_by_value() {
        let date = |serial| DataRef::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false));
        assert_eq!(text(&date(46266.0)), "2026-09-01");
        assert_eq!(text(&date(46266.5)), "2026-09-01 12:00:00");
        assert_eq!(text(&date(0.375)), "9:00");
        assert_eq!(text(&DataRef::Float(1.0)), "1");
        assert_eq!(text(&DataRef::Float(0.6)), "0.6");
        assert_eq!(text(&DataRef::Float(2_990_010_407_747.0)), "2990010407747");
        assert_eq!(text(&DataRef::Int(3)), "3");
        assert_eq!(text(&DataRef::Empty), "");
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(sheets(b"PK\x03\x04 but no more").is_none());
        assert!(sheets(b"").is_none());
    }
}
