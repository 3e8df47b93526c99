//! What `assets/autosave.js` is answered: a form marked `data-autosave="{address}"` sends its fields there while it is filled
//! in, `version` among them. Nothing is kept in the browser.
//!
//! A page that has such a form draws `{% call forms::autosave(shell) %}{% endcall %}` in it: the line where the script says what became
//! of the words. Without the script the form is saved by its button alone.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::wording;

/// Kept: the version that the next words begin from, and when.
pub fn kept(version: i64, at_ms: i64) -> Response {
    Json(json!({ "version": version, "saved": wording::time(at_ms) })).into_response()
}

/// Somebody else saved meanwhile. The form's own button leads to both versions, side by side.
pub fn conflict() -> Response {
    (StatusCode::CONFLICT, Json(json!({ "conflict": true }))).into_response()
}

/// Nothing is kept here by itself any more, for this reason in the reader's words.
pub fn stopped(why: &str) -> Response {
    (StatusCode::CONFLICT, Json(json!({ "stop": why }))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn said(answer: Response) -> (u16, serde_json::Value) {
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn the_script_is_told_the_version_and_the_time_in_japan() {
        let noon = "2026-12-01T12:03:00+09:00".parse::<jiff::Timestamp>().unwrap().as_millisecond();
        assert_eq!(said(kept(4, noon)).await, (200, json!({ "version": 4, "saved": "12:03" })));
    }

    #[tokio::test]
    async fn a_conflict_and_a_stop_are_told_apart() {
        assert_eq!(said(conflict()).await, (409, json!({ "conflict": true })));
        assert_eq!(said(stopped("受付中です")).await, (409, json!({ "stop": "受付中です" })));
    }
}
