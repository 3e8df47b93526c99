//! `/login` and `/logout`: the operators' way in and everybody's way out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::page::enter;
use crate::accounts::{self, AccountError, passkeys};
use crate::web::Web;
use crate::web::serve::Caller;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, address, cookies, guard, page_as};

#[derive(Template)]
#[template(path = "account/login.html")]
struct Page {
    shell: Shell,
    login: String,
    next: String,
    error: Option<String>,
    may_passkey: bool,
}

/// Where to go after the log-in.
#[derive(Deserialize)]
pub struct After {
    next: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Fields {
    login: String,
    password: String,
    next: Option<String>,
}

/// `GET /login?next=…`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let may_passkey = passkeys::are_possible(&web.origin);
    let next = local(after.next);
    page_as(StatusCode::OK, &Page { shell, login: String::new(), next, error: None, may_passkey })
}

/// `POST /login`
pub async fn log_in(
    shell: Shell,
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (login, next) = (fields.login.clone(), local(fields.next));
    let may_passkey = passkeys::are_possible(&web.origin);
    let with = web.clone();
    let device = device(&headers);
    let tried = to_the_end(async move {
        let from = accounts::From { address: caller.address(), device };
        Ok(accounts::log_in(&fields.login, &fields.password, &from, with.tools()).await)
    });
    match tried.await? {
        Ok((_, token)) => enter(&web, &token, &next),
        Err(AccountError::WrongLogin) => {
            let error = Some(AccountError::WrongLogin.say(shell.lang));
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell, login, next, error, may_passkey })
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /logout`: ends whatever session the browser holds.
pub async fn log_out(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Refusal> {
    let mut response = Redirect::to("/").into_response();
    for cookie in [cookies::SESSION, cookies::PARTICIPANT] {
        if let Some(token) = guard::token(&headers, cookie, &web) {
            let db = web.db.clone();
            to_the_end(async move { Ok(accounts::log_out(&db, &token).await?) }).await?;
        }
        let gone = cookies::clear(cookie, web.https).map_err(|cause| Refusal::broken(&cause))?;
        response.headers_mut().append(SET_COOKIE, gone);
    }
    Ok(response)
}

/// The browser, as it names itself.
pub fn device(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default().to_owned()
}

/// The page to come back to, if it is one of ours.
fn local(next: Option<String>) -> String {
    next.filter(|next| address::is_local(next)).unwrap_or_else(|| "/start".to_owned())
}
