//! `/t/{token}`: what a mailed link opens. Looking changes nothing; the form does.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::login::device;
use super::page::{FormPage, Said, enter, faults};
use crate::accounts::register::{NewCandidate, NewFirm, register_candidate, register_firm};
use crate::accounts::tickets::{self, Ticket};
use crate::accounts::{AccountError, SignedIn, Token, members, own};
use crate::domain::{Choice, RoleKind};
use crate::rules::prefectures;
use crate::search::alerts::{self, AlertError};
use crate::texts::Lang;
use crate::web::Web;
use crate::web::alerts::answer;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page, page_as};

type Typed = BTreeMap<String, String>;

/// `GET /t/{token}`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let looked = look(&web, &token).await;
    match looked {
        Ok((token, ticket)) => form(shell, &token, &ticket)?.fresh(),
        Err(error) => gone(shell, error),
    }
}

/// `POST /t/{token}`
pub async fn open(
    shell: Shell,
    State(web): State<Web>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let (token, ticket) = match look(&web, &token).await {
        Ok(found) => found,
        Err(error) => return gone(shell, error),
    };
    let (lang, device) = (shell.lang.tag(), device(&headers));
    let person = shell.person.clone();
    let (kind, told, with) = (ticket.kind.clone(), typed.clone(), (web.clone(), token.clone()));
    let done = to_the_end(async move {
        let (web, token) = with;
        Ok(act(&kind, &token, &told, person, lang, &device, &web).await)
    });
    match done.await? {
        Ok(Done::Entered(session)) => enter(&web, &session, "/start"),
        Ok(Done::Granted) => Ok(Redirect::to("/start").into_response()),
        Ok(Done::Recovered) => said(shell, "accounts-recovered-title", "accounts-recovered"),
        Ok(Done::Told) => page(&Said {
            title: shell.t("alerts-begun-title"),
            lines: vec![shell.t("alerts-begun")],
            others: vec![("/openings".to_owned(), shell.t("alerts-back"))],
            shell,
        }),
        Ok(Done::Refused(error)) => answer(error, shell),
        Ok(Done::NewMail) => said(shell, "accounts-mail-changed-title", "accounts-mail-changed"),
        Err(error @ (AccountError::DeadLink | AccountError::UsedLink)) => gone(shell, error),
        Err(error) => form(shell, &token, &ticket)?.wrong(&typed, &faults(error)?),
    }
}

enum Done {
    Entered(Token),
    Granted,
    Recovered,
    NewMail,
    Told,
    Refused(AlertError),
}

async fn act(
    kind: &str,
    token: &Token,
    typed: &Typed,
    person: Option<Arc<SignedIn>>,
    lang: &str,
    device: &str,
    web: &Web,
) -> Result<Done, AccountError> {
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let tools = web.tools();
    match kind {
        "candidate" => {
            let new = NewCandidate {
                name: said("name"),
                password: said("password"),
                adult: said("adult") == "yes",
                agrees: said("agrees") == "yes",
            };
            Ok(Done::Entered(register_candidate(token, &new, lang, device, tools).await?.1))
        }
        "firm" => {
            let new = NewFirm {
                name: said("name"),
                password: said("password"),
                firm: said("firm"),
                number: said("number"),
                prefecture: said("prefecture"),
                agrees: said("agrees") == "yes",
            };
            Ok(Done::Entered(register_firm(token, &new, lang, device, tools).await?.1))
        }
        "invite" => match person {
            Some(person) => members::take_up_as(token, &person, tools).await.map(|_| Done::Granted),
            None => {
                let (name, password) = (said("name"), said("password"));
                let taken = members::take_up(token, &name, &password, lang, device, tools).await?;
                Ok(Done::Entered(taken.1))
            }
        },
        "recover" => own::recover(token, &said("password"), tools).await.map(|()| Done::Recovered),
        "mail" => own::change_mail(token, tools).await.map(|()| Done::NewMail),
        "alert" => {
            let lang = Lang::from_tag(lang).unwrap_or_default();
            match alerts::confirm(&web.search, token, lang, tools).await {
                Ok(_) => Ok(Done::Told),
                Err(AlertError::Account(error)) => Err(error),
                Err(error) => Ok(Done::Refused(error)),
            }
        }
        _ => Err(AccountError::DeadLink),
    }
}

async fn look(web: &Web, token: &str) -> Result<(Token, Ticket), AccountError> {
    let token: Token = token.parse().map_err(|_| AccountError::DeadLink)?;
    let ticket = tickets::look(&web.db, &token, web.clock.now_ms()).await?;
    Ok((token, ticket))
}

