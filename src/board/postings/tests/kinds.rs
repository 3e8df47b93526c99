//! What each kind of contract is asked, and the self-check of who works without being employed.

use super::super::{FIELDS, Form, Grade, spec};
use super::{CONTRACTS, errors, form, on_first_of_december, whole};
use crate::domain::{Choice, Contract, Pay, PayUnit, Range};
use crate::rules::disclosure::self_check;
use crate::texts::Lang;

/// What every opening says, whatever its contract.
const ALWAYS: [&str; 10] = [
    "kind",
    "title",
    "seats",
    "honest",
    "mission",
    "job_content",
    "workplace",
    "recruiter_name",
    "recruiter_address",
    "recruiter_contact",
];

fn of(contract: &str, more: &[(&str, &str)]) -> Form {
    let mut all: Form = whole().into_iter().filter(|(name, _)| ALWAYS.contains(&name.as_str())).collect();
    all.extend(form(&[("contract", contract)]));
    all.extend(form(more));
    all
}

/// The whole form may be published; without any of these fields it may not.
#[track_caller]
fn lacks_nothing_but(all: &Form, needed: &[&str]) {
    assert_eq!(errors(all), []);
    for name in needed {
        let mut without = all.clone();
        without.remove(*name);
        let missed = errors(&without);
        assert!(missed.iter().any(|(_, field)| field == name), "{name}: {missed:?}");
    }
}

fn thoughts(form: &Form) -> Vec<(String, Grade)> {
    let found = on_first_of_december(form).findings.into_iter();
    found.filter(|one| one.grade != Grade::Info).map(|one| (one.id, one.grade)).collect()
}

const SERVICE: [(&str, &str); 7] = [
    ("days_min", "1"),
    ("pay_unit", "month"),
    ("pay_min", "150000"),
    ("fee", "月15万円、月末締め翌月末払い"),
    ("place_period_time", "高梁市の蔵と在宅、6か月、週8時間"),
    ("termination", "30日前までに知らせる"),
    ("consultation_desk", "総務 山田花"),
];

#[test]
fn an_officer_is_told_of_appointment_term_and_remuneration() {
    let officer = of(
        "officer",
        &[
            ("days_min", "5"),
            ("pay_unit", "year"),
            ("pay_min", "6000000"),
            ("appointment", "来春の株主総会で取締役に選任。任期2年"),
        ],
    );
    lacks_nothing_but(&officer, &["appointment", "days_min", "pay_unit"]);
    let facts = on_first_of_december(&officer).facts;
    assert_eq!(facts.contract, Contract::Officer);
    assert_eq!(facts.pay, Some(Pay { unit: PayUnit::Year, amount: Some(Range::exactly(6_000_000)) }));
}

#[test]
fn a_secondment_names_a_desk_to_talk_to_and_is_warned_about_its_form() {
    let seconded = of("secondment", &[("days_min", "5"), ("consultation_desk", "総務 山田花")]);
    lacks_nothing_but(&seconded, &["consultation_desk", "days_min"]);
    let doubt = ("shukko44".to_owned(), Grade::Warn);
    assert!(thoughts(&seconded).contains(&doubt));
    let mut told = seconded.clone();
    told.extend(form(&[("origin_agreement", "出向元との契約で、1年後に戻る。給与は出向元が払う")]));
    assert!(!thoughts(&told).contains(&doubt));
    assert_eq!(on_first_of_december(&told).facts.pay, None, "the employer at home pays");
}

#[test]
fn a_visit_is_unpaid_short_and_insured() {
    let visit = of(
        "visit",
        &[
            ("visit_days", "2"),
            ("consultation_desk", "総務 山田花"),
            ("overnight", "yes"),
            ("overnight_plan", "個室の宿。社長とは別の担当が送り迎えをする"),
        ],
    );
    lacks_nothing_but(&visit, &["visit_days", "consultation_desk", "overnight_plan"]);
    let found = thoughts(&visit);
    for doubt in ["visit-unpaid", "visit-insurance"] {
        assert!(found.contains(&(doubt.to_owned(), Grade::Warn)), "{doubt}: {found:?}");
    }
    let mut long = visit.clone();
    long.extend(form(&[
        ("visit_days", "4"),
        ("visit_plan", "蔵を見て、職人と話す"),
        ("insurance", "国内旅行傷害保険"),
        ("contact_rules", "二人で会う"),
    ]));
    assert_eq!(thoughts(&long), [("visit-days".to_owned(), Grade::Warn)]);
    long.extend(form(&[("visit_days", "3")]));
    assert_eq!(thoughts(&long), []);
    let facts = on_first_of_december(&long).facts;
    assert_eq!(facts.pay, Some(Pay { unit: PayUnit::Unpaid, amount: None }));
}

