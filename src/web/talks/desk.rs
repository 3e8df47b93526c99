//! `/op/applications`: who owes whom an answer; what is late stands first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::stands;
use crate::store::applications as rows;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, page};

#[derive(Template)]
#[template(path = "talks/desk.html")]
struct Page {
    shell: Shell,
    list: Vec<One>,
}

struct One {
    name: String,
    firm: String,
    title: String,
    stage: String,
    next: String,
    is_late: bool,
}

/// `GET /op/applications`
pub async fn show(shell: Shell, Signed(_): Signed, State(web): State<Web>) -> Result<Response, Refusal> {
    let now = web.clock.now_ms();
    let list = rows::all(&web.db).await?;
    let list = list.into_iter().map(|one| {
        let (stage, next) = stands(&one, &shell);
        let is_late = !one.row.waits_for.is_empty() && one.row.answer_by.is_some_and(|at| at < now);
        One { name: one.candidate.name, firm: one.firm, title: one.title, stage, next, is_late }
    });
    page(&Page { list: list.collect(), shell })
}
