//! The sections of the site, what stands around all of them, and in which order. Each section's `mod.rs` is its table of
//! contents.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use super::shell::{Refusal, assets, guard, headers, language, refusal, size};
use super::{
    Web, account, alerts, firm, me, messages, op, partner, policy, public, ranking, result, samples,
    secretariat, talks,
};

/// Requests that are worked on at a time.
const PLACES: usize = 64;
/// The largest form.
const FORM: usize = 32 * 1024;

/// The whole site, its layers included.
pub fn router(web: Web) -> Router {
    Router::new()
        .route("/assets/{name}", get(assets::show))
        .merge(public::routes())
        .merge(account::routes())
        .merge(alerts::routes())
        .merge(firm::routes())
        .merge(result::routes())
        .merge(op::routes())
        .merge(me::routes())
        .merge(messages::routes())
        .merge(ranking::routes())
        .merge(talks::routes())
        .merge(partner::routes())
        .merge(secretariat::routes())
        .merge(samples::routes())
        .fallback(async || Refusal::NotFound)
        // From the inside out: each layer wraps those above it.
        .layer(DefaultBodyLimit::max(FORM))
        .layer(CatchPanicLayer::custom(refusal::panicked))
        .layer(from_fn_with_state(web.clone(), policy::admit))
        .layer(from_fn_with_state(web.clone(), guard::recognise))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(Arc::new(Semaphore::new(PLACES)), headers::take_turns))
        .layer(from_fn_with_state(web.clone(), refusal::dress))
        .layer(from_fn_with_state(web.clone(), language::choose))
        .layer(from_fn_with_state(web.clone(), size::choose))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::protect))
        // After the last layer: before it, a layer with a limit would be built anew for each connection.
        .with_state(web)
}
