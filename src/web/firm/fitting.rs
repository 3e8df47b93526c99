//! `/firm/{firm}/openings/{opening}/fitting`: the people who may suit an opening, as its firm may see them. Whom the firm may
//! not see stands neither in the list nor in a number; and numbers of people below five are not told.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::accounts::{FirmHand, FirmMember};
use crate::board::consents::{self, Seen, Viewer};
use crate::board::postings::{self, FIELDS, PostingError};
use crate::domain::{CandidateId, OpeningId};
use crate::search::shortlist::{self, Condition, SeenCandidates};
use crate::store::applications::{self as rows, Listed};
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, fit, page, person, wording};
use crate::web::talks::stands;

/// People who are shown at first, and at most.
const FEW: usize = 10;
const MANY: usize = 30;
/// A smaller number of people is not told.
const FEWEST: usize = 5;

#[derive(Template)]
#[template(path = "firm/fitting.html")]
struct Page {
    shell: Shell,
    firm: String,
    home: String,
    at: String,
    title: String,
    /// Whether the opening has a page to be written on.
    is_written: bool,
    people: Vec<One>,
    has_more: bool,
    cuts_a_tie: bool,
    /// What leaves people out, how many, and where the opening says it.
    reasons: Vec<(String, String, Option<String>)>,
    shares: Vec<fit::Share>,
}

/// The same for an opening that is not public.
#[derive(Template)]
#[template(path = "firm/fitting_not_yet.html")]
struct NotYet {
    shell: Shell,
    home: String,
}

#[derive(Template)]
#[template(path = "firm/fitting_one.html")]
struct Profile {
    shell: Shell,
    firm: String,
    home: String,
    list_at: String,
    title: String,
    one: One,
    rows: Vec<(String, String)>,
}

struct One {
    address: String,
    name: String,
    told: String,
    fit: fit::Fit,
    /// How far the two have come, where they talk; and the page of that.
    stage: Option<(String, String)>,
}

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    more: Option<String>,
}

/// `GET /firm/{firm}/openings/{opening}/fitting`
pub async fn show(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, opening)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let k = if asked.more.is_some() { MANY } else { FEW };
    let home = format!("/firm/{}", member.firm());
    let is_written = match postings::find(&web.db, member.firm(), id).await {
        Ok(_) => true,
        Err(PostingError::NotFound) => false,
        Err(other) => return Err(other.into()),
    };
    let Some(found) = shortlist::for_firm(&member, &web.db, id, k).await? else {
        // The page says so of the firm's own, and nothing of others.
        let opening = shown::opening(&web.db, id).await?;
        let is_own = is_written || opening.is_some_and(|one| one.firm == member.firm());
        return if is_own { page(&NotYet { shell, home }) } else { Err(Refusal::NotFound) };
    };
    let at = format!("{home}/openings/{id}");
    let talks = talks(&member, &web, id).await?;
    let (list, reasons) = (&found.list, found.reasons.iter());
    page(&Page {
        people: list.best.iter().filter_map(|one| One::of(one, &found, &talks, &shell)).collect(),
        has_more: list.allowed > k && k < MANY,
        cuts_a_tie: list.cuts_a_tie,
        reasons: reasons.map(|one| reason(*one, is_written.then_some(&at), &shell)).collect(),
        shares: fit::shares(&found.weights.weights.firm.named(), "firm", &shell),
        firm: found.firm.facts.name.clone(),
        title: found.opening.facts.title.clone(),
        is_written,
        home,
        at,
        shell,
    })
}

