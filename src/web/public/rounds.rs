//! `/rounds`: the calendar of rounds. Days and rules; never who takes part, nor how many.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::board::rankings::Phase;
use crate::domain::{Mechanism, StageName};
use crate::rounds::{self, RoundError, Summary};
use crate::store::rankings::{self, Window};
use crate::texts::calendar::{self, Event, Method};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "public/rounds.html")]
struct Calendar {
    shell: Shell,
    rounds: Vec<Row>,
}

#[derive(Template)]
#[template(path = "public/round.html")]
struct Page {
    shell: Shell,
    row: Row,
    note: String,
    rules: Vec<String>,
}

struct Row {
    number: i64,
    stands: String,
    opens: Option<String>,
    closes: Option<String>,
}

/// `GET /rounds`
pub async fn list(shell: Shell, State(web): State<Web>) -> Result<Response, Refusal> {
    let (rounds, windows) = both(&web).await?;
    let now_ms = web.clock.now_ms();
    let row =
        |round: &Summary| row(round, windows.iter().find(|one| one.round == round.number), now_ms, &shell);
    page(&Calendar { rounds: rounds.iter().map(row).collect(), shell })
}

/// `GET /rounds/{n}`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let (round, window) = one(&web, &round).await?;
    let ties = match &window {
        Some(window) if window.ties => "rankings-rule-ties",
        Some(_) => "rankings-rule-no-ties",
        None => "rankings-rule-imported",
    };
    let mechanism = match round.mechanism {
        Mechanism::CandidateOptimal => "rankings-rule-candidate-optimal",
        Mechanism::OpeningOptimal => "rankings-rule-opening-optimal",
    };
    let sealed = window.as_ref().map(|_| "rankings-rule-sealed");
    let rules = [Some(mechanism), Some(ties), Some("rankings-rule-stable"), sealed];
    page(&Page {
        row: row(&round, window.as_ref(), web.clock.now_ms(), &shell),
        rules: rules.into_iter().flatten().map(|key| shell.t(key)).collect(),
        note: window.map(|window| window.note).unwrap_or_default(),
        shell,
    })
}

/// `GET /rounds/{n}/calendar.ics`: opening and closing, for a person's own calendar.
pub async fn ics(
    shell: Shell,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let (round, window) = one(&web, &round).await?;
    let window = window.ok_or(Refusal::NotFound)?;
    let n = round.number;
    let event = |what: &str, key: &str, at: i64, alarm| Event {
        uid: format!("round-{n}-{what}@migiude"),
        // A moved deadline replaces the one before: later writings count higher.
        sequence: u32::try_from((web.clock.now_ms() - round.made_at).max(0) / 60_000).unwrap_or(u32::MAX),
        stamp_ms: web.clock.now_ms(),
        starts_ms: at,
        ends_ms: at,
        summary: shell.with(key, "n", n),
        url: format!("{}/rounds/{n}", web.origin),
        alarm,
        ..Event::default()
    };
    let events = [
        event("opens", "rankings-ics-opens", window.opens_at, None),
        event("closes", "rankings-ics-closes", window.closes_at, Some(24 * 60)),
    ];
    let headers = [
        (header::CONTENT_TYPE, calendar::MEDIA_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"round-{n}.ics\"")),
    ];
    Ok((headers, calendar::write(Method::Publish, &events)).into_response())
}

/// Every round, and every window.
pub(super) async fn both(web: &Web) -> Result<(Vec<Summary>, Vec<Window>), Refusal> {
    let rounds = rounds::list(&web.db).await.map_err(|error| match error {
        RoundError::Store(cause) => cause.into(),
        other => Refusal::broken(&other),
    })?;
    Ok((rounds, rankings::windows(&web.db).await?))
}

async fn one(web: &Web, round: &str) -> Result<(Summary, Option<Window>), Refusal> {
    let number: i64 = round.parse().map_err(|_| Refusal::NotFound)?;
    let (rounds, windows) = both(web).await?;
    let round = rounds.into_iter().find(|one| one.number == number).ok_or(Refusal::NotFound)?;
    Ok((round, windows.into_iter().find(|one| one.round == number)))
}

fn row(round: &Summary, window: Option<&Window>, now_ms: i64, shell: &Shell) -> Row {
    let time = |ms: i64| wording::second(ms, shell.lang);
    Row {
        number: round.number,
        stands: stands(round, window, now_ms, shell),
        opens: window.map(|window| time(window.opens_at)),
        closes: window.map(|window| time(window.closes_at)),
    }
}

/// How a round stands, as far as the public may know: a result that is not published yet does not show.
pub(super) fn stands(round: &Summary, window: Option<&Window>, now_ms: i64, shell: &Shell) -> String {
    let day = |at: Option<i64>| at.map(|at| wording::instant_day(at, shell.lang)).unwrap_or_default();
    match round.stage {
        StageName::Draft => match window.map(|window| (Phase::at(window, now_ms), window)) {
            Some((Phase::Early, _)) => shell.t("rankings-stands-early"),
            Some((Phase::Closed, window)) => {
                shell.with("rankings-closed-at", "time", wording::second(window.closes_at, shell.lang))
            }
            _ => shell.t("web-home-round-open"),
        },
        StageName::Frozen | StageName::Proposed => {
            shell.with("web-home-round-closed", "day", day(round.frozen_at))
        }
        StageName::Published => shell.with("web-home-round-published", "day", day(round.published_at)),
    }
}
