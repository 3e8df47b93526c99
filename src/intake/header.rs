//! The header row: where it is, and which column of the convention each of its cells means.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::cells::clean::clean;
use super::columns::{Column, Type};
use super::kinds::{Kind, candidates};

/// The columns that a file of rejected rows has behind its own; recognised and ignored.
pub(super) const ADDED: [&str; 4] = ["行番号", "列", "理由コード", "理由"];

/// What is done with a column of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Read as a column of the convention.
    Read,
    /// Must not be taken in.
    KeptOut,
    /// One of the four columns of rejected rows.
    Added,
    /// Nobody knows it, or another column is read in its place.
    Unknown,
    /// Has no header.
    Unnamed,
}

/// A header row, understood.
#[derive(Debug)]
pub(super) struct Header {
    /// Its row number.
    pub(super) number: u32,
    /// Its cells, as written.
    pub(super) texts: Vec<String>,
    uses: Vec<Use>,
    /// From the column's name to its position and the unit of a bare number.
    positions: HashMap<&'static str, (usize, u64)>,
    /// In the order of the file.
    columns: Vec<(usize, &'static Column)>,
    keys: HashSet<String>,
    width: usize,
}

impl Header {
    /// The first of the first ten rows in which at least three cells, and at least half of the filled ones, are known
    /// headers of this kind.
    pub(super) fn find<'a>(kind: Kind, rows: impl Iterator<Item = (u32, &'a [String])>) -> Option<Self> {
        rows.take(10).map(|(number, cells)| Self::read(kind, number, cells)).find(|header| {
            let known = header
                .uses
                .iter()
                .filter(|used| matches!(used, Use::Read | Use::KeptOut | Use::Added))
                .count();
            let filled = header.uses.iter().filter(|used| **used != Use::Unnamed).count();
            known >= 3 && known * 2 >= filled
        })
    }

    fn read(kind: Kind, number: u32, cells: &[String]) -> Self {
        let keys: Vec<String> = cells.iter().map(|cell| key(cell)).collect();
        let mut uses: Vec<Use> = keys.iter().map(|key| ground_use(kind, key)).collect();
        let mut positions = HashMap::new();
        let mut columns = Vec::new();
        // A column's own name goes before its aliases, and the first of several before the others.
        for by_name in [true, false] {
            for (at, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
                if uses[at] != Use::Unknown {
                    continue;
                }
                let meant =
                    kind.columns().iter().find_map(|column| Some((column, meant(column, key, by_name)?)));
                if let Some((column, unit)) = meant
                    && !positions.contains_key(column.name)
                {
                    positions.insert(column.name, (at, unit));
                    columns.push((at, column));
                    uses[at] = Use::Read;
                }
            }
        }
        columns.sort_by_key(|(at, _)| *at);
        let width = uses
            .iter()
            .rposition(|used| !matches!(used, Use::Unnamed | Use::Added))
            .map_or(0, |last| last + 1);
        let texts = cells.to_vec();
        let keys = keys.into_iter().filter(|key| !key.is_empty()).collect();
        Self { number, texts, uses, positions, columns, keys, width }
    }

    /// Where a column stands.
    pub(super) fn position(&self, column: &str) -> Option<usize> {
        self.positions.get(column).map(|(at, _)| *at)
    }

    /// What a bare number in a money column counts.
    pub(super) fn unit(&self, column: &str) -> u64 {
        self.positions.get(column).map_or(1, |(_, unit)| *unit)
    }

    /// What is done with the column at this position.
    pub(super) fn use_of(&self, at: usize) -> Use {
        self.uses.get(at).copied().unwrap_or(Use::Unnamed)
    }

    /// The known columns with their positions, from left to right.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &'static Column)> + '_ {
        self.columns.iter().copied()
    }

    /// The position behind the last column of the file's own.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The required columns that are not there.
    pub(super) fn missing(&self, kind: Kind) -> Vec<&'static str> {
        let columns = kind.columns().iter().filter(|column| column.required);
        columns.map(|column| column.name).filter(|name| !self.positions.contains_key(name)).collect()
    }

    /// The headers with this use, as people read them.
    pub(super) fn headers_of(&self, wanted: Use) -> impl Iterator<Item = String> + '_ {
        let headers = self.uses.iter().zip(&self.texts).filter(move |(used, _)| **used == wanted);
        headers.map(|(_, text)| on_one_line(text))
    }

    /// Every header that is not empty, as people read them.
    pub(super) fn seen(&self) -> Vec<String> {
        self.texts.iter().map(|text| on_one_line(text)).filter(|text| !text.is_empty()).collect()
    }

    /// How many columns of the convention it knows.
    pub(super) fn known(&self) -> usize {
        self.columns.len()
    }

    /// Whether at least 60 % of the filled cells are this file's header texts.
    pub(super) fn is_repeated_by<'a>(&self, cells: impl Iterator<Item = &'a str>) -> bool {
        let (mut filled, mut equal) = (0, 0);
        for cell in cells.filter(|cell| !cell.is_empty()) {
            filled += 1;
            // No header is longer; long texts need not be folded.
            equal += usize::from(cell.len() <= 300 && self.keys.contains(&key(cell)));
        }
        filled > 0 && equal * 10 >= filled * 6
    }
}

