//! `/login` and `/logout`: the operators' way in and everybody's way out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Web;
use super::serve::Caller;
use super::shell::form::to_the_end;
use super::shell::{Form, Refusal, Shell, address, cookies, guard, page_as};
use crate::accounts::{self, AccountError};

#[derive(Template)]
#[template(path = "login.html")]
struct Page {
    shell: Shell,
    login: String,
    next: String,
    error: Option<String>,
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
pub async fn show(shell: Shell, Query(after): Query<After>) -> Result<Response, Refusal> {
    let next = local(after.next);
    page_as(StatusCode::OK, &Page { shell, login: String::new(), next, error: None })
}

/// `POST /login`
pub async fn log_in(
    shell: Shell,
    State(web): State<Web>,
    caller: Caller,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (login, next) = (fields.login.clone(), local(fields.next));
    let https = web.https;
    let tried = to_the_end(async move {
        let Web { db, clock, chance, .. } = &web;
        let address = caller.address();
        Ok(accounts::log_in(db, &fields.login, &fields.password, address.as_deref(), &**clock, &**chance)
            .await)
    });
    match tried.await? {
        Ok((_, token)) => {
            let cookie = cookies::set(cookies::OPERATOR, &token.to_string(), None, https);
            let cookie = cookie.map_err(|cause| Refusal::broken(&cause))?;
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&next)).into_response())
        }
        Err(AccountError::WrongLogin) => {
            let error = Some(AccountError::WrongLogin.say(shell.lang));
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell, login, next, error })
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /logout`: ends whatever session the browser holds.
pub async fn log_out(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Refusal> {
    let mut response = Redirect::to("/").into_response();
    for cookie in [cookies::OPERATOR, cookies::PARTICIPANT] {
        if let Some(token) = guard::token(&headers, cookie, &web) {
            let db = web.db.clone();
            to_the_end(async move { Ok(accounts::log_out(&db, &token).await?) }).await?;
        }
        let gone = cookies::clear(cookie, web.https).map_err(|cause| Refusal::broken(&cause))?;
        response.headers_mut().append(SET_COOKIE, gone);
    }
    Ok(response)
}

/// The page to come back to, if it is one of ours.
fn local(next: Option<String>) -> String {
    next.filter(|next| address::is_local(next)).unwrap_or_else(|| "/op".to_owned())
}
