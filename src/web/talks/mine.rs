//! `/me/applications`: everything a candidate has with firms, each with what is going on and who has to act until when.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::stands;
use crate::accounts::CandidateSelf;
use crate::board::applications::{self, ApplicationError, UNDO, is_live};
use crate::domain::ApplicationId;
use crate::store::applications as rows;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "talks/mine.html")]
struct Page {
    shell: Shell,
    list: Vec<One>,
}

struct One {
    id: String,
    opening: String,
    title: String,
    firm: String,
    stage: String,
    next: String,
    words: Option<String>,
    may_propose: bool,
    may_withdraw: bool,
    may_undo: bool,
}

/// `GET /me/applications`
pub async fn show(shell: Shell, me: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let now = web.clock.now_ms();
    let mut list = Vec::new();
    for one in rows::of_candidate(&web.db, me.candidate()).await? {
        let (stage, next) = stands(&one, &shell);
        let row = &one.row;
        list.push(One {
            id: row.id()?.to_string(),
            opening: format!("/openings/{}", row.opening()?),
            words: (row.stage == "declined").then(|| row.reason.clone()).flatten(),
            may_propose: is_live(&one),
            may_withdraw: !matches!(row.stage.as_str(), "declined" | "withdrawn"),
            may_undo: row.stage == "withdrawn" && now - row.stage_at <= UNDO,
            title: one.title,
            firm: one.firm,
            stage,
            next,
        });
    }
    page(&Page { shell, list })
}

/// `POST …/withdraw`
pub async fn withdraw(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(applications::withdraw(&me, id, web.tools()).await) });
    back(done.await?, &shell)
}

/// `POST …/undo`
pub async fn undo(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(applications::undo(&me, id, web.tools()).await) });
    back(done.await?, &shell)
}

fn back(done: Result<(), ApplicationError>, shell: &Shell) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to("/me/applications").into_response()),
        Err(error @ ApplicationError::WrongStage) => Err(Refusal::Conflict(error.say(shell.lang))),
        Err(other) => Err(other.into()),
    }
}
