use serde_json::json;

use super::*;
use crate::domain::{Areas, Range, Start, Track};

fn facts() -> CandidateFacts {
    let told = json!({ "name": "佐藤 花", "mail": "hana@example.jp", "side_job": "unknown", "skills": ["営業"],
        "consent": "unknown", "note": "担当だけの備考", "track": "both", "ties": "高梁市",
        "areas": { "prefectures": ["岡山県"] }, "days": { "min": 150, "max": 225 } });
    serde_json::from_value(told).unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn fields_of(wrong: Result<(), Vec<Wrong>>) -> Vec<&'static str> {
    wrong.unwrap_err().iter().map(|wrong| wrong.field).collect()
}

#[test]
fn a_form_that_nobody_touched_changes_nothing() {
    let mut read = facts();
    read_form(&form_of(&facts()), &mut read).unwrap();
    assert_eq!(read, facts());
    let mut names: Vec<_> = FIELDS.to_vec();
    names.sort_unstable();
    assert_eq!(form_of(&facts()).keys().map(String::as_str).collect::<Vec<_>>(), names);
}

#[test]
fn areas_are_read_as_people_name_them() {
    let read = |text: &str| {
        let mut facts = facts();
        read_form(&typed(&[("areas", text)]), &mut facts).map(|()| facts.areas)
    };
    let named =
        |names: &[&str]| Some(Areas::Prefectures(names.iter().map(|&name| name.to_owned()).collect()));
    assert_eq!(read("岡山、広島県 岡山県"), Ok(named(&["岡山県", "広島県"])));
    assert_eq!(read("全国"), Ok(Some(Areas::Everywhere)));
    assert_eq!(read(" "), Ok(None));
    assert_eq!(read("岡山県、月面").unwrap_err()[0].words, "月面");
}

#[test]
fn one_number_of_days_is_exactly_that_many() {
    let read = |from: &str, to: &str| {
        let mut facts = facts();
        read_form(&typed(&[("days_from", from), ("days_to", to)]), &mut facts).map(|()| facts.days)
    };
    assert_eq!(read("100", ""), Ok(Some(Range::exactly(100))));
    assert_eq!(read("", "200"), Ok(Some(Range::exactly(200))));
    assert_eq!(read("", ""), Ok(None));
    assert_eq!(read("300", "100").unwrap_err()[0].field, "days_to");
    assert_eq!(read("many", "100").unwrap_err()[0].field, "days_from");
}

#[test]
fn when_somebody_is_free_and_the_least_pay_are_read_kept_and_taken_away() {
    let mut read = facts();
    read_form(&typed(&[("free_from", "令和9年4月"), ("pay_floor", "２万円")]), &mut read).unwrap();
    assert_eq!(read.more.free_from, Some(Start::Month { year: 2027, month: 4 }));
    assert_eq!(read.more.pay_floor, Some(20_000));
    let form = form_of(&read);
    assert_eq!((&*form["free_from"], &*form["pay_floor"]), ("2027年4月", "20000"));
    let mut again = read.clone();
    read_form(&form, &mut again).unwrap();
    assert_eq!(again, read);
    let wrong = read_form(&typed(&[("free_from", "来月"), ("pay_floor", "たくさん")]), &mut again);
    assert_eq!(fields_of(wrong), ["free_from", "pay_floor"]);
    read_form(&typed(&[("free_from", ""), ("pay_floor", " ")]), &mut read).unwrap();
    assert_eq!((read.more.free_from, read.more.pay_floor), (None, None));
}

#[test]
fn every_mistake_is_told_at_once_and_nothing_is_written() {
    let mut read = facts();
    let long = "あ".repeat(3_001);
    let form = typed(&[
        ("name", ""),
        ("phone", "12345"),
        ("track", "king"),
        ("areas", "月面"),
        ("motive", &long),
        ("headline", "よい見出し"),
    ]);
    assert_eq!(fields_of(read_form(&form, &mut read)), ["name", "phone", "track", "areas", "motive"]);
    assert_eq!(read, facts());
}

#[test]
fn what_is_told_counts_and_what_is_missing_is_named() {
    let Completeness { done, of, missing } = completeness(&facts());
    assert_eq!((done, of), (4, 11));
    assert_eq!(missing.first(), Some(&"headline"));
    let mut more = facts();
    more.track = None::<Track>;
    assert_eq!(completeness(&more).done, 3);
}

#[test]
fn advice_speaks_of_lengths_of_the_name_and_of_what_nobody_needs_to_tell() {
    let form = typed(&[
        ("name", "佐藤 花"),
        ("headline", "短い"),
        ("skills", "営業、採用"),
        ("achievements", "一\n二\n三"),
        ("ties", "高梁市、新見市、倉敷市、総社市"),
        ("motive", "佐藤花、四十二歳です。既婚です。"),
    ]);
    let told: Vec<_> = advice(&form).into_iter().map(|one| (one.field, one.about)).collect();
    let length = |now, from, to| About::Length { now, from, to };
    let count = |now, from, to| About::Count { now, from, to };
    assert_eq!(
        told,
        [
            ("headline", length(2, 20, 40)),
            ("motive", length(16, 200, 500)),
            ("skills", count(2, 5, 15)),
            ("ties", count(4, 0, 3)),
            ("motive", About::Name),
            ("motive", About::Private { word: "歳です" }),
        ]
    );
    assert_eq!(advice(&Fields::new()), []);
}

#[test]
fn a_firm_to_hide_from_is_named_or_numbered() {
    assert_eq!(read_block(" 山田製作所 ").unwrap(), Block::Name("山田製作所".to_owned()));
    let number = Block::Number("2990011966227".to_owned());
    assert_eq!(read_block("Ｔ２９９００１１９６６２２７").unwrap(), number);
    for wrong in ["", "山", "123", "2990011966228"] {
        assert!(matches!(read_block(wrong), Err(ProfileError::WrongFirm)), "{wrong}");
    }
}
