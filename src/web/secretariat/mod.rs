//! `/secretariat`: what the programme's secretariat may see: counts, never people.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::accounts::Secretariat;
use crate::desk::figures::{self, FEWEST, NOT_TOLD, Row};
use crate::domain::{Choice, Contract, Profit, Succession, Track, TrialKind};
use crate::store::region;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/secretariat", get(show))
}

#[derive(Template)]
#[template(path = "secretariat/home.html")]
struct Page {
    shell: Shell,
    as_of: String,
    tables: Vec<Table>,
}

struct Table {
    name: String,
    whole: String,
    parts: Vec<(String, String)>,
}

async fn show(shell: Shell, _: Secretariat, State(web): State<Web>) -> Result<Response, Refusal> {
    let region = region::records(&web.db).await?;
    let tables = figures::of(&region).iter().map(|row| table(row, &shell)).collect();
    page(&Page { as_of: wording::day(web.clock.today(), shell.lang), tables, shell })
}

fn table(row: &Row, shell: &Shell) -> Table {
    let count = |count: Option<usize>| {
        count.map_or_else(|| shell.with("secretariat-few", "fewest", FEWEST), |count| count.to_string())
    };
    let parts = row.parts.iter().filter(|(code, told)| code != NOT_TOLD || *told != Some(0));
    Table {
        name: shell.t(&format!("secretariat-{}", row.name)),
        whole: count(row.whole),
        parts: parts.map(|(code, told)| (named(row.name, code, shell), count(*told))).collect(),
    }
}

fn named(row: &str, code: &str, shell: &Shell) -> String {
    match row {
        _ if code == NOT_TOLD => shell.t("secretariat-not-told"),
        "succession" => choice::<Succession>(code, shell),
        "profit" => choice::<Profit>(code, shell),
        "kind" => choice::<TrialKind>(code, shell),
        "contract" => choice::<Contract>(code, shell),
        "track" => choice::<Track>(code, shell),
        _ => shell.t(&format!("secretariat-part-{code}")),
    }
}

fn choice<T: Choice>(code: &str, shell: &Shell) -> String {
    let known = T::ALL.iter().copied().find(|one| one.code() == code);
    known.map_or_else(|| code.to_owned(), |one| wording::choice(one, shell.lang))
}