#[test]
fn a_transfer_says_what_is_to_go_over_and_who_helps() {
    let transfer = of(
        "transfer",
        &[
            ("transfer_terms", "株式のすべてを、3年ほど一緒に経営したあとに譲る考え"),
            ("transfer_support", "岡山県事業承継・引継ぎ支援センター"),
        ],
    );
    lacks_nothing_but(&transfer, &["transfer_terms", "transfer_support"]);
    assert_eq!(on_first_of_december(&transfer).facts.days, None);
}

#[test]
fn each_kind_of_contract_of_the_form_is_one_of_the_domain_and_of_the_law() {
    for contract in Contract::ALL {
        let named = super::super::contract_of(&of(contract.code(), &[]));
        assert!(CONTRACTS.contains(&named));
        assert_eq!(named == "employment", contract.is_employment());
        assert_eq!(on_first_of_december(&of(contract.code(), &[])).facts.contract, *contract);
    }
}

#[test]
fn what_was_typed_for_another_contract_says_nothing() {
    let mut service = of("service", &SERVICE);
    service.extend(form(&[("working_hours", "9:00〜18:00"), ("appointment", "35歳まで")]));
    let checked = on_first_of_december(&service);
    assert_eq!(errors(&service), []);
    assert_eq!(checked.facts.hours.as_deref(), Some("高梁市の蔵と在宅、6か月、週8時間"));
    assert!(!checked.facts.more.contains_key("appointment"));
}

/// The first so many questions, answered as a worker would.
fn answered(count: usize) -> Form {
    let questions = self_check().questions.iter().enumerate();
    questions
        .map(|(at, question)| {
            let other = if question.worker_like() == "yes" { "no" } else { "yes" };
            let answer = if at < count { question.worker_like() } else { other };
            (question.field(), answer.to_owned())
        })
        .collect()
}

#[test]
fn four_worker_like_answers_are_a_doubt_and_six_a_grave_one_and_neither_stops_anybody() {
    for (count, id) in [
        (0, None),
        (3, None),
        (4, Some("postings-status-doubt")),
        (5, Some("postings-status-doubt")),
        (6, Some("postings-status-strong")),
        (10, Some("postings-status-strong")),
    ] {
        let mut service = of("service", &SERVICE);
        service.extend(answered(count));
        let checked = on_first_of_december(&service);
        assert!(checked.may_be_published(), "{count}");
        let doubt = checked.findings.iter().find(|one| one.id.starts_with("postings-status"));
        assert_eq!(doubt.map(|one| one.id.as_str()), id, "{count}");
        if let Some(doubt) = doubt {
            assert_eq!(doubt.grade, Grade::Warn);
            assert!(doubt.say(Lang::Ja).contains(&format!("10の質問のうち{count}つ")));
            assert!(doubt.article.contains("1985年") && doubt.remedy().contains("労働局"));
        }
        assert!(!checked.facts.more.keys().any(|name| name.starts_with("status_")), "answers stay inside");
    }
}

#[test]
fn who_is_employed_or_has_not_answered_is_not_doubted() {
    let mut employed = whole();
    employed.extend(answered(10));
    let doubted = |form: &Form| {
        on_first_of_december(form).findings.iter().any(|one| one.id.starts_with("postings-status"))
    };
    assert!(!doubted(&employed));
    assert!(!doubted(&of("service", &SERVICE)));
}

#[test]
fn the_questions_are_those_of_the_table_word_for_word() {
    assert_eq!(self_check().questions.len(), 10);
    for question in &self_check().questions {
        let field = question.field();
        let spec = spec(&field).unwrap();
        assert!(spec.inward && !spec.is_asked("employment"));
        assert_eq!(Lang::Ja.say(&format!("field-posting-{field}")), question.question_ja);
    }
    assert_eq!(FIELDS.iter().filter(|spec| spec.inward).count(), 10);
}
