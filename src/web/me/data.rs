//! `/me/data`: everything we keep of a candidate: to be read, taken along, corrected, deleted.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::refuse;
use crate::accounts::CandidateSelf;
use crate::board::profiles::{self, Everything, Leaving};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "me/data.html")]
struct Page {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "me/delete.html")]
struct Interruption {
    shell: Shell,
    goes: Leaving,
    keeps_account: bool,
}

#[derive(Template)]
#[template(path = "me/deleted.html")]
struct Gone {
    shell: Shell,
    keeps_account: bool,
}

/// `GET /me/data`
pub async fn show(shell: Shell, _own: CandidateSelf) -> Result<Response, Refusal> {
    page(&Page { shell })
}

/// `GET /me/data/migiude.json`
pub async fn json(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let all = everything(&shell, &own, &web).await?;
    Ok((as_file("application/json", "migiude.json"), all.json()).into_response())
}

/// `GET /me/data/migiude.csv`: with a byte order mark, since spreadsheets take UTF-8 for something else without.
pub async fn csv(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let all = everything(&shell, &own, &web).await?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in all.table(shell.lang) {
        csv.write_record(row.iter().map(|cell| harmless(cell))).map_err(|cause| Refusal::broken(&cause))?;
    }
    let bytes = csv.into_inner().map_err(|cause| Refusal::broken(cause.error()))?;
    Ok((as_file("text/csv; charset=utf-8", "migiude.csv"), bytes).into_response())
}

async fn everything(shell: &Shell, own: &CandidateSelf, web: &Web) -> Result<Everything, Refusal> {
    shell.proved(web)?;
    profiles::everything(&web.db, own).await?.ok_or(Refusal::NotFound)
}

fn as_file(kind: &str, name: &str) -> [(header::HeaderName, String); 2] {
    let disposition = format!("attachment; filename=\"{name}\"");
    [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)]
}

/// A spreadsheet takes a cell that begins so for a formula.
fn harmless(cell: &str) -> String {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if begins { format!("'{cell}") } else { cell.to_owned() }
}

/// `GET /me/data/delete`: what would go, what would stay, and why.
pub async fn ask(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let goes = profiles::leaving(&web.db, own.candidate()).await?;
    page(&Interruption { goes, keeps_account: has_other_roles(&shell), shell })
}

/// `POST /me/data/delete`
pub async fn delete(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let keeps_account = has_other_roles(&shell);
    let done = to_the_end(async move { Ok(profiles::delete(&own, web.tools()).await) });
    done.await?.map_err(|error| refuse(error, &shell))?;
    let mut shell = shell;
    if !keeps_account {
        // Whoever reads this is nobody here any more.
        shell.person = None;
    }
    page(&Gone { shell, keeps_account })
}

fn has_other_roles(shell: &Shell) -> bool {
    shell.person.as_ref().is_some_and(|person| person.person().roles.len() > 1)
}
