//! `/me/consents`: which firm may see what, since when; taken back by one button.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::{hand, to};
use crate::accounts::CandidateSelf;
use crate::board::consents::{self, ConsentError, Grant};
use crate::domain::{FirmId, Scope};
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "me/consents.html")]
struct Page {
    shell: Shell,
    /// Firms to which a consent holds.
    firms: Vec<Firm>,
    /// Everything that was given and taken back.
    history: Vec<Line>,
}

struct Firm {
    id: FirmId,
    name: String,
    scope: String,
    since: String,
}

struct Line {
    firm: String,
    scope: String,
    from: String,
    until: Option<String>,
}

/// `GET /me/consents`
pub async fn show(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let ledger = consents::ledger(&web.db, own.candidate()).await?;
    let firms = in_force(&ledger).into_iter().map(|grant| Firm {
        id: grant.firm,
        name: grant.firm_name.clone(),
        scope: wording::choice(grant.scope, shell.lang),
        since: wording::instant_day(grant.given_at, shell.lang),
    });
    let history = ledger.iter().map(|grant| Line {
        firm: grant.firm_name.clone(),
        scope: wording::choice(grant.scope, shell.lang),
        from: wording::minute(grant.given_at, shell.lang),
        until: grant.revoked_at.map(|at| wording::minute(at, shell.lang)),
    });
    let (firms, history) = (firms.collect(), history.collect());
    page(&Page { firms, history, shell })
}

/// The widest consent to each firm.
fn in_force(ledger: &[Grant]) -> Vec<&Grant> {
    let mut firms: Vec<&Grant> = Vec::new();
    for grant in ledger.iter().filter(|grant| grant.revoked_at.is_none()) {
        match firms.iter_mut().find(|one| one.firm == grant.firm) {
            Some(one) if grant.scope == Scope::Identity => *one = grant,
            Some(_) => {}
            None => firms.push(grant),
        }
    }
    firms
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Fields {
    firm: String,
}

/// `POST /me/consents`: takes everything back that this firm was allowed.
pub async fn revoke(
    own: CandidateSelf,
    State(web): State<Web>,
    Form(fields): Form<Fields>,
) -> Result<Response, Refusal> {
    let firm = fields.firm.parse().map_err(|_| Refusal::NotFound)?;
    to_the_end(async move {
        consents::revoke(&hand(own), firm, web.tools()).await.map_err(|error| match error {
            ConsentError::Store(cause) => cause.into(),
            ConsentError::NotFound | ConsentError::Barred => Refusal::NotFound,
        })
    })
    .await?;
    Ok(to("/me/consents"))
}
