//! Reads the form of an opening and says everything that stands against publishing it, each with the law, the place, and,
//! where one can be computed, the corrected text. Pure: the same form on the same day gets the same findings.

use jiff::civil::Date;

use super::corrected::without;
use super::fields::{self, FIELDS, Shape, Spec, spec};
use super::{Finding, Form, Grade};
use crate::domain::{
    Choice, Contract, Days, FirmFacts, Length, OpeningFacts, Pay, PayUnit, Range, Start, TrialKind,
};
use crate::rules::disclosure::{self, Item, Severity, Stage};
use crate::rules::wording;

/// What a form says, and what stands against publishing it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// As the region keeps it. Where a value could not be read there is a finding, and the fact is "not told".
    pub facts: OpeningFacts,
    /// In the order of the form.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether nothing blocks publication.
    pub fn may_be_published(&self) -> bool {
        self.findings.iter().all(|finding| finding.grade != Grade::Error)
    }
}

/// The longest value of any field, in characters: ten times what a story takes.
const LONGEST: usize = 20_000;

/// Checks a form of a firm as of a day.
pub fn check(form: &Form, firm: &FirmFacts, today: Date) -> Checked {
    let reader = Reader { form: &fields::asked(form), firm, today };
    let facts = reader.facts();
    let mut findings: Vec<Finding> = FIELDS
        .iter()
        .filter(|spec| spec.is_asked(reader.contract()))
        .flat_map(|spec| reader.of_field(spec))
        .collect();
    findings.extend(reader.of_law());
    findings.extend(reader.of_wage(&facts));
    findings.extend(reader.of_status());
    not_said_twice(&mut findings);
    let place = |finding: &Finding| FIELDS.iter().position(|spec| spec.name == finding.field);
    findings.sort_by_key(|finding| (place(finding), std::cmp::Reverse(finding.grade)));
    findings
        .dedup_by(|one, other| one.field == other.field && one.id == other.id && one.quoted == other.quoted);
    Checked { facts, findings }
}

/// What the form itself asks for and the law too is missing by law.
fn not_said_twice(findings: &mut Vec<Finding>) {
    let of_law: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.grade == Grade::Error && !finding.article.is_empty())
        .map(|finding| finding.field)
        .collect();
    findings.retain(|finding| finding.id != "postings-missing" || !of_law.contains(&finding.field));
}

pub(super) struct Reader<'a> {
    /// Holds only what is asked of its contract.
    pub(super) form: &'a Form,
    pub(super) firm: &'a FirmFacts,
    pub(super) today: Date,
}

