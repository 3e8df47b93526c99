//! `/op/cases/firm/{id}/diagnosis`: 事業承継診断, asked together with the president.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::desk::cases::About;
use crate::desk::diagnosis::{self, Answers, QUESTIONS};
use crate::desk::{DeskError, Fault};
use crate::domain::FirmId;
use crate::web::Web;
use crate::web::op::desk_refusal;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, page_as};

#[derive(Template)]
#[template(path = "op/cases/diagnosis.html")]
struct Page {
    shell: Shell,
    address: String,
    name: String,
    fields: Vec<Field>,
}

/// `GET /op/cases/firm/{id}/diagnosis`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &web, firm(&id)?, &Answers::new(), &[]).await
}

/// `POST /op/cases/firm/{id}/diagnosis`
pub async fn keep(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Response, Refusal> {
    let firm = firm(&id)?;
    let (here, given) = (web.clone(), answers.clone());
    let done = to_the_end(async move { Ok(diagnosis::keep(&operator, firm, given, here.tools()).await) });
    match done.await? {
        Ok(_) => Ok(Redirect::to(&format!("/op/cases/firm/{firm}")).into_response()),
        Err(DeskError::Faults(faults)) => {
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, firm, &answers, &faults).await
        }
        Err(other) => Err(desk_refusal(other)),
    }
}

fn firm(id: &str) -> Result<FirmId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    firm: FirmId,
    answers: &Answers,
    faults: &[Fault],
) -> Result<Response, Refusal> {
    let name = About::Firm(firm).name(&web.db).await.map_err(desk_refusal)?;
    let field = |question: &diagnosis::Question| {
        let id = question.id;
        let options = question.answers.iter().map(|code| {
            let label = shell.t(&format!("desk-answer-{id}-{code}"));
            ((*code).to_owned(), label)
        });
        let wrong = faults.iter().find(|fault| fault.field == id).map(|fault| fault.say(shell.lang));
        let mut field = Field::new(&shell, "ask", id).as_a(Kind::Radios(options.collect())).required();
        field.value = answers.get(id).cloned().unwrap_or_default();
        field.wrong(wrong)
    };
    let fields = QUESTIONS.iter().map(field).collect();
    page_as(status, &Page { address: format!("/op/cases/firm/{firm}"), name, fields, shell })
}
