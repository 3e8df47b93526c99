//! `/op/people`: everybody with an account, what they act as, who waits to be let into a firm, and inviting.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::accounts::members::{self, Inviter};
use crate::accounts::{AccountError, Administrator, Fault, Operator, SignedIn, second};
use crate::domain::{PersonId, Role, RoleKind, Standing};
use crate::store::{people, shown, tickets};
use crate::web::Web;
use crate::web::account::role_words;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, Signed, SomeBody, page_as};

type Typed = BTreeMap<String, String>;

/// Lines shown at once; more are found by name.
const LINES: i64 = 100;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op/people", get(show).post(invite))
        .route("/op/people/{person}/close", post(close))
        .route("/op/people/{person}/second/clear", post(clear_second))
        .route("/op/people/{person}/reopen", post(reopen))
        .route("/op/join/{handle}/accept", post(accept))
        .route("/op/join/{handle}/refuse", post(refuse))
}

#[derive(Template)]
#[template(path = "op/people.html")]
struct Page {
    shell: Shell,
    words: String,
    people: Vec<One>,
    waiting: Vec<Waiting>,
    fields: Vec<Field>,
    sent: bool,
}

struct One {
    id: String,
    name: String,
    login: String,
    is_closed: bool,
    roles: Vec<String>,
}

struct Waiting {
    handle: String,
    name: String,
    mail: String,
    firm: String,
}

async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Query(asked): Query<Typed>,
) -> Result<Response, Refusal> {
    let words = asked.get("q").cloned().unwrap_or_default();
    let fields = form(&shell, &asked, &[]);
    draw(StatusCode::OK, shell, &web, words, fields, false).await
}

async fn invite(
    shell: Shell,
    Signed(operator): Signed,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let wrong = |fault: Fault, shell: Shell| {
        let fields = form(&shell, &typed, &[fault]);
        (shell, fields)
    };
    let fault = match role_of(&said("role"), said("code").trim(), &operator, &person, &web).await {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(Fault { field: "code", text: "accounts-no-such-code" }),
        Err(AccountError::Faults(faults)) if !faults.is_empty() => Err(faults[0]),
        Err(other) => return Err(other.into()),
    };
    let (role, place) = match fault {
        Ok(found) => found,
        Err(fault) => {
            let (shell, fields) = wrong(fault, shell);
            return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, String::new(), fields, false).await;
        }
    };
    let (with, mail, lang) = (web.clone(), said("mail"), shell.lang.tag());
    let done = to_the_end(async move {
        let by = operator.desk().to_owned();
        let administrator = person.administrator();
        let inviter = match (&role, &administrator) {
            (Role::Secretariat | Role::Administrator, Some(own)) => Inviter::Administrator(own),
            _ => Inviter::Operator(&operator, &person),
        };
        Ok(members::invite(inviter, &mail, &role, &by, place.as_deref(), lang, with.tools()).await)
    });
    match done.await? {
        Ok(()) => {
            let fields = form(&shell, &Typed::new(), &[]);
            draw(StatusCode::OK, shell, &web, String::new(), fields, true).await
        }
        Err(AccountError::Faults(faults)) => {
            let fields = form(&shell, &typed, &faults);
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, String::new(), fields, false).await
        }
        Err(AccountError::NotYours) => Err(Refusal::NotFound),
        Err(other) => Err(other.into()),
    }
}

/// The role that the form names: of the candidate or firm with the coordinator's number or our id in `code`, or of the
/// partner of that name.
async fn role_of(
    kind: &str,
    code: &str,
    operator: &Operator,
    person: &SignedIn,
    web: &Web,
) -> Result<Option<(Role, Option<String>)>, AccountError> {
    Ok(match RoleKind::from_code(kind) {
        Some(RoleKind::Operator) => {
            let own = person.person().roles.iter();
            let desk = own.clone().find(|role| role.kind() == RoleKind::Operator).cloned();
            desk.map(|desk| (desk, None))
        }
        Some(RoleKind::Partner) => {
            let id = members::partner(operator, code, web.tools()).await?;
            Some((Role::Partner(id), Some(code.to_owned())))
        }
        Some(RoleKind::Secretariat) => Some((Role::Secretariat, None)),
        Some(RoleKind::Administrator) => Some((Role::Administrator, None)),
        Some(RoleKind::Candidate) => {
            let id = match code.parse() {
                Ok(id) => Some(id),
                Err(_) => shown::candidate_by_code(&web.db, code).await?,
            };
            match id {
                Some(id) => {
                    shown::candidate(&web.db, id).await?.map(|known| (Role::Candidate(known.id), None))
                }
                None => None,
            }
        }
        Some(RoleKind::Firm) => {
            let id = match code.parse() {
                Ok(id) => Some(id),
                Err(_) => shown::firm_by_code(&web.db, code).await?,
            };
            match id {
                Some(id) => shown::firm(&web.db, id)
                    .await?
                    .map(|firm| (Role::Firm(firm.id, Standing::Admin), Some(firm.facts.name))),
                None => None,
            }
        }
        None => None,
    })
}

