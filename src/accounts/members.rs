//! Giving roles and taking them away: invitations, members of a firm, people who ask to join one.

use std::collections::BTreeMap;

use super::register::{Checked, checked_mail, write};
use super::tickets::{self, Kind};
use super::{
    AccountError, Administrator, Fault, FirmMember, Operator, SignedIn, Token, Tools, note, sessions,
};
use crate::domain::{FirmId, Letter, PartnerId, Person, PersonId, Recipient, Role, RoleKind, Standing};
use crate::store::tickets as rows;
use crate::store::{Tx, journal, letters, partners, people, sessions as session_rows};

/// Who invites. Only what one may give is given.
#[derive(Clone, Copy, Debug)]
pub enum Inviter<'a> {
    /// An operator: candidates, members of firms, partners, and colleagues of the own desk.
    Operator(&'a Operator, &'a SignedIn),
    /// Who decides for a firm: members of that firm.
    Firm(&'a FirmMember),
    /// The administrator: also the secretariat and administrators.
    Administrator(&'a Administrator),
}

impl Inviter<'_> {
    fn may_give(&self, role: &Role) -> bool {
        match self {
            Self::Operator(_, signed_in) => match role {
                Role::Candidate(_) | Role::Firm(..) | Role::Partner(_) => true,
                Role::Operator { .. } => signed_in.person().roles.contains(role),
                Role::Secretariat | Role::Administrator => false,
            },
            Self::Firm(member) => {
                member.is_admin() && matches!(role, Role::Firm(firm, _) if *firm == member.firm())
            }
            Self::Administrator(_) => matches!(role, Role::Secretariat | Role::Administrator),
        }
    }

    fn person(&self) -> Option<PersonId> {
        match self {
            Self::Operator(operator, _) => operator.person(),
            Self::Firm(member) => Some(member.person()),
            Self::Administrator(administrator) => administrator.person(),
        }
    }
}

/// Sends an invitation. `by` and `place` are how the letter names the inviter and the firm or desk.
///
/// # Errors
/// [`AccountError::Faults`] for what is no address; [`AccountError::NotYours`] for a role that is not one's to give.
pub async fn invite(
    inviter: Inviter<'_>,
    mail: &str,
    role: &Role,
    by: &str,
    place: Option<&str>,
    lang: &str,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let mail = checked_mail(mail)?;
    if !inviter.may_give(role) {
        return Err(AccountError::NotYours);
    }
    let mut tx = tools.db.begin().await?;
    let new = tickets::New {
        kind: Kind::Invite,
        mail: &mail,
        person: None,
        facts: written(role, place),
        made_by: inviter.person(),
    };
    let (by, place, kind) = (by.to_owned(), place.map(str::to_owned), role.kind());
    tickets::send(&mut tx, new, lang, |path| Letter::Invitation { by, role: kind, place, path }, tools)
        .await?;
    Ok(tx.commit().await?)
}

