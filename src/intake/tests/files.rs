//! Whole files: encodings, headers, rows that are no data, workbooks, files that are refused, and rejected rows.

use encoding_rs::SHIFT_JIS;

use super::{Desk, candidates, fates, firms, openings, problems};
use crate::intake::{Kind, RawFile, Refused, Sheet, Why, open};
use crate::texts::Lang;

const NONE: [&str; 0] = [];

fn open_one(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    open(vec![RawFile { name: name.to_owned(), bytes: bytes.to_vec() }])
}

#[test]
fn a_file_is_the_same_in_every_encoding_and_with_any_line_ends() {
    let text = firms(&[&[("企業名", "㈱髙﨑①")]]);
    let cp932 = SHIFT_JIS.encode(&text).0.into_owned();
    let mut desk = Desk::default();
    assert_eq!(fates(&desk.import(&[("firms.csv", &text)])), (1, 0, 0));
    for bytes in [
        cp932,
        format!("\u{FEFF}{text}").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
    ] {
        let plan = desk.import_bytes(&[("firms.csv", &bytes)]);
        assert_eq!((problems(&plan).len(), fates(&plan)), (0, (0, 0, 1)));
    }
}

#[test]
fn a_row_in_the_other_encoding_is_refused_and_comes_back_readable() {
    let text =
        firms(&[&[], &[("企業ID", "F-2"), ("企業名", "赤木"), ("法人番号", ""), ("市区町村", "長門市")]]);
    let (head, last) = text.trim_end().rsplit_once('\n').expect("lines");
    let mut bytes = SHIFT_JIS.encode(&format!("{head}\n")).0.into_owned();
    bytes.extend_from_slice(last.as_bytes());
    let mut desk = Desk::default();
    let plan = desk.import_bytes(&[("firms.csv", &bytes)]);
    assert_eq!(problems(&plan), ["3 E-MOJIBAKE"]);
    let again = desk.import_bytes(&[(&plan.rejects[0].name, &plan.rejects[0].to_csv(Lang::Ja))]);
    assert_eq!(fates(&again), (1, 0, 0));
}

#[test]
fn rows_that_are_no_data_are_skipped_and_numbers_are_those_of_the_spreadsheet() {
    let text = "企業一覧\n\n企業ID,企業名（必須）,都道府県,備考\n\"F-1\",青木,山口県,\"一\n二\"\n\n企業ＩＤ,企業名,都道府県,\n\
                合計,1,,\n※下は未確認,,,\nF-2,赤木,日本\n";
    let plan = Desk::default().import(&[("firms.csv", text)]);
    assert_eq!(
        problems(&plan),
        [
            "1 S-TITLE",
            "2 S-BLANK",
            "4 法人番号 W-CORPNO-MISSING",
            "5 S-BLANK",
            "6 S-HEADER",
            "7 S-TOTAL",
            "8 S-NOTE",
            "9 都道府県 E-PREF",
        ]
    );
    assert_eq!(plan.report.files[0].rows, 8);
    assert_eq!(plan.report.files[0].skipped, 6);
}

#[test]
fn columns_that_must_not_be_stored_are_dropped_and_unknown_ones_are_told() {
    let mut desk = Desk::default();
    let text = candidates(&[&[("性別（任意）", "女"), ("年齢", "41"), ("好物", "餅"), ("メール", "x")]]);
    let plan = desk.import(&[("candidates.csv", &text)]);
    let notes: Vec<String> = plan.report.files[0].notes.iter().map(|note| note.say(Lang::Ja)).collect();
    assert_eq!(notes.len(), 2);
    assert!(notes[0].contains("性別（任意）、年齢") && notes[1].contains("好物"));
    let rejected = String::from_utf8(plan.rejects[0].to_csv(Lang::Ja)).expect("UTF-8");
    assert!(!rejected.contains('女') && !rejected.contains("41") && !rejected.contains("性別"));
    assert!(rejected.contains('餅'));
}

#[test]
fn the_kind_is_told_by_the_name_else_by_the_headers() {
    let kind = |name: &str, text: &str| open_one(name, text.as_bytes()).expect("understood")[0].kind();
    assert_eq!(kind("2026_firms_v2.csv", &firms(&[&[]])), Kind::Firms);
    assert_eq!(kind("企業.csv", &firms(&[&[]])), Kind::Firms);
    assert_eq!(kind("募集.csv", &openings(&[&[]])), Kind::Openings);
    assert_eq!(kind("人.csv", &candidates(&[&[]])), Kind::Candidates);
    assert_eq!(kind("x.csv", "候補者ID,氏名,募集ID,区分\n"), Kind::Interests);
    assert_eq!(kind("x.csv", "候補者ID,順位,募集ID\n"), Kind::RankingsCandidates);
    assert_eq!(kind("x.csv", "募集ID,順位,候補者ID\n"), Kind::RankingsOpenings);
    assert_eq!(kind("x.csv", "候補者ID1,候補者ID2,条件\n"), Kind::Couples);
}

