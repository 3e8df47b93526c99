//! Cookies: read by name, written with every protection that the connection allows.

use axum::http::header::{COOKIE, InvalidHeaderValue};
use axum::http::{HeaderMap, HeaderValue};

/// The session of somebody who logged in.
pub const SESSION: &str = "migiude_session";
/// The session of a participant.
pub const PARTICIPANT: &str = "migiude_participant";
/// The language.
pub const LANGUAGE: &str = "migiude_lang";
/// The size of the letters.
pub const SIZE: &str = "migiude_size";

/// The value of a cookie.
pub fn read<'a>(headers: &'a HeaderMap, name: &str, https: bool) -> Option<&'a str> {
    let name = full_name(name, https);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
}

/// A `Set-Cookie` that no script can read and no other site's form can send. Without `seconds` it ends with the
/// browser.
pub fn set(
    name: &str,
    value: &str,
    seconds: Option<u32>,
    https: bool,
) -> Result<HeaderValue, InvalidHeaderValue> {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let secure = if https { "; Secure" } else { "" };
    let name = full_name(name, https);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"))
}

/// A `Set-Cookie` that takes the cookie away.
pub fn clear(name: &str, https: bool) -> Result<HeaderValue, InvalidHeaderValue> {
    set(name, "", Some(0), https)
}

/// `__Host-` binds a cookie to this host and to encryption; browsers refuse the prefix on plain connections.
fn full_name(name: &str, https: bool) -> String {
    if https { format!("__Host-{name}") } else { name.to_owned() }
}
