//! `…/history`: every version of an opening, who made it and when, and what it changed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::asking::label;
use crate::accounts::FirmHand;
use crate::board::postings::{self, FIELDS, Form};
use crate::domain::OpeningId;
use crate::texts::days::minute;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page};

#[derive(Template)]
#[template(path = "firm/history.html")]
struct Page {
    shell: Shell,
    at: String,
    versions: Vec<One>,
}

struct One {
    number: i64,
    act: String,
    when: String,
    by: String,
    note: Option<String>,
    changes: Vec<(String, String, String)>,
}

/// `GET …/history`
pub async fn show(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let kept = postings::versions(&web.db, hand.firm(), id).await?;
    let form = |version: Option<&postings::Version>| -> Form {
        version.and_then(|version| serde_json::from_str(&version.form).ok()).unwrap_or_default()
    };
    let versions = kept.iter().enumerate().map(|(at, version)| {
        let (now, before) = (form(Some(version)), form(kept.get(at + 1)));
        let value = |form: &Form, name: &str| form.get(name).cloned().unwrap_or_default();
        let changed = FIELDS.iter().filter(|spec| now.get(spec.name) != before.get(spec.name));
        let changes = changed
            .map(|spec| (shell.t(&label(spec.name)), value(&before, spec.name), value(&now, spec.name)));
        let name = version.by.clone().unwrap_or_else(|| shell.t("postings-by-machine"));
        One {
            number: version.version,
            act: shell.t(&format!("postings-act-{}", version.act)),
            when: minute(version.at, shell.lang),
            by: if version.by_proxy { shell.with("postings-by-desk", "name", name) } else { name },
            note: version.note.clone(),
            changes: changes.collect(),
        }
    });
    let versions = versions.collect();
    page(&Page { at: format!("/firm/{}/openings/{id}", hand.firm()), versions, shell })
}
