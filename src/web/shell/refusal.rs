//! Refusals and failures as pages: what happened, what can be done next. One table from refusal to status.

use std::any::Any;
use std::error::Error;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::{Shell, Web, address, language, size};
use crate::accounts::{AccountError, SignedIn};
use crate::board::applications::ApplicationError;
use crate::board::firms::FirmError;
use crate::board::postings::PostingError;
use crate::search::SearchError;
use crate::store::StoreError;

/// Why a page cannot be given as it was asked for.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such page, or it is not for this reader: the answer is the same.
    NotFound,
    /// The question cannot be answered as it was put; the reason, in the reader's language.
    BadQuestion(String),
    /// Things have moved since the page was drawn; the reason, in the reader's language.
    Conflict(String),
    /// A form that cannot be read, with the reader's status.
    Unread(StatusCode),
    /// A form that did not arrive in time.
    SlowBody,
    /// Only an operator may; the page to come back to.
    LogIn {
        /// A path of ours.
        next: String,
    },
    /// The password was given, the second proof is owed; the page to come back to.
    Second {
        /// A path of ours.
        next: String,
    },
    /// The step is grave: the person proves again who they are, and comes back to this page.
    Confirm {
        /// A path of ours.
        next: String,
    },
    /// Only a participant with an opened link may.
    NoLink,
    /// Too many tries.
    TooMany {
        /// How long to wait.
        seconds: u64,
    },
    /// Too much is going on at this moment.
    Busy,
    /// Our fault; the cause is for the log, never for the page.
    Broken(String),
}

impl Refusal {
    /// Our fault.
    pub fn broken(cause: &dyn Error) -> Self {
        let mut text = cause.to_string();
        let mut next = cause.source();
        while let Some(cause) = next {
            text = format!("{text}: {cause}");
            next = cause.source();
        }
        Self::Broken(text)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadQuestion(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unread(status) => *status,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::LogIn { .. } | Self::Second { .. } | Self::Confirm { .. } => StatusCode::SEE_OTHER,
            Self::NoLink => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            other => Self::broken(&other),
        }
    }
}

impl From<AccountError> for Refusal {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Store(cause) => cause.into(),
            AccountError::Busy => Self::Busy,
            AccountError::TooManyTries { seconds } => Self::TooMany { seconds },
            other => Self::broken(&other),
        }
    }
}

impl From<ApplicationError> for Refusal {
    fn from(error: ApplicationError) -> Self {
        match error {
            ApplicationError::NotFound => Self::NotFound,
            ApplicationError::Store(cause) => cause.into(),
            other => Self::broken(&other),
        }
    }
}

impl From<FirmError> for Refusal {
    fn from(error: FirmError) -> Self {
        match error {
            FirmError::NotFound => Self::NotFound,
            FirmError::Store(cause) => cause.into(),
            other => Self::broken(&other),
        }
    }
}

impl From<PostingError> for Refusal {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::NotFound => Self::NotFound,
            PostingError::Store(cause) => cause.into(),
            other => Self::broken(&other),
        }
    }
}

impl From<SearchError> for Refusal {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Store(cause) => cause.into(),
            other => Self::broken(&other),
        }
    }
}

/// The answer of a handler that panicked.
pub fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message");
    Refusal::Broken(format!("panicked: {text}")).into_response()
}

/// What a refusal leaves in its answer for [`dress`].
#[derive(Clone, Debug)]
enum Left {
    /// To be told to the reader.
    Reason(String),
    /// To be told by the text of this key.
    Text(&'static str),
    /// To be logged.
    Cause(String),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        match self {
            Self::LogIn { next } => lead(&mut response, "/login", &next),
            Self::Second { next } => lead(&mut response, "/second", &next),
            Self::Confirm { next } => lead(&mut response, "/confirm", &next),
            Self::TooMany { seconds } => retry_after(&mut response, seconds),
            Self::Busy => retry_after(&mut response, 5),
            Self::BadQuestion(reason) | Self::Conflict(reason) => {
                response.extensions_mut().insert(Left::Reason(reason));
            }
            Self::NoLink => {
                response.extensions_mut().insert(Left::Text("web-error-no-link"));
            }
            Self::Broken(cause) => {
                response.extensions_mut().insert(Left::Cause(cause));
            }
            Self::NotFound | Self::Unread(_) | Self::SlowBody => {}
        }
        response
    }
}

/// Elsewhere first, then to the page it began with.
fn lead(response: &mut Response, to: &str, next: &str) {
    let to = address::with_query(to, "next", next);
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
}

fn retry_after(response: &mut Response, seconds: u64) {
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
}

#[derive(Template)]
#[template(path = "shell/refusal.html")]
struct Page {
    shell: Shell,
    title: String,
    text: String,
    reason: Option<String>,
    incident: Option<String>,
}

/// Draws every refusal, whoever made it (a handler, the router, a layer), as a page of the house.
pub async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let lang = language::found(request.extensions());
    let here = language::without(request.uri());
    let size = size::found(request.extensions());
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    let drawn = response
        .headers()
        .get(header::CONTENT_TYPE)
        // What a script of ours asked for is answered as it asked.
        .is_some_and(|kind| {
            [&b"text/html"[..], b"application/json"].iter().any(|ours| kind.as_bytes().starts_with(ours))
        });
    if drawn || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let left = response.extensions_mut().remove::<Left>();
    let incident = (status == StatusCode::INTERNAL_SERVER_ERROR).then(|| {
        let id = incident(&web);
        let cause = if let Some(Left::Cause(cause)) = &left { cause } else { "unknown" };
        tracing::error!(incident = %id, cause, path = %first_part(&path), "a page failed");
        id
    });
    let (title, text) = wording(status);
    let person = response.extensions_mut().remove::<Arc<SignedIn>>();
    let shell = Shell::bare(lang, here, size, person);
    let (text, reason) = match left {
        Some(Left::Reason(reason)) => (shell.t(text), Some(reason)),
        Some(Left::Text(key)) => (shell.t(key), None),
        _ => (shell.t(text), None),
    };
    let page = Page { title: shell.t(title), text, reason, incident, shell };
    let html = page.render().unwrap_or_else(|_| page.text.clone());
    let mut dressed = (status, Html(html)).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        for value in response.headers().get_all(&name) {
            dressed.headers_mut().append(name.clone(), value.clone());
        }
    }
    dressed
}

/// Title and text of a status.
fn wording(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        400 => ("web-error-400-title", "web-error-400"),
        403 => ("web-error-403-title", "web-error-403"),
        404 => ("web-error-404-title", "web-error-404"),
        405 => ("web-error-405-title", "web-error-405"),
        408 => ("web-error-408-title", "web-error-408"),
        409 => ("web-error-409-title", "web-error-409"),
        413 => ("web-error-413-title", "web-error-413"),
        429 => ("web-error-429-title", "web-error-429"),
        503 => ("web-error-503-title", "web-error-503"),
        500..=599 => ("web-error-500-title", "web-error-500"),
        _ => ("web-error-422-title", "web-error-422"),
    }
}

/// Twelve signs that join a reader's telephone call to a line of the log.
fn incident(web: &Web) -> String {
    let mut bytes = [0; 6];
    web.chance.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rest of a path may hold a secret.
fn first_part(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or("")
}
