//! `/openings/suggest?q=酒`: how the word that is being typed may go on, for the script beside the field.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::openings::barred;
use crate::search::Question;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell};

#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// A way to go on.
#[derive(Debug, Serialize)]
pub struct Way {
    /// The whole text, completed.
    text: String,
    /// How many openings have the word: 12件.
    label: String,
}

/// `GET /openings/suggest`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Query(typed): Query<Typed>,
) -> Result<Json<Vec<Way>>, Refusal> {
    if typed.q.chars().count() > Question::LONGEST {
        return Ok(Json(Vec::new()));
    }
    let found = web.search.suggest(&typed.q, &barred(&shell, &web).await?).await?;
    let way = |one: crate::search::Suggestion| Way {
        text: one.text,
        label: shell.with("web-search-total", "total", one.count),
    };
    Ok(Json(found.into_iter().map(way).collect()))
}
