//! `/op/rounds`: the rounds, and making a new one. A file for each page of a round: the round itself, the steps it
//! takes, what would change, publishing, and the links for participants.

mod compare;
mod histogram;
mod links;
mod publish;
mod round;
mod steps;
mod window;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::domain::{Mechanism, Settings, StageName};
use crate::rounds::{self, ErrorKind, RoundError};
use crate::texts::Lang;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, Signed, page_as, wording};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op/rounds", get(show).post(make))
        .route("/op/rounds/{n}", get(round::show))
        .route("/op/rounds/{n}/freeze", post(steps::freeze))
        .route("/op/rounds/{n}/run", post(steps::run))
        .route("/op/rounds/{n}/compare", get(compare::show))
        .route("/op/rounds/{n}/publish", get(publish::show).post(publish::publish))
        .route("/op/rounds/{n}/window", get(window::show).post(window::set))
        .route("/op/rounds/{n}/lists", get(window::lists))
        .route("/op/rounds/{n}/links", get(links::show).post(links::issue))
}

/// The longest shortlist that may stand in for a list.
const LONGEST_SHORTLIST: u32 = 100;

#[derive(Template)]
#[template(path = "op/rounds/list.html")]
struct Page {
    shell: Shell,
    rounds: Vec<Row>,
    fields: Fields,
    /// The field and what is wrong with it.
    faults: Vec<(&'static str, String)>,
    mechanisms: [(&'static str, &'static str, &'static str); 2],
}

struct Row {
    number: i64,
    stage: String,
    mechanism: String,
    made: String,
    published: Option<String>,
}

/// What the form sends, as it was typed.
#[derive(Clone, Deserialize)]
pub struct Fields {
    #[serde(default)]
    mechanism: String,
    #[serde(default)]
    top_k: String,
    #[serde(default)]
    seed: String,
    #[serde(default)]
    with_placed: String,
}

impl Default for Fields {
    fn default() -> Self {
        let Settings { mechanism, top_k, .. } = Settings::default();
        Self {
            mechanism: mechanism.name().to_owned(),
            top_k: top_k.to_string(),
            seed: String::new(),
            with_placed: String::new(),
        }
    }
}

/// `GET /op/rounds`
pub async fn show(shell: Shell, Signed(_): Signed, State(web): State<Web>) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &web, Fields::default(), Vec::new()).await
}

/// `POST /op/rounds`
pub async fn make(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let settings = match fields.read(&web) {
        Ok(settings) => settings,
        Err(faults) => {
            let faults = faults.into_iter().map(|(field, text)| (field, shell.t(text))).collect();
            return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, fields, faults).await;
        }
    };
    let lang = shell.lang;
    let made = to_the_end(async move {
        rounds::new(&operator, &web.db, &*web.clock, settings).await.map_err(|error| refuse(error, lang))
    });
    let round = made.await?;
    Ok(Redirect::to(&format!("/op/rounds/{}", round.number)).into_response())
}

impl Page {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }
}

impl Fields {
    fn read(&self, web: &Web) -> Result<Settings, Vec<(&'static str, &'static str)>> {
        let mechanism = Mechanism::ALL.into_iter().find(|one| one.name() == self.mechanism);
        let top_k = self.top_k.trim().parse().ok().filter(|k| (1..=LONGEST_SHORTLIST).contains(k));
        let seed = match self.seed.trim() {
            "" => Some(draw_seed(web)),
            typed => typed.parse().ok(),
        };
        match (mechanism, top_k, seed) {
            (Some(mechanism), Some(top_k), Some(seed)) => Ok(Settings {
                mechanism,
                top_k,
                seed,
                with_placed: self.with_placed == "yes",
                ..Settings::default()
            }),
            _ => Err([
                (mechanism.is_none(), "mechanism", "web-round-bad-mechanism"),
                (top_k.is_none(), "top_k", "web-round-bad-top-k"),
                (seed.is_none(), "seed", "web-round-bad-seed"),
            ]
            .into_iter()
            .filter(|(wrong, ..)| *wrong)
            .map(|(_, field, text)| (field, text))
            .collect()),
        }
    }
}

/// Nine digits or so can be read out and typed in again.
fn draw_seed(web: &Web) -> u64 {
    let mut bytes = [0; 4];
    web.chance.fill(&mut bytes);
    u32::from_le_bytes(bytes).into()
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    fields: Fields,
    faults: Vec<(&'static str, String)>,
) -> Result<Response, Refusal> {
    let lang = shell.lang;
    let rounds = rounds::list(&web.db).await.map_err(|error| refuse(error, lang))?;
    let rounds = rounds
        .into_iter()
        .map(|round| Row {
            number: round.number,
            stage: stage(round.stage, lang),
            mechanism: mechanism(round.mechanism, lang),
            made: wording::minute(round.made_at, lang),
            published: round.published_at.map(|at| wording::minute(at, lang)),
        })
        .collect();
    let mechanisms = Mechanism::ALL.map(|one| (one.name(), mechanism_key(one), mechanism_hint_key(one)));
    page_as(status, &Page { shell, rounds, fields, faults, mechanisms })
}

/// A refusal of the rounds room as a page.
pub(super) fn refuse(error: RoundError, lang: Lang) -> Refusal {
    match error.kind() {
        ErrorKind::Unknown => Refusal::NotFound,
        ErrorKind::Refused => Refusal::Conflict(error.say(lang)),
        ErrorKind::Failed => match error {
            RoundError::Store(cause) => cause.into(),
            other => Refusal::broken(&other),
        },
    }
}

/// The number in an address; anything else is no round.
fn number(text: &str) -> Result<i64, Refusal> {
    text.parse().ok().filter(|number| *number > 0).ok_or(Refusal::NotFound)
}

pub(super) fn stage(stage: StageName, lang: Lang) -> String {
    lang.say(match stage {
        StageName::Draft => "web-round-stage-draft",
        StageName::Frozen => "web-round-stage-frozen",
        StageName::Proposed => "web-round-stage-proposed",
        StageName::Published => "web-round-stage-published",
    })
}

fn mechanism(mechanism: Mechanism, lang: Lang) -> String {
    lang.say(mechanism_key(mechanism))
}

fn mechanism_key(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::CandidateOptimal => "web-round-candidate-optimal",
        Mechanism::OpeningOptimal => "web-round-opening-optimal",
    }
}

fn mechanism_hint_key(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::CandidateOptimal => "web-round-candidate-optimal-hint",
        Mechanism::OpeningOptimal => "web-round-opening-optimal-hint",
    }
}
