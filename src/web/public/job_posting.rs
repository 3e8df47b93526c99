//! An opening as search engines read it: schema.org's JobPosting. It says nothing that the page does not say to everybody.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock::in_japan;
use crate::domain::{Contract, FirmFacts, Opening, OpeningFacts, Pay, PayUnit};
use crate::rules::prefectures;
use crate::web::shell::{Shell, wording};

/// The data, fit to stand in a `script` element; none where the day of posting is not known, and for what is no job. `conditions` are the rows of
/// the page's table; `until` is the instant until which the opening holds.
pub fn of(
    opening: &Opening,
    firm: &FirmFacts,
    conditions: &[(String, String)],
    until: Option<i64>,
    shell: &Shell,
) -> Option<String> {
    let facts = &opening.facts;
    let kind_of_work = employment(facts)?;
    let mut posting = json!({
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        // The name of the role alone: a heading with conditions in it is taken for bait.
        "title": facts.role.clone().unwrap_or_else(|| wording::choice(facts.kind, shell.lang)),
        "description": description(facts, conditions, shell),
        "datePosted": facts.posted_on?.to_string(),
        "hiringOrganization": { "@type": "Organization", "name": firm.name },
        "identifier": {
            "@type": "PropertyValue",
            "name": firm.name,
            "value": opening.code.clone().unwrap_or_else(|| opening.id.to_string()),
        },
        "employmentType": kind_of_work,
        "totalJobOpenings": facts.seats,
        "directApply": true,
    });
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            posting[name] = value;
        }
    };
    add("validThrough", last_moment(facts.deadline, until).map(Value::String));
    add("baseSalary", facts.pay.and_then(salary));
    // Only what is done from home alone may be told as such.
    if facts.remote.is_some_and(|share| share.min == 100) {
        add("jobLocationType", Some(json!("TELECOMMUTE")));
        add("applicantLocationRequirements", Some(json!({ "@type": "Country", "name": "JP" })));
    } else {
        add("jobLocation", Some(place(facts, firm)));
    }
    // No text of a firm ends the element or opens another one.
    let text = posting.to_string();
    Some(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

fn description(facts: &OpeningFacts, conditions: &[(String, String)], shell: &Shell) -> String {
    let told = [
        ("web-opening-mission", facts.mission.as_deref()),
        ("web-opening-work", Some(&*facts.work)),
        ("web-opening-limits", facts.not_entrusted.as_deref()),
        ("web-opening-wanted", facts.wanted.as_deref()),
    ];
    let told = told.into_iter().filter_map(|(key, text)| Some((shell.t(key), text?)));
    let told = told.map(|(label, text)| paragraph(&label, text));
    let conditions = conditions.iter().map(|(label, text)| paragraph(label, text));
    told.chain(conditions).collect()
}

fn paragraph(label: &str, text: &str) -> String {
    let text: Vec<String> = text.lines().map(escaped).collect();
    format!("<p><b>{}</b><br>{}</p>", escaped(label), text.join("<br>"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// None for what is neither employment nor contract work: it is no job that could be compared with others.
fn employment(facts: &OpeningFacts) -> Option<Value> {
    let is_full = facts.days.is_some_and(|days| days.min >= 500);
    let extent = if is_full { "FULL_TIME" } else { "PART_TIME" };
    Some(match facts.contract {
        Contract::Service => json!("CONTRACTOR"),
        Contract::Permanent => json!(extent),
        Contract::FixedTerm => json!(["TEMPORARY", extent]),
        Contract::Officer | Contract::Secondment | Contract::Visit | Contract::Transfer => return None,
    })
}

/// An amount and what it is for; pay by result or none has no amount that could be compared.
fn salary(pay: Pay) -> Option<Value> {
    let unit = match pay.unit {
        PayUnit::Month => "MONTH",
        PayUnit::Hour => "HOUR",
        PayUnit::Day => "DAY",
        PayUnit::Year => "YEAR",
        PayUnit::Success | PayUnit::Unpaid => return None,
    };
    let amount = pay.amount?;
    let value = if amount.min == amount.max {
        json!({ "@type": "QuantitativeValue", "value": amount.min, "unitText": unit })
    } else {
        json!({ "@type": "QuantitativeValue", "minValue": amount.min, "maxValue": amount.max, "unitText": unit })
    };
    Some(json!({ "@type": "MonetaryAmount", "currency": "JPY", "value": value }))
}

/// Where the work is, as far as a prefecture and a town of it are named.
fn place(facts: &OpeningFacts, firm: &FirmFacts) -> Value {
    let told = facts.place.as_deref();
    let named = told.and_then(|told| prefectures::all().iter().find(|one| told.contains(&*one.kanji)));
    let region = named.map_or(firm.prefecture.as_str(), |one| &one.kanji);
    let town = firm.municipality.as_deref().filter(|town| told.is_none_or(|told| told.contains(town)));
    let mut address = json!({ "@type": "PostalAddress", "addressCountry": "JP", "addressRegion": region });
    if let Some(town) = town {
        address["addressLocality"] = json!(town);
    }
    json!({ "@type": "Place", "address": address })
}

/// The end of the last day for applications, or of what the firm vouched for, whichever comes first.
fn last_moment(deadline: Option<Date>, until: Option<i64>) -> Option<String> {
    let deadline = deadline.map(|day| day.at(23, 59, 59, 0));
    let until = until.and_then(|ms| Timestamp::from_millisecond(ms).ok()).map(in_japan);
    let first = [deadline, until].into_iter().flatten().min()?;
    Some(format!("{}+09:00", first.strftime("%Y-%m-%dT%H:%M:%S")))
}
