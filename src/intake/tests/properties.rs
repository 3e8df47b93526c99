//! Whatever the bytes, the room answers: it opens or refuses, plans, and never breaks.

use proptest::prelude::*;

use super::{Desk, Differences, candidates, couples, firms, interests, openings};
use crate::intake::{RawFile, open, plan};
use crate::texts::Lang;

fn survives(name: &str, bytes: Vec<u8>) {
    let Ok(sheets) = open(vec![RawFile { name: name.to_owned(), bytes }]) else { return };
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    let mut ids = || uuid::Uuid::from_u128(7);
    let plan = plan(&desk.region, sheets, jiff::civil::date(2026, 11, 22), &mut ids);
    plan.report.json(Lang::Ja);
    plan.report.table(Lang::En);
    for rejects in &plan.rejects {
        rejects.to_csv(Lang::Ja);
    }
    desk.region.apply(plan.changes);
}

/// Cells made of the pieces that readers look for.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,20}",
        prop::sample::select(vec![
            "〜",
            "-",
            "，",
            ",",
            "、",
            "億",
            "万",
            "千",
            "円",
            "年",
            "月",
            "日",
            "昭和",
            "令和",
            "R",
            "元",
            "週",
            "か月",
            "割",
            "%",
            ".",
            "/",
            "(",
            ")",
            "（",
            "）",
            "一",
            "十",
            "百",
            "T",
            "@",
            "=",
            "'",
            "\"",
            "\n",
            "\u{200B}",
            "\u{0}",
            "第",
            "希望",
            "時給",
            "半年",
            "隔週",
            "+81",
            "株式会社",
            "㈱",
            "縺",
            "なし",
            "全国",
            "東北",
            "①",
            "約",
            "𠮷",
            "E+12",
            " ",
            "　",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_break_the_room(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        name in prop::sample::select(vec!["firms.csv", "x.csv", "couples.xlsx"]),
    ) {
        survives(name, bytes.clone());
        survives(name, [b"PK\x03\x04".to_vec(), bytes].concat());
    }

    #[test]
    fn no_bytes_below_a_header_break_the_room(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives("rankings_candidates.csv", ["候補者ID,順位,募集ID,メモ\n".as_bytes(), &bytes].concat());
    }

    #[test]
    fn no_cells_break_a_reader(cells in prop::collection::vec((0..200_usize, cell()), 1..8)) {
        let sheets = [
            ("firms.csv", firms(&[&[]]), crate::intake::Kind::Firms),
            ("openings.csv", openings(&[&[]]), crate::intake::Kind::Openings),
            ("candidates.csv", candidates(&[&[]]), crate::intake::Kind::Candidates),
            ("interests.csv", interests(&[&[]]), crate::intake::Kind::Interests),
        ];
        for (name, _, kind) in sheets {
            let columns = kind.columns();
            let changed: Vec<(&str, &str)> =
                cells.iter().map(|(at, text)| (columns[at % columns.len()].name, text.as_str())).collect();
            let text = match kind {
                crate::intake::Kind::Firms => firms(&[&changed]),
                crate::intake::Kind::Openings => openings(&[&changed]),
                crate::intake::Kind::Candidates => candidates(&[&changed]),
                _ => interests(&[&changed]),
            };
            survives(name, text.clone().into_bytes());
            comes_to_rest(Desk::with_a_firm_an_opening_and_two_candidates(), name, &text)?;
        }
    }

    #[test]
    fn firms_in_any_tangle_are_the_same_the_second_time(
        rows in prop::collection::vec((0..4_usize, 0..3_usize, 0..3_usize), 1..9),
    ) {
        let cells = |(code, number, about): &(usize, usize, usize)| {
            [
                ("企業ID", ["F-1", "F-2", "F-3", "F-4"][*code]),
                ("企業名", ["㈱青木", "青木 (株)", "赤木(有)", "髙﨑"][*code]),
                ("法人番号", ["", "8990010407747", "7990019370095"][*number]),
                ("市区町村", ["萩市", "萩市", "長門市", ""][*code]),
                ("会社概要", ["", "一", "二"][*about]),
            ]
        };
        comes_to_rest(Desk::default(), "firms.csv", &sheet_of(&rows, cells, firms))?;
    }

    #[test]
    fn people_in_any_tangle_are_the_same_the_second_time(
        rows in prop::collection::vec((0..4_usize, 0..3_usize, 0..3_usize), 1..9),
    ) {
        let cells = |(code, mail, consent): &(usize, usize, usize)| {
            [
                ("候補者ID", ["C-1", "C-2", "C-3", "C-4"][*code]),
                ("氏名", ["青木 太郎", "青木太郎", "赤木", "髙﨑"][*code]),
                ("メール", ["a@example.jp", "b@example.jp", "c@example.jp"][*mail]),
                ("個人情報同意", ["", "同意", "未"][*consent]),
            ]
        };
        comes_to_rest(Desk::default(), "candidates.csv", &sheet_of(&rows, cells, candidates))?;
    }

    #[test]
    fn pairs_in_any_tangle_are_the_same_the_second_time(
        rows in prop::collection::vec((0..3_usize, 0..3_usize, 0..3_usize, 0..3_usize), 1..9),
    ) {
        let codes = ["C-1", "C-2", "C-404"];
        let cells = |(one, two, condition, note): &(usize, usize, usize, usize)| {
            [
                ("候補者ID1", codes[*one]),
                ("候補者ID2", codes[*two]),
                ("条件", ["", "同じ企業", "近く"][*condition]),
                ("備考", ["", "一", "二"][*note]),
            ]
        };
        comes_to_rest(Desk::with_a_firm_an_opening_and_two_candidates(), "couples.csv", &sheet_of(&rows, cells, couples))?;
    }
}

/// A sheet of the kind that `kind` makes, one row for each of the drawn numbers.
fn sheet_of<T, const N: usize>(
    rows: &[T],
    cells: impl Fn(&T) -> [(&'static str, &'static str); N],
    kind: impl for<'a> Fn(&[Differences<'a>]) -> String,
) -> String {
    let rows: Vec<[(&str, &str); N]> = rows.iter().map(cells).collect();
    kind(&rows.iter().map(|row| row.as_slice()).collect::<Vec<_>>())
}

/// Importing the sheet twice changes nothing the second time.
fn comes_to_rest(desk: Desk, name: &str, text: &str) -> Result<(), TestCaseError> {
    let mut desk = desk;
    desk.import(&[(name, text)]);
    let again = desk.import(&[(name, text)]);
    prop_assert!(again.changes.is_empty(), "{text}\n{}", again.report.table(Lang::En));
    prop_assert!(again.report.files.iter().all(|file| file.new == 0 && file.updated == 0));
    Ok(())
}
