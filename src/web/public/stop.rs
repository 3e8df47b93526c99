//! `/stop/{letter}`: no more letters to many, or no more about a kept question. Mail programs press the button by themselves (RFC 8058); people press it here.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::desk::{DeskError, letters};
use crate::domain::Stops;
use crate::store;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page};
use crate::web::{Web, alerts};

#[derive(Template)]
#[template(path = "public/stop.html")]
struct Page {
    shell: Shell,
    letter: String,
    done: bool,
}

/// `GET /stop/{letter}`. Opening the page stops nothing: scanners open every link.
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Path(letter): Path<String>,
) -> Result<Response, Refusal> {
    match stops(&letter, &web).await? {
        Stops::Many => page(&Page { shell, letter, done: false }),
        Stops::Alert => alerts::show_stop(shell, &web, letter).await,
    }
}

/// What ends with this letter.
async fn stops(letter: &str, web: &Web) -> Result<Stops, Refusal> {
    let found = store::letters::find(&web.db, letter).await?;
    found.and_then(|found| found.letter.stops()).ok_or(Refusal::NotFound)
}

/// `POST /stop/{letter}`
pub async fn stop(
    shell: Shell,
    State(web): State<Web>,
    Path(letter): Path<String>,
) -> Result<Response, Refusal> {
    if stops(&letter, &web).await? == Stops::Alert {
        return alerts::stop(shell, &web, letter).await;
    }
    let number = letter.clone();
    let stopped = to_the_end(async move {
        letters::stop(&number, web.tools()).await.map_err(|error| match error {
            DeskError::NotFound => Refusal::NotFound,
            DeskError::Store(cause) => cause.into(),
            other => Refusal::broken(&other),
        })
    });
    stopped.await?;
    page(&Page { shell, letter, done: true })
}
