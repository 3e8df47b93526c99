//! Every kind of mess of §9 of the convention, and what must happen.

use super::{Desk, EMPLOYMENT, candidates, firms, openings, problems};
use crate::domain::{Areas, Days, Length, OpenName, Pay, PayUnit, Range, SideJob, Start};
use crate::texts::Lang;

/// The problems of a sound firm in which some cells differ.
fn of_firm(cells: &[(&str, &str)]) -> Vec<String> {
    problems(&Desk::default().import(&[("firms.csv", &firms(&[cells]))]))
}

fn of_opening(cells: &[(&str, &str)]) -> Vec<String> {
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    problems(&desk.import(&[("openings.csv", &openings(&[&[&[("募集ID", "M-2")], cells].concat()]))]))
}

fn of_employment(cells: &[(&str, &str)]) -> Vec<String> {
    of_opening(&[cells, &EMPLOYMENT].concat())
}

fn of_candidate(cells: &[(&str, &str)]) -> Vec<String> {
    problems(&Desk::default().import(&[("candidates.csv", &candidates(&[cells]))]))
}

const NONE: [&str; 0] = [];

#[test]
fn sound_rows_have_no_problem() {
    assert_eq!(of_firm(&[]), NONE);
    assert_eq!(of_opening(&[]), NONE);
    assert_eq!(of_employment(&[]), NONE);
    assert_eq!(of_candidate(&[]), NONE);
}

#[test]
fn what_can_be_read_without_loss_is_accepted() {
    let mut desk = Desk::default();
    let plan = desk.import(&[(
        "firms.csv",
        &firms(&[&[
            ("企業ID", " ｆ－００１　"),
            ("企業名", "㈱　髙﨑①"),
            ("企業名カナ", "ﾀｶｻｷ"),
            ("法人番号", "T8-9900-1040-7747"),
            ("都道府県", "鳥取"),
            ("市区町村", "岩美郡岩美町"),
            ("従業員数", "２３名（パート含む）"),
            ("年商（百万円）", "1.5〜2"),
            ("創業年", "昭和三十七年"),
            ("代表者名", "青木　 太郎"),
            ("社長年齢", "満72歳"),
            ("後継者の状況", "探している"),
            ("黒字/赤字", "黒字（3期連続）"),
            ("オープンネーム同意", "ＯＫ"),
            ("登録日", "Ｒ７．４．１"),
            ("備考", "- 一つ\r\n① \"二つ\", 三つ"),
        ]]),
    )]);
    assert_eq!(problems(&plan), NONE);
    let firm = desk.firm();
    assert_eq!(desk.region.firms[0].codes, ["F-001"]);
    assert_eq!(firm.name, "株式会社髙﨑①");
    assert_eq!(firm.kana.as_deref(), Some("タカサキ"));
    assert_eq!(firm.corporate_number.as_deref(), Some("8990010407747"));
    assert_eq!((firm.prefecture.as_str(), firm.municipality.as_deref()), ("鳥取県", Some("岩美町")));
    assert_eq!(firm.employees, Some(23));
    assert_eq!(firm.revenue, Some(Range { min: 1_500_000, max: 2_000_000 }));
    assert_eq!((firm.founded, firm.president_age), (Some(1962), Some(72)));
    assert_eq!(firm.president.as_deref(), Some("青木 太郎"));
    assert_eq!(firm.open_name, OpenName::Agreed);
    assert_eq!(firm.registered_on, Some(jiff::civil::date(2025, 4, 1)));
    assert_eq!(firm.note.as_deref(), Some("- 一つ\n① \"二つ\", 三つ"));
}

