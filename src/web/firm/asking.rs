//! How the editor asks for each field of an opening: its name, help, answers, and why it is asked.

use jiff::civil::Date;

use crate::board::postings::{Form, Shape, Spec};
use crate::rules::disclosure::{self, Stage};
use crate::web::shell::{Field, Kind, Shell};

/// Why a field is asked: the law, where it is one, or what its page is for.
pub fn why(spec: &Spec, contract: &str, today: Date, shell: &Shell) -> String {
    if spec.inward {
        return shell.t("postings-why-status");
    }
    let by_law = disclosure::items().iter().find(|item| {
        let is_law = item.stage == Stage::Publish && item.article != "—";
        is_law && item.field == spec.name && item.holds(contract, today, |_| true)
    });
    match by_law {
        Some(item) => shell.with("postings-why-law", "article", &item.article),
        None => shell.t(&format!("postings-why-{}", spec.step.code())),
    }
}

/// Fields whose name alone does not say how to fill them in.
const HINTED: [&str; 32] = [
    "contract",
    "remote_max",
    "appointment",
    "origin_agreement",
    "visit_plan",
    "insurance",
    "transfer_terms",
    "transfer_support",
    "title",
    "catch",
    "story",
    "why_now",
    "honest",
    "mission",
    "job_content",
    "entrusted",
    "not_entrusted",
    "wanted",
    "not_fit",
    "skills",
    "faq",
    "days_min",
    "pay_min",
    "job_content_range",
    "workplace_range",
    "renewal_criteria",
    "fixed_overtime",
    "working_hours",
    "place_period_time",
    "recruiter_address",
    "consultation_desk",
    "contact_rules",
];

/// The key of a field's name.
pub fn label(name: &str) -> String {
    format!("field-posting-{name}")
}

/// One of the answers of a field in words.
pub fn choice(spec: &Spec, code: &str, shell: &Shell) -> String {
    // The questions of the self-check share their two answers.
    let name = if spec.inward { "status" } else { spec.name };
    shell.t(&format!("posting-choice-{name}-{code}"))
}

/// A field as a page draws it, with what was typed.
pub fn field(spec: &Spec, form: &Form, shell: &Shell) -> Field {
    let named = |code: &str| choice(spec, code, shell);
    let kind = match spec.shape {
        Shape::Line | Shape::Days => Kind::Line("text", "off"),
        Shape::Lines(rows) => Kind::Lines(rows),
        Shape::Number(..) => Kind::Line("text", "off"),
        Shape::Date => Kind::Line("date", "off"),
        Shape::One(codes) => {
            Kind::Radios(codes.iter().map(|code| ((*code).to_owned(), named(code))).collect())
        }
        Shape::Check => Kind::Check,
    };
    let mut field = Field::new(shell, "posting", spec.name)
        .as_a(kind)
        .filled(form.get(spec.name).cloned().unwrap_or_default());
    if HINTED.contains(&spec.name) {
        field = field.hinted(shell, "posting");
    }
    if spec.must { field.required() } else { field }
}
