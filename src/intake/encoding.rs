//! Which encoding a file is in, and which of its rows are in the other one or garbled.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

/// A row as text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decoded {
    /// Its cells; readable where any encoding makes them so.
    pub(super) cells: Vec<String>,
    /// Whether its bytes are in another encoding than the file.
    pub(super) foreign: bool,
}

/// Decodes the rows of a file in the encoding of the majority: UTF-8 with or without BOM, or CP932.
pub(super) fn decode(bytes: &[u8]) -> Vec<Decoded> {
    let (declared, bytes) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (Some(UTF_8), rest),
        None => (None, bytes),
    };
    let rows = super::lexer::rows(bytes);
    let encoding = declared.unwrap_or_else(|| majority(&rows));
    rows.into_iter().map(|row| decode_row(&row, encoding)).collect()
}

/// Rows vote when they are not plain ASCII; the first of them has the casting vote.
fn majority(rows: &[Vec<Vec<u8>>]) -> &'static Encoding {
    let (mut utf8, mut cp932, mut first) = (0_usize, 0_usize, None);
    for row in rows.iter().filter(|row| !row.iter().all(|cell| cell.is_ascii())) {
        let vote = if readable(row, UTF_8) {
            utf8 += 1;
            UTF_8
        } else if readable(row, SHIFT_JIS) {
            cp932 += 1;
            SHIFT_JIS
        } else {
            continue;
        };
        first.get_or_insert(vote);
    }
    match utf8.cmp(&cp932) {
        std::cmp::Ordering::Greater => UTF_8,
        std::cmp::Ordering::Less => SHIFT_JIS,
        std::cmp::Ordering::Equal => first.unwrap_or(UTF_8),
    }
}

fn readable(row: &[Vec<u8>], encoding: &'static Encoding) -> bool {
    row.iter().all(|cell| encoding.decode_without_bom_handling_and_without_replacement(cell).is_some())
}

fn is_japanese_in_utf8(row: &[Vec<u8>]) -> bool {
    let texts: Option<Vec<&str>> = row.iter().map(|cell| std::str::from_utf8(cell).ok()).collect();
    texts.is_some_and(|texts| texts.iter().any(|text| text.contains(is_kana_or_kanji)))
}

fn decode_row(row: &[Vec<u8>], encoding: &'static Encoding) -> Decoded {
    let other = if encoding == UTF_8 { SHIFT_JIS } else { UTF_8 };
    // Most UTF-8 can be read as CP932 too, only not by people.
    let foreign = !readable(row, encoding) || encoding == SHIFT_JIS && is_japanese_in_utf8(row);
    let shown = if foreign && readable(row, other) { other } else { encoding };
    let text = |cell: &Vec<u8>| shown.decode_without_bom_handling(cell).0.into_owned();
    Decoded { cells: row.iter().map(text).collect(), foreign }
}

/// Whether the cell is UTF-8 that was once read as CP932: written back to CP932 bytes it is valid UTF-8 with kana or
/// kanji in it (`譬ｪ蠑丈ｼ夂､ｾ` is 株式会社).
pub(super) fn is_garbled(cell: &str) -> bool {
    if cell.is_ascii() {
        return false;
    }
    let mut bytes = Vec::with_capacity(cell.len());
    for (count, letter) in cell.chars().enumerate() {
        if !push_cp932(letter, &mut bytes) {
            return false;
        }
        // Nearly every sound text stops being UTF-8 within a few letters.
        if count % 8 == 7
            && let Err(error) = std::str::from_utf8(&bytes)
            && error.error_len().is_some()
        {
            return false;
        }
    }
    std::str::from_utf8(&bytes).is_ok_and(|text| text.contains(is_kana_or_kanji))
}

fn is_kana_or_kanji(letter: char) -> bool {
    matches!(letter, '々' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}')
}

/// Writes a letter as CP932. The five single bytes that stand for no letter come back as Windows and Python read them.
fn push_cp932(letter: char, bytes: &mut Vec<u8>) -> bool {
    match letter {
        '\u{80}' => bytes.push(0x80),
        '\u{A0}' => bytes.push(0xA0),
        '\u{F8F0}' => bytes.push(0xA0),
        '\u{F8F1}' => bytes.push(0xFD),
        '\u{F8F2}' => bytes.push(0xFE),
        '\u{F8F3}' => bytes.push(0xFF),
        _ if letter.is_ascii() => bytes.push(letter as u8),
        _ => {
            let mut buffer = [0; 4];
            let (encoded, _, lost) = SHIFT_JIS.encode(letter.encode_utf8(&mut buffer));
            bytes.extend_from_slice(&encoded);
            return !lost;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cp932(text: &str) -> Vec<u8> {
        SHIFT_JIS.encode(text).0.into_owned()
    }

    #[test]
    fn cp932_utf8_and_utf8_with_bom_are_told_apart() {
        let text = "企業ID,企業名\nF-1,㈱髙﨑①Ⅱ\n";
        for bytes in [text.as_bytes().to_vec(), format!("\u{FEFF}{text}").into_bytes(), cp932(text)] {
            let rows = decode(&bytes);
            assert_eq!(rows[0].cells, ["企業ID", "企業名"]);
            assert_eq!(rows[1].cells, ["F-1", "㈱髙﨑①Ⅱ"]);
            assert!(rows.iter().all(|row| !row.foreign));
        }
    }

    #[test]
    fn both_byte_forms_of_the_ladder_taka_are_read() {
        assert_eq!(decode(b"\xFB\xFC,\xEE\xE0\n")[0].cells, ["髙", "髙"]);
    }

    #[test]
    fn a_row_in_the_other_encoding_is_foreign_and_still_readable() {
        let mut bytes = cp932("企業ID,企業名\nF-1,青木\n");
        bytes.extend_from_slice("F-2,赤木\n".as_bytes());
        let rows = decode(&bytes);
        assert_eq!(rows.iter().map(|row| row.foreign).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(rows[2].cells, ["F-2", "赤木"]);

        let mut bytes = "企業ID,企業名\nF-1,青木\n".as_bytes().to_vec();
        bytes.extend_from_slice(&cp932("F-2,赤木\n"));
        let rows = decode(&bytes);
        assert_eq!(rows.iter().map(|row| row.foreign).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(rows[2].cells, ["F-2", "赤木"]);
    }

    #[test]
    fn a_text_read_in_the_wrong_encoding_is_garbled() {
        for text in ["譬ｪ蠑丈ｼ夂､ｾ", "縺\u{A0}", "繧縺溘＠"] {
            let garbled = is_garbled(text);
            assert_eq!(garbled, text != "繧縺溘＠", "{text}");
        }
        for text in ["株式会社", "髙﨑①㈱", "ｱｵｷ", "abc", "𠮷野", "é"] {
            assert!(!is_garbled(text), "{text}");
        }
    }
}
