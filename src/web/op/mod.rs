//! Pages for operators. Every handler takes the permission, [`Signed`](super::shell::Signed), as an argument.

mod home;
mod rounds;

use axum::Router;
use axum::routing::get;

use crate::web::Web;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/op", get(home::show)).merge(rounds::routes())
}
