//! The list itself. The form is whole without a script; `assets/ranking.js` lets it be changed by dragging and by keyboard
//! as well and saves at once, through the same address.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use super::place::{Place, advice, called, deadline, refuse, told};
use super::typed::{self, Fields};
use crate::board::rankings::{self, Change, Phase, RankingError, Saved, Sheet};
use crate::domain::{RankOrder, RankedId};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, page, page_as, wording};

#[derive(Template)]
#[template(path = "ranking/sheet.html")]
struct Page {
    shell: Shell,
    base: String,
    sheet: Sheet,
    deadline: String,
    advice: Vec<String>,
    saved: String,
    /// The order that the page shows, for the form.
    was: String,
    ranked: Vec<Row>,
    unranked: Vec<Row>,
    /// The boxes that hold a mistake, and what it is.
    faults: Vec<(String, String)>,
}

/// Somebody who may be ranked, as drawn.
pub struct Row {
    id: RankedId,
    name: String,
    about: String,
    /// What the box says.
    number: String,
    is_ranked: bool,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "ranking/conflict.html")]
struct Conflict {
    shell: Shell,
    base: String,
    version: i64,
    saved: String,
    mine: Vec<(u32, String)>,
    theirs: Vec<(u32, String)>,
    order: String,
}

/// `GET …/ranking`
pub async fn show(shell: Shell, State(web): State<Web>, place: Place) -> Result<Response, Refusal> {
    let sheet = rankings::sheet(&place.ranker, &web.db, place.round).await;
    let sheet = sheet.map_err(|error| refuse(error, shell.lang))?;
    page(&draw(shell, &place, sheet, &Fields::new(), Vec::new()))
}

/// `POST …/ranking`
pub async fn save(
    shell: Shell,
    State(web): State<Web>,
    place: Place,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let fields: Fields = fields.into_iter().collect();
    let by_script = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"));
    let lang = shell.lang;
    let before = rankings::sheet(&place.ranker, &web.db, place.round).await;
    let before = before.map_err(|error| refuse(error, lang))?;
    let from = fields.get("version").and_then(|version| version.parse().ok()).ok_or(Refusal::NotFound)?;
    let change = match typed::change(&fields, before.window.ties) {
        Ok(Some(change)) => change,
        Ok(None) => return Err(Refusal::Unread(StatusCode::UNPROCESSABLE_ENTITY)),
        Err(faults) if by_script => {
            let text = faults.first().map(|(_, key)| shell.t(key)).unwrap_or_default();
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, json!({ "fault": text })));
        }
        Err(faults) => {
            let drawn = draw(shell, &place, before, &fields, faults);
            return page_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn);
        }
    };
    let (ranker, round, wanted) = (place.ranker.clone(), place.round, change.clone());
    let done =
        to_the_end(async move { Ok(rankings::save(&ranker, round, from, &wanted, web.tools()).await) });
    match done.await? {
        Ok(saved) if by_script => Ok(answer(StatusCode::OK, as_json(&saved, &shell))),
        Ok(_) => Ok(Redirect::to(&place.base()).into_response()),
        Err(RankingError::Changed(_)) if by_script => {
            Ok(answer(StatusCode::CONFLICT, json!({ "conflict": true })))
        }
        Err(RankingError::Changed(theirs)) => conflict(shell, &place, &theirs, &change),
        Err(error @ (RankingError::NotFound | RankingError::Store(_))) => Err(refuse(error, lang)),
        Err(error) if by_script => Ok(answer(StatusCode::CONFLICT, json!({ "stop": told(&error, lang) }))),
        Err(error) => Err(refuse(error, lang)),
    }
}

fn answer(status: StatusCode, value: Value) -> Response {
    (status, axum::Json(value)).into_response()
}

