//! `/op`: where an operator begins.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::super::Web;
use super::super::shell::{Refusal, Shell, Signed, page};
use crate::store::shown::{self, Counts};

#[derive(Template)]
#[template(path = "op/home.html")]
struct Page {
    shell: Shell,
    desk: String,
    counts: Counts,
}

/// `GET /op`
pub async fn show(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    let counts = shown::counts(&web.db).await?;
    page(&Page { shell, desk: operator.desk().to_owned(), counts })
}
