//! `/op/letters/templates/{id}`: a template; `new` begins one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::letters::{self, TemplateForm};
use crate::desk::placeholders::NAMES;
use crate::desk::{DeskError, Fault};
use crate::store::templates::{self as rows, TemplateRow};
use crate::texts::Lang;
use crate::web::Web;
use crate::web::op::desk_refusal;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, page_as};

const NEW: &str = "new";

#[derive(Template)]
#[template(path = "op/letters/template.html")]
struct Page {
    shell: Shell,
    is_new: bool,
    id: String,
    version: i64,
    fields: Vec<Field>,
    /// Each gap as it is typed, and what goes into it.
    gaps: Vec<(String, String)>,
    theirs: Option<TemplateRow>,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Fields {
    /// The id that a new template gets: the form knows it, so that a second press saves nothing new.
    #[serde(default)]
    id: String,
    name: String,
    #[serde(default)]
    lang: String,
    subject: String,
    body: String,
    version: i64,
}

/// `GET /op/letters/templates/{id}`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let fields = if id == NEW {
        Fields { id: web.tools().new_id(), lang: shell.lang.tag().to_owned(), ..Fields::default() }
    } else {
        Fields::of(rows::find(&web.db, &id).await?.ok_or(Refusal::NotFound)?)
    };
    draw(StatusCode::OK, shell, fields, &[], None)
}

/// `POST /op/letters/templates/{id}`
pub async fn save(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(at): Path<String>,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Refusal> {
    if at == NEW {
        // Only a new id of ours begins a template.
        fields.id.parse::<Uuid>().map_err(|_| Refusal::NotFound)?;
        fields.version = 0;
    } else {
        fields.id = at;
    }
    let Fields { id, name, lang, subject, body, version } = fields.clone();
    let form = TemplateForm { name, lang, subject, body, version };
    let (here, key) = (web.clone(), id.clone());
    let done =
        to_the_end(async move { Ok(letters::save_template(&operator, &key, &form, here.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to("/op/letters").into_response()),
        Err(DeskError::Faults(faults)) => {
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, fields, &faults, None)
        }
        Err(DeskError::Conflict) => {
            let theirs = rows::find(&web.db, &id).await?.ok_or(Refusal::NotFound)?;
            let same = theirs.name == fields.name.trim() && theirs.subject == fields.subject.trim();
            if fields.version == 0 && same {
                // Pressed twice.
                return Ok(Redirect::to("/op/letters").into_response());
            }
            let fields = Fields { version: theirs.version, ..fields };
            draw(StatusCode::CONFLICT, shell, fields, &[], Some(theirs))
        }
        Err(other) => Err(desk_refusal(other)),
    }
}

impl Fields {
    fn of(row: TemplateRow) -> Self {
        let TemplateRow { id, name, lang, subject, body, version, .. } = row;
        Self { id, name, lang, subject, body, version }
    }
}

fn draw(
    status: StatusCode,
    shell: Shell,
    typed: Fields,
    faults: &[Fault],
    theirs: Option<TemplateRow>,
) -> Result<Response, Refusal> {
    let wrong = |field: &str| faults.iter().find(|one| one.field == field).map(|one| one.say(shell.lang));
    let field = |name: &str| Field::new(&shell, "template", name).wrong(wrong(name)).required();
    let languages =
        Lang::ALL.map(|lang| (lang.tag().to_owned(), shell.t(&format!("desk-lang-{}", lang.tag()))));
    let fields = vec![
        field("name").hinted(&shell, "template").filled(typed.name),
        field("lang").as_a(Kind::Radios(languages.to_vec())).filled(typed.lang),
        field("subject").hinted(&shell, "template").filled(typed.subject),
        field("body").as_a(Kind::Lines(14)).hinted(&shell, "template").filled(typed.body),
    ];
    let gaps = NAMES.iter().map(|name| (format!("{{{name}}}"), shell.t(&format!("desk-gap-{name}"))));
    let gaps = gaps.collect();
    let (id, version) = (typed.id, typed.version);
    page_as(status, &Page { is_new: version == 0, id, version, fields, gaps, theirs, shell })
}
