//! Interest and application: two levels, one of them anonymous. Whoever is asked owes an answer by a day that both know.
//!
//! 気になる lets the firm see the profile without the name; 応募 lets it know who applies. Both are consents and can be taken
//! back. Not useful for what was said in between (threads), nor for ranking, which begins where talks have.

use super::consents::{self, ConsentError};
use super::visits;
use crate::accounts::{CandidateHand, CandidateSelf, FirmMember, Tools};
use crate::domain::{
    ApplicationId, Changes, Interest, InterestKind, Letter, OpeningId, Person, Recipient, RoleKind, Scope,
};
use crate::store::applications::{self as rows, Row, State};
use crate::store::{StoreError, Tx, letters, people, region, shown};
use crate::texts::Lang;

pub use crate::store::applications::Listed;

const DAY: i64 = 24 * 60 * 60_000;
/// An answer is owed within a week.
const ANSWER: i64 = 7 * DAY;
/// For this long a withdrawal can be undone.
pub const UNDO: i64 = 10 * 60_000;

/// Why an application does not move.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// There is none, it is another's, or the opening is not open: the answer is the same.
    #[error("there is no such application")]
    NotFound,
    /// The candidate hides from this firm.
    #[error("the candidate hides from this firm")]
    Barred,
    /// It stands where this cannot be done.
    #[error("the stage of the application does not allow it")]
    WrongStage,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ApplicationError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => lang.say("talks-not-found"),
            Self::Barred => lang.say("talks-barred"),
            Self::WrongStage => lang.say("talks-wrong-stage"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

impl From<ConsentError> for ApplicationError {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::NotFound => Self::NotFound,
            ConsentError::Barred => Self::Barred,
            ConsentError::Store(cause) => cause.into(),
        }
    }
}

/// Shows interest in, or applies for, an opening that is open. The same twice is once; interest may become an application,
/// an application does not fall back.
///
/// # Errors
/// [`ApplicationError::NotFound`] for an opening that may not be shown or is over; [`ApplicationError::Barred`].
pub async fn apply(
    candidate: &CandidateSelf,
    opening: OpeningId,
    level: InterestKind,
    tools: Tools<'_>,
) -> Result<(), ApplicationError> {
    let now = tools.now_ms();
    let known = shown::opening(tools.db, opening).await?.ok_or(ApplicationError::NotFound)?;
    let firm = shown::firm(tools.db, known.firm).await?.ok_or(ApplicationError::NotFound)?;
    let is_open = known.blocks.is_empty()
        && firm.facts.may_be_named()
        && known.facts.deadline.is_none_or(|deadline| deadline >= tools.clock.today());
    if !is_open {
        return Err(ApplicationError::NotFound);
    }
    let members = holders(RoleKind::Firm, &firm.id.to_string(), tools).await?;
    let hand = CandidateHand::Own(candidate.clone());
    let mut tx = tools.db.begin().await?;
    let former = rows::between(&mut tx, candidate.candidate(), opening).await?;
    if let Some(former) = &former {
        if former.stage == "declined" {
            return Err(ApplicationError::WrongStage);
        }
        let is_live = former.stage != "withdrawn";
        if is_live && (former.level == "applied" || level == InterestKind::Interested) {
            // A second click.
            return Ok(());
        }
    }
    let scope = match level {
        InterestKind::Application => Scope::Identity,
        InterestKind::Interested => Scope::Profile,
    };
    consents::grant_in(&mut tx, &hand, firm.id, scope, tools).await?;
    let applied = level == InterestKind::Application;
    let answer_by = applied.then_some(now + ANSWER);
    let state = State {
        level: if applied { "applied" } else { "interested" },
        stage: "new",
        waits_for: if applied { "firm" } else { "" },
        answer_by,
        reason: None,
    };
    let by = (Some(candidate.person().to_string()), "candidate");
    let id = rows::set(&mut tx, &tools.new_id(), candidate.candidate(), opening, state, now).await?;
    rows::step(&mut tx, &tools.new_id(), &id, "new", None, by, now).await?;
    let interest = Interest {
        candidate: candidate.candidate(),
        opening,
        kind: Some(level),
        channel: Some("web".to_owned()),
        on: Some(tools.clock.today()),
        memo: None,
    };
    region::save(&mut tx, &Changes { interests: vec![interest], ..Changes::default() }, now).await?;
    if let Some(answer_by) = answer_by {
        let path = format!("/firm/{}/applicants", firm.id);
        let letter = Letter::ApplicationReceived { title: known.facts.title.clone(), answer_by, path };
        tell(&mut tx, &members, &letter, tools).await?;
    }
    Ok(tx.commit().await?)
}