#[test]
fn openings_and_people_are_read_in_their_own_words() {
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    desk.import(&[(
        "openings.csv",
        &openings(&[&[
            ("勤務日数/週", "週1〜2日"),
            ("リモート率", "なし"),
            ("期間", "三ヶ月"),
            ("開始時期", "2027年4月上旬"),
            ("募集人数", "二名"),
            ("歓迎スキル", "ＳＮＳ／管理会計"),
            ("報酬", "時給1,500〜2,000円"),
        ]]),
    )]);
    let opening = desk.opening();
    assert_eq!(opening.days, Some(Days { min: 100, max: 200 }));
    assert_eq!(opening.remote, Some(Range::exactly(0)));
    assert_eq!(opening.length, Some(Length::Months(Range::exactly(3))));
    assert_eq!(opening.start, Some(Start::Month { year: 2027, month: 4 }));
    assert_eq!(opening.seats, 2);
    assert_eq!(opening.skills, ["SNS", "管理会計"]);
    let pay = Pay { unit: PayUnit::Hour, amount: Some(Range { min: 1_500, max: 2_000 }) };
    assert_eq!(opening.pay, Some(pay));

    desk.import(&[(
        "candidates.csv",
        &candidates(&[&[
            ("候補者ID", "C-3"),
            ("氏名", "緑川　𠮷子"),
            ("メール", "ＹＯＳＨＩ＠example.jp"),
            ("ふりがな", "ﾐﾄﾞﾘｶﾜ ﾖｼｺ"),
            ("電話番号", "+81 90-0000-1132"),
            ("希望地域", "どこでも"),
            ("移住意向", "なし"),
        ]]),
    )]);
    let person = desk.candidate();
    assert_eq!((person.name.as_str(), person.mail.as_str()), ("緑川 𠮷子", "yoshi@example.jp"));
    assert_eq!(person.kana.as_deref(), Some("みどりかわ よしこ"));
    assert_eq!(person.phone.as_deref(), Some("09000001132"));
    assert_eq!(person.areas, Some(Areas::Everywhere));
    assert_eq!(person.move_wish, Some(crate::domain::MoveWish::No));
    assert_eq!(person.side_job, SideJob::Unknown);
}

#[test]
fn eras_and_serial_numbers_are_guessed_with_a_warning() {
    assert_eq!(of_firm(&[("創業年", "昭和66年")]), ["2 創業年 W-ERA"]);
    assert_eq!(of_firm(&[("登録日", "46266")]), ["2 登録日 W-DATE-SERIAL"]);
    assert_eq!(of_opening(&[("開始時期", "46266")]), ["2 開始時期 W-DATE-SERIAL"]);
}

#[test]
fn pay_without_a_period_is_guessed_for_contract_work_and_refused_for_employment() {
    assert_eq!(of_opening(&[("報酬", "3万円")]), ["2 報酬 W-UNIT-ASSUMED"]);
    assert_eq!(of_employment(&[("報酬", "3万円")]), ["2 報酬 E-PAY-UNIT"]);
    for text in ["", "なし", "応相談", "要相談"] {
        assert_eq!(of_opening(&[("報酬", text)]), ["2 報酬 W-PAY-MISSING"], "{text}");
    }
    assert_eq!(of_opening(&[("報酬", "無償")]), ["2 報酬 W-UNPAID"]);
    assert_eq!(of_opening(&[("報酬", "桜の咲く頃")]), ["2 報酬 W-UNPARSED"]);
}

#[test]
fn no_value_is_fine_in_an_optional_column_and_refused_in_a_required_one() {
    for text in ["", "なし", "-", "不明", "－"] {
        assert_eq!(of_firm(&[("業種", text), ("従業員数", text), ("創業年", text)]), NONE, "{text}");
        assert_eq!(of_firm(&[("企業名", text)]), ["2 企業名 E-REQUIRED"], "{text}");
        assert_eq!(of_candidate(&[("メール", text)]), ["2 メール E-REQUIRED"], "{text}");
        assert_eq!(of_opening(&[("契約形態", text)]), ["2 契約形態 E-REQUIRED"], "{text}");
    }
    for text in ["なし", "いない", "不在", "後継者なし"] {
        assert_eq!(of_firm(&[("後継者の状況", text)]), ["2 後継者の状況 W-AMBIGUOUS"], "{text}");
    }
    assert_eq!(of_firm(&[("後継者の状況", "未定")]), NONE);
}

#[test]
fn vague_answers_are_left_empty() {
    assert_eq!(
        of_firm(&[("創業年", "約百年前"), ("黒字/赤字", "トントン")]),
        ["2 創業年 W-UNPARSED", "2 黒字/赤字 W-UNPARSED"]
    );
    assert_eq!(of_opening(&[("開始時期", "桜の咲く頃")]), ["2 開始時期 W-UNPARSED"]);
    assert_eq!(
        of_candidate(&[("週稼働日数", "平日夜と土曜"), ("希望地域", "海の近く")]),
        ["2 希望地域 W-UNPARSED", "2 週稼働日数 W-UNPARSED"]
    );
}

