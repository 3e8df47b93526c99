//! `/op/words`: what means the same at this desk, a list a line, and who said so when.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::search::words::{self, BadWords, WordsNotSet};
use crate::web::Web;
use crate::web::shell::field::Kind;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Refusal, Shell, Signed, page_as, wording};

/// Lines of the field.
const LINES: u8 = 12;

#[derive(Template)]
#[template(path = "op/words.html")]
struct Page {
    shell: Shell,
    version: i64,
    fields: Vec<Field>,
    conflict: bool,
    /// Earlier choices: when, by whom, and how many lists there were.
    history: Vec<(String, String, String)>,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    version: i64,
    #[serde(default)]
    words: String,
}

/// `GET /op/words`
pub async fn show(shell: Shell, Signed(_): Signed, State(web): State<Web>) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &web, None, None).await
}

/// `POST /op/words`
pub async fn set(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let lists = match words::read_lists(&typed.words) {
        Ok(lists) => lists,
        Err(bad) => return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, Some(typed), Some(bad)).await,
    };
    let (here, version) = (web.clone(), typed.version);
    let done = async move { Ok(words::set_words(&operator, &lists, version, here.tools()).await) };
    match to_the_end(done).await? {
        Ok(()) => Ok(Redirect::to("/op/words").into_response()),
        // What was typed stays: whoever came first is told of, and nothing is lost.
        Err(WordsNotSet::Conflict) => draw(StatusCode::CONFLICT, shell, &web, Some(typed), None).await,
        Err(WordsNotSet::Store(cause)) => Err(cause.into()),
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    typed: Option<Typed>,
    bad: Option<BadWords>,
) -> Result<Response, Refusal> {
    let history = words::history(&web.db).await?;
    let now = history.first().cloned().unwrap_or_default();
    let conflict = status == StatusCode::CONFLICT;
    let version = typed.as_ref().filter(|_| !conflict).map_or(now.version, |typed| typed.version);
    let written = || now.lists.iter().map(|list| list.join("、")).collect::<Vec<_>>().join("\n");
    let field = Field::new(&shell, "words", "words")
        .hinted(&shell, "words")
        .as_a(Kind::Lines(LINES))
        .filled(typed.map_or_else(written, |typed| typed.words))
        .wrong(bad.map(|bad| bad.say(shell.lang)));
    let told = |one: &words::OwnWords| {
        let (at, by) = one.set.clone()?;
        Some((wording::minute(at, shell.lang), by, shell.with("words-lists", "count", one.lists.len())))
    };
    let history = history.iter().filter_map(told).collect();
    page_as(status, &Page { version, fields: vec![field], conflict, history, shell })
}