/// Withdraws. Within ten minutes [`undo`] brings it back.
///
/// # Errors
/// [`ApplicationError::NotFound`] for another's.
pub async fn withdraw(
    candidate: &CandidateSelf,
    id: ApplicationId,
    tools: Tools<'_>,
) -> Result<(), ApplicationError> {
    let mut tx = tools.db.begin().await?;
    let row = own(&mut tx, candidate, id).await?;
    match row.stage.as_str() {
        "withdrawn" => return Ok(()),
        "declined" => return Err(ApplicationError::WrongStage),
        _ => {}
    }
    // What it was is kept in the reason, for who changes their mind at once.
    let former = format!("{}:{}", row.stage, row.waits_for);
    let state = State {
        level: &row.level,
        stage: "withdrawn",
        waits_for: "",
        answer_by: None,
        reason: Some(&former),
    };
    to(&mut tx, &row, state, (Some(candidate.person().to_string()), "candidate"), None, tools).await?;
    Ok(tx.commit().await?)
}

/// Takes a withdrawal back.
///
/// # Errors
/// [`ApplicationError::WrongStage`] after ten minutes.
pub async fn undo(
    candidate: &CandidateSelf,
    id: ApplicationId,
    tools: Tools<'_>,
) -> Result<(), ApplicationError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let row = own(&mut tx, candidate, id).await?;
    if row.stage != "withdrawn" {
        return Ok(());
    }
    if now - row.stage_at > UNDO {
        return Err(ApplicationError::WrongStage);
    }
    let (stage, waits_for) =
        row.reason.as_deref().and_then(|former| former.split_once(':')).unwrap_or(("new", ""));
    let answer_by = (!waits_for.is_empty()).then_some(now + ANSWER);
    let state = State { level: &row.level, stage, waits_for, answer_by, reason: None };
    to(&mut tx, &row, state, (Some(candidate.person().to_string()), "candidate"), None, tools).await?;
    Ok(tx.commit().await?)
}

/// Whether an application is under way: nobody has ended it, and the firm may know who it is.
pub fn is_live(one: &Listed) -> bool {
    let has_ended = matches!(one.row.stage.as_str(), "declined" | "withdrawn");
    !has_ended && one.row.level == "applied" && one.knows_name
}

/// The steps a firm may take with an application, in order.
pub const STEPS: [&str; 5] = ["talk", "visit", "proposal", "interview", "ready"];

/// The firm answers or goes on: to a talk, a visit, a proposal, an interview, or ready to be ranked.
///
/// # Errors
/// [`ApplicationError::NotFound`] for another firm's; [`ApplicationError::WrongStage`] for what is over, or a step that
/// leads back.
pub async fn advance(
    member: &FirmMember,
    id: ApplicationId,
    step: &str,
    tools: Tools<'_>,
) -> Result<(), ApplicationError> {
    let step = STEPS.into_iter().find(|known| *known == step).ok_or(ApplicationError::NotFound)?;
    let mut tx = tools.db.begin().await?;
    let row = of_firm(&mut tx, member, id).await?;
    if row.stage == step {
        return Ok(());
    }
    let place = |stage: &str| STEPS.iter().position(|known| *known == stage);
    let is_on = row.level == "applied" && (row.stage == "new" || place(&row.stage) < place(step));
    if !is_on || matches!(row.stage.as_str(), "declined" | "withdrawn") {
        return Err(ApplicationError::WrongStage);
    }
    let state = State { level: &row.level, stage: step, waits_for: "", answer_by: None, reason: None };
    to(&mut tx, &row, state, (Some(member.person().to_string()), "firm"), None, tools).await?;
    inform(&mut tx, &row, tools).await?;
    Ok(tx.commit().await?)
}

/// The firm declines, with the words that the candidate reads.
///
/// # Errors
/// [`ApplicationError::NotFound`] for another firm's; [`ApplicationError::WrongStage`] for what is over.
pub async fn decline(
    member: &FirmMember,
    id: ApplicationId,
    words: &str,
    tools: Tools<'_>,
) -> Result<(), ApplicationError> {
    let mut tx = tools.db.begin().await?;
    let row = of_firm(&mut tx, member, id).await?;
    match row.stage.as_str() {
        "declined" => return Ok(()),
        "withdrawn" => return Err(ApplicationError::WrongStage),
        _ => {}
    }
    let state =
        State { level: &row.level, stage: "declined", waits_for: "", answer_by: None, reason: Some(words) };
    to(&mut tx, &row, state, (Some(member.person().to_string()), "firm"), Some(words), tools).await?;
    inform(&mut tx, &row, tools).await?;
    Ok(tx.commit().await?)
}

