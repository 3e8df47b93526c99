//! Days and times as people in Japan read them, with the day of the week.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};

use super::Lang;

/// 「2026年12月5日（土）」
pub fn day(date: Date, lang: Lang) -> String {
    let (ja, en) = match date.weekday() {
        Weekday::Monday => ("月", "Mon"),
        Weekday::Tuesday => ("火", "Tue"),
        Weekday::Wednesday => ("水", "Wed"),
        Weekday::Thursday => ("木", "Thu"),
        Weekday::Friday => ("金", "Fri"),
        Weekday::Saturday => ("土", "Sat"),
        Weekday::Sunday => ("日", "Sun"),
    };
    let (y, m, d) = (date.year(), date.month(), date.day());
    lang.pick(format!("{y}年{m}月{d}日（{ja}）"), format!("{en} {d} {} {y}", month_name(m)))
}

/// The day of an instant, in Japan.
pub fn instant_day(ms: i64, lang: Lang) -> String {
    japan(ms).map(|at| day(at.date(), lang)).unwrap_or_default()
}

/// 「2026年12月5日（土）17:00」, in Japan.
pub fn minute(ms: i64, lang: Lang) -> String {
    let written = |at: DateTime| format!("{} {:02}:{:02}", day(at.date(), lang), at.hour(), at.minute());
    japan(ms).map(written).unwrap_or_default()
}

/// 「12月」 in English: `Dec`.
pub fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("")
}

fn japan(ms: i64) -> Option<DateTime> {
    // Nine hours the year round: see `clock::in_japan`.
    Timestamp::from_millisecond(ms).ok().map(crate::clock::in_japan)
}
