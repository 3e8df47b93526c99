//! Every version of a list, for its owner: compare two, take one up again.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::place::{Place, called_by_id, refuse};
use crate::board::rankings::{self, Change, Phase, Sheet};
use crate::domain::RankOrder;
use crate::store::rankings::Version;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "ranking/history.html")]
struct Page {
    shell: Shell,
    base: String,
    sheet: Sheet,
    is_open: bool,
    versions: Vec<Row>,
    older: Option<i64>,
    /// Two versions side by side: rank in the one, rank in the other, who.
    compared: Option<(i64, i64, Vec<Compared>)>,
}

struct Row {
    number: i64,
    at: String,
    by: String,
    list: Vec<(u32, String)>,
}

struct Compared {
    name: String,
    one: String,
    other: String,
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    before: Option<i64>,
    one: Option<i64>,
    other: Option<i64>,
}

/// `GET …/history?before=…&one=…&other=…`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    place: Place,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let before = asked.before.unwrap_or(i64::MAX);
    let found = rankings::history(&place.ranker, &web.db, place.round, before).await;
    let (sheet, versions, more) = found.map_err(|error| refuse(error, shell.lang))?;
    let list = |order: &RankOrder| {
        order.ranked().map(|(rank, id)| (rank, called_by_id(&sheet, id, &shell))).collect::<Vec<_>>()
    };
    let of = |number: Option<i64>| versions.iter().find(|version| Some(version.number) == number);
    let compared = of(asked.one).zip(of(asked.other));
    let compared =
        compared.map(|(one, other)| (one.number, other.number, side_by_side(one, other, &sheet, &shell)));
    let rows = versions.iter().map(|version| Row {
        number: version.number,
        at: wording::second(version.saved_at, shell.lang),
        by: version.saved_by.clone(),
        list: list(&version.order),
    });
    page(&Page {
        base: place.base(),
        is_open: sheet.phase() == Phase::Open,
        older: versions.last().filter(|_| more).map(|version| version.number),
        versions: rows.collect(),
        compared,
        sheet,
        shell,
    })
}

fn side_by_side(one: &Version, other: &Version, sheet: &Sheet, shell: &Shell) -> Vec<Compared> {
    let mut ids: Vec<_> = one.order.ranked().map(|(_, id)| id).collect();
    ids.extend(other.order.ranked().map(|(_, id)| id).filter(|id| one.order.rank_of(*id).is_none()));
    let rank = |order: &RankOrder, id| {
        order.rank_of(id).map_or_else(|| shell.t("rankings-not-ranked"), |rank| rank.to_string())
    };
    ids.into_iter()
        .map(|id| Compared {
            name: called_by_id(sheet, id, shell),
            one: rank(&one.order, id),
            other: rank(&other.order, id),
        })
        .collect()
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Fields {
    version: i64,
    restore: i64,
}

/// `POST …/history`: takes a version up again, as a new one.
pub async fn restore(
    shell: Shell,
    State(web): State<Web>,
    place: Place,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let (base, lang) = (place.base(), shell.lang);
    let done = to_the_end(async move {
        let change = Change::Restore(fields.restore);
        let done = rankings::save(&place.ranker, place.round, fields.version, &change, web.tools()).await;
        done.map(drop).map_err(|error| refuse(error, lang))
    });
    done.await?;
    Ok(Redirect::to(&base).into_response())
}
