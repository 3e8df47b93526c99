//! Who is who, and what a later edition of a sheet does to what is stored.

use super::{Desk, EMPLOYMENT, candidates, fates, firms, is_rejected, openings, problems};
use crate::domain::OpenName;

const NONE: [&str; 0] = [];

#[test]
fn the_same_firm_in_one_file_is_merged_by_number_id_or_name_and_place() {
    let mut desk = Desk::default();
    let plan = desk.import(&[(
        "firms.csv",
        &firms(&[
            &[("企業名", "㈱高崎"), ("業種", "菓子")],
            &[("企業名", "(株)髙﨑"), ("業種", "酒"), ("従業員数", "8")],
            &[("企業ID", "F-2"), ("企業名", "髙﨑 株式会社"), ("法人番号", ""), ("備考", "あとから")],
        ]),
    )]);
    assert_eq!(problems(&plan), ["3 W-DUP-FIRM", "4 W-DUP-FIRM"]);
    assert_eq!(fates(&plan), (1, 0, 2));
    let firm = desk.firm();
    assert_eq!(
        (firm.industry.as_deref(), firm.employees, firm.note.as_deref()),
        (Some("菓子"), Some(8), Some("あとから"))
    );
    assert_eq!(desk.region.firms[0].codes, ["F-1", "F-2"]);
}

#[test]
fn the_number_or_id_of_another_firm_is_refused() {
    let other = [
        ("企業ID", "F-2"),
        ("企業名", "赤木有限会社"),
        ("法人番号", "7990019370095"),
        ("市区町村", "長門市"),
    ];
    let with = |last: &[(&str, &str)]| {
        problems(&Desk::default().import(&[("firms.csv", &firms(&[&[], &other, last]))]))
    };
    let third = |cells: &[(&'static str, &'static str)]| {
        [cells, &[("企業名", "緑川"), ("市区町村", "下松市")]].concat()
    };
    assert_eq!(with(&third(&[("企業ID", "F-3")])), ["4 法人番号 E-CORPNO-CONFLICT"]);
    assert_eq!(with(&third(&[("企業ID", "F-2")])), ["4 企業ID E-ID-CONFLICT"]);
    assert_eq!(with(&third(&[("企業ID", "F-2"), ("法人番号", "")])), ["4 企業ID E-ID-CONFLICT"]);
    assert_eq!(with(&third(&[("企業ID", "F-2"), ("法人番号", "2990011966227")])), ["4 企業ID E-ID-CONFLICT"]);
    // Another name in the same place is the same firm under its number.
    assert_eq!(with(&[("企業ID", "F-3"), ("企業名", "緑川")]), ["4 W-DUP-FIRM"]);
}

#[test]
fn a_known_firm_under_a_new_id_keeps_both() {
    let mut desk = Desk::default();
    desk.import(&[("firms.csv", &firms(&[&[]]))]);
    let edited = firms(&[&[("企業ID", "F-100")]]);
    let plan = desk.import(&[("firms.csv", &edited)]);
    assert_eq!(problems(&plan), ["2 企業ID W-ID-CHANGED"]);
    assert_eq!(fates(&plan), (0, 1, 0));
    assert_eq!(desk.region.firms[0].codes, ["F-100", "F-1"]);
    let again = desk.import(&[("firms.csv", &edited)]);
    assert_eq!((problems(&again).len(), fates(&again)), (0, (0, 0, 1)));
    let plan = desk.import(&[("openings.csv", &openings(&[&[]]))]);
    assert_eq!(problems(&plan), ["2 企業ID W-ID-ALIAS"]);
}

