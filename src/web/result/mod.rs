//! `/result`: what a round means for one participant, after the one-time [`link`] was opened.

pub mod link;

use askama::Template;
use axum::response::Response;

use super::shell::{Refusal, Shell, page};
use crate::accounts::Participant;

#[derive(Template)]
#[template(path = "result/result.html")]
struct Page {
    shell: Shell,
    round: i64,
}

/// `GET /result`
pub async fn show(shell: Shell, participant: Participant) -> Result<Response, Refusal> {
    page(&Page { shell, round: participant.round() })
}
