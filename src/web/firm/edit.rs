//! `/firm/{firm}/openings/{opening}/edit/{step}`: one page of the form. Each finding stands beside its field, with the law,
//! the words, and where there is one a text that can be taken over.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::asking::{field, label, why};
use crate::accounts::FirmHand;
use crate::board::postings::{
    self, FIELDS, Finding, Form as Fields, Grade, Posting, PostingError, Shape, Spec, Step,
};
use crate::domain::{FirmFacts, OpeningId};
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Field, Form, Refusal, Shell, draft, page_as};

#[derive(Template)]
#[template(path = "firm/edit.html")]
struct Page {
    shell: Shell,
    firm: String,
    at: String,
    by_proxy: bool,
    /// Whether what is typed is kept by itself.
    keeps_typing: bool,
    step: Step,
    version: i64,
    steps: Vec<(String, String, bool)>,
    fields: Vec<(Field, Vec<Said>)>,
    wrong: Vec<Field>,
    /// What somebody else saved meanwhile, where it differs from what was typed here.
    theirs: Vec<(String, String, String)>,
}

/// A finding in words.
pub struct Said {
    /// What is wrong.
    pub message: String,
    /// The law.
    pub article: String,
    /// How to mend it.
    pub remedy: String,
    /// Whether it blocks publication.
    pub blocks: bool,
    /// The text that can be taken over.
    pub corrected: Option<String>,
    /// What the button that takes it over sends.
    pub take: String,
}

impl Said {
    fn helps(&self) -> bool {
        !self.article.is_empty() || !self.remedy.is_empty() || self.corrected.is_some()
    }
}

/// In words.
pub fn said(finding: &Finding, shell: &Shell) -> Said {
    Said {
        message: finding.say(shell.lang),
        article: finding.article.clone(),
        remedy: finding.remedy().to_owned(),
        blocks: finding.grade == Grade::Error,
        corrected: finding.corrected.clone(),
        take: format!("{}:{}", finding.field, finding.id),
    }
}

type Params = Path<(String, String, String)>;

/// `GET …/edit/{step}`
pub async fn show(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening, step)): Params,
) -> Result<Response, Refusal> {
    let (posting, step, firm) = found(&hand, &web, &opening, &step).await?;
    let form = posting.form.clone();
    draw(StatusCode::OK, shell, &hand, &web, &posting, step, &firm, &form, Vec::new())
}

