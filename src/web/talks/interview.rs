//! `/firm/{firm}/applicants/{application}/interview`: what a firm asks in an interview, what it must not ask, and what it
//! heard.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::firm::name;
use crate::accounts::FirmMember;
use crate::board::applications::is_live;
use crate::board::interviews::{self, AGREED, Fault, Interview, InterviewError, MARKS, QUESTIONS};
use crate::domain::ApplicationId;
use crate::store::applications::{self as rows, Listed};
use crate::store::drafts::Fields;
use crate::store::interviews as kept;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, conflict, page_as};

/// What must not be asked, by the key of each line.
const NEVER: [&str; 6] = ["origin", "family", "belief", "health", "age", "money"];

#[derive(Template)]
#[template(path = "talks/interview.html")]
struct Page {
    shell: Shell,
    /// The applicant's page.
    back: String,
    name: String,
    version: i64,
    is_live: bool,
    never: Vec<String>,
    desk: String,
    fields: Vec<Field>,
    /// What was written, for reading.
    written: Vec<(String, String)>,
}

/// `GET …/interview`
pub async fn show(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (id, one) = found(&member, &web, &id).await?;
    let interview = kept::of(&web.db, id).await?;
    draw(StatusCode::OK, shell, &one, &interview.fields, interview.version, &[])
}

/// `POST …/interview`
pub async fn save(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let (id, one) = found(&member, &web, &id).await?;
    let version = form.remove("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let back = applicant(&one)?;
    let sent = form.clone();
    let done =
        to_the_end(async move { Ok(interviews::save(&member, id, &sent, version, web.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(InterviewError::Wrong(wrong)) => {
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &one, &form, version, &wrong)
        }
        Err(InterviewError::Conflict(theirs)) => both(shell, &format!("{back}/interview"), &form, &theirs),
        Err(InterviewError::NotFound) => Err(Refusal::NotFound),
        Err(InterviewError::Store(cause)) => Err(cause.into()),
        Err(error) => Err(Refusal::Conflict(error.say(shell.lang))),
    }
}

async fn found(member: &FirmMember, web: &Web, id: &str) -> Result<(ApplicationId, Listed), Refusal> {
    let id: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let all = rows::of_firm(&web.db, member.firm()).await?;
    let one = all.into_iter().find(|one| one.row.id().is_ok_and(|own| own == id));
    Ok((id, one.ok_or(Refusal::NotFound)?))
}

fn applicant(one: &Listed) -> Result<String, Refusal> {
    Ok(format!("/firm/{}/applicants/{}", one.row.firm()?, one.row.id()?))
}

fn both(shell: Shell, at: &str, sent: &Fields, theirs: &Interview) -> Result<Response, Refusal> {
    let text = |form: &Fields, name: &str| {
        form.get(name).map(|text| text.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default()
    };
    let fields = fields(&shell, sent, &[]).into_iter();
    let rows: Vec<_> =
        fields.map(|one| (one.label, text(sent, &one.name), text(&theirs.fields, &one.name))).collect();
    let saved = conflict::Theirs { version: theirs.version, saved_at: theirs.saved_at };
    conflict::page(shell, at, sent, saved, rows.into_iter())
}

fn draw(
    status: StatusCode,
    shell: Shell,
    one: &Listed,
    form: &Fields,
    version: i64,
    wrong: &[(String, Fault)],
) -> Result<Response, Refusal> {
    let fields = fields(&shell, form, wrong);
    let written = fields.iter().filter(|field| !field.value.is_empty()).map(read);
    let drawn = Page {
        written: written.collect(),
        back: applicant(one)?,
        name: name(one, &shell),
        version,
        is_live: is_live(one),
        never: NEVER.iter().map(|what| shell.t(&format!("talks-never-{what}"))).collect(),
        desk: one.desk.clone(),
        fields,
        shell,
    };
    page_as(status, &drawn)
}

/// A field as one reads it.
fn read(field: &Field) -> (String, String) {
    let chosen = match &field.kind {
        Kind::Radios(marks) => marks.iter().find(|(mark, _)| *mark == field.value),
        _ => None,
    };
    let text = chosen.map_or(&field.value, |(_, label)| label);
    (field.label.clone(), text.clone())
}

/// A mark and a note for every question, and what was agreed.
fn fields(shell: &Shell, form: &Fields, wrong: &[(String, Fault)]) -> Vec<Field> {
    let marks: Vec<_> =
        MARKS.iter().map(|mark| ((*mark).to_owned(), shell.t(&format!("talks-mark-{mark}")))).collect();
    let of = |base: &str, name: String, question: Option<&str>, kind: Kind| {
        let mut field =
            Field::new(shell, "interview", base).about(shell, "interview", "own-firm", "application");
        if let Some(question) = question {
            let question = shell.t(&format!("talks-question-{question}"));
            field.label = shell
                .lang
                .say_with("talks-interview-label", &[("question", &question), ("what", &field.label)]);
        }
        let fault = wrong.iter().find(|(field, _)| *field == name).map(|(_, fault)| say(fault, shell));
        field = field.as_a(kind).filled(form.get(&name).cloned().unwrap_or_default()).wrong(fault);
        Field { name, ..field }
    };
    let of_question = |question: &&str| {
        [
            of("mark", interviews::mark_of(question), Some(question), Kind::Radios(marks.clone())),
            of("note", interviews::note_of(question), Some(question), Kind::Lines(4)),
        ]
    };
    let agreed = of(AGREED, AGREED.to_owned(), None, Kind::Lines(4));
    QUESTIONS.iter().flat_map(of_question).chain([agreed]).collect()
}

fn say(fault: &Fault, shell: &Shell) -> String {
    match fault {
        Fault::TooLong => shell.t("talks-proposal-too-long"),
        Fault::Unlawful(found) => shell
            .lang
            .say_with("talks-interview-unlawful", &[("words", &found.matched), ("article", &found.article)]),
    }
}
