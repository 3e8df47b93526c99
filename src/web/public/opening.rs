//! `/openings/{id}`: the story under the firm's own name, the conditions, the day as of which they hold.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::{ended, job_posting};
use crate::board::postings::{FIELDS, Shape, Spec, Step, has_ended};
use crate::domain::{Firm, Opening, OpeningFacts};
use crate::search::may_be_shown;
use crate::store::{postings, shown};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};
use crate::web::talks::{Way, way};

#[derive(Template)]
#[template(path = "public/opening.html")]
struct Page {
    shell: Shell,
    opening: Opening,
    firm: Firm,
    kind: String,
    /// Each with its heading.
    story: Vec<(String, String)>,
    conditions: Vec<(String, String)>,
    /// What was written in the editor and stands nowhere else on the page.
    more: Vec<(String, String)>,
    as_of: Option<String>,
    /// The day until which the firm vouches for it.
    until: Option<String>,
    /// For search engines.
    data: Option<String>,
    is_over: bool,
    way: Way,
}

/// `GET /openings/{id}`. A draft, one that was taken down, an unknown and an unreadable id get the same answer; one that
/// ended says so.
pub async fn show(shell: Shell, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let opening = shown::opening(&web.db, id).await?.ok_or(Refusal::NotFound)?;
    let firm = shown::firm(&web.db, opening.firm).await?.ok_or(Refusal::NotFound)?;
    if has_ended(&opening) && firm.facts.may_be_named() {
        return ended::show(shell, &web, opening, firm).await;
    }
    if !may_be_shown(&opening, &firm.facts) {
        return Err(Refusal::NotFound);
    }
    let until = postings::find(&web.db, id).await?.and_then(|posting| posting.expires_at);
    let (today, way) = (web.clock.today(), way(&shell, &web, id).await?);
    let is_over = opening.facts.deadline.is_some_and(|date| date < today);
    let conditions = conditions(&opening.facts, &shell);
    let data =
        (!is_over).then(|| job_posting::of(&opening, &firm.facts, &conditions, until, &shell)).flatten();
    page(&Page {
        kind: wording::choice(opening.facts.kind, shell.lang),
        conditions,
        data,
        until: until.map(|ms| wording::instant_day(ms, shell.lang)),
        story: story(&opening.facts, &shell),
        more: more(&opening.facts, &shell),
        as_of: opening.facts.posted_on.map(|date| wording::day(date, shell.lang)),
        way,
        is_over,
        shell,
        opening,
        firm,
    })
}

/// The table of conditions; what was not told is left out.
fn conditions(facts: &OpeningFacts, shell: &Shell) -> Vec<(String, String)> {
    let lang = shell.lang;
    let seats = shell.with("web-seats", "seats", facts.seats);
    let rows = [
        ("web-opening-contract", Some(wording::choice(facts.contract, lang))),
        ("web-opening-pay", facts.pay.map(|pay| wording::pay(pay, lang))),
        ("web-opening-days", facts.days.map(|days| wording::days(days, lang))),
        (hours_key(facts), facts.hours.clone()),
        ("web-opening-remote", facts.remote.map(|share| wording::remote(share, lang))),
        ("web-opening-place", facts.place.clone()),
        ("web-opening-length", facts.length.map(|length| wording::length(length, lang))),
        ("web-opening-start", facts.start.map(|start| wording::start(start, lang))),
        ("web-opening-seats", Some(seats)),
        ("web-opening-deadline", facts.deadline.map(|date| wording::day(date, lang))),
        ("web-opening-changes", facts.changes.clone()),
        ("web-opening-probation", facts.probation.clone()),
        ("web-opening-insurance", facts.insurance.clone()),
        ("web-opening-smoking", facts.smoking.clone()),
    ];
    rows.into_iter().filter_map(|(key, value)| Some((shell.t(key), value?))).collect()
}

/// A service has no hours of its own: what stands there is place, period and time in one sentence.
fn hours_are_of_service(facts: &OpeningFacts) -> bool {
    facts.hours.is_some() && facts.hours.as_ref() == facts.more.get("place_period_time")
}

fn hours_key(facts: &OpeningFacts) -> &'static str {
    if hours_are_of_service(facts) { "field-posting-place_period_time" } else { "web-opening-hours" }
}

/// What the page says elsewhere already, in numbers or under another heading.
const TOLD: [&str; 27] = [
    "kind",
    "title",
    "role",
    "seats",
    "start",
    "deadline",
    "mission",
    "job_content",
    "not_entrusted",
    "wanted",
    "skills",
    "contract",
    "days_min",
    "days_max",
    "remote_max",
    "months_min",
    "months_max",
    "pay_unit",
    "pay_min",
    "pay_max",
    "workplace",
    "working_hours",
    "job_content_range",
    "probation",
    "social_insurance",
    "smoking_measures",
    "dispatch_flag",
];

/// Why, and who we are: what makes a reader go on to the conditions.
fn story(facts: &OpeningFacts, shell: &Shell) -> Vec<(String, String)> {
    written(facts, shell, |spec| spec.step == Step::Story)
}

fn more(facts: &OpeningFacts, shell: &Shell) -> Vec<(String, String)> {
    written(facts, shell, |spec| {
        let told =
            TOLD.contains(&spec.name) || spec.name == "place_period_time" && hours_are_of_service(facts);
        spec.step != Step::Story && spec.shape != Shape::Check && !told
    })
}

fn written(facts: &OpeningFacts, shell: &Shell, wanted: impl Fn(&Spec) -> bool) -> Vec<(String, String)> {
    let told = FIELDS.iter().filter(|spec| wanted(spec));
    let said = told.filter_map(|spec| {
        let said = facts.more.get(spec.name)?;
        let said = match spec.shape {
            Shape::One(codes) if codes.contains(&said.as_str()) => {
                shell.t(&format!("posting-choice-{}-{said}", spec.name))
            }
            _ => said.clone(),
        };
        Some((shell.t(&format!("field-posting-{}", spec.name)), said))
    });
    said.collect()
}
