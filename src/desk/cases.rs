//! A case: where things stand with a firm or a candidate, what is to be done next and until when, and what was written down
//! on the way. For operators alone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::confirmations::Confirmation;
use super::diagnosis::Diagnosed;
use super::{DeskError, Fault};
use crate::accounts::{Operator, Tools};
use crate::domain::{CandidateId, FirmId, PersonId};
use crate::store::desk::{self as rows, CaseEntry, CaseRow, Subject};
use crate::store::journal::{self, Entry};
use crate::store::{Db, Tx, shown};

/// Whom a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A firm.
    Firm(FirmId),
    /// A candidate.
    Candidate(CandidateId),
}

/// How far things are with a firm.
pub const FIRM_STAGES: [&str; 8] =
    ["found", "talking", "diagnosed", "preparing", "recruiting", "trial", "handover", "closed"];
/// How far things are with a candidate.
pub const CANDIDATE_STAGES: [&str; 7] =
    ["found", "talking", "registered", "applying", "trial", "settled", "closed"];

const LONGEST_STEP: usize = 200;
const LONGEST_NOTE: usize = 5_000;

/// What was written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Written {
    /// The questionnaire about succession.
    Diagnosis(Diagnosed),
    /// Somebody confirmed what the desk entered.
    Confirmation(Confirmation),
    /// A note.
    Note {
        /// As written.
        note: String,
    },
}

/// A case as an operator types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseForm {
    /// One of the stages.
    pub stage: String,
    /// What is to be done next.
    pub next_step: String,
    /// `2026-12-05`, or empty.
    pub due_on: String,
    /// The id of an operator, or empty.
    pub assigned_to: String,
    /// From which version it was typed; 0 when there was no case.
    pub version: i64,
}

impl About {
    /// Of a kind and an id as an address names them.
    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "firm" => id.parse().ok().map(Self::Firm),
            "candidate" => id.parse().ok().map(Self::Candidate),
            _ => None,
        }
    }

    /// `firm` or `candidate`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Firm(_) => "firm",
            Self::Candidate(_) => "candidate",
        }
    }

    /// As rows name it.
    pub fn subject(self) -> Subject {
        let id = match self {
            Self::Firm(id) => id.to_string(),
            Self::Candidate(id) => id.to_string(),
        };
        Subject { kind: self.kind().to_owned(), id }
    }

    /// The stages of its kind.
    pub fn stages(self) -> &'static [&'static str] {
        match self {
            Self::Firm(_) => &FIRM_STAGES,
            Self::Candidate(_) => &CANDIDATE_STAGES,
        }
    }

    /// The present name.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]: there is no such firm or candidate.
    pub async fn name(self, db: &Db) -> Result<String, DeskError> {
        let name = match self {
            Self::Firm(id) => rows::firm_name(db, &id.to_string()).await?,
            Self::Candidate(id) => shown::candidate(db, id).await?.map(|one| one.facts.name),
        };
        name.ok_or(DeskError::NotFound)
    }
}

/// Saves a case.
///
/// # Errors
/// [`DeskError::Faults`], [`DeskError::Conflict`] when somebody else saved meanwhile, [`DeskError::NotFound`].
pub async fn save(
    operator: &Operator,
    about: About,
    form: &CaseForm,
    tools: Tools<'_>,
) -> Result<(), DeskError> {
    let name = about.name(tools.db).await?;
    let row = check(about, form, name, tools.now_ms())?;
    let mut tx = tools.db.begin().await?;
    if !rows::save_case(&mut tx, &row, form.version).await? {
        return Err(DeskError::Conflict);
    }
    note_act(&mut tx, operator, about, "case.save", tools.now_ms()).await?;
    tx.commit().await?;
    Ok(())
}

