//! `/firm/{firm}/visits`: the times at which a firm receives people, who booked them, and a form for another.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::slot_form::{self, Faults, Typed};
use super::{between, visits};
use crate::accounts::FirmHand;
use crate::board::visits::{self as board, Booked, VisitError};
use crate::domain::{CandidateId, Opening, Slot, SlotId};
use crate::store::{shown, visits as rows};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Refusal, Shell, page_as, wording};

#[derive(Template)]
#[template(path = "talks/slots.html")]
struct Page {
    shell: Shell,
    firm: String,
    home: String,
    by_proxy: bool,
    groups: Vec<Group>,
    /// Openings that name no consultation desk.
    without_desk: Vec<String>,
    has_openings: bool,
    fields: Vec<Field>,
}

/// The slots of an opening.
struct Group {
    title: String,
    slots: Vec<One>,
}

struct One {
    at: String,
    when: String,
    kind: String,
    place: String,
    state: String,
    may_be_work: bool,
    booked: Vec<Guest>,
    may_cancel: bool,
    has_begun: bool,
}

struct Guest {
    id: String,
    name: String,
    came: Option<bool>,
}

/// `GET /firm/{firm}/visits`
pub async fn show(shell: Shell, hand: FirmHand, State(web): State<Web>) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &hand, &web, &Typed::new(), &Faults::new()).await
}

/// `POST /firm/{firm}/visits`: another slot.
pub async fn offer(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let new = match slot_form::read(&typed, web.clock.now_ms()) {
        Ok(new) => new,
        Err(faults) => {
            return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &hand, &web, &typed, &faults).await;
        }
    };
    let firm = hand.firm();
    let done = to_the_end(async move { Ok(board::offer(&hand, &new, web.tools()).await) });
    answer(done.await?, &shell, &format!("/firm/{firm}/visits"))
}

/// `POST …/{slot}/cancel`
pub async fn cancel(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: SlotId = id.parse().map_err(|_| Refusal::NotFound)?;
    let firm = hand.firm();
    let done = to_the_end(async move { Ok(board::cancel(&hand, id, web.tools()).await) });
    answer(done.await?, &shell, &format!("/firm/{firm}/visits"))
}

/// `POST …/{slot}/came`
pub async fn came(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let id: SlotId = id.parse().map_err(|_| Refusal::NotFound)?;
    let said = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let candidate: CandidateId = said("candidate").parse().map_err(|_| Refusal::NotFound)?;
    let (firm, came) = (hand.firm(), said("came") == "yes");
    let done = to_the_end(async move { Ok(board::came(&hand, id, candidate, came, web.tools()).await) });
    answer(done.await?, &shell, &format!("/firm/{firm}/visits"))
}

fn answer(done: Result<(), VisitError>, shell: &Shell, at: &str) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(at).into_response()),
        Err(error) => Err(visits::refuse(error, shell)),
    }
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    hand: &FirmHand,
    web: &Web,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let firm = shown::firm(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    let openings: Vec<Opening> = shown::openings_of(&web.db, firm.id).await?;
    let openings: Vec<_> = openings.into_iter().filter(|one| !one.facts.title.is_empty()).collect();
    let mut booked: BTreeMap<SlotId, Vec<Booked>> = BTreeMap::new();
    for one in rows::bookings(&web.db, firm.id).await? {
        booked.entry(one.slot).or_default().push(one);
    }
    let home = format!("/firm/{}", firm.id);
    let now = web.clock.now_ms();
    let slots = rows::of_firm(&web.db, firm.id).await?;
    let groups = openings.iter().filter_map(|opening| {
        let of_it = slots.iter().filter(|slot| slot.opening == opening.id);
        let slots: Vec<_> = of_it
            .map(|slot| one(slot, booked.remove(&slot.id).unwrap_or_default(), &home, now, &shell))
            .collect();
        (!slots.is_empty()).then(|| Group { title: opening.facts.title.clone(), slots })
    });
    let groups = groups.collect();
    let has_desk = |one: &Opening| one.facts.more.contains_key("consultation_desk");
    let without_desk = openings.iter().filter(|one| !has_desk(one)).map(|one| one.facts.title.clone());
    let choices: Vec<_> = openings.iter().map(|one| (one.id.to_string(), one.facts.title.clone())).collect();
    let drawn = Page {
        firm: firm.facts.name,
        by_proxy: hand.is_proxy(),
        without_desk: without_desk.collect(),
        has_openings: !openings.is_empty(),
        fields: slot_form::fields(&shell, &choices, typed, faults),
        groups,
        home,
        shell,
    };
    page_as(status, &drawn)
}

fn one(slot: &Slot, booked: Vec<Booked>, home: &str, now: i64, shell: &Shell) -> One {
    let has_begun = slot.starts_at <= now;
    let state = if !slot.is_on() {
        shell.t("talks-slot-cancelled")
    } else {
        shell.lang.say_with("talks-slot-taken", &[("taken", &booked.len()), ("of", &slot.capacity)])
    };
    let guest = |one: Booked| Guest {
        id: one.candidate.to_string(),
        name: one.name.unwrap_or_else(|| shell.t("talks-somebody")),
        came: one.came,
    };
    One {
        at: format!("{home}/visits/{}", slot.id),
        when: between(slot.starts_at, slot.ends_at, shell.lang),
        kind: wording::choice(slot.kind, shell.lang),
        place: slot.place.clone(),
        state,
        may_be_work: slot.is_on() && slot.may_be_work(),
        booked: booked.into_iter().map(guest).collect(),
        may_cancel: slot.is_on() && !has_begun,
        has_begun: slot.is_on() && has_begun,
    }
}
