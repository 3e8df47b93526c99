//! `/op/rounds/{n}/compare`: both mechanisms side by side, and what changes for whom.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{mechanism, number, refuse};
use crate::domain::Mechanism;
use crate::rounds::{self, Change, Comparison, Move};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, page};

#[derive(Template)]
#[template(path = "op/rounds/compare.html")]
struct Page {
    shell: Shell,
    comparison: Comparison,
}

/// What the round is held against.
#[derive(Deserialize)]
pub struct Against {
    with: Option<String>,
}

/// `GET /op/rounds/{n}/compare?with=…`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
    Query(against): Query<Against>,
) -> Result<Response, Refusal> {
    let with = against.with.as_deref().filter(|with| !with.is_empty()).map(number).transpose()?;
    let comparison = rounds::compare(&web.db, Some(number(&round)?), with).await;
    page(&Page { comparison: comparison.map_err(|error| refuse(error, shell.lang))?, shell })
}

impl Page {
    /// How a change reads.
    fn what(&self, change: &Change) -> String {
        self.shell.t(match change.what() {
            Move::Placed => "web-compare-placed",
            Move::Lost => "web-compare-lost",
            Move::Moved => "web-compare-moved",
        })
    }

    fn name(&self, of: &Mechanism) -> String {
        mechanism(*of, self.shell.lang)
    }

    /// How many got their first choice. Sealed lists of a handful of people are not counted.
    fn first(&self, ranks: &[u32]) -> String {
        match ranks.first() {
            None if self.comparison.sealed => "–".to_owned(),
            count => count.copied().unwrap_or(0).to_string(),
        }
    }

    fn partner(&self, key: &Option<String>, rank: &Option<u32>) -> String {
        match (key, rank) {
            (None, _) => self.shell.t("web-compare-nobody"),
            (Some(key), None) => key.clone(),
            (Some(key), Some(rank)) => format!("{key} ({})", self.shell.with("web-rank", "rank", rank)),
        }
    }
}
