//! `/r/{token}`: a participant's one-time link. Looking at it changes nothing, since mail scanners and previews look
//! too; the button opens it, once, and leads on to a page whose address holds no secret.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::{AccountError, Token, links};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Refusal, Shell, cookies, page_as};

/// How long the cookie lasts: two weeks, as the session behind it.
const COOKIE_LIFE: u32 = 14 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "result/link.html")]
struct Page {
    shell: Shell,
    /// The address of the link itself, while it can be opened.
    opens: Option<String>,
    /// Why it cannot.
    reason: Option<String>,
}

/// `GET /r/{token}`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let looked = match token.parse::<Token>() {
        Ok(token) => links::look(&web.db, &token, &*web.clock).await,
        Err(_) => Err(AccountError::DeadLink),
    };
    match looked {
        Ok(()) => page_as(StatusCode::OK, &Page { shell, opens: Some(format!("/r/{token}")), reason: None }),
        Err(error) => closed(shell, error),
    }
}

/// `POST /r/{token}`
pub async fn open(
    shell: Shell,
    State(web): State<Web>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let Ok(token) = token.parse::<Token>() else { return closed(shell, AccountError::DeadLink) };
    let https = web.https;
    let opened =
        to_the_end(async move { Ok(links::redeem(&web.db, &token, &*web.clock, &*web.chance).await) });
    match opened.await? {
        Ok(session) => {
            let cookie = cookies::set(cookies::PARTICIPANT, &session.to_string(), Some(COOKIE_LIFE), https);
            let cookie = cookie.map_err(|cause| Refusal::broken(&cause))?;
            Ok(([(SET_COOKIE, cookie)], Redirect::to("/result")).into_response())
        }
        Err(error) => closed(shell, error),
    }
}

/// A link that cannot be opened: why, and how to get a new one.
fn closed(shell: Shell, error: AccountError) -> Result<Response, Refusal> {
    let status = match error {
        AccountError::UsedLink => StatusCode::GONE,
        AccountError::DeadLink => StatusCode::NOT_FOUND,
        other => return Err(other.into()),
    };
    let reason = Some(error.say(shell.lang));
    page_as(status, &Page { shell, opens: None, reason })
}
