//! From the bytes of a CSV file to rows of cells, still bytes: which encoding a row is in is decided row by row later,
//! and in UTF-8 and CP932 alike no part of a longer character looks like a comma, a quote or a line end.
//!
//! Why not the `csv` crate: it drops empty lines, and with them the row numbers that a spreadsheet shows.

/// Splits a file in rows; the first is row 1 and empty lines are rows with one empty cell.
///
/// A quote opens a quoted cell only as its first character and is plain anywhere else in an unquoted one. CRLF and LF
/// end a row; a lone CR does so only in a file that has no LF at all.
pub(super) fn rows(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let cr_ends_rows = !bytes.contains(&b'\n');
    let mut rows = Vec::new();
    let mut row: Vec<Vec<u8>> = Vec::new();
    let mut cell = Vec::new();
    let mut at = 0;
    let mut quoted = false;
    let mut begun = false;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        at += 1;
        match byte {
            b'"' if quoted && next == Some(&b'"') => {
                cell.push(b'"');
                at += 1;
            }
            b'"' if quoted => quoted = false,
            _ if quoted => cell.push(byte),
            b'"' if !begun => {
                quoted = true;
                begun = true;
            }
            b',' => {
                row.push(std::mem::take(&mut cell));
                begun = false;
            }
            b'\r' if next == Some(&b'\n') => {}
            b'\n' | b'\r' if byte == b'\n' || cr_ends_rows => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                begun = false;
            }
            _ => {
                cell.push(byte);
                begun = true;
            }
        }
    }
    // The last line may lack its line end.
    if begun || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    fn texts(bytes: &str) -> Vec<Vec<String>> {
        let text = |cell: Vec<u8>| String::from_utf8(cell).expect("test data is UTF-8");
        rows(bytes.as_bytes()).into_iter().map(|row| row.into_iter().map(text).collect()).collect()
    }

    #[test]
    fn line_ends_may_be_mixed_and_the_last_may_lack() {
        assert_eq!(texts("a,b\r\nc,d\ne,f"), [["a", "b"], ["c", "d"], ["e", "f"]]);
        assert_eq!(texts("a,b\n"), [["a", "b"]]);
        assert_eq!(texts("a,"), [["a", ""]]);
    }

    #[test]
    fn empty_lines_are_rows() {
        assert_eq!(texts("\n\r\na\n\n"), [[""], [""], ["a"], [""]]);
        assert!(texts("").is_empty());
    }

    #[test]
    fn quoted_cells_hold_commas_quotes_and_every_line_end() {
        assert_eq!(texts("\"a,\"\"b\"\"\",c\n"), [["a,\"b\"", "c"]]);
        assert_eq!(texts("\"1\n2\r\n3\r4\",x\n"), [["1\n2\r\n3\r4", "x"]]);
        assert_eq!(texts("\"\",x\n"), [["", "x"]]);
    }

    #[test]
    fn a_quote_inside_an_unquoted_cell_is_plain() {
        assert_eq!(texts("5\" pipe,a\"b\"\n"), [["5\" pipe", "a\"b\""]]);
        assert_eq!(texts("\"a\"b\"c,d\n"), [["ab\"c", "d"]]);
    }

    #[test]
    fn a_lone_cr_ends_rows_only_in_a_file_without_lf() {
        assert_eq!(texts("a\rb\r"), [["a"], ["b"]]);
        assert_eq!(texts("a\rb,c\n"), [["a\rb", "c"]]);
    }
}
