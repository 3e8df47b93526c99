//! What links in letters about a kept question open: a page whose button goes on, or stops. Opening a page changes nothing:
//! scanners open every link. Whoever holds the letter decides, without a log-in.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::answer;
use crate::search::alerts::{self, AlertError};
use crate::texts::days::instant_day;
use crate::web::Web;
use crate::web::account::Said;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "alerts/letter.html")]
struct Page {
    shell: Shell,
    letter: String,
    label: String,
    /// Asked to stop; otherwise to go on.
    to_stop: bool,
    /// The button was pressed.
    done: bool,
    is_stopped: bool,
    /// The day on which it ends by itself.
    until: Option<String>,
}

async fn draw(
    shell: Shell,
    web: &Web,
    letter: String,
    to_stop: bool,
    done: bool,
) -> Result<Response, Refusal> {
    let alert = alerts::of_letter(&letter, &web.db).await?;
    let label = alert.label(shell.lang);
    let until = alert.ends_at.filter(|_| !alert.is_stopped).map(|at| instant_day(at, shell.lang));
    page(&Page { shell, letter, label, to_stop, done, is_stopped: alert.is_stopped, until })
}

/// `GET /alerts/{letter}`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Path(letter): Path<String>,
) -> Result<Response, Refusal> {
    draw(shell, &web, letter, false, false).await
}

/// `POST /alerts/{letter}`: goes on, or begins again.
pub async fn go_on(
    shell: Shell,
    State(web): State<Web>,
    Path(letter): Path<String>,
) -> Result<Response, Refusal> {
    let (number, with) = (letter.clone(), web.clone());
    let done = to_the_end(async move { Ok(alerts::go_on_with(&with.search, &number, with.tools()).await) });
    match done.await? {
        Ok(()) => draw(shell, &web, letter, false, true).await,
        Err(error) => answer(error, shell),
    }
}

/// The page of `/stop/{letter}` for a letter about a kept question.
pub async fn show_stop(shell: Shell, web: &Web, letter: String) -> Result<Response, Refusal> {
    match alerts::of_letter(&letter, &web.db).await {
        Err(AlertError::NotFound) => gone(shell),
        _ => draw(shell, web, letter, true, false).await,
    }
}

/// Stops, for `POST /stop/{letter}`.
pub async fn stop(shell: Shell, web: &Web, letter: String) -> Result<Response, Refusal> {
    let (number, with) = (letter.clone(), web.clone());
    match to_the_end(async move { Ok(alerts::stop_with(&number, with.tools()).await) }).await? {
        Ok(()) => draw(shell, web, letter, true, true).await,
        Err(AlertError::NotFound) => gone(shell),
        Err(error) => answer(error, shell),
    }
}

/// A question that is not kept any more tells nothing: what was asked has long been done.
fn gone(shell: Shell) -> Result<Response, Refusal> {
    page(&Said {
        title: shell.t("alerts-stop-title"),
        lines: vec![shell.t("alerts-stopped")],
        others: vec![("/openings".to_owned(), shell.t("alerts-back"))],
        shell,
    })
}