fn gone(shell: Shell, error: AccountError) -> Result<Response, Refusal> {
    let key = match error {
        AccountError::UsedLink => "accounts-ticket-used",
        AccountError::DeadLink => "accounts-ticket-dead",
        other => return Err(other.into()),
    };
    let page = Said {
        title: shell.t("accounts-ticket-gone-title"),
        lines: vec![shell.t(key)],
        others: vec![
            ("/login".to_owned(), shell.t("accounts-have-account")),
            ("/signup".to_owned(), shell.t("accounts-signup-title")),
            ("/recover".to_owned(), shell.t("accounts-recover-title")),
        ],
        shell,
    };
    page_as(StatusCode::GONE, &page)
}

fn said(shell: Shell, title: &str, line: &str) -> Result<Response, Refusal> {
    page(&Said {
        title: shell.t(title),
        lines: vec![shell.t(line)],
        others: vec![("/login".to_owned(), shell.t("accounts-back-to-login"))],
        shell,
    })
}

fn form(shell: Shell, token: &Token, ticket: &Ticket) -> Result<FormPage, Refusal> {
    let action = format!("/t/{token}");
    let (title, lead, fields, button) = match ticket.kind.as_str() {
        "candidate" => (
            "accounts-register-candidate-title",
            vec![shell.with("accounts-register-lead", "mail", &ticket.mail)],
            vec![name(&shell), password(&shell), check(&shell, "adult"), check(&shell, "agrees")],
            "accounts-register-button",
        ),
        "firm" => (
            "accounts-register-firm-title",
            vec![shell.with("accounts-register-lead", "mail", &ticket.mail)],
            vec![
                firm(&shell, "firm", "organization"),
                firm(&shell, "number", "off").hinted(&shell, "account"),
                prefecture(&shell),
                name(&shell),
                password(&shell),
                check(&shell, "agrees"),
            ],
            "accounts-register-button",
        ),
        "invite" => {
            let role = members::invited_to(ticket).map(|role| role.kind()).ok_or(Refusal::NotFound)?;
            let place = ticket.facts.get("place").cloned().unwrap_or_default();
            let mut lead = vec![role_words(&shell, role)];
            lead.extend((!place.is_empty()).then(|| shell.with("accounts-invited-place", "place", place)));
            let fields = match &shell.person {
                Some(person) => {
                    lead.push(shell.with("accounts-take-up-as", "name", &person.person().name));
                    Vec::new()
                }
                None => vec![name(&shell), password(&shell)],
            };
            ("accounts-invited-title", lead, fields, "accounts-take-up")
        }
        "recover" => (
            "accounts-recover-title",
            vec![shell.t("accounts-recover-now")],
            vec![password(&shell)],
            "accounts-recover-button",
        ),
        "mail" => (
            "accounts-mail-title",
            vec![shell.with("accounts-mail-now", "mail", &ticket.mail)],
            Vec::new(),
            "accounts-mail-button",
        ),
        "alert" => {
            let (question, often) = alerts::wish(&ticket.facts).ok_or(Refusal::NotFound)?;
            let how = shell.lang.pick(often.ja(), often.en());
            let lead = vec![
                shell.with("alerts-begin-lead", "mail", &ticket.mail),
                shell.with("alerts-about", "what", question.label(shell.lang)),
                shell.with("alerts-begin-often", "often", how),
            ];
            ("alerts-keep-title", lead, Vec::new(), "alerts-begin-button")
        }
        _ => return Err(Refusal::NotFound),
    };
    let mut others = Vec::new();
    if ticket.kind == "invite" && shell.person.is_none() {
        others.push((format!("/login?next={action}"), shell.t("accounts-take-up-logged-in")));
    }
    Ok(FormPage {
        title: shell.t(title),
        lead,
        action,
        hidden: Vec::new(),
        fields,
        button: shell.t(button),
        passkey_to: None,
        others,
        shell,
    })
}

/// What an invitation is for.
pub fn role_words(shell: &Shell, role: RoleKind) -> String {
    shell.t(&format!("accounts-invited-{}", role.code()))
}

fn name(shell: &Shell) -> Field {
    Field::new(shell, "account", "name")
        .as_a(Kind::Line("text", "name"))
        .about(shell, "account", "firm-applied", "account")
        .required()
}

fn password(shell: &Shell) -> Field {
    Field::new(shell, "account", "password")
        .as_a(Kind::Line("password", "new-password"))
        .hinted(shell, "account")
        .about(shell, "account", "nobody-else", "account")
        .required()
}

fn firm(shell: &Shell, name: &str, auto: &'static str) -> Field {
    Field::new(shell, "account", name)
        .as_a(Kind::Line("text", auto))
        .about(shell, "account", "everybody", "account")
        .required()
}

fn prefecture(shell: &Shell) -> Field {
    let names = prefectures::all().iter().map(|one| (one.kanji.to_string(), one.kanji.to_string()));
    Field::new(shell, "account", "prefecture")
        .as_a(Kind::Select(names.collect()))
        .about(shell, "account", "everybody", "account")
        .required()
}

fn check(shell: &Shell, name: &str) -> Field {
    Field::new(shell, "account", name).as_a(Kind::Check).hinted(shell, "account").required()
}
