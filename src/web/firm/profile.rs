//! `/firm/{firm}/profile`: the firm's own data, kept while it is typed; each field with why we ask and who sees it.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::accounts::FirmHand;
use crate::board::firms::{self, FIELDS, FirmError, Sheet, Wrong};
use crate::domain::{Choice, Profit, Succession};
use crate::rules::prefectures;
use crate::store::drafts::Fields;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, conflict, draft, page, page_as, wording};

#[derive(Template)]
#[template(path = "firm/profile.html")]
struct Page {
    shell: Shell,
    firm: String,
    home: String,
    by_proxy: bool,
    version: i64,
    fields: Vec<Field>,
    unsaved: bool,
    just_saved: bool,
    saved_at: String,
    /// The number is another firm's: only the desk can help.
    is_taken: bool,
}

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    saved: Option<String>,
}

/// `GET /firm/{firm}/profile`
pub async fn show(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let sheet = firms::open(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    let just_saved = asked.saved.is_some() && !sheet.unsaved;
    page(&Page { just_saved, ..Page::new(shell, &hand, &sheet, &[]) })
}

/// `POST /firm/{firm}/profile`
pub async fn save(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let version = version(&mut form);
    let (by, sent, with) = (hand.clone(), form.clone(), web.clone());
    let saved = to_the_end(async move { Ok(firms::save(&by, &sent, version, with.tools()).await) }).await?;
    match saved {
        Ok(()) => {
            web.search.follow().await;
            Ok(Redirect::to(&format!("/firm/{}/profile?saved=1", hand.firm())).into_response())
        }
        Err(FirmError::Wrong(wrong)) => {
            let sheet = firms::open(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
            let typed = Sheet { form, version, unsaved: true, ..sheet };
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &Page::new(shell, &hand, &typed, &wrong))
        }
        Err(FirmError::Conflict(theirs)) => both(shell, &hand, &form, &theirs),
        Err(other) => Err(other.into()),
    }
}

/// `POST /firm/{firm}/profile/draft`: keeps what is being typed.
pub async fn keep(
    hand: FirmHand,
    State(web): State<Web>,
    Form(mut form): Form<Fields>,
) -> Result<Response, Refusal> {
    let version = version(&mut form);
    let now = web.clock.now_ms();
    let kept = to_the_end(async move { Ok(firms::keep(&hand, &form, version, web.tools()).await?) });
    Ok(match kept.await? {
        Some(version) => draft::kept(version, now),
        None => draft::conflict(),
    })
}

fn version(form: &mut Fields) -> i64 {
    form.remove("version").and_then(|version| version.parse().ok()).unwrap_or_default()
}

impl Page {
    fn new(shell: Shell, hand: &FirmHand, sheet: &Sheet, wrong: &[Wrong]) -> Self {
        Self {
            firm: sheet.facts.name.clone(),
            home: format!("/firm/{}", hand.firm()),
            by_proxy: hand.is_proxy(),
            version: sheet.version,
            fields: fields(&shell, &sheet.form, wrong),
            unsaved: sheet.unsaved && wrong.is_empty(),
            just_saved: false,
            saved_at: wording::minute(sheet.saved_at, shell.lang),
            is_taken: wrong.iter().any(|one| one.text == "firms-wrong-number-taken"),
            shell,
        }
    }
}

/// Both versions, side by side.
fn both(shell: Shell, hand: &FirmHand, mine: &Fields, theirs: &Sheet) -> Result<Response, Refusal> {
    let (my_fields, their_fields) = (fields(&shell, mine, &[]), fields(&shell, &theirs.form, &[]));
    let rows = my_fields.iter().zip(&their_fields);
    let rows = rows.map(|(mine, theirs)| (mine.label.clone(), in_words(mine), in_words(theirs)));
    let theirs = conflict::Theirs { version: theirs.version, saved_at: theirs.saved_at };
    conflict::page(shell, &format!("/firm/{}/profile", hand.firm()), mine, theirs, rows)
}

/// What a field holds, as its reader would say it.
fn in_words(field: &Field) -> String {
    let value = field.value.replace("\r\n", "\n");
    let value = value.trim();
    match &field.kind {
        Kind::Radios(options) | Kind::Select(options) => {
            let chosen = options.iter().find(|(code, _)| code == value);
            chosen.map_or_else(|| value.to_owned(), |(_, label)| label.clone())
        }
        _ => value.to_owned(),
    }
}

/// The form, filled in.
fn fields(shell: &Shell, form: &Fields, wrong: &[Wrong]) -> Vec<Field> {
    FIELDS.iter().map(|name| field(shell, name, form, wrong)).collect()
}

fn field(shell: &Shell, name: &'static str, form: &Fields, wrong: &[Wrong]) -> Field {
    // What the public page of the firm shows, and what stays with the desk.
    let audience = match name {
        "address" | "employees" | "profit" | "succession" => "firm-and-desk",
        _ => "named",
    };
    let field = Field::new(shell, "firm", name)
        .hinted(shell, "firm")
        .about(shell, "firm", audience, "firm")
        .folded()
        .filled(form.get(name).cloned().unwrap_or_default())
        .wrong(wrong.iter().find(|one| one.field == name).map(|one| shell.t(one.text)));
    match name {
        "name" => field.as_a(Kind::Line("text", "organization")).required(),
        "prefecture" => {
            let all = prefectures::all().iter().map(|one| (one.kanji.clone(), one.kanji.clone()));
            field.as_a(Kind::Select(all.collect())).required()
        }
        "website" => field.as_a(Kind::Line("text", "url")),
        "about" => field.as_a(Kind::Lines(6)),
        "profit" => or_not_said::<Profit>(field, shell),
        "succession" => or_not_said::<Succession>(field, shell),
        _ => field,
    }
}

/// One of a closed list, or no answer: a firm may keep both to itself.
fn or_not_said<T: Choice>(field: Field, shell: &Shell) -> Field {
    let all =
        T::ALL.iter().map(|one| (one.code().to_owned(), shell.lang.pick(one.ja(), one.en()).to_owned()));
    let not_said = (String::new(), shell.t("firms-not-said"));
    field.as_a(Kind::Radios(all.chain([not_said]).collect()))
}
