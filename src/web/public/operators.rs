//! `/operators`: the regional desks, with what they say about themselves.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::store::accounts::{self as rows, Desk};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "public/operators.html")]
struct Page {
    shell: Shell,
    desks: Vec<Desk>,
}

/// `GET /operators`
pub async fn show(shell: Shell, State(web): State<Web>) -> Result<Response, Refusal> {
    page(&Page { desks: rows::desks(&web.db).await?, shell })
}
