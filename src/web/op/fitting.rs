//! `/op/fitting/…`: what the desk sees of a shortlist: who may suit whom, with points, and by name what leaves others out.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::accounts::CandidateHand;
use crate::domain::{Candidate, CandidateId, Opening, OpeningId};
use crate::search::shortlist::{self, Condition, InForce, Shortlist};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, Signed, fit, page, wording};

/// Partners that are shown.
const BEST: usize = 30;
/// Names told for each condition.
const NAMED: usize = 50;

#[derive(Template)]
#[template(path = "op/fitting.html")]
struct Page {
    shell: Shell,
    title: String,
    /// The case to which it belongs.
    case: String,
    name: String,
    /// Something to know about the list.
    note: Option<String>,
    partners: Vec<One>,
    /// How many there are, and how many are left out.
    counts: String,
    cuts_a_tie: bool,
    reasons: Vec<Reason>,
    /// Since when the weights hold, and by whom they were set.
    set: String,
    shares: Vec<fit::Share>,
}

struct One {
    place: String,
    name: String,
    told: String,
    fit: fit::Fit,
}

/// A condition, how many it leaves out, and the first of them.
struct Reason {
    text: String,
    count: usize,
    named: Vec<(String, String)>,
    more: usize,
}

/// A partner as the page names it: where its own list is, its name, and a line about it.
type Named = (String, String, String);

/// `GET /op/fitting/candidate/{candidate}`
pub async fn of_candidate(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: CandidateId = id.parse().map_err(|_| Refusal::NotFound)?;
    let hand = CandidateHand::Proxy(operator, id);
    let found = shortlist::for_candidate(&hand, &web.db, web.clock.today(), BEST).await?;
    let found = found.ok_or(Refusal::NotFound)?;
    let named = |id: OpeningId| {
        let (opening, firm) = found.of(id)?;
        Some(opening_named(opening, &firm.facts.name))
    };
    let facts = &found.candidate.facts;
    let shares = fit::shares(&found.weights.weights.candidate.named(), "me", &shell);
    let of_list = Page::of(&found.list, &found.weights, named, shell.clone());
    page(&Page {
        title: shell.t("fits-desk-of-candidate"),
        case: format!("/op/cases/candidate/{id}"),
        name: facts.name.clone(),
        note: (!facts.may_be_found()).then(|| shell.t("fits-desk-not-found")),
        shares,
        ..of_list
    })
}

/// `GET /op/fitting/opening/{opening}`
pub async fn of_opening(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: OpeningId = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = shortlist::for_opening(&operator, &web.db, id, BEST).await?.ok_or(Refusal::NotFound)?;
    let named = |id: CandidateId| found.of(id).map(|candidate| candidate_named(candidate, &shell));
    let shares = fit::shares(&found.weights.weights.firm.named(), "firm", &shell);
    let of_list = Page::of(&found.list, &found.weights, named, shell.clone());
    page(&Page {
        title: shell.t("fits-desk-of-opening"),
        case: format!("/op/cases/firm/{}", found.firm.id),
        name: format!("{}（{}）", found.opening.facts.title, found.firm.facts.name),
        note: Some(shell.t("fits-desk-found-alone")),
        shares,
        ..of_list
    })
}

fn opening_named(opening: &Opening, firm: &str) -> Named {
    let code = opening.code.as_deref().unwrap_or_default();
    let told = format!("{firm} {code}");
    (format!("/op/fitting/opening/{}", opening.id), opening.facts.title.clone(), told)
}

fn candidate_named(candidate: &Candidate, shell: &Shell) -> Named {
    let facts = &candidate.facts;
    let told = [
        facts.headline.clone(),
        facts.track.map(|track| wording::choice(track, shell.lang)),
        facts.days.map(|days| wording::days(days, shell.lang)),
    ];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join("・");
    (format!("/op/fitting/candidate/{}", candidate.id), facts.name.clone(), told)
}

impl Page {
    fn of<Id: Copy>(
        list: &Shortlist<Id>,
        weights: &InForce,
        named: impl Fn(Id) -> Option<Named>,
        shell: Shell,
    ) -> Self {
        let one = |fitting: &shortlist::Fitting<Id>| {
            let (place, name, told) = named(fitting.id)?;
            Some(One { place, name, told, fit: fit::fit(fitting, &shell) })
        };
        let reason = |(condition, count): (Condition, usize)| {
            let out = list.excluded.iter().filter(|(_, against)| against.contains(&condition));
            let names = out.take(NAMED).filter_map(|(id, _)| named(*id));
            Reason {
                text: fit::reason(condition, "desk", &shell),
                count,
                named: names.map(|(place, name, told)| (place, format!("{name} {told}"))).collect(),
                more: count.saturating_sub(NAMED),
            }
        };
        let set = match &weights.set {
            Some((at, by)) => {
                let at = wording::minute(*at, shell.lang);
                shell.lang.say_with("fits-desk-set", &[("at", &at), ("by", by)])
            }
            None => shell.t("fits-weights-never"),
        };
        Self {
            title: String::new(),
            case: String::new(),
            name: String::new(),
            note: None,
            partners: list.best.iter().filter_map(one).collect(),
            counts: shell.lang.say_with(
                "fits-desk-counts",
                &[("allowed", &list.allowed), ("excluded", &list.excluded.len())],
            ),
            cuts_a_tie: list.cuts_a_tie,
            reasons: list.reasons().into_iter().map(reason).collect(),
            set,
            shares: Vec::new(),
            shell,
        }
    }
}
