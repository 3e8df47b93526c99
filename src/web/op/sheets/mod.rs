//! Sheets out and in: `/op/export` and `/op/import`.

mod export;
mod import;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::Web;

/// The largest sheet that is taken in, and a little for what stands around it.
const LARGEST: usize = 10 * 1024 * 1024 + 4096;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op/export", get(export::show).post(export::write))
        .route("/op/import", get(import::show).post(import::preview).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/op/import/{upload}", post(import::take_in))
}
