//! What `assets/passkey.js` asks: log-in by passkey, and a new one. Answers are JSON; a refusal says why in `stop`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::login::device;
use super::own::device_words;
use super::page::with_session;
use crate::accounts::{AccountError, passkeys};
use crate::web::Web;
use crate::web::serve::Caller;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Entering, Refusal, Shell};

/// What the device answered.
#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    ceremony: String,
    answer: Value,
}

/// `POST /passkey/start`
pub async fn begin(shell: Shell, State(web): State<Web>, caller: Caller) -> Result<Response, Refusal> {
    let begun = to_the_end(async move {
        Ok(passkeys::begin_log_in(&web.origin, caller.address().as_deref(), web.tools()).await)
    });
    match begun.await? {
        Ok((ceremony, asked)) => {
            Ok(Json(json!({ "ceremony": ceremony.to_string(), "asked": asked })).into_response())
        }
        Err(error) => refused(error, &shell),
    }
}

/// `POST /passkey`
pub async fn log_in(
    shell: Shell,
    State(web): State<Web>,
    headers: HeaderMap,
    Json(sent): Json<Answer>,
) -> Result<Response, Refusal> {
    let Ok(ceremony) = sent.ceremony.parse() else { return refused(AccountError::Lapsed, &shell) };
    let (with, device, present) = (web.clone(), device(&headers), shell.person.clone());
    let entered = to_the_end(async move {
        let present = present.as_deref();
        Ok(passkeys::log_in(&ceremony, &with.origin, sent.answer, present, &device, with.tools()).await)
    });
    match entered.await? {
        Ok((_, token)) => with_session(&web, &token, Json(json!({})).into_response()),
        Err(AccountError::WrongLogin) => Ok(stop(shell.t("accounts-wrong-passkey"))),
        Err(error) => refused(error, &shell),
    }
}

/// `POST /second/passkeys/start`
pub async fn begin_adding(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    if shell.proved(&web).is_err() {
        return Ok(stop(shell.t("accounts-prove-first")));
    }
    let begun =
        to_the_end(async move { Ok(passkeys::begin_adding(&person, &web.origin, web.tools()).await) });
    match begun.await? {
        Ok(asked) => Ok(Json(json!({ "asked": asked })).into_response()),
        Err(error) => refused(error, &shell),
    }
}

/// `POST /second/passkeys`
pub async fn add(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
    headers: HeaderMap,
    Json(sent): Json<Answer>,
) -> Result<Response, Refusal> {
    let (with, device) = (web.clone(), device(&headers));
    let name = device_words(&device, &shell);
    let added = to_the_end(async move {
        Ok(passkeys::add(&person, &with.origin, sent.answer, &device, &name, with.tools()).await)
    });
    match added.await? {
        Ok(token) => with_session(&web, &token, Json(json!({})).into_response()),
        Err(error) => refused(error, &shell),
    }
}

fn refused(error: AccountError, shell: &Shell) -> Result<Response, Refusal> {
    use AccountError::{Lapsed, NoPasskeys, NotYours, TooManyTries, WrongSecond};
    match error {
        WrongSecond => Ok(stop(shell.t("accounts-wrong-passkey"))),
        Lapsed | NoPasskeys | NotYours | TooManyTries { .. } => Ok(stop(error.say(shell.lang))),
        other => Err(other.into()),
    }
}

fn stop(why: String) -> Response {
    (StatusCode::CONFLICT, Json(json!({ "stop": why }))).into_response()
}
