//! Checks of content (§8 of the convention): what keeps an opening a draft until it is mended.

use jiff::civil::Date;

use super::code::Code;
use crate::domain::{Firm, Opening, OpeningFacts, PayUnit, Start};
use crate::rules::age_sex::age_or_sex;
use crate::rules::employment::{self, WorkingTime, below_minimum_wage};

/// Checks an opening, writes the codes that block it, and says each finding with its column.
pub(super) fn check(
    opening: &mut Opening,
    firm: &Firm,
    today: Date,
    mut say: impl FnMut(&'static str, Code),
) {
    opening.blocks.clear();
    for (column, code) in findings(&opening.facts, &firm.facts.prefecture, today) {
        say(column, code);
        if !opening.blocks.iter().any(|block| block == code.name()) {
            opening.blocks.push(code.name().to_owned());
        }
    }
}

fn findings(facts: &OpeningFacts, prefecture: &str, today: Date) -> Vec<(&'static str, Code)> {
    let mut findings = Vec::new();
    if facts.pay.is_none() && facts.contract.is_paid() {
        findings.push(("報酬", Code::PayMissing));
    }
    if !facts.contract.is_employment() {
        return findings;
    }
    let wording = [
        ("タイトル", Some(&facts.title)),
        ("役割", facts.role.as_ref()),
        ("ミッション", facts.mission.as_ref()),
        ("業務内容", Some(&facts.work)),
        ("求める人物", facts.wanted.as_ref()),
    ];
    for (column, text) in wording {
        let found = age_or_sex(text.map(String::as_str));
        findings.extend(found.age.map(|_| (column, Code::AgeWord)));
        findings.extend(found.sex.map(|_| (column, Code::SexWord)));
    }
    if is_below_minimum_wage(facts, prefecture, today) {
        findings.push(("報酬", Code::MinWage));
    }
    let legal = [
        ("就業時間", &facts.hours),
        ("変更の範囲", &facts.changes),
        ("試用期間", &facts.probation),
        ("社会保険", &facts.insurance),
        ("受動喫煙対策", &facts.smoking),
    ];
    findings.extend(
        legal.into_iter().filter(|(_, text)| text.is_none()).map(|(column, _)| (column, Code::LegalMissing)),
    );
    findings
}

fn is_below_minimum_wage(facts: &OpeningFacts, prefecture: &str, today: Date) -> bool {
    let Some(pay) = facts.pay else { return false };
    let Some(amount) = pay.amount else {
        return false;
    };
    let unit = match pay.unit {
        PayUnit::Hour => employment::PayUnit::Hour,
        PayUnit::Day => employment::PayUnit::Day,
        PayUnit::Month => employment::PayUnit::Month,
        PayUnit::Year => employment::PayUnit::Year,
        PayUnit::Success | PayUnit::Unpaid => return false,
    };
    let day = match facts.start {
        Some(Start::Day(day)) => day,
        Some(Start::Month { year, month }) => Date::new(year, month, 1).unwrap_or(today),
        Some(Start::AnyTime) | None => today,
    };
    let days = facts.days.map(|days| f64::from(days.min) / 100.0);
    let time = WorkingTime::read(facts.hours.as_deref().unwrap_or_default(), days);
    below_minimum_wage(employment::Pay { unit, min_yen: amount.min }, time, prefecture, day).is_some()
}
