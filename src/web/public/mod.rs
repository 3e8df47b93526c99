//! Pages for everybody.

mod accessibility;
mod ended;
mod feed;
mod firm;
mod help;
mod home;
mod job_posting;
mod opening;
mod openings;
mod operators;
mod privacy;
mod rounds;
mod stop;
mod suggest;
mod verify;

use axum::Router;
use axum::routing::get;

use crate::web::Web;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(home::show))
        .route("/openings", get(openings::show))
        .route("/openings/suggest", get(suggest::show))
        .route("/openings.atom", get(feed::show))
        .route("/openings/{id}", get(opening::show))
        .route("/firms/{id}", get(firm::show))
        .route("/help", get(help::show))
        .route("/accessibility", get(accessibility::show))
        .route("/operators", get(operators::show))
        .route("/privacy", get(privacy::show))
        .route("/rounds", get(rounds::list))
        .route("/rounds/{n}", get(rounds::show))
        .route("/rounds/{n}/calendar.ics", get(rounds::ics))
        .route("/verify", get(verify::show).post(verify::check))
        .route("/stop/{letter}", get(stop::show).post(stop::stop))
}
