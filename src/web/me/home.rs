//! `/me`: what to do next, and what lies ahead.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::accounts::CandidateSelf;
use crate::board::profiles::{self, Completeness, Leaving};
use crate::store::timeline::{self, Ahead};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "me/home.html")]
struct Page {
    shell: Shell,
    name: String,
    tasks: Vec<Task>,
    ahead: Vec<(String, String)>,
}

struct Task {
    name: String,
    hint: String,
    href: &'static str,
    /// `todo`, `doing`, `done`.
    state: &'static str,
}

/// `GET /me`
pub async fn show(shell: Shell, own: CandidateSelf, State(web): State<Web>) -> Result<Response, Refusal> {
    let id = own.candidate();
    let sheet = profiles::open(&web.db, id).await?.ok_or(Refusal::NotFound)?;
    let trace = profiles::leaving(&web.db, id).await?;
    let ahead = timeline::ahead(&web.db, id, web.clock.now_ms()).await?;
    let tasks = tasks(&sheet, &trace, &shell);
    let ahead = ahead.iter().map(|one| (wording::minute(one.at(), shell.lang), say(one, &shell))).collect();
    page(&Page { name: sheet.facts.name, tasks, ahead, shell })
}

impl Page {
    fn state(&self, state: &str) -> String {
        self.shell.t(&format!("look-task-{state}"))
    }
}

fn tasks(sheet: &profiles::Sheet, trace: &Leaving, shell: &Shell) -> Vec<Task> {
    let Completeness { done, of, .. } = profiles::completeness(&sheet.facts);
    let profile = match done {
        0 => "todo",
        _ if done == of && !sheet.unsaved => "done",
        _ => "doing",
    };
    let either = |is_done: bool| if is_done { "done" } else { "todo" };
    let hint = shell.lang.say_with("profiles-complete", &[("done", &done), ("of", &of)]);
    let task = |key: &str, href, state| {
        let hint = shell.t(&format!("profiles-task-{key}-hint"));
        Task { name: shell.t(&format!("profiles-task-{key}")), hint, href, state }
    };
    vec![
        Task { hint, ..task("profile", "/me/profile", profile) },
        task("visibility", "/me/visibility", either(sheet.facts.more.visibility.is_some())),
        task("apply", "/openings", either(trace.applications > 0)),
        task("rank", "/me/ranking", either(trace.lists > 0)),
    ]
}

fn say(ahead: &Ahead, shell: &Shell) -> String {
    match ahead {
        Ahead::Visit { title, .. } => shell.with("profiles-ahead-visit", "title", title),
        Ahead::Answer { title, .. } => shell.with("profiles-ahead-answer", "title", title),
        Ahead::Opens { round, .. } => shell.with("profiles-ahead-opens", "n", round),
        Ahead::Closes { round, .. } => shell.with("profiles-ahead-closes", "n", round),
    }
}
