//! The region as its readers see it: seven CSV files.

use std::collections::{BTreeMap, BTreeSet};

use super::firms::corporate_number;
use super::*;

const TODAY: (i16, i8, i8) = (2026, 11, 22);

type Rows = Vec<BTreeMap<String, String>>;

fn rows(region: &Region, name: &str) -> Rows {
    let sheet = region.sheets.iter().find(|sheet| sheet.name == name).unwrap();
    csv::Reader::from_reader(sheet.text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn column<'a>(rows: &'a Rows, name: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[name].as_str()).collect()
}

fn all_different(values: &[&str]) -> bool {
    values.iter().collect::<BTreeSet<_>>().len() == values.len()
}

#[test]
fn the_same_seed_tells_the_same_region() {
    assert_eq!(region(3, Size::default(), TODAY), region(3, Size::default(), TODAY));
    assert_ne!(region(3, Size::default(), TODAY), region(4, Size::default(), TODAY));
}

#[test]
fn the_region_is_the_same_on_every_machine() {
    let region = region(1, Size::default(), TODAY);
    // FNV-1a over all sheets. Changing a text changes it; a different machine must not.
    let bytes = region.sheets.iter().flat_map(|sheet| sheet.text.bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    assert_eq!(hash, 16223001380557687118, "if you meant to change the demo, write the new number here");
}

#[test]
fn more_candidates_leave_every_firm_and_opening_as_it_was() {
    let small = region(3, Size::default(), TODAY);
    let large = region(3, Size { firms: 40, candidates: 300 }, TODAY);
    assert_eq!(small.sheets[..2], large.sheets[..2]);
}

#[test]
fn the_sizes_asked_for_are_the_sizes_given() {
    for (firms, candidates) in [(1, 0), (1, 1), (2, 3), (40, 160), (7, 0), (100, 20), (0, 5)] {
        let region = region(11, Size { firms, candidates }, TODAY);
        assert_eq!(region.sheets.len(), 7);
        assert_eq!(rows(&region, "firms.csv").len(), firms);
        assert_eq!(rows(&region, "openings.csv").len(), firms + firms / 2);
        assert_eq!(rows(&region, "candidates.csv").len(), candidates);
    }
}

#[test]
fn every_reference_names_somebody_and_no_pair_occurs_twice() {
    for seed in 0..8 {
        let region = region(seed, Size::default(), TODAY);
        let (firms, openings, candidates) =
            (rows(&region, "firms.csv"), rows(&region, "openings.csv"), rows(&region, "candidates.csv"));
        let known = |rows: &Rows, name: &str| -> BTreeSet<String> {
            rows.iter().map(|row| row[name].clone()).collect()
        };
        let (firm_ids, opening_ids, candidate_ids) =
            (known(&firms, "企業ID"), known(&openings, "募集ID"), known(&candidates, "候補者ID"));
        assert!(openings.iter().all(|row| firm_ids.contains(&row["企業ID"])));
        for name in ["interests.csv", "rankings_candidates.csv", "rankings_openings.csv"] {
            let rows = rows(&region, name);
            assert!(!rows.is_empty());
            assert!(
                rows.iter()
                    .all(|row| opening_ids.contains(&row["募集ID"])
                        && candidate_ids.contains(&row["候補者ID"]))
            );
            let pairs: BTreeSet<_> = rows.iter().map(|row| (&row["募集ID"], &row["候補者ID"])).collect();
            assert_eq!(pairs.len(), rows.len());
        }
        let couples = rows(&region, "couples.csv");
        let partners: Vec<&str> =
            couples.iter().flat_map(|row| [row["候補者ID1"].as_str(), row["候補者ID2"].as_str()]).collect();
        assert!((1..=3).contains(&couples.len()) && all_different(&partners));
        assert!(partners.iter().all(|id| candidate_ids.contains(*id)));
    }
}

#[test]
fn ids_names_mails_and_corporate_numbers_occur_once() {
    let region = region(2, Size { firms: 1350, candidates: 3500 }, TODAY);
    let (firms, candidates) = (rows(&region, "firms.csv"), rows(&region, "candidates.csv"));
    for name in ["企業ID", "企業名", "企業名カナ", "法人番号"] {
        assert!(all_different(&column(&firms, name)), "{name}");
    }
    for name in ["候補者ID", "メール", "電話番号"] {
        assert!(all_different(&column(&candidates, name)), "{name}");
    }
    assert!(all_different(&column(&rows(&region, "openings.csv"), "募集ID")));
}

#[test]
fn corporate_numbers_are_of_the_invented_range_with_a_right_check_digit() {
    for number in
        column(&rows(&region(2, Size { firms: 300, candidates: 0 }, TODAY), "firms.csv"), "法人番号")
    {
        let digits: String =
            number.chars().filter(|c| *c != '-').map(|c| if c > '～' { c } else { narrow(c) }).collect();
        let base = digits[1..].parse().unwrap();
        assert!((990_000_000_000..=990_099_999_999).contains(&base), "{number}");
        assert_eq!(corporate_number(base), digits);
    }
}

fn narrow(c: char) -> char {
    if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap() } else { c }
}