/// The partner of this name, written down where the desk did not know it yet. The firms whose 紹介元 is this name are the
/// partner's.
///
/// # Errors
/// [`AccountError::Faults`] for what is no name.
pub async fn partner(operator: &Operator, name: &str, tools: Tools<'_>) -> Result<PartnerId, AccountError> {
    let name = name.trim();
    if !(2..=80).contains(&name.chars().count()) {
        return Err(AccountError::Faults(vec![Fault { field: "code", text: "accounts-partner-name" }]));
    }
    if let Some(known) = partners::by_name(tools.db, name).await? {
        return Ok(known);
    }
    let (id, now) = (tools.id::<PartnerId>(), tools.now_ms());
    let mut tx = tools.db.begin().await?;
    partners::add(&mut tx, id, name, "", now).await?;
    let entry = journal::Entry {
        at: now,
        person: operator.person(),
        acted_as: "operator".to_owned(),
        action: "partner.added".to_owned(),
        subject_kind: "partner".to_owned(),
        subject: id.to_string(),
        facts: "{}".to_owned(),
    };
    journal::add(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// The role that an invitation gives.
pub fn invited_to(ticket: &tickets::Ticket) -> Option<Role> {
    let fact = |name: &str| ticket.facts.get(name).map(String::as_str).unwrap_or_default();
    Some(match RoleKind::from_code(fact("role"))? {
        RoleKind::Candidate => Role::Candidate(fact("scope").parse().ok()?),
        RoleKind::Firm => Role::Firm(fact("scope").parse().ok()?, Standing::from_code(fact("standing"))),
        RoleKind::Operator => Role::Operator { desk: fact("scope").to_owned() },
        RoleKind::Partner => Role::Partner(fact("scope").parse().ok()?),
        RoleKind::Secretariat => Role::Secretariat,
        RoleKind::Administrator => Role::Administrator,
    })
}

fn written(role: &Role, place: Option<&str>) -> BTreeMap<String, String> {
    let (scope, standing) = match role {
        Role::Candidate(id) => (id.to_string(), Standing::Member),
        Role::Firm(id, standing) => (id.to_string(), *standing),
        Role::Operator { desk } => (desk.clone(), Standing::Member),
        Role::Partner(id) => (id.to_string(), Standing::Member),
        Role::Secretariat | Role::Administrator => (String::new(), Standing::Member),
    };
    let facts = [
        ("role", role.kind().code().to_owned()),
        ("scope", scope),
        ("standing", standing.code().to_owned()),
        ("place", place.unwrap_or_default().to_owned()),
    ];
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Takes an invitation up with a new account, and logs in.
///
/// # Errors
/// [`AccountError::DeadLink`]; [`AccountError::Faults`], also when the address has an account already: its owner logs in
/// and opens the link again.
pub async fn take_up(
    token: &Token,
    name: &str,
    password: &str,
    lang: &str,
    device: &str,
    tools: Tools<'_>,
) -> Result<(PersonId, Token), AccountError> {
    let now = tools.now_ms();
    let ticket = tickets::look(tools.db, token, now).await?;
    let ready = Checked::of(&ticket.mail, name, password, Vec::new())?.hash(lang, tools).await?;
    let mut tx = tools.db.begin().await?;
    let ticket = tickets::use_up(&mut tx, token, &[Kind::Invite], now).await?;
    let role = invited_to(&ticket).ok_or(AccountError::DeadLink)?;
    write(&mut tx, &ready, &[role], ticket.made_by, tools).await?;
    let session = sessions::open(&mut tx, ready.id, device, false, tools).await?;
    tx.commit().await?;
    Ok((ready.id, session))
}

/// Takes an invitation up with the account one is logged in with. Whoever holds the letter and an account decides which
/// account it is for.
///
/// # Errors
/// [`AccountError::DeadLink`].
pub async fn take_up_as(token: &Token, person: &SignedIn, tools: Tools<'_>) -> Result<Role, AccountError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let ticket = tickets::use_up(&mut tx, token, &[Kind::Invite], now).await?;
    let role = invited_to(&ticket).ok_or(AccountError::DeadLink)?;
    let by = ticket.made_by.map(|by| by.to_string());
    people::grant(&mut tx, person.person().id, &role, by.as_deref(), None, now).await?;
    note(&mut tx, ticket.made_by, "invitation", "role.granted", person.person().id, now).await?;
    tx.commit().await?;
    Ok(role)
}

/// Takes somebody's membership of the firm away; their sessions end, so that the change holds at once.
///
/// # Errors
/// [`AccountError::NotYours`] for who does not decide, [`AccountError::LastAdmin`] when nobody would be left who does.
pub async fn remove(member: &FirmMember, person: PersonId, tools: Tools<'_>) -> Result<(), AccountError> {
    if !member.is_admin() {
        return Err(AccountError::NotYours);
    }
    let (firm, now) = (member.firm(), tools.now_ms());
    // The firm's members are looked at inside the transaction: two who remove each other leave one.
    let mut tx = tools.db.begin_alone().await?;
    let admins = people::admins_of(&mut tx, firm, now).await?;
    if admins == [person] {
        return Err(AccountError::LastAdmin);
    }
    if !people::revoke(&mut tx, person, &Role::Firm(firm, Standing::Member)).await? {
        return Err(AccountError::NotYours);
    }
    session_rows::end_others(&mut tx, person, "").await?;
    note(&mut tx, Some(member.person()), "firm", "role.revoked", person, now).await?;
    Ok(tx.commit().await?)
}

/// The members of the firm.
pub async fn of_firm(member: &FirmMember, tools: Tools<'_>) -> Result<Vec<Person>, AccountError> {
    Ok(people::holders(tools.db, RoleKind::Firm, &member.firm().to_string(), tools.now_ms()).await?)
}

/// Somebody says that they belong to a firm that is known already: the desk decides.
pub(super) async fn ask_to_join(
    tx: &mut Tx,
    person: PersonId,
    mail: &str,
    facts: BTreeMap<String, String>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let now = tools.now_ms();
    let ticket = tickets::Ticket {
        kind: "join".to_owned(),
        mail: mail.to_owned(),
        person: Some(person),
        facts,
        made_by: Some(person),
        expires_at: now + 60 * 24 * 60 * 60_000,
        used_at: None,
    };
    // Nobody is sent this token: its hash is the handle by which the desk answers.
    rows::add(tx, &Token::new(tools.chance).hash(), &ticket, now).await?;
    Ok(())
}

/// The desk lets somebody into the firm they named.
///
/// # Errors
/// [`AccountError::DeadLink`] when it was answered before.
pub async fn let_in(operator: &Operator, handle: &str, tools: Tools<'_>) -> Result<FirmId, AccountError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let ticket = rows::use_up(&mut tx, handle, now).await?.filter(|ticket| ticket.kind == "join");
    let ticket = ticket.ok_or(AccountError::DeadLink)?;
    let firm: FirmId =
        ticket.facts.get("firm").and_then(|id| id.parse().ok()).ok_or(AccountError::DeadLink)?;
    let person = ticket.person.ok_or(AccountError::DeadLink)?;
    let by = operator.person().map(|by| by.to_string());
    people::grant(&mut tx, person, &Role::Firm(firm, Standing::Admin), by.as_deref(), None, now).await?;
    note(&mut tx, operator.person(), "operator", "role.granted", person, now).await?;
    tx.commit().await?;
    Ok(firm)
}

/// The desk does not let somebody into the firm they named.
pub async fn turn_away(operator: &Operator, handle: &str, tools: Tools<'_>) -> Result<(), AccountError> {
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    let ticket = rows::use_up(&mut tx, handle, now).await?.filter(|ticket| ticket.kind == "join");
    let person = ticket.and_then(|ticket| ticket.person).ok_or(AccountError::DeadLink)?;
    note(&mut tx, operator.person(), "operator", "role.refused", person, now).await?;
    Ok(tx.commit().await?)
}

/// Closes an account: every session ends, nobody logs in with it. Opened again, it is as before.
///
/// # Errors
/// [`AccountError::NotYours`] for one's own account: nobody locks themselves out.
pub async fn close(
    operator: &Operator,
    person: PersonId,
    closed: bool,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    if operator.person() == Some(person) {
        return Err(AccountError::NotYours);
    }
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    people::set_disabled(&mut tx, person, closed.then_some(now)).await?;
    if closed {
        session_rows::end_others(&mut tx, person, "").await?;
    }
    let action = if closed { "account.closed" } else { "account.opened" };
    note(&mut tx, operator.person(), "operator", action, person, now).await?;
    Ok(tx.commit().await?)
}

/// Tells somebody by mail that something about their way in was changed.
pub(super) async fn warn(
    tx: &mut Tx,
    person: &Person,
    what: &str,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let Some(mail) = &person.mail else { return Ok(()) };
    let to = Recipient { person: Some(person.id), address: mail.clone(), lang: person.lang.clone() };
    let letter = Letter::SecurityChanged { what: what.to_owned() };
    letters::post(tx, &tools.new_id(), &letter, &to, None, tools.now_ms()).await?;
    Ok(())
}
