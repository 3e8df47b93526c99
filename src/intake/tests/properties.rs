//! Whatever the bytes, the room answers: it opens or refuses, plans, and never breaks.

use proptest::prelude::*;

use super::{Desk, candidates, firms, interests, openings};
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
            // What was taken in once changes nothing the second time.
            let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
            desk.import(&[(name, &text)]);
            let again = desk.import(&[(name, &text)]);
            prop_assert!(again.changes.is_empty());
            prop_assert!(again.report.files.iter().all(|file| file.new == 0 && file.updated == 0));
        }
    }
}
