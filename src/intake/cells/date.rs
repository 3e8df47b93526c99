//! Years, dates and starts, in western years and in eras.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::{Date, date};
use regex::Regex;

use super::kanji::to_digits;
use super::plain::{is_hyphen, plain, without_brackets};
use super::{Read, Reading, or_unparsed};
use crate::domain::Start;
use crate::intake::code::Code;

/// Each era: its names, the western year before its first, and its last year.
const ERAS: [([&str; 3], i16, i16); 5] = [
    (["明治", "明", "M"], 1867, 45),
    (["大正", "大", "T"], 1911, 15),
    (["昭和", "昭", "S"], 1925, 64),
    (["平成", "平", "H"], 1988, 31),
    (["令和", "令", "R"], 2018, i16::MAX),
];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this file are valid")
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:西暦)?([0-9]{4})年?$"));
static ERA_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([^0-9]+?)\.?([0-9]{1,3}|元)年?$"));
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(.+?)(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?$"));
static MONTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(.+?)(?:年([0-9]{1,2})月?|[-/.]([0-9]{1,2})月?)$"));
static EIGHT_DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([0-9]{4})([0-9]{2})([0-9]{2})$"));
static TIME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*$"));
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[日月火水木金土]曜日?$"));

/// 創業年: `1962年`, `西暦1962年`, `昭和37年`, `S37`, `昭和三十七年`, `大正12年（1923年）`, `明治元年`.
pub(in crate::intake) fn year(text: &str) -> Reading<i16> {
    let text = to_digits(&without_brackets(&plain(text)));
    match year_of(&text) {
        Some((year, true)) => Read::sure(year),
        Some((year, false)) => Read::but(year, Code::Era),
        None => Err(Code::Unparsed),
    }
}

/// A date in any form of the convention; a whole number from 20000 to 80000 is a spreadsheet's serial number.
pub(in crate::intake) fn day(text: &str) -> Reading<Date> {
    let text = date_text(text);
    if let Some(serial) = serial(&text) {
        return Read::but(serial, Code::DateSerial);
    }
    if let Some(found) = EIGHT_DIGITS.captures(&text) {
        return or_unparsed(civil(found[1].parse().ok(), &found[2], &found[3]));
    }
    let found = DATE.captures(&text).ok_or(Code::Unparsed)?;
    let (year, sure) = year_of(&found[1]).ok_or(Code::Unparsed)?;
    let day = civil(Some(year), &found[2], &found[3]).ok_or(Code::Unparsed)?;
    if sure { Read::sure(day) } else { Read::but(day, Code::Era) }
}

/// 開始時期: a date, a month (上旬, 頃, 以降 … ignored), or 随時 and its like.
pub(in crate::intake) fn start(text: &str) -> Reading<Start> {
    let mut text = date_text(text);
    if ["随時", "応相談", "即日", "いつでも"].contains(&text.as_str()) {
        return Read::sure(Start::AnyTime);
    }
    const VAGUE: [&str; 8] = ["上旬", "中旬", "下旬", "頃", "ごろ", "ころ", "予定", "以降"];
    while let Some(rest) = VAGUE.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest.to_owned();
    }
    match day(&text) {
        Ok(read) => Ok(Read { value: Start::Day(read.value), warning: read.warning }),
        Err(_) => month(&text),
    }
}

fn month(text: &str) -> Reading<Start> {
    let found = MONTH.captures(text).ok_or(Code::Unparsed)?;
    let (year, sure) = year_of(&found[1]).ok_or(Code::Unparsed)?;
    let month = found.get(2).or(found.get(3)).and_then(|digits| digits.as_str().parse().ok());
    let month = month.filter(|month| (1..=12).contains(month)).ok_or(Code::Unparsed)?;
    let start = Start::Month { year, month };
    if sure { Read::sure(start) } else { Read::but(start, Code::Era) }
}

/// The western year, and whether the era had such a year.
fn year_of(text: &str) -> Option<(i16, bool)> {
    if let Some(found) = YEAR.captures(text) {
        return found[1].parse().ok().filter(|year| *year >= 1000).map(|year| (year, true));
    }
    let found = ERA_YEAR.captures(text)?;
    let name = found[1].to_uppercase();
    let (_, before, last) = ERAS.iter().find(|(names, ..)| names.contains(&name.as_str()))?;
    let count: i16 = if &found[2] == "元" { 1 } else { found[2].parse().ok()? };
    (count > 0).then_some((before + count, count <= *last))
}

