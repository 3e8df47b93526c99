//! `/op`: where an operator begins.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::rounds::{refuse, stage};
use crate::rounds;
use crate::store::shown::{self, Counts};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, page};

#[derive(Template)]
#[template(path = "op/home.html")]
struct Page {
    shell: Shell,
    desk: String,
    name: String,
    counts: Counts,
    /// The latest round and its stage.
    latest: Option<(i64, String)>,
}

/// `GET /op`
pub async fn show(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    let counts = shown::counts(&web.db).await?;
    let rounds = rounds::list(&web.db).await.map_err(|error| refuse(error, shell.lang))?;
    let latest = rounds.first().map(|round| (round.number, stage(round.stage, shell.lang)));
    let (desk, name) = (operator.desk().to_owned(), operator.name().to_owned());
    page(&Page { shell, desk, name, counts, latest })
}
