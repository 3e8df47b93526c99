//! Is the pay of an employment opening below the minimum wage? (W-MINWAGE of the import convention, §8.)
//!
//! The law compares by the hour: 日給 ÷ daily hours, 月給 ÷ monthly hours (最低賃金法施行規則2条). Hours come
//! from 就業時間 and 勤務日数 where they can be read:
//!
//! - hours a day: 「1日8時間」「実働7時間45分」 as written; else 「9:00〜18:00（休憩60分）」 from start to end less the
//!   break, and where no break is named less the shortest lawful one (労働基準法34条: 45 minutes over six hours
//!   of work, 60 over eight); else 「週40時間」 ÷ days a week; else 8;
//! - days a week: as given; else 5;
//! - hours a month: days a week × hours a day × 52 ÷ 12; hours a year: × 52.
//!
//! Overtime hours are not counted: they are paid on top.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization;

use crate::rules::wage;

const DEFAULT_HOURS_PER_DAY: f64 = 8.0;
const DEFAULT_DAYS_PER_WEEK: f64 = 5.0;
const WEEKS_PER_YEAR: f64 = 52.0;

/// The period a pay is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayUnit {
    /// 時給.
    Hour,
    /// 日給.
    Day,
    /// 月給.
    Month,
    /// 年収, 年俸.
    Year,
}

/// The pay an opening offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pay {
    /// The period it is for.
    pub unit: PayUnit,
    /// The lower end, in yen.
    pub min_yen: u64,
}

/// The regular working time of an opening.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkingTime {
    /// Hours of work a day, without breaks.
    pub hours_per_day: f64,
    /// Days of work a week; may be a fraction.
    pub days_per_week: f64,
}

/// A pay that is too low.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BelowMinimum {
    /// What the pay comes to, in yen an hour.
    pub hourly: f64,
    /// The minimum wage of the prefecture on the day, in yen an hour.
    pub minimum: u32,
}

/// The pay by the hour, if it is below the minimum wage of the prefecture (official name) on `day`, the first
/// day of work. `None` also for a name that is no prefecture.
pub fn below_minimum_wage(pay: Pay, time: WorkingTime, prefecture: &str, day: Date) -> Option<BelowMinimum> {
    let minimum = wage::minimum_hourly(prefecture, day)?;
    let hourly = hourly(pay, time);
    (hourly < f64::from(minimum)).then_some(BelowMinimum { hourly, minimum })
}

/// Yen an hour.
pub fn hourly(pay: Pay, time: WorkingTime) -> f64 {
    let hours_per_year = time.hours_per_day * time.days_per_week * WEEKS_PER_YEAR;
    let yen = pay.min_yen as f64;
    match pay.unit {
        PayUnit::Hour => yen,
        PayUnit::Day => yen / time.hours_per_day,
        PayUnit::Month => yen * 12.0 / hours_per_year,
        PayUnit::Year => yen / hours_per_year,
    }
}

impl WorkingTime {
    /// Reads 就業時間; `days_per_week` is the lower end of 勤務日数, if known. What cannot be read takes the
    /// default of the module.
    pub fn read(working_hours: &str, days_per_week: Option<f64>) -> Self {
        let text: String = working_hours.nfkc().filter(|letter| !letter.is_whitespace()).collect();
        let days_per_week =
            days_per_week.filter(|days| *days > 0.0 && *days <= 7.0).unwrap_or(DEFAULT_DAYS_PER_WEEK);
        let hours_per_day = stated_hours(&text)
            .or_else(|| clock_hours(&text))
            .or_else(|| weekly_hours(&text).map(|hours| hours / days_per_week))
            .filter(|hours| *hours > 0.0 && *hours <= 24.0)
            .unwrap_or(DEFAULT_HOURS_PER_DAY);
        Self { hours_per_day, days_per_week }
    }
}

/// 「8時間」「7時間45分」「7.5時間」「7時間半」.
const LENGTH: &str = r"(?<hours>\d+(?:\.\d+)?)時間(?:(?<minutes>\d+)分|(?<half>半))?";

/// Hours of work a day that the text names outright.
fn stated_hours(text: &str) -> Option<f64> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!("(?:[1一]日(?:あたり)?|実働|所定(?:労働時間)?)[はの約:]*{LENGTH}"))
    });
    static SHIFT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{LENGTH}勤務")));
    NAMED.captures(text).or_else(|| SHIFT.captures(text)).map(|found| length(&found))
}

fn weekly_hours(text: &str) -> Option<f64> {
    static WEEKLY: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("週(?:あたり)?[はの約:]*{LENGTH}")));
    WEEKLY.captures(text).map(|found| length(&found))
}