/// What the script needs to go on.
fn as_json(saved: &Saved, shell: &Shell) -> Value {
    let sheet = &saved.sheet;
    json!({
        "version": sheet.version,
        "saved": sheet.saved.as_ref().map(|(at, _)| wording::time(*at)),
        "order": typed::write(&sheet.order),
        "undo": sheet.can_undo,
        "redo": sheet.can_redo,
        "certified": sheet.certificate.is_some(),
        "lost": sheet.was_certified && sheet.certificate.is_none(),
        "said": saved.uncertified.then(|| shell.t("rankings-lost")),
    })
}

fn draw(
    shell: Shell,
    place: &Place,
    sheet: Sheet,
    typed: &Fields,
    faults: Vec<(RankedId, &'static str)>,
) -> Page {
    let faults: BTreeMap<RankedId, String> = faults.into_iter().map(|(id, key)| (id, shell.t(key))).collect();
    let row = |id: RankedId| {
        let one = sheet.named(id)?;
        let rank = sheet.order.rank_of(id);
        let number = typed.get(&format!("rank-{id}")).cloned();
        Some(Row {
            id,
            name: called(one, &shell),
            about: one.about.clone().unwrap_or_default(),
            number: number.unwrap_or_else(|| rank.map(|rank| rank.to_string()).unwrap_or_default()),
            is_ranked: rank.is_some(),
            error: faults.get(&id).cloned(),
        })
    };
    let ranked: Vec<Row> = sheet.order.ranked().filter_map(|(_, id)| row(id)).collect();
    let unranked: Vec<Row> = sheet.unranked().filter_map(|one| row(one.id)).collect();
    let wrong = ranked.iter().chain(&unranked).filter_map(|row| {
        Some((format!("rank-{}", row.id), format!("{}: {}", row.name, row.error.as_ref()?)))
    });
    Page {
        base: place.base(),
        deadline: deadline(&sheet, &shell),
        advice: advice(&sheet, &place.ranker, &shell),
        saved: saved_at(&sheet, &shell),
        // After a mistake the form still begins from what its sender was looking at.
        was: typed.get("was").cloned().unwrap_or_else(|| typed::write(&sheet.order)),
        faults: wrong.collect(),
        ranked,
        unranked,
        sheet,
        shell,
    }
}

impl Page {
    fn is_open(&self) -> bool {
        self.sheet.phase() == Phase::Open
    }

    /// What the script says, with its own blanks in it.
    fn said(&self, key: &str) -> String {
        let values: [(&'static str, &dyn crate::texts::ToFluent); 4] =
            [("name", &"%name%"), ("rank", &"%rank%"), ("count", &"%count%"), ("time", &"%time%")];
        self.shell.lang.say_with(key, &values)
    }
}

/// 「保存しました 12:03」
pub fn saved_at(sheet: &Sheet, shell: &Shell) -> String {
    match &sheet.saved {
        Some((at, _)) => shell.with("rankings-said-saved", "time", wording::time(*at)),
        None => shell.t("rankings-nothing-saved"),
    }
}

/// Both versions side by side, and the choice.
fn conflict(shell: Shell, place: &Place, theirs: &Sheet, change: &Change) -> Result<Response, Refusal> {
    let mine = match change {
        Change::Order(order) => order.clone(),
        Change::Step(order, who, step) => {
            let mut order = order.clone();
            order.step(*who, *step);
            order
        }
        // A step back from a list that is not there any more: there is nothing of one's own to keep.
        Change::Undo | Change::Redo | Change::Restore(_) => theirs.order.clone(),
    };
    let mine = mine.keeping(|id| theirs.named(id).is_some());
    let lines = |order: &RankOrder| {
        let named = order.ranked().filter_map(|(rank, id)| Some((rank, called(theirs.named(id)?, &shell))));
        named.collect::<Vec<_>>()
    };
    let drawn = Conflict {
        base: place.base(),
        version: theirs.version,
        saved: saved_at(theirs, &shell),
        order: typed::write(&mine),
        mine: lines(&mine),
        theirs: lines(&theirs.order),
        shell,
    };
    page_as(StatusCode::CONFLICT, &drawn)
}
