//! `/openings/{id}/apply`: what the firm will see, said before it is sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::CandidateSelf;
use crate::board::applications::{self, ApplicationError};
use crate::domain::{InterestKind, OpeningId};
use crate::search::may_be_shown;
use crate::store::{applications as rows, shown};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "talks/apply.html")]
struct Page {
    shell: Shell,
    at: String,
    title: String,
    firm: String,
}

/// What a reader of an opening can do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Log in or register first.
    Register,
    /// Show interest or apply.
    Both,
    /// Apply; interest is shown already.
    Apply,
    /// Nothing more: it is under way, or over.
    Under,
    /// The reader is no candidate.
    None,
}

/// What this reader can do with an opening.
pub async fn way(shell: &Shell, web: &Web, opening: OpeningId) -> Result<Way, Refusal> {
    let Some(person) = &shell.person else { return Ok(Way::Register) };
    let Some(candidate) = person.candidate() else { return Ok(Way::None) };
    Ok(match rows::level(&web.db, candidate.candidate(), opening).await? {
        None => Way::Both,
        Some((level, stage)) => match (level.as_str(), stage.as_str()) {
            (_, "withdrawn") => Way::Both,
            ("interested", "new") => Way::Apply,
            _ => Way::Under,
        },
    })
}

/// `GET /openings/{id}/apply`
pub async fn ask(
    shell: Shell,
    _: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: OpeningId = id.parse().map_err(|_| Refusal::NotFound)?;
    let opening = shown::opening(&web.db, id).await?.ok_or(Refusal::NotFound)?;
    let firm = shown::firm(&web.db, opening.firm).await?.ok_or(Refusal::NotFound)?;
    if !may_be_shown(&opening, &firm.facts) {
        return Err(Refusal::NotFound);
    }
    page(&Page { shell, at: format!("/openings/{id}"), title: opening.facts.title, firm: firm.facts.name })
}

/// `POST /openings/{id}/apply`
pub async fn apply(
    shell: Shell,
    candidate: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    send(shell, candidate, web, &id, InterestKind::Application).await
}

/// `POST /openings/{id}/interest`
pub async fn interest(
    shell: Shell,
    candidate: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    send(shell, candidate, web, &id, InterestKind::Interested).await
}

async fn send(
    shell: Shell,
    candidate: CandidateSelf,
    web: Web,
    id: &str,
    level: InterestKind,
) -> Result<Response, Refusal> {
    let id: OpeningId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(applications::apply(&candidate, id, level, web.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to("/me/applications").into_response()),
        Err(error @ (ApplicationError::Barred | ApplicationError::WrongStage)) => {
            Err(Refusal::Conflict(error.say(shell.lang)))
        }
        Err(other) => Err(other.into()),
    }
}
