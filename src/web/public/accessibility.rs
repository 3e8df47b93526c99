//! `/accessibility`: what we hold ourselves to, what was tried and how, and what was not.

use askama::Template;
use axum::response::Response;

use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct Page {
    shell: Shell,
}

/// `GET /accessibility`
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    page(&Page { shell })
}