#[test]
fn mail_and_telephone_can_reach_nobody() {
    for row in rows(&region(2, Size::default(), TODAY), "candidates.csv") {
        let domain = row["メール"].split_once('@').unwrap().1;
        assert!(
            ["mail.example.jp", "example.com", "example.net", "example.jp"].contains(&domain),
            "{domain}"
        );
        assert_eq!(&row["電話番号"][3..9], "-0000-");
    }
}

#[test]
fn every_text_is_finished_and_fits_its_cell() {
    for seed in 0..12 {
        let region = region(seed, Size { firms: 120, candidates: 200 }, TODAY);
        for (sheet, long) in [
            ("firms.csv", &["会社概要", "備考"][..]),
            ("openings.csv", &["ミッション", "業務内容", "求める人物", "任せない範囲", "備考"]),
            ("candidates.csv", &["職務要約", "実績", "志望動機", "備考"]),
        ] {
            for (name, value) in rows(&region, sheet).iter().flatten() {
                let limit = if long.contains(&name.as_str()) { 5000 } else { 200 };
                assert!(value.chars().count() <= limit, "{name}: {value}");
                assert!(!value.contains(['{', '}']), "{name}: {value}");
                assert!(!value.starts_with(['=', '@', '+', '-']) && !value.contains('〓'), "{name}: {value}");
            }
        }
    }
}

#[test]
fn texts_are_as_long_as_a_reader_expects() {
    let region = region(6, Size { firms: 120, candidates: 200 }, TODAY);
    for (sheet, name, lengths) in [
        ("firms.csv", "会社概要", 100..=340),
        ("openings.csv", "タイトル", 14..=52),
        ("openings.csv", "業務内容", 300..=900),
        ("candidates.csv", "職務要約", 180..=400),
        ("candidates.csv", "志望動機", 200..=500),
        ("candidates.csv", "見出し", 10..=45),
    ] {
        for text in column(&rows(&region, sheet), name) {
            assert!(lengths.contains(&text.chars().count()), "{name}: {text}");
        }
    }
}

#[test]
fn employment_always_says_what_the_law_asks_for() {
    let openings = rows(&region(4, Size { firms: 400, candidates: 0 }, TODAY), "openings.csv");
    let employed: Vec<_> = openings
        .iter()
        .filter(|row| row["契約形態"] != "業務委託" && !row["契約形態"].contains("準委任"))
        .collect();
    assert!(employed.len() > 60);
    for row in employed {
        for name in ["報酬", "就業時間", "変更の範囲", "試用期間", "社会保険", "受動喫煙対策"]
        {
            assert!(!row[name].is_empty(), "{} {name}", row["募集ID"]);
        }
        let pay = &row["報酬"];
        assert!(["年収", "月額", "時給"].iter().any(|unit| pay.starts_with(unit)), "{pay}");
        for word in ["若い方", "若い人", "若い世代", "若手歓迎", "歳まで", "男性", "女性"]
        {
            assert!(!row.values().any(|cell| cell.contains(word)), "{}: {word}", row["募集ID"]);
        }
    }
}

#[test]
fn ranks_begin_at_one_and_leave_no_gap() {
    let region = region(8, Size::default(), TODAY);
    for (sheet, owner) in [("rankings_candidates.csv", "候補者ID"), ("rankings_openings.csv", "募集ID")]
    {
        let mut lists: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in rows(&region, sheet) {
            let rank: String = row["順位"].chars().map(narrow).filter(char::is_ascii_digit).collect();
            lists.entry(row[owner].clone()).or_default().push(rank.parse().unwrap());
        }
        for (owner, mut ranks) in lists {
            ranks.sort_unstable();
            for (place, rank) in ranks.iter().enumerate() {
                assert!(
                    *rank == place + 1 || *rank == place && ranks[place - 1] == *rank,
                    "{owner} {ranks:?}"
                );
            }
        }
    }
}

#[test]
fn most_but_not_all_hand_in_a_list() {
    let region = region(9, Size { firms: 200, candidates: 800 }, TODAY);
    let owners = |sheet, name| {
        column(&rows(&region, sheet), name).into_iter().map(str::to_owned).collect::<BTreeSet<_>>().len()
    };
    assert!((640..=730).contains(&owners("rankings_candidates.csv", "候補者ID")));
    assert!((250..=285).contains(&owners("rankings_openings.csv", "募集ID")));
}

#[test]
fn a_large_region_is_made_without_long_waiting() {
    let region = region(1, Size { firms: 1350, candidates: 10_000 }, TODAY);
    assert_eq!(rows(&region, "openings.csv").len(), 2025);
    let interests = rows(&region, "interests.csv").len();
    assert!((50_000..=100_000).contains(&interests), "{interests}");
}
