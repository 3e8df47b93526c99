//! Letters of the desk: templates, and one letter to many of whom each gets their own.
//!
//! A batch has its number before it is sent, so that a second press of the button sends nothing, and what was seen in the
//! preview is what is sent: a template that changed meanwhile is looked at again first.

use super::placeholders::{fill, misplaced, used};
use super::{DeskError, Fault};
use crate::accounts::{Operator, Tools};
use crate::domain::{CandidateFacts, Consent, Letter, PersonId, Recipient};
use crate::store::journal::{self, Entry};
use crate::store::letters;
use crate::store::templates::{self as rows, BatchRow, Saved, TemplateRow};
use crate::texts::Lang;
use crate::texts::days::day;

/// To whom a letter may go: members of firms, or candidates.
pub const AUDIENCES: [&str; 2] = ["firms", "candidates"];
/// The most readers of one batch.
pub const MOST: usize = 500;

/// A template as an operator types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateForm {
    /// By which operators know it.
    pub name: String,
    /// `ja` or `en`.
    pub lang: String,
    /// One line.
    pub subject: String,
    /// With placeholders.
    pub body: String,
    /// From which version it was typed; 0 for a new one.
    pub version: i64,
}

/// Saves a template under an id.
///
/// # Errors
/// [`DeskError::Faults`] with the place of every unknown placeholder, [`DeskError::Conflict`].
pub async fn save_template(
    operator: &Operator,
    id: &str,
    form: &TemplateForm,
    tools: Tools<'_>,
) -> Result<(), DeskError> {
    let faults = check(form);
    if !faults.is_empty() {
        return Err(DeskError::Faults(faults));
    }
    let row = TemplateRow {
        id: id.to_owned(),
        name: form.name.trim().to_owned(),
        lang: form.lang.clone(),
        subject: form.subject.trim().to_owned(),
        body: form.body.replace("\r\n", "\n").trim().to_owned(),
        version: form.version,
        updated_at: tools.now_ms(),
    };
    let mut tx = tools.db.begin().await?;
    match rows::save(&mut tx, &row, operator.person()).await? {
        Saved::Conflict => return Err(DeskError::Conflict),
        Saved::NameTaken => return Err(DeskError::Faults(vec![plain("name", "desk-fault-name-taken")])),
        Saved::Yes => {}
    }
    note(&mut tx, operator, "template.save", id, tools.now_ms()).await?;
    tx.commit().await?;
    Ok(())
}

fn plain(field: &'static str, text: &'static str) -> Fault {
    Fault { field, text, about: String::new() }
}

fn check(form: &TemplateForm) -> Vec<Fault> {
    let length = |text: &str| text.trim().chars().count();
    let mut faults = Vec::new();
    if !(1..=60).contains(&length(&form.name)) {
        faults.push(plain("name", "desk-fault-name"));
    }
    if Lang::from_tag(&form.lang).is_none() {
        faults.push(plain("lang", "desk-fault-lang"));
    }
    if !(1..=60).contains(&length(&form.subject)) || form.subject.trim().contains(['\n', '\r']) {
        faults.push(plain("subject", "desk-fault-subject"));
    }
    if !(1..=5_000).contains(&length(&form.body)) {
        faults.push(plain("body", "desk-fault-body"));
    }
    for (field, text) in [("subject", &form.subject), ("body", &form.body)] {
        // The place is told once, for the first: mending it shows the next.
        if let Some(first) = misplaced(text).first() {
            let about = format!("{} ({}:{})", first.text, first.line, first.column);
            faults.push(Fault { field, text: "desk-fault-placeholder", about });
        }
    }
    faults
}

/// Somebody to whom a letter would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// What the form names the reader by.
    pub key: String,
    /// With an account.
    pub person: Option<PersonId>,
    /// As others read it.
    pub name: String,
    /// The firm; empty for candidates.
    pub firm: String,
    address: String,
}

/// To whom a letter would go: everybody of an audience whose case is at `stage`, or all of it for `""`; one more than
/// [`MOST`] when there are too many.
///
/// # Errors
/// [`DeskError::NotFound`] for an audience that is none.
pub async fn readers(audience: &str, stage: &str, tools: Tools<'_>) -> Result<Vec<Reader>, DeskError> {
    let kind = match audience {
        "firms" => "firm",
        "candidates" => "candidate",
        _ => return Err(DeskError::NotFound),
    };
    let limit = MOST as i64 + 1;
    let holders = rows::holders(tools.db, kind, stage, tools.now_ms(), limit).await?;
    let mut readers: Vec<_> = holders
        .into_iter()
        .map(|one| Reader {
            key: format!("person:{}", one.id),
            person: one.id.parse().ok(),
            name: one.name,
            firm: one.firm,
            address: one.mail,
        })
        .collect();
    if kind == "candidate" {
        for (id, address, facts) in rows::known_by_sheet(tools.db, stage, limit).await? {
            let Ok(facts) = serde_json::from_str::<CandidateFacts>(&facts) else { continue };
            // Without consent on record the desk writes by hand, not by the hundred.
            if facts.consent == Consent::Given {
                let key = format!("candidate:{id}");
                readers.push(Reader { key, person: None, name: facts.name, firm: String::new(), address });
            }
        }
    }
    // A member of two firms gets a letter for each; the same address twice for one firm does not.
    readers.sort_by(|one, other| (&one.firm, &one.address).cmp(&(&other.firm, &other.address)));
    readers.dedup_by(|one, other| (&one.firm, &one.address) == (&other.firm, &other.address));
    readers
        .sort_by(|one, other| (&one.firm, &one.name, &one.key).cmp(&(&other.firm, &other.name, &other.key)));
    readers.truncate(MOST + 1);
    Ok(readers)
}

