//! `/privacy`: for what we use what people tell us, to whom it goes, how long it stays, and what people may ask of us.

use askama::Template;
use axum::response::Response;

use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct Page {
    shell: Shell,
    purposes: [&'static str; 6],
    never: [&'static str; 4],
}

impl Page {
    fn say(&self, purpose: &str, column: &str) -> String {
        self.shell.t(&format!("profiles-privacy-{purpose}-{column}"))
    }

    fn never(&self, what: &str) -> String {
        self.shell.t(&format!("profiles-privacy-never-{what}"))
    }
}

/// `GET /privacy`
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    let purposes = ["profile", "contact", "lists", "messages", "firms", "journal"];
    let never = ["sensitive", "scores", "sale", "secret"];
    page(&Page { shell, purposes, never })
}
