//! `/me/profile/preview`: the profile as firms see it, before and after they may know the name.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::accounts::CandidateSelf;
use crate::board::consents::Seen;
use crate::board::profiles;
use crate::domain::{Scope, Visibility};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, person};

#[derive(Template)]
#[template(path = "me/preview.html")]
struct Page {
    shell: Shell,
    /// What firms can find; nothing when they cannot find the profile at all.
    is_found: bool,
    chosen: Option<Visibility>,
    unnamed: Vec<(String, String)>,
    named: Vec<(String, String)>,
}

/// `GET /me/profile/preview`
pub async fn show(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let sheet = profiles::open(&web.db, own.candidate()).await?.ok_or(Refusal::NotFound)?;
    let rows = |scope| person::rows(&Seen::of(&sheet.facts, scope), &shell);
    page(&Page {
        is_found: sheet.facts.may_be_found(),
        chosen: sheet.facts.more.visibility,
        unnamed: rows(Scope::Profile),
        named: rows(Scope::Identity),
        shell,
    })
}
