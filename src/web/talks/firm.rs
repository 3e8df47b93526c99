//! `/firm/{firm}/applicants`: who is interested and who applied, as far as each lets the firm see; answered and led on.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::proposal::Version;
use super::stands;
use crate::accounts::{FirmHand, FirmMember};
use crate::board::applications::{self, ApplicationError, STEPS};
use crate::board::consents::{self, Viewer};
use crate::domain::{ApplicationId, Scope};
use crate::store::applications::{self as rows, Listed};
use crate::store::{proposals, shown};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page, page_as, person};

type Typed = BTreeMap<String, String>;

#[derive(Template)]
#[template(path = "talks/applicants.html")]
struct List {
    shell: Shell,
    firm: String,
    home: String,
    list: Vec<One>,
}

struct One {
    at: String,
    name: String,
    title: String,
    stage: String,
    next: String,
}

#[derive(Template)]
#[template(path = "talks/applicant.html")]
struct Page {
    shell: Shell,
    list_at: String,
    at: String,
    id: String,
    name: String,
    title: String,
    stage: String,
    next: String,
    rows: Vec<(String, String)>,
    steps: Vec<(&'static str, String)>,
    may_interview: bool,
    may_decline: bool,
    words: Field,
    versions: Vec<Version>,
}

/// `GET /firm/{firm}/applicants`
pub async fn show(shell: Shell, member: FirmMember, State(web): State<Web>) -> Result<Response, Refusal> {
    let firm = shown::firm(&web.db, member.firm()).await?.ok_or(Refusal::NotFound)?;
    let home = format!("/firm/{}", firm.id);
    let mut list = Vec::new();
    for one in rows::of_firm(&web.db, firm.id).await? {
        let (stage, next) = stands(&one, &shell);
        list.push(One {
            at: format!("{home}/applicants/{}", one.row.id()?),
            name: name(&one, &shell),
            title: one.title,
            stage,
            next,
        });
    }
    page(&List { shell, firm: firm.facts.name, home, list })
}

/// `GET /firm/{firm}/applicants/{application}`: the candidate reads that it was opened.
pub async fn one(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &member, &web, &id, None).await
}

/// `POST …/advance`
pub async fn advance(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let application: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let step = typed.get("step").cloned().unwrap_or_default();
    let at = format!("/firm/{}/applicants/{id}", member.firm());
    let done =
        to_the_end(async move { Ok(applications::advance(&member, application, &step, web.tools()).await) });
    answer(done.await?, &shell, &at)
}

/// `POST …/decline`
pub async fn decline(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let application: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = typed.get("words").map(|words| words.trim().to_owned()).unwrap_or_default();
    if !(1..=1000).contains(&words.chars().count()) {
        let fault = Some(shell.t("talks-words-missing"));
        return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &member, &web, &id, fault).await;
    }
    let at = format!("/firm/{}/applicants", member.firm());
    let done =
        to_the_end(async move { Ok(applications::decline(&member, application, &words, web.tools()).await) });
    answer(done.await?, &shell, &at)
}

fn answer(done: Result<(), ApplicationError>, shell: &Shell, at: &str) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(at).into_response()),
        Err(error @ ApplicationError::WrongStage) => Err(Refusal::Conflict(error.say(shell.lang))),
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    member: &FirmMember,
    web: &Web,
    id: &str,
    fault: Option<String>,
) -> Result<Response, Refusal> {
    let id: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let all = rows::of_firm(&web.db, member.firm()).await?;
    let one = all.into_iter().find(|one| one.row.id().is_ok_and(|own| own == id)).ok_or(Refusal::NotFound)?;
    let candidate = one.row.candidate()?;
    let seen = consents::seen_by(&web.db, member.firm(), candidate).await?.ok_or(Refusal::NotFound)?;
    let scope = if one.knows_name { Scope::Identity } else { Scope::Profile };
    let viewer = Viewer::from(&FirmHand::Own(member.clone()));
    consents::saw(&viewer, candidate, scope, web.tools()).await?;
    let place = |stage: &str| STEPS.iter().position(|known| *known == stage);
    let is_over = matches!(one.row.stage.as_str(), "declined" | "withdrawn");
    let further =
        |step: &&&str| !is_over && one.row.level == "applied" && place(&one.row.stage) < place(step);
    let steps =
        STEPS.iter().filter(further).map(|step| (*step, shell.t(&format!("talks-advance-{step}")))).collect();
    let (stage, next) = stands(&one, &shell);
    let words = Field::new(&shell, "decline", "words")
        .hinted(&shell, "decline")
        .as_a(Kind::Lines(4))
        .filled(shell.t("talks-decline-usual"))
        .wrong(fault)
        .required();
    let list_at = format!("/firm/{}/applicants", member.firm());
    // Who takes the consent back takes what was written with it.
    let submitted = if one.knows_name { proposals::of(&web.db, id).await? } else { Vec::new() };
    let versions = Version::all(&submitted, &shell);
    page_as(
        status,
        &Page {
            at: format!("{list_at}/{id}"),
            id: id.to_string(),
            name: name(&one, &shell),
            rows: person::rows(&seen, &shell),
            title: one.title,
            may_interview: one.row.level == "applied",
            may_decline: !is_over,
            list_at,
            stage,
            next,
            steps,
            words,
            versions,
            shell,
        },
    )
}

/// The name, where the firm may know it.
pub(super) fn name(one: &Listed, shell: &Shell) -> String {
    if one.knows_name {
        return one.candidate.name.clone();
    }
    one.candidate.headline.clone().unwrap_or_else(|| shell.t("talks-somebody"))
}