#[test]
fn the_same_person_in_one_file_is_merged_and_two_people_cannot_share_an_address() {
    let mut desk = Desk::default();
    let plan = desk.import(&[(
        "candidates.csv",
        &candidates(&[
            &[("個人情報同意", "")],
            &[
                ("候補者ID", "C-9"),
                ("氏名", "青木太郎"),
                ("メール", "Taro@EXAMPLE.jp"),
                ("個人情報同意", "同意"),
            ],
            &[("候補者ID", "C-3"), ("氏名", "赤木 次郎")],
            &[("メール", "other@example.jp"), ("氏名", "赤木 次郎")],
            &[("メール", "other@example.jp"), ("スキル", "会計")],
            &[("候補者ID", "C-4"), ("氏名", "緑川"), ("メール", "midori@example.jp")],
            &[("候補者ID", "C-4")],
        ]),
    )]);
    assert_eq!(
        problems(&plan),
        [
            "2 個人情報同意 W-CONSENT-MISSING",
            "3 W-DUP-CANDIDATE",
            "4 メール E-MAIL-CONFLICT",
            "5 候補者ID E-ID-CONFLICT",
            "6 W-DUP-CANDIDATE",
            "8 候補者ID E-ID-CONFLICT",
        ]
    );
    let person = &desk.region.candidates[0];
    assert_eq!(person.codes, ["C-1", "C-9"]);
    assert_eq!((person.facts.mail.as_str(), person.facts.skills.len()), ("taro@example.jp", 1));
    assert_eq!(person.facts.consent, crate::domain::Consent::Given);
}

#[test]
fn a_changed_address_or_name_of_a_known_person_is_an_update() {
    let mut desk = Desk::default();
    desk.import(&[("candidates.csv", &candidates(&[&[]]))]);
    let plan = desk.import(&[("candidates.csv", &candidates(&[&[("メール", "new@example.jp")]]))]);
    assert_eq!((problems(&plan).len(), fates(&plan)), (0, (0, 1, 0)));
    let plan = desk.import(&[(
        "candidates.csv",
        &candidates(&[&[("メール", "new@example.jp"), ("氏名", "青木 太一")]]),
    )]);
    assert_eq!((problems(&plan).len(), fates(&plan)), (0, (0, 1, 0)));
    let plan = desk.import(&[(
        "candidates.csv",
        &candidates(&[&[("候補者ID", "C-8"), ("氏名", "青木 太一"), ("メール", "new@example.jp")]]),
    )]);
    assert_eq!(problems(&plan), ["2 候補者ID W-ID-CHANGED"]);
    assert_eq!(desk.region.candidates.len(), 1);
}

#[test]
fn the_same_opening_in_one_file_is_merged_and_another_under_its_id_is_refused() {
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    let plan = desk.import(&[(
        "openings.csv",
        &openings(&[&[], &[("タイトル", "右腕 を募集"), ("役割", "番頭")], &[("タイトル", "別の募集")]]),
    )]);
    assert_eq!(problems(&plan), ["3 W-DUP-OPENING", "4 募集ID E-ID-CONFLICT"]);
    assert_eq!(fates(&plan), (0, 1, 1));
    assert_eq!(desk.opening().role.as_deref(), Some("番頭"));
}

#[test]
fn an_empty_cell_keeps_a_marker_clears_and_an_unreadable_cell_keeps() {
    let mut desk = Desk::default();
    let full = [("従業員数", "8"), ("業種", "酒"), ("創業年", "1951"), ("オープンネーム同意", "同意")];
    desk.import(&[("firms.csv", &firms(&[&full]))]);
    let edit = [("従業員数", ""), ("業種", "なし"), ("創業年", "昔"), ("オープンネーム同意", "不明")];
    let plan = desk.import(&[("firms.csv", &firms(&[&edit]))]);
    assert_eq!(problems(&plan), ["2 創業年 W-UNPARSED"]);
    assert_eq!(fates(&plan), (0, 1, 0));
    let firm = desk.firm();
    assert_eq!((firm.employees, firm.industry.as_deref(), firm.founded), (Some(8), None, Some(1951)));
    assert_eq!(firm.open_name, OpenName::Asking);
}

#[test]
fn a_number_that_is_stored_is_not_missing_where_the_cell_is_empty() {
    let mut desk = Desk::default();
    desk.import(&[("firms.csv", &firms(&[&[]]))]);
    let plan = desk.import(&[("firms.csv", &firms(&[&[("法人番号", "")]]))]);
    assert_eq!((problems(&plan).len(), fates(&plan)), (0, (0, 0, 1)));
    let plan = desk.import(&[("firms.csv", &firms(&[&[("法人番号", "なし")]]))]);
    assert_eq!(problems(&plan), ["2 法人番号 W-CORPNO-MISSING"]);
    assert_eq!(desk.firm().corporate_number, None);
}

