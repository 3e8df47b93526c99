//! `/firms/{id}`: a firm that agreed to be named, and its openings. Never its successor, finances or staff.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::domain::{Firm, FirmFacts, Opening};
use crate::search::may_be_shown;
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "public/firm.html")]
struct Page {
    shell: Shell,
    firm: Firm,
    facts: Vec<(String, String)>,
    openings: Vec<(Opening, String)>,
}

/// `GET /firms/{id}`. A firm that may not be named and a firm that is not there get the same answer.
pub async fn show(shell: Shell, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let firm = shown::firm(&web.db, id).await?.ok_or(Refusal::NotFound)?;
    if !firm.facts.may_be_named() {
        return Err(Refusal::NotFound);
    }
    let openings = shown::openings_of(&web.db, id).await?;
    let openings = openings
        .into_iter()
        .filter(|opening| may_be_shown(opening, &firm.facts))
        .map(|opening| {
            let kind = wording::choice(opening.facts.kind, shell.lang);
            (opening, kind)
        })
        .collect();
    page(&Page { facts: facts(&firm.facts, &shell), shell, firm, openings })
}

fn facts(firm: &FirmFacts, shell: &Shell) -> Vec<(String, String)> {
    let place = format!("{}{}", firm.prefecture, firm.municipality.as_deref().unwrap_or(""));
    let founded = firm.founded.map(|year| shell.with("web-year", "year", year));
    let rows = [
        ("web-firm-kana", firm.kana.clone()),
        ("web-firm-place", Some(place)),
        ("web-firm-industry", firm.industry.clone()),
        ("web-firm-founded", founded),
        ("web-firm-number", firm.corporate_number.clone()),
    ];
    rows.into_iter().filter_map(|(key, value)| Some((shell.t(key), value?))).collect()
}
