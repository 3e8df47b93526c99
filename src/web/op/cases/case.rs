//! `/op/cases/{kind}/{id}`: one case: its stage and next step, notes, confirmations, and the questionnaires of before.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{say_day, say_stage};
use crate::desk::cases::{self, About, CaseForm, Written};
use crate::desk::confirmations::{self, Confirmation, HOW, WHAT};
use crate::desk::{DeskError, Fault};
use crate::domain::Opening;
use crate::store::desk::{self as rows, CaseEntry, CaseRow};
use crate::store::{people, shown};
use crate::web::Web;
use crate::web::op::desk_refusal;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, page_as, wording};

#[derive(Template)]
#[template(path = "op/cases/case.html")]
struct Page {
    shell: Shell,
    address: String,
    name: String,
    kind: &'static str,
    about: String,
    /// The form of stage and next step.
    fields: Vec<Field>,
    version: i64,
    /// What somebody else saved meanwhile: label and value.
    theirs: Option<Vec<(String, String)>>,
    note: Vec<Field>,
    confirmation: Vec<Field>,
    history: Vec<Told>,
    /// Shortlists: of the candidate, or of the firm's openings.
    fitting: Vec<(String, String)>,
}

/// Something that was written down, as the page tells it.
struct Told {
    kind: String,
    at: String,
    by: String,
    text: String,
    facts: Vec<(String, String)>,
}

/// What the form of the case sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CaseFields {
    #[serde(default)]
    stage: String,
    next_step: String,
    due_on: String,
    #[serde(default)]
    assigned_to: String,
    version: i64,
}

/// What the form of a note sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct NoteFields {
    note: String,
}

/// What the form of a confirmation sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ConfirmationFields {
    #[serde(default)]
    what: String,
    confirmed_by: String,
    #[serde(default)]
    how: String,
    on: String,
    remark: String,
}

/// What the forms of the page hold, and what is wrong with them.
#[derive(Default)]
struct Typed {
    case: Option<CaseFields>,
    note: String,
    confirmation: ConfirmationFields,
    faults: Vec<Fault>,
    conflict: bool,
}

type At = Path<(String, String)>;

/// `GET /op/cases/{kind}/{id}`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path((kind, id)): At,
) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &web, about(&kind, &id)?, Typed::default()).await
}

/// `POST /op/cases/{kind}/{id}`
pub async fn save(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path((kind, id)): At,
    Form(fields): Form<CaseFields>,
) -> Result<Response, Refusal> {
    let about = about(&kind, &id)?;
    let CaseFields { stage, next_step, due_on, assigned_to, version } = fields.clone();
    let form = CaseForm { stage, next_step, due_on, assigned_to, version };
    let here = web.clone();
    let done =
        to_the_end(async move { Ok(cases::save(&operator, about, &form, here.tools()).await) }).await?;
    let typed = Typed { case: Some(fields), ..Typed::default() };
    after(done, shell, &web, about, typed).await
}

/// `POST /op/cases/{kind}/{id}/notes`
pub async fn add_note(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path((kind, id)): At,
    Form(NoteFields { note }): Form<NoteFields>,
) -> Result<Response, Refusal> {
    let about = about(&kind, &id)?;
    let (here, text) = (web.clone(), note.clone());
    let done = to_the_end(async move { Ok(cases::add_note(&operator, about, &text, here.tools()).await) });
    after(done.await?, shell, &web, about, Typed { note, ..Typed::default() }).await
}

/// `POST /op/cases/{kind}/{id}/confirmations`
pub async fn confirm(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path((kind, id)): At,
    Form(fields): Form<ConfirmationFields>,
) -> Result<Response, Refusal> {
    let about = about(&kind, &id)?;
    let ConfirmationFields { what, confirmed_by, how, on, remark } = fields.clone();
    let form = Confirmation { what, confirmed_by, how, on, remark };
    let here = web.clone();
    let done =
        to_the_end(async move { Ok(confirmations::record(&operator, about, &form, here.tools()).await) });
    after(done.await?, shell, &web, about, Typed { confirmation: fields, ..Typed::default() }).await
}

fn about(kind: &str, id: &str) -> Result<About, Refusal> {
    About::parse(kind, id).ok_or(Refusal::NotFound)
}

/// Back to the page when it is done, else the page with what was typed and what is wrong with it.
async fn after(
    done: Result<(), DeskError>,
    shell: Shell,
    web: &Web,
    about: About,
    typed: Typed,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&address(about)).into_response()),
        Err(DeskError::Faults(faults)) => {
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, web, about, Typed { faults, ..typed }).await
        }
        Err(DeskError::Conflict) => {
            draw(StatusCode::CONFLICT, shell, web, about, Typed { conflict: true, ..typed }).await
        }
        Err(other) => Err(desk_refusal(other)),
    }
}

