//! What the law asks an opening to say: the items of `data/disclosure_items.toml`, by contract, condition and day.
//!
//! The table is data: a newer one takes its place without a change here. Useful for asking which items hold; not useful for
//! judging what somebody wrote (`board`), nor for the words themselves ([`wording`](super::wording)).

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// When an item has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Before publication.
    Publish,
    /// Before somebody can apply.
    Apply,
    /// Before a contract is offered.
    Offer,
    /// During the trial.
    Run,
    /// Of the operator, not of an opening.
    Operator,
}

/// How grave it is when it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Shown.
    Info,
    /// To be thought about.
    Warn,
    /// Blocks the stage.
    Error,
}

/// One thing that must be said.
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// Stable: `shokuan5_3-job-content-range`.
    pub id: String,
    /// What it is about; the forms name their fields by it.
    pub field: String,
    /// Its name.
    pub label_ja: String,
    /// The law, with its article.
    pub article: String,
    #[serde(deserialize_with = "day")]
    effective_from: Date,
    #[serde(default, deserialize_with = "maybe_day")]
    freelance_from: Option<Date>,
    contracts: Vec<String>,
    when: String,
    /// When it has to be there.
    pub stage: Stage,
    /// How grave it is when it is not.
    pub severity: Severity,
    /// What is missing.
    pub message_ja: String,
    /// How to mend it.
    pub fix_ja: String,
    /// What is missing, in English.
    pub message_en: String,
    /// A sentence that would do.
    #[serde(default)]
    pub example: Option<String>,
    #[serde(default)]
    max_days: Option<u64>,
}

/// A question whose answer tells how near somebody is to a worker.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// Stable: `status-refuse`.
    pub id: String,
    /// As it is asked.
    pub question_ja: String,
    worker_like_answer_ja: String,
}

impl Question {
    /// The field of the form that holds the answer: `status_refuse`.
    pub fn field(&self) -> String {
        self.id.replace('-', "_")
    }

    /// The answer that a worker would give: `yes` or `no`.
    pub fn worker_like(&self) -> &'static str {
        if self.worker_like_answer_ja == "はい" { "yes" } else { "no" }
    }
}

/// Ten questions, and what so many answers mean.
#[derive(Clone, Debug, Deserialize)]
pub struct SelfCheck {
    /// From so many worker-like answers on there is doubt.
    pub warn_from: usize,
    /// And from so many on, grave doubt.
    pub strong_from: usize,
    /// What to do then.
    pub advice_ja: String,
    /// Where the criteria come from.
    pub source: String,
    /// The questions, in order.
    #[serde(default)]
    pub questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Table {
    meta: Meta,
    item: Vec<Item>,
    self_check_rule: SelfCheck,
    self_check: Vec<Question>,
}

#[derive(Deserialize)]
struct Meta {
    ruleset_version: String,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table: Table = toml::from_str(include_str!("data/disclosure_items.toml"))
        .expect("the table compiled into the program can be read");
    table.self_check_rule.questions = std::mem::take(&mut table.self_check);
    table
});

/// The version of the table: kept with whatever was checked by it.
pub fn ruleset() -> &'static str {
    &TABLE.meta.ruleset_version
}

/// Every item, in the order of the table.
pub fn items() -> &'static [Item] {
    &TABLE.item
}

/// The self-check of worker status.
pub fn self_check() -> &'static SelfCheck {
    &TABLE.self_check_rule
}

/// Days after which an unpaid visit is more than a visit.
pub fn longest_visit() -> u64 {
    TABLE.item.iter().find_map(|item| (item.id == "visit-unpaid").then_some(item.max_days)?).unwrap_or(3)
}

impl Item {
    /// Whether it holds for an opening of this contract (`employment`, `freelance` …) on a day. `is_so` tells whether a
    /// condition of the table is true of the opening.
    pub fn holds(&self, contract: &str, day: Date, is_so: impl Fn(&str) -> bool) -> bool {
        let from = match self.freelance_from {
            Some(later) if contract == "freelance" => later,
            _ => self.effective_from,
        };
        self.contracts.iter().any(|one| one == contract)
            && from <= day
            && (self.when == "always" || is_so(&self.when))
    }
}

/// A day of the table stands there as a date or as the text of one.
fn day<'de, D: Deserializer<'de>>(cell: D) -> Result<Date, D::Error> {
    use serde::de::Error;
    let cell = toml::Value::deserialize(cell)?;
    let text = cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
    text.parse().map_err(D::Error::custom)
}

fn maybe_day<'de, D: Deserializer<'de>>(cell: D) -> Result<Option<Date>, D::Error> {
    day(cell).map(Some)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn holding(contract: &str, day: Date) -> Vec<&'static str> {
        let always = |item: &&Item| item.stage == Stage::Publish && item.holds(contract, day, |_| false);
        items().iter().filter(always).map(|item| item.id.as_str()).collect()
    }

    #[test]
    fn a_duty_begins_on_its_day() {
        let range = "shokuan5_3-job-content-range";
        assert!(!holding("employment", date(2024, 3, 31)).contains(&range));
        assert!(holding("employment", date(2024, 4, 1)).contains(&range));
        let desk = "kinto13-desk";
        assert!(!holding("employment", date(2026, 9, 30)).contains(&desk));
        assert!(holding("employment", date(2026, 10, 1)).contains(&desk));
    }

    #[test]
    fn one_item_may_hold_later_for_services_than_for_employment() {
        let as_of = "shokuan5_4-as-of";
        assert!(holding("employment", date(2023, 1, 1)).contains(&as_of));
        assert!(!holding("freelance", date(2023, 1, 1)).contains(&as_of));
        assert!(holding("freelance", date(2024, 11, 1)).contains(&as_of));
    }

    #[test]
    fn a_condition_decides() {
        let renewal = items().iter().find(|item| item.id == "shokuan5_3-renewal-criteria").unwrap();
        assert!(!renewal.holds("employment", date(2026, 12, 1), |_| false));
        assert!(renewal.holds("employment", date(2026, 12, 1), |condition| condition == "renewable"));
    }

    #[test]
    fn every_item_can_be_read_and_says_law_and_remedy() {
        assert_eq!(items().len(), 102);
        for item in items() {
            assert!(
                !item.article.is_empty() && !item.message_ja.is_empty() && !item.fix_ja.is_empty(),
                "{}",
                item.id
            );
        }
        assert_eq!(ruleset(), "2026.11.1");
    }
}
