//! `/op/rounds/{n}/links`: one-time links for the participants of a published round, shown or downloaded once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::steps::back;
use super::{number, refuse};
use crate::accounts::{Operator, Token, links};
use crate::domain::{Owner, Round, StageName};
use crate::rounds;
use crate::store::{Db, StoreError, shown};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, Signed, page_as};

/// More links than this are for a file, not for a screen.
const ON_SCREEN: usize = 300;

#[derive(Template)]
#[template(path = "op/rounds/links.html")]
struct Page {
    shell: Shell,
    number: i64,
    count: usize,
    on_screen: usize,
    key: String,
    fault: Option<String>,
    links: Vec<Link>,
}

struct Participant {
    owner: Owner,
    key: String,
}

struct Link {
    side: String,
    key: String,
    name: String,
    address: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Fields {
    /// The number of one participant; all when it is empty.
    #[serde(default)]
    key: String,
    /// `page` or `csv`.
    form: String,
}

/// `GET /op/rounds/{n}/links`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&web, &round, &shell).await?;
    if round.stage.name() != StageName::Published {
        return Ok(back(round.number));
    }
    page_as(StatusCode::OK, &Page::empty(shell, &round, String::new(), None))
}

/// `POST /op/rounds/{n}/links`: makes new links; the unopened ones before stop working.
pub async fn issue(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let round = found(&web, &round, &shell).await?;
    if round.stage.name() != StageName::Published {
        return Ok(back(round.number));
    }
    let key = fields.key.trim().to_owned();
    let mut wanted = participants(&round);
    wanted.retain(|one| key.is_empty() || one.key == key);
    if wanted.is_empty() || (fields.form != "csv" && wanted.len() > ON_SCREEN) {
        let text = if wanted.is_empty() { "web-links-unknown" } else { "web-links-too-many" };
        let fault = Some(shell.t(text));
        return page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::empty(shell, &round, key, fault));
    }
    let base = base(&headers, web.https);
    let issued = to_the_end(make(operator, web.clone(), round.number, wanted)).await?;
    let mut links = Vec::with_capacity(issued.len());
    for (participant, token) in issued {
        let (side, name) = named(&web.db, participant.owner, &shell).await?;
        links.push(Link { side, name, key: participant.key, address: format!("{base}/r/{token}") });
    }
    if fields.form == "csv" {
        return as_file(&links, round.number, &shell);
    }
    page_as(StatusCode::OK, &Page { links, ..Page::empty(shell, &round, key, None) })
}

impl Page {
    fn empty(shell: Shell, round: &Round, key: String, fault: Option<String>) -> Self {
        let count = participants(round).len();
        Self { shell, number: round.number, count, on_screen: ON_SCREEN, key, fault, links: Vec::new() }
    }
}

async fn found(web: &Web, round: &str, shell: &Shell) -> Result<Round, Refusal> {
    rounds::round(&web.db, Some(number(round)?)).await.map_err(|error| refuse(error, shell.lang))
}

/// Everybody who takes part in a round.
fn participants(round: &Round) -> Vec<Participant> {
    let Some(locked) = round.stage.locked() else { return Vec::new() };
    let input = locked.input.record();
    let candidates = input
        .candidates
        .iter()
        .map(|one| Participant { owner: Owner::Candidate(one.id), key: one.key.clone() });
    let openings =
        input.openings.iter().map(|one| Participant { owner: Owner::Opening(one.id), key: one.key.clone() });
    candidates.chain(openings).collect()
}

async fn make(
    operator: Operator,
    web: Web,
    round: i64,
    wanted: Vec<Participant>,
) -> Result<Vec<(Participant, Token)>, Refusal> {
    let owners: Vec<_> = wanted.iter().map(|one| one.owner).collect();
    let Web { db, clock, chance, .. } = &web;
    let issued = links::issue(&operator, db, round, &owners, &**clock, &**chance).await?;
    Ok(wanted.into_iter().zip(issued.into_iter().map(|(_, token)| token)).collect())
}

async fn named(db: &Db, owner: Owner, shell: &Shell) -> Result<(String, String), StoreError> {
    Ok(match owner {
        Owner::Candidate(id) => {
            let person = shown::candidate(db, id).await?;
            (shell.t("web-links-person"), person.map(|one| one.facts.name).unwrap_or_default())
        }
        Owner::Opening(id) => {
            let firm = match shown::opening(db, id).await? {
                Some(opening) => shown::firm(db, opening.firm).await?,
                None => None,
            };
            (shell.t("web-links-firm"), firm.map(|one| one.facts.name).unwrap_or_default())
        }
    })
}

/// The site as the operator's browser reached it.
fn base(headers: &HeaderMap, https: bool) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_plain) {
        return String::new();
    }
    format!("{}://{host}", if https { "https" } else { "http" })
}

/// A CSV file with a byte order mark, since spreadsheets take UTF-8 for something else without.
fn as_file(links: &[Link], round: i64, shell: &Shell) -> Result<Response, Refusal> {
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let head = ["web-links-side", "web-links-key", "web-links-name", "web-links-address"];
    let broken = |cause: csv::Error| Refusal::broken(&cause);
    csv.write_record(head.map(|key| shell.t(key))).map_err(broken)?;
    for link in links {
        let cells = [&link.side, &link.key, &link.name, &link.address];
        csv.write_record(cells.map(|cell| harmless(cell))).map_err(broken)?;
    }
    let bytes = csv.into_inner().map_err(|cause| Refusal::broken(cause.error()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"round-{round}-links.csv\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// A spreadsheet takes a cell that begins so for a formula.
fn harmless(cell: &str) -> String {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if begins { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_spreadsheet_would_compute_is_made_harmless() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("＠佐藤"), "'＠佐藤");
        assert_eq!(harmless("佐藤 花"), "佐藤 花");
    }

    #[test]
    fn a_host_that_is_none_makes_no_address() {
        let mut headers = HeaderMap::new();
        assert_eq!(base(&headers, false), "");
        headers.insert(header::HOST, "localhost:8080".parse().unwrap());
        assert_eq!(base(&headers, true), "https://localhost:8080");
        headers.insert(header::HOST, "evil/x?".parse().unwrap());
        assert_eq!(base(&headers, false), "");
    }
}
