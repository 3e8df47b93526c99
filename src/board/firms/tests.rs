use jiff::civil::date;

use super::{Fields, Wrong, form_of, read_form};
use crate::domain::{FirmFacts, Profit, Succession};

fn brewery() -> FirmFacts {
    FirmFacts::new("山田醸造株式会社", "7000012050002", "岡山県")
}

fn typed(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn after(fields: &[(&str, &str)]) -> Result<FirmFacts, Vec<Wrong>> {
    let mut facts = brewery();
    read_form(&typed(fields), &mut facts, date(2026, 12, 1)).map(|()| facts)
}

fn fault(field: &str, value: &str) -> Option<&'static str> {
    after(&[(field, value)]).err().map(|wrong| wrong[0].text)
}

#[test]
fn what_is_known_becomes_a_form_and_comes_back_the_same() {
    let mut facts = FirmFacts { employees: Some(17), founded: Some(1926), ..brewery() };
    facts.profit = Some(Profit::Black);
    facts.succession = Some(Succession::Closing);
    facts.website = Some("https://yamada.example.jp/".to_owned());
    let mut read = brewery();
    read_form(&form_of(&facts), &mut read, date(2026, 12, 1)).unwrap();
    assert_eq!(read, facts);
}

#[test]
fn people_write_numbers_as_they_are_used_to() {
    let facts = after(&[("employees", "１７名"), ("founded", "大正15年"), ("number", "Ｔ7000－0120‐50002")]);
    let facts = facts.unwrap();
    assert_eq!((facts.employees, facts.founded), (Some(17), Some(1926)));
    assert_eq!(facts.corporate_number.as_deref(), Some("7000012050002"));
    assert_eq!(after(&[("founded", "令和元年")]).unwrap().founded, Some(2019));
    assert_eq!(
        after(&[("website", "yamada.example.jp")]).unwrap().website.unwrap(),
        "https://yamada.example.jp/"
    );
    assert_eq!(after(&[("municipality", "高梁市 ")]).unwrap().municipality.as_deref(), Some("高梁市"));
}

#[test]
fn a_wrong_number_is_told_from_one_that_is_too_short() {
    assert_eq!(fault("number", "000012050002"), Some("firms-wrong-number"));
    assert_eq!(fault("number", "8000012050002"), Some("firms-wrong-number-check"));
    assert_eq!(fault("number", ""), Some("firms-wrong-number-gone"));
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    for (field, value) in [
        ("name", " "),
        ("prefecture", "備中"),
        ("employees", "たくさん"),
        ("founded", "2027"),
        ("founded", "昭和"),
        ("website", "javascript:alert(1)"),
        ("website", "https://user:pass@example.jp"),
        ("website", "わかりません"),
        ("profit", "green"),
        ("succession", "health"),
    ] {
        assert!(fault(field, value).is_some(), "{field}: {value}");
    }
    assert_eq!(fault("about", &"あ".repeat(3_001)), Some("firms-wrong-long-text"));
    let mut facts = brewery();
    let both = typed(&[("name", "別の会社"), ("employees", "x")]);
    read_form(&both, &mut facts, date(2026, 12, 1)).unwrap_err();
    assert_eq!(facts, brewery());
}

#[test]
fn what_is_not_asked_stays() {
    let mut facts =
        FirmFacts { note: Some("担当だけの備考".to_owned()), president_age: Some(72), ..brewery() };
    read_form(&typed(&[("name", "山田醸造")]), &mut facts, date(2026, 12, 1)).unwrap();
    assert_eq!((facts.note.as_deref(), facts.president_age), (Some("担当だけの備考"), Some(72)));
}
