//! Who is there: permission values as extractors. A handler that names one cannot be reached without it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

use super::{Refusal, Web, cookies};
use crate::accounts::{self, Operator, Participant, Token};

/// The operator who asks. Anybody else is sent to the log-in and comes back afterwards.
pub struct Signed(pub Operator);

impl FromRequestParts<Web> for Signed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        if let Some(operator) = operator(&parts.headers, web).await? {
            return Ok(Self(operator));
        }
        // What was being sent is gone with the session, so the way back is a page, not the sending.
        let page = if parts.method == Method::GET { parts.uri.path() } else { "/op" };
        Err(Refusal::LogIn { next: page.to_owned() })
    }
}

impl FromRequestParts<Web> for Participant {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let Some(token) = token(&parts.headers, cookies::PARTICIPANT, web) else {
            return Err(Refusal::NoLink);
        };
        accounts::links::participant(&web.db, &token, &*web.clock).await?.ok_or(Refusal::NoLink)
    }
}

/// The operator whose session the request carries.
pub async fn operator(headers: &HeaderMap, web: &Web) -> Result<Option<Operator>, Refusal> {
    match token(headers, cookies::OPERATOR, web) {
        Some(token) => Ok(accounts::operator(&web.db, &token, &*web.clock).await?),
        None => Ok(None),
    }
}

/// The token in a cookie.
pub fn token(headers: &HeaderMap, cookie: &str, web: &Web) -> Option<Token> {
    cookies::read(headers, cookie, web.https)?.parse().ok()
}
