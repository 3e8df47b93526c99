//! What every answer carries to protect its reader, and how many requests are worked on at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::Refusal;

/// Only files of ours run, nothing loads from elsewhere, nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// On every answer. The referrer stays within the site: `no-referrer` would make browsers send our own forms with
/// `Origin: null`, which is refused where the browser sends no `Sec-Fetch-Site`.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The first part of addresses that are for everybody; every other page is for one person.
const PUBLIC: [&str; 9] =
    ["", "openings", "openings.atom", "firms", "operators", "assets", "rounds", "help", "accessibility"];

/// Writes the headers.
pub async fn protect(request: Request, next: Next) -> Response {
    let first = request.uri().path().split('/').nth(1).unwrap_or("").to_owned();
    let private = !PUBLIC.contains(&&*first);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if private {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    if is_secret(&first) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    }
    headers.append(header::VARY, HeaderValue::from_static("Cookie"));
    response
}

/// Lets a number of requests in at a time; one that waits too long is asked to come back.
pub async fn take_turns(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    const PATIENCE: Duration = Duration::from_secs(5);
    match tokio::time::timeout(PATIENCE, places.acquire()).await {
        Ok(Ok(_place)) => next.run(request).await,
        _ => Refusal::Busy.into_response(),
    }
}

/// Under `/r` (results) and `/t` (tickets) the address of an unopened link is the secret itself: it goes nowhere, not even
/// to ourselves.
fn is_secret(first: &str) -> bool {
    matches!(first, "r" | "t")
}
