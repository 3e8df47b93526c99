//! `/me/visibility`: who may find the profile, and from which firms it is kept.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::{hand, refuse, to};
use crate::accounts::CandidateSelf;
use crate::board::profiles::{self, ProfileError};
use crate::domain::{CandidateId, Choice, Visibility};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page_as};

#[derive(Template)]
#[template(path = "me/visibility.html")]
struct Page {
    shell: Shell,
    fields: Vec<Field>,
    firm: Field,
    blocks: Vec<String>,
    decided: bool,
}

/// What the first form sends.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    visibility: String,
    #[serde(default)]
    of_age: String,
}

/// What the other forms send.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    firm: String,
}

/// What was typed and is wrong.
#[derive(Default)]
struct Typed {
    chosen: Option<Chosen>,
    firm: String,
    wrong: Option<(&'static str, String)>,
}

/// `GET /me/visibility`
pub async fn show(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    drawn(shell, own.candidate(), &web, Typed::default()).await
}

/// `POST /me/visibility`
pub async fn choose(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Refusal> {
    let found = Visibility::ALL.iter().copied().find(|one| one.code() == chosen.visibility);
    let Some(visibility) = found else {
        let wrong = Some(("visibility", shell.t("profiles-wrong-choice")));
        return drawn(shell, own.candidate(), &web, Typed { wrong, ..Typed::default() }).await;
    };
    let (id, of_age, writer) = (own.candidate(), chosen.of_age == "yes", web.clone());
    let done =
        to_the_end(
            async move { Ok(profiles::show_to(&hand(own), visibility, of_age, writer.tools()).await) },
        );
    match done.await? {
        Ok(()) => Ok(to("/me/visibility")),
        Err(ProfileError::NotOfAge) => {
            let wrong = Some(("of_age", ProfileError::NotOfAge.say(shell.lang)));
            drawn(shell, id, &web, Typed { chosen: Some(chosen), wrong, ..Typed::default() }).await
        }
        Err(other) => Err(refuse(other, &shell)),
    }
}

/// `POST /me/visibility/block`
pub async fn block(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Form(named): Form<Named>,
) -> Result<Response, Refusal> {
    let (id, firm, writer) = (own.candidate(), named.firm.clone(), web.clone());
    let done = to_the_end(async move { Ok(profiles::block(&hand(own), &firm, writer.tools()).await) });
    match done.await? {
        Ok(()) => Ok(to("/me/visibility#blocks")),
        Err(error @ (ProfileError::WrongFirm | ProfileError::TooMany)) => {
            let wrong = Some(("firm", error.say(shell.lang)));
            drawn(shell, id, &web, Typed { firm: named.firm, wrong, ..Typed::default() }).await
        }
        Err(other) => Err(refuse(other, &shell)),
    }
}

/// `POST /me/visibility/unblock`
pub async fn unblock(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Form(named): Form<Named>,
) -> Result<Response, Refusal> {
    let done = to_the_end(async move { Ok(profiles::unblock(&hand(own), &named.firm, web.tools()).await) });
    done.await?.map_err(|error| refuse(error, &shell))?;
    Ok(to("/me/visibility#blocks"))
}

async fn drawn(shell: Shell, id: CandidateId, web: &Web, typed: Typed) -> Result<Response, Refusal> {
    let sheet = profiles::open(&web.db, id).await?.ok_or(Refusal::NotFound)?;
    let more = sheet.facts.more;
    let status = if typed.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let wrong =
        |name: &str| typed.wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, text)| text.clone());
    let (chosen, of_age) = match &typed.chosen {
        Some(chosen) => (chosen.visibility.clone(), chosen.of_age == "yes"),
        None => (more.visibility.map(|one| one.code().to_owned()).unwrap_or_default(), more.of_age),
    };
    let field = |name: &str, who: &str| {
        let field = Field::new(&shell, "visibility", name).hinted(&shell, "visibility");
        field.about(&shell, "visibility", who, "account").wrong(wrong(name))
    };
    let fields = vec![
        field("visibility", "desk").one_of::<Visibility>(&shell).filled(chosen).required(),
        field("of_age", "desk").as_a(Kind::Check).filled(if of_age { "yes" } else { "" }),
    ];
    let firm = field("firm", "desk").as_a(Kind::Line("text", "off")).filled(typed.firm).required();
    let blocks = more.blocks.iter().map(|block| block.text().to_owned()).collect();
    page_as(status, &Page { decided: more.visibility.is_some(), fields, firm, blocks, shell })
}
