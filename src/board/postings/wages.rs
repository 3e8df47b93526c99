//! The minimum wage, held against what a form says is paid.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::Finding;
use super::check::Reader;
use crate::domain::{Length, OpeningFacts, Pay, PayUnit, Start};
use crate::rules::disclosure;
use crate::rules::employment::{self, WorkingTime, below_minimum_wage};
use crate::rules::wage;

impl Reader<'_> {
    /// The minimum wage on every day of the work that is known, and whether the table is too old to know.
    pub(super) fn of_wage(&self, facts: &OpeningFacts) -> Vec<Finding> {
        let Some(Pay { unit, amount: Some(amount) }) = facts.pay else { return Vec::new() };
        let unit = match unit {
            PayUnit::Hour => employment::PayUnit::Hour,
            PayUnit::Day => employment::PayUnit::Day,
            PayUnit::Month => employment::PayUnit::Month,
            PayUnit::Year => employment::PayUnit::Year,
            PayUnit::Success | PayUnit::Unpaid => return Vec::new(),
        };
        let days = facts.days.map(|days| f64::from(days.min) / 100.0);
        let time = WorkingTime::read(facts.hours.as_deref().unwrap_or_default(), days);
        let pay = employment::Pay { unit, min_yen: amount.min };
        let (first, last) = self.period(facts);
        let place = self.firm.prefecture.as_str();
        let mut low = None;
        for day in [first, last] {
            low = low.or(below_minimum_wage(pay, time, place, day));
        }
        let item = |id: &str| disclosure::items().iter().find(|item| item.id == id);
        let mut findings = Vec::new();
        if let Some(low) = low {
            let hours = employment::hourly(employment::Pay { unit, min_yen: 1_000_000 }, time);
            let lowest = f64::from(low.minimum) * 1_000_000.0 / hours;
            let lawful = (lowest.ceil() as u64).to_string();
            let is_employment = self.contract() == "employment";
            let id = if is_employment { "saichin4-hourly" } else { "saichin-advisory" };
            findings.extend(item(id).map(|item| Finding {
                numbers: Some((low.hourly as usize, low.minimum as usize, 0)),
                key: "postings-wage",
                ..Finding::of_item(item, "pay_min", is_employment.then_some(lawful))
            }));
        }
        if self.contract() == "employment" && wage::is_stale(place, last) {
            findings.extend(item("saichin4-stale").map(|item| Finding::of_item(item, "pay_min", None)));
        }
        findings
    }

    /// From the first to the last day of the work, as far as it is told.
    fn period(&self, facts: &OpeningFacts) -> (Date, Date) {
        let first = match facts.start {
            Some(Start::Day(day)) => day.max(self.today),
            _ => self.today,
        };
        let months: Span = match facts.length {
            Some(Length::Months(months)) => i64::from(months.max).months(),
            _ => 0.months(),
        };
        (first, first.checked_add(months).unwrap_or(first))
    }
}
