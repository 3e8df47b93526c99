//! `/op/cases`: every firm and candidate the desk works with; where things stand, what is next, and until when.

mod case;
mod diagnosis;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::desk::cases::{CANDIDATE_STAGES, FIRM_STAGES};
use crate::domain::CandidateFacts;
use crate::store::desk::{self as rows, CaseFilter, CaseRow};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, address, page, wording};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op/cases", get(list))
        .route("/op/cases/{kind}/{subject}", get(case::show).post(case::save))
        .route("/op/cases/{kind}/{subject}/notes", post(case::add_note))
        .route("/op/cases/{kind}/{subject}/confirmations", post(case::confirm))
        .route("/op/cases/firm/{subject}/diagnosis", get(diagnosis::show).post(diagnosis::keep))
}

const ON_PAGE: i64 = 50;
/// Firms and candidates that are offered for a text.
const OFFERED: i64 = 20;

#[derive(Template)]
#[template(path = "op/cases/list.html")]
struct Page {
    shell: Shell,
    wish: Wish,
    stages: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    /// Firms and candidates of that name without a case: address and name.
    others: Vec<(String, String)>,
    before: Option<String>,
    after: Option<String>,
}

struct Row {
    address: String,
    name: String,
    kind: String,
    stage: String,
    next_step: String,
    due: String,
    is_late: bool,
}

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    stage: String,
    /// `today` for what is due, else all.
    #[serde(default)]
    due: String,
    /// `me` for the reader's own, else everybody's.
    #[serde(default)]
    whose: String,
    #[serde(default)]
    page: String,
}

/// `GET /op/cases`
pub async fn list(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Query(wish): Query<Wish>,
) -> Result<Response, Refusal> {
    let wish = Wish { q: wish.q.trim().chars().take(80).collect(), ..wish };
    let today = web.clock.today().to_string();
    let mine = operator.person().map(|id| id.to_string()).unwrap_or_default();
    let filter = CaseFilter {
        name: wish.q.clone(),
        kind: wish.kind.clone(),
        stage: wish.stage.clone(),
        due_until: if wish.due == "today" { today.clone() } else { String::new() },
        assigned_to: if wish.whose == "me" { mine } else { String::new() },
    };
    let number: i64 = wish.page.parse().ok().filter(|page| (0..10_000).contains(page)).unwrap_or(0);
    let mut found = rows::cases(&web.db, &filter, ON_PAGE + 1, number * ON_PAGE).await?;
    let more = found.len() > ON_PAGE as usize;
    found.truncate(ON_PAGE as usize);
    let others = if wish.q.is_empty() { Vec::new() } else { others(&web, &wish.q, &found).await? };
    let mut stages: Vec<&str> = FIRM_STAGES.to_vec();
    stages.extend(CANDIDATE_STAGES.iter().filter(|stage| !FIRM_STAGES.contains(stage)));
    page(&Page {
        stages: stages.into_iter().map(|stage| (stage, say_stage(stage, &shell))).collect(),
        rows: found.iter().map(|case| Row::of(case, &today, &shell)).collect(),
        others,
        before: (number > 0).then(|| wish.address(number - 1)),
        after: more.then(|| wish.address(number + 1)),
        wish,
        shell,
    })
}

impl Wish {
    fn address(&self, page: i64) -> String {
        let pairs = [
            ("q", self.q.clone()),
            ("kind", self.kind.clone()),
            ("stage", self.stage.clone()),
            ("due", self.due.clone()),
            ("whose", self.whose.clone()),
            ("page", page.to_string()),
        ];
        let told = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        address::of("/op/cases", &told.map(|(name, value)| (name.to_owned(), value)).collect::<Vec<_>>())
    }
}

impl Row {
    fn of(case: &CaseRow, today: &str, shell: &Shell) -> Self {
        Self {
            address: format!("/op/cases/{}/{}", case.subject_kind, case.subject_id),
            name: case.name.clone(),
            kind: shell.t(&format!("desk-kind-{}", case.subject_kind)),
            stage: say_stage(&case.stage, shell),
            next_step: case.next_step.clone(),
            due: say_day(case.due_on.as_deref(), shell),
            is_late: case.due_on.as_deref().is_some_and(|due| due <= today),
        }
    }
}

async fn others(web: &Web, q: &str, found: &[CaseRow]) -> Result<Vec<(String, String)>, Refusal> {
    let has_case = |id: &str| found.iter().any(|case| case.subject_id == id);
    let firms = rows::firms_named(&web.db, q, OFFERED).await?;
    let people = rows::candidates_named(&web.db, q, OFFERED).await?;
    let firms = firms.into_iter().map(|(id, name)| ("firm", id, name));
    let people = people.into_iter().filter_map(|(id, facts)| {
        let facts: CandidateFacts = serde_json::from_str(&facts).ok()?;
        Some(("candidate", id, facts.name))
    });
    let others = firms.chain(people).filter(|(_, id, _)| !has_case(id));
    Ok(others.map(|(kind, id, name)| (format!("/op/cases/{kind}/{id}"), name)).collect())
}

pub(super) fn say_stage(stage: &str, shell: &Shell) -> String {
    shell.t(&format!("desk-stage-{stage}"))
}

/// A stored day as people read it.
pub(super) fn say_day(day: Option<&str>, shell: &Shell) -> String {
    let date = day.and_then(|day| day.parse().ok());
    date.map(|date| wording::day(date, shell.lang)).unwrap_or_default()
}
