//! `/firm/{firm}/openings/{opening}`: how an opening stands, what stands against publishing it, and its next step.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::asking::label;
use super::edit::{Said, said};
use crate::accounts::{FirmHand, Tools};
use crate::board::postings::{self, FIELDS, Finding, Form as Fields, Posting, PostingError, Stage, openness};
use crate::domain::OpeningId;
use crate::store::shown;
use crate::texts::days::minute;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, page_as};

#[derive(Template)]
#[template(path = "firm/review.html")]
struct Page {
    shell: Shell,
    firm: String,
    home: String,
    at: String,
    by_proxy: bool,
    title: String,
    stage: String,
    note: Option<String>,
    version: i64,
    /// The field, the page where it is, and what is found.
    blocking: Vec<(String, String, Said)>,
    thoughts: Vec<(String, String, Said)>,
    is_open: bool,
    may_submit: bool,
    is_public: bool,
    is_over: bool,
    trouble: Option<String>,
}

type Params = Path<(String, String)>;

/// `GET /firm/{firm}/openings/{opening}`
pub async fn show(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Params,
) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &hand, &web, &opening, None).await
}

/// `POST /firm/{firm}/openings/{opening}`: hands it in.
pub async fn submit(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Params,
    Form(typed): Form<Fields>,
) -> Result<Response, Refusal> {
    let id = id(&opening)?;
    let version = typed.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let (by, with) = (hand.clone(), web.clone());
    let done = to_the_end(async move { Ok(postings::submit(&by, id, version, with.tools()).await) }).await?;
    answer(done, shell, &hand, &web, &opening).await
}

/// `POST …/unpublish`
pub async fn unpublish(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Params,
) -> Result<Response, Refusal> {
    let id = id(&opening)?;
    let (by, with) = (hand.clone(), web.clone());
    let done = to_the_end(async move { Ok(postings::unpublish(&by, id, with.tools()).await) }).await?;
    // The index follows the outbox within a second; here it follows at once.
    web.search.follow().await;
    answer(done, shell, &hand, &web, &opening).await
}

/// `POST …/close`
pub async fn close(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Params,
) -> Result<Response, Refusal> {
    let id = id(&opening)?;
    let (by, with) = (hand.clone(), web.clone());
    let done = to_the_end(async move { Ok(postings::close(&by, id, with.tools()).await) }).await?;
    web.search.follow().await;
    answer(done, shell, &hand, &web, &opening).await
}

/// `POST …/confirm`
pub async fn confirm(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Params,
) -> Result<Response, Refusal> {
    let id = id(&opening)?;
    let (by, with) = (hand.clone(), web.clone());
    let done = to_the_end(async move { Ok(postings::confirm(&by, id, with.tools()).await) }).await?;
    answer(done, shell, &hand, &web, &opening).await
}

fn id(opening: &str) -> Result<OpeningId, Refusal> {
    opening.parse().map_err(|_| Refusal::NotFound)
}

async fn answer(
    done: Result<(), PostingError>,
    shell: Shell,
    hand: &FirmHand,
    web: &Web,
    opening: &str,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/firm/{}/openings/{opening}", hand.firm())).into_response()),
        Err(error @ (PostingError::NotFound | PostingError::Store(_))) => Err(error.into()),
        Err(error) => {
            let trouble = Some(error.say(shell.lang));
            draw(StatusCode::CONFLICT, shell, hand, web, opening, trouble).await
        }
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    hand: &FirmHand,
    web: &Web,
    opening: &str,
    trouble: Option<String>,
) -> Result<Response, Refusal> {
    let posting = postings::find(&web.db, hand.firm(), id(opening)?).await?;
    let firm = shown::firm(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    let (open_said, _) = openness::find(&web.db, firm.id).await?;
    let is_open = firm.facts.may_be_named() && openness::missing(&open_said, &firm.facts).is_empty();
    let Tools { clock, .. } = web.tools();
    let checked = postings::check(&posting.form, &firm.facts, clock.today());
    let may_be_published = checked.may_be_published();
    let home = format!("/firm/{}", firm.id);
    let at = format!("{home}/openings/{}", posting.id);
    let told = |finding: &Finding| {
        let step =
            FIELDS.iter().find(|spec| spec.name == finding.field).map_or("basics", |spec| spec.step.code());
        let place = format!("{at}/edit/{step}#field-{}", finding.field);
        (shell.t(&label(finding.field)), place, said(finding, &shell))
    };
    let (blocking, thoughts): (Vec<_>, Vec<_>) =
        checked.findings.iter().map(told).partition(|(_, _, said)| said.blocks);
    let may_change = matches!(posting.stage, Stage::Draft | Stage::Returned { .. } | Stage::Unpublished)
        || posting.has_changes();
    page_as(
        status,
        &Page {
            title: match posting.title() {
                "" => shell.t("postings-untitled"),
                title => title.to_owned(),
            },
            stage: stage_words(&posting, &shell),
            note: match &posting.stage {
                Stage::Returned { note } => Some(note.clone()),
                _ => None,
            },
            firm: firm.facts.name,
            by_proxy: hand.is_proxy(),
            version: posting.version,
            may_submit: may_change && may_be_published && is_open && !posting.is_waiting,
            is_public: matches!(posting.stage, Stage::Published { .. } | Stage::Scheduled { .. }),
            is_over: posting.stage == Stage::Closed,
            blocking,
            thoughts,
            is_open,
            trouble,
            shell,
            home,
            at,
        },
    )
}

/// How an opening stands, in words.
pub fn stage_words(posting: &Posting, shell: &Shell) -> String {
    let time = |at: i64| minute(at, shell.lang);
    match &posting.stage {
        Stage::Draft => shell.t("postings-stage-draft"),
        Stage::Submitted { .. } => shell.t("postings-stage-submitted"),
        Stage::Returned { .. } => shell.t("postings-stage-returned"),
        Stage::Scheduled { publish_at } => shell.with("postings-stage-scheduled", "time", time(*publish_at)),
        Stage::Published { .. } if posting.is_waiting => shell.t("postings-stage-change-waits"),
        Stage::Published { .. } if posting.has_changes() => shell.t("postings-stage-changed"),
        Stage::Published { expires_at, .. } => {
            shell.with("postings-stage-published", "time", time(*expires_at))
        }
        Stage::Unpublished => shell.t("postings-stage-unpublished"),
        Stage::Closed => shell.t("postings-stage-closed"),
    }
}
