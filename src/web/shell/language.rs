//! The reader's language: `?lang=` for this page and from now on, else the cookie, else Japanese.

use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{Extensions, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::{Web, cookies};
use crate::texts::Lang;

/// A year.
const COOKIE_LIFE: u32 = 365 * 24 * 60 * 60;

/// Finds the language once for everything inside, and remembers a new choice.
pub async fn choose(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let asked = asked(request.uri());
    let kept = cookies::read(request.headers(), cookies::LANGUAGE, web.https).and_then(Lang::from_tag);
    let lang = asked.or(kept).unwrap_or_default();
    request.extensions_mut().insert(lang);
    let mut response = next.run(request).await;
    if let Some(lang) = asked
        && let Ok(cookie) = cookies::set(cookies::LANGUAGE, lang.tag(), Some(COOKIE_LIFE), web.https)
    {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The language that [`choose`] found.
pub fn of(parts: &Parts) -> Lang {
    found(&parts.extensions)
}

/// The language that [`choose`] left in a request.
pub fn found(extensions: &Extensions) -> Lang {
    extensions.get().copied().unwrap_or_default()
}

/// Path and query without the choice of a language or of a size.
pub fn without(uri: &Uri) -> String {
    let is_choice = |pair: &&str| pair.starts_with("lang=") || pair.starts_with("size=");
    let query: Vec<_> = pairs(uri).filter(|pair| !is_choice(pair)).collect();
    if query.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), query.join("&")) }
}

fn asked(uri: &Uri) -> Option<Lang> {
    asked_in(uri, "lang").find_map(Lang::from_tag)
}

/// The values under this name in the query of an address.
pub fn asked_in<'a>(uri: &'a Uri, name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs(uri)
        .filter_map(|pair| pair.split_once('='))
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| value)
}

fn pairs(uri: &Uri) -> impl Iterator<Item = &str> {
    uri.query().unwrap_or("").split('&').filter(|pair| !pair.is_empty())
}
