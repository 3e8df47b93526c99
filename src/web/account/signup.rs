//! `/signup` and `/recover`: a letter is asked for. The answer never says whether an address has an account.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;

use super::page::{FormPage, Said, faults};
use crate::accounts::{own, register, tickets};
use crate::web::Web;
use crate::web::serve::Caller;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page};

type Typed = BTreeMap<String, String>;

/// `GET /signup?as=firm`
pub async fn show(shell: Shell, Query(asked): Query<Typed>) -> Result<Response, Refusal> {
    form(shell, asked.get("as").map_or("candidate", String::as_str)).fresh()
}

/// `POST /signup`
pub async fn ask(
    shell: Shell,
    State(web): State<Web>,
    caller: Caller,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let said = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let kind = if said("as") == "firm" { tickets::Kind::Firm } else { tickets::Kind::Candidate };
    let (mail, lang) = (said("mail"), shell.lang.tag());
    let asked = to_the_end(async move {
        Ok(register::ask_to_register(kind, &mail, lang, caller.address().as_deref(), web.tools()).await)
    });
    match asked.await? {
        Ok(()) => sent(shell, &said("mail"), "/signup"),
        Err(error) => form(shell, kind.code()).wrong(&typed, &faults(error)?),
    }
}

/// `GET /recover`
pub async fn show_recover(shell: Shell) -> Result<Response, Refusal> {
    recover_form(shell).fresh()
}

/// `POST /recover`
pub async fn recover(
    shell: Shell,
    State(web): State<Web>,
    caller: Caller,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let mail = typed.get("mail").cloned().unwrap_or_default();
    let asked = mail.clone();
    let asked =
        to_the_end(
            async move { Ok(own::ask_to_recover(&asked, caller.address().as_deref(), web.tools()).await) },
        );
    match asked.await? {
        Ok(()) => sent(shell, &mail, "/recover"),
        Err(error) => recover_form(shell).wrong(&typed, &faults(error)?),
    }
}

fn sent(shell: Shell, mail: &str, again: &str) -> Result<Response, Refusal> {
    page(&Said {
        title: shell.t("accounts-sent-title"),
        lines: vec![shell.with("accounts-sent", "mail", mail.trim()), shell.t("accounts-sent-wait")],
        others: vec![(again.to_owned(), shell.t("accounts-sent-again"))],
        shell,
    })
}

fn form(shell: Shell, kind: &str) -> FormPage {
    let kinds = [("candidate", "accounts-as-candidate"), ("firm", "accounts-as-firm")];
    let kinds = kinds.map(|(code, key)| (code.to_owned(), shell.t(key))).to_vec();
    let chosen = if kind == "firm" { "firm" } else { "candidate" };
    let fields = vec![
        Field::new(&shell, "signup", "as").as_a(Kind::Radios(kinds)).filled(chosen).required(),
        mail_field(&shell),
    ];
    FormPage {
        title: shell.t("accounts-signup-title"),
        lead: vec![shell.t("accounts-signup-lead")],
        action: "/signup".to_owned(),
        hidden: Vec::new(),
        fields,
        button: shell.t("accounts-send-letter"),
        passkey_to: None,
        others: vec![("/login".to_owned(), shell.t("accounts-have-account"))],
        shell,
    }
}

fn recover_form(shell: Shell) -> FormPage {
    FormPage {
        title: shell.t("accounts-recover-title"),
        lead: vec![shell.t("accounts-recover-lead")],
        action: "/recover".to_owned(),
        hidden: Vec::new(),
        fields: vec![mail_field(&shell)],
        button: shell.t("accounts-send-letter"),
        passkey_to: None,
        others: vec![("/login".to_owned(), shell.t("accounts-back-to-login"))],
        shell,
    }
}

/// The address of the account.
pub fn mail_field(shell: &Shell) -> Field {
    Field::new(shell, "account", "mail")
        .as_a(Kind::Line("email", "email"))
        .about(shell, "account", "desk", "account")
        .required()
}