impl Reader<'_> {
    pub(super) fn said(&self, name: &str) -> &str {
        self.form.get(name).map(|value| value.trim()).unwrap_or_default()
    }

    fn told(&self, name: &str) -> Option<String> {
        let value = self.said(name);
        (!value.is_empty()).then(|| value.to_owned())
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        digits(self.said(name)).parse().ok()
    }

    fn contract_kind(&self) -> Option<Contract> {
        Contract::ALL.iter().copied().find(|one| one.code() == self.said("contract"))
    }

    /// As the table of the law names it.
    pub(super) fn contract(&self) -> &'static str {
        fields::contract_of(self.form)
    }

    fn lint_contract(&self) -> wording::Contract {
        match self.contract() {
            "employment" => wording::Contract::Employment,
            "freelance" => wording::Contract::Freelance,
            _ => wording::Contract::Other,
        }
    }

    /// The conditions of the table that this form fulfils.
    fn is_so(&self, condition: &str) -> bool {
        let yes = |name: &str| self.said(name) == "yes";
        match condition {
            "fixed_term" => self.contract_kind() == Some(Contract::FixedTerm),
            "renewable" => self.contract_kind() == Some(Contract::FixedTerm) && yes("renewable"),
            "probation_differs" => yes("probation_differs"),
            "discretionary_work" => yes("has_discretionary_work"),
            "fixed_overtime" => yes("has_fixed_overtime"),
            "overnight" => yes("overnight"),
            "unpaid" => self.contract() == "visit" || self.said("pay_unit") == "unpaid",
            _ => false,
        }
    }

    fn facts(&self) -> OpeningFacts {
        let kind = TrialKind::ALL.iter().copied().find(|kind| kind.code() == self.said("kind"));
        let range = |low: Option<u64>, high: Option<u64>| match (low, high) {
            (None, None) => None,
            (low, high) => {
                let (low, high) = (low.or(high)?, high.or(low)?);
                Some(Range { min: low.min(high), max: low.max(high) })
            }
        };
        let days = |name: &str| days_of(self.said(name));
        let days = range(days("days_min").map(u64::from), days("days_max").map(u64::from));
        let months = range(self.number("months_min"), self.number("months_max"));
        let unit = match self.said("pay_unit") {
            "month" => Some(PayUnit::Month),
            "hour" => Some(PayUnit::Hour),
            "day" => Some(PayUnit::Day),
            "year" => Some(PayUnit::Year),
            "success" => Some(PayUnit::Success),
            "unpaid" => Some(PayUnit::Unpaid),
            _ if self.contract() == "visit" => Some(PayUnit::Unpaid),
            _ => None,
        };
        let narrow = |range: Range<u64>| Range { min: range.min as u16, max: range.max as u16 };
        let skills = self.said("skills").split([',', '、', '，']).map(str::trim);
        OpeningFacts {
            kind: kind.unwrap_or(TrialKind::Cxo),
            role: self.told("role"),
            title: self.said("title").to_owned(),
            mission: self.told("mission"),
            work: self.said("job_content").to_owned(),
            days: days.map(|days| Days { min: days.min as u16, max: days.max as u16 }),
            remote: self.number("remote_max").map(|share| Range::exactly(share.min(100) as u8)),
            contract: self.contract_kind().unwrap_or(Contract::Service),
            pay: unit.map(|unit| Pay { unit, amount: range(self.number("pay_min"), self.number("pay_max")) }),
            place: self.told("workplace"),
            length: match self.contract_kind() {
                Some(Contract::Permanent) => Some(Length::Unlimited),
                _ => months.map(|months| Length::Months(narrow(months))),
            },
            seats: self.number("seats").unwrap_or(1).clamp(1, 20) as u8,
            start: self.said("start").parse().ok().map(Start::Day),
            deadline: self.said("deadline").parse().ok(),
            wanted: self.told("wanted"),
            skills: skills.filter(|skill| !skill.is_empty()).map(str::to_owned).collect(),
            not_entrusted: self.told("not_entrusted"),
            hours: self.told("working_hours").or_else(|| self.told("place_period_time")),
            changes: self.told("job_content_range"),
            probation: self.told("probation"),
            insurance: self.told("social_insurance"),
            smoking: self.told("smoking_measures"),
            posted_on: None,
            note: None,
            more: self.more(),
        }
    }

    /// Everything else that was written for the public, by the name of its field.
    fn more(&self) -> std::collections::BTreeMap<String, String> {
        let kept = FIELDS.iter().filter(|spec| !spec.inward);
        kept.filter_map(|spec| Some((spec.name.to_owned(), self.told(spec.name)?))).collect()
    }

    /// What is wrong with one field by itself.
    fn of_field(&self, spec: &'static Spec) -> Vec<Finding> {
        let value = self.said(spec.name);
        if value.is_empty() {
            return if spec.must {
                vec![Finding::of_form(spec.name, "postings-missing", Grade::Error)]
            } else {
                Vec::new()
            };
        }
        let mut findings = Vec::new();
        if value.chars().count() > LONGEST {
            findings.push(Finding::of_form(spec.name, "postings-too-long", Grade::Error));
        }
        let readable = match spec.shape {
            Shape::Line | Shape::Lines(_) | Shape::Check => true,
            Shape::Number(least, most) => {
                self.number(spec.name).is_some_and(|number| (least..=most).contains(&number))
            }
            Shape::Days => days_of(value).is_some(),
            Shape::Date => value.parse::<Date>().is_ok(),
            Shape::One(codes) => codes.contains(&value),
        };
        if !readable {
            findings.push(Finding::of_form(spec.name, "postings-unreadable", Grade::Error));
        }
        let (from, to) = spec.length;
        let length = value.chars().filter(|sign| !sign.is_whitespace()).count();
        if to > 0 && !(from..=to).contains(&length) {
            findings.push(Finding {
                numbers: Some((from, to, length)),
                ..Finding::of_form(spec.name, "postings-length", Grade::Info)
            });
        }
        if let Some(scope) = spec.scope {
            findings.extend(wording::lint(value, self.lint_contract(), scope).into_iter().map(|found| {
                Finding {
                    id: found.rule_id.to_owned(),
                    field: spec.name,
                    grade: match found.severity {
                        wording::Severity::Info => Grade::Info,
                        wording::Severity::Warn => Grade::Warn,
                        wording::Severity::Error => Grade::Error,
                    },
                    article: found.article.to_owned(),
                    message_ja: String::new(),
                    message_en: String::new(),
                    fix_ja: found.suggestion.to_owned(),
                    corrected: without(value, &found.matched),
                    quoted: Some(found.matched),
                    key: "postings-wording",
                    numbers: None,
                }
            }));
        }
        findings
    }

    /// The items of the law that are not there.
    fn of_law(&self) -> Vec<Finding> {
        let holds = |item: &&Item| {
            item.stage == Stage::Publish
                && item.holds(self.contract(), self.today, |condition| self.is_so(condition))
        };
        let missing = |item: &Item| match item.field.as_str() {
            // Said by the service itself on every page, computed, or judged by the rules of wording.
            "as_of_date" | "statistics" | "rule_table" | "contract_label" | "age_limit" | "sex_limit"
            | "indirect" | "fair_selection" => false,
            // Asked of the firm, once for all of its openings.
            "corporate_number" | "who_knows_list" => false,
            // What staff dispatch recruits for is not for this service.
            "dispatch_flag" => self.said("dispatch_flag") != "no",
            // Amounts are judged elsewhere; here only whether one is told.
            "wage" | "fee" if item.severity == Severity::Error && !item.id.starts_with("saichin") => {
                self.said(&item.field).is_empty() && self.number("pay_min").is_none()
            }
            "wage" | "fee" => false,
            field => spec(field).is_some() && self.said(field).is_empty(),
        };
        let found = disclosure::items().iter().filter(holds).filter(|item| missing(item));
        let findings =
            found.filter_map(|item| Some(Finding::of_item(item, spec(&item.field)?.name, self.model(item))));
        // Two laws may ask for the same thing: it is missing once.
        let mut once: Vec<Finding> = Vec::new();
        for finding in findings {
            if !once.iter().any(|other| other.field == finding.field) {
                once.push(finding);
            }
        }
        once
    }

    /// A sentence that would do, where one can be known.
    fn model(&self, item: &Item) -> Option<String> {
        match item.field.as_str() {
            "job_content_range" => {
                let work = self.said("job_content").lines().next().unwrap_or_default();
                (!work.is_empty()).then(|| format!("（雇入れ直後）{work}（変更の範囲）変更なし"))
            }
            "workplace_range" => {
                let place = self.said("workplace").lines().next().unwrap_or_default();
                (!place.is_empty()).then(|| format!("（雇入れ直後）{place}（変更の範囲）変更なし"))
            }
            "recruiter_name" => Some(self.firm.name.clone()),
            "contract_period" if self.contract_kind() == Some(Contract::Permanent) => {
                Some("期間の定めなし".to_owned())
            }
            "smoking_measures" => Some("屋内禁煙".to_owned()),
            "dispatch_flag" => Some("no".to_owned()),
            _ => item.example.clone(),
        }
    }
}

/// Full-width digits, commas and a unit are how people write amounts.
fn digits(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|sign| !matches!(sign, ',' | ' ' | '円' | '人' | '名' | '%' | '月')).collect()
}

/// Days of a week in hundredths.
fn days_of(text: &str) -> Option<u16> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().filter(|sign| !matches!(sign, '週' | '日' | ' ')).collect();
    let days: f64 = text.parse().ok()?;
    (0.5..=7.0).contains(&days).then(|| (days * 100.0).round() as u16)
}