#[test]
fn talked_about_pay_is_cleared_and_empty_places_stay() {
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    desk.import(&[("openings.csv", &openings(&[&[("募集人数", "3")]]))]);
    let plan = desk.import(&[("openings.csv", &openings(&[&[("募集人数", ""), ("報酬", "")]]))]);
    assert_eq!((desk.opening().seats, desk.opening().pay.is_some()), (3, true));
    assert_eq!(fates(&plan), (0, 0, 1));
    desk.import(&[("openings.csv", &openings(&[&[("募集人数", "未定"), ("報酬", "応相談")]]))]);
    assert_eq!((desk.opening().seats, desk.opening().pay), (1, None));
    assert_eq!(desk.region.openings[0].blocks, ["W-PAY-MISSING"]);
}

#[test]
fn differences_of_width_spaces_and_line_ends_are_no_change() {
    let mut desk = Desk::default();
    desk.import(&[("firms.csv", &firms(&[&[("業種", "ＥＣ 事業"), ("備考", "一\n二")]]))]);
    let plan = desk.import(&[("firms.csv", &firms(&[&[("業種", "EC事業"), ("備考", "一\r\n二 ")]]))]);
    assert_eq!(fates(&plan), (0, 0, 1));
    assert!(plan.changes.is_empty());
}

#[test]
fn a_firm_that_moves_changes_the_minimum_wage_of_its_openings() {
    let mut desk = Desk::default();
    let cells = [&[("報酬", "時給1,100円"), ("開始時期", "2027-01-10")], &EMPLOYMENT[..]].concat();
    desk.import(&[("firms.csv", &firms(&[&[]])), ("openings.csv", &openings(&[&cells]))]);
    assert!(desk.region.openings[0].blocks.is_empty());
    let moved = [("都道府県", "東京都"), ("市区町村", "港区")];
    let plan = desk.import(&[("firms.csv", &firms(&[&moved]))]);
    assert_eq!(plan.changes.openings[0].blocks, ["W-MINWAGE"]);
}

#[test]
fn records_missing_from_a_file_stay_and_are_named() {
    let mut desk = Desk::default();
    let other = [("企業ID", "F-2"), ("企業名", "赤木"), ("法人番号", ""), ("市区町村", "長門市")];
    desk.import(&[("firms.csv", &firms(&[&[], &other]))]);
    let plan = desk.import(&[("firms.csv", &firms(&[&[]]))]);
    assert_eq!(plan.report.files[0].missing, ["F-2"]);
    assert_eq!(desk.region.firms.len(), 2);
    // A rejected row still speaks of its record.
    let plan = desk.import(&[("firms.csv", &firms(&[&[], &[("企業ID", "F-2"), ("企業名", "")]]))]);
    assert!(plan.report.files[0].missing.is_empty());
}

#[test]
fn a_record_that_was_rejected_and_is_sound_now_is_created() {
    let mut desk = Desk::default();
    assert!(is_rejected(&desk.import(&[("firms.csv", &firms(&[&[("都道府県", "")]]))])));
    assert!(desk.region.firms.is_empty());
    assert_eq!(fates(&desk.import(&[("firms.csv", &firms(&[&[]]))])), (1, 0, 0));
}

#[test]
fn several_files_of_a_kind_are_read_in_order_of_name() {
    let mut desk = Desk::default();
    let edited = firms(&[&[("業種", "酒")]]);
    let plan = desk.import(&[("firms_b.csv", &edited), ("firms_a.csv", &firms(&[&[]]))]);
    assert_eq!(
        plan.report.files.iter().map(|file| file.file.as_str()).collect::<Vec<_>>(),
        ["firms_a.csv", "firms_b.csv"]
    );
    assert_eq!((plan.report.files[0].new, plan.report.files[1].updated), (1, 1));
    assert_eq!(plan.report.files[1].problems.len(), NONE.len());
    assert_eq!(plan.changes.firms.len(), 1);
}