/// `POST …/edit/{step}`: saves what was typed, whatever it is; then on to the next page, or back to this one with a text
/// taken over.
pub async fn save(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening, step)): Params,
    Form(mut typed): Form<Fields>,
) -> Result<Response, Refusal> {
    let (posting, step, firm) = found(&hand, &web, &opening, &step).await?;
    let version = version(&mut typed);
    let take = typed.remove("take");
    untick(&mut typed, step);
    if let Some((field, corrected)) =
        take.as_deref().and_then(|take| taken(take, &posting, &typed, &firm, &web))
    {
        typed.insert(field, corrected);
    }
    let (by, with, fields, id) = (hand.clone(), web.clone(), typed.clone(), posting.id);
    let saved = to_the_end(async move { Ok(postings::save(&by, id, &fields, version, with.tools()).await) });
    let at = format!("/firm/{}/openings/{id}", hand.firm());
    match saved.await? {
        Ok(saved) if take.is_some() => {
            let form = saved.form.clone();
            draw(StatusCode::OK, shell, &hand, &web, &saved, step, &firm, &form, Vec::new())
        }
        Ok(_) => {
            let next = step.next().map_or(at.clone(), |next| format!("{at}/edit/{}", next.code()));
            Ok(Redirect::to(&next).into_response())
        }
        Err(PostingError::Conflict(now)) => {
            let mut mine = now.form.clone();
            mine.extend(typed);
            let differ = |spec: &&Spec| {
                let value = |form: &Fields| form.get(spec.name).cloned().unwrap_or_default();
                spec.step == step && value(&mine).trim() != value(&now.form).trim()
            };
            let theirs = FIELDS.iter().filter(differ).map(|spec| {
                let value = |form: &Fields| form.get(spec.name).cloned().unwrap_or_default();
                (shell.t(&label(spec.name)), value(&mine), value(&now.form))
            });
            let theirs = theirs.collect();
            draw(StatusCode::CONFLICT, shell, &hand, &web, &now, step, &firm, &mine, theirs)
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST …/edit/{step}/draft`: keeps what is being typed.
pub async fn keep(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening, step)): Params,
    Form(mut typed): Form<Fields>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let step = Step::from_code(&step).ok_or(Refusal::NotFound)?;
    let from = version(&mut typed);
    untick(&mut typed, step);
    let now = web.clock.now_ms();
    let kept = to_the_end(async move { Ok(postings::keep(&hand, id, &typed, from, web.tools()).await) });
    match kept.await? {
        Ok(kept) => Ok(draft::kept(kept.version, now)),
        Err(PostingError::Conflict(_)) => Ok(draft::conflict()),
        Err(PostingError::WrongStage) => Ok(draft::stopped(&shell.t("postings-typing-stopped"))),
        Err(other) => Err(other.into()),
    }
}

fn version(typed: &mut Fields) -> i64 {
    typed.remove("version").and_then(|version| version.parse().ok()).unwrap_or(0)
}

/// A box that is not ticked is not sent at all.
fn untick(typed: &mut Fields, step: Step) {
    for spec in FIELDS.iter().filter(|spec| spec.step == step && spec.shape == Shape::Check) {
        typed.entry(spec.name.to_owned()).or_default();
    }
}

/// The field and text of the finding that was to be taken over, in what is typed now.
fn taken(
    take: &str,
    posting: &Posting,
    typed: &Fields,
    firm: &FirmFacts,
    web: &Web,
) -> Option<(String, String)> {
    let (field, id) = take.split_once(':')?;
    let mut form = posting.form.clone();
    form.extend(typed.clone());
    let checked = postings::check(&form, firm, web.clock.today());
    let finding = checked.findings.into_iter().find(|finding| finding.field == field && finding.id == id)?;
    Some((field.to_owned(), finding.corrected?))
}

async fn found(
    hand: &FirmHand,
    web: &Web,
    opening: &str,
    step: &str,
) -> Result<(Posting, Step, FirmFacts), Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let step = Step::from_code(step).ok_or(Refusal::NotFound)?;
    let posting = postings::find(&web.db, hand.firm(), id).await?;
    let firm = shown::firm(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    Ok((posting, step, firm.facts))
}

#[expect(clippy::too_many_arguments, reason = "a page is drawn of what its three handlers found")]
fn draw(
    status: StatusCode,
    shell: Shell,
    hand: &FirmHand,
    web: &Web,
    posting: &Posting,
    step: Step,
    firm: &FirmFacts,
    form: &Fields,
    theirs: Vec<(String, String, String)>,
) -> Result<Response, Refusal> {
    let checked = postings::check(form, firm, web.clock.today());
    let contract = postings::contract_of(form);
    let at = format!("/firm/{}/openings/{}", hand.firm(), posting.id);
    // A page that nobody has filled in yet is not full of reproaches.
    let is_begun = FIELDS.iter().any(|spec| {
        let given = matches!(spec.name, "seats" | "recruiter_name" | "dispatch_flag");
        spec.step == step && !given && form.contains_key(spec.name)
    });
    let mut fields = Vec::new();
    for spec in FIELDS.iter().filter(|spec| spec.step == step && spec.is_asked(contract)) {
        let of_it = checked.findings.iter().filter(|finding| is_begun && finding.field == spec.name);
        let mut of_it: Vec<Said> = of_it.map(|finding| said(finding, &shell)).collect();
        let mut field = field(spec, form, &shell)
            .because(
                &shell,
                why(spec, contract, web.clock.today(), &shell),
                if spec.inward { "firm-and-desk" } else { "everybody" },
                "posting",
            )
            .folded();
        if let Some(first) = of_it.iter().position(|said| said.blocks) {
            field.error = Some(of_it[first].message.clone());
            of_it.rotate_left(first);
            // The field itself says what is wrong; only what helps to mend it stands below.
            of_it.retain(|said| said.helps() || field.error.as_ref() != Some(&said.message));
        }
        fields.push((field, of_it));
    }
    let wrong =
        fields.iter().map(|(field, _)| field).filter(|field| field.error.is_some()).cloned().collect();
    let steps = Step::ALL.map(|one| {
        (format!("{at}/edit/{}", one.code()), shell.t(&format!("postings-step-{}", one.code())), one == step)
    });
    page_as(
        status,
        &Page {
            firm: firm.name.clone(),
            by_proxy: hand.is_proxy(),
            keeps_typing: posting.keeps_typing(),
            version: posting.version,
            steps: steps.to_vec(),
            fields,
            wrong,
            theirs,
            shell,
            at,
            step,
        },
    )
}
