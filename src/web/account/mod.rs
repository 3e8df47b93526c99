//! Coming in and going out: everything a person does about their own account.

mod confirm;
mod late;
mod login;
mod own;
mod page;
mod passkey;
mod second;
mod setup;
mod signup;
mod start;
mod ticket;

use axum::Router;
use axum::routing::{get, post};

use crate::web::Web;

pub use page::{FormPage, Said};
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
        .route("/late", get(late::show).post(late::throw_away))
        .route("/confirm", get(confirm::show).post(confirm::confirm))
        .route("/passkey/start", post(passkey::begin))
        .route("/passkey", post(passkey::log_in))
        .route("/second", get(second::show))
        .route("/second/code", post(second::give))
        .route("/second/app", get(second::show_app).post(second::begin_app))
        .route("/second/app/confirm", post(second::add_app))
        .route("/second/app/remove", post(second::remove_app))
        .route("/second/codes", post(second::new_codes))
        .route("/second/passkeys", post(passkey::add))
        .route("/second/passkeys/start", post(passkey::begin_adding))
        .route("/second/passkeys/{id}/remove", post(second::remove_passkey))
        .route("/account", get(own::show))
        .route("/account/name", post(own::rename))
        .route("/account/mail", post(own::change_mail))
        .route("/account/password", post(own::change_password))
        .route("/account/sessions/{id}/end", post(own::end_session))
}
