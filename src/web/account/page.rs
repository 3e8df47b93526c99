//! The two shapes of the pages about accounts: a form, and something that is said.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::{AccountError, Fault, Token};
use crate::web::Web;
use crate::web::shell::{Field, Refusal, Shell, cookies, page_as};

/// A page with one form.
#[derive(Template)]
#[template(path = "account/form.html")]
pub struct FormPage {
    pub shell: Shell,
    pub title: String,
    pub lead: Vec<String>,
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    pub button: String,
    /// A passkey does instead of the form, and leads here.
    pub passkey_to: Option<String>,
    pub others: Vec<(String, String)>,
}

/// A page that says something, and where to go next.
#[derive(Template)]
#[template(path = "account/said.html")]
pub struct Said {
    pub shell: Shell,
    pub title: String,
    pub lines: Vec<String>,
    pub others: Vec<(String, String)>,
}

impl FormPage {
    /// As it is first seen.
    pub fn fresh(self) -> Result<Response, Refusal> {
        page_as(StatusCode::OK, &self)
    }

    /// With what was typed (never a password) and what is wrong with it.
    pub fn wrong(mut self, typed: &BTreeMap<String, String>, faults: &[Fault]) -> Result<Response, Refusal> {
        let shell = &self.shell;
        for field in &mut self.fields {
            let fault = faults.iter().find(|fault| fault.field == field.name);
            field.error = fault.map(|fault| shell.t(fault.text));
            if !field.name.contains("password")
                && let Some(value) = typed.get(&field.name)
            {
                field.value.clone_from(value);
            }
        }
        page_as(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }
}

/// The faults of an error that is about fields; others are refusals.
pub fn faults(error: AccountError) -> Result<Vec<Fault>, Refusal> {
    match error {
        AccountError::Faults(faults) => Ok(faults),
        other => Err(other.into()),
    }
}

/// Logged in, and on to the first page.
pub fn enter(web: &Web, token: &Token, to: &str) -> Result<Response, Refusal> {
    with_session(web, token, Redirect::to(to).into_response())
}

/// The answer, and the browser holds the session.
pub fn with_session(web: &Web, token: &Token, mut answer: Response) -> Result<Response, Refusal> {
    let cookie = cookies::set(cookies::SESSION, &token.to_string(), None, web.https);
    let cookie = cookie.map_err(|cause| Refusal::broken(&cause))?;
    answer.headers_mut().append(SET_COOKIE, cookie);
    Ok(answer)
}
