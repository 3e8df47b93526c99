//! `/account`: the own account: name and language, address, password, and where one is logged in.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::page::Said;
use super::signup::mail_field;
use crate::accounts::{AccountError, Fault, own};
use crate::web::Web;
use crate::web::serve::Caller;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, SomeBody, page, page_as};

type Typed = BTreeMap<String, String>;

#[derive(Template)]
#[template(path = "account/own.html")]
struct Page {
    shell: Shell,
    mail: Option<String>,
    faults: Vec<Field>,
    about: Vec<Field>,
    address: Vec<Field>,
    password: Vec<Field>,
    sessions: Vec<Open>,
}

struct Open {
    id: String,
    device: String,
    seen: String,
    is_this: bool,
}

/// `GET /account`
pub async fn show(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &person, &web, &Typed::new(), &[]).await
}

/// `POST /account/name`
pub async fn rename(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (name, lang) = (said("name"), if said("lang") == "en" { "en" } else { "ja" });
    let (by, with) = (person.clone(), web.clone());
    let done = to_the_end(async move { Ok(own::rename(&by, &name, lang, with.tools()).await) });
    answer(done.await?, shell, &person, &web, &typed).await
}

/// `POST /account/password`
pub async fn change_password(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    caller: Caller,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (former, new) = (said("present-password"), said("new"));
    let (by, with) = (person.clone(), web.clone());
    let done = to_the_end(async move {
        Ok(own::change_password(&by, &former, &new, caller.address().as_deref(), with.tools()).await)
    });
    let done = match done.await? {
        Err(AccountError::WrongLogin) => {
            let fault = Fault { field: "present-password", text: "accounts-wrong-password" };
            Err(AccountError::Faults(vec![fault]))
        }
        other => other,
    };
    answer(done, shell, &person, &web, &typed).await
}

/// `POST /account/mail`
pub async fn change_mail(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    caller: Caller,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let mail = typed.get("mail").cloned().unwrap_or_default();
    let (by, with, to) = (person.clone(), web.clone(), mail.clone());
    let done = to_the_end(async move {
        Ok(own::ask_to_change_mail(&by, &to, caller.address().as_deref(), with.tools()).await)
    });
    match done.await? {
        Ok(()) => page(&Said {
            title: shell.t("accounts-sent-title"),
            lines: vec![shell.with("accounts-sent", "mail", mail.trim()), shell.t("accounts-sent-wait")],
            others: vec![("/account".to_owned(), shell.t("accounts-title"))],
            shell,
        }),
        Err(error) => answer(Err(error), shell, &person, &web, &typed).await,
    }
}

/// `POST /account/sessions/{id}/end`, and `others` for all but this one.
pub async fn end_session(
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    to_the_end(async move {
        let one = (id != "others").then_some(id.as_str());
        Ok(own::end_session(&person, one, web.tools()).await?)
    })
    .await?;
    Ok(Redirect::to("/account#sessions").into_response())
}

async fn answer(
    done: Result<(), AccountError>,
    shell: Shell,
    person: &crate::accounts::SignedIn,
    web: &Web,
    typed: &Typed,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to("/account").into_response()),
        Err(AccountError::Faults(faults)) => {
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, person, web, typed, &faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    person: &crate::accounts::SignedIn,
    web: &Web,
    typed: &Typed,
    faults: &[Fault],
) -> Result<Response, Refusal> {
    let sessions = own::open_sessions(person, web.tools()).await?;
    let sessions = sessions
        .into_iter()
        .map(|session| Open {
            is_this: session.id == person.session(),
            device: device_words(&session.device, &shell),
            seen: crate::texts::days::minute(session.seen_at, shell.lang),
            id: session.id,
        })
        .collect();
    let langs = [("ja", "日本語"), ("en", "English")].map(|(code, name)| (code.to_owned(), name.to_owned()));
    let owner = person.person();
    let mut about = vec![
        Field::new(&shell, "account", "name")
            .as_a(Kind::Line("text", "name"))
            .about(&shell, "account", "firm-applied", "account")
            .filled(&owner.name)
            .required(),
        Field::new(&shell, "account", "lang").as_a(Kind::Radios(langs.to_vec())).filled(&owner.lang),
    ];
    let mut address = vec![mail_field(&shell)];
    let mut password = vec![
        Field::new(&shell, "account", "present-password")
            .as_a(Kind::Line("password", "current-password"))
            .required(),
        Field::new(&shell, "account", "new")
            .as_a(Kind::Line("password", "new-password"))
            .hinted(&shell, "account")
            .required(),
    ];
    let mut wrong = Vec::new();
    for field in about.iter_mut().chain(&mut address).chain(&mut password) {
        let fault = faults.iter().find(|fault| fault.field == field.name);
        field.error = fault.map(|fault| shell.t(fault.text));
        let is_secret = matches!(field.kind, Kind::Line("password", _));
        if !is_secret && let Some(value) = typed.get(&field.name) {
            field.value.clone_from(value);
        }
        wrong.extend(field.error.is_some().then(|| field.clone()));
    }
    let mail = owner.mail.clone();
    page_as(status, &Page { shell, mail, faults: wrong, about, address, password, sessions })
}

/// A browser as people know it; the whole name means something to engineers only.
pub fn device_words(device: &str, shell: &Shell) -> String {
    const BROWSERS: [(&str, &str); 5] =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("", "")];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    let named = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| device.contains(sign)).map_or("", |(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        ("", "") => shell.t("accounts-device-unknown"),
        (browser, system) => format!("{browser} {system}").trim().to_owned(),
    }
}
