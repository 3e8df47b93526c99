//! Lists for a terminal and for a spreadsheet.

/// Columns set apart by two spaces, as wide as a terminal shows them: kanji and kana take two places.
pub fn table<H: AsRef<str>, C: AsRef<str>>(headers: &[H], rows: &[Vec<C>]) -> String {
    let header: Vec<String> = headers.iter().map(|cell| one_line(cell.as_ref())).collect();
    let body = rows.iter().map(|row| row.iter().map(|cell| one_line(cell.as_ref())).collect::<Vec<_>>());
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(body).collect();
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| lines.iter().filter_map(|line| line.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for line in &lines {
        let mut text = String::new();
        for (cell, &column) in line.iter().zip(&widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', column.saturating_sub(width(cell)) + 2));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

/// Comma-separated values. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn csv<H: AsRef<str>, C: AsRef<str>>(headers: &[H], rows: &[Vec<C>]) -> String {
    let mut out = String::new();
    push_record(&mut out, headers.iter().map(AsRef::as_ref));
    for row in rows {
        push_record(&mut out, row.iter().map(AsRef::as_ref));
    }
    out
}

/// How many places of a terminal a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(places).sum()
}

fn push_record<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let guard = if is_formula(cell) { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push('"');
            out.push_str(guard);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(guard);
            out.push_str(cell);
        }
    }
    out.push('\n');
}

/// A number may be negative without being a formula.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']) && cell.parse::<f64>().is_err()
}

/// Line ends and other control signs would break the line or steer the terminal.
fn one_line(cell: &str) -> String {
    cell.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// Wide and full-width signs of Unicode's East Asian Width, as far as names and texts have them.
fn places(sign: char) -> usize {
    match u32::from(sign) {
        0x0300..=0x036F | 0x200B..=0x200F | 0x3099..=0x309A | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_whatever_the_width_of_the_signs() {
        let rows = vec![vec!["M-001", "社長の右腕", "3"], vec!["M-2", "ﾊﾞﾝﾄｳ", "12"]];
        let shown = table(&["番号", "タイトル", "点"], &rows);
        assert_eq!(shown, "番号   タイトル    点\nM-001  社長の右腕  3\nM-2    ﾊﾞﾝﾄｳ       12\n");
    }

    #[test]
    fn a_cell_cannot_break_the_line_or_steer_the_terminal() {
        let shown = table(&["a"], &[vec!["x\n\u{1b}[31my"]]);
        assert_eq!(shown, "a\nx  [31my\n");
    }

    #[test]
    fn a_spreadsheet_gets_quotes_where_needed_and_no_formula() {
        let rows = vec![vec!["=1+1", "a,b", "say \"x\""], vec!["-5", "-5円", "行\n末"]];
        assert_eq!(
            csv(&["a", "b", "c"], &rows),
            "a,b,c\n'=1+1,\"a,b\",\"say \"\"x\"\"\"\n-5,'-5円,\"行\n末\"\n"
        );
    }
}
