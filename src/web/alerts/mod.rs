//! Kept questions: the form under a search, a person's list, and what links in letters open.

mod keep;
mod letter;
mod list;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use crate::accounts::AccountError;
use crate::search::alerts::AlertError;
use crate::web::Web;
use crate::web::account::Said;
use crate::web::shell::{Refusal, Shell, page_as};

pub use keep::Keep;
pub use letter::{show_stop, stop};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/searches", post(keep::keep))
        .route("/account/searches", get(list::show))
        .route("/account/searches/{id}", post(list::act))
        .route("/alerts/{letter}", get(letter::show).post(letter::go_on))
}

/// A page that says what stands in the way and what to do, where the reader can do something.
pub fn answer(error: AlertError, shell: Shell) -> Result<Response, Refusal> {
    let Some(text) = error.say(shell.lang) else { return Err(error.into()) };
    let others = match &shell.person {
        Some(_) => ("/account/searches", "alerts-title"),
        None => ("/openings", "alerts-back"),
    };
    let said = Said {
        title: shell.t("alerts-refused-title"),
        lines: vec![text],
        others: vec![(others.0.to_owned(), shell.t(others.1))],
        shell,
    };
    page_as(StatusCode::UNPROCESSABLE_ENTITY, &said)
}

impl From<AlertError> for Refusal {
    fn from(error: AlertError) -> Self {
        match error {
            AlertError::NotFound => Self::NotFound,
            AlertError::Store(cause) => cause.into(),
            AlertError::Search(cause) => cause.into(),
            AlertError::Account(AccountError::Store(cause)) => cause.into(),
            AlertError::Account(cause) => cause.into(),
            other => Self::broken(&other),
        }
    }
}