/// Reminds firms, two days before, of the answers that they owe; each answer once. How many letters.
///
/// # Errors
/// The database's; the next turn tries again.
pub async fn remind(tools: Tools<'_>) -> Result<usize, StoreError> {
    let now = tools.now_ms();
    let mut sent = 0;
    for one in rows::due(tools.db, now, now + 2 * DAY).await? {
        let firm = one.row.firm()?;
        let members = people::holders(tools.db, RoleKind::Firm, &firm.to_string(), now).await?;
        let answer_by = one.row.answer_by.unwrap_or(now);
        let path = format!("/firm/{firm}/applicants/{}", one.row.id()?);
        let letter = Letter::AnswerDue { title: one.title.clone(), answer_by, path };
        let once = rows::reminder(&one.row);
        let mut tx = tools.db.begin().await?;
        // The first letter carries the name for all of them.
        let mut name = Some(once.as_str());
        for person in &members {
            let Some(mail) = &person.mail else { continue };
            let to = Recipient { person: Some(person.id), address: mail.clone(), lang: person.lang.clone() };
            if !letters::post(&mut tx, &tools.new_id(), &letter, &to, name, now).await? {
                break;
            }
            (name, sent) = (None, sent + 1);
        }
        tx.commit().await?;
    }
    Ok(sent)
}

async fn own(tx: &mut Tx, candidate: &CandidateSelf, id: ApplicationId) -> Result<Row, ApplicationError> {
    let row = rows::find(tx, id).await?.ok_or(ApplicationError::NotFound)?;
    if row.candidate()? == candidate.candidate() { Ok(row) } else { Err(ApplicationError::NotFound) }
}

async fn of_firm(tx: &mut Tx, member: &FirmMember, id: ApplicationId) -> Result<Row, ApplicationError> {
    let row = rows::find(tx, id).await?.ok_or(ApplicationError::NotFound)?;
    if row.firm()? == member.firm() { Ok(row) } else { Err(ApplicationError::NotFound) }
}

async fn to(
    tx: &mut Tx,
    row: &Row,
    state: State<'_>,
    by: (Option<String>, &str),
    note: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), ApplicationError> {
    let now = tools.now_ms();
    let id = rows::set(tx, &row.id()?.to_string(), row.candidate()?, row.opening()?, state, now).await?;
    rows::step(tx, &tools.new_id(), &id, state.stage, note, by, now).await?;
    if matches!(state.stage, "declined" | "withdrawn") {
        visits::release_all(tx, row.candidate()?, row.opening()?, tools).await?;
    }
    Ok(())
}

/// Tells the candidate that something moved; what, stands behind the log-in.
async fn inform(tx: &mut Tx, row: &Row, tools: Tools<'_>) -> Result<(), ApplicationError> {
    let whom = holders(RoleKind::Candidate, &row.candidate()?.to_string(), tools).await?;
    let opening = shown::opening(tools.db, row.opening()?).await?.ok_or(ApplicationError::NotFound)?;
    let letter = Letter::ApplicationMoved { title: opening.facts.title, path: "/me/applications".to_owned() };
    Ok(tell(tx, &whom, &letter, tools).await?)
}

/// Whoever acts as this candidate or for this firm.
pub(super) async fn holders(
    kind: RoleKind,
    scope: &str,
    tools: Tools<'_>,
) -> Result<Vec<Person>, StoreError> {
    people::holders(tools.db, kind, scope, tools.now_ms()).await
}

/// Writes the same letter to each who has an address.
pub(super) async fn tell(
    tx: &mut Tx,
    people: &[Person],
    letter: &Letter,
    tools: Tools<'_>,
) -> Result<(), StoreError> {
    for person in people {
        let Some(mail) = &person.mail else { continue };
        let to = Recipient { person: Some(person.id), address: mail.clone(), lang: person.lang.clone() };
        letters::post(tx, &tools.new_id(), letter, &to, None, tools.now_ms()).await?;
    }
    Ok(())
}
