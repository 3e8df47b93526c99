//! `/me/partner`: two people who want to move together.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::place::refuse;
use crate::accounts::CandidateSelf;
use crate::board::rankings::{self, Link, RankingError, Wish};
use crate::domain::{Choice, CoupleCondition, OneOnly};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page_as, wording};

#[derive(Template)]
#[template(path = "ranking/partner.html")]
struct Page {
    shell: Shell,
    links: Vec<Row>,
    fields: Vec<Field>,
    /// Whether another one can be asked.
    may_ask: bool,
}

struct Row {
    id: String,
    text: String,
    condition: String,
    one_only: String,
    may_agree: bool,
    is_agreed: bool,
}

/// What the form sends, as it was typed.
#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    mail: String,
    #[serde(default)]
    condition: String,
    #[serde(default)]
    one_only: String,
}

/// `GET /me/partner`
pub async fn show(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    draw(StatusCode::OK, shell, &own, &web, &Typed::default(), None).await
}

/// `POST /me/partner`
pub async fn ask(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let wish = Wish {
        condition: chosen::<CoupleCondition>(&typed.condition),
        one_only: chosen::<OneOnly>(&typed.one_only),
    };
    let (asks, mail, tools) = (own.clone(), typed.mail.clone(), web.clone());
    let done = to_the_end(async move { Ok(rankings::ask(&asks, &mail, &wish, tools.tools()).await) });
    match done.await? {
        Ok(()) => Ok(Redirect::to("/me/partner").into_response()),
        Err(RankingError::Couple(key)) => {
            draw(StatusCode::UNPROCESSABLE_ENTITY, shell, &own, &web, &typed, Some(key)).await
        }
        Err(error) => Err(refuse(error, shell.lang)),
    }
}

/// `POST /me/partner/{link}/agree`
pub async fn agree(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Path(link): Path<String>,
) -> Result<Response, Refusal> {
    let lang = shell.lang;
    let done = to_the_end(async move {
        rankings::agree(&own, &link, web.tools()).await.map_err(|error| refuse(error, lang))
    });
    done.await?;
    Ok(Redirect::to("/me/partner").into_response())
}

/// `POST /me/partner/{link}/end`
pub async fn end(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Path(link): Path<String>,
) -> Result<Response, Refusal> {
    let lang = shell.lang;
    let done = to_the_end(async move {
        rankings::end(&own, &link, web.tools()).await.map_err(|error| refuse(error, lang))
    });
    done.await?;
    Ok(Redirect::to("/me/partner").into_response())
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    own: &CandidateSelf,
    web: &Web,
    typed: &Typed,
    fault: Option<&'static str>,
) -> Result<Response, Refusal> {
    let links = rankings::couple_of(own, &web.db).await.map_err(|error| refuse(error, shell.lang))?;
    let may_ask = !links.iter().any(|link| link.asked_by == own.candidate() || link.agreed_at.is_some());
    let links = links.into_iter().map(|link| row(link, own, &shell)).collect();
    let fields = fields(&shell, typed, fault);
    page_as(status, &Page { links, fields, may_ask, shell })
}

fn fields(shell: &Shell, typed: &Typed, fault: Option<&'static str>) -> Vec<Field> {
    let form = "partner";
    let field = |name: &str, value: &str| Field::new(shell, form, name).required().filled(value);
    let at = match fault {
        Some("rankings-couple-no-condition") => "condition",
        Some("rankings-couple-no-one-only") => "one_only",
        _ => "mail",
    };
    let mut fields = vec![
        field("mail", &typed.mail)
            .hinted(shell, form)
            .about(shell, form, "desk", "account")
            .as_a(Kind::Line("email", "off")),
        field("condition", &typed.condition)
            .about(shell, form, "desk", "account")
            .one_of::<CoupleCondition>(shell),
        field("one_only", &typed.one_only).about(shell, form, "desk", "account").one_of::<OneOnly>(shell),
    ];
    if let Some(key) = fault
        && let Some(wrong) = fields.iter_mut().find(|field| field.name == at)
    {
        wrong.error = Some(shell.t(key));
    }
    fields
}

fn row(link: Link, own: &CandidateSelf, shell: &Shell) -> Row {
    let is_mine = link.asked_by == own.candidate();
    let text = match (link.agreed_at.is_some(), is_mine) {
        (true, true) => shell.with("rankings-couple-linked", "name", &link.asked_mail),
        (true, false) => shell.with("rankings-couple-linked", "name", &link.asker),
        (false, true) => shell.with("rankings-couple-waits", "name", &link.asked_mail),
        (false, false) => shell.with("rankings-couple-asks", "name", &link.asker),
    };
    let lang = shell.lang;
    Row {
        text,
        condition: link.wish.condition.map(|one| wording::choice(one, lang)).unwrap_or_default(),
        one_only: link.wish.one_only.map(|one| wording::choice(one, lang)).unwrap_or_default(),
        may_agree: !is_mine && link.agreed_at.is_none(),
        is_agreed: link.agreed_at.is_some(),
        id: link.id,
    }
}

fn chosen<T: Choice>(code: &str) -> Option<T> {
    T::ALL.iter().copied().find(|one| one.code() == code)
}
