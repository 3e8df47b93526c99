//! The record of a confirmation: who said that what the desk entered on their behalf is right, how, and when.
//!
//! Not for rank-order lists: nobody enters those for somebody else.

use serde::{Deserialize, Serialize};

use super::cases::{About, Written, day, write_down};
use super::{DeskError, Fault};
use crate::accounts::{Operator, Tools};

/// What may be confirmed.
pub const WHAT: [&str; 5] = ["profile", "opening", "openness", "consent", "application"];
/// How a confirmation may come.
pub const HOW: [&str; 3] = ["telephone", "visit", "paper"];

/// A confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// One of [`WHAT`].
    pub what: String,
    /// The name of who confirmed.
    pub confirmed_by: String,
    /// One of [`HOW`].
    pub how: String,
    /// The day: `2026-12-05`.
    pub on: String,
    /// Anything else.
    pub remark: String,
}

/// Records a confirmation.
///
/// # Errors
/// [`DeskError::Faults`] names every field that cannot be taken; [`DeskError::NotFound`].
pub async fn record(
    operator: &Operator,
    about: About,
    form: &Confirmation,
    tools: Tools<'_>,
) -> Result<(), DeskError> {
    about.name(tools.db).await?;
    let confirmation = check(form, tools.clock.today())?;
    let mut tx = tools.db.begin().await?;
    write_down(&mut tx, operator, about, "confirmation", &Written::Confirmation(confirmation), tools).await?;
    tx.commit().await?;
    Ok(())
}

fn check(form: &Confirmation, today: jiff::civil::Date) -> Result<Confirmation, DeskError> {
    let (by, remark) = (form.confirmed_by.trim(), form.remark.trim());
    let on = day(&form.on);
    let faults: Vec<_> = [
        ("what", !WHAT.contains(&form.what.as_str()), "desk-fault-what"),
        ("confirmed_by", !(1..=80).contains(&by.chars().count()), "desk-fault-who"),
        ("how", !HOW.contains(&form.how.as_str()), "desk-fault-how"),
        ("on", on.is_none(), "desk-fault-day"),
        ("on", on.is_some_and(|on| on > today), "desk-fault-future"),
        ("remark", remark.chars().count() > 1000, "desk-fault-remark"),
    ]
    .into_iter()
    .filter(|(_, wrong, _)| *wrong)
    .map(|(field, _, text)| Fault { field, text, about: String::new() })
    .collect();
    match on {
        Some(on) if faults.is_empty() => Ok(Confirmation {
            what: form.what.clone(),
            confirmed_by: by.to_owned(),
            how: form.how.clone(),
            on: on.to_string(),
            remark: remark.to_owned(),
        }),
        _ => Err(DeskError::Faults(faults)),
    }
}