/// `GET /firm/{firm}/openings/{opening}/fitting/{candidate}`: the candidate reads that it was opened.
pub async fn one(
    shell: Shell,
    member: FirmMember,
    State(web): State<Web>,
    Path((_, opening, candidate)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let (opening, candidate): (OpeningId, CandidateId) =
        opening.parse().ok().zip(candidate.parse().ok()).ok_or(Refusal::NotFound)?;
    let found = shortlist::for_firm(&member, &web.db, opening, usize::MAX).await?.ok_or(Refusal::NotFound)?;
    let fitting = found.list.best.iter().find(|one| one.id == candidate).ok_or(Refusal::NotFound)?;
    let seen = found.seen.get(&candidate).ok_or(Refusal::NotFound)?;
    let talks = talks(&member, &web, opening).await?;
    let viewer = Viewer::from(&FirmHand::Own(member.clone()));
    consents::saw(&viewer, candidate, seen.scope, web.tools()).await?;
    let home = format!("/firm/{}", member.firm());
    page(&Profile {
        one: One::of(fitting, &found, &talks, &shell).ok_or(Refusal::NotFound)?,
        rows: person::rows(seen, &shell),
        firm: found.firm.facts.name.clone(),
        title: found.opening.facts.title.clone(),
        list_at: format!("{home}/openings/{opening}/fitting"),
        home,
        shell,
    })
}

/// Who of the firm's people talks about this opening.
async fn talks(
    member: &FirmMember,
    web: &Web,
    opening: OpeningId,
) -> Result<BTreeMap<CandidateId, Listed>, Refusal> {
    let all = rows::of_firm(&web.db, member.firm()).await?;
    let here = all.into_iter().filter(|one| one.row.opening().is_ok_and(|id| id == opening));
    Ok(here.filter_map(|one| Some((one.row.candidate().ok()?, one))).collect())
}

impl One {
    fn of(
        fitting: &shortlist::Fitting<CandidateId>,
        found: &SeenCandidates,
        talks: &BTreeMap<CandidateId, Listed>,
        shell: &Shell,
    ) -> Option<Self> {
        let seen = found.seen.get(&fitting.id)?;
        let home = format!("/firm/{}", found.firm.id);
        let talk = talks.get(&fitting.id).and_then(|talk| Some((talk.row.id().ok()?, talk)));
        Some(Self {
            address: format!("{home}/openings/{}/fitting/{}", found.opening.id, fitting.id),
            name: name(seen, shell),
            told: told(seen, shell),
            fit: fit::fit(fitting, shell),
            stage: talk.map(|(id, talk)| (stands(talk, shell).0, format!("{home}/applicants/{id}"))),
        })
    }
}

/// What the firm may call the person.
fn name(seen: &Seen, shell: &Shell) -> String {
    seen.name.clone().or_else(|| seen.headline.clone()).unwrap_or_else(|| shell.t("talks-somebody"))
}

/// The person in one line.
fn told(seen: &Seen, shell: &Shell) -> String {
    let lang = shell.lang;
    let parts = [
        seen.name.as_ref().and(seen.headline.clone()),
        seen.track.map(|track| wording::choice(track, lang)),
        seen.days.map(|days| wording::days(days, lang)),
        seen.free_from.map(|start| shell.with("fits-free-from", "when", wording::start(start, lang))),
        (!seen.skills.is_empty()).then(|| seen.skills.join("、")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("・", ", "))
}

fn reason(
    (condition, count): (Condition, usize),
    at: Option<&String>,
    shell: &Shell,
) -> (String, String, Option<String>) {
    let many = match count {
        0..FEWEST => shell.with("fits-count-few", "n", FEWEST),
        count => shell.with("fits-count-people", "n", count),
    };
    let field = match condition {
        Condition::Region => "remote_max",
        Condition::Track => "kind",
        Condition::Days => "days_min",
        Condition::Contract => "contract",
        Condition::Start => "start",
        // Firms are told of neither.
        Condition::Apart | Condition::Pay => "",
    };
    let step = FIELDS.iter().find(|spec| spec.name == field).map(|spec| spec.step.code());
    let place = at.zip(step).map(|(at, step)| format!("{at}/edit/{step}#field-{field}"));
    (fit::reason(condition, "firm", shell), many, place)
}
