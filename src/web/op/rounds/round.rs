//! `/op/rounds/{n}`: how far a round has come, what to do next, its audit, its histogram and its pairs.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::histogram::Histogram;
use super::{mechanism, number, refuse, stage};
use crate::domain::StageName;
use crate::rounds::{self, PairView, View};
use crate::search::shortlist::Weights;
use crate::store::{Db, StoreError, shown};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, fit, page, wording};

/// Pairs a page: each is looked up by name.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "op/rounds/round.html")]
struct Page {
    shell: Shell,
    view: View,
    stages: Vec<(String, bool)>,
    facts: Vec<(String, String)>,
    /// What counted how much in stand-in lists, for candidates and for firms; empty for a draft.
    weights: Vec<(String, Vec<fit::Share>)>,
    checklist: Vec<(String, u32)>,
    /// Whether one score explains both sides' lists.
    one_score: bool,
    checks: Vec<(String, String, bool)>,
    is_clean: bool,
    histograms: Vec<Histogram>,
    pairs: Vec<Pair>,
    before: Option<usize>,
    after: Option<usize>,
}

struct Pair {
    view: PairView,
    person: String,
    title: String,
    firm: String,
}

/// Which pairs.
#[derive(Deserialize)]
pub struct Part {
    from: Option<usize>,
}

/// `GET /op/rounds/{n}`
pub async fn show(
    shell: Shell,
    Signed(_): Signed,
    State(web): State<Web>,
    Path(round): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    let view = rounds::show(&web.db, Some(number(&round)?)).await;
    let view = view.map_err(|error| refuse(error, shell.lang))?;
    let from = part.from.unwrap_or(0).min(view.pairs.len());
    let mut pairs = Vec::new();
    for pair in view.pairs.iter().skip(from).take(PAGE) {
        pairs.push(named(&web.db, pair).await?);
    }
    let next = from + PAGE;
    page(&Page {
        stages: StageName::ALL.map(|one| (stage(one, shell.lang), one == view.stage)).to_vec(),
        facts: facts(&view, &shell),
        weights: weights(&view, &shell),
        checklist: checklist(&view, &shell),
        one_score: view.checklist.one_score,
        checks: checks(&view, &shell),
        is_clean: view.intact && view.audit.as_ref().is_some_and(|audit| audit.is_clean()),
        histograms: histograms(&view, &shell),
        before: (from > 0).then(|| from.saturating_sub(PAGE)),
        after: (next < view.pairs.len()).then_some(next),
        pairs,
        view,
        shell,
    })
}

async fn named(db: &Db, pair: &PairView) -> Result<Pair, StoreError> {
    let person = shown::candidate(db, pair.candidate_id).await?;
    let opening = shown::opening(db, pair.opening_id).await?;
    let firm = match &opening {
        Some(opening) => shown::firm(db, opening.firm).await?,
        None => None,
    };
    Ok(Pair {
        view: pair.clone(),
        person: person.map(|one| one.facts.name).unwrap_or_default(),
        title: opening.map(|one| one.facts.title).unwrap_or_default(),
        firm: firm.map(|one| one.facts.name).unwrap_or_default(),
    })
}

fn facts(view: &View, shell: &Shell) -> Vec<(String, String)> {
    let lang = shell.lang;
    let when = |stamp: &Option<crate::domain::Stamp>| {
        stamp.as_ref().map(|stamp| format!("{} ({})", wording::minute(stamp.at_ms, lang), stamp.by))
    };
    let took = |ms: Option<i64>| ms.map(|ms| shell.with("web-round-ms", "ms", ms));
    let rows = [
        ("web-round-mechanism", Some(mechanism(view.settings.mechanism, lang))),
        ("web-round-seed-used", Some(view.settings.seed.to_string())),
        ("web-round-top-k", Some(view.settings.top_k.to_string())),
        ("web-round-parent", view.parent.as_ref().map(|one| shell.with("web-round-number", "n", one.round))),
        ("web-round-made", when(&Some(view.made.clone()))),
        ("web-round-frozen", when(&view.frozen)),
        ("web-round-proposed", when(&view.proposed)),
        ("web-round-published", when(&view.published)),
        ("web-round-took-freeze", took(view.times.freeze_ms)),
        ("web-round-took-matching", took(view.times.matching_ms)),
        ("web-round-took-audit", took(view.times.audit_ms)),
    ];
    rows.into_iter().filter_map(|(key, value)| Some((shell.t(key), value?))).collect()
}

fn weights(view: &View, shell: &Shell) -> Vec<(String, Vec<fit::Share>)> {
    let kept = view.settings.weights.clone();
    let Some(kept) = kept.and_then(|kept| serde_json::from_value::<Weights>(kept).ok()) else {
        return Vec::new();
    };
    vec![
        (shell.t("fits-weights-me"), fit::shares(&kept.candidate.named(), "me", shell)),
        (shell.t("fits-weights-firm"), fit::shares(&kept.firm.named(), "firm", shell)),
    ]
}

/// Whom the round takes in and whom it leaves out. What does not occur is left out.
fn checklist(view: &View, shell: &Shell) -> Vec<(String, u32)> {
    let list = &view.checklist;
    let always = [
        ("web-check-candidates", list.candidates.total()),
        ("web-check-openings", list.openings.total()),
        ("web-check-seats", list.seats),
    ];
    let sometimes = [
        ("web-check-candidates-certified", list.candidates.certified),
        ("web-check-candidates-imported", list.candidates.imported),
        ("web-check-candidates-shortlist", list.candidates.shortlist),
        ("web-check-openings-certified", list.openings.certified),
        ("web-check-openings-imported", list.openings.imported),
        ("web-check-openings-shortlist", list.openings.shortlist),
        ("web-check-nothing", list.candidates.nothing + list.openings.nothing),
        ("web-check-ties", list.candidates.with_ties + list.openings.with_ties),
        ("web-check-cut-off", u32::try_from(list.cut_off).unwrap_or(u32::MAX)),
        ("web-check-couples", list.couples),
        ("web-check-drafts", list.drafts),
        ("web-check-unconsented", list.unconsented),
        ("web-check-out-placed", list.left_out.placed),
        ("web-check-out-filled", list.left_out.filled),
        ("web-check-out-unconsented", list.left_out.unconsented),
        ("web-check-out-drafts", list.left_out.drafts),
        ("rankings-op-uncertified", list.left_out.uncertified),
    ];
    let sometimes = sometimes.into_iter().filter(|(_, count)| *count > 0);
    always.into_iter().chain(sometimes).map(|(key, count)| (shell.t(key), count)).collect()
}

/// What was audited, the finding, and whether it is good.
fn checks(view: &View, shell: &Shell) -> Vec<(String, String, bool)> {
    let Some(audit) = &view.audit else { return Vec::new() };
    let (problems, blocking) = (audit.problems.len(), audit.blocking_pairs.len());
    [
        ("web-audit-intact", usize::from(!view.intact)),
        ("web-audit-problems", problems),
        ("web-audit-blocking", blocking),
    ]
    .map(|(key, found)| (shell.t(key), found.to_string(), found == 0))
    .to_vec()
}

fn histograms(view: &View, shell: &Shell) -> Vec<Histogram> {
    let Some(audit) = &view.audit else { return Vec::new() };
    [("web-histogram-candidates", &audit.candidate_ranks), ("web-histogram-openings", &audit.opening_ranks)]
        .into_iter()
        .filter_map(|(key, ranks)| Histogram::new(shell.t(key), ranks, shell))
        .collect()
}
