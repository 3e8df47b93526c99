//! `/openings.atom`: the openings that changed last, for feed readers and partners' pages. What is taken down is gone from
//! the next answer on.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::search::may_be_shown;
use crate::store::newest::{self, Newest};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, wording};

/// Entries of the feed.
const ENTRIES: usize = 50;
/// Openings that are looked through for them: some firms may not be named.
const LOOKED_AT: i64 = 200;

#[derive(Template)]
#[template(path = "public/feed.xml")]
struct Feed {
    shell: Shell,
    origin: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    firm: String,
    kind: String,
    updated: String,
    summary: String,
}

/// `GET /openings.atom`
pub async fn show(shell: Shell, State(web): State<Web>) -> Result<Response, Refusal> {
    let newest = newest::openings(&web.db, LOOKED_AT).await?;
    let shown = newest.into_iter().filter(|one| may_be_shown(&one.opening, &one.firm)).take(ENTRIES);
    let entries: Vec<Entry> = shown.map(|one| entry(one, &shell)).collect();
    let feed = Feed {
        origin: web.origin.to_string(),
        // An empty feed has not changed since the beginning, as far as anybody can tell.
        updated: entries.first().map_or_else(|| instant(0), |entry| entry.updated.clone()),
        entries,
        shell,
    };
    let xml = feed.render().map_err(|cause| Refusal::broken(&cause))?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

fn entry(Newest { opening, firm, updated_at }: Newest, shell: &Shell) -> Entry {
    let facts = opening.facts;
    let place = format!("{}{}", firm.prefecture, firm.municipality.as_deref().unwrap_or(""));
    let pay = facts.pay.map(|pay| wording::pay(pay, shell.lang));
    let days = facts.days.map(|days| wording::days(days, shell.lang));
    let lines = [facts.mission, Some(place), days, pay];
    Entry {
        id: opening.id.to_string(),
        title: plain(&facts.title),
        firm: plain(&firm.name),
        kind: wording::choice(facts.kind, shell.lang),
        updated: instant(updated_at),
        summary: plain(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n")),
    }
}

/// XML knows no control characters, not even written as numbers.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect()
}

fn instant(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}
