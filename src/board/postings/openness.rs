//! Whether a firm may be named: its consent, who has been told before the public is, and what will be said.

use super::error::PostingError;
use super::{Finding, Form, Grade};
use crate::accounts::{FirmHand, Tools};
use crate::domain::{Changes, FirmFacts, FirmId, OpenName};
use crate::store::postings as rows;
use crate::store::{Db, region, shown};

/// Who ought to hear of it before the public does: staff, bank, main customers, family.
pub const CIRCLES: [&str; 4] = ["staff", "bank", "customers", "family"];
/// What may be said of each: told, will be told before publication, need not be told.
pub const ANSWERS: [&str; 3] = ["told", "will", "no-need"];

/// What a firm said, as typed, and the number of that version (0 for nothing yet).
pub async fn find(db: &Db, firm: FirmId) -> Result<(Form, i64), PostingError> {
    Ok(rows::openness(db, firm).await?.unwrap_or_default())
}

/// What is missing before the firm may be named. `will be told` is a promise, not yet a deed: it does not block the
/// opening's approval, and is asked again before the day.
pub fn missing(said: &Form, firm: &FirmFacts) -> Vec<Finding> {
    let value = |name: &str| said.get(name).map(|value| value.trim()).unwrap_or_default();
    let mut findings = Vec::new();
    let mut lack =
        |field: &'static str, key: &'static str| findings.push(Finding::of_form(field, key, Grade::Error));
    if firm.corporate_number.is_none() {
        lack("number", "postings-no-number");
    }
    if value("consent") != "yes" {
        lack("consent", "postings-no-consent");
    }
    for circle in CIRCLES {
        if !ANSWERS.contains(&value(circle)) {
            lack(circle, "postings-who-knows");
        }
    }
    if value("announcement").is_empty() {
        lack("announcement", "postings-no-announcement");
    }
    findings
}

/// Writes what the firm says. Consent lets the firm be named; taken back, everything of the firm is gone from the public in
/// the same moment.
///
/// # Errors
/// [`PostingError::WrongStage`] when somebody else wrote meanwhile.
pub async fn set(hand: &FirmHand, said: &Form, from: i64, tools: Tools<'_>) -> Result<(), PostingError> {
    let now = tools.now_ms();
    let mut firm = shown::firm(tools.db, hand.firm()).await?.ok_or(PostingError::NotFound)?;
    let by = hand.person().map(|person| person.to_string()).unwrap_or_default();
    let mut tx = tools.db.begin().await?;
    if !rows::set_openness(&mut tx, hand.firm(), said, from, &by, now).await? {
        return Err(PostingError::WrongStage);
    }
    let agreed = said.get("consent").is_some_and(|value| value == "yes");
    let open_name = if agreed { OpenName::Agreed } else { OpenName::Refused };
    if firm.facts.open_name != open_name {
        firm.facts.open_name = open_name;
        region::save(&mut tx, &Changes { firms: vec![firm], ..Changes::default() }, now).await?;
    }
    super::lifecycle::note(&mut tx, hand, "firm.openness", "firm", &hand.firm().to_string(), now).await?;
    Ok(tx.commit().await?)
}
