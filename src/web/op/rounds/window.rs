//! `/op/rounds/{n}/window`: when lists of a round are taken. `/op/rounds/{n}/lists`: who has certified, yes or no.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::Deserialize;

use super::number;
use crate::board::rankings::{self, NewWindow, RankingError};
use crate::clock::in_japan;
use crate::domain::Owner;
use crate::store::rankings::Window;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, page, page_as, wording};

#[derive(Template)]
#[template(path = "op/rounds/window.html")]
struct Page {
    shell: Shell,
    number: i64,
    now: String,
    is_set: bool,
    fields: Vec<Field>,
}

/// The fields as typed.
type Typed = BTreeMap<String, String>;

/// The longest note.
const NOTE: usize = 500;

/// `GET /op/rounds/{n}/window`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let round = number(&round)?;
    let (window, now_ms) = found(&web, round, &shell).await?;
    let typed = window.as_ref().map(typed).unwrap_or_default();
    let now = wording::second(now_ms, shell.lang);
    let fields = fields(&shell, &typed, &[]);
    page(&Page { shell, number: round, now, is_set: window.is_some(), fields })
}

/// `POST /op/rounds/{n}/window`
pub async fn set(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let round = number(&round)?;
    let (window, now_ms) = found(&web, round, &shell).await?;
    let faults = match read(&typed) {
        Ok(new) => {
            let done =
                to_the_end(
                    async move { Ok(rankings::set_window(&operator, round, &new, web.tools()).await) },
                );
            match done.await? {
                Ok(()) => return Ok(Redirect::to(&format!("/op/rounds/{round}")).into_response()),
                Err(RankingError::NoWindow) => vec![("closes", "rankings-no-window")],
                Err(error) => return Err(refuse(error, &shell)),
            }
        }
        Err(faults) => faults,
    };
    let now = wording::second(now_ms, shell.lang);
    let fields = fields(&shell, &typed, &faults);
    let drawn = Page { shell, number: round, now, is_set: window.is_some(), fields };
    page_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
}

async fn found(web: &Web, round: i64, shell: &Shell) -> Result<(Option<Window>, i64), Refusal> {
    rankings::window(&web.db, round).await.map_err(|error| refuse(error, shell))
}

fn refuse(error: RankingError, shell: &Shell) -> Refusal {
    match error {
        RankingError::NotFound => Refusal::NotFound,
        RankingError::Store(cause) => cause.into(),
        other => Refusal::Conflict(other.say(shell.lang)),
    }
}

fn fields(shell: &Shell, typed: &Typed, faults: &[(&'static str, &'static str)]) -> Vec<Field> {
    let form = "window";
    let kinds = [
        ("opens", Kind::Line("datetime-local", "off"), true),
        ("closes", Kind::Line("datetime-local", "off"), true),
        ("ties", Kind::Check, false),
        ("note", Kind::Lines(3), false),
    ];
    let field = |(name, kind, required): (&str, Kind, bool)| {
        let error = faults.iter().find(|(field, _)| *field == name).map(|(_, key)| shell.t(key));
        let value = typed.get(name).cloned().unwrap_or_default();
        let field = Field::new(shell, form, name).hinted(shell, form).filled(value).as_a(kind).wrong(error);
        let field = field.about(shell, form, "everybody", "round");
        if required { field.required() } else { field }
    };
    kinds.into_iter().map(field).collect()
}

/// A window as the form shows it.
fn typed(window: &Window) -> Typed {
    let time =
        |ms: i64| Timestamp::from_millisecond(ms).map(|at| in_japan(at).to_string()).unwrap_or_default();
    let fields = [
        ("opens", time(window.opens_at)),
        ("closes", time(window.closes_at)),
        ("ties", if window.ties { "yes".to_owned() } else { String::new() }),
        ("note", window.note.clone()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The window that was typed, in Japanese time.
fn read(typed: &Typed) -> Result<NewWindow, Vec<(&'static str, &'static str)>> {
    let text = |name: &str| typed.get(name).map(|value| value.trim()).unwrap_or_default();
    let time = |name: &str| {
        let at: DateTime = text(name).parse().ok()?;
        Some(jiff::tz::offset(9).to_timestamp(at).ok()?.as_millisecond())
    };
    let (opens, closes, note) = (time("opens"), time("closes"), text("note").to_owned());
    let short = note.chars().count() <= NOTE;
    match (opens, closes) {
        (Some(opens_at), Some(closes_at)) if short => {
            Ok(NewWindow { opens_at, closes_at, ties: text("ties") == "yes", note })
        }
        _ => Err([
            ("opens", opens.is_none(), "rankings-bad-time"),
            ("closes", closes.is_none(), "rankings-bad-time"),
            ("note", !short, "rankings-long-note"),
        ]
        .into_iter()
        .filter(|(_, wrong, _)| *wrong)
        .map(|(field, _, text)| (field, text))
        .collect()),
    }
}

#[derive(Template)]
#[template(path = "op/rounds/lists.html")]
struct Lists {
    shell: Shell,
    number: i64,
    closes: String,
    certified: usize,
    total: usize,
    rows: Vec<(String, String, bool)>,
    before: Option<usize>,
    after: Option<usize>,
}

/// People a page.
const PAGE: usize = 100;

/// Which part.
#[derive(Deserialize)]
pub struct Part {
    from: Option<usize>,
}

/// `GET /op/rounds/{n}/lists`
pub async fn lists(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    let round = number(&round)?;
    let found = rankings::entrants(&operator, &web.db, round).await;
    let (window, all) = found.map_err(|error| refuse(error, &shell))?;
    let from = part.from.unwrap_or(0).min(all.len());
    let (total, next) = (all.len(), from + PAGE);
    let certified = all.iter().filter(|one| one.certified).count();
    let row = |one: crate::store::rankings::Entrant| {
        let side = shell.t(match one.owner {
            Owner::Candidate(_) => "web-links-person",
            Owner::Opening(_) => "web-links-firm",
        });
        let firm = one.firm.map(|firm| format!("{firm} ")).unwrap_or_default();
        (side, format!("{firm}{}", one.name), one.certified)
    };
    page(&Lists {
        rows: all.into_iter().skip(from).take(PAGE).map(row).collect(),
        closes: wording::second(window.closes_at, shell.lang),
        number: round,
        certified,
        total,
        before: (from > 0).then(|| from.saturating_sub(PAGE)),
        after: (next < total).then_some(next),
        shell,
    })
}
