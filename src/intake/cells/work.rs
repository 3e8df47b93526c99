//! How much, from where and how long: days a week, remote share, length of the trial.

use std::sync::LazyLock;

use regex::Regex;

use super::kanji::to_digits;
use super::plain::{ends, plain, without_brackets};
use super::{Read, Reading, or_unparsed};
use crate::domain::{Days, Length, Range};
use crate::intake::code::Code;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this file are valid")
}

static DAYS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(隔週|週|月)?に?約?(.+?)(?:日|回)?(?:程度|ほど|前後)?(?:間)?$"));
static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^週?([0-9]{1,3}(?:\.[0-9]{1,3})?)(?:日|回)?$"));
static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([0-9]{1,3}(?:\.[0-9]{1,4})?)(%|割)?$"));
static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:([0-9]{1,3})年(半)?)?(?:([0-9]{1,4})[かヶカヵケ箇ケ]月)?間?(?:程度|ほど)?$")
});

/// 勤務日数/週: `週1日`, `週一`, `1〜2`, `週1、2日`, `月2回` (n/4), `隔週1日` (0.5), フルタイム (5). In hundredths of a day.
pub(in crate::intake) fn days(text: &str) -> Reading<Days> {
    let text = to_digits(&without_brackets(&plain(text)));
    if ["フルタイム", "常勤"].contains(&text.as_str()) {
        return Read::sure(Days::exactly(500));
    }
    let found = DAYS.captures(&text).ok_or(Code::Unparsed)?;
    let divisor = match found.get(1).map(|period| period.as_str()) {
        Some("月") => 4.0,
        Some("隔週") => 2.0,
        _ => 1.0,
    };
    let one = |text: &str| -> Option<f64> { DAY.captures(text)?[1].parse().ok() };
    let range = match one(&found[2]) {
        Some(days) => (days, days),
        None => {
            let (low, high) =
                ends(&found[2]).or_else(|| found[2].split_once(['、', ','])).ok_or(Code::Unparsed)?;
            (one(low).ok_or(Code::Unparsed)?, one(high).ok_or(Code::Unparsed)?)
        }
    };
    let hundredths = |days: f64| (days / divisor * 100.0).round() as u16;
    let range = Days { min: hundredths(range.0), max: hundredths(range.1) };
    match range {
        Range { min: 0, .. } | Range { max: 701.., .. } | Range { min: 701.., .. } => Err(Code::Range),
        Range { min, max } if min > max => Err(Code::Unparsed),
        range => Read::sure(range),
    }
}

/// リモート率: `60%`, `6割`, `0.6`, フルリモート (100), 出社のみ (0).
pub(in crate::intake) fn percent(text: &str) -> Reading<Range<u8>> {
    let text = without_brackets(&plain(text));
    match text.as_str() {
        "フルリモート" | "完全リモート" => return Read::sure(Range::exactly(100)),
        "なし" | "出社のみ" | "現地のみ" => return Read::sure(Range::exactly(0)),
        _ => {}
    }
    let text = to_digits(&text);
    let text = text.strip_prefix('約').unwrap_or(&text);
    let text = text.strip_suffix("程度").unwrap_or(text);
    if let Some((share, unit)) = share(text) {
        return or_unparsed(percent_of(share, unit).map(Range::exactly));
    }
    let (low, high) = ends(text).ok_or(Code::Unparsed)?;
    let (low, high) = (share(low).ok_or(Code::Unparsed)?, share(high).ok_or(Code::Unparsed)?);
    let min = percent_of(low.0, low.1.or(high.1));
    let range = min.zip(percent_of(high.0, high.1)).map(|(min, max)| Range { min, max });
    or_unparsed(range.filter(|range| range.min <= range.max))
}

fn share(text: &str) -> Option<(f64, Option<char>)> {
    let found = PERCENT.captures(text)?;
    Some((found[1].parse().ok()?, found.get(2).and_then(|unit| unit.as_str().chars().next())))
}

/// A bare number up to 1 is a fraction, as a spreadsheet keeps percentages.
fn percent_of(share: f64, unit: Option<char>) -> Option<u8> {
    let percent = match unit {
        Some('割') => share * 10.0,
        Some(_) => share,
        None if share <= 1.0 => share * 100.0,
        None => share,
    };
    (percent <= 100.0).then(|| percent.round() as u8)
}

