//! An opening that came as a row of a coordinator's sheet becomes one that its firm writes on: what is known of it is the
//! first version of the form. What the public sees stays as it is until the desk approves another.

use super::error::PostingError;
use super::{FIELDS, Form};
use crate::accounts::{FirmHand, Tools};
use crate::domain::{
    Choice, Contract, FirmId, Length, Opening, OpeningFacts, OpeningId, PayUnit, Range, Start,
};
use crate::store::postings as rows;
use crate::store::{Db, shown};

/// The openings of a firm that nobody has written on here.
pub async fn imported(db: &Db, firm: FirmId) -> Result<Vec<Opening>, PostingError> {
    let written = rows::of_firm(db, firm).await?;
    let ids = written.iter().map(rows::Row::opening).collect::<Result<Vec<_>, _>>()?;
    let openings = shown::openings_of(db, firm).await?;
    Ok(openings.into_iter().filter(|opening| !ids.contains(&opening.id)).collect())
}

/// Begins to write on an imported opening. The same twice is once.
///
/// # Errors
/// [`PostingError::NotFound`] for another firm's, and for what is not there.
pub async fn adopt(hand: &FirmHand, id: OpeningId, tools: Tools<'_>) -> Result<(), PostingError> {
    let firm = shown::firm(tools.db, hand.firm()).await?.ok_or(PostingError::NotFound)?;
    let known = shown::opening(tools.db, id).await?.ok_or(PostingError::NotFound)?;
    if known.firm != firm.id {
        return Err(PostingError::NotFound);
    }
    let mut form = form_of(&known.facts);
    form.entry("recruiter_name".to_owned()).or_insert(firm.facts.name);
    form.entry("dispatch_flag".to_owned()).or_insert_with(|| "no".to_owned());
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    if rows::find_in(&mut tx, id).await?.is_some() {
        return Ok(());
    }
    rows::add(&mut tx, id, firm.id, &form, now).await?;
    rows::keep(&mut tx, id, 1, &form, "adopted", None, (hand.person(), hand.is_proxy()), now).await?;
    Ok(tx.commit().await?)
}

/// The form that says these facts. What a form cannot say (a start without a day) is left to be filled in.
pub fn form_of(facts: &OpeningFacts) -> Form {
    let is_employment = matches!(facts.contract, Contract::Permanent | Contract::FixedTerm);
    let hours = if is_employment { "working_hours" } else { "place_period_time" };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let ends = |range: Option<Range<u64>>| match range {
        Some(range) => [range.min.to_string(), range.max.to_string()],
        None => Default::default(),
    };
    let days = facts.days.map_or(Default::default(), |days| [days.min, days.max].map(days_text));
    let pay = ends(facts.pay.and_then(|pay| pay.amount));
    let months = match facts.length {
        Some(Length::Months(months)) => ends(Some(Range { min: months.min.into(), max: months.max.into() })),
        _ => Default::default(),
    };
    let [days_min, days_max] = days;
    let [pay_min, pay_max] = pay;
    let [months_min, months_max] = months;
    let told = [
        ("kind", facts.kind.code().to_owned()),
        ("role", text(&facts.role)),
        ("title", facts.title.clone()),
        ("mission", text(&facts.mission)),
        ("job_content", facts.work.clone()),
        ("days_min", days_min),
        ("days_max", days_max),
        ("remote_max", facts.remote.map(|share| share.max.to_string()).unwrap_or_default()),
        ("contract", facts.contract.code().to_owned()),
        ("pay_unit", facts.pay.map(|pay| unit(pay.unit).to_owned()).unwrap_or_default()),
        ("pay_min", pay_min),
        ("pay_max", pay_max),
        ("workplace", text(&facts.place)),
        ("months_min", months_min),
        ("months_max", months_max),
        ("seats", facts.seats.to_string()),
        (
            "start",
            match facts.start {
                Some(Start::Day(day)) => day.to_string(),
                _ => String::new(),
            },
        ),
        ("deadline", facts.deadline.map(|day| day.to_string()).unwrap_or_default()),
        ("wanted", text(&facts.wanted)),
        ("skills", facts.skills.join("、")),
        ("not_entrusted", text(&facts.not_entrusted)),
        (hours, text(&facts.hours)),
        ("job_content_range", text(&facts.changes)),
        ("probation", text(&facts.probation)),
        ("social_insurance", text(&facts.insurance)),
        ("smoking_measures", text(&facts.smoking)),
    ];
    let more = facts.more.iter().map(|(name, value)| (name.clone(), value.clone()));
    let told = told.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(more);
    told.filter(|(name, value)| !value.is_empty() && FIELDS.iter().any(|spec| spec.name == name)).collect()
}

/// Hundredths of a day as people write them: 0.5, 1, 2.5.
fn days_text(days: u16) -> String {
    (f64::from(days) / 100.0).to_string()
}

fn unit(unit: PayUnit) -> &'static str {
    match unit {
        PayUnit::Month => "month",
        PayUnit::Hour => "hour",
        PayUnit::Day => "day",
        PayUnit::Year => "year",
        PayUnit::Success => "success",
        PayUnit::Unpaid => "unpaid",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Days, Pay};

    #[test]
    fn days_are_written_as_people_write_them() {
        assert_eq!([50, 100, 250].map(days_text), ["0.5", "1", "2.5"]);
    }

    proptest! {
        /// What the form says is read as the same facts.
        #[test]
        fn a_form_made_of_facts_says_these_facts(
            (min, more) in (1_u16..=7, 0_u16..=7),
            pay in proptest::option::of((1_u64..2_000_000, 0_u64..1_000_000)),
            seats in 1_u8..=20,
            remote in proptest::option::of(0_u8..=100),
            contract in proptest::sample::select(&[Contract::Service, Contract::Permanent, Contract::FixedTerm][..]),
        ) {
            let firm = crate::board::postings::tests::firm();
            let facts = OpeningFacts {
                days: Some(Days { min: min * 50, max: (min * 50 + more * 50).min(700) }),
                pay: pay.map(|(low, more)| Pay { unit: PayUnit::Month, amount: Some(Range { min: low, max: low + more }) }),
                seats,
                remote: remote.map(Range::exactly),
                contract,
                ..crate::board::postings::check(&Form::new(), &firm, jiff::civil::date(2026, 12, 1)).facts
            };
            let read = crate::board::postings::check(&form_of(&facts), &firm, jiff::civil::date(2026, 12, 1)).facts;
            prop_assert_eq!((read.days, read.seats, read.remote, read.contract), (facts.days, facts.seats, facts.remote, facts.contract));
            prop_assert_eq!(read.pay, facts.pay);
        }
    }
}
