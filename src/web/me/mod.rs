//! A candidate's own pages: what is next, the profile, who may see it, who looked, and everything we keep.
//!
//! Every handler takes a [`CandidateSelf`](crate::accounts::CandidateSelf): there is no address here for anybody else's
//! profile.

mod consents;
mod data;
mod fields;
mod fitting;
mod home;
mod preview;
mod profile;
mod seen;
mod visibility;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::shell::{Refusal, Shell};
use crate::accounts::{CandidateHand, CandidateSelf};
use crate::board::profiles::ProfileError;
use crate::web::Web;

/// A profile is long, and every letter of it takes nine bytes on the way.
const FORM: usize = 256 * 1024;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    let forms = Router::new()
        .route("/me/profile", get(profile::show).post(profile::save))
        .route("/me/profile/draft", post(profile::keep))
        .layer(DefaultBodyLimit::max(FORM));
    Router::new()
        .route("/me", get(home::show))
        .merge(forms)
        .route("/me/profile/preview", get(preview::show))
        .route("/me/fitting", get(fitting::show))
        .route("/me/visibility", get(visibility::show).post(visibility::choose))
        .route("/me/visibility/block", post(visibility::block))
        .route("/me/visibility/unblock", post(visibility::unblock))
        .route("/me/seen", get(seen::show))
        .route("/me/consents", get(consents::show).post(consents::revoke))
        .route("/me/data", get(data::show))
        .route("/me/data/migiude.json", get(data::json))
        .route("/me/data/migiude.csv", get(data::csv))
        .route("/me/data/delete", get(data::ask).post(data::delete))
}

fn hand(own: CandidateSelf) -> CandidateHand {
    CandidateHand::Own(own)
}

fn refuse(error: ProfileError, shell: &Shell) -> Refusal {
    match error {
        ProfileError::NotFound => Refusal::NotFound,
        ProfileError::Store(cause) => cause.into(),
        other => Refusal::Conflict(other.say(shell.lang)),
    }
}

fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}
