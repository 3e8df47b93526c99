//! Pages for members of a firm; an operator may write there on the firm's behalf, and every page says so.

mod asking;
mod edit;
mod fitting;
mod history;
mod home;
mod members;
mod openness;
mod preview;
mod profile;
mod review;
mod tasks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::Web;

pub use preview::{Line, inward, lines};

/// A story is long, and every letter of it takes nine bytes on the way.
const FORM: usize = 256 * 1024;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    let editor = Router::new()
        .route("/firm/{firm}/openings/{opening}/edit/{step}", get(edit::show).post(edit::save))
        .route("/firm/{firm}/openings/{opening}/edit/{step}/draft", post(edit::keep))
        .route("/firm/{firm}/profile", get(profile::show).post(profile::save))
        .route("/firm/{firm}/profile/draft", post(profile::keep))
        .layer(DefaultBodyLimit::max(FORM));
    Router::new()
        .merge(editor)
        .route("/firm", get(home::choose))
        .route("/firm/{firm}", get(home::show))
        .route("/firm/{firm}/openness", get(openness::show).post(openness::set))
        .route("/firm/{firm}/openings/{opening}/adopt", post(home::adopt))
        .route("/firm/{firm}/openings/new", post(home::start))
        .route("/firm/{firm}/openings/{opening}", get(review::show).post(review::submit))
        .route("/firm/{firm}/openings/{opening}/fitting", get(fitting::show))
        .route("/firm/{firm}/openings/{opening}/fitting/{candidate}", get(fitting::one))
        .route("/firm/{firm}/openings/{opening}/preview", get(preview::show))
        .route("/firm/{firm}/openings/{opening}/history", get(history::show))
        .route("/firm/{firm}/openings/{opening}/unpublish", post(review::unpublish))
        .route("/firm/{firm}/openings/{opening}/confirm", post(review::confirm))
        .route("/firm/{firm}/openings/{opening}/close", post(review::close))
        .merge(members::routes())
}
