//! What every page shares: who reads it, in which language, and the frame around it.

mod acting;
pub mod address;
pub mod assets;
pub mod conflict;
pub mod cookies;
pub mod draft;
pub mod field;
pub mod fit;
pub mod form;
pub mod guard;
pub mod headers;
pub mod language;
pub mod late;
pub mod person;
pub mod refusal;
pub mod size;
pub mod wording;

use std::fmt::Display;
use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};

use super::Web;
use crate::accounts::SignedIn;
use crate::domain::FirmId;
use crate::store;
use crate::texts::Lang;

pub use field::{Field, Kind};
pub use form::Form;
pub use guard::{Entering, Signed, SomeBody};
pub use refusal::Refusal;
pub use size::Size;

/// The frame of a page, and the voice in which it speaks.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The reader's language.
    pub lang: Lang,
    /// Path and query of this page without language and size: their links come back to it.
    here: String,
    /// Where to come back to from a log-in or a proof.
    back: String,
    /// How large the letters are.
    pub size: Size,
    /// Who is logged in.
    pub person: Option<Arc<SignedIn>>,
    /// A desk here is invented: every page says so.
    pub fictional: bool,
}

impl Shell {
    /// A frame that needs no database, for pages about failures.
    pub fn bare(lang: Lang, here: String, size: Size, person: Option<Arc<SignedIn>>) -> Self {
        Self { lang, back: here.clone(), here, size, person, fictional: false }
    }

    /// Says the text of a key.
    pub fn t(&self, key: &str) -> String {
        self.lang.say(key)
    }

    /// Says the text of a key with one value in it.
    pub fn with(&self, key: &str, name: &'static str, value: impl Display) -> String {
        self.lang.say_with(key, &[(name, &value.to_string())])
    }

    /// Goes on only if the reader proved within the last minutes who they are: for steps that cannot be taken back, or that
    /// open something to others.
    ///
    /// # Errors
    /// [`Refusal::Confirm`], which leads back to the page.
    pub fn proved(&self, web: &Web) -> Result<(), Refusal> {
        const RECENT: i64 = 10 * 60_000;
        match &self.person {
            Some(person) if person.proved_within(RECENT, web.clock.now_ms()) => Ok(()),
            Some(_) => Err(Refusal::Confirm { next: self.back.clone() }),
            None => Err(Refusal::LogIn { next: self.back.clone() }),
        }
    }

    /// Whether the reader is an operator.
    pub fn is_operator(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.operator().is_some())
    }

    /// Whether the reader looks after the installation.
    pub fn is_administrator(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.administrator().is_some())
    }

    /// Whether the reader is a candidate.
    pub fn is_candidate(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.candidate().is_some())
    }

    /// Whether there is anybody with whom the reader could exchange messages.
    pub fn writes_messages(&self) -> bool {
        self.is_candidate() || self.is_operator() || !self.firms().is_empty()
    }

    /// Whether the reader is of a partner organisation.
    pub fn is_partner(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.partner().is_some())
    }

    /// Whether the reader is the secretariat.
    pub fn is_secretariat(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.secretariat().is_some())
    }

    /// The firms of which the reader is a member.
    pub fn firms(&self) -> Vec<FirmId> {
        self.person.as_ref().map(|person| person.firms().collect()).unwrap_or_default()
    }

    /// Whether a field of a form holds a mistake.
    pub fn any_wrong(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| field.error.is_some())
    }

    /// This page in the other language.
    pub fn toggle(&self) -> String {
        address::with_query(&self.here, "lang", self.other().tag())
    }

    /// This page with letters of the other size.
    pub fn resize(&self) -> String {
        address::with_query(&self.here, "size", self.size.other().tag())
    }

    /// Whether the letters are large.
    pub fn is_large(&self) -> bool {
        self.size == Size::Large
    }

    /// The language that is not being read.
    pub fn other(&self) -> Lang {
        self.lang.pick(Lang::En, Lang::Ja)
    }

    /// Where the style sheet is.
    pub fn stylesheet(&self) -> &'static str {
        assets::stylesheet()
    }

    /// Where the scripts are.
    pub fn script(&self) -> &'static str {
        assets::script()
    }

    /// Where the icon is.
    pub fn icon(&self) -> &'static str {
        assets::icon()
    }
}

impl FromRequestParts<Web> for Shell {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let lang = language::of(parts);
        Ok(Self {
            lang,
            here: language::without(&parts.uri),
            back: guard::way_back(parts),
            size: size::found(&parts.extensions),
            person: guard::signed_in(parts),
            fictional: store::accounts::is_fictional(&web.db).await?,
        })
    }
}

/// Draws a page.
pub fn page(template: &impl Template) -> Result<Response, Refusal> {
    page_as(StatusCode::OK, template)
}

/// Draws a page that answers with another status: a form with mistakes, a link that is used up.
pub fn page_as(status: StatusCode, template: &impl Template) -> Result<Response, Refusal> {
    let html = template.render().map_err(|cause| Refusal::broken(&cause))?;
    Ok((status, Html(html)).into_response())
}
