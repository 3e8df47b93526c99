//! When somebody is free and how much a day must earn, as people write it and as it is shown again.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::domain::Start;

/// Words for a beginning that is open.
const OPEN: [&str; 5] = ["いつでも", "随時", "すぐ", "すぐに", "anytime"];
/// Nobody means a month's pay by a day's.
const MOST: u64 = 1_000_000;

/// 「2027年4月」「2027-04-01」「令和9年4月」「いつでも」; none for anything else.
pub(super) fn start(text: &str) -> Option<Start> {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    if OPEN.contains(&plain.as_str()) {
        return Some(Start::AnyTime);
    }
    let (era, plain) = match plain.strip_prefix("令和").or_else(|| plain.strip_prefix('r')) {
        Some(rest) => (2018, rest.replace('元', "1")),
        None => (0, plain),
    };
    let marks = ['年', '月', '-', '/', '.'];
    let end = plain.trim_end_matches("から").trim_end_matches("以降").trim_end_matches('日');
    let parts = end.trim_end_matches('月').split(marks).map(|part| part.parse::<i16>().ok());
    let parts: Vec<i16> = parts.collect::<Option<_>>()?;
    let year = parts.first()?.checked_add(era).filter(|year| (2020..2100).contains(year))?;
    match parts.as_slice() {
        [_, month] => {
            let month = i8::try_from(*month).ok().filter(|month| (1..=12).contains(month))?;
            Some(Start::Month { year, month })
        }
        [_, month, day] => {
            let (month, day) = (i8::try_from(*month).ok()?, i8::try_from(*day).ok()?);
            Date::new(year, month, day).ok().map(Start::Day)
        }
        _ => None,
    }
}

/// As [`start`] reads it.
pub(super) fn start_text(start: Start) -> String {
    match start {
        Start::AnyTime => OPEN[0].to_owned(),
        Start::Month { year, month } => format!("{year}年{month}月"),
        Start::Day(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// 「20000」「2万円」「¥20,000」; none for anything else, for nothing and for more than anybody earns a day.
pub(super) fn yen(text: &str) -> Option<u64> {
    let plain: String =
        text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '¥' | '\\')).collect();
    let plain = plain.trim_end_matches("以上").trim_end_matches('円');
    let amount = match plain.strip_suffix('万') {
        Some(number) => in_ten_thousands(number)?,
        None => plain.parse().ok()?,
    };
    (1..=MOST).contains(&amount).then_some(amount)
}

/// 1.5 → 15,000.
fn in_ten_thousands(number: &str) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let part = format!("{part:0<4}").parse::<u64>().ok().filter(|part| *part < 10_000)?;
    whole.parse::<u64>().ok()?.checked_mul(10_000)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_beginning_is_read_as_people_write_it() {
        let april = Some(Start::Month { year: 2027, month: 4 });
        for text in ["2027年4月", "２０２７年４月から", "2027-04", "2027/4", "令和9年4月", "R9.4"]
        {
            assert_eq!(start(text), april, "{text}");
        }
        assert_eq!(start("2027年4月1日"), Some(Start::Day(date(2027, 4, 1))));
        assert_eq!(start(" いつでも "), Some(Start::AnyTime));
        for text in
            ["来月", "4月", "2027", "2027年13月", "2027-02-30", "1927年4月", "2027年4月ごろ", "-", "年月"]
        {
            assert_eq!(start(text), None, "{text}");
        }
    }

    #[test]
    fn a_beginning_reads_back_as_itself() {
        for one in [Start::AnyTime, Start::Month { year: 2027, month: 12 }, Start::Day(date(2028, 2, 29))] {
            assert_eq!(start(&start_text(one)), Some(one));
        }
    }

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for text in ["20000", "２０，０００円", "2万円以上", "¥20,000", "2.0万"] {
            assert_eq!(yen(text), Some(20_000), "{text}");
        }
        assert_eq!(yen("1.5万"), Some(15_000));
        for text in ["", "0", "-1", "たくさん", "2万5千", "1000001", "99999999999999999999万", "1.23456万"]
        {
            assert_eq!(yen(text), None, "{text}");
        }
    }
}
