//! The operator as a permission, and how an operator comes to be.

use super::{AccountError, Fault, Tools, password};
use crate::domain::{PersonId, Role};
use crate::store::Tx;
use crate::store::accounts::{self as rows, Desk};
use crate::store::people::{self, NewPerson};

/// The permission to run rounds and to let people see their results.
///
/// Only a look-up that checked makes one: [`SignedIn::operator`](super::SignedIn::operator) from a session,
/// [`set_up`](super::set_up) from the set-up code, or [`Operator::at_the_console`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    person: Option<PersonId>,
    name: String,
    desk: String,
}

impl Operator {
    /// Whoever can read and write the data directory is the operator: the command line asks for no password.
    pub fn at_the_console() -> Self {
        Self { person: None, name: "console".to_owned(), desk: String::new() }
    }

    pub(super) fn of(person: PersonId, name: String, desk: String) -> Self {
        Self { person: Some(person), name, desk }
    }

    /// Who it is; nobody at the console.
    pub fn person(&self) -> Option<PersonId> {
        self.person
    }

    /// The log-in name, for records of who did what.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As what they act, for the journal.
    pub fn acts_as(&self) -> &'static str {
        if self.person.is_some() { "operator" } else { "console" }
    }

    /// The name of the desk; empty at the console.
    pub fn desk(&self) -> &str {
        &self.desk
    }
}

/// A regional desk to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDesk {
    /// Its public name.
    pub name: String,
    /// The prefecture where it works.
    pub prefecture: String,
    /// What it says about itself; may be empty.
    pub about: String,
    /// Invented for a demonstration: every page says so.
    pub fictional: bool,
}

/// Makes a desk and its first operator.
///
/// # Errors
/// [`AccountError::Faults`] names every field that cannot be taken, also a log-in name that is taken.
pub async fn create_operator(
    desk: &NewDesk,
    login: &str,
    password: &str,
    tools: Tools<'_>,
) -> Result<Operator, AccountError> {
    let new = New::check(desk, login, password)?.hash(tools).await?;
    let mut tx = tools.db.begin().await?;
    new.write(&mut tx, tools.now_ms()).await?;
    tx.commit().await?;
    Ok(new.operator())
}

/// A checked desk and account, not yet written.
pub(super) struct New {
    desk: Desk,
    person: NewPerson,
}

/// Checked fields whose password is not hashed yet.
pub(super) struct Checked<'a> {
    desk: NewDesk,
    login: String,
    password: &'a str,
}

impl New {
    /// Checks every field and reports all faults at once.
    pub(super) fn check<'a>(
        desk: &NewDesk,
        login: &str,
        password: &'a str,
    ) -> Result<Checked<'a>, AccountError> {
        let desk = NewDesk {
            name: desk.name.trim().to_owned(),
            prefecture: desk.prefecture.trim().to_owned(),
            about: desk.about.trim().to_owned(),
            fictional: desk.fictional,
        };
        let login = normal_login(login);
        let faults: Vec<_> = [
            fault("desk", !(1..=80).contains(&desk.name.chars().count()), "accounts-desk-name"),
            fault("prefecture", !(1..=10).contains(&desk.prefecture.chars().count()), "accounts-prefecture"),
            fault("about", desk.about.chars().count() > 1000, "accounts-about"),
            fault("login", !is_login(&login), "accounts-login-name"),
            password::fault(password, &login).map(|text| Fault { field: "password", text }),
        ]
        .into_iter()
        .flatten()
        .collect();
        if faults.is_empty() {
            Ok(Checked { desk, login, password })
        } else {
            Err(AccountError::Faults(faults))
        }
    }

    /// Writes both. The id of the account, for its first session.
    pub(super) async fn write(&self, tx: &mut Tx, now_ms: i64) -> Result<PersonId, AccountError> {
        rows::add_desk(tx, &self.desk, now_ms).await?;
        if !people::add(tx, &self.person, now_ms).await? {
            let taken = Fault { field: "login", text: "accounts-login-taken" };
            return Err(AccountError::Faults(vec![taken]));
        }
        for role in [Role::Operator { desk: self.desk.id.clone() }, Role::Administrator] {
            people::grant(tx, self.person.id, &role, None, None, now_ms).await?;
        }
        rows::close_setup(tx).await?;
        Ok(self.person.id)
    }

    pub(super) fn operator(&self) -> Operator {
        Operator::of(self.person.id, self.person.login.clone(), self.desk.name.clone())
    }
}

impl Checked<'_> {
    pub(super) async fn hash(self, tools: Tools<'_>) -> Result<New, AccountError> {
        let password_hash = password::hash(self.password, tools.chance).await?;
        let NewDesk { name, prefecture, about, fictional } = self.desk;
        Ok(New {
            desk: Desk { id: tools.new_id(), name, prefecture, about, fictional },
            person: NewPerson {
                id: tools.id(),
                mail: self.login.contains('@').then(|| self.login.clone()),
                name: self.login.clone(),
                login: self.login,
                lang: "ja".to_owned(),
                password_hash: Some(password_hash),
            },
        })
    }
}

/// A log-in name is typed on phones: case and surrounding space do not matter.
pub(super) fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

fn is_login(login: &str) -> bool {
    (3..=64).contains(&login.len())
        && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.@".contains(&b))
}

fn fault(field: &'static str, wrong: bool, text: &'static str) -> Option<Fault> {
    wrong.then_some(Fault { field, text })
}