fn check(about: About, form: &CaseForm, name: String, now: i64) -> Result<CaseRow, DeskError> {
    let (step, due) = (form.next_step.trim(), form.due_on.trim());
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, field, text| {
        if wrong {
            faults.push(Fault { field, text, about: String::new() });
        }
    };
    fault(!about.stages().contains(&form.stage.as_str()), "stage", "desk-fault-stage");
    fault(step.chars().count() > LONGEST_STEP, "next_step", "desk-fault-step");
    fault(!due.is_empty() && day(due).is_none(), "due_on", "desk-fault-day");
    fault(!due.is_empty() && step.is_empty(), "next_step", "desk-fault-step-missing");
    let operator_id: Option<PersonId> = form.assigned_to.parse().ok();
    fault(!form.assigned_to.is_empty() && operator_id.is_none(), "assigned_to", "desk-fault-operator");
    if !faults.is_empty() {
        return Err(DeskError::Faults(faults));
    }
    let Subject { kind, id } = about.subject();
    Ok(CaseRow {
        subject_kind: kind,
        subject_id: id,
        name,
        stage: form.stage.clone(),
        next_step: step.to_owned(),
        due_on: day(due).map(|date| date.to_string()),
        assigned_to: operator_id.map(|id| id.to_string()),
        version: form.version,
        updated_at: now,
    })
}

/// `2026-12-05`, and `2026/12/5` as people type it.
pub(super) fn day(text: &str) -> Option<Date> {
    let mut parts = text.trim().split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Writes a note.
///
/// # Errors
/// [`DeskError::Faults`] for an empty or too long one, [`DeskError::NotFound`].
pub async fn add_note(
    operator: &Operator,
    about: About,
    note: &str,
    tools: Tools<'_>,
) -> Result<(), DeskError> {
    let note = note.trim();
    if note.is_empty() || note.chars().count() > LONGEST_NOTE {
        let fault = Fault { field: "note", text: "desk-fault-note", about: String::new() };
        return Err(DeskError::Faults(vec![fault]));
    }
    about.name(tools.db).await?;
    let written = Written::Note { note: note.to_owned() };
    let mut tx = tools.db.begin().await?;
    write_down(&mut tx, operator, about, "note", &written, tools).await?;
    tx.commit().await?;
    Ok(())
}

/// Everything that was written down, the latest first.
pub async fn written(db: &Db, about: About) -> Result<Vec<CaseEntry<Written>>, DeskError> {
    Ok(rows::entries(db, &about.subject()).await?)
}

pub(super) async fn write_down(
    tx: &mut Tx,
    operator: &Operator,
    about: About,
    kind: &str,
    written: &Written,
    tools: Tools<'_>,
) -> Result<(), DeskError> {
    let (id, by, now) = (tools.new_id(), operator.person(), tools.now_ms());
    rows::add_entry(tx, &id, &about.subject(), kind, written, by, now).await?;
    note_act(tx, operator, about, &format!("case.{kind}"), now).await
}

async fn note_act(
    tx: &mut Tx,
    operator: &Operator,
    about: About,
    action: &str,
    now: i64,
) -> Result<(), DeskError> {
    let Subject { kind, id } = about.subject();
    let entry = Entry {
        at: now,
        person: operator.person(),
        acted_as: "operator".to_owned(),
        action: action.to_owned(),
        subject_kind: kind,
        subject: id,
        facts: "{}".to_owned(),
    };
    Ok(journal::add(tx, &entry).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_type_it() {
        assert_eq!(day("2026-12-05"), Some(jiff::civil::date(2026, 12, 5)));
        assert_eq!(day("2026/12/5"), Some(jiff::civil::date(2026, 12, 5)));
        for wrong in ["", "12/5", "2026-13-01", "2026-02-30", "tomorrow", "2026-12-05-1"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_note_a_confirmation_and_a_diagnosis_are_told_apart_when_read_back() {
        let note = r#"{"note":"電話した"}"#;
        assert_eq!(
            serde_json::from_str::<Written>(note).unwrap(),
            Written::Note { note: "電話した".to_owned() }
        );
        let confirmed = r#"{"what":"profile","confirmed_by":"山田 一郎","how":"telephone","on":"2026-12-05","remark":""}"#;
        assert!(matches!(serde_json::from_str(confirmed).unwrap(), Written::Confirmation(_)));
    }
}
