//! Freezing a round and running it: each a button, each carried to its end once it is pressed.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{number, refuse};
use crate::rounds;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, Signed};

/// `POST /op/rounds/{n}/freeze`
pub async fn freeze(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let (n, lang) = (number(&round)?, shell.lang);
    let frozen = to_the_end(async move {
        let Web { db, clock, .. } = &web;
        let done = rounds::freeze(&operator, db, &**clock, Some(n), None).await;
        done.map_err(|error| refuse(error, lang))
    });
    frozen.await?;
    Ok(back(n))
}

/// `POST /op/rounds/{n}/run`
pub async fn run(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let (n, lang) = (number(&round)?, shell.lang);
    let run = to_the_end(async move {
        let done = rounds::run(&operator, &web.db, &*web.clock, Some(n)).await;
        done.map_err(|error| refuse(error, lang))
    });
    run.await?;
    Ok(back(n))
}

/// Back to the round.
pub fn back(number: i64) -> Response {
    Redirect::to(&format!("/op/rounds/{number}")).into_response()
}
