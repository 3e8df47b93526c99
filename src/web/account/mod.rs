//! Coming in and going out: everything a person does about their own account.

mod confirm;
mod login;
mod own;
mod page;
mod setup;
mod signup;
mod start;
mod ticket;

use axum::Router;
use axum::routing::{get, post};

use crate::web::Web;

pub use ticket::role_words;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/setup", get(setup::show).post(setup::set_up))
        .route("/login", get(login::show).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/signup", get(signup::show).post(signup::ask))
        .route("/recover", get(signup::show_recover).post(signup::recover))
        .route("/t/{token}", get(ticket::show).post(ticket::open))
        .route("/start", get(start::show))
        .route("/confirm", get(confirm::show).post(confirm::confirm))
        .route("/account", get(own::show))
        .route("/account/name", post(own::rename))
        .route("/account/mail", post(own::change_mail))
        .route("/account/password", post(own::change_password))
        .route("/account/sessions/{id}/end", post(own::end_session))
}
