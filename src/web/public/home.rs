//! `/`: what this is, for whom, where to go next, and the calendar of rounds. Never counts of people.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::rounds;
use crate::rounds::Summary;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page};

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
    let (rounds, windows) = rounds::both(&web).await?;
    let now_ms = web.clock.now_ms();
    let stands = |round: &Summary| {
        let window = windows.iter().find(|one| one.round == round.number);
        (round.number, rounds::stands(round, window, now_ms, &shell))
    };
    let rounds = rounds.iter().take(LATEST).map(stands).collect();
    page(&Home { shell, rounds })
}