/// Whether a template asks for something that readers of this audience do not have.
pub fn lacks(template: &TemplateRow, audience: &str) -> bool {
    let uses_firm = |text: &str| used(text).contains(&"firm");
    audience == "candidates" && (uses_firm(&template.subject) || uses_firm(&template.body))
}

/// The letter of one reader: subject and body. `by` is the operator's name as readers know it.
pub fn letter_to(
    reader: &Reader,
    template: &TemplateRow,
    operator: &Operator,
    by: &str,
    tools: Tools<'_>,
) -> (String, String) {
    let lang = Lang::from_tag(&template.lang).unwrap_or_default();
    let today = day(tools.clock.today(), lang);
    let value = |name: &str| match name {
        "name" => reader.name.clone(),
        "firm" => reader.firm.clone(),
        "desk" => operator.desk().to_owned(),
        "operator" => by.to_owned(),
        _ => today.clone(),
    };
    (fill(&template.subject, value), fill(&template.body, value))
}

/// Notes that the reader of a letter wants no more letters to many. Whoever holds the letter may say so: its number is the
/// permission. Said twice, it is noted once.
///
/// # Errors
/// [`DeskError::NotFound`]: there is no such letter.
pub async fn stop(letter: &str, tools: Tools<'_>) -> Result<(), DeskError> {
    let mut tx = tools.db.begin().await?;
    if !rows::stop(&mut tx, letter, tools.now_ms()).await? {
        return Err(DeskError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// A letter to many that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number, from before the preview.
    pub id: String,
    /// The template.
    pub template: String,
    /// The version that was previewed.
    pub version: i64,
    /// One of [`AUDIENCES`].
    pub audience: String,
    /// A stage, or empty.
    pub stage: String,
    /// The keys of the chosen readers.
    pub to: Vec<String>,
    /// The operator's name as readers know it.
    pub by: String,
}

/// Sends a batch, once: how many letters were asked for, none when it was sent before.
///
/// # Errors
/// [`DeskError::Conflict`] when the template is no longer what was previewed, [`DeskError::Faults`] when nobody was chosen,
/// [`DeskError::NotFound`].
pub async fn send(operator: &Operator, batch: &Batch, tools: Tools<'_>) -> Result<usize, DeskError> {
    let template = rows::find(tools.db, &batch.template).await?.ok_or(DeskError::NotFound)?;
    let is_number = batch.id.len() == 36 && batch.id.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit());
    if template.version != batch.version {
        return Err(DeskError::Conflict);
    }
    let all = readers(&batch.audience, &batch.stage, tools).await?;
    let chosen: Vec<_> = all.into_iter().filter(|one| batch.to.contains(&one.key)).take(MOST).collect();
    if !is_number || lacks(&template, &batch.audience) {
        return Err(DeskError::NotFound);
    }
    if chosen.is_empty() {
        return Err(DeskError::Faults(vec![plain("to", "desk-fault-nobody")]));
    }
    let now = tools.now_ms();
    let row = BatchRow {
        id: batch.id.clone(),
        template_name: template.name.clone(),
        audience: batch.audience.clone(),
        subject: template.subject.clone(),
        body: template.body.clone(),
        readers: chosen.len() as i64,
        sent_at: now,
    };
    let mut tx = tools.db.begin().await?;
    if !rows::add_batch(&mut tx, &row, operator.person()).await? {
        return Ok(0);
    }
    for reader in &chosen {
        let (subject, body) = letter_to(reader, &template, operator, &batch.by, tools);
        let letter = Letter::Plain { subject, body };
        let (person, address) = (reader.person, reader.address.clone());
        let to = Recipient { person, address, lang: template.lang.clone() };
        let once = format!("batch:{}:{}:{}", batch.id, reader.key, reader.firm);
        letters::post(&mut tx, &tools.new_id(), &letter, &to, Some(&once), now).await?;
    }
    note(&mut tx, operator, "letters.send", &batch.id, now).await?;
    tx.commit().await?;
    Ok(chosen.len())
}

async fn note(
    tx: &mut crate::store::Tx,
    operator: &Operator,
    action: &str,
    subject: &str,
    now: i64,
) -> Result<(), DeskError> {
    let entry = Entry {
        at: now,
        person: operator.person(),
        acted_as: "operator".to_owned(),
        action: action.to_owned(),
        subject_kind: "desk".to_owned(),
        subject: subject.to_owned(),
        facts: "{}".to_owned(),
    };
    Ok(journal::add(tx, &entry).await?)
}
