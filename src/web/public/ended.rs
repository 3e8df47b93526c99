//! What stands under the address of an opening that has ended: that it has, and what is like it. Answered with 410, so that
//! search engines forget it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::domain::{Firm, Opening};
use crate::search::may_be_shown;
use crate::store::newest::{self, Newest};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page_as, wording};

/// Openings shown as similar.
const SIMILAR: usize = 3;
/// The newest ones among which they are looked for.
const LOOKED_AT: i64 = 200;

#[derive(Template)]
#[template(path = "public/ended.html")]
struct Page {
    shell: Shell,
    title: String,
    firm: Firm,
    similar: Vec<Like>,
}

struct Like {
    id: String,
    title: String,
    kind: String,
    firm: String,
    place: String,
}

/// The page of an opening that has ended.
pub async fn show(shell: Shell, web: &Web, opening: Opening, firm: Firm) -> Result<Response, Refusal> {
    let newest = newest::openings(&web.db, LOOKED_AT).await?;
    let mut shown: Vec<(usize, Newest)> = newest
        .into_iter()
        .filter(|one| may_be_shown(&one.opening, &one.firm))
        .map(|one| (likeness(&opening, &firm, &one), one))
        .filter(|(likeness, _)| *likeness > 0)
        .collect();
    // Stable: among the equally alike the newest come first.
    shown.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let similar = shown.into_iter().take(SIMILAR).map(|(_, one)| Like {
        id: one.opening.id.to_string(),
        kind: wording::choice(one.opening.facts.kind, shell.lang),
        title: one.opening.facts.title,
        place: format!("{}{}", one.firm.prefecture, one.firm.municipality.unwrap_or_default()),
        firm: one.firm.name,
    });
    let similar = similar.collect();
    page_as(StatusCode::GONE, &Page { title: opening.facts.title, firm, similar, shell })
}

/// How much they have in common; the place counts double, for who can work there can work there.
fn likeness(ended: &Opening, firm: &Firm, other: &Newest) -> usize {
    let (one, two) = (&ended.facts, &other.opening.facts);
    let skills = one.skills.iter().filter(|skill| two.skills.contains(skill)).count();
    2 * usize::from(firm.facts.prefecture == other.firm.prefecture)
        + usize::from(one.kind == two.kind)
        + usize::from(one.role.is_some() && one.role == two.role)
        + skills
}
