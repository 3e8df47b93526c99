//! Amounts as people write them: ranges of yen, days a week, months, and starts that are only a month or a word.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A closed range; a single value has `min == max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range<T> {
    /// The lower end.
    pub min: T,
    /// The upper end, never below `min`.
    pub max: T,
}

impl<T: Copy> Range<T> {
    /// A single value.
    pub fn exactly(value: T) -> Self {
        Self { min: value, max: value }
    }
}

/// Days a week, in hundredths of a day: 週1日 is 100, 月2回 is 50.
pub type Days = Range<u16>;

/// What a pay amount is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayUnit {
    /// 月
    Month,
    /// 時
    Hour,
    /// 日
    Day,
    /// 年
    Year,
    /// 成果
    Success,
    /// 無償
    Unpaid,
}

/// Pay of an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// What the amount is paid for.
    pub unit: PayUnit,
    /// Yen; none for unpaid work and for pay by result without an amount.
    pub amount: Option<Range<u64>>,
}

impl Pay {
    /// What a day earns, in yen, whatever it is paid for; `days` are those worked a week. None when it cannot be told.
    /// Work of a day is taken for eight hours, a year for 52 weeks.
    pub fn a_day(self, days: Option<Days>) -> Option<Range<u64>> {
        const HOURS_A_DAY: u64 = 8;
        const WEEKS_A_YEAR: u64 = 52;
        let Range { min, max } = match (self.unit, self.amount) {
            (PayUnit::Unpaid, _) => return Some(Range::exactly(0)),
            (PayUnit::Success, _) | (_, None) => return None,
            (_, Some(amount)) => amount,
        };
        let of = |yen: u64| {
            let a_year = match self.unit {
                PayUnit::Hour => return yen.checked_mul(HOURS_A_DAY),
                PayUnit::Day => return Some(yen),
                PayUnit::Month => yen.checked_mul(12)?,
                _ => yen,
            };
            let hundredths_a_year = u64::from(days?.max).checked_mul(WEEKS_A_YEAR)?;
            a_year.checked_mul(100)?.checked_div(hundredths_a_year)
        };
        Some(Range { min: of(min)?, max: of(max)? })
    }
}

/// How long a trial lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// A number of months.
    Months(Range<u16>),
    /// 無期
    Unlimited,
}

/// When a trial starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// On this day.
    Day(Date),
    /// Some time in this month.
    Month {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// 随時
    AnyTime,
}

/// Where a candidate wants to work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Areas {
    /// 全国
    Everywhere,
    /// Official names of prefectures, no repeats.
    Prefectures(Vec<String>),
}

impl Areas {
    /// Whether the prefecture (by its official name) is among them.
    pub fn include(&self, prefecture: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Prefectures(list) => list.iter().any(|one| one == prefecture),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_is_compared_by_the_day_whatever_it_is_paid_for() {
        let pay = |unit, yen| Pay { unit, amount: Some(Range::exactly(yen)) };
        let two_days = Some(Range::exactly(200));
        let a_day = |unit, yen, days| pay(unit, yen).a_day(days).map(|range| range.min);
        assert_eq!(a_day(PayUnit::Hour, 1_500, None), Some(12_000));
        assert_eq!(a_day(PayUnit::Month, 104_000, two_days), Some(12_000));
        assert_eq!(a_day(PayUnit::Year, 1_248_000, two_days), Some(12_000));
        assert_eq!(a_day(PayUnit::Month, 104_000, None), None);
        assert_eq!(Pay { unit: PayUnit::Unpaid, amount: None }.a_day(two_days), Some(Range::exactly(0)));
        assert_eq!(a_day(PayUnit::Year, u64::MAX, two_days), None);
    }
}
