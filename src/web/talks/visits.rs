//! `/me/visits`: when a candidate goes to see a firm: booked, open to be booked, and over. Of other people who come there is
//! nothing here, not even how many.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::between;
use crate::accounts::CandidateSelf;
use crate::board::visits::{self, Offered, VisitError};
use crate::domain::SlotId;
use crate::store::visits as rows;
use crate::texts::calendar::{self, Event, Method};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "talks/visits.html")]
struct Page {
    shell: Shell,
    booked: Vec<One>,
    open: Vec<One>,
    past: Vec<One>,
}

struct One {
    at: String,
    opening: String,
    title: String,
    firm: String,
    when: String,
    kind: String,
    place: String,
    /// Label and text of what else there is to know.
    notes: Vec<(String, String)>,
    /// The firm's consultation desk; empty when it named none.
    desk: String,
    state: String,
    is_full: bool,
    may_give_up: bool,
}

/// `GET /me/visits`
pub async fn show(shell: Shell, me: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let now = web.clock.now_ms();
    let (mut booked, mut open, mut past) = (Vec::new(), Vec::new(), Vec::new());
    for offered in rows::of_candidate(&web.db, me.candidate(), now).await? {
        let (is_over, is_booked) = (offered.slot.ends_at <= now, offered.is_booked);
        let one = one(offered, now, &shell);
        match (is_booked, is_over) {
            (true, false) => booked.push(one),
            (true, true) => past.push(one),
            _ => open.push(one),
        }
    }
    past.reverse();
    page(&Page { shell, booked, open, past })
}

fn one(offered: Offered, now: i64, shell: &Shell) -> One {
    let slot = offered.slot;
    let is_over = slot.ends_at <= now;
    let state = if !slot.is_on() {
        shell.t("talks-slot-cancelled")
    } else {
        match (offered.is_booked, is_over, offered.came) {
            (true, _, Some(true)) => shell.t("talks-came"),
            (true, _, Some(false)) => shell.t("talks-did-not-come"),
            (true, true, None) => shell.t("talks-visit-over"),
            (true, false, _) => shell.t("talks-visit-booked"),
            _ if offered.is_full => shell.t("talks-visit-full"),
            _ => shell.t("talks-visit-free"),
        }
    };
    let notes = [("meeting", slot.facts.meeting), ("cost", slot.facts.cost), ("safety", slot.facts.safety)];
    let notes = notes.into_iter().filter(|(_, text)| !text.is_empty());
    One {
        at: format!("/me/visits/{}", slot.id),
        opening: format!("/openings/{}", slot.opening),
        title: offered.opening.title,
        firm: offered.firm,
        when: between(slot.starts_at, slot.ends_at, shell.lang),
        kind: wording::choice(slot.kind, shell.lang),
        place: slot.place,
        notes: notes.map(|(name, text)| (shell.t(&format!("field-slot-{name}")), text)).collect(),
        desk: offered.opening.more.get("consultation_desk").cloned().unwrap_or_default(),
        is_full: offered.is_full,
        may_give_up: slot.cancelled_at.is_none() && slot.starts_at > now,
        state,
    }
}

/// `POST /me/visits/{slot}/book`
pub async fn book(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: SlotId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(visits::book(&me, id, web.tools()).await) });
    back(done.await?, &shell)
}

/// `POST /me/visits/{slot}/give-up`
pub async fn give_up(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: SlotId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = to_the_end(async move { Ok(visits::give_up(&me, id, web.tools()).await) });
    back(done.await?, &shell)
}

fn back(done: Result<(), VisitError>, shell: &Shell) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to("/me/visits").into_response()),
        Err(error) => Err(refuse(error, shell)),
    }
}

/// A refusal of the workroom as a page.
pub(super) fn refuse(error: VisitError, shell: &Shell) -> Refusal {
    match error {
        VisitError::NotFound => Refusal::NotFound,
        VisitError::Store(cause) => cause.into(),
        other => Refusal::Conflict(other.say(shell.lang)),
    }
}

/// `GET /me/visits/{slot}/visit.ics`: the booking for one's own calendar; strikes it out there when it does not hold any more.
pub async fn ics(
    shell: Shell,
    me: CandidateSelf,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: SlotId = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = rows::once_booked(&web.db, id, me.candidate()).await?;
    let (slot, given_up_at, title) = found.ok_or(Refusal::NotFound)?;
    let holds = slot.is_on() && given_up_at.is_none();
    let event = Event {
        starts_ms: slot.starts_at,
        ends_ms: slot.ends_at,
        summary: format!("{} {title}", wording::choice(slot.kind, shell.lang)),
        description: [slot.facts.meeting, slot.facts.cost, slot.facts.safety].join("\n").trim().to_owned(),
        place: slot.place,
        url: format!("{}/me/visits", web.origin),
        ..Event::of_visit(&slot.id.to_string(), &web.origin, web.clock.now_ms())
    };
    let method = if holds { Method::Publish } else { Method::Cancel };
    let headers = [
        (header::CONTENT_TYPE, calendar::MEDIA_TYPE),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"visit.ics\""),
    ];
    Ok((headers, calendar::write(method, &[event])).into_response())
}
