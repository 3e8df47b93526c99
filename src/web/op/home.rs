//! `/op`: where an operator begins: what waits today, and the way to everything else.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::rounds::{refuse, stage};
use crate::rounds;
use crate::store::desk::{self, CaseFilter, CaseRow};
use crate::store::shown::{self, Counts};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, page};

/// An opening that nobody has confirmed for this long should be asked about.
const STALE: i64 = 30 * 24 * 60 * 60_000;
/// Next steps that are named on the page.
const NAMED: i64 = 10;

#[derive(Template)]
#[template(path = "op/home.html")]
struct Page {
    shell: Shell,
    desk: String,
    name: String,
    /// What waits: its text, how many, where.
    waiting: Vec<(&'static str, i64, &'static str)>,
    steps: Vec<CaseRow>,
    counts: Counts,
    /// The latest round and its stage.
    latest: Option<(i64, String)>,
}

/// `GET /op`
pub async fn show(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    let (now, day) = (web.clock.now_ms(), web.clock.today().to_string());
    let today = desk::today(&web.db, now, &day, now - STALE).await?;
    let filter = CaseFilter { due_until: day, ..CaseFilter::default() };
    let steps = desk::cases(&web.db, &filter, NAMED, 0).await?;
    let counts = shown::counts(&web.db).await?;
    let rounds = rounds::list(&web.db).await.map_err(|error| refuse(error, shell.lang))?;
    let latest = rounds.first().map(|round| (round.number, stage(round.stage, shell.lang)));
    let (desk, name) = (operator.desk().to_owned(), operator.name().to_owned());
    let waiting = vec![
        ("desk-today-approvals", today.approvals, "/op/approvals"),
        ("desk-today-answers", today.answers_late, "/op/applications"),
        ("desk-today-steps", today.steps_due, "/op/cases?due=today"),
        ("desk-today-stale", today.stale, "/op/approvals"),
        ("desk-today-letters", today.letters, "/op/mail"),
    ];
    page(&Page { shell, desk, name, waiting, steps, counts, latest })
}