#[test]
fn a_file_is_refused_as_a_whole_with_the_headers_seen() {
    let why = |name: &str, bytes: &[u8]| open_one(name, bytes).expect_err("refused").0[0].clone();
    let refusal = why("firms.csv", "企業ID,企業名,業種\nF-1,青木,酒\n".as_bytes());
    assert_eq!(refusal.why, Why::MissingColumns(Kind::Firms, vec!["都道府県"]));
    assert_eq!(refusal.headers, ["企業ID", "企業名", "業種"]);
    assert!(refusal.say(Lang::Ja).contains("都道府県") && refusal.say(Lang::En).contains("業種"));
    assert_eq!(
        why("名簿.csv", "名称,住所,電話\n青木,萩,0838\n".as_bytes()).headers,
        ["名称", "住所", "電話"]
    );
    assert_eq!(why("firms.csv", b"").why, Why::NoHeader(Kind::Firms));
    assert_eq!(why("notes.csv", "買い物,牛乳\n".as_bytes()).why, Why::UnknownKind);
    assert_eq!(why("firms.xlsx", b"PK\x03\x04").why, Why::NoSheet);
    assert_eq!(why("firms.xls", b"\xD0\xCF\x11\xE0").why, Why::NoSheet);
}

#[test]
fn rejected_rows_come_back_as_they_were_with_four_columns() {
    let text = "企業ID,企業名,都道府県,備考\r\nF-1,青木,日本,\"=1,\"\"x\"\"\n二\"\r\nF-2,,,\r\nF-3,赤木,山口県,酒,はみ出し\r\n";
    let plan = Desk::default().import(&[("firms.csv", text)]);
    let rejects = &plan.rejects[0];
    assert_eq!(rejects.name, "firms-rejected.csv");
    let expected = "\u{FEFF}企業ID,企業名,都道府県,備考,,行番号,列,理由コード,理由\r\n\
        F-1,青木,日本,\"'=1,\"\"x\"\"\n二\",,2,都道府県,E-PREF,47都道府県のいずれかを入力してください\r\n\
        F-2,,,,,3,企業名、都道府県,E-REQUIRED,必須の項目です。値を入力してください\r\n\
        F-3,赤木,山口県,酒,はみ出し,4,,E-COLUMNS,見出しより右に値があります。列のずれを直してください\r\n";
    assert_eq!(String::from_utf8(rejects.to_csv(Lang::Ja)).expect("UTF-8"), expected);

    // As it is, it is rejected for the same reasons; mended, it is taken in.
    let again = Desk::default().import_bytes(&[(&rejects.name, &rejects.to_csv(Lang::Ja))]);
    let codes: Vec<&str> = again.report.files[0].problems.iter().map(|problem| problem.code.name()).collect();
    assert_eq!(codes, ["E-PREF", "E-REQUIRED", "E-REQUIRED", "E-COLUMNS"]);
    assert_eq!(again.rejects[0].name, rejects.name);
    let mended = expected.replace("日本", "山口県");
    let mut desk = Desk::default();
    desk.import(&[(&rejects.name, &mended)]);
    assert_eq!(desk.firm().note.as_deref(), Some("=1,\"x\"\n二"));
}

#[test]
fn a_workbook_is_its_sheets_and_cells_are_read_by_value() {
    let book = include_bytes!("../../../tests/fixtures/workbook.xlsx");
    let mut desk = Desk::default();
    let plan = desk.import_bytes(&[("region.xlsx", book)]);
    let files: Vec<(&str, Kind)> =
        plan.report.files.iter().map(|file| (file.file.as_str(), file.kind)).collect();
    let expected = [
        ("region.xlsx#firms", Kind::Firms),
        ("region.xlsx#募集一覧", Kind::Openings),
        ("region.xlsx#Sheet3", Kind::Candidates),
    ];
    assert_eq!(files, expected);
    let words: Vec<String> = plan
        .report
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .map(|p| format!("{} {}", p.row, p.code.name()))
        .collect();
    assert_eq!(words, ["1 S-TITLE", "2 S-BLANK", "5 S-BLANK", "2 W-UNPARSED"]);
    let firm = &desk.region.firms[0].facts;
    assert_eq!(firm.corporate_number.as_deref(), Some("8990010407747"));
    assert_eq!(firm.registered_on, Some(jiff::civil::date(2026, 9, 1)));
    assert_eq!((firm.employees, firm.founded), (Some(23), Some(1962)));
    let opening = desk.opening();
    assert_eq!(opening.remote, Some(crate::domain::Range::exactly(60)));
    assert_eq!(opening.seats, 2);
    assert_eq!(opening.start, Some(crate::domain::Start::Day(jiff::civil::date(2027, 4, 1))));
    assert_eq!(opening.days, None);
    assert_eq!(plan.rejects.len(), NONE.len());
}