async fn close(
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(person): Path<String>,
) -> Result<Response, Refusal> {
    set_closed(operator, web, &person, true).await
}

async fn reopen(
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(person): Path<String>,
) -> Result<Response, Refusal> {
    set_closed(operator, web, &person, false).await
}

async fn clear_second(
    shell: Shell,
    administrator: Administrator,
    State(web): State<Web>,
    Path(person): Path<String>,
) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let person: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(second::clear(&administrator, person, web.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to("/op/people").into_response()),
        Err(AccountError::NotYours) => Err(Refusal::NotFound),
        Err(other) => Err(other.into()),
    }
}

async fn set_closed(
    operator: crate::accounts::Operator,
    web: Web,
    person: &str,
    closed: bool,
) -> Result<Response, Refusal> {
    let person: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(members::close(&operator, person, closed, web.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to("/op/people").into_response()),
        Err(AccountError::NotYours) => Err(Refusal::NotFound),
        Err(other) => Err(other.into()),
    }
}

async fn accept(
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(handle): Path<String>,
) -> Result<Response, Refusal> {
    let done =
        to_the_end(async move { Ok(members::let_in(&operator, &handle, web.tools()).await.map(drop)) });
    answered(done.await?)
}

async fn refuse(
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(handle): Path<String>,
) -> Result<Response, Refusal> {
    let done = to_the_end(async move { Ok(members::turn_away(&operator, &handle, web.tools()).await) });
    answered(done.await?)
}

fn answered(done: Result<(), AccountError>) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to("/op/people").into_response()),
        Err(AccountError::DeadLink) => Err(Refusal::NotFound),
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    words: String,
    fields: Vec<Field>,
    sent: bool,
) -> Result<Response, Refusal> {
    let mut people: Vec<One> = Vec::new();
    for line in people::listed(&web.db, words.trim(), LINES).await? {
        if people.last().is_none_or(|last| last.id != line.id) {
            people.push(One {
                id: line.id,
                name: line.name,
                login: line.login,
                is_closed: line.disabled_at.is_some(),
                roles: Vec::new(),
            });
        }
        if let (Some(kind), Some(last)) = (RoleKind::from_code(&line.kind), people.last_mut()) {
            let role = role_words(&shell, kind);
            last.roles.push(if line.firm.is_empty() { role } else { format!("{role}（{}）", line.firm) });
        }
    }
    let waiting = tickets::waiting_to_join(&web.db).await?;
    let waiting = waiting
        .into_iter()
        .map(|(handle, mut ticket)| Waiting {
            handle,
            name: ticket.facts.remove("name").unwrap_or_default(),
            firm: ticket.facts.remove("said").unwrap_or_default(),
            mail: ticket.mail,
        })
        .collect();
    page_as(status, &Page { shell, words, people, waiting, fields, sent })
}

fn form(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let mut roles = vec![RoleKind::Firm, RoleKind::Candidate, RoleKind::Partner, RoleKind::Operator];
    if shell.is_administrator() {
        roles.extend([RoleKind::Secretariat, RoleKind::Administrator]);
    }
    let roles = roles.into_iter().map(|role| (role.code().to_owned(), role_words(shell, role))).collect();
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let fault = |name: &str| faults.iter().find(|fault| fault.field == name).map(|fault| shell.t(fault.text));
    vec![
        Field::new(shell, "invite", "mail")
            .as_a(Kind::Line("email", "off"))
            .filled(said("mail"))
            .wrong(fault("mail"))
            .required(),
        Field::new(shell, "invite", "role").as_a(Kind::Radios(roles)).filled(said("role")).required(),
        Field::new(shell, "invite", "code").hinted(shell, "invite").filled(said("code")).wrong(fault("code")),
    ]
}
