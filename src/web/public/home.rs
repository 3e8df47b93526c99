//! `/`: what this is, for whom, where to go next, and the calendar of rounds. Never counts of people.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::domain::StageName;
use crate::rounds::{self, RoundError, Summary};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

/// Rounds in the calendar.
const LATEST: usize = 6;

#[derive(Template)]
#[template(path = "public/home.html")]
struct Home {
    shell: Shell,
    /// The number of each round, and how it stands.
    rounds: Vec<(i64, String)>,
}

/// `GET /`
pub async fn show(shell: Shell, State(web): State<Web>) -> Result<Response, Refusal> {
    let rounds = rounds::list(&web.db).await.map_err(|error| match error {
        RoundError::Store(cause) => cause.into(),
        other => Refusal::broken(&other),
    })?;
    let rounds = rounds.iter().take(LATEST).map(|round| (round.number, stands(round, &shell))).collect();
    page(&Home { shell, rounds })
}

/// What the public may know: a result that is not published yet does not show.
fn stands(round: &Summary, shell: &Shell) -> String {
    let day = |at: Option<i64>| at.map(|at| wording::instant_day(at, shell.lang)).unwrap_or_default();
    match round.stage {
        StageName::Draft => shell.t("web-home-round-open"),
        StageName::Frozen | StageName::Proposed => {
            shell.with("web-home-round-closed", "day", day(round.frozen_at))
        }
        StageName::Published => shell.with("web-home-round-published", "day", day(round.published_at)),
    }
}
