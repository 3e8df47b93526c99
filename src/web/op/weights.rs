//! `/op/weights`: what counts how much in a shortlist: the shares as they are, others to be set, and who set which before.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use unicode_normalization::UnicodeNormalization;

use crate::search::shortlist::{self, CandidateWeights, FirmWeights, InForce, NotSet, WHOLE, Weights};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Refusal, Shell, Signed, fit, page_as, wording};

/// Points of one per cent: the form speaks of per cent, the weights of thousandths.
const PERCENT: u16 = (WHOLE / 100) as u16;

type Typed = BTreeMap<String, String>;

#[derive(Template)]
#[template(path = "op/weights.html")]
struct Page {
    shell: Shell,
    version: i64,
    /// For candidates, for firms.
    sides: Vec<Side>,
    fields: Vec<Field>,
    conflict: bool,
    are_usual: bool,
    history: Vec<Told>,
}

struct Side {
    key: &'static str,
    fields: Vec<Field>,
    /// What is wrong with the sum.
    fault: Option<String>,
}

/// A choice that was made: when, by whom, and what it changed.
struct Told {
    at: String,
    by: String,
    changes: Vec<String>,
}

/// `GET /op/weights`
pub async fn show(shell: Shell, Signed(_): Signed, State(web): State<Web>) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &web, None).await
}

/// `POST /op/weights`
pub async fn set(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let version = typed.get("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let wanted = if typed.contains_key("usual") { Some(Weights::default()) } else { read(&typed) };
    let Some(weights) = wanted else {
        return draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, Some(&typed)).await;
    };
    let here = web.clone();
    let done = async move { Ok(shortlist::set(&operator, &weights, version, here.tools()).await) };
    match to_the_end(done).await? {
        Ok(()) => Ok(Redirect::to("/op/weights").into_response()),
        Err(NotSet::NotWhole) => draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &web, Some(&typed)).await,
        Err(NotSet::Conflict) => draw(StatusCode::CONFLICT, shell, &web, None).await,
        Err(NotSet::Store(cause)) => Err(cause.into()),
    }
}

/// The name of a field: a part has its share on either side.
fn name(side: &str, part: &str) -> String {
    format!("{side}-{part}")
}

/// Whole per cents; none for anything else.
fn percent(typed: &Typed, side: &str, part: &str) -> Option<u16> {
    let text: String = typed.get(&name(side, part))?.nfkc().collect();
    text.trim().trim_end_matches('%').parse().ok().filter(|percent| *percent <= 100)
}

/// The weights that were typed; none when one of them is no share.
fn read(typed: &Typed) -> Option<Weights> {
    let usual = Weights::default();
    let sound = |side: &str, named: &[(&str, u16)]| {
        named.iter().all(|(part, _)| percent(typed, side, part).is_some())
    };
    if !sound("me", &usual.candidate.named()) || !sound("firm", &usual.firm.named()) {
        return None;
    }
    let points = |side: &str, part: &str| percent(typed, side, part).unwrap_or_default() * PERCENT;
    Some(Weights {
        candidate: CandidateWeights::of(|part| points("me", part)),
        firm: FirmWeights::of(|part| points("firm", part)),
    })
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    typed: Option<&Typed>,
) -> Result<Response, Refusal> {
    let history = shortlist::history(&web.db).await?;
    let now = history.first().cloned().unwrap_or_default();
    let version = typed.and_then(|typed| typed.get("version")?.parse().ok()).unwrap_or(now.version);
    let sides = vec![
        Side::new("me", &now.weights.candidate.named(), typed, &shell),
        Side::new("firm", &now.weights.firm.named(), typed, &shell),
    ];
    page_as(
        status,
        &Page {
            version,
            fields: sides.iter().flat_map(|side| side.fields.clone()).collect(),
            sides,
            conflict: status == StatusCode::CONFLICT,
            are_usual: now.weights == Weights::default(),
            history: told(&history, &shell),
            shell,
        },
    )
}

impl Side {
    fn new(key: &'static str, named: &[(&'static str, u16)], typed: Option<&Typed>, shell: &Shell) -> Self {
        let shown = |part: &str, points: u16| match typed {
            Some(typed) => typed.get(&name(key, part)).cloned().unwrap_or_default(),
            None => fit::share(points).trim_end_matches('%').to_owned(),
        };
        let wrong = |part: &str| {
            let is_wrong = typed.is_some_and(|typed| percent(typed, key, part).is_none());
            is_wrong.then(|| shell.t("fits-weights-wrong"))
        };
        let field = |(part, points): &(&'static str, u16)| Field {
            name: name(key, part),
            label: format!("{} (%)", shell.t(&format!("part-{part}"))),
            hint: shell.t(&format!("fits-why-{key}-{part}")),
            ..Field::new(shell, "weights", "share").filled(shown(part, *points)).wrong(wrong(part))
        };
        let sum = |typed: &Typed| {
            let all: Option<Vec<_>> = named.iter().map(|(part, _)| percent(typed, key, part)).collect();
            all.map(|all| all.iter().sum::<u16>())
        };
        let sum = typed.and_then(sum).filter(|sum| *sum != 100);
        Self {
            key,
            fields: named.iter().map(field).collect(),
            fault: sum.map(|sum| shell.with("fits-weights-sum", "sum", sum)),
        }
    }
}

impl Page {
    fn heading(&self, side: &str) -> String {
        self.shell.t(&format!("fits-weights-{side}"))
    }
}

/// Each choice beside the one before it.
fn told(history: &[InForce], shell: &Shell) -> Vec<Told> {
    let usual = Weights::default();
    let before = history.iter().skip(1).map(|one| &one.weights);
    // The first choice changed the usual ones; what was before the oldest told is not known.
    let oldest = history.last().filter(|one| one.version == 1).map(|_| &usual);
    let pairs = history.iter().zip(before.map(Some).chain([oldest]));
    let one = |(now, before): (&InForce, Option<&Weights>)| {
        let (at, by) = now.set.clone()?;
        let changes = before.map(|before| changes(before, &now.weights, shell)).unwrap_or_default();
        Some(Told { at: wording::minute(at, shell.lang), by, changes })
    };
    pairs.filter_map(one).collect()
}

fn changes(before: &Weights, now: &Weights, shell: &Shell) -> Vec<String> {
    let of = |side: &str, before: &[(&'static str, u16)], now: &[(&'static str, u16)]| -> Vec<String> {
        let moved = before.iter().zip(now).filter(|(before, now)| before != now);
        let say = |((part, before), (_, now)): (&(&'static str, u16), &(&'static str, u16))| {
            let side = shell.t(&format!("fits-weights-{side}"));
            let part = shell.t(&format!("part-{part}"));
            let (before, now) = (fit::share(*before), fit::share(*now));
            shell.lang.say_with(
                "fits-weights-change",
                &[("side", &side), ("part", &part), ("before", &before), ("now", &now)],
            )
        };
        moved.map(say).collect()
    };
    let mut all = of("me", &before.candidate.named(), &now.candidate.named());
    all.extend(of("firm", &before.firm.named(), &now.firm.named()));
    all
}
