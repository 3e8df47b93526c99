//! `/op/export`: everything as a sheet. Where the older encoding lacks a character, the page says where before it hands the
//! file out.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::desk::export::{self, KINDS};
use crate::desk::sheets::{Form as FileForm, Loss};
use crate::web::Web;
use crate::web::op::desk_refusal;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, page_as};

/// Losses that are named; the others are counted.
const NAMED: usize = 200;

#[derive(Template)]
#[template(path = "op/sheets/export.html")]
struct Page {
    shell: Shell,
    fields: Vec<Field>,
    losses: Vec<Loss>,
    more: usize,
    kind: String,
}

/// What the form sends.
#[derive(Clone, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    form: String,
    /// `yes`: with the losses that were told.
    #[serde(default)]
    anyway: String,
}

/// `GET /op/export`
pub async fn show(shell: Shell, Signed(_): Signed) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, Fields::default(), None, Vec::new())
}

/// `POST /op/export`
pub async fn write(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let known = KINDS.into_iter().find(|kind| *kind == fields.kind);
    let (Some(kind), Some(form)) = (known, FileForm::from_name(&fields.form)) else {
        let wrong = Some(shell.t("desk-fault-export"));
        return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, fields, wrong, Vec::new());
    };
    // A whole region leaves the house: the proof that it is the operator must be fresh.
    shell.proved(&web)?;
    let work = async move { export::export(&operator, kind, form, web.tools()).await.map_err(desk_refusal) };
    let file = to_the_end(work).await?;
    if !file.losses.is_empty() && fields.anyway != "yes" {
        return draw(StatusCode::OK, shell, fields, None, file.losses);
    }
    let headers = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{kind}.{}\"", form.ending())),
    ];
    Ok((headers, file.bytes).into_response())
}

fn draw(
    status: StatusCode,
    shell: Shell,
    typed: Fields,
    wrong: Option<String>,
    mut losses: Vec<Loss>,
) -> Result<Response, Refusal> {
    let named = |prefix: &str, codes: &[&str]| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), shell.t(&format!("desk-{prefix}-{code}")))).collect()
    };
    let forms = FileForm::ALL.map(|(name, _)| name);
    let lacking = |value: &str, known: &[&str]| wrong.clone().filter(|_| !known.contains(&value));
    let fields = vec![
        Field::new(&shell, "export", "kind")
            .as_a(Kind::Radios(named("export", &KINDS)))
            .wrong(lacking(&typed.kind, &KINDS))
            .filled(typed.kind.clone())
            .required(),
        Field::new(&shell, "export", "form")
            .as_a(Kind::Radios(named("form", &forms)))
            .wrong(lacking(&typed.form, &forms))
            .filled(typed.form)
            .required(),
    ];
    let more = losses.len().saturating_sub(NAMED);
    losses.truncate(NAMED);
    page_as(status, &Page { fields, losses, more, kind: typed.kind, shell })
}
