//! Looking over a list, and certifying it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::place::{Place, advice, called_by_id, deadline, refuse};
use crate::board::rankings::{self, Phase, Sheet};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, page};

#[derive(Template)]
#[template(path = "ranking/check.html")]
struct Page {
    shell: Shell,
    base: String,
    sheet: Sheet,
    deadline: String,
    advice: Vec<String>,
    ranked: Vec<(u32, String)>,
    unranked: Vec<String>,
    is_open: bool,
}

/// `GET …/check`
pub async fn show(shell: Shell, State(web): State<Web>, place: Place) -> Result<Response, Refusal> {
    let sheet = rankings::sheet(&place.ranker, &web.db, place.round).await;
    let sheet = sheet.map_err(|error| refuse(error, shell.lang))?;
    page(&Page {
        base: place.base(),
        deadline: deadline(&sheet, &shell),
        advice: advice(&sheet, &place.ranker, &shell),
        ranked: sheet.order.ranked().map(|(rank, id)| (rank, called_by_id(&sheet, id, &shell))).collect(),
        unranked: sheet.unranked().map(|one| called_by_id(&sheet, one.id, &shell)).collect(),
        is_open: sheet.phase() == Phase::Open,
        sheet,
        shell,
    })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Fields {
    version: i64,
}

/// `POST …/check`: asks for a recent proof of who it is, and comes back to the page.
pub async fn certify(
    shell: Shell,
    State(web): State<Web>,
    place: Place,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (base, lang) = (place.base(), shell.lang);
    shell.proved(&web).map_err(|_| Refusal::Confirm { next: format!("{base}/check") })?;
    let done = to_the_end(async move {
        let done = rankings::certify(&place.ranker, place.round, fields.version, web.tools()).await;
        done.map_err(|error| refuse(error, lang))
    });
    done.await?;
    Ok(Redirect::to(&format!("{base}/receipt")).into_response())
}
