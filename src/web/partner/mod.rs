//! `/partner`: what somebody of a partner organisation may see: how far the firms are that came through them. Never a
//! profile, finances, or a result.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::accounts::PartnerMember;
use crate::store::partners;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/partner", get(show))
}

#[derive(Template)]
#[template(path = "partner/home.html")]
struct Page {
    shell: Shell,
    /// None while the desk has not written the organisation down.
    name: Option<String>,
    firms: Vec<One>,
}

struct One {
    name: String,
    /// Its page, where everybody may read it.
    at: Option<String>,
    stage: String,
}

async fn show(shell: Shell, member: PartnerMember, State(web): State<Web>) -> Result<Response, Refusal> {
    let name = partners::name(&web.db, member.partner()).await?;
    let referred = match &name {
        Some(name) => partners::referred(&web.db, name).await?,
        None => Vec::new(),
    };
    let firms = referred.into_iter().map(|one| {
        let is_named = one.facts.may_be_named();
        One {
            at: is_named.then(|| format!("/firms/{}", one.firm)),
            stage: match one.openings {
                1.. if is_named => shell.with("partner-stage-public", "count", one.openings),
                _ => shell.t("partner-stage-preparing"),
            },
            name: one.facts.name,
        }
    });
    page(&Page { firms: firms.collect(), name, shell })
}