#[test]
fn what_a_spreadsheet_made_of_it_is_not_guessed() {
    assert_eq!(of_opening(&[("勤務日数/週", "1月2日")]), ["2 勤務日数/週 W-UNPARSED"]);
    assert_eq!(of_firm(&[("法人番号", "2.99001E+12")]), ["2 法人番号 W-CORPNO-FORMAT"]);
    assert_eq!(of_candidate(&[("電話番号", "9000001132")]), ["2 電話番号 W-LEADING-ZERO"]);
}

#[test]
fn impossible_numbers_are_left_empty() {
    assert_eq!(of_firm(&[("社長年齢", "172")]), ["2 社長年齢 W-RANGE"]);
    assert_eq!(of_firm(&[("従業員数", "10000")]), ["2 従業員数 W-RANGE"]);
    assert_eq!(of_opening(&[("勤務日数/週", "週8日")]), ["2 勤務日数/週 W-RANGE"]);
}

#[test]
fn a_corporate_number_must_be_there_and_sound() {
    assert_eq!(of_firm(&[("法人番号", "9990010407747")]), ["2 法人番号 W-CORPNO-CHECK"]);
    assert_eq!(of_firm(&[("法人番号", "899001040774")]), ["2 法人番号 W-CORPNO-FORMAT"]);
    for text in ["", "なし", "不明"] {
        assert_eq!(of_firm(&[("法人番号", text)]), ["2 法人番号 W-CORPNO-MISSING"], "{text}");
    }
}

#[test]
fn places_and_choices_outside_their_lists_are_refused() {
    assert_eq!(of_firm(&[("都道府県", "日本")]), ["2 都道府県 E-PREF"]);
    assert_eq!(of_firm(&[("市区町村", "夢見市")]), ["2 市区町村 W-MUNI-UNKNOWN"]);
    assert_eq!(of_opening(&[("契約形態", "応相談")]), ["2 契約形態 E-ENUM"]);
    assert_eq!(of_opening(&[("種別", "アルバイト")]), ["2 種別 E-ENUM"]);
    for text in ["若干名", "", "未定", "1〜2名"] {
        assert_eq!(of_opening(&[("募集人数", text)]), ["2 募集人数 W-QUOTA-ASSUMED"], "{text}");
    }
    for text in ["0", "-1", "999"] {
        assert_eq!(of_opening(&[("募集人数", text)]), ["2 募集人数 E-QUOTA"], "{text}");
    }
}

#[test]
fn malformed_addresses_are_refused_and_missing_consent_is_told() {
    for text in ["a@@b.jp", "taro@", "taro@example", "taro"] {
        assert_eq!(of_candidate(&[("メール", text)]), ["2 メール E-MAIL"], "{text}");
    }
    for text in ["", "未", "確認中", "無"] {
        assert_eq!(of_candidate(&[("個人情報同意", text)]), ["2 個人情報同意 W-CONSENT-MISSING"], "{text}");
    }
}

#[test]
fn signs_of_damage_in_texts_are_told_and_the_text_is_kept() {
    let mut desk = Desk::default();
    let plan = desk.import(&[(
        "firms.csv",
        &firms(&[&[
            ("備考", "=HYPERLINK(\"x\")"),
            ("代表者名", "?田 義雄"),
            ("業種", "〓業"),
            ("紹介元", "商工\u{200B}会"),
        ]]),
    )]);
    let mut found = problems(&plan);
    found.sort();
    assert_eq!(
        found,
        ["2 代表者名 W-LOST-CHAR", "2 備考 W-FORMULA", "2 業種 W-LOST-CHAR", "2 紹介元 W-CONTROL-CHAR"]
    );
    let firm = desk.firm();
    assert_eq!(firm.note.as_deref(), Some("=HYPERLINK(\"x\")"));
    assert_eq!(firm.president.as_deref(), Some("?田 義雄"));
    assert_eq!(firm.referred_by.as_deref(), Some("商工会"));
    for text in ["＝1+1", "@SUM(1)", "+cmd", "-cmd", "'=1"] {
        assert_eq!(of_opening(&[("歓迎スキル", text)]), ["2 歓迎スキル W-FORMULA"], "{text}");
    }
    for text in ["- 箇条書き", "-1,200", "+81 (90)", "なぜ?"] {
        assert_eq!(of_opening(&[("求める人物", text)]), NONE, "{text}");
    }
}

