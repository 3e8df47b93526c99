//! `/messages`: what candidates, firms and the desk write to each other about an opening, with everybody who reads it named.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::accounts::SignedIn;
use crate::board::threads::{self, Seat, Side, ThreadError};
use crate::domain::{ApplicationId, Person};
use crate::store::applications::Listed;
use crate::store::threads::Message;
use crate::texts::days::minute;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, SomeBody, page, page_as};

type Typed = BTreeMap<String, String>;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/messages", get(list)).route("/messages/{application}", get(show).post(write))
}

#[derive(Template)]
#[template(path = "messages/list.html")]
struct List {
    shell: Shell,
    threads: Vec<One>,
}

struct One {
    at: String,
    with: String,
    title: String,
    latest: Option<String>,
    unread: i64,
}

#[derive(Template)]
#[template(path = "messages/thread.html")]
struct Page {
    shell: Shell,
    at: String,
    with: String,
    title: String,
    readers: Vec<String>,
    said: Vec<Said>,
    is_open: bool,
    /// The name of the message that is being written.
    id: String,
    /// The writer was told of the address and may send all the same.
    asks: bool,
    fields: Vec<Field>,
}

struct Said {
    by: String,
    when: String,
    body: String,
    is_own: bool,
}

async fn list(shell: Shell, SomeBody(who): SomeBody, State(web): State<Web>) -> Result<Response, Refusal> {
    let mut list = Vec::new();
    for entry in threads::list(&web.db, &who).await? {
        list.push(One {
            at: format!("/messages/{}", entry.about.row.id()?),
            with: with(&entry.about, entry.side, &shell),
            latest: entry.latest_at.map(|at| minute(at, shell.lang)),
            unread: entry.unread,
            title: entry.about.title,
        });
    }
    page(&List { shell, threads: list })
}

async fn show(
    shell: Shell,
    SomeBody(who): SomeBody,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let seat = seat(&web, &who, &id).await?;
    page(&draw(shell, &seat, &web, &id, None, "").await?)
}

async fn write(
    shell: Shell,
    SomeBody(who): SomeBody,
    State(web): State<Web>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let seat = seat(&web, &who, &id).await?;
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (body, is_sure) = (said("body"), typed.contains_key("sure"));
    // The page named the message, so that a second press is the same one.
    let name = said("id").parse::<uuid::Uuid>().map_or_else(|_| web.tools().new_id(), |id| id.to_string());
    let (by, with, text) = (seat.clone(), web.clone(), body.clone());
    let written =
        to_the_end(async move { Ok(threads::write(&by, &name, &text, is_sure, with.tools()).await) });
    match written.await? {
        Ok(()) => Ok(Redirect::to(&format!("/messages/{id}#latest")).into_response()),
        Err(ThreadError::Store(cause)) => Err(cause.into()),
        Err(ThreadError::Ended) => Err(Refusal::Conflict(ThreadError::Ended.say(shell.lang))),
        Err(wrong) => {
            let drawn = draw(shell, &seat, &web, &id, Some(wrong), &body).await?;
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
        }
    }
}

async fn seat(web: &Web, who: &SignedIn, id: &str) -> Result<Seat, Refusal> {
    let id: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    threads::seat(&web.db, who, id).await?.ok_or(Refusal::NotFound)
}

async fn draw(
    shell: Shell,
    seat: &Seat,
    web: &Web,
    id: &str,
    wrong: Option<ThreadError>,
    typed: &str,
) -> Result<Page, Refusal> {
    let messages = threads::read(seat, web.tools()).await?;
    let (members, desk) = threads::members(seat, web.tools()).await?;
    let said = messages.iter().map(|message| Said {
        by: writer(message, seat, &shell),
        when: minute(message.sent_at, shell.lang),
        body: message.body.clone(),
        is_own: seat.wrote(message),
    });
    let names = |people: &[Person]| match people {
        [] => shell.t("talks-reads-nobody"),
        people => people.iter().map(|person| public(&person.name, &shell)).collect::<Vec<_>>().join("、"),
    };
    let readers = vec![
        shell.with("talks-reads-candidate", "name", candidate(&seat.about, seat.side, &shell)),
        shell.lang.say_with("talks-reads-firm", &[("firm", &seat.about.firm), ("names", &names(&members))]),
        shell.with("talks-reads-desk", "names", names(&desk)),
    ];
    let asks = matches!(wrong, Some(ThreadError::Address));
    let body = Field::new(&shell, "message", "body")
        .as_a(Kind::Lines(6))
        .about(&shell, "message", "thread", "account")
        .filled(typed)
        .wrong(wrong.map(|wrong| wrong.say(shell.lang)))
        .required();
    Ok(Page {
        at: format!("/messages/{id}"),
        with: with(&seat.about, seat.side, &shell),
        title: seat.about.title.clone(),
        said: said.collect(),
        is_open: seat.is_open(),
        id: web.tools().new_id(),
        fields: vec![body],
        readers,
        asks,
        shell,
    })
}

/// With whom the reader writes.
fn with(about: &Listed, side: Side, shell: &Shell) -> String {
    match side {
        Side::Candidate => about.firm.clone(),
        Side::Firm => candidate(about, side, shell),
        Side::Desk => format!("{} － {}", candidate(about, side, shell), about.firm),
    }
}

/// The candidate, by name where the reader may know it.
fn candidate(about: &Listed, side: Side, shell: &Shell) -> String {
    if side != Side::Firm || about.knows_name {
        return about.candidate.name.clone();
    }
    about.candidate.headline.clone().unwrap_or_else(|| shell.t("talks-somebody"))
}

/// A name as others read it. Whoever has not said theirs is called after their address, which is nobody else's.
fn public(name: &str, shell: &Shell) -> String {
    if name.contains('@') { shell.t("talks-nameless") } else { name.to_owned() }
}

fn writer(message: &Message, seat: &Seat, shell: &Shell) -> String {
    let name =
        message.name.as_deref().map_or_else(|| shell.t("talks-writer-gone"), |name| public(name, shell));
    match Side::of(message) {
        Side::Candidate => candidate(&seat.about, seat.side, shell),
        Side::Firm => format!("{name}（{}）", seat.about.firm),
        Side::Desk => format!("{name}（{}）", shell.t("talks-writer-desk")),
    }
}
