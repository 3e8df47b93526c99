//! How an account comes to be: somebody registers with an address of theirs, or takes up an invitation.
//!
//! Whether an address has an account is told to nobody but its owner, by mail: whoever asks to register or to recover gets
//! the same answer after the same work.

use std::collections::BTreeMap;

use super::operator::normal_login;
use super::tickets::{self, Kind};
use super::{AccountError, Fault, Token, Tools, password, sessions, throttle};
use crate::domain::{
    Candidate, CandidateFacts, CandidateId, Changes, Consent, Firm, FirmFacts, FirmId, Letter, PersonId,
    Recipient, Role, Standing,
};
use crate::rules::corporate_number::CorporateNumber;
use crate::rules::prefectures;
use crate::store::people::{self, NewPerson};
use crate::store::{Tx, letters, region, tickets as rows};

/// An account to be made for somebody whose address is known to be theirs.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The verified address, which is also the log-in name.
    pub mail: String,
    /// As others read it.
    pub name: String,
    /// `ja` or `en`.
    pub lang: String,
    /// The chosen password.
    pub password: String,
    /// What the person may act as.
    pub roles: Vec<Role>,
}

/// Makes an account. The caller has verified the address.
///
/// # Errors
/// [`AccountError::Faults`] names every field that cannot be taken.
pub async fn create_account(new: &NewAccount, tools: Tools<'_>) -> Result<PersonId, AccountError> {
    let checked =
        Checked::of(&new.mail, &new.name, &new.password, Vec::new())?.hash(&new.lang, tools).await?;
    let mut tx = tools.db.begin().await?;
    write(&mut tx, &checked, &new.roles, None, tools).await?;
    tx.commit().await?;
    Ok(checked.id)
}

