//! Publishing a round: a page that says what will happen, and the button that makes it happen.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::steps::back;
use super::{number, refuse};
use crate::domain::StageName;
use crate::rounds::{self, View};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, Signed, page};

#[derive(Template)]
#[template(path = "op/rounds/publish.html")]
struct Page {
    shell: Shell,
    view: View,
    is_clean: bool,
}

/// `GET /op/rounds/{n}/publish`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let n = number(&round)?;
    let view = rounds::show(&web.db, Some(n)).await.map_err(|error| refuse(error, shell.lang))?;
    if view.stage != StageName::Proposed {
        return Ok(back(n));
    }
    let is_clean = view.intact && view.audit.as_ref().is_some_and(|audit| audit.is_clean());
    page(&Page { shell, view, is_clean })
}

/// `POST /op/rounds/{n}/publish`
pub async fn publish(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let (n, lang) = (number(&round)?, shell.lang);
    let published = to_the_end(async move {
        let done = rounds::publish(&operator, &web.db, &*web.clock, Some(n)).await;
        done.map_err(|error| refuse(error, lang))
    });
    published.await?;
    Ok(back(n))
}
