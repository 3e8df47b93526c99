//! `/help`: how one goes about it, how rankings become pairings, and what our words mean.

use askama::Template;
use axum::response::Response;

use crate::web::shell::{Refusal, Shell, page};

/// The words explained, in the order in which one meets them.
const WORDS: [&str; 11] = [
    "desk",
    "opening",
    "trial",
    "interest",
    "application",
    "round",
    "list",
    "certified",
    "audit",
    "receipt",
    "proxy",
];

#[derive(Template)]
#[template(path = "public/help.html")]
struct Page {
    shell: Shell,
    /// Each word and what it means.
    words: Vec<(String, String)>,
}

/// `GET /help`
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    let explained =
        |word: &&str| (shell.t(&format!("look-word-{word}")), shell.t(&format!("look-word-{word}-means")));
    let words = WORDS.iter().map(explained).collect();
    page(&Page { shell, words })
}