/// Hours from the first 「9:00〜18:00」, less the break. An end before the start is on the next day.
fn clock_hours(text: &str) -> Option<f64> {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        let time =
            |n| format!(r"(?<pm{n}>午後)?(?<h{n}>\d{{1,2}})[:時](?:(?<m{n}>\d{{2}})分?|(?<half{n}>半))?");
        pattern(&format!("{}(?:〜|~|-|‐|–|―|ー|から)(?:午前)?{}", time(1), time(2)))
    });
    let found = CLOCK.captures(text)?;
    let at = |n: u8| {
        let afternoon = if found.name(&format!("pm{n}")).is_some() { 12.0 } else { 0.0 };
        let half = if found.name(&format!("half{n}")).is_some() { 0.5 } else { 0.0 };
        number(&found, &format!("h{n}")) + afternoon + half + number(&found, &format!("m{n}")) / 60.0
    };
    let span = (at(2) - at(1)).rem_euclid(24.0);
    Some(span - named_break(text).unwrap_or_else(|| shortest_lawful_break(span)))
}

/// 「休憩60分」「休憩1時間」, in hours.
fn named_break(text: &str) -> Option<f64> {
    static BREAK: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"休憩(?:時間)?[はの約:(]*(?:{LENGTH}|(?<only>\d+)分)")));
    BREAK.captures(text).map(|found| length(&found) + number(&found, "only") / 60.0)
}

/// 労働基準法34条, in hours, for a day of `span` hours from start to end.
fn shortest_lawful_break(span: f64) -> f64 {
    match span {
        span if span - 0.75 > 8.0 => 1.0,
        span if span > 6.0 => 0.75,
        _ => 0.0,
    }
}

fn length(found: &Captures) -> f64 {
    let half = if found.name("half").is_some() { 0.5 } else { 0.0 };
    number(found, "hours") + number(found, "minutes") / 60.0 + half
}

/// The number a group of digits holds, 0 when it took no part in the match.
fn number(found: &Captures, group: &str) -> f64 {
    found.name(group).and_then(|digits| digits.as_str().parse().ok()).unwrap_or(0.0)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file is a regular expression")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn hours(text: &str, days: Option<f64>) -> f64 {
        let read = WorkingTime::read(text, days).hours_per_day;
        (read * 60.0).round() / 60.0
    }

    #[test]
    fn hours_a_day_are_read_as_coordinators_write_them() {
        for (text, expected) in [
            ("9:00～18:00（休憩60分）", 8.0),
            ("９:００～１７:００（休憩６０分）", 7.0),
            ("8:30～17:30（休憩60分） 残業は月10時間ほど", 8.0),
            ("9:00〜17:30（休憩1時間）", 7.5),
            ("9時から17時半まで、休憩は60分", 7.5),
            ("午前9時〜午後6時（休憩60分）", 8.0),
            ("22:00-7:00 休憩60分", 8.0),
            ("9:00~18:00", 8.0),
            ("10:00～16:00", 6.0),
            ("8:30〜17:00", 7.75),
            ("1日6時間、時間は相談", 6.0),
            ("実働7時間45分", 7.75),
            ("7.5時間勤務", 7.5),
        ] {
            assert_eq!(hours(text, None), expected, "{text}");
        }
    }

    #[test]
    fn weekly_hours_are_spread_over_the_days() {
        assert_eq!(hours("週24時間", Some(3.0)), 8.0);
        assert_eq!(hours("週40時間", None), 8.0);
    }

    #[test]
    fn what_cannot_be_read_counts_as_eight_hours_on_five_days() {
        let default = WorkingTime { hours_per_day: 8.0, days_per_week: 5.0 };
        for text in [
            "",
            "なし",
            "シフト制",
            "残業は月10時間ほど",
            "9:00〜9:00",
            "1日0時間",
            "1日99999999999999999999時間",
        ] {
            assert_eq!(WorkingTime::read(text, Some(f64::NAN)), default, "{text}");
        }
    }

    #[test]
    fn pay_of_any_period_is_compared_by_the_hour() {
        let time = WorkingTime { hours_per_day: 8.0, days_per_week: 3.0 };
        assert_eq!(hourly(Pay { unit: PayUnit::Hour, min_yen: 1500 }, time), 1500.0);
        assert_eq!(hourly(Pay { unit: PayUnit::Day, min_yen: 12_000 }, time), 1500.0);
        assert_eq!(hourly(Pay { unit: PayUnit::Month, min_yen: 156_000 }, time), 1500.0);
        assert_eq!(hourly(Pay { unit: PayUnit::Year, min_yen: 1_872_000 }, time), 1500.0);
    }

    #[test]
    fn an_hourly_wage_of_900_yen_is_too_low_and_the_minimum_itself_is_not() {
        let time = WorkingTime::read("8:00〜17:00（休憩60分）", Some(3.0));
        let below = |min_yen| {
            below_minimum_wage(Pay { unit: PayUnit::Hour, min_yen }, time, "鳥取県", date(2027, 2, 1))
        };
        assert_eq!(below(900), Some(BelowMinimum { hourly: 900.0, minimum: 1030 }));
        assert!(below(1029).is_some());
        assert_eq!(below(1030), None);
    }

    #[test]
    fn the_day_of_the_start_decides_which_minimum_holds() {
        let time = WorkingTime::read("", None);
        let day_pay = Pay { unit: PayUnit::Day, min_yen: 8_000 };
        assert!(below_minimum_wage(day_pay, time, "岡山県", date(2025, 12, 1)).is_some());
        assert!(below_minimum_wage(day_pay, time, "岡山県", date(2025, 11, 30)).is_none());
    }
}
