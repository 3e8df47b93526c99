mod kinds;

use jiff::civil::date;

use super::{Checked, Form, Grade, check};
use crate::domain::{FirmFacts, Length, Pay, PayUnit, Range, TrialKind};

/// As the table of the law names them.
const CONTRACTS: [&str; 6] = ["employment", "freelance", "officer", "secondment", "visit", "transfer"];

pub fn firm() -> FirmFacts {
    FirmFacts::new("山田醸造株式会社", "7999900000002", "岡山県")
}

fn form(fields: &[(&str, &str)]) -> Form {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// An opening in employment that lacks nothing.
fn whole() -> Form {
    form(&[
        ("kind", "trial_succession"),
        ("title", "【週1日・リモート可】創業98年の味噌蔵、販路開拓の右腕を募集します"),
        ("seats", "１"),
        ("honest", "冬の朝は早く、蔵は冷えます。"),
        ("mission", "三か月で新しい取引先を五社つくる"),
        ("job_content", "販路の開拓"),
        ("contract", "fixed_term"),
        ("days_min", "週５日"),
        ("months_min", "6"),
        ("months_max", "12"),
        ("pay_unit", "month"),
        ("pay_min", "300,000円"),
        ("wage", "月30万円。賞与なし"),
        ("workplace", "岡山県高梁市の本社"),
        ("workplace_range", "（雇入れ直後）本社（変更の範囲）変更なし"),
        ("job_content_range", "（雇入れ直後）販路の開拓（変更の範囲）変更なし"),
        ("contract_period", "6か月"),
        ("renewal_limit", "上限なし"),
        ("probation", "なし"),
        ("working_hours", "9:00〜18:00（休憩60分）"),
        ("breaks", "60分"),
        ("overtime", "なし"),
        ("holidays", "土日祝"),
        ("social_insurance", "健康・厚生年金・雇用・労災"),
        ("smoking_measures", "屋内禁煙"),
        ("dispatch_flag", "no"),
        ("recruiter_name", "山田醸造株式会社"),
        ("recruiter_address", "岡山県高梁市本町1-2-3"),
        ("recruiter_contact", "0866-00-0000"),
        ("consultation_desk", "総務 山田花（社長とは別の担当）"),
    ])
}

fn on_first_of_december(form: &Form) -> Checked {
    check(form, &firm(), date(2026, 12, 1))
}

fn errors(form: &Form) -> Vec<(String, &'static str)> {
    let found = on_first_of_december(form).findings;
    found.into_iter().filter(|one| one.grade == Grade::Error).map(|one| (one.id, one.field)).collect()
}

#[test]
fn a_whole_opening_may_be_published_and_becomes_facts() {
    let checked = on_first_of_december(&whole());
    assert_eq!(errors(&whole()), []);
    assert!(checked.may_be_published());
    let facts = checked.facts;
    assert_eq!(facts.kind, TrialKind::Succession);
    assert_eq!(facts.days, Some(Range::exactly(500)));
    assert_eq!(facts.pay, Some(Pay { unit: PayUnit::Month, amount: Some(Range::exactly(300_000)) }));
    assert_eq!(facts.length, Some(Length::Months(Range { min: 6, max: 12 })));
    assert_eq!(facts.more["honest"], "冬の朝は早く、蔵は冷えます。");
}

#[test]
fn every_item_that_the_law_asks_of_employment_is_missed_where_it_is_not_told() {
    let optional = ["both_kinds", "catch", "role", "start", "deadline"];
    for name in whole().keys().filter(|name| !optional.contains(&name.as_str())) {
        // The amount may stand in words or in numbers.
        if matches!(name.as_str(), "wage" | "pay_min" | "months_min" | "months_max") {
            continue;
        }
        let mut without = whole();
        without.remove(name);
        assert!(errors(&without).iter().any(|(_, field)| field == name), "{name} is not missed");
    }
    let mut neither = whole();
    neither.remove("wage");
    neither.remove("pay_min");
    assert!(errors(&neither).contains(&("shokuan5_3-wage".to_owned(), "wage")));
}

#[test]
fn every_publish_item_of_the_table_about_something_written_can_be_missed() {
    use crate::rules::disclosure::{Severity, Stage, items};
    // Said by the service, judged by wording, asked of the firm once, or advice on amounts.
    let elsewhere = [
        "as_of_date",
        "statistics",
        "rule_table",
        "contract_label",
        "age_limit",
        "sex_limit",
        "indirect",
        "fair_selection",
        "corporate_number",
        "who_knows_list",
    ];
    let of_these = |item: &&crate::rules::disclosure::Item| {
        let always = |contract| item.holds(contract, date(2026, 12, 1), |_| true);
        item.stage == Stage::Publish
            && item.severity == Severity::Error
            && CONTRACTS.into_iter().any(always)
            && !elsewhere.contains(&item.field.as_str())
            && item.field != "student_programme_type"
    };
    let asked: Vec<_> = items().iter().filter(of_these).collect();
    assert!(asked.len() > 30);
    for item in asked {
        let asked = super::spec(&item.field);
        assert!(asked.is_some(), "{} asks for {}, which no field of the form tells", item.id, item.field);
    }
}

#[test]
fn conditions_bring_their_own_questions() {
    for (condition, field) in [
        ("renewable", "renewal_criteria"),
        ("probation_differs", "probation_terms"),
        ("has_discretionary_work", "discretionary_work"),
        ("has_fixed_overtime", "fixed_overtime"),
        ("overnight", "overnight_plan"),
    ] {
        let mut form = whole();
        form.insert(condition.to_owned(), "yes".to_owned());
        assert!(errors(&form).iter().any(|(_, missed)| *missed == field), "{field}");
    }
}

#[test]
fn a_service_is_asked_for_what_the_freelance_law_wants() {
    let mut form = whole();
    form.insert("contract".to_owned(), "service".to_owned());
    form.insert("pay_min".to_owned(), "1000".to_owned());
    let missed: Vec<_> = errors(&form).into_iter().map(|(_, field)| field).collect();
    assert!(missed.contains(&"place_period_time") && missed.contains(&"termination"), "{missed:?}");
    assert!(!missed.contains(&"pay_min"), "below the minimum wage is advice for a service");
}

#[test]
fn unlawful_words_are_quoted_with_their_law_and_a_text_without_them() {
    let mut form = whole();
    form.insert("wanted".to_owned(), "経理の経験がある方\n35歳まで".to_owned());
    let checked = on_first_of_december(&form);
    let found = checked.findings.iter().find(|one| one.field == "wanted").unwrap();
    assert_eq!((found.id.as_str(), found.grade), ("age-01", Grade::Error));
    assert!(found.article.contains("9条"));
    assert_eq!(found.quoted.as_deref(), Some("35歳まで"));
    assert_eq!(found.corrected.as_deref(), Some("経理の経験がある方"));
}

#[test]
fn a_missing_range_of_change_is_offered_as_a_sentence() {
    let mut form = whole();
    form.remove("job_content_range");
    let checked = on_first_of_december(&form);
    let found = checked.findings.iter().find(|one| one.field == "job_content_range").unwrap();
    assert_eq!(found.corrected.as_deref(), Some("（雇入れ直後）販路の開拓（変更の範囲）変更なし"));
    assert!(found.article.contains("5条の3"));
}

#[test]
fn a_wage_below_the_minimum_names_the_lowest_lawful_amount() {
    let mut form = whole();
    form.insert("pay_min".to_owned(), "150,000".to_owned());
    let checked = on_first_of_december(&form);
    let found = checked.findings.iter().find(|one| one.id == "saichin4-hourly").unwrap();
    assert_eq!(found.grade, Grade::Error);
    let lawful: u64 = found.corrected.as_ref().unwrap().parse().unwrap();
    form.insert("pay_min".to_owned(), lawful.to_string());
    assert_eq!(errors(&form), []);
    form.insert("pay_min".to_owned(), (lawful - 1).to_string());
    assert!(!errors(&form).is_empty());
}

#[test]
fn a_table_of_wages_that_is_too_old_is_said_to_be() {
    let stale = |day| {
        let mut form = whole();
        form.remove("months_max");
        let found = check(&form, &firm(), day).findings;
        found.iter().any(|one| one.id == "saichin4-stale")
    };
    assert!(!stale(date(2025, 12, 2)), "the period ends before the next rate");
    assert!(stale(date(2026, 12, 1)));
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_is_guessed() {
    let mut form = whole();
    for (name, value) in [("seats", "たくさん"), ("days_min", "毎日"), ("start", "来月"), ("kind", "both")]
    {
        form.insert(name.to_owned(), value.to_owned());
        assert!(
            errors(&form).contains(&("postings-unreadable".to_owned(), super::spec(name).unwrap().name)),
            "{name}"
        );
    }
}

#[test]
fn any_text_in_any_field_is_answered() {
    let texts = [
        "",
        "\u{0}",
        "𠮷野家",
        "９９９９９９９９９９９９９９９９９９９９９",
        "-1",
        "1e308",
        "NaN",
        "\n\n\n",
        "あ\u{3099}",
        "（）",
    ];
    for spec in super::FIELDS {
        for text in texts {
            let mut form = whole();
            form.insert(spec.name.to_owned(), text.to_owned());
            on_first_of_december(&form);
        }
    }
}