/// Asks for a letter with which to register. The answer is the same whether or not the address has an account.
///
/// # Errors
/// [`AccountError::Faults`] for what is no address; [`AccountError::TooManyTries`].
pub async fn ask_to_register(
    kind: Kind,
    mail: &str,
    lang: &str,
    address: Option<&str>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let mail = checked_mail(mail)?;
    throttle::count(tools.db, &format!("letter:{mail}"), address, tools.clock).await?;
    let known = people::proofs(tools.db, &mail).await?;
    let mut tx = tools.db.begin().await?;
    match known {
        Some(known) => {
            let to = Recipient { person: known.id.parse().ok(), address: mail, lang: lang.to_owned() };
            letters::post(&mut tx, &tools.new_id(), &Letter::AlreadyRegistered, &to, None, tools.now_ms())
                .await?;
        }
        None => {
            let new = tickets::New { kind, mail: &mail, person: None, facts: BTreeMap::new(), made_by: None };
            tickets::send(&mut tx, new, lang, |path| Letter::Register { path }, tools).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// What a candidate says to finish registering.
#[derive(Clone, Debug, Default)]
pub struct NewCandidate {
    /// The person's name.
    pub name: String,
    /// The chosen password.
    pub password: String,
    /// Said to be 18 or older.
    pub adult: bool,
    /// Agreed to how personal data is handled.
    pub agrees: bool,
}

/// Finishes a candidate's registration and logs them in. Whoever a coordinator had entered with the same address finds what
/// was entered: the letter proved that they are the same.
///
/// # Errors
/// [`AccountError::DeadLink`]; [`AccountError::Faults`], which leave the link good.
pub async fn register_candidate(
    token: &Token,
    new: &NewCandidate,
    lang: &str,
    device: &str,
    tools: Tools<'_>,
) -> Result<(PersonId, Token), AccountError> {
    let ticket = tickets::look(tools.db, token, tools.now_ms()).await?;
    let faults = [
        (!new.adult).then_some(Fault { field: "adult", text: "accounts-adult" }),
        (!new.agrees).then_some(Fault { field: "agrees", text: "accounts-agrees" }),
    ];
    let faults = faults.into_iter().flatten().collect();
    let checked = Checked::of(&ticket.mail, &new.name, &new.password, faults)?.hash(lang, tools).await?;
    let mut tx = tools.db.begin().await?;
    let ticket = tickets::use_up(&mut tx, token, &[Kind::Candidate], tools.now_ms()).await?;
    let candidate = match rows::candidate_of_mail(&mut tx, &ticket.mail).await? {
        Some(known) => known,
        None => {
            let id: CandidateId = tools.id();
            let facts = CandidateFacts {
                consent: Consent::Unknown,
                registered_on: Some(tools.clock.today()),
                ..CandidateFacts::new(&checked.name, &ticket.mail)
            };
            let candidates = vec![Candidate { id, codes: Vec::new(), facts }];
            region::save(&mut tx, &Changes { candidates, ..Changes::default() }, tools.now_ms()).await?;
            id
        }
    };
    write(&mut tx, &checked, &[Role::Candidate(candidate)], None, tools).await?;
    let session = sessions::open(&mut tx, checked.id, device, false, tools).await?;
    tx.commit().await?;
    Ok((checked.id, session))
}

/// What somebody says to register a firm.
#[derive(Clone, Debug, Default)]
pub struct NewFirm {
    /// The person's name.
    pub name: String,
    /// The chosen password.
    pub password: String,
    /// The firm's name.
    pub firm: String,
    /// 法人番号.
    pub number: String,
    /// The official name of the prefecture.
    pub prefecture: String,
    /// Agreed to how personal data is handled.
    pub agrees: bool,
}

/// Finishes a firm's registration and logs its first member in. A firm that is known already is not handed to whoever names
/// it: the desk is asked first, and the person waits.
///
/// # Errors
/// [`AccountError::DeadLink`]; [`AccountError::Faults`], which leave the link good.
pub async fn register_firm(
    token: &Token,
    new: &NewFirm,
    lang: &str,
    device: &str,
    tools: Tools<'_>,
) -> Result<(PersonId, Token), AccountError> {
    let ticket = tickets::look(tools.db, token, tools.now_ms()).await?;
    let (number, firm) = (CorporateNumber::parse(&new.number), new.firm.trim());
    let prefecture = prefectures::parse(&new.prefecture);
    let faults = [
        number.is_err().then_some(Fault { field: "number", text: "accounts-corporate-number" }),
        (!(1..=120).contains(&firm.chars().count()))
            .then_some(Fault { field: "firm", text: "accounts-firm" }),
        prefecture.is_none().then_some(Fault { field: "prefecture", text: "accounts-prefecture" }),
        (!new.agrees).then_some(Fault { field: "agrees", text: "accounts-agrees" }),
    ];
    let faults = faults.into_iter().flatten().collect();
    let checked = Checked::of(&ticket.mail, &new.name, &new.password, faults)?.hash(lang, tools).await?;
    let (Ok(number), Some(prefecture)) = (number, prefecture) else { return Err(AccountError::DeadLink) };
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    tickets::use_up(&mut tx, token, &[Kind::Firm], now).await?;
    match rows::firm_of_number(&mut tx, number.as_str()).await? {
        None => {
            let id: FirmId = tools.id();
            let facts = FirmFacts {
                registered_on: Some(tools.clock.today()),
                ..FirmFacts::new(firm, number.as_str(), prefecture)
            };
            let firms = vec![Firm { id, codes: Vec::new(), facts }];
            region::save(&mut tx, &Changes { firms, ..Changes::default() }, now).await?;
            write(&mut tx, &checked, &[Role::Firm(id, Standing::Admin)], None, tools).await?;
        }
        Some(known) => {
            write(&mut tx, &checked, &[], None, tools).await?;
            let facts = BTreeMap::from([
                ("firm".to_owned(), known.to_string()),
                ("name".to_owned(), checked.name.clone()),
                ("said".to_owned(), firm.to_owned()),
            ]);
            super::members::ask_to_join(&mut tx, checked.id, &ticket.mail, facts, tools).await?;
        }
    }
    let session = sessions::open(&mut tx, checked.id, device, false, tools).await?;
    tx.commit().await?;
    Ok((checked.id, session))
}

/// A person whose fields are sound, not yet written.
pub(super) struct Ready {
    pub id: PersonId,
    pub mail: String,
    pub name: String,
    lang: String,
    password_hash: String,
}

/// The same, with the password still to be hashed.
pub(super) struct Checked<'a> {
    mail: String,
    name: String,
    password: &'a str,
}

impl<'a> Checked<'a> {
    /// Checks name and password, and reports them together with the faults of other fields.
    pub(super) fn of(
        mail: &str,
        name: &str,
        password: &'a str,
        others: Vec<Fault>,
    ) -> Result<Self, AccountError> {
        let (mail, name) = (normal_login(mail), name.trim().to_owned());
        let own = [
            (!(1..=80).contains(&name.chars().count()))
                .then_some(Fault { field: "name", text: "accounts-name" }),
            password::fault(password, &mail).map(|text| Fault { field: "password", text }),
        ];
        let faults: Vec<_> = own.into_iter().flatten().chain(others).collect();
        if faults.is_empty() { Ok(Self { mail, name, password }) } else { Err(AccountError::Faults(faults)) }
    }

    pub(super) async fn hash(self, lang: &str, tools: Tools<'_>) -> Result<Ready, AccountError> {
        Ok(Ready {
            id: tools.id(),
            mail: self.mail,
            name: self.name,
            lang: lang.to_owned(),
            password_hash: password::hash(self.password, tools.chance).await?,
        })
    }
}

/// Writes the person and the roles.
pub(super) async fn write(
    tx: &mut Tx,
    ready: &Ready,
    roles: &[Role],
    by: Option<PersonId>,
    tools: Tools<'_>,
) -> Result<(), AccountError> {
    let now = tools.now_ms();
    let person = NewPerson {
        id: ready.id,
        login: ready.mail.clone(),
        mail: Some(ready.mail.clone()),
        name: ready.name.clone(),
        lang: ready.lang.clone(),
        password_hash: Some(ready.password_hash.clone()),
    };
    if !people::add(tx, &person, now).await? {
        return Err(AccountError::Faults(vec![Fault { field: "mail", text: "accounts-login-taken" }]));
    }
    for role in roles {
        people::grant(tx, ready.id, role, by.map(|by| by.to_string()).as_deref(), None, now).await?;
    }
    super::note(tx, Some(ready.id), "self", "account.made", ready.id, now).await
}

/// An address as we keep it.
///
/// # Errors
/// [`AccountError::Faults`]: what is no address a letter could be sent to.
pub(super) fn checked_mail(mail: &str) -> Result<String, AccountError> {
    let mail = normal_login(mail);
    let sound = mail.len() <= 254
        && mail.bytes().all(|byte| byte.is_ascii_graphic())
        && mail.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
        })
        && !mail.contains([',', ';', '<', '>', '"', '\\', '(', ')', '[', ']', ':']);
    if sound {
        Ok(mail)
    } else {
        Err(AccountError::Faults(vec![Fault { field: "mail", text: "accounts-mail" }]))
    }
}
