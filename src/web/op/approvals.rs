//! `/op/approvals`: what firms handed in, read as a candidate will see it, with every finding; approved, now or for later, or
//! given back with what is to be changed.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::board::postings::{self, PostingError, Step};
use crate::domain::OpeningId;
use crate::store::{postings as rows, shown};
use crate::texts::days::minute;
use crate::web::Web;
use crate::web::firm::{Line, inward, lines};
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, page, page_as};

type Typed = BTreeMap<String, String>;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/op/approvals", get(list)).route("/op/approvals/{opening}", get(show).post(decide))
}

#[derive(Template)]
#[template(path = "op/approvals.html")]
struct List {
    shell: Shell,
    waiting: Vec<(String, String, String, String)>,
}

#[derive(Template)]
#[template(path = "op/approval.html")]
struct Page {
    shell: Shell,
    at: String,
    title: String,
    firm: String,
    sections: Vec<(String, Vec<Line>)>,
    findings: Vec<(String, bool)>,
    by_proxy: bool,
    fields: Vec<Field>,
    trouble: Option<String>,
}

async fn list(shell: Shell, Signed(_): Signed, State(web): State<Web>) -> Result<Response, Refusal> {
    let waiting = postings::queue(&web.db).await?;
    let waiting = waiting.into_iter().map(|one| {
        let at = format!("/op/approvals/{}", one.opening_id);
        (at, one.title(), one.firm.clone(), minute(one.submitted_at, shell.lang))
    });
    page(&List { waiting: waiting.collect(), shell })
}

async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(opening): Path<String>,
) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &web, &opening, &Typed::new(), None).await
}

async fn decide(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(opening): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let said = |name: &str| typed.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    let (with, note, confirmed, at) = (web.clone(), said("note"), said("confirmed"), said("publish_at"));
    let approves = said("decision") == "approve";
    if !approves && note.is_empty() {
        let trouble = Some(shell.t("postings-say-why"));
        return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, &opening, &typed, trouble).await;
    }
    let publish_at = match at.as_str() {
        "" => None,
        text => match in_japan(text) {
            Some(at) => Some(at),
            None => {
                let trouble = Some(shell.t("postings-bad-time"));
                return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, &opening, &typed, trouble).await;
            }
        },
    };
    let done = to_the_end(async move {
        let confirmed = (!confirmed.is_empty()).then_some(confirmed.as_str());
        Ok(if approves {
            postings::approve(&operator, id, publish_at, confirmed, with.tools()).await
        } else {
            postings::give_back(&operator, id, &note, with.tools()).await
        })
    });
    match done.await? {
        Ok(()) => {
            web.search.follow().await;
            Ok(Redirect::to("/op/approvals").into_response())
        }
        Err(error @ (PostingError::NotFound | PostingError::Store(_))) => Err(error.into()),
        // A second click, or a colleague was quicker.
        Err(PostingError::WrongStage) => Ok(Redirect::to("/op/approvals").into_response()),
        Err(error) => {
            let trouble = Some(error.say(shell.lang));
            draw(StatusCode::CONFLICT, shell, &web, &opening, &typed, trouble).await
        }
    }
}

/// A time as the browser's field writes it, on a Japanese clock.
fn in_japan(text: &str) -> Option<i64> {
    let at: jiff::civil::DateTime = text.parse().ok()?;
    jiff::tz::offset(9).to_timestamp(at).ok().map(|at| at.as_millisecond())
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    opening: &str,
    typed: &Typed,
    trouble: Option<String>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let row =
        rows::find(&web.db, id).await?.filter(|row| row.submitted_at.is_some()).ok_or(Refusal::NotFound)?;
    let firm = shown::firm(&web.db, row.firm()?).await?.ok_or(Refusal::NotFound)?;
    let form = row.form()?;
    let checked = postings::check(&form, &firm.facts, web.clock.today());
    let findings = checked.findings.iter().map(|finding| {
        let words = format!("{} {}", finding.say(shell.lang), finding.article);
        (words, finding.grade == postings::Grade::Error)
    });
    let findings = findings.collect();
    let versions = rows::versions(&web.db, id).await?;
    let since = row.published_version.unwrap_or(0);
    let by_proxy = versions.iter().any(|version| version.version > since && version.by_proxy);
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let field = |name: &str, kind: Kind| {
        Field::new(&shell, "approval", name).hinted(&shell, "approval").as_a(kind).filled(value(name))
    };
    let mut fields = vec![field("publish_at", Kind::Line("datetime-local", "off"))];
    if by_proxy {
        fields.push(field("confirmed", Kind::Line("text", "off")).required());
    }
    fields.push(field("note", Kind::Lines(4)));
    let sections = Step::ALL
        .map(|step| (shell.t(&format!("postings-step-{}", step.code())), lines(&form, step, &shell)));
    let for_the_desk = (shell.t("postings-self-check"), inward(&form, &shell));
    let sections =
        sections.into_iter().chain([for_the_desk]).filter(|(_, lines)| !lines.is_empty()).collect();
    page_as(
        status,
        &Page {
            at: format!("/op/approvals/{id}"),
            title: form.get("title").cloned().unwrap_or_default(),
            firm: firm.facts.name,
            sections,
            findings,
            by_proxy,
            fields,
            trouble,
            shell,
        },
    )
}
