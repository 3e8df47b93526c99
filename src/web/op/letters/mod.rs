//! `/op/letters`: templates, letters to many, and what was sent.

mod merge;
mod template;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::store::templates::{self as rows, TemplateRow};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, page, wording};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op/letters", get(show))
        .route("/op/letters/templates/{template}", get(template::show).post(template::save))
        .route("/op/letters/templates/{template}/merge", get(merge::show).post(merge::send))
}

/// Batches that are named.
const LATEST: i64 = 20;

#[derive(Template)]
#[template(path = "op/letters/list.html")]
struct Page {
    shell: Shell,
    templates: Vec<TemplateRow>,
    /// When, template, audience, readers.
    batches: Vec<(String, String, String, i64)>,
}

/// `GET /op/letters`
pub async fn show(shell: Shell, Signed(_): Signed, State(web): State<Web>) -> Result<Response, Refusal> {
    let templates = rows::list(&web.db).await?;
    let batches = rows::batches(&web.db, LATEST).await?;
    let batches = batches.into_iter().map(|one| {
        let audience = shell.t(&format!("desk-audience-{}", one.audience));
        (wording::minute(one.sent_at, shell.lang), one.template_name, audience, one.readers)
    });
    let batches = batches.collect();
    page(&Page { templates, batches, shell })
}
