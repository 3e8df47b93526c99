//! `/samples`: everything that is not a field.

use askama::Template;
use axum::response::Response;

use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "samples/components.html")]
struct Page {
    shell: Shell,
}

/// `GET /samples`
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    if !shell.fictional {
        return Err(Refusal::NotFound);
    }
    page(&Page { shell })
}
