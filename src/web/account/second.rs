//! `/second`: the second proof beside the password. Who owes it gives it here and goes on; who has given it looks after
//! passkeys, app and recovery codes.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use qrcode::{Color, QrCode};

use super::login::device;
use super::page::{enter, with_session};
use crate::accounts::{AccountError, SignedIn, passkeys, second};
use crate::texts::days;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Entering, Field, Form, Kind, Refusal, Shell, SomeBody, address, page, page_as};

type Typed = BTreeMap<String, String>;

/// Where the reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Owes the proof, and has something to prove it with.
    Owes,
    /// Owes the proof, and has nothing yet.
    HasNone,
    /// Has given it, or need not.
    In,
}

#[derive(Template)]
#[template(path = "account/second.html")]
struct Page {
    shell: Shell,
    stand: Stand,
    next: String,
    has_app: bool,
    codes: i64,
    may_passkey: bool,
    /// Id, name, since when, last used.
    passkeys: Vec<(String, String, String)>,
    fields: Vec<Field>,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "account/second_app.html")]
struct AppPage {
    shell: Shell,
    secret: String,
    address: String,
    /// Modules of a side, the quiet zone included, and the dark ones as a path.
    qr: Option<(usize, String)>,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "account/codes.html")]
struct CodesPage {
    shell: Shell,
    codes: Vec<String>,
}

/// `GET /second?next=…`
pub async fn show(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
    Query(asked): Query<Typed>,
) -> Result<Response, Refusal> {
    page(&draw(shell, &person, &web, next(&asked), None).await?)
}

/// `POST /second/code`
pub async fn give(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let (by, with, device) = (person.clone(), web.clone(), device(&headers));
    let code = typed.get("code").cloned().unwrap_or_default();
    let given = to_the_end(async move { Ok(second::prove_second(&by, &code, &device, with.tools()).await) });
    match given.await? {
        Ok(token) => enter(&web, &token, &next(&typed)),
        Err(wrong @ AccountError::WrongSecond) => {
            let mut drawn = draw(shell, &person, &web, next(&typed), None).await?;
            drawn.fields[0].error = Some(wrong.say(drawn.shell.lang));
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /second/app`: begins to set up an app.
pub async fn begin_app(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let (by, with) = (person.clone(), web.clone());
    let begun = to_the_end(async move { Ok(second::begin_app(&by, with.tools()).await) }).await?;
    match begun {
        Ok(()) => Ok(Redirect::to("/second/app").into_response()),
        Err(error) => refused(error, shell, &person, &web).await,
    }
}

/// `GET /second/app`
pub async fn show_app(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    match app_page(shell.clone(), &person, &web).await {
        Ok(drawn) => page(&drawn),
        Err(error) => refused(error, shell, &person, &web).await,
    }
}

/// `POST /second/app/confirm`
pub async fn add_app(
    shell: Shell,
    Entering(person): Entering,
    State(web): State<Web>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let (by, with, device) = (person.clone(), web.clone(), device(&headers));
    let code = typed.get("code").cloned().unwrap_or_default();
    let added = to_the_end(async move { Ok(second::add_app(&by, &code, &device, with.tools()).await) });
    match added.await? {
        Ok((token, codes)) => with_session(&web, &token, page(&CodesPage { shell, codes })?),
        Err(wrong @ AccountError::WrongSecond) => {
            let mut drawn = app_page(shell, &person, &web).await?;
            drawn.fields[0].error = Some(wrong.say(drawn.shell.lang));
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
        }
        Err(error) => refused(error, shell, &person, &web).await,
    }
}

/// `POST /second/codes`: new recovery codes.
pub async fn new_codes(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let (by, with) = (person.clone(), web.clone());
    match to_the_end(async move { Ok(second::new_codes(&by, with.tools()).await) }).await? {
        Ok(codes) => page(&CodesPage { shell, codes }),
        Err(error) => refused(error, shell, &person, &web).await,
    }
}

/// `POST /second/app/remove`
pub async fn remove_app(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let (by, with) = (person.clone(), web.clone());
    let removed = to_the_end(async move { Ok(second::remove_app(&by, with.tools()).await) }).await?;
    done(removed, shell, &person, &web).await
}

/// `POST /second/passkeys/{id}/remove`
pub async fn remove_passkey(
    shell: Shell,
    SomeBody(person): SomeBody,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    shell.proved(&web)?;
    let (by, with) = (person.clone(), web.clone());
    let removed = to_the_end(async move { Ok(passkeys::remove(&by, &id, with.tools()).await) }).await?;
    done(removed, shell, &person, &web).await
}

async fn done(
    outcome: Result<(), AccountError>,
    shell: Shell,
    person: &SignedIn,
    web: &Web,
) -> Result<Response, Refusal> {
    match outcome {
        Ok(()) => Ok(Redirect::to("/second").into_response()),
        Err(error) => refused(error, shell, person, web).await,
    }
}

/// The page again, with the reason at its head; what is no fault of the reader is a refusal.
async fn refused(
    error: AccountError,
    shell: Shell,
    person: &SignedIn,
    web: &Web,
) -> Result<Response, Refusal> {
    use AccountError::{Lapsed, LastFactor, NotYours};
    if !matches!(error, LastFactor | Lapsed | NotYours) {
        return Err(error.into());
    }
    let reason = error.say(shell.lang);
    page_as(StatusCode::CONFLICT, &draw(shell, person, web, next(&Typed::new()), Some(reason)).await?)
}

async fn draw(
    shell: Shell,
    person: &SignedIn,
    web: &Web,
    next: String,
    error: Option<String>,
) -> Result<Page, Refusal> {
    let has = second::factors(person, web.tools()).await?;
    let stand = match (person.lacks_second(), has.any()) {
        (true, true) => Stand::Owes,
        (true, false) => Stand::HasNone,
        (false, _) => Stand::In,
    };
    // A list that a password alone does not open.
    let keys = if stand == Stand::In { passkeys::of(person, web.tools()).await? } else { Vec::new() };
    let told = |at: i64| days::minute(at, shell.lang);
    let keys = keys.into_iter().map(|key| {
        let used = key.used_at.map_or_else(|| shell.t("accounts-passkey-unused"), told);
        (key.credential_id, key.name, shell.with("accounts-passkey-used", "when", used))
    });
    Ok(Page {
        stand,
        next,
        has_app: has.totp_secret.is_some(),
        codes: has.codes,
        may_passkey: passkeys::are_possible(&web.origin) && (stand != Stand::Owes || has.passkeys > 0),
        passkeys: keys.collect(),
        fields: code_field(&shell, "code"),
        error,
        shell,
    })
}

async fn app_page(shell: Shell, person: &SignedIn, web: &Web) -> Result<AppPage, AccountError> {
    let app = second::new_app(person, web.tools()).await?;
    let fields = code_field(&shell, "app-code");
    Ok(AppPage { qr: qr(&app.address), secret: app.secret, address: app.address, fields, shell })
}

fn code_field(shell: &Shell, key: &str) -> Vec<Field> {
    let field = Field::new(shell, "account", key).as_a(Kind::Line("text", "one-time-code"));
    vec![Field { name: "code".to_owned(), ..field.hinted(shell, "account").required() }]
}

/// The dark squares of the picture that apps read.
fn qr(text: &str) -> Option<(usize, String)> {
    const QUIET: usize = 4;
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let squares = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
    let path = squares.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
    Some((width + 2 * QUIET, path.collect()))
}

fn next(typed: &Typed) -> String {
    typed.get("next").filter(|next| address::is_local(next)).cloned().unwrap_or_else(|| "/start".to_owned())
}
