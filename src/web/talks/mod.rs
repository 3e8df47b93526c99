//! Between a candidate and a firm, before any round: interest, applications and their answers, as each side sees them.

mod apply;
mod desk;
mod firm;
mod mine;

use axum::Router;
use axum::routing::{get, post};

use crate::board::applications::Listed;
use crate::texts::days::minute;
use crate::web::Web;
use crate::web::shell::Shell;

pub use apply::{Way, way};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/openings/{id}/interest", post(apply::interest))
        .route("/openings/{id}/apply", get(apply::ask).post(apply::apply))
        .route("/me/applications", get(mine::show))
        .route("/me/applications/{application}/withdraw", post(mine::withdraw))
        .route("/me/applications/{application}/undo", post(mine::undo))
        .route("/firm/{firm}/applicants", get(firm::show))
        .route("/firm/{firm}/applicants/{application}", get(firm::one))
        .route("/firm/{firm}/applicants/{application}/advance", post(firm::advance))
        .route("/firm/{firm}/applicants/{application}/decline", post(firm::decline))
        .route("/op/applications", get(desk::show))
}

/// How an application stands, and who has to do what until when.
pub fn stands(one: &Listed, shell: &Shell) -> (String, String) {
    let row = &one.row;
    let stage = if row.level == "interested" && row.stage == "new" {
        shell.t("talks-stage-interested")
    } else {
        shell.t(&format!("talks-stage-{}", row.stage))
    };
    let next = match (row.waits_for.as_str(), row.answer_by) {
        ("firm", Some(at)) => shell.with("talks-waits-firm", "time", minute(at, shell.lang)),
        ("candidate", Some(at)) => shell.with("talks-waits-candidate", "time", minute(at, shell.lang)),
        _ => shell.t(&format!("talks-next-{}", row.stage)),
    };
    (stage, next)
}
