//! The form under a search, and what it sends. A person keeps the question; a visitor is asked by mail first, and the answer
//! never says whether the address is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::answer;
use crate::accounts::{AccountError, Fault, SignedIn};
use crate::domain::{Choice, Often};
use crate::search::alerts::{self, AlertError};
use crate::search::{Facet, Question};
use crate::web::Web;
use crate::web::account::{FormPage, Said};
use crate::web::serve::Caller;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page};

/// The form, as a part of a page.
#[derive(Template)]
#[template(path = "alerts/keep.html")]
pub struct Keep {
    shell: Shell,
    pairs: Vec<(String, String)>,
    fields: Vec<Field>,
    /// Whether a letter asks first.
    asks: bool,
}

impl Keep {
    /// The form that keeps this question for this reader.
    pub fn of(question: &Question, shell: &Shell) -> Self {
        let asks = person(shell).is_none();
        let fields = fields(shell, asks);
        Self { shell: shell.clone(), pairs: question.pairs(), fields, asks }
    }
}

/// Whoever is wholly logged in.
fn person(shell: &Shell) -> Option<Arc<SignedIn>> {
    shell.person.clone().filter(|person| !person.lacks_second())
}

fn fields(shell: &Shell, asks: bool) -> Vec<Field> {
    let mail = asks.then(|| {
        Field::new(shell, "alert", "mail")
            .as_a(Kind::Line("email", "email"))
            .about(shell, "alert", "desk", "alert")
            .folded()
            .required()
    });
    let often = Field::new(shell, "alert", "often").one_of::<Often>(shell).filled(Often::Daily.code());
    mail.into_iter().chain([often]).collect()
}

/// `POST /searches`
pub async fn keep(
    shell: Shell,
    State(web): State<Web>,
    caller: Caller,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (own, of_question): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|(name, _)| matches!(name.as_str(), "mail" | "often" | "lang" | "size"));
    let typed: BTreeMap<String, String> = own.into_iter().collect();
    let question = Question::read(of_question).map_err(|long| Refusal::BadQuestion(long.say(shell.lang)))?;
    let Some(often) = typed.get("often").and_then(|code| alerts::often(code)) else {
        let fault = Fault { field: "often", text: "alerts-often" };
        return form(shell, &question).wrong(&typed, &[fault]);
    };
    match person(&shell) {
        Some(person) => {
            let kept = to_the_end(async move {
                Ok(alerts::keep(&web.search, &person, &question, often, web.tools()).await)
            });
            match kept.await? {
                Ok(alert) => {
                    let to = format!("/account/searches#search-{}", alert.id);
                    Ok(Redirect::to(&to).into_response())
                }
                Err(error) => answer(error, shell),
            }
        }
        None => {
            let (mail, lang) = (typed.get("mail").cloned().unwrap_or_default(), shell.lang);
            let (to, asked) = (mail.clone(), question.clone());
            let sent = to_the_end(async move {
                let from = caller.address();
                let (search, tools) = (&web.search, web.tools());
                let asks = alerts::ask_by_mail(search, &to, &asked, often, lang, from.as_deref(), tools);
                Ok(asks.await)
            });
            match sent.await? {
                Ok(()) => page(&Said {
                    title: shell.t("alerts-sent-title"),
                    lines: vec![shell.with("alerts-sent", "mail", mail.trim()), shell.t("alerts-sent-wait")],
                    others: vec![("/openings".to_owned(), shell.t("alerts-back"))],
                    shell,
                }),
                Err(AlertError::Account(AccountError::Faults(faults))) => {
                    form(shell, &question).wrong(&typed, &faults)
                }
                Err(error) => answer(error, shell),
            }
        }
    }
}

/// The form alone, for what cannot be taken as it was typed.
fn form(shell: Shell, question: &Question) -> FormPage {
    let pairs = question.pairs().into_iter();
    let hidden = pairs.filter_map(|(name, value)| match Facet::named(&name) {
        Some(facet) => Some((facet.name(), value)),
        None => (name == Question::WORDS).then_some((Question::WORDS, value)),
    });
    let asks = person(&shell).is_none();
    FormPage {
        title: shell.t("alerts-keep-title"),
        lead: vec![question.label(shell.lang)],
        action: "/searches".to_owned(),
        hidden: hidden.collect(),
        fields: fields(&shell, asks),
        button: shell.t(if asks { "alerts-keep-ask" } else { "alerts-keep-button" }),
        passkey_to: None,
        others: vec![("/openings".to_owned(), shell.t("alerts-back"))],
        shell,
    }
}