/// 期間: `3か月`, `三ヶ月`, `半年`, `1年`, `6か月〜1年`, 無期.
pub(in crate::intake) fn length(text: &str) -> Reading<Length> {
    let text = without_brackets(&plain(text));
    if ["期間の定めなし", "期間の定め無し", "無期", "定めなし"].contains(&text.as_str()) {
        return Read::sure(Length::Unlimited);
    }
    let text = to_digits(&text);
    let text = text.strip_prefix('約').unwrap_or(&text);
    if let Some(months) = months(text) {
        return Read::sure(Length::Months(Range::exactly(months)));
    }
    let (low, high) = ends(text).ok_or(Code::Unparsed)?;
    let max = months(high).ok_or(Code::Unparsed)?;
    // 3〜6か月: the unit on the right holds for both.
    let unit = high.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let min = months(low).or_else(|| months(&format!("{low}{unit}")));
    or_unparsed(min.filter(|min| *min <= max).map(|min| Length::Months(Range { min, max })))
}

fn months(text: &str) -> Option<u16> {
    if matches!(text, "半年" | "半年間") {
        return Some(6);
    }
    let found = LENGTH.captures(text)?;
    let number =
        |group: usize| found.get(group).map_or(Some(0), |digits| digits.as_str().parse::<u16>().ok());
    let months = number(1)? * 12 + if found.get(2).is_some() { 6 } else { 0 } + number(3)?;
    (months > 0).then_some(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(min: u16, max: u16) -> Reading<Days> {
        Read::sure(Days { min, max })
    }

    #[test]
    fn days_a_week_are_read_in_every_form_of_the_convention() {
        for text in ["1", "週1日", "週１", "週一", "週1回", "１日", "週一日", "月4回", "週1日（応相談）"]
        {
            assert_eq!(days(text), week(100, 100), "{text}");
        }
        for text in ["1〜2", "週1〜2日", "週1、2日", "1～2", "1-2", "週1日〜2日", "週1日から週2日"]
        {
            assert_eq!(days(text), week(100, 200), "{text}");
        }
        assert_eq!(days("月2回"), week(50, 50));
        assert_eq!(days("月2日"), week(50, 50));
        assert_eq!(days("隔週1日"), week(50, 50));
        assert_eq!(days("0.5"), week(50, 50));
        assert_eq!(days("週1.5日"), week(150, 150));
        assert_eq!(days("フルタイム"), week(500, 500));
        assert_eq!(days("常勤"), week(500, 500));
        assert_eq!(days("週５日"), week(500, 500));
        assert_eq!(days("7"), week(700, 700));
        for text in ["週8日", "0", "8", "週0日", "6〜8"] {
            assert_eq!(days(text), Err(Code::Range), "{text}");
        }
        for text in ["1月2日", "平日夜と土曜", "-1", "3〜1", "毎日", "2026-01-02"] {
            assert_eq!(days(text), Err(Code::Unparsed), "{text}");
        }
    }

    #[test]
    fn remote_shares_are_read_in_every_form_of_the_convention() {
        for text in ["60%", "６０％", "約60%", "6割", "0.6", "六割", "60"] {
            assert_eq!(percent(text), Read::sure(Range::exactly(60)), "{text}");
        }
        for text in ["フルリモート", "完全リモート", "100%", "1"] {
            assert_eq!(percent(text), Read::sure(Range::exactly(100)), "{text}");
        }
        for text in ["なし", "出社のみ", "現地のみ", "0%", "0"] {
            assert_eq!(percent(text), Read::sure(Range::exactly(0)), "{text}");
        }
        for text in ["30〜50%", "3〜5割", "0.3〜0.5", "30%から50%"] {
            assert_eq!(percent(text), Read::sure(Range { min: 30, max: 50 }), "{text}");
        }
        for text in ["海の近く", "120%", "可", "50〜30%"] {
            assert_eq!(percent(text), Err(Code::Unparsed), "{text}");
        }
    }

    #[test]
    fn lengths_are_read_in_every_form_of_the_convention() {
        let months = |min, max| Read::sure(Length::Months(Range { min, max }));
        for text in [
            "3か月",
            "3ヶ月",
            "3カ月",
            "3ヵ月",
            "3ケ月",
            "3箇月",
            "3か月間",
            "三ヶ月",
            "３カ月",
            "3ヵ月（延長相談可）",
        ] {
            assert_eq!(length(text), months(3, 3), "{text}");
        }
        assert_eq!(length("半年"), months(6, 6));
        assert_eq!(length("1年"), months(12, 12));
        assert_eq!(length("一年"), months(12, 12));
        assert_eq!(length("6か月〜1年"), months(6, 12));
        assert_eq!(length("半年から1年"), months(6, 12));
        assert_eq!(length("3〜6か月"), months(3, 6));
        for text in ["期間の定めなし", "期間の定め無し", "無期", "定めなし"] {
            assert_eq!(length(text), Read::sure(Length::Unlimited), "{text}");
        }
        for text in ["しばらく", "3", "0か月", "90日", ""] {
            assert_eq!(length(text), Err(Code::Unparsed), "{text}");
        }
    }
}
