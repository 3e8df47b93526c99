//! `/me/fitting`: the openings that may suit a candidate, why, and what leaves others out.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::hand;
use crate::accounts::CandidateSelf;
use crate::board::profiles::{self, Completeness};
use crate::domain::OpeningId;
use crate::search::shortlist::{self, Condition, Openings};
use crate::store::applications::{self as rows, Listed};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, fit, page, wording};
use crate::web::talks::stands;

/// Openings that are shown at first, and at most.
const FEW: usize = 10;
const MANY: usize = 30;

#[derive(Template)]
#[template(path = "me/fitting.html")]
struct Page {
    shell: Shell,
    /// Whether the profile says anything to go by.
    is_told: bool,
    /// Fields of the profile that are still empty, with their labels.
    missing: Vec<(&'static str, String)>,
    openings: Vec<One>,
    has_more: bool,
    cuts_a_tie: bool,
    has_talks: bool,
    excluded: usize,
    reasons: Vec<Reason>,
    shares: Vec<fit::Share>,
}

struct One {
    address: String,
    title: String,
    firm: String,
    conditions: String,
    fit: fit::Fit,
    /// How far the two have come, where they talk.
    stage: Option<String>,
    may_apply: bool,
}

/// What leaves openings out, and where that is changed.
struct Reason {
    text: String,
    count: usize,
    href: String,
    change: String,
}

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    more: Option<String>,
}

/// `GET /me/fitting`
pub async fn show(
    shell: Shell,
    own: CandidateSelf,
    State(web): State<Web>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let k = if asked.more.is_some() { MANY } else { FEW };
    let id = own.candidate();
    let found = shortlist::for_candidate(&hand(own), &web.db, web.clock.today(), k).await?;
    let found = found.ok_or(Refusal::NotFound)?;
    let talks = rows::of_candidate(&web.db, id).await?;
    let talks: BTreeMap<OpeningId, &Listed> =
        talks.iter().filter_map(|one| Some((one.row.opening().ok()?, one))).collect();
    let Completeness { done, missing, .. } = profiles::completeness(&found.candidate.facts);
    let label = |name: &&'static str| (*name, shell.t(&format!("field-profile-{name}")));
    let list = &found.list;
    let openings: Vec<One> =
        list.best.iter().filter_map(|one| One::of(one, &found, &talks, &shell)).collect();
    page(&Page {
        is_told: done > 0,
        missing: missing.iter().map(label).collect(),
        has_more: list.allowed > k && k < MANY,
        cuts_a_tie: list.cuts_a_tie,
        has_talks: openings.iter().any(|one| one.stage.is_some()),
        openings,
        excluded: list.excluded.len(),
        reasons: list.reasons().into_iter().map(|one| Reason::of(one, &shell)).collect(),
        shares: fit::shares(&found.weights.weights.candidate.named(), "me", &shell),
        shell,
    })
}

impl One {
    fn of(
        fitting: &shortlist::Fitting<OpeningId>,
        found: &Openings,
        talks: &BTreeMap<OpeningId, &Listed>,
        shell: &Shell,
    ) -> Option<Self> {
        let (opening, firm) = found.of(fitting.id)?;
        let (facts, lang) = (&opening.facts, shell.lang);
        let talk = talks.get(&opening.id).filter(|talk| talk.row.stage != "withdrawn");
        let is_interest = talk.is_some_and(|talk| talk.row.level == "interested" && talk.row.stage == "new");
        let conditions = [
            Some(wording::choice(facts.kind, lang)),
            Some(firm.facts.prefecture.clone()),
            facts.days.map(|days| wording::days(days, lang)),
            facts.remote.map(|share| format!("{} {}", shell.t("part-remote"), wording::remote(share, lang))),
            facts.pay.map(|pay| wording::pay(pay, lang)),
        ];
        Some(Self {
            address: format!("/openings/{}", opening.id),
            title: facts.title.clone(),
            firm: firm.facts.name.clone(),
            conditions: conditions.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("・", ", ")),
            fit: fit::fit(fitting, shell),
            stage: talk.map(|talk| stands(talk, shell).0),
            may_apply: talk.is_none() || is_interest,
        })
    }
}

impl Reason {
    fn of((condition, count): (Condition, usize), shell: &Shell) -> Self {
        let field = match condition {
            Condition::Apart => None,
            Condition::Region => Some("areas"),
            Condition::Track => Some("track"),
            Condition::Days => Some("days_to"),
            Condition::Contract => Some("contract"),
            Condition::Start => Some("free_from"),
            Condition::Pay => Some("pay_floor"),
        };
        let (href, name) = match field {
            Some(field) => (format!("/me/profile#field-{field}"), shell.t(&format!("field-profile-{field}"))),
            None => ("/me/visibility#blocks".to_owned(), shell.t("profiles-blocks-title")),
        };
        let change = shell.with("fits-change", "field", name);
        Self { text: fit::reason(condition, "me", shell), count, href, change }
    }
}
