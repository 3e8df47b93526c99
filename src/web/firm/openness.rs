//! `/firm/{firm}/openness`: consent to be named, who has been told, and what will be said.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::FirmHand;
use crate::board::postings::openness::{self, ANSWERS, CIRCLES};
use crate::board::postings::{Form as Fields, PostingError};
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page_as};

#[derive(Template)]
#[template(path = "firm/openness.html")]
struct Page {
    shell: Shell,
    firm: String,
    home: String,
    by_proxy: bool,
    version: i64,
    fields: Vec<Field>,
    wrong: Vec<Field>,
    has_number: bool,
    trouble: Option<String>,
}

/// `GET /firm/{firm}/openness`
pub async fn show(shell: Shell, hand: FirmHand, State(web): State<Web>) -> Result<Response, Refusal> {
    let (said, version) = openness::find(&web.db, hand.firm()).await?;
    draw(StatusCode::OK, shell, &hand, &web, &said, version, None).await
}

/// `POST /firm/{firm}/openness`
pub async fn set(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Form(mut typed): Form<Fields>,
) -> Result<Response, Refusal> {
    // Who decides for a firm decides this; the desk may write it down for them.
    if let FirmHand::Own(member) = &hand
        && !member.is_admin()
    {
        return Err(Refusal::NotFound);
    }
    let version = typed.remove("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let (by, with, said) = (hand.clone(), web.clone(), typed.clone());
    let done = to_the_end(async move { Ok(openness::set(&by, &said, version, with.tools()).await) }).await?;
    web.search.follow().await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/firm/{}", hand.firm())).into_response()),
        Err(error @ PostingError::WrongStage) => {
            let (_, version) = openness::find(&web.db, hand.firm()).await?;
            let trouble = Some(error.say(shell.lang));
            draw(StatusCode::CONFLICT, shell, &hand, &web, &typed, version, trouble).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    hand: &FirmHand,
    web: &Web,
    said: &Fields,
    version: i64,
    trouble: Option<String>,
) -> Result<Response, Refusal> {
    let firm = shown::firm(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    let missing = openness::missing(said, &firm.facts);
    let answers = ANSWERS.map(|code| (code.to_owned(), shell.t(&format!("openness-answer-{code}")))).to_vec();
    let mut fields = vec![field(&shell, "consent").as_a(Kind::Check)];
    fields.extend(CIRCLES.map(|circle| field(&shell, circle).as_a(Kind::Radios(answers.clone()))));
    fields.push(field(&shell, "announcement").as_a(Kind::Lines(6)));
    for one in &mut fields {
        one.value = said.get(&one.name).cloned().unwrap_or_default();
        // Nothing was said yet: no reproaches.
        let fault = missing.iter().find(|finding| version > 0 && finding.field == one.name);
        one.error = fault.map(|finding| finding.say(shell.lang));
    }
    let wrong = fields.iter().filter(|field| field.error.is_some()).cloned().collect();
    let home = format!("/firm/{}", hand.firm());
    let has_number = firm.facts.corporate_number.is_some();
    page_as(
        status,
        &Page {
            by_proxy: hand.is_proxy(),
            firm: firm.facts.name,
            shell,
            home,
            version,
            fields,
            wrong,
            has_number,
            trouble,
        },
    )
}

fn field(shell: &Shell, name: &str) -> Field {
    Field::new(shell, "openness", name).hinted(shell, "openness").about(
        shell,
        "openness",
        "firm-and-desk",
        "firm",
    )
}
