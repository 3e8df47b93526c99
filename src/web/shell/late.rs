//! A form that comes in after its sender's session has ended is kept, and comes back after the log-in (`/late`).

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method};

use super::{Refusal, Web, address, cookies, guard};
use crate::accounts::late;

/// No form that is kept is longer.
const MOST: usize = 512 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the log-in leads whoever sent this without being logged in. A form is kept if it can be; one with a password in it
/// never is.
pub async fn to_log_in(parts: &Parts, body: Body, web: &Web) -> Refusal {
    let path = parts.uri.path();
    match kept(parts, body, web).await {
        Some(true) => {
            let pairs = [("to", path.to_owned()), ("back", guard::way_back(parts))];
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
            Refusal::LogIn { next: address::of("/late", &pairs) }
        }
        _ => guard::log_in(parts),
    }
}

async fn kept(parts: &Parts, body: Body, web: &Web) -> Option<bool> {
    let is_form = says(&parts.headers, CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    // What a script sends, the page it runs in still holds.
    let by_script = says(&parts.headers, ACCEPT).starts_with("application/json");
    if parts.method != Method::POST || !is_form || by_script {
        return None;
    }
    let token = guard::token(&parts.headers, cookies::SESSION, web)?;
    let body = tokio::time::timeout(PATIENCE, to_bytes(body, MOST)).await.ok()?.ok()?;
    let form = std::str::from_utf8(&body).ok()?;
    let is_secret = |(name, _): (std::borrow::Cow<'_, str>, _)| name.contains("password") || name == "code";
    if form.is_empty() || url::form_urlencoded::parse(&body).any(is_secret) {
        return None;
    }
    late::keep(&token, parts.uri.path(), form, web.tools()).await.ok()
}

fn says(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
