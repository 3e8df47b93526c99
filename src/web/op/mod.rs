//! Pages for operators. Every handler takes the permission, [`Signed`](super::shell::Signed), as an argument.

mod approvals;
mod cases;
mod fitting;
mod home;
mod letters;
mod mail;
mod people;
mod rounds;
mod sheets;
mod weights;
mod words;

use axum::Router;
use axum::routing::get;

use crate::desk::DeskError;
use crate::web::Web;
use crate::web::shell::Refusal;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/op", get(home::show))
        .route("/op/weights", get(weights::show).post(weights::set))
        .route("/op/words", get(words::show).post(words::set))
        .route("/op/fitting/candidate/{candidate}", get(fitting::of_candidate))
        .route("/op/fitting/opening/{opening}", get(fitting::of_opening))
        .merge(approvals::routes())
        .merge(cases::routes())
        .merge(letters::routes())
        .merge(mail::routes())
        .merge(people::routes())
        .merge(rounds::routes())
        .merge(sheets::routes())
}

/// What the desk refuses, as a page. Faults of fields belong beside their fields; here they are our fault.
fn desk_refusal(error: DeskError) -> Refusal {
    match error {
        DeskError::NotFound => Refusal::NotFound,
        DeskError::Store(cause) => cause.into(),
        other => Refusal::broken(&other),
    }
}
