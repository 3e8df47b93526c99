//! `/firm/{firm}/members`: who acts for the firm; invited and removed by who decides for it.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::accounts::members::{self, Inviter};
use crate::accounts::{AccountError, Fault, FirmMember};
use crate::domain::{PersonId, Role, Standing};
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page_as};

type Typed = BTreeMap<String, String>;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/firm/{firm}/members", get(show).post(invite))
        .route("/firm/{firm}/members/{person}/remove", post(remove))
}

#[derive(Template)]
#[template(path = "firm/members.html")]
struct Page {
    shell: Shell,
    firm: String,
    at: String,
    people: Vec<One>,
    /// None for who may not invite.
    fields: Option<Vec<Field>>,
    sent: bool,
    trouble: Option<String>,
}

struct One {
    id: String,
    name: String,
    mail: String,
    decides: bool,
    is_me: bool,
}

async fn show(shell: Shell, member: FirmMember, State(web): State<Web>) -> Result<Response, Refusal> {
    let fields = form(&shell, &Typed::new(), &[]);
    draw(StatusCode::OK, shell, &member, &web, fields, Told::Nothing).await
}

async fn invite(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let standing = Standing::from_code(&said("standing"));
    let firm = shown::firm(&web.db, member.firm()).await?.ok_or(Refusal::NotFound)?.facts.name;
    let (with, by, mail, lang) = (web.clone(), member.clone(), said("mail"), shell.lang.tag());
    let done = to_the_end(async move {
        let role = Role::Firm(by.firm(), standing);
        let inviter = Inviter::Firm(&by);
        Ok(members::invite(inviter, &mail, &role, by.name(), Some(&firm), lang, with.tools()).await)
    });
    match done.await? {
        Ok(()) => {
            let fields = form(&shell, &Typed::new(), &[]);
            draw(StatusCode::OK, shell, &member, &web, fields, Told::Sent).await
        }
        Err(AccountError::Faults(faults)) => {
            let fields = form(&shell, &typed, &faults);
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &member, &web, fields, Told::Nothing).await
        }
        Err(AccountError::NotYours) => Err(Refusal::NotFound),
        Err(other) => Err(other.into()),
    }
}

async fn remove(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, person)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let person: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let (with, by) = (web.clone(), member.clone());
    let done = to_the_end(async move { Ok(members::remove(&by, person, with.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to(&format!("/firm/{}/members", member.firm())).into_response()),
        Err(error @ AccountError::LastAdmin) => {
            let fields = form(&shell, &Typed::new(), &[]);
            let told = Told::Trouble(error.say(shell.lang));
            draw(StatusCode::CONFLICT, shell, &member, &web, fields, told).await
        }
        Err(AccountError::NotYours) => Err(Refusal::NotFound),
        Err(other) => Err(other.into()),
    }
}

enum Told {
    Nothing,
    Sent,
    Trouble(String),
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    member: &FirmMember,
    web: &Web,
    fields: Vec<Field>,
    told: Told,
) -> Result<Response, Refusal> {
    let firm = shown::firm(&web.db, member.firm()).await?.ok_or(Refusal::NotFound)?;
    let people = members::of_firm(member, web.tools()).await?;
    let people = people
        .into_iter()
        .map(|person| One {
            decides: person.roles.iter().any(|role| matches!(role, Role::Firm(_, Standing::Admin))),
            is_me: person.id == member.person(),
            id: person.id.to_string(),
            mail: person.mail.unwrap_or(person.login),
            name: person.name,
        })
        .collect();
    let at = format!("/firm/{}/members", member.firm());
    let (sent, trouble) = match told {
        Told::Nothing => (false, None),
        Told::Sent => (true, None),
        Told::Trouble(words) => (false, Some(words)),
    };
    let fields = member.is_admin().then_some(fields);
    page_as(status, &Page { shell, firm: firm.facts.name, at, people, fields, sent, trouble })
}

fn form(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let standings = [("member", "accounts-standing-member"), ("admin", "accounts-standing-admin")];
    let standings = standings.map(|(code, key)| (code.to_owned(), shell.t(key))).to_vec();
    let fault = faults.iter().find(|fault| fault.field == "mail").map(|fault| shell.t(fault.text));
    let said = |name: &str, usual: &str| typed.get(name).cloned().unwrap_or_else(|| usual.to_owned());
    vec![
        Field::new(shell, "invite", "mail")
            .as_a(Kind::Line("email", "off"))
            .filled(said("mail", ""))
            .wrong(fault)
            .required(),
        Field::new(shell, "invite", "standing")
            .as_a(Kind::Radios(standings))
            .filled(said("standing", "member")),
    ]
}
