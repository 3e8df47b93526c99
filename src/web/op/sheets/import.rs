//! `/op/import`: a sheet is read and shown with what would become of each row, and taken in once the operator says so.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::upload;
use crate::accounts::Operator;
use crate::desk::uploads;
use crate::intake::{self, Kind, Level, Plan, RawFile};
use crate::store::uploads::{self as rows, Upload};
use crate::texts::Lang;
use crate::web::Web;
use crate::web::op::desk_refusal;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, Signed, page_as};

/// Problems that are named on the page, by file.
const NAMED: usize = 100;

#[derive(Template)]
#[template(path = "op/sheets/import.html")]
struct Page {
    shell: Shell,
    fault: Option<String>,
    /// The id of the sheet that waits.
    waiting: Option<String>,
    done: bool,
    files: Vec<File>,
}

struct File {
    name: String,
    /// Label and number.
    counts: Vec<(String, usize)>,
    notes: Vec<String>,
    problems: Vec<(String, String)>,
    more: usize,
}

impl Page {
    fn empty(shell: Shell, fault: Option<String>) -> Self {
        Self { shell, fault, waiting: None, done: false, files: Vec::new() }
    }
}

/// `GET /op/import`
pub async fn show(shell: Shell, Signed(_): Signed) -> Result<Response, Refusal> {
    page_as(StatusCode::OK, &Page::empty(shell, None))
}

/// `POST /op/import`: reads a sheet and stores nothing of what it says.
pub async fn preview(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Refusal> {
    let body: Bytes = read(request, &web).await?;
    let Some(upload) = upload::file(&headers, &body).filter(|one| !one.name.is_empty()) else {
        let fault = shell.t("desk-fault-no-file");
        return page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::empty(shell, Some(fault)));
    };
    let upload = Upload { name: upload.name, content: upload.bytes };
    let lang = shell.lang;
    let looked = to_the_end(async move { look(&operator, &web, upload, lang).await }).await?;
    match looked {
        Ok((id, plan)) => {
            let files = files(&plan, lang);
            let page = Page { shell, fault: None, waiting: Some(id), done: false, files };
            page_as(StatusCode::OK, &page)
        }
        Err(fault) => page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::empty(shell, Some(fault))),
    }
}

/// `POST /op/import/{upload}`: takes in what was shown.
pub async fn take_in(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let lang = shell.lang;
    let done = to_the_end(async move {
        let Some(upload) = rows::find(&web.db, &id, operator.person()).await? else { return Ok(None) };
        let sheets = match open(upload, lang).await? {
            Ok(sheets) => sheets,
            Err(fault) => return Ok(Some(Err(fault))),
        };
        let plan = intake::take_in(&web.db, &*web.clock, sheets).await?;
        let rows = plan.report.files.iter().map(|file| file.accepted + file.warned).sum();
        uploads::taken_in(&operator, &id, rows, web.tools()).await.map_err(desk_refusal)?;
        Ok(Some(Ok(plan)))
    });
    match done.await? {
        None => {
            let fault = shell.t("desk-fault-gone");
            page_as(StatusCode::CONFLICT, &Page::empty(shell, Some(fault)))
        }
        Some(Err(fault)) => page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::empty(shell, Some(fault))),
        Some(Ok(plan)) => {
            let files = files(&plan, lang);
            page_as(StatusCode::OK, &Page { shell, fault: None, waiting: None, done: true, files })
        }
    }
}

/// A sheet takes no longer to arrive.
async fn read(request: Request, web: &Web) -> Result<Bytes, Refusal> {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);
    let reading = <Bytes as axum::extract::FromRequest<Web>>::from_request(request, web);
    let read = tokio::time::timeout(PATIENCE, reading).await.map_err(|_| Refusal::SlowBody)?;
    read.map_err(|cause| Refusal::Unread(cause.status()))
}

/// Reads a sheet and thinks it through; keeps it for the taking in. Or why it cannot be taken in.
async fn look(
    operator: &Operator,
    web: &Web,
    upload: Upload,
    lang: Lang,
) -> Result<Result<(String, Plan), String>, Refusal> {
    let sheets = match open(upload.clone(), lang).await? {
        Ok(sheets) => sheets,
        Err(fault) => return Ok(Err(fault)),
    };
    let plan = intake::rehearse(&web.db, &*web.clock, sheets).await?;
    let is_list = |kind| matches!(kind, Kind::RankingsCandidates | Kind::RankingsOpenings);
    if plan.report.files.iter().any(|file| is_list(file.kind)) {
        return Ok(Err(lang.say("desk-fault-lists")));
    }
    let id = uploads::keep(operator, &upload, web.tools()).await.map_err(desk_refusal)?;
    Ok(Ok((id, plan)))
}

async fn open(upload: Upload, lang: Lang) -> Result<Result<Vec<intake::Sheet>, String>, Refusal> {
    let file = RawFile { name: upload.name, bytes: upload.content };
    let opened = tokio::task::spawn_blocking(move || intake::open(vec![file])).await;
    let opened = opened.map_err(|cause| Refusal::broken(&cause))?;
    Ok(opened.map_err(|refused| refused.say(lang)))
}

fn files(plan: &Plan, lang: Lang) -> Vec<File> {
    let said = |name: &str| lang.say(&format!("intake-table-{name}"));
    let file = |file: &intake::FileReport| {
        let serious = |problem: &&intake::Problem| problem.code.level() != Level::Skip;
        let all = file.problems.iter().filter(serious).count();
        let shown = file.problems.iter().filter(serious).take(NAMED);
        File {
            name: file.file.clone(),
            counts: vec![
                (said("rows"), file.rows),
                (said("accepted"), file.accepted),
                (said("warned"), file.warned),
                (said("rejected"), file.rejected),
                (said("skipped"), file.skipped),
                (said("new"), file.new),
                (said("updated"), file.updated),
                (said("unchanged"), file.unchanged),
            ],
            notes: file.notes.iter().map(|note| note.say(lang)).collect(),
            problems: shown.map(|one| (one.code.name().to_owned(), one.message(lang))).collect(),
            more: all.saturating_sub(NAMED),
        }
    };
    plan.report.files.iter().map(file).collect()
}
