//! The table of contents: every page, what stands around all of them, and in which order.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use super::shell::{Refusal, assets, headers, language, refusal};
use super::{Web, firm, home, login, op, opening, openings, operators, result, setup};

/// Requests that are worked on at a time.
const PLACES: usize = 64;
/// The largest form.
const FORM: usize = 32 * 1024;

/// The whole site, its layers included.
pub fn router(web: Web) -> Router {
    Router::new()
        // For everybody
        .route("/", get(home::show))
        .route("/openings", get(openings::show))
        .route("/openings/{id}", get(opening::show))
        .route("/firms/{id}", get(firm::show))
        .route("/operators", get(operators::show))
        .route("/assets/{name}", get(assets::show))
        // Coming in and going out
        .route("/setup", get(setup::show).post(setup::set_up))
        .route("/login", get(login::show).post(login::log_in))
        .route("/logout", post(login::log_out))
        // For a participant
        .route("/r/{token}", get(result::link::show).post(result::link::open))
        .route("/result", get(result::show))
        // For operators
        .route("/op", get(op::home::show))
        .route("/op/rounds", get(op::rounds::show).post(op::rounds::make))
        .route("/op/rounds/{n}", get(op::rounds::round::show))
        .route("/op/rounds/{n}/freeze", post(op::rounds::steps::freeze))
        .route("/op/rounds/{n}/run", post(op::rounds::steps::run))
        .route("/op/rounds/{n}/compare", get(op::rounds::compare::show))
        .route("/op/rounds/{n}/publish", get(op::rounds::publish::show).post(op::rounds::publish::publish))
        .route("/op/rounds/{n}/links", get(op::rounds::links::show).post(op::rounds::links::issue))
        .fallback(async || Refusal::NotFound)
        // From the inside out: each layer wraps those above it.
        .layer(DefaultBodyLimit::max(FORM))
        .layer(CatchPanicLayer::custom(refusal::panicked))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(Arc::new(Semaphore::new(PLACES)), headers::take_turns))
        .layer(from_fn_with_state(web.clone(), refusal::dress))
        .layer(from_fn_with_state(web.clone(), language::choose))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::protect))
        // After the last layer: before it, a layer with a limit would be built anew for each connection.
        .with_state(web)
}
