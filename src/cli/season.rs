//! The demo's second round, which is under way: a president and a candidate who have met, with log-ins to look around, and
//! a window in which both rank.

use super::{Failure, Workplace};
use crate::accounts::{self, AccountError, NewAccount, Operator, SignedIn, SystemChance, Tools};
use crate::board::rankings::{self, NewWindow};
use crate::board::{applications, threads};
use crate::domain::{CandidateId, InterestKind, Role, Settings, Standing};
use crate::rounds;
use crate::store::newest::{self, Newest};
use crate::texts::Lang;

const HOUR: i64 = 60 * 60_000;
/// The openings that meet the candidates.
const OPENINGS: usize = 3;

/// The log-ins that are printed.
pub const PRESIDENT: &str = "president@example.jp";
/// The candidate's.
pub const CANDIDATE: &str = "candidate@example.jp";

/// Brings these candidates together with a few firms. `false` when there is nobody to be brought together.
pub async fn play(
    candidates: &[(CandidateId, String)],
    password: &str,
    workplace: &Workplace,
    lang: Lang,
) -> Result<bool, Failure> {
    let tools = Tools { db: &workplace.db, clock: &*workplace.clock, chance: &SystemChance };
    let open = newest::openings(tools.db, 200).await.map_err(|error| Failure::of_store(&error, lang))?;
    let today = workplace.clock.today();
    let is_open = |one: &Newest| {
        one.firm.may_be_named() && one.opening.facts.deadline.is_none_or(|deadline| deadline >= today)
    };
    let mut firms = std::collections::BTreeSet::new();
    let openings: Vec<Newest> = open
        .into_iter()
        .filter(|one| is_open(one) && firms.insert(one.opening.firm))
        .take(OPENINGS)
        .collect();
    if openings.is_empty() || candidates.is_empty() {
        return Ok(false);
    }
    let refused = |error: AccountError| Failure::bad_input(error.say(lang));
    let mut presidents = Vec::new();
    for (number, one) in openings.iter().enumerate() {
        let name = one.firm.president.clone().unwrap_or_else(|| one.firm.name.clone());
        let roles = vec![Role::Firm(one.opening.firm, Standing::Admin)];
        let who = enter(&numbered(PRESIDENT, number), name, roles, password, tools).await;
        presidents.push((one, who.map_err(refused)?));
    }
    for (number, (candidate, name)) in candidates.iter().enumerate() {
        let roles = vec![Role::Candidate(*candidate)];
        let who = enter(&numbered(CANDIDATE, number), name.clone(), roles, password, tools).await;
        meet(&who.map_err(refused)?, &presidents, tools, lang).await?;
    }
    open_window(tools, lang).await?;
    Ok(true)
}

/// `president@…`, `president2@…`, and so on.
fn numbered(mail: &str, number: usize) -> String {
    if number == 0 { mail.to_owned() } else { mail.replace('@', &format!("{}@", number + 1)) }
}

async fn enter(
    mail: &str,
    name: String,
    roles: Vec<Role>,
    password: &str,
    tools: Tools<'_>,
) -> Result<SignedIn, AccountError> {
    let new = NewAccount {
        mail: mail.to_owned(),
        name,
        lang: "ja".to_owned(),
        password: password.to_owned(),
        roles,
    };
    accounts::create_account(&new, tools).await?;
    let (_, token) = accounts::log_in(mail, password, &accounts::From::default(), tools).await?;
    let who = accounts::signed_in(tools.db, &token, tools.clock).await?;
    accounts::log_out(tools.db, &token).await?;
    who.ok_or(AccountError::WrongLogin)
}

/// The candidate applies everywhere, asks, is answered, and may be ranked.
async fn meet(
    who: &SignedIn,
    presidents: &[(&Newest, SignedIn)],
    tools: Tools<'_>,
    lang: Lang,
) -> Result<(), Failure> {
    let refused = |error: applications::ApplicationError| Failure::bad_input(error.say(lang));
    let Some(own) = who.candidate() else { return Ok(()) };
    for (one, president) in presidents {
        let applied = applications::apply(&own, one.opening.id, InterestKind::Application, tools).await;
        match applied {
            // The invented candidate hides from this firm.
            Err(applications::ApplicationError::Barred) => continue,
            other => other.map_err(refused)?,
        }
        let listed = crate::store::applications::of_candidate(tools.db, own.candidate()).await;
        let listed = listed.map_err(|error| Failure::of_store(&error, lang))?;
        let at = listed.iter().find(|row| row.row.opening().is_ok_and(|id| id == one.opening.id));
        let Some(id) = at.and_then(|row| row.row.id().ok()) else { continue };
        for (writer, text) in [(who, "demo-question"), (president, "demo-answer")] {
            let seat = threads::seat(tools.db, writer, id).await;
            let Some(seat) = seat.map_err(|error| Failure::of_store(&error, lang))? else { continue };
            threads::write(&seat, &tools.new_id(), &Lang::Ja.say(text), false, tools)
                .await
                .map_err(|error| Failure::bad_input(error.say(lang)))?;
        }
        if let Some(member) = president.member_of(one.opening.firm) {
            applications::advance(&member, id, "ready", tools).await.map_err(refused)?;
        }
    }
    Ok(())
}

/// A round whose lists are taken now.
async fn open_window(tools: Tools<'_>, lang: Lang) -> Result<(), Failure> {
    let operator = Operator::at_the_console();
    let round = rounds::new(&operator, tools.db, tools.clock, Settings::default())
        .await
        .map_err(|error| super::round::failure(&error, lang))?;
    let now = tools.now_ms();
    let window =
        NewWindow { opens_at: now - HOUR, closes_at: now + 14 * 24 * HOUR, ties: false, note: String::new() };
    rankings::set_window(&operator, round.number, &window, tools)
        .await
        .map_err(|error| Failure::bad_input(error.say(lang)))
}
