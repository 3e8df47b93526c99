//! `/confirm`: before a grave step the person proves again who they are, and comes back to the step.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::page::FormPage;
use crate::accounts::{AccountError, Fault, own, passkeys};
use crate::web::Web;
use crate::web::serve::Caller;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, SomeBody, address};

type Typed = BTreeMap<String, String>;

/// `GET /confirm?next=…`
pub async fn show(
    shell: Shell,
    SomeBody(_): SomeBody,
    State(web): State<Web>,
    Query(asked): Query<Typed>,
) -> Result<Response, Refusal> {
    form(shell, next(&asked), &web).fresh()
}

/// `POST /confirm`
pub async fn confirm(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    caller: Caller,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let password = typed.get("password").cloned().unwrap_or_default();
    let with = web.clone();
    let proved = to_the_end(async move {
        Ok(own::prove(&person, &password, caller.address().as_deref(), with.tools()).await)
    });
    match proved.await? {
        Ok(()) => Ok(Redirect::to(&next(&typed)).into_response()),
        Err(AccountError::WrongLogin) => {
            let fault = Fault { field: "password", text: "accounts-wrong-password" };
            form(shell, next(&typed), &web).wrong(&typed, &[fault])
        }
        Err(other) => Err(other.into()),
    }
}

fn next(typed: &Typed) -> String {
    typed.get("next").filter(|next| address::is_local(next)).cloned().unwrap_or_else(|| "/start".to_owned())
}

fn form(shell: Shell, next: String, web: &Web) -> FormPage {
    let field = Field::new(&shell, "account", "present-password");
    let password = Field { name: "password".to_owned(), ..field };
    FormPage {
        title: shell.t("accounts-confirm-title"),
        lead: vec![shell.t("accounts-confirm-lead")],
        action: "/confirm".to_owned(),
        passkey_to: passkeys::are_possible(&web.origin).then(|| next.clone()),
        hidden: vec![("next", next)],
        fields: vec![password.as_a(Kind::Line("password", "current-password")).required()],
        button: shell.t("accounts-confirm-button"),
        others: vec![("/recover".to_owned(), shell.t("accounts-recover-title"))],
        shell,
    }
}
