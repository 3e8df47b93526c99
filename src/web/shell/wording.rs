//! Amounts and days as people read them. What a sheet wrote in words stays as written.

use crate::domain::{Choice, Days, Length, Pay, PayUnit, Range, Start};
use crate::texts::Lang;
use crate::texts::days::month_name;

pub use crate::texts::days::{day, instant_day, minute};

/// 「お試しCxO」
pub fn choice(choice: impl Choice, lang: Lang) -> String {
    lang.pick(choice.ja(), choice.en()).to_owned()
}

/// 「週1〜2日」, and 「月2回」 for less than a day a week.
pub fn days(days: Days, lang: Lang) -> String {
    if days.max < 100 {
        // Four weeks make a month here: half a day a week is twice a month.
        let times = range(days, |hundredths| number(u64::from(hundredths) * 4));
        return lang.say_with("web-days-month", &[("times", &times)]);
    }
    lang.say_with("web-days-week", &[("days", &range(days, |hundredths| number(hundredths.into())))])
}

/// 「50〜100%」
pub fn remote(share: Range<u8>, lang: Lang) -> String {
    match (share.min, share.max) {
        (0, 0) => lang.say("web-remote-none"),
        (100, 100) => lang.say("web-remote-full"),
        _ => format!("{}%", range(share, |percent| percent.to_string())),
    }
}

/// 「月額 100,000〜150,000円」
pub fn pay(pay: Pay, lang: Lang) -> String {
    let key = match pay.unit {
        PayUnit::Month => "web-pay-month",
        PayUnit::Hour => "web-pay-hour",
        PayUnit::Day => "web-pay-day",
        PayUnit::Year => "web-pay-year",
        PayUnit::Success => "web-pay-success",
        PayUnit::Unpaid => "web-pay-unpaid",
    };
    match pay.amount {
        Some(amount) => format!("{} {}", lang.say(key), yen(amount, lang)),
        None => lang.say(key),
    }
}

/// 「6か月」
pub fn length(length: Length, lang: Lang) -> String {
    match length {
        Length::Months(months) => {
            lang.say_with("web-length-months", &[("months", &range(months, |n| n.to_string()))])
        }
        Length::Unlimited => lang.say("web-length-unlimited"),
    }
}

/// 「2027年4月」
pub fn start(start: Start, lang: Lang) -> String {
    match start {
        Start::Day(date) => day(date, lang),
        Start::Month { year, month } => {
            lang.pick(format!("{year}年{month}月"), format!("{} {year}", month_name(month)))
        }
        Start::AnyTime => lang.say("web-start-any"),
    }
}

fn yen(amount: Range<u64>, lang: Lang) -> String {
    let text = range(amount, grouped);
    lang.pick(format!("{text}円"), format!("{text} yen"))
}

fn range<T: Copy + PartialEq>(range: Range<T>, say: impl Fn(T) -> String) -> String {
    if range.min == range.max { say(range.min) } else { format!("{}〜{}", say(range.min), say(range.max)) }
}

/// Hundredths without needless zeros.
fn number(hundredths: u64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let text = format!("{whole}.{rest:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        let lang = Lang::Ja;
        assert_eq!(days(Range { min: 100, max: 250 }, lang), "週1〜2.5日");
        assert_eq!(days(Range::exactly(50), lang), "月2回");
        assert_eq!(
            pay(Pay { unit: PayUnit::Month, amount: Some(Range { min: 80_000, max: 1_100_000 }) }, lang),
            "月額 80,000〜1,100,000円"
        );
        assert_eq!(remote(Range::exactly(100), lang), "すべてリモート");
        assert_eq!(day(jiff::civil::date(2026, 12, 5), lang), "2026年12月5日（土）");
        assert_eq!(day(jiff::civil::date(2026, 12, 5), Lang::En), "Sat 5 Dec 2026");
    }
}