fn civil(year: Option<i16>, month: &str, day: &str) -> Option<Date> {
    Date::new(year.filter(|year| *year >= 1000)?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// 46266 is 2026-09-01: days since 1899-12-30.
fn serial(text: &str) -> Option<Date> {
    let days: i64 = text.strip_suffix(".0").unwrap_or(text).parse().ok()?;
    let plain = text.starts_with(|first: char| first.is_ascii_digit()) && (20_000..=80_000).contains(&days);
    plain.then(|| date(1899, 12, 30).checked_add(Span::new().days(days)).ok()).flatten()
}

/// Plain, without time of day, weekday and remarks; hyphens and digits of one kind.
fn date_text(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    let text = without_brackets(&plain(&TIME.replace(&text, "")));
    let text = WEEKDAY.replace(&text, "");
    to_digits(&text.chars().map(|letter| if is_hyphen(letter) { '-' } else { letter }).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_in_every_form_of_the_convention() {
        for text in [
            "1962",
            "1962年",
            "西暦1962年",
            "昭和37年",
            "Ｓ37",
            "S37年",
            "昭和三十七年",
            "s37",
            "昭和37年（1962年）",
            "一九六二年",
        ] {
            assert_eq!(year(text), Read::sure(1962), "{text}");
        }
        assert_eq!(year("大正12年（1923年）"), Read::sure(1923));
        assert_eq!(year("明治元年"), Read::sure(1868));
        assert_eq!(year("H30"), Read::sure(2018));
        assert_eq!(year("昭和66年"), Read::but(1991, Code::Era));
        assert_eq!(year("平成32年"), Read::but(2020, Code::Era));
        for text in ["約百年前", "不詳", "62", "昭和0年", "19620"] {
            assert_eq!(year(text), Err(Code::Unparsed), "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_every_form_of_the_convention() {
        for text in [
            "2027-04-01",
            "2027/4/1",
            "2027.4.1",
            "20270401",
            "2027年4月1日",
            "2027年4月1日(木)",
            "2027/4/1（木）",
            "2027/4/1 0:00",
            "2027-04-01 00:00:00",
            "2027-04-01T00:00:00",
            "令和9年4月1日",
            "R9.4.1",
            "Ｒ９／４／１",
            "令和九年四月一日",
            "２０２７／４／１",
            "2027年 4月 1日",
            "2027‐04‐01",
            "r9.4.1",
            "2027年4月1日木曜日",
        ] {
            assert_eq!(day(text), Read::sure(date(2027, 4, 1)), "{text}");
        }
        assert_eq!(day("令和元年5月1日"), Read::sure(date(2019, 5, 1)));
        assert_eq!(day("46266"), Read::but(date(2026, 9, 1), Code::DateSerial));
        assert_eq!(day("昭和66年1月2日"), Read::but(date(1991, 1, 2), Code::Era));
        for text in [
            "2027-02-30",
            "4月1日",
            "2027年4月",
            "19999",
            "80001",
            "46266.5",
            "春",
            "27/4/1",
            "20271301",
            "1月2日",
        ] {
            assert_eq!(day(text), Err(Code::Unparsed), "{text}");
        }
    }

    #[test]
    fn starts_are_days_months_or_any_time() {
        assert_eq!(start("2027-04-01"), Read::sure(Start::Day(date(2027, 4, 1))));
        assert_eq!(start("2027年4月1日以降"), Read::sure(Start::Day(date(2027, 4, 1))));
        for text in [
            "2027年4月",
            "2027/4",
            "R9.4",
            "令和9年4月",
            "2027年4月上旬",
            "2027年4月頃予定",
            "2027-04",
            "2027.4",
        ] {
            assert_eq!(start(text), Read::sure(Start::Month { year: 2027, month: 4 }), "{text}");
        }
        for text in ["随時", "応相談", "即日", "いつでも"] {
            assert_eq!(start(text), Read::sure(Start::AnyTime), "{text}");
        }
        assert_eq!(start("46266"), Read::but(Start::Day(date(2026, 9, 1)), Code::DateSerial));
        for text in ["桜の咲く頃", "2027年13月", "4月", "頃"] {
            assert_eq!(start(text), Err(Code::Unparsed), "{text}");
        }
    }
}
