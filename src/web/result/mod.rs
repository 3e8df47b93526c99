//! `/result`: what a round means for one participant, after the one-time [`link`] was opened. The wording is the
//! round's own: whoever was not found is told the same, whatever the others' lists say.

mod link;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::Web;
use super::shell::{Refusal, Shell, page};
use crate::accounts::Participant;
use crate::rounds::{self, ErrorKind, Outcome, RoundError};
use crate::search::may_be_shown;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/r/{token}", get(link::show).post(link::open)).route("/result", get(show))
}

#[derive(Template)]
#[template(path = "result/result.html")]
struct Page {
    shell: Shell,
    round: i64,
    /// None until the round is published.
    result: Option<Told>,
}

/// A result in words.
struct Told {
    headline: String,
    reason: String,
    next: String,
    stood_in: bool,
    /// Who was found: each a name, what it is about, and where to read more.
    found: Vec<Found>,
    free_seats: u32,
}

struct Found {
    name: String,
    about: String,
    href: Option<String>,
}

/// `GET /result`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    participant: Participant,
) -> Result<Response, Refusal> {
    let round = participant.round();
    let result = match rounds::result_for(&web.db, participant.owner(), round).await {
        Ok(view) => {
            let (found, free_seats) = found(&view.outcome);
            Some(Told {
                headline: view.headline(shell.lang),
                reason: view.reason(shell.lang),
                next: view.next_step(shell.lang),
                stood_in: view.stood_in,
                found,
                free_seats,
            })
        }
        Err(RoundError::WrongStage { .. }) => None,
        Err(error) => return Err(refuse(error)),
    };
    page(&Page { shell, round, result })
}

fn found(outcome: &Outcome) -> (Vec<Found>, u32) {
    match outcome {
        Outcome::Opening { opening, firm, firm_named } => {
            let name =
                if *firm_named { firm.facts.name.clone() } else { opening.code.clone().unwrap_or_default() };
            let href = may_be_shown(opening, &firm.facts).then(|| format!("/openings/{}", opening.id));
            (vec![Found { name, about: opening.facts.title.clone(), href }], 0)
        }
        Outcome::Candidates { people, free_seats } => {
            let people =
                people.iter().map(|(name, _)| Found { name: name.clone(), about: String::new(), href: None });
            (people.collect(), *free_seats)
        }
        Outcome::Unmatched | Outcome::NotTakingPart => (Vec::new(), 0),
    }
}

fn refuse(error: RoundError) -> Refusal {
    match (error.kind(), error) {
        (ErrorKind::Unknown, _) => Refusal::NoLink,
        (_, RoundError::Store(cause)) => cause.into(),
        (_, other) => Refusal::broken(&other),
    }
}
