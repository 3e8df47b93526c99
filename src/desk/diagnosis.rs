//! 事業承継診断: ten questions to a president, and what follows from the answers. Pure but for keeping the result.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cases::{About, Written, write_down};
use super::{DeskError, Fault};
use crate::accounts::{Operator, Tools};
use crate::domain::{FirmId, Succession};

/// A question and the answers one may give.
pub struct Question {
    /// Its name: `desk-ask-{id}` says it.
    pub id: &'static str,
    /// `desk-answer-{id}-{code}` says each.
    pub answers: &'static [&'static str],
}

/// The ten questions, in the order in which they are asked.
pub const QUESTIONS: [Question; 10] = [
    Question { id: "age", answers: &["below-60", "sixties", "seventies", "eighties"] },
    Question { id: "wish", answers: &["hand-over", "thinking", "close", "not-thought"] },
    Question { id: "successor", answers: &["decided", "in-mind", "none"] },
    Question { id: "who", answers: &["child", "relative", "staff", "outside", "nobody"] },
    Question { id: "agreed", answers: &["agreed", "not-asked", "unwilling", "nobody"] },
    Question { id: "when", answers: &["one-year", "three-years", "five-years", "later", "open"] },
    Question { id: "preparing", answers: &["under-way", "planned", "not-yet"] },
    Question { id: "shares", answers: &["settled", "under-way", "not-yet"] },
    Question { id: "told", answers: &["everybody", "some", "nobody"] },
    Question { id: "outside", answers: &["wants", "considers", "no"] },
];

/// The answers: the code given to each question.
pub type Answers = BTreeMap<String, String>;

/// What follows from the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The state of the succession.
    pub succession: Succession,
    /// What to do next: `desk-step-{step}` says it.
    pub step: String,
    /// Whether it should be done soon.
    pub urgent: bool,
}

/// A questionnaire as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosed {
    /// As given.
    pub answers: Answers,
    /// As it followed from them then.
    pub outcome: Outcome,
}

/// What follows from the answers.
///
/// # Errors
/// Every question that has no answer of its own.
pub fn outcome(answers: &Answers) -> Result<Outcome, Vec<Fault>> {
    let unanswered = |question: &&Question| {
        !answers.get(question.id).is_some_and(|code| question.answers.contains(&code.as_str()))
    };
    let faults: Vec<_> = QUESTIONS
        .iter()
        .filter(unanswered)
        .map(|question| Fault { field: question.id, text: "desk-fault-unanswered", about: String::new() })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let is = |question: &str, code: &str| answers.get(question).is_some_and(|given| given == code);
    let decided = is("successor", "decided") && is("agreed", "agreed");
    let (succession, step) = if is("wish", "close") {
        let open_to_others = !is("outside", "no");
        (Succession::Closing, if open_to_others { "show-trials" } else { "close-in-order" })
    } else if decided {
        let ready = is("preparing", "under-way") && is("shares", "settled");
        (Succession::Decided, if ready { "follow-up" } else { "make-plan" })
    } else if is("successor", "decided") || is("successor", "in-mind") {
        let step = if is("agreed", "unwilling") { "look-further" } else { "ask-candidate" };
        (Succession::Undecided, step)
    } else if is("outside", "wants") {
        (Succession::Undecided, "write-opening")
    } else if is("wish", "not-thought") {
        (Succession::NotConsidered, "next-talk")
    } else {
        (Succession::Undecided, if is("outside", "considers") { "show-trials" } else { "look-around" })
    };
    let old = is("age", "seventies") || is("age", "eighties");
    let soon = is("when", "one-year") || is("when", "three-years");
    Ok(Outcome { succession, step: step.to_owned(), urgent: !decided && (old || soon) })
}

/// Keeps a questionnaire; earlier ones stay.
///
/// # Errors
/// [`DeskError::Faults`] for unanswered questions, [`DeskError::NotFound`].
pub async fn keep(
    operator: &Operator,
    firm: FirmId,
    answers: Answers,
    tools: Tools<'_>,
) -> Result<Outcome, DeskError> {
    let about = About::Firm(firm);
    about.name(tools.db).await?;
    let outcome = outcome(&answers).map_err(DeskError::Faults)?;
    let asked = |id: &String| QUESTIONS.iter().any(|question| question.id == id);
    let answers = answers.into_iter().filter(|(id, _)| asked(id)).collect();
    let diagnosed = Diagnosed { answers, outcome: outcome.clone() };
    let mut tx = tools.db.begin().await?;
    write_down(&mut tx, operator, about, "diagnosis", &Written::Diagnosis(diagnosed), tools).await?;
    tx.commit().await?;
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(changes: &[(&str, &str)]) -> Outcome {
        let usual = [
            ("age", "sixties"),
            ("wish", "hand-over"),
            ("successor", "none"),
            ("who", "nobody"),
            ("agreed", "nobody"),
            ("when", "five-years"),
            ("preparing", "not-yet"),
            ("shares", "not-yet"),
            ("told", "nobody"),
            ("outside", "considers"),
        ];
        let answers = usual.iter().chain(changes).map(|(id, code)| ((*id).to_owned(), (*code).to_owned()));
        outcome(&answers.collect()).unwrap()
    }

    #[test]
    fn a_president_of_72_without_anybody_who_wants_one_from_outside_writes_an_opening_soon() {
        let outcome = told(&[("age", "seventies"), ("outside", "wants")]);
        assert_eq!(outcome.succession, Succession::Undecided);
        assert_eq!((outcome.step.as_str(), outcome.urgent), ("write-opening", true));
    }

    #[test]
    fn a_daughter_who_agreed_makes_it_decided_and_nothing_is_urgent() {
        let outcome =
            told(&[("successor", "decided"), ("who", "child"), ("agreed", "agreed"), ("age", "eighties")]);
        assert_eq!(outcome.succession, Succession::Decided);
        assert_eq!((outcome.step.as_str(), outcome.urgent), ("make-plan", false));
    }

    #[test]
    fn a_son_whom_nobody_asked_is_asked_first() {
        let outcome = told(&[("successor", "decided"), ("who", "child"), ("agreed", "not-asked")]);
        assert_eq!((outcome.succession, outcome.step.as_str()), (Succession::Undecided, "ask-candidate"));
    }

    #[test]
    fn who_wants_to_close_is_shown_trials_only_if_open_to_others() {
        assert_eq!(told(&[("wish", "close")]).step, "show-trials");
        let outcome = told(&[("wish", "close"), ("outside", "no")]);
        assert_eq!((outcome.succession, outcome.step.as_str()), (Succession::Closing, "close-in-order"));
    }

    #[test]
    fn an_unanswered_question_is_named() {
        let faults = outcome(&Answers::from([("age".to_owned(), "ninety".to_owned())])).unwrap_err();
        assert_eq!(faults.len(), 10);
        assert_eq!(faults[0].field, "age");
    }
}
