//! `/stop/{letter}`: no more letters to many. Mail programs press the button by themselves (RFC 8058); people press it here.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::desk::{DeskError, letters};
use crate::domain::Letter;
use crate::store;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page};

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
    let found = store::letters::find(&web.db, &letter).await?;
    if !found.is_some_and(|found| matches!(found.letter, Letter::Plain { .. })) {
        return Err(Refusal::NotFound);
    }
    page(&Page { shell, letter, done: false })
}

/// `POST /stop/{letter}`
pub async fn stop(
    shell: Shell,
    State(web): State<Web>,
    Path(letter): Path<String>,
) -> Result<Response, Refusal> {
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