fn address(about: About) -> String {
    format!("/op/cases/{}/{}", about.kind(), about.subject().id)
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    about: About,
    typed: Typed,
) -> Result<Response, Refusal> {
    let name = about.name(&web.db).await.map_err(desk_refusal)?;
    let stored = rows::case(&web.db, &about.subject()).await?;
    let history = cases::written(&web.db, about).await.map_err(desk_refusal)?;
    let operators = people::operators(&web.db, web.clock.now_ms()).await?;
    let operators: Vec<_> = operators.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let theirs = typed.conflict.then(|| stored.as_ref().map(|case| told_case(case, &operators, &shell)));
    let version = stored.as_ref().map_or(0, |case| case.version);
    let version =
        if typed.conflict { version } else { typed.case.as_ref().map_or(version, |one| one.version) };
    let case = typed.case.clone().or(stored.map(CaseFields::of)).unwrap_or_default();
    let wrong =
        |field: &str| typed.faults.iter().find(|one| one.field == field).map(|one| one.say(shell.lang));
    let field = |name: &str| Field::new(&shell, "desk", name).wrong(wrong(name));
    let stages = about.stages().iter().map(|stage| ((*stage).to_owned(), say_stage(stage, &shell)));
    let named = |prefix: &str, codes: &[&str]| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), shell.t(&format!("desk-{prefix}-{code}")))).collect()
    };
    let fields = vec![
        field("stage").as_a(Kind::Select(stages.collect())).filled(case.stage).required(),
        field("next_step").hinted(&shell, "desk").filled(case.next_step),
        field("due_on").as_a(Kind::Line("date", "off")).filled(case.due_on),
        field("assigned_to").as_a(Kind::Select(operators)).filled(case.assigned_to),
    ];
    let note = field("note").as_a(Kind::Lines(4)).about(&shell, "desk", "desk", "account");
    let ConfirmationFields { what, confirmed_by, how, on, remark } = typed.confirmation;
    let confirmation = vec![
        field("what").as_a(Kind::Radios(named("what", &WHAT))).filled(what).required(),
        field("confirmed_by").hinted(&shell, "desk").filled(confirmed_by).required(),
        field("how").as_a(Kind::Radios(named("how", &HOW))).filled(how).required(),
        field("on").as_a(Kind::Line("date", "off")).filled(on).required(),
        field("remark").filled(remark).about(&shell, "desk", "desk", "account"),
    ];
    page_as(
        status,
        &Page {
            address: address(about),
            kind: about.kind(),
            about: shell.t(&format!("desk-kind-{}", about.kind())),
            name,
            fields,
            version,
            theirs: theirs.flatten(),
            note: vec![note.filled(typed.note)],
            confirmation,
            fitting: fitting(web, about, &shell).await?,
            history: history.into_iter().map(|entry| Told::of(entry, &shell)).collect(),
            shell,
        },
    )
}

async fn fitting(web: &Web, about: About, shell: &Shell) -> Result<Vec<(String, String)>, Refusal> {
    let of_opening = |one: Opening| (format!("/op/fitting/opening/{}", one.id), one.facts.title);
    Ok(match about {
        About::Candidate(id) => {
            vec![(format!("/op/fitting/candidate/{id}"), shell.t("fits-desk-of-candidate"))]
        }
        About::Firm(id) => {
            let posted = shown::openings_of(&web.db, id).await?.into_iter();
            posted.filter(|one| one.blocks.is_empty()).map(of_opening).collect()
        }
    })
}

impl CaseFields {
    fn of(case: CaseRow) -> Self {
        Self {
            stage: case.stage,
            next_step: case.next_step,
            due_on: case.due_on.unwrap_or_default(),
            assigned_to: case.assigned_to.unwrap_or_default(),
            version: case.version,
        }
    }
}

fn told_case(case: &CaseRow, operators: &[(String, String)], shell: &Shell) -> Vec<(String, String)> {
    let who = operators.iter().find(|(id, _)| Some(id) == case.assigned_to.as_ref());
    vec![
        (shell.t("field-desk-stage"), say_stage(&case.stage, shell)),
        (shell.t("field-desk-next_step"), case.next_step.clone()),
        (shell.t("field-desk-due_on"), say_day(case.due_on.as_deref(), shell)),
        (shell.t("field-desk-assigned_to"), who.map(|(_, name)| name.clone()).unwrap_or_default()),
    ]
}

impl Told {
    fn of(entry: CaseEntry<Written>, shell: &Shell) -> Self {
        let (text, facts) = match entry.facts {
            Written::Note { note } => (note, Vec::new()),
            Written::Confirmation(one) => (
                one.remark,
                vec![
                    (shell.t("field-desk-what"), shell.t(&format!("desk-what-{}", one.what))),
                    (shell.t("field-desk-confirmed_by"), one.confirmed_by),
                    (shell.t("field-desk-how"), shell.t(&format!("desk-how-{}", one.how))),
                    (shell.t("field-desk-on"), say_day(Some(&one.on), shell)),
                ],
            ),
            Written::Diagnosis(one) => (
                shell.t(&format!("desk-step-{}", one.outcome.step)),
                vec![(shell.t("desk-succession"), wording::choice(one.outcome.succession, shell.lang))],
            ),
        };
        Self {
            kind: shell.t(&format!("desk-entry-{}", entry.kind)),
            at: wording::minute(entry.at, shell.lang),
            by: entry.by.unwrap_or_default(),
            text,
            facts,
        }
    }
}
