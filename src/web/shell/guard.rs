//! Who is there: permission values as extractors. A handler that names one cannot be reached without it, and whoever may
//! not see a thing is answered as if it were not there.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::header::{HOST, REFERER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Refusal, Web, address, cookies};
use crate::accounts::{
    self, Administrator, CandidateHand, CandidateSelf, FirmHand, FirmMember, Operator, Participant,
    PartnerMember, Secretariat, SignedIn, Token,
};

/// Finds out once, for everything inside, who sent the request.
pub async fn recognise(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    if let Some(token) = token(request.headers(), cookies::SESSION, &web) {
        match accounts::signed_in(&web.db, &token, &*web.clock).await {
            Ok(Some(signed_in)) => {
                let signed_in = Arc::new(signed_in);
                request.extensions_mut().insert(signed_in.clone());
                let mut response = next.run(request).await;
                // A refusal is drawn further out: its page still knows who reads it.
                response.extensions_mut().insert(signed_in);
                return response;
            }
            Ok(None) => {}
            Err(cause) => return Refusal::from(cause).into_response(),
        }
    }
    next.run(request).await
}

/// Who sent this request, if somebody is logged in.
pub fn signed_in(parts: &Parts) -> Option<Arc<SignedIn>> {
    parts.extensions.get().cloned()
}

/// Somebody who is logged in, whoever it is. Anybody else is sent to the log-in and comes back afterwards.
pub struct SomeBody(pub Arc<SignedIn>);

impl FromRequestParts<Web> for SomeBody {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Refusal> {
        let person = signed_in(parts).ok_or_else(|| log_in(parts))?;
        if person.lacks_second() { Err(second(parts)) } else { Ok(Self(person)) }
    }
}

/// Somebody who gave the password, and may still owe the second proof.
pub struct Entering(pub Arc<SignedIn>);

impl FromRequestParts<Web> for Entering {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Refusal> {
        signed_in(parts).map(Self).ok_or_else(|| log_in(parts))
    }
}

/// The operator who asks.
pub struct Signed(pub Operator);

impl FromRequestParts<Web> for Signed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Refusal> {
        as_role(parts, SignedIn::operator).map(Self)
    }
}

macro_rules! permission {
    ($($name:ty: $look_up:expr;)+) => {$(
        impl FromRequestParts<Web> for $name {
            type Rejection = Refusal;

            async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Refusal> {
                as_role(parts, $look_up)
            }
        }
    )+};
}

permission! {
    CandidateSelf: SignedIn::candidate;
    PartnerMember: SignedIn::partner;
    Secretariat: SignedIn::secretariat;
    Administrator: SignedIn::administrator;
}

/// The member of the firm that the address names as `{firm}`.
impl FromRequestParts<Web> for FirmMember {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let firm = in_path(parts, web, "firm").await;
        as_role(parts, |person| person.member_of(firm?))
    }
}

/// Who may write for the firm that the address names as `{firm}`: a member, or an operator on its behalf.
impl FromRequestParts<Web> for FirmHand {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let firm = in_path(parts, web, "firm").await;
        as_role(parts, |person| person.hand_for_firm(firm?))
    }
}

/// Who may write for a candidate: the one that the address names as `{candidate}`, else oneself.
impl FromRequestParts<Web> for CandidateHand {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let named = in_path(parts, web, "candidate").await;
        as_role(parts, |person| {
            named
                .or(person.candidate().map(|own| own.candidate()))
                .and_then(|id| person.hand_for_candidate(id))
        })
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

/// The token in a cookie.
pub fn token(headers: &HeaderMap, cookie: &str, web: &Web) -> Option<Token> {
    cookies::read(headers, cookie, web.https)?.parse().ok()
}

/// The permission that the person has, or the page that says nothing is here.
fn as_role<T>(parts: &Parts, look_up: impl FnOnce(&SignedIn) -> Option<T>) -> Result<T, Refusal> {
    let person = signed_in(parts).ok_or_else(|| log_in(parts))?;
    if person.lacks_second() {
        return Err(second(parts));
    }
    look_up(&person).ok_or(Refusal::NotFound)
}

/// To the log-in and back.
pub fn log_in(parts: &Parts) -> Refusal {
    Refusal::LogIn { next: way_back(parts) }
}

/// To the second proof and back.
pub fn second(parts: &Parts) -> Refusal {
    Refusal::Second { next: way_back(parts) }
}

/// The page that was asked for, or, when a form was sent, the page it stood on.
pub fn way_back(parts: &Parts) -> String {
    let asked = parts.uri.path_and_query().map_or("/", |page| page.as_str());
    if parts.method == Method::GET {
        asked.to_owned()
    } else {
        sent_from(&parts.headers).unwrap_or_else(|| asked.split('/').take(2).collect::<Vec<_>>().join("/"))
    }
}

/// The page of ours from which a form was sent, as the browser names it.
fn sent_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(REFERER)?.split_once("://")?;
    let page = rest.strip_prefix(text(HOST)?)?;
    address::is_local(page).then(|| page.to_owned())
}

/// The id that the address holds under this name.
async fn in_path<T: std::str::FromStr>(parts: &mut Parts, web: &Web, name: &str) -> Option<T> {
    let params = RawPathParams::from_request_parts(parts, web).await.ok()?;
    params.iter().find(|(key, _)| *key == name).and_then(|(_, value)| value.parse().ok())
}