#[test]
fn garbled_long_and_shifted_rows_are_refused() {
    assert_eq!(of_firm(&[("企業名", "譬ｪ蠑丈ｼ夂､ｾ")]), ["2 E-MOJIBAKE"]);
    assert_eq!(of_firm(&[("会社概要", &"あ".repeat(6_000))]), ["2 会社概要 E-TOO-LONG"]);
    assert_eq!(of_firm(&[("会社概要", &"あ".repeat(5_000))]), NONE);
    assert_eq!(of_opening(&[("タイトル", &"あ".repeat(201))]), ["2 タイトル E-TOO-LONG"]);
    let shifted = "企業ID,企業名,都道府県,,\nF-1,青木,山口県,,はみ出し\n";
    assert_eq!(problems(&Desk::default().import(&[("firms.csv", shifted)])), ["2 E-COLUMNS"]);
}

#[test]
fn the_first_stage_with_an_error_lists_all_its_errors_and_ends_the_row() {
    assert_eq!(
        of_firm(&[("企業名", ""), ("都道府県", "日本"), ("年商", "?"), ("備考", "=1")]),
        ["2 企業名 E-REQUIRED", "2 都道府県 E-PREF"]
    );
    let long = "あ".repeat(201);
    assert_eq!(of_firm(&[("企業名", ""), ("業種", &long)]), ["2 業種 E-TOO-LONG"]);
    assert_eq!(
        of_opening(&[("企業ID", "F-9"), ("企業名", "知らない"), ("募集人数", "0")]),
        ["2 募集人数 E-QUOTA"]
    );
}

#[test]
fn the_firm_of_an_opening_is_found_by_id_then_by_name() {
    assert_eq!(of_opening(&[("企業ID", "")]), ["2 企業ID W-FIRM-BY-NAME"]);
    assert_eq!(of_opening(&[("企業ID", "F-9"), ("企業名", "青木(株)")]), ["2 企業ID W-FIRM-BY-NAME"]);
    assert_eq!(of_opening(&[("企業名", "㈱赤木")]), ["2 企業名 W-NAME-MISMATCH"]);
    assert_eq!(of_opening(&[("企業名", "")]), NONE);
    assert_eq!(of_opening(&[("企業ID", ""), ("企業名", "")]), ["2 企業ID E-UNKNOWN-FIRM"]);
    assert_eq!(of_opening(&[("企業ID", "F-9"), ("企業名", "赤木")]), ["2 企業ID E-UNKNOWN-FIRM"]);
}

#[test]
fn unlawful_employment_is_stored_and_blocked() {
    assert_eq!(of_employment(&[("求める人物", "35歳まで")]), ["2 求める人物 W-AGE-WORD"]);
    assert_eq!(of_employment(&[("タイトル", "女性のみ募集")]), ["2 タイトル W-SEX-WORD"]);
    assert_eq!(of_employment(&[("報酬", "時給900円")]), ["2 報酬 W-MINWAGE"]);
    assert_eq!(
        of_employment(&[("社会保険", ""), ("就業時間", "なし")]),
        ["2 就業時間 W-LEGAL-MISSING", "2 社会保険 W-LEGAL-MISSING"]
    );
    assert_eq!(of_opening(&[("求める人物", "35歳まで"), ("報酬", "時給900円")]), NONE);

    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    let cells = [&[("報酬", "時給900円"), ("社会保険", "")], &EMPLOYMENT[..]].concat();
    desk.import(&[("openings.csv", &openings(&[&cells]))]);
    assert_eq!(desk.region.openings[0].blocks, ["W-MINWAGE", "W-LEGAL-MISSING"]);
    desk.import(&[("openings.csv", &openings(&[&EMPLOYMENT]))]);
    assert!(desk.region.openings[0].blocks.is_empty());
}

#[test]
fn a_message_names_row_column_reason_and_value() {
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    let plan = desk.import(&[("openings.csv", &openings(&[&[("募集ID", "M-2"), ("募集人数", "0")]]))]);
    let problem = &plan.report.files[0].problems[0];
    assert_eq!(problem.message(Lang::Ja), "2行目「募集人数」：1〜20の整数で入力してください（入力値：0）");
    assert_eq!(
        problem.message(Lang::En),
        "Row 2, “募集人数”: enter a whole number from 1 to 20 (entered: 0)"
    );
}

#[test]
fn every_reason_has_words_in_every_language() {
    for code in crate::intake::Code::ALL {
        for lang in Lang::ALL {
            let key = format!("intake-{}", code.name());
            assert_ne!(lang.say(&key), key, "{key} in {}", lang.tag());
        }
    }
}
