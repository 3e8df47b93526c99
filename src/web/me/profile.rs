//! `/me/profile`: the profile, filled in section by section, kept while it is typed.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::fields::{self, Section};
use super::{hand, refuse, to};
use crate::accounts::CandidateSelf;
use crate::board::profiles::{self, Completeness, FIELDS, ProfileError, Sheet, Wrong};
use crate::store::drafts::Fields;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Refusal, Shell, conflict, draft, page, page_as, wording};

#[derive(Template)]
#[template(path = "me/profile.html")]
struct Page {
    shell: Shell,
    version: i64,
    sections: Vec<Section>,
    /// All fields, for the summary of mistakes.
    fields: Vec<Field>,
    complete: Completeness,
    advice: Vec<String>,
    unsaved: bool,
    just_saved: bool,
    saved_at: String,
}

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    saved: Option<String>,
}

/// `GET /me/profile`
pub async fn show(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let sheet = profiles::open(&web.db, own.candidate()).await?.ok_or(Refusal::NotFound)?;
    let just_saved = asked.saved.is_some() && !sheet.unsaved;
    page(&Page { just_saved, ..Page::new(shell, &sheet, &[]) })
}

/// `POST /me/profile`
pub async fn save(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let version = version(&mut form);
    let (id, sent, writer) = (own.candidate(), form.clone(), web.clone());
    let saved =
        to_the_end(async move { Ok(profiles::save(&hand(own), &sent, version, writer.tools()).await) })
            .await?;
    match saved {
        Ok(()) => Ok(to("/me/profile?saved=1")),
        Err(ProfileError::Wrong(wrong)) => {
            let sheet = profiles::open(&web.db, id).await?.ok_or(Refusal::NotFound)?;
            let typed = Sheet { form, version, unsaved: true, ..sheet };
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::new(shell, &typed, &wrong))
        }
        Err(ProfileError::Conflict(theirs)) => conflict(shell, &form, &theirs),
        Err(other) => Err(refuse(other, &shell)),
    }
}

/// `POST /me/profile/draft`: keeps what is being typed.
pub async fn keep(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let version = version(&mut form);
    let now = web.clock.now_ms();
    let kept = to_the_end(async move { Ok(profiles::keep(&hand(own), &form, version, web.tools()).await) });
    let kept = kept.await?.map_err(|error| refuse(error, &shell))?;
    Ok(match kept {
        Some(version) => draft::kept(version, now),
        None => draft::conflict(),
    })
}

fn version(form: &mut Fields) -> i64 {
    form.remove("version").and_then(|version| version.parse().ok()).unwrap_or_default()
}

impl Page {
    fn new(shell: Shell, sheet: &Sheet, wrong: &[Wrong]) -> Self {
        let sections = fields::sections(&shell, &sheet.form, wrong);
        let fields = sections.iter().flat_map(|section| section.fields.clone()).collect();
        let advice = profiles::advice(&sheet.form);
        Self {
            version: sheet.version,
            sections,
            fields,
            complete: profiles::completeness(&sheet.facts),
            advice: advice.iter().map(|one| fields::say(one, &shell)).collect(),
            unsaved: sheet.unsaved && wrong.is_empty(),
            just_saved: false,
            saved_at: wording::minute(sheet.saved_at, shell.lang),
            shell,
        }
    }
}

impl Page {
    fn completeness(&self) -> String {
        let Completeness { done, of, .. } = &self.complete;
        self.shell.lang.say_with("profiles-complete", &[("done", done), ("of", of)])
    }

    fn label(&self, field: &str) -> String {
        self.shell.t(&format!("field-profile-{field}"))
    }

    fn heading(&self, section: &str) -> String {
        self.shell.t(&format!("profiles-section-{section}"))
    }

    fn lead(&self, section: &str) -> String {
        self.shell.t(&format!("profiles-section-{section}-lead"))
    }
}

/// Both versions, side by side, as people read them.
fn conflict(shell: Shell, mine: &Fields, theirs: &Sheet) -> Result<Response, Refusal> {
    let of = |form: &Fields, name: &str| {
        let value = form.get(name).map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
        fields::read(name, value.trim(), &shell)
    };
    let rows = FIELDS
        .iter()
        .map(|name| (shell.t(&format!("field-profile-{name}")), of(mine, name), of(&theirs.form, name)));
    let rows: Vec<_> = rows.collect();
    let theirs = conflict::Theirs { version: theirs.version, saved_at: theirs.saved_at };
    conflict::page(shell, "/me/profile", mine, theirs, rows.into_iter())
}
