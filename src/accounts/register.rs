//! How an account comes to be, whoever decided that it may.

use super::operator::normal_login;
use super::{AccountError, Fault, Tools, password};
use crate::domain::{PersonId, Role};
use crate::store::people::{self, NewPerson};

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
    let login = normal_login(&new.mail);
    let name = new.name.trim();
    let faults: Vec<_> = [
        (!(1..=80).contains(&name.chars().count())).then_some(Fault { field: "name", text: "accounts-name" }),
        password::fault(&new.password, &login).map(|text| Fault { field: "password", text }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !faults.is_empty() {
        return Err(AccountError::Faults(faults));
    }
    let person = NewPerson {
        id: tools.id(),
        login: login.clone(),
        mail: Some(login),
        name: name.to_owned(),
        lang: new.lang.clone(),
        password_hash: Some(password::hash(&new.password, tools.chance).await?),
    };
    let now_ms = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    if !people::add(&mut tx, &person, now_ms).await? {
        return Err(AccountError::Faults(vec![Fault { field: "mail", text: "accounts-login-taken" }]));
    }
    for role in &new.roles {
        people::grant(&mut tx, person.id, role, None, None, now_ms).await?;
    }
    tx.commit().await?;
    Ok(person.id)
}
