//! `/start`: to where the person begins. Whoever acts in several roles chooses.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use crate::web::shell::{Refusal, Shell, SomeBody, page};

#[derive(Template)]
#[template(path = "account/said.html")]
struct Page {
    shell: Shell,
    title: String,
    lines: Vec<String>,
    others: Vec<(String, String)>,
}

/// `GET /start`
pub async fn show(shell: Shell, SomeBody(person): SomeBody) -> Result<Response, Refusal> {
    let places = [
        (person.operator().is_some(), "/op", "web-nav-op"),
        (person.firms().next().is_some(), "/firm", "web-nav-firm"),
        (person.candidate().is_some(), "/me", "web-nav-me"),
        (person.partner().is_some(), "/partner", "web-nav-partner"),
        (person.secretariat().is_some(), "/secretariat", "web-nav-secretariat"),
        (person.administrator().is_some() && person.operator().is_none(), "/account", "accounts-title"),
    ];
    let places: Vec<_> = places.into_iter().filter(|(is, ..)| *is).map(|(_, at, key)| (at, key)).collect();
    match places.as_slice() {
        [(only, _)] => Ok(Redirect::to(only).into_response()),
        [] => page(&Page {
            title: shell.t("accounts-waiting-title"),
            lines: vec![shell.t("accounts-waiting")],
            others: vec![("/account".to_owned(), shell.t("accounts-title"))],
            shell,
        }),
        several => {
            let others = several.iter().map(|(at, key)| ((*at).to_owned(), shell.t(key))).collect();
            page(&Page { title: shell.t("accounts-start-title"), lines: Vec::new(), others, shell })
        }
    }
}
