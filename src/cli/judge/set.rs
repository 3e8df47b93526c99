//! The judged set: questions by class, what a reader of the records wants from each and why, and the floors below which
//! the figures may not fall. It stands in `questions.toml`, which is made to be edited by hand.

use std::path::Path;

use serde::Deserialize;

use super::measure::Grade;
use super::rule::{Record, Rule};

const SET: &str = include_str!("questions.toml");

/// Fields of an opening that a rule may name.
pub const OF_OPENINGS: &[&str] = &[
    "title", "role", "mission", "work", "wanted", "skills", "limits", "place", "kind", "contract", "days",
    "remote", "firm", "industry", "pref", "town", "about",
];
/// Fields of a profile that a rule may name.
pub const OF_PROFILES: &[&str] = &[
    "headline",
    "summary",
    "skills",
    "industries",
    "job",
    "areas",
    "achievements",
    "motive",
    "track",
    "days",
];

/// The judged set as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// For all questions together.
    pub floor: Floor,
    /// The classes in the order in which they are printed.
    pub class: Vec<Class>,
}

/// The least that is allowed. False matches are not allowed at all, unless a class says how many it still has.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// nDCG@10.
    pub ndcg: f64,
    /// recall@50.
    pub recall: f64,
    /// At most this many.
    #[serde(default)]
    pub false_matches: usize,
}

/// Questions that ask the same of a search.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// A short name.
    pub name: String,
    /// For its questions together.
    pub floor: Floor,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question and its judgement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As it is typed.
    pub ask: String,
    /// The collection that is asked.
    #[serde(default)]
    pub of: Side,
    /// Rule for grade 2.
    #[serde(default)]
    pub best: String,
    /// Rule for grade 1, where `best` does not choose.
    #[serde(default)]
    pub good: String,
    /// Rule for false friends, where neither chooses.
    #[serde(default, rename = "false")]
    pub wrong: String,
    /// Why a reader judges so.
    pub why: String,
}

/// A collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What firms seek.
    #[default]
    Openings,
    /// Who offers to come.
    Profiles,
}

/// A judgement ready to be applied.
pub struct Judgement {
    best: Rule,
    good: Rule,
    wrong: Rule,
}

impl Set {
    /// Reads a set, the built-in one when no file is named. Refuses one that a slip of the pen has spoilt, with the place.
    pub fn read(file: Option<&Path>) -> Result<Self, String> {
        let Some(file) = file else { return toml::from_str(SET).map_err(|error| error.to_string()) };
        let at = |cause: String| format!("{}: {cause}", file.display());
        let written = std::fs::read_to_string(file).map_err(|error| at(error.to_string()))?;
        toml::from_str(&written).map_err(|error| at(error.to_string()))
    }
}

impl Question {
    /// The rules, read.
    pub fn judgement(&self) -> Result<Judgement, String> {
        let known = match self.of {
            Side::Openings => OF_OPENINGS,
            Side::Profiles => OF_PROFILES,
        };
        let read = |rule: &str| Rule::read(rule, known).map_err(|part| format!("{}: {part}", self.ask));
        Ok(Judgement { best: read(&self.best)?, good: read(&self.good)?, wrong: read(&self.wrong)? })
    }
}

impl Judgement {
    /// The grade of a record.
    pub fn of(&self, record: &Record) -> Grade {
        if self.best.chooses(record) {
            Grade::Best
        } else if self.good.chooses(record) {
            Grade::Good
        } else if self.wrong.chooses(record) {
            Grade::False
        } else {
            Grade::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_asked_once_has_a_reason_and_rules_that_can_be_read() {
        let set = Set::read(None).unwrap();
        let mut seen = std::collections::HashSet::new();
        for question in set.class.iter().flat_map(|class| &class.questions) {
            assert!(question.judgement().is_ok(), "{}", question.ask);
            assert!(question.why.chars().count() > 5, "{} has no reason", question.ask);
            assert!(seen.insert((question.ask.as_str(), question.of == Side::Openings)), "{}", question.ask);
            let judged = [&question.best, &question.good, &question.wrong];
            assert!(judged.iter().any(|rule| !rule.is_empty()), "{} is not judged", question.ask);
        }
        assert!(seen.len() >= 130, "{} questions", seen.len());
    }

    #[test]
    fn every_class_has_questions_enough_to_say_something() {
        for class in Set::read(None).unwrap().class {
            assert!(class.questions.len() >= 6, "{}: {}", class.name, class.questions.len());
        }
    }
}
