//! Who may send what where: one table, `policy.csv`, for the guard that stands before every page, for the document that
//! people read (`policy.md`, drawn from it), and for the matrix of requests that the tests send.
//!
//! A page that is not in the table is answered to nobody. The table speaks of addresses; whether the opening in an address
//! belongs to the firm in it is asked by the workroom, in the transaction that writes.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Web;
use super::shell::{Refusal, guard, late};
use crate::accounts::SignedIn;

/// Somebody who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Anybody, logged in or not.
    Everybody,
    /// Whoever opened a one-time link to a result; the page itself looks at that.
    Participant,
    /// Whoever gave the password, also if the second proof is still owed.
    Entering,
    /// Whoever is logged in.
    SignedIn,
    /// A candidate, in their own matters.
    Candidate,
    /// A member of the firm that the address names.
    Firm,
    /// A member of the firm that the address names who may also decide for it.
    FirmAdmin,
    /// A member of any firm.
    AnyFirm,
    /// An operator.
    Operator,
    /// Somebody of a partner organisation.
    Partner,
    /// The programme's secretariat.
    Secretariat,
    /// Who looks after the installation.
    Administrator,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The address, as the router writes it.
    pub path: String,
    /// `GET`, `POST`.
    pub methods: Vec<Method>,
    /// Each of these may.
    pub who: Vec<Who>,
    /// What the page is, in a few words.
    pub what: String,
}

#[derive(Deserialize)]
struct Line {
    path: String,
    methods: String,
    who: String,
    what: String,
}

/// Every line, in the order of the file.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_bytes!("policy.csv").as_slice());
    let lines =
        reader.deserialize().map(|line| line.expect("the policy in the program is a table of four columns"));
    lines.map(rule).collect()
});

static BY_PATH: LazyLock<BTreeMap<&'static str, &'static Rule>> =
    LazyLock::new(|| RULES.iter().map(|rule| (rule.path.as_str(), rule)).collect());

fn rule(line: Line) -> Rule {
    let methods = line
        .methods
        .split_whitespace()
        .map(|method| method.parse().expect("a method of the policy is a method of HTTP"));
    let who = line.who.split_whitespace().map(|who| {
        let known = serde_json::from_value(serde_json::Value::String(who.to_owned()));
        known.expect("who may, in the policy, is one of the known")
    });
    Rule { methods: methods.collect(), who: who.collect(), path: line.path, what: line.what }
}

impl Rule {
    /// Whether somebody may, the firm of the address being `firm`.
    fn admits(&self, person: Option<&SignedIn>, firm: Option<&str>) -> bool {
        self.who.iter().any(|who| who.is(person, firm))
    }
}

impl Who {
    fn is(self, person: Option<&SignedIn>, firm: Option<&str>) -> bool {
        if matches!(self, Self::Everybody | Self::Participant) {
            return true;
        }
        let Some(person) = person else { return false };
        let member = || person.member_of(firm?.parse().ok()?);
        match self {
            Self::Everybody | Self::Participant | Self::Entering => true,
            Self::SignedIn => !person.lacks_second(),
            Self::Candidate => person.candidate().is_some(),
            Self::Firm => member().is_some(),
            Self::FirmAdmin => member().is_some_and(|member| member.is_admin()),
            Self::AnyFirm => person.firms().next().is_some(),
            Self::Operator => person.operator().is_some(),
            Self::Partner => person.partner().is_some(),
            Self::Secretariat => person.secretariat().is_some(),
            Self::Administrator => person.administrator().is_some(),
        }
    }

    /// As the table writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Participant => "participant",
            Self::Entering => "entering",
            Self::SignedIn => "signed-in",
            Self::Candidate => "candidate",
            Self::Firm => "firm",
            Self::FirmAdmin => "firm-admin",
            Self::AnyFirm => "any-firm",
            Self::Operator => "operator",
            Self::Partner => "partner",
            Self::Secretariat => "secretariat",
            Self::Administrator => "administrator",
        }
    }
}

/// Lets a request through to its page if the table says so. Whoever is not logged in may do so and come back; for
/// everybody else the page is not there.
pub async fn admit(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(path) = parts.extensions.get::<MatchedPath>().cloned() else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let Some(rule) = BY_PATH.get(path.as_str()) else {
        return Refusal::Broken(format!("src/web/policy.csv has no line for {}", path.as_str()))
            .into_response();
    };
    let method = if parts.method == Method::HEAD { Method::GET } else { parts.method.clone() };
    // A method that the page does not know is answered by the router, which says which it does.
    if rule.methods.contains(&method) {
        let params = RawPathParams::from_request_parts(&mut parts, &()).await.ok();
        let firm = params.as_ref().and_then(|params| params.iter().find(|(name, _)| *name == "firm"));
        let person: Option<Arc<SignedIn>> = guard::signed_in(&parts);
        if !rule.admits(person.as_deref(), firm.map(|(_, id)| id)) {
            let refusal = match person {
                None => late::to_log_in(&parts, body, &web).await,
                Some(person) if person.lacks_second() => guard::second(&parts),
                Some(_) => Refusal::NotFound,
            };
            return refusal.into_response();
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// The table as a document.
pub fn document() -> String {
    let mut text = String::from(
        "# Who may do what\n\nDrawn from `policy.csv`; `cargo test policy` says when the two differ. *firm* is a member of the firm \
         in the address,\n*firm-admin* one who decides for it; an *operator* on a firm's page acts by proxy and the record says so. \
         *entering* is who gave the password and may still\nowe the second proof. Nobody else gets an\nanswer other than \"not found\"; who is not logged in is asked to.\n\n| page | method | who | what |\n|---|---|---|---|\n",
    );
    for rule in RULES.iter() {
        let methods: Vec<_> = rule.methods.iter().map(Method::as_str).collect();
        let who: Vec<_> = rule.who.iter().map(|who| who.name()).collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            rule.path,
            methods.join(" "),
            who.join(", "),
            rule.what
        );
    }
    text
}
