//! `/me/proposals/{application}`: the proposal sheet, kept while it is typed, and every version that was handed in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::CandidateSelf;
use crate::board::proposals::{self, FIELDS, ProposalError, Sheet, Submitted};
use crate::domain::ApplicationId;
use crate::store::drafts::Fields;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, conflict, draft, page_as, wording};

#[derive(Template)]
#[template(path = "talks/proposal.html")]
struct Page {
    shell: Shell,
    at: String,
    title: String,
    firm: String,
    version: i64,
    is_open: bool,
    fields: Vec<Field>,
    versions: Vec<Version>,
}

/// A version that was handed in, as people read it.
pub(super) struct Version {
    /// 「第2版（2026年12月5日（土） 13:00）」
    pub name: String,
    /// Label and text of every field that was filled in.
    pub rows: Vec<(String, String)>,
}

impl Version {
    /// Every version, the latest first.
    pub fn all(submitted: &[Submitted], shell: &Shell) -> Vec<Self> {
        let version = |one: &Submitted| {
            let when = wording::minute(one.at, shell.lang);
            let name = shell.lang.say_with("talks-proposal-version", &[("n", &one.version), ("when", &when)]);
            let row = |(name, _): &(&str, bool)| Some((label(name, shell), one.fields.get(*name)?.clone()));
            Self { name, rows: FIELDS.iter().filter_map(row).collect() }
        };
        submitted.iter().map(version).collect()
    }
}

fn label(name: &str, shell: &Shell) -> String {
    shell.t(&format!("field-proposal-{name}"))
}

/// `GET /me/proposals/{application}`
pub async fn show(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = read(&id)?;
    let sheet = proposals::open(&web.db, &me, id).await?.ok_or(Refusal::NotFound)?;
    draw(StatusCode::OK, shell, id, &sheet, &sheet.form, sheet.version, &[])
}

/// `POST /me/proposals/{application}`: hands it in, or keeps it for later.
pub async fn send(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let id = read(&id)?;
    let version = version(&mut form);
    let is_for_later = form.get("do").is_some_and(|what| what == "keep");
    let (own, sent, writer) = (me.clone(), form.clone(), web.clone());
    let done = to_the_end(async move {
        if is_for_later {
            let kept = proposals::keep(&own, id, &sent, version, writer.tools()).await;
            return Ok(kept.map(|kept| kept.is_some()));
        }
        Ok(proposals::submit(&own, id, &sent, version, writer.tools()).await.map(|()| true))
    });
    match done.await? {
        Ok(true) => Ok(Redirect::to(&at(id)).into_response()),
        Ok(false) => {
            let theirs = proposals::open(&web.db, &me, id).await?.ok_or(Refusal::NotFound)?;
            both(shell, id, &form, &theirs)
        }
        Err(ProposalError::Conflict(theirs)) => both(shell, id, &form, &theirs),
        Err(ProposalError::Wrong(wrong)) => {
            let sheet = proposals::open(&web.db, &me, id).await?.ok_or(Refusal::NotFound)?;
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, id, &sheet, &form, version, &wrong)
        }
        Err(error) => Err(refuse(error, &shell)),
    }
}

/// `POST /me/proposals/{application}/draft`: keeps what is being typed.
pub async fn keep(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let id = read(&id)?;
    let version = version(&mut form);
    let now = web.clock.now_ms();
    let kept =
        to_the_end(async move { Ok(proposals::keep(&me, id, &form, version, web.tools()).await) }).await?;
    match kept {
        Ok(Some(version)) => Ok(draft::kept(version, now)),
        Ok(None) => Ok(draft::conflict()),
        Err(error @ ProposalError::Closed) => Ok(draft::stopped(&error.say(shell.lang))),
        Err(error) => Err(refuse(error, &shell)),
    }
}

fn read(id: &str) -> Result<ApplicationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn version(form: &mut Fields) -> i64 {
    form.remove("version").and_then(|version| version.parse().ok()).unwrap_or_default()
}

fn at(id: ApplicationId) -> String {
    format!("/me/proposals/{id}")
}

fn refuse(error: ProposalError, shell: &Shell) -> Refusal {
    match error {
        ProposalError::NotFound => Refusal::NotFound,
        ProposalError::Store(cause) => cause.into(),
        other => Refusal::Conflict(other.say(shell.lang)),
    }
}

fn both(shell: Shell, id: ApplicationId, sent: &Fields, theirs: &Sheet) -> Result<Response, Refusal> {
    let text = |form: &Fields, name: &str| {
        form.get(name).map(|text| text.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default()
    };
    let row = |(name, _): &(&str, bool)| (label(name, &shell), text(sent, name), text(&theirs.form, name));
    let rows: Vec<_> = FIELDS.iter().map(row).collect();
    let saved = conflict::Theirs { version: theirs.version, saved_at: theirs.saved_at };
    conflict::page(shell, &at(id), sent, saved, rows.into_iter())
}

fn draw(
    status: StatusCode,
    shell: Shell,
    id: ApplicationId,
    sheet: &Sheet,
    form: &Fields,
    version: i64,
    wrong: &[(&str, &str)],
) -> Result<Response, Refusal> {
    let field = |(name, must): &(&str, bool)| {
        let fault = wrong.iter().find(|(field, _)| field == name).map(|(_, key)| shell.t(key));
        let field = Field::new(&shell, "proposal", name)
            .hinted(&shell, "proposal")
            .about(&shell, "proposal", "this-firm", "account")
            .as_a(Kind::Lines(8))
            .filled(form.get(*name).cloned().unwrap_or_default())
            .wrong(fault);
        if *must { field.required() } else { field }
    };
    let drawn = Page {
        at: at(id),
        title: sheet.title.clone(),
        firm: sheet.firm.clone(),
        version,
        is_open: sheet.is_open,
        fields: FIELDS.iter().map(field).collect(),
        versions: Version::all(&sheet.submitted, &shell),
        shell,
    };
    page_as(status, &drawn)
}
