//! What a page that saves while one types is answered: `assets/autosave.js` sends the form and reads these.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Shell;
use crate::texts::days::minute;

/// It is kept, under this version, at this moment.
pub fn saved(version: i64, now_ms: i64, shell: &Shell) -> Response {
    let time = minute(now_ms, shell.lang);
    let time = time.rsplit([' ', '）']).next().unwrap_or_default();
    Json(json!({ "version": version, "saved": time })).into_response()
}

/// Somebody else saved meanwhile; the next sending of the whole form shows both.
pub fn conflict() -> Response {
    (StatusCode::CONFLICT, Json(json!({ "conflict": true }))).into_response()
}
