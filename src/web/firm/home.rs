//! `/firm`: where a member of a firm begins: what there is to do, each with how far it is.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::tasks::{self, Task};
use crate::accounts::FirmHand;
use crate::board::{firms, postings};
use crate::domain::OpeningId;
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, SomeBody, page};

#[derive(Template)]
#[template(path = "firm/choose.html")]
struct Choose {
    shell: Shell,
    firms: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "firm/home.html")]
struct Home {
    shell: Shell,
    firm: String,
    at: String,
    by_proxy: bool,
    tasks: Vec<Task>,
    openings: Vec<Task>,
    /// Of openings that came in a sheet: where they are, and their title.
    imported: Vec<(String, String)>,
}

/// `GET /firm`: the only firm, or the choice of several.
pub async fn choose(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    let own: Vec<_> = person.firms().collect();
    match own.as_slice() {
        [] => Err(Refusal::NotFound),
        [only] => Ok(Redirect::to(&format!("/firm/{only}")).into_response()),
        several => {
            let mut firms = Vec::new();
            for id in several {
                let firm = shown::firm(&web.db, *id).await?;
                firms.extend(firm.map(|firm| (format!("/firm/{id}"), firm.facts.name)));
            }
            page(&Choose { shell, firms })
        }
    }
}

/// `GET /firm/{firm}`
pub async fn show(shell: Shell, hand: FirmHand, State(web): State<Web>) -> Result<Response, Refusal> {
    let sheet = firms::open(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    let at = format!("/firm/{}", hand.firm());
    let tasks = tasks::of_firm(&hand, &sheet, &shell, &web).await?;
    let openings = postings::of_firm(&web.db, hand.firm()).await?;
    let openings = openings.iter().map(|posting| tasks::of_opening(posting, &at, &shell)).collect();
    let imported = postings::imported(&web.db, hand.firm()).await?;
    let imported = imported
        .into_iter()
        .map(|opening| (format!("{at}/openings/{}", opening.id), opening.facts.title))
        .collect();
    page(&Home { imported, by_proxy: hand.is_proxy(), shell, firm: sheet.facts.name, at, tasks, openings })
}

/// `POST /firm/{firm}/openings/{opening}/adopt`
pub async fn adopt(
    hand: FirmHand,
    State(web): State<Web>,
    Path((firm, opening)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    to_the_end(async move { Ok(postings::adopt(&hand, id, web.tools()).await?) }).await?;
    Ok(Redirect::to(&format!("/firm/{firm}/openings/{opening}/edit/basics")).into_response())
}

/// `POST /firm/{firm}/openings/new`
pub async fn start(hand: FirmHand, State(web): State<Web>) -> Result<Response, Refusal> {
    let firm = hand.firm();
    let id = to_the_end(async move { Ok(postings::start(&hand, web.tools()).await?) }).await?;
    Ok(Redirect::to(&format!("/firm/{firm}/openings/{id}/edit/basics")).into_response())
}
