//! `/openings.atom`: the openings that changed last, or those of them that answer a question, for feed readers and partners'
//! pages. What is taken down is gone from the next answer on.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::domain::OpeningId;
use crate::search::{Ask, Question, Sort, may_be_shown};
use crate::store::newest::{self, Newest};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, address, wording};

/// Entries of the feed.
const ENTRIES: usize = 50;
/// Openings that are looked through for them: some firms may not be named.
const LOOKED_AT: i64 = 200;

#[derive(Template)]
#[template(path = "public/feed.xml")]
struct Feed {
    shell: Shell,
    title: String,
    origin: String,
    /// The address of this feed, and of the page that answers the same.
    own: String,
    page: String,
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

/// `GET /openings.atom?q=…&pref=…`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let of_question = pairs.into_iter().filter(|(name, _)| !is_of_page(name));
    let question = Question::read(of_question).map_err(|long| Refusal::BadQuestion(long.say(shell.lang)))?;
    let newest = if question.is_empty() {
        newest::openings(&web.db, LOOKED_AT).await?
    } else {
        let ask = Ask { limit: ENTRIES, sort: Sort::Newest, ..question.ask() };
        let found = web.search.openings(&ask).await.map_err(|error| match error {
            error if error.is_bad_question() => Refusal::BadQuestion(error.say(shell.lang)),
            error => error.into(),
        })?;
        let ids: Vec<OpeningId> = found.hits.iter().map(|hit| hit.record.opening.id).collect();
        newest::among(&web.db, &ids).await?
    };
    let shown = newest.into_iter().filter(|one| may_be_shown(&one.opening, &one.firm)).take(ENTRIES);
    let entries: Vec<Entry> = shown.map(|one| entry(one, &shell)).collect();
    let title = if question.is_empty() {
        shell.t("web-feed-title")
    } else {
        shell.with("web-feed-question", "what", plain(&question.label(shell.lang)))
    };
    let pairs = question.pairs();
    let by_date = [("sort".to_owned(), "new".to_owned())];
    let feed = Feed {
        title,
        origin: web.origin.to_string(),
        own: address::of("/openings.atom", &pairs),
        page: address::of("/openings", &pairs.into_iter().chain(by_date).collect::<Vec<_>>()),
        // An empty feed has not changed since the beginning, as far as anybody can tell.
        updated: entries.first().map_or_else(|| instant(0), |entry| entry.updated.clone()),
        entries,
        shell,
    };
    let xml = feed.render().map_err(|cause| Refusal::broken(&cause))?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

/// Names in the address of a search page that ask nothing.
fn is_of_page(name: &str) -> bool {
    matches!(name, "lang" | "size" | "sort" | "after" | "before")
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
