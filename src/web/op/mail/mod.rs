//! `/op/mail`: what went out, what waits, what failed and why.
//!
//! What a letter said is shown only where our own folder is where it went: elsewhere it belongs to its reader.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post as posting};
use serde::Deserialize;

use super::desk_refusal;
use crate::desk::post;
use crate::mail::{self, Words};
use crate::store::letters::{self, LetterCounts, Shown};
use crate::texts::Lang;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, Signed, page, wording};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op/mail", get(list))
        .route("/op/mail/{letter}", get(show))
        .route("/op/mail/{letter}/retry", posting(retry))
}

/// Letters on one page.
const ON_PAGE: i64 = 50;
/// The states by which letters are chosen; the first is all of them.
const STATES: [&str; 4] = ["", "waiting", "sent", "failed"];

#[derive(Template)]
#[template(path = "op/mail/list.html")]
struct ListPage {
    shell: Shell,
    counts: LetterCounts,
    /// State, label, number, and whether it is the one shown.
    states: Vec<(&'static str, String, i64, bool)>,
    state: String,
    rows: Vec<Row>,
    page: i64,
    more: bool,
}

struct Row {
    id: String,
    kind: String,
    to: String,
    state: String,
    is_failed: bool,
    made: String,
    trouble: Option<String>,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

/// `GET /op/mail`
pub async fn list(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Query(wish): Query<Wish>,
) -> Result<Response, Refusal> {
    let state = STATES.into_iter().find(|state| *state == wish.state).unwrap_or("");
    let number: i64 = wish.page.parse().ok().filter(|page| (0..10_000).contains(page)).unwrap_or(0);
    let counts = letters::counts(&web.db).await?;
    let mut found = letters::list(&web.db, state, ON_PAGE + 1, number * ON_PAGE).await?;
    let more = found.len() > ON_PAGE as usize;
    found.truncate(ON_PAGE as usize);
    let numbers = [counts.waiting + counts.sent + counts.failed, counts.waiting, counts.sent, counts.failed];
    let states =
        STATES.into_iter().zip(numbers).map(|(one, n)| (one, say_filter(one, &shell), n, one == state));
    let states = states.collect();
    let rows = found.iter().map(|letter| Row::of(letter, &shell)).collect();
    page(&ListPage { states, rows, counts, state: state.to_owned(), page: number, more, shell })
}

fn say_filter(state: &str, shell: &Shell) -> String {
    if state.is_empty() { shell.t("mail-op-all") } else { shell.t(&format!("mail-state-{state}")) }
}

impl Row {
    fn of(letter: &Shown, shell: &Shell) -> Self {
        Self {
            id: letter.id.clone(),
            kind: say_kind(&letter.kind, shell),
            to: reader(letter),
            state: say_state(letter, shell),
            is_failed: letter.state == "failed",
            made: wording::minute(letter.made_at, shell.lang),
            trouble: letter.trouble.clone(),
        }
    }
}

fn say_kind(kind: &str, shell: &Shell) -> String {
    shell.t(&format!("mail-kind-{kind}"))
}

fn say_state(letter: &Shown, shell: &Shell) -> String {
    match letter.state.as_str() {
        "waiting" if letter.tries > 0 => {
            let at = wording::minute(letter.due_at, shell.lang);
            shell.lang.say_with("mail-op-next-try", &[("tries", &letter.tries), ("at", &at)])
        }
        state => shell.t(&format!("mail-state-{state}")),
    }
}

/// Whom it goes to: a name, else as much of the address as tells two apart.
fn reader(letter: &Shown) -> String {
    letter.name.clone().unwrap_or_else(|| masked(&letter.address))
}

fn masked(address: &str) -> String {
    let (name, host) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{host}")
}

#[derive(Template)]
#[template(path = "op/mail/letter.html")]
struct LetterPage {
    shell: Shell,
    letter: Shown,
    kind: String,
    to: String,
    state: String,
    made: String,
    sent: Option<String>,
    lang: Lang,
    /// What it said, and the path of its link.
    said: Option<(Words, Option<String>)>,
    may_retry: bool,
}

/// `GET /op/mail/{letter}`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let letter = letters::find(&web.db, &id).await?.ok_or(Refusal::NotFound)?;
    let lang = Lang::from_tag(&letter.lang).unwrap_or_default();
    let said = letter.is_kept.then(|| {
        let words = mail::words(&letter.letter, lang, letter.name.as_deref(), &web.origin);
        let path = words.link.as_ref().and_then(|(_, address)| address.strip_prefix(&*web.origin));
        let path = path.map(str::to_owned);
        (words, path)
    });
    page(&LetterPage {
        kind: say_kind(&letter.kind, &shell),
        to: reader(&letter),
        state: say_state(&letter, &shell),
        made: wording::minute(letter.made_at, shell.lang),
        sent: letter.sent_at.map(|at| wording::minute(at, shell.lang)),
        may_retry: letter.state == "failed" || (letter.state == "waiting" && letter.trouble.is_some()),
        lang,
        said,
        letter,
        shell,
    })
}

/// `POST /op/mail/{letter}/retry`
pub async fn retry(
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let to = format!("/op/mail/{id}");
    to_the_end(async move { post::retry(&operator, &id, web.tools()).await.map_err(desk_refusal) }).await?;
    Ok(Redirect::to(&to).into_response())
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn an_address_is_told_apart_and_not_told() {
        assert_eq!(masked("hanako@example.jp"), "h…@example.jp");
        assert_eq!(masked("花@example.jp"), "花…@example.jp");
        assert_eq!(masked("nothing"), "n…@");
    }
}
