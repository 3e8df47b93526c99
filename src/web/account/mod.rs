//! Coming in and going out: everything a person does about their own account.

mod login;
mod setup;

use axum::Router;
use axum::routing::{get, post};

use crate::web::Web;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/setup", get(setup::show).post(setup::set_up))
        .route("/login", get(login::show).post(login::log_in))
        .route("/logout", post(login::log_out))
}