/// A header without line breaks and what else nobody sees.
pub(super) fn on_one_line(text: &str) -> String {
    clean(text).text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The use of a header that is no column of the kind.
fn ground_use(kind: Kind, key: &str) -> Use {
    if key.is_empty() {
        Use::Unnamed
    } else if ADDED.contains(&key) {
        Use::Added
    } else if kind == Kind::Candidates && candidates::KEPT_OUT.contains(&key) {
        Use::KeptOut
    } else {
        Use::Unknown
    }
}

/// Whether the header means the column, and what a bare number in it counts.
fn meant(column: &Column, header: &str, by_name: bool) -> Option<u64> {
    let is = |header: &str| match by_name {
        true => key(column.name) == header,
        false => column.aliases.iter().any(|alias| key(alias) == header),
    };
    if is(header) {
        return Some(1);
    }
    if column.of != Type::Money {
        return None;
    }
    let (base, unit) = header.strip_suffix(')')?.rsplit_once('(')?;
    let unit = match unit {
        "円" => 1,
        "千円" => 1_000,
        "万円" => 10_000,
        "百万円" => 1_000_000,
        "億円" => 100_000_000,
        _ => return None,
    };
    is(base).then_some(unit)
}

/// The form in which headers are compared: NFKC, no white space, no 必須/任意 in brackets, no ※ and *, one case.
fn key(header: &str) -> String {
    let folded: String = clean(header)
        .text
        .nfkc()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '※' | '*'))
        .flat_map(char::to_lowercase)
        .collect();
    if !folded.contains("必須") && !folded.contains("任意") {
        return folded;
    }
    const BRACKETS: [(char, char); 8] = [
        ('(', ')'),
        ('[', ']'),
        ('【', '】'),
        ('〔', '〕'),
        ('<', '>'),
        ('〈', '〉'),
        ('《', '》'),
        ('「', '」'),
    ];
    BRACKETS.iter().fold(folded, |header, (open, close)| {
        ["必須", "任意"]
            .iter()
            .fold(header, |header, word| header.replace(&format!("{open}{word}{close}"), ""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(kind: Kind, rows: &[&[&str]]) -> Option<Header> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        Header::find(kind, (1..).zip(rows.iter().map(Vec::as_slice)))
    }

    #[test]
    fn the_header_row_is_found_below_titles() {
        let header =
            find(Kind::Firms, &[&["企業一覧", "", ""], &[""], &["企業ID", "企業名", "都道府県", "独自"]])
                .expect("found");
        assert_eq!(header.number, 3);
        assert_eq!(header.position("都道府県"), Some(2));
        assert_eq!(header.use_of(3), Use::Unknown);
        assert!(header.missing(Kind::Firms).is_empty());
    }

    #[test]
    fn headers_match_in_any_width_with_marks_and_aliases() {
        let header = find(
            Kind::Firms,
            &[&[
                "企業ＩＤ（必須）",
                "会 社\n名※",
                "県【必須】",
                "法人番号（13桁）",
                "黒字・赤字",
                "年齢(社長)",
                "E‐mail",
                "",
            ]],
        )
        .expect("found");
        for (at, name) in
            ["企業ID", "企業名", "都道府県", "法人番号", "黒字/赤字", "社長年齢"].into_iter().enumerate()
        {
            assert_eq!(header.position(name), Some(at), "{name}");
        }
        assert_eq!(header.width(), 7);
    }

    #[test]
    fn a_money_column_may_carry_its_unit() {
        for (text, unit) in [
            ("年商（百万円）", 1_000_000),
            ("売上高（万円）", 10_000),
            ("年商（千円）", 1_000),
            ("年商（円）", 1),
            ("売上", 1),
        ] {
            let header = find(Kind::Firms, &[&["企業ID", "企業名", "都道府県", text]]).expect("found");
            assert_eq!(header.position("年商"), Some(3), "{text}");
            assert_eq!(header.unit("年商"), unit, "{text}");
        }
    }

    #[test]
    fn the_name_goes_before_an_alias_and_repeats_are_ignored() {
        let header =
            find(Kind::Firms, &[&["企業ID", "企業名", "都道府県", "メモ", "備考", "備考"]]).expect("found");
        assert_eq!(header.position("備考"), Some(4));
        assert_eq!(header.use_of(3), Use::Unknown);
        assert_eq!(header.use_of(5), Use::Unknown);
    }

    #[test]
    fn some_columns_of_people_are_kept_out() {
        let header = find(Kind::Candidates, &[&["候補者ID", "氏名", "メール", "性別", "年齢（任意）"]])
            .expect("found");
        assert_eq!(header.headers_of(Use::KeptOut).collect::<Vec<_>>(), ["性別", "年齢（任意）"]);
    }

    #[test]
    fn two_known_cells_or_fewer_than_half_are_no_header() {
        assert!(find(Kind::Firms, &[&["企業ID", "企業名"]]).is_none());
        assert!(find(Kind::Firms, &[&["企業ID", "企業名", "都道府県", "a", "b", "c", "d"]]).is_none());
    }

    #[test]
    fn a_repeated_header_is_recognised() {
        let header = find(Kind::Firms, &[&["企業ID", "企業名", "都道府県", "業種"]]).expect("found");
        assert!(header.is_repeated_by(["企業ＩＤ", "企業名", "", "業種"].into_iter()));
        assert!(!header.is_repeated_by(["F-1", "青木", "山口県", "業種"].into_iter()));
    }
}
