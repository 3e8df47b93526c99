//! `/late`: a form that was sent after the session had ended, to be sent again or thrown away.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::late;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, SomeBody, address, page};

type Typed = BTreeMap<String, String>;

#[derive(Template)]
#[template(path = "account/late.html")]
struct Page {
    shell: Shell,
    to: String,
    back: String,
    /// All that was sent.
    fields: Vec<(String, String)>,
    /// What of it is words.
    words: Vec<String>,
}

/// `GET /late?to=…&back=…`
pub async fn show(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Query(asked): Query<Typed>,
) -> Result<Response, Refusal> {
    let [to, back] = ["to", "back"].map(|name| local(&asked, name));
    let Some(form) = late::kept(&person, &to, web.tools()).await? else {
        return Ok(Redirect::to(&back).into_response());
    };
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    let words = fields.iter().filter(|(name, value)| name != "version" && is_words(value));
    let words = words.map(|(_, value)| value.clone()).collect();
    page(&Page { shell, to, back, fields, words })
}

/// `POST /late`: throws the form away.
pub async fn throw_away(
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Form(asked): Form<Typed>,
) -> Result<Response, Refusal> {
    let [to, back] = ["to", "back"].map(|name| local(&asked, name));
    to_the_end(async move { Ok(late::drop(&person, &to, web.tools()).await?) }).await?;
    Ok(Redirect::to(&back).into_response())
}

/// Codes and numbers of the form mean nothing to its reader.
fn is_words(value: &str) -> bool {
    !value.trim().is_empty() && (!value.is_ascii() || value.contains(' '))
}

fn local(asked: &Typed, name: &str) -> String {
    asked.get(name).filter(|path| address::is_local(path)).cloned().unwrap_or_else(|| "/start".to_owned())
}
