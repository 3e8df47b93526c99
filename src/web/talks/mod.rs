//! Between a candidate and a firm, before any round: interest, applications and their answers, visits, proposals and
//! interviews, as each side sees them.

mod apply;
mod desk;
mod firm;
mod interview;
mod mine;
mod proposal;
mod slot_form;
mod slots;
mod visits;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::board::applications::Listed;
use crate::texts::Lang;
use crate::texts::days::{instant_day, minute, time};
use crate::web::Web;
use crate::web::shell::Shell;

pub use apply::{Way, way};

/// A sheet is long, and every letter of it takes nine bytes on the way.
const FORM: usize = 128 * 1024;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    let long = Router::new()
        .route("/me/proposals/{application}", get(proposal::show).post(proposal::send))
        .route("/me/proposals/{application}/draft", post(proposal::keep))
        .route("/firm/{firm}/applicants/{application}/interview", get(interview::show).post(interview::save))
        .layer(DefaultBodyLimit::max(FORM));
    Router::new()
        .merge(long)
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
        .route("/me/visits", get(visits::show))
        .route("/me/visits/{slot}/book", post(visits::book))
        .route("/me/visits/{slot}/give-up", post(visits::give_up))
        .route("/me/visits/{slot}/visit.ics", get(visits::ics))
        .route("/firm/{firm}/visits", get(slots::show).post(slots::offer))
        .route("/firm/{firm}/visits/{slot}/cancel", post(slots::cancel))
        .route("/firm/{firm}/visits/{slot}/came", post(slots::came))
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

/// 「2026年12月5日（土）13:00〜15:00」, and both days where it ends on another.
fn between(starts_at: i64, ends_at: i64, lang: Lang) -> String {
    let is_one_day = instant_day(starts_at, lang) == instant_day(ends_at, lang);
    let end = if is_one_day { time(ends_at) } else { minute(ends_at, lang) };
    format!("{}{}{end}", minute(starts_at, lang), lang.pick("〜", "–"))
}
