//! Two pages of one form: whoever saves second sees both versions side by side and chooses.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Refusal, Shell, page_as, wording};

#[derive(Template)]
#[template(path = "shell/conflict.html")]
struct Page {
    shell: Shell,
    at: String,
    version: i64,
    saved_at: String,
    differing: Vec<Row>,
    mine: Vec<(String, String)>,
}

/// Label, mine, theirs of a field.
pub type Row = (String, String, String);

/// What the other page saved.
#[derive(Clone, Copy, Debug)]
pub struct Theirs {
    /// The version to name when one's own words are to hold.
    pub version: i64,
    /// When it was saved.
    pub saved_at: i64,
}

/// Both versions of the form at this address: what was sent, to be sent again, and the rows as people read them, of which
/// those that differ are shown.
pub fn page(
    shell: Shell,
    at: &str,
    sent: &BTreeMap<String, String>,
    theirs: Theirs,
    rows: impl Iterator<Item = Row>,
) -> Result<Response, Refusal> {
    let drawn = Page {
        at: at.to_owned(),
        version: theirs.version,
        saved_at: wording::minute(theirs.saved_at, shell.lang),
        differing: rows.filter(|(_, mine, theirs)| mine != theirs).collect(),
        mine: sent.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        shell,
    };
    page_as(StatusCode::CONFLICT, &drawn)
}
