//! `/`: what this is, for whom, where to go next, and the calendar of rounds. Never counts of people.

use askama::Template;
use axum::response::Response;

use super::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    shell: Shell,
}

/// `GET /`
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    page(&Home { shell })
}
