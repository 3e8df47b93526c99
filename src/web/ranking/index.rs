//! Where lists are found: a candidate's rounds, and the openings of a firm in a round.

use askama::Template;
use axum::extract::{RawPathParams, State};
use axum::response::Response;

use super::place::refuse;
use crate::accounts::{CandidateSelf, FirmMember};
use crate::board::rankings::{self, Phase};
use crate::store::rankings::Window;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "ranking/index.html")]
struct Page {
    shell: Shell,
    lead: String,
    rows: Vec<Row>,
    is_candidate: bool,
}

struct Row {
    name: String,
    address: String,
    time: String,
    /// `early`, `certified`, `open`, `closed`: the key of how it stands.
    stands: String,
}

/// `GET /me/ranking`
pub async fn mine(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let found = rankings::rounds(&own, &web.db).await;
    let (rounds, now_ms) = found.map_err(|error| refuse(error, shell.lang))?;
    let row = |(window, certified): (Window, bool)| Row {
        name: shell.with("web-round-number", "n", window.round),
        address: format!("/me/rounds/{}/ranking", window.round),
        time: time(&window, &shell),
        stands: stands(&window, certified, now_ms, &shell),
    };
    let rows = rounds.into_iter().map(row).collect();
    page(&Page { lead: shell.t("rankings-index-me"), rows, is_candidate: true, shell })
}

/// `GET /firm/{firm}/ranking` and `GET /firm/{firm}/rounds/{n}/ranking`
pub async fn of_firm(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    params: RawPathParams,
) -> Result<Response, Refusal> {
    let round = params.iter().find(|(key, _)| *key == "n").map(|(_, value)| value.parse());
    let round = round.transpose().map_err(|_| Refusal::NotFound)?;
    let found = rankings::firm_rounds(&member, &web.db, round).await;
    let found = found.map_err(|error| refuse(error, shell.lang))?;
    let rows = found.map(|(window, lists, now_ms)| {
        let row = |list: crate::store::rankings::FirmList| Row {
            name: format!("{}（{}）", list.title, shell.with("web-seats", "seats", list.seats)),
            address: format!("/firm/{}/rounds/{}/ranking/{}", member.firm(), window.round, list.opening),
            time: format!("{} {}", shell.with("web-round-number", "n", window.round), time(&window, &shell)),
            stands: stands(&window, list.certified, now_ms, &shell),
        };
        lists.into_iter().map(row).collect::<Vec<_>>()
    });
    let rows = rows.unwrap_or_default();
    page(&Page { lead: shell.t("rankings-index-firm"), rows, is_candidate: false, shell })
}

fn time(window: &Window, shell: &Shell) -> String {
    shell.with("rankings-until", "time", wording::second(window.closes_at, shell.lang))
}

fn stands(window: &Window, certified: bool, now_ms: i64, shell: &Shell) -> String {
    shell.t(match (certified, Phase::at(window, now_ms)) {
        (true, _) => "rankings-stands-certified",
        (false, Phase::Early) => "rankings-stands-early",
        (false, Phase::Open) => "rankings-stands-open",
        (false, Phase::Closed) => "rankings-stands-closed",
    })
}
