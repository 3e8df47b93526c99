//! `/me/seen`: who looked at the profile.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::accounts::CandidateSelf;
use crate::board::consents::{self, View};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

/// The latest looks that a page shows; the file of one's data holds all.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "me/seen.html")]
struct Page {
    shell: Shell,
    /// When, who, what.
    views: Vec<(String, String, String)>,
}

/// `GET /me/seen`
pub async fn show(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let views = consents::views(&web.db, own.candidate(), SHOWN).await?;
    let views = views.iter().map(|view| told(view, &shell)).collect();
    page(&Page { shell, views })
}

fn told(view: &View, shell: &Shell) -> (String, String, String) {
    let who = match (view.acted_as.as_str(), &view.firm) {
        ("firm", Some(firm)) => firm.clone(),
        (_, Some(firm)) => shell.with("profiles-seen-proxy", "firm", firm),
        _ => shell.t("profiles-seen-desk"),
    };
    let what = if view.what == "identity" { "profiles-seen-identity" } else { "profiles-seen-profile" };
    (wording::minute(view.at, shell.lang), who, shell.t(what))
}
