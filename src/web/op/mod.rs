//! Pages for operators. Every handler takes the permission, [`Signed`](super::shell::Signed), as an argument.

mod home;
mod mail;
mod rounds;

use axum::Router;
use axum::routing::get;

use crate::desk::DeskError;
use crate::web::Web;
use crate::web::shell::Refusal;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/op", get(home::show)).merge(mail::routes()).merge(rounds::routes())
}

/// What the desk refuses, as a page. Faults of fields belong beside their fields; here they are our fault.
fn desk_refusal(error: DeskError) -> Refusal {
    match error {
        DeskError::NotFound => Refusal::NotFound,
        DeskError::Store(cause) => cause.into(),
        other => Refusal::broken(&other),
    }
}
