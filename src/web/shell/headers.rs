//! What every answer carries to protect its reader, and how many requests are worked on at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::Refusal;

/// Nothing runs, nothing loads from elsewhere, nobody frames us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// On every answer. The referrer stays within the site: `no-referrer` would make browsers send our own forms with
/// `Origin: null`, which is refused where the browser sends no `Sec-Fetch-Site`.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Pages that are for one person.
const PRIVATE: [&str; 6] = ["/op", "/result", "/r", "/login", "/logout", "/setup"];

/// Writes the headers.
pub async fn protect(request: Request, next: Next) -> Response {
    let private = is_private(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if private {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // The address of an unopened link is the secret itself: it goes nowhere, not even to ourselves.
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
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

fn is_private(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or("");
    PRIVATE.iter().any(|private| &private[1..] == first)
}
