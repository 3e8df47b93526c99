//! `/account/searches`: the questions that a person keeps.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::answer;
use crate::domain::{Choice, Often};
use crate::search::alerts::{self, Alert, AlertError};
use crate::texts::days::minute;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, SomeBody, address, page};

#[derive(Template)]
#[template(path = "alerts/list.html")]
struct Page {
    shell: Shell,
    kept: Vec<Kept>,
    rhythms: Vec<(&'static str, &'static str)>,
}

struct Kept {
    id: String,
    label: String,
    name: String,
    question: String,
    href: String,
    often: &'static str,
    is_stopped: bool,
    told: i64,
    told_at: Option<String>,
}

impl Kept {
    fn new(alert: Alert, shell: &Shell) -> Self {
        Self {
            label: alert.label(shell.lang),
            question: alert.question.label(shell.lang),
            href: address::of("/openings", &alert.question.pairs()),
            often: alert.often.code(),
            is_stopped: alert.is_stopped,
            told: alert.told,
            told_at: alert.told_at.map(|at| minute(at, shell.lang)),
            id: alert.id,
            name: alert.name,
        }
    }
}

/// `GET /account/searches`
pub async fn show(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    let kept = alerts::own(&person, &web.db).await?;
    let kept = kept.into_iter().map(|alert| Kept::new(alert, &shell)).collect();
    let rhythm = |often: &Often| (often.code(), shell.lang.pick(often.ja(), often.en()));
    page(&Page { rhythms: Often::ALL.iter().map(rhythm).collect(), kept, shell })
}

/// `POST /account/searches/{id}`: change, stop, start again or delete.
pub async fn act(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Path(id): Path<String>,
    Form(typed): Form<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let to = format!("/account/searches#search-{id}");
    let done = to_the_end(async move {
        let said = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        let tools = web.tools();
        // Whose it is comes first: what is another's is not there, whatever is sent.
        if let Err(error) = alerts::find_own(&person, &id, tools.db).await {
            return Ok(Err(error));
        }
        Ok(match (said("do"), alerts::often(said("often"))) {
            ("stop", _) => alerts::stop(&person, &id, tools).await,
            ("start", _) => alerts::start(&web.search, &person, &id, tools).await,
            ("delete", _) => alerts::delete(&person, &id, tools).await,
            ("change", Some(often)) => alerts::change(&person, &id, said("name"), often, tools).await,
            _ => Err(AlertError::NotFound),
        })
    });
    match done.await? {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error) => answer(error, shell),
    }
}
