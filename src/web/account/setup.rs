//! `/setup`: the set-up code that the server printed makes the first desk and its operator.

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::login::device;
use crate::accounts::{self, AccountError, Fault, NewDesk, Setup};
use crate::rules::prefectures;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, cookies, page_as};

#[derive(Template)]
#[template(path = "account/setup.html")]
struct Page {
    shell: Shell,
    fields: Fields,
    /// The field and what is wrong with it.
    faults: Vec<(&'static str, String)>,
    prefectures: Vec<&'static str>,
}

/// What the form sends.
#[derive(Clone, Default, Deserialize)]
pub struct Fields {
    code: String,
    desk: String,
    prefecture: String,
    about: String,
    login: String,
    password: String,
}

impl Page {
    fn new(shell: Shell, fields: Fields, faults: &[Fault]) -> Self {
        let faults = faults.iter().map(|fault| (fault.field, shell.t(fault.text))).collect();
        let prefectures = prefectures::all().iter().map(|one| one.kanji.as_str()).collect();
        Self { shell, fields, faults, prefectures }
    }

    /// What is wrong with a field.
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }
}

/// `GET /setup`. The same page whether or not there is an operator already: the code decides.
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    page_as(StatusCode::OK, &Page::new(shell, Fields::default(), &[]))
}

/// `POST /setup`
pub async fn set_up(
    shell: Shell,
    State(web): State<Web>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let Fields { code, desk, prefecture, about, login, password } = fields.clone();
    let desk = NewDesk { name: desk, prefecture, about, fictional: false };
    let setup = Setup { code, desk, login, password };
    let (https, device) = (web.https, device(&headers));
    let done = to_the_end(async move { Ok(accounts::set_up(&setup, &device, web.tools()).await) });
    let faults = match done.await? {
        Ok((_, token)) => {
            let cookie = cookies::set(cookies::SESSION, &token.to_string(), None, https);
            let cookie = cookie.map_err(|cause| Refusal::broken(&cause))?;
            return Ok(([(SET_COOKIE, cookie)], Redirect::to("/op")).into_response());
        }
        Err(AccountError::WrongCode) => vec![Fault { field: "code", text: "accounts-wrong-code" }],
        Err(AccountError::Faults(faults)) => faults,
        Err(other) => return Err(other.into()),
    };
    page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::new(shell, fields, &faults))
}
