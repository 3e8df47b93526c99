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
