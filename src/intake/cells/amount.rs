//! Counted things: staff, ages, places, ranks.

use std::sync::LazyLock;

use regex::Regex;

use super::kanji::to_digits;
use super::plain::{ends, plain, without_brackets};
use super::{Read, Reading};
use crate::intake::code::Code;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this file are valid")
}

static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:従業員|社員)?(?:約|およそ)?(-?[0-9][0-9,]*)(?:\.0+)?(?:名|人)?(?:程度|ほど|前後)?$")
});
static AGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:満|約)?(-?[0-9]+)(?:\.0+)?(?:歳|才)?$"));
static PLACES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([0-9]+)(?:名|人)?$"));
static RANK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^第?([0-9]+)(?:位|番目?|希望)?$"));

/// 従業員数: `23`, `約20人`, `23名（パート含む）`; 0 to 9999.
pub(in crate::intake) fn count(text: &str) -> Reading<u32> {
    let text = to_digits(&without_brackets(&plain(text)));
    let digits = COUNT.captures(&text).ok_or(Code::Unparsed)?[1].replace(',', "");
    match digits.parse::<i64>() {
        Ok(number @ 0..=9999) => Read::sure(number as u32),
        _ => Err(Code::Range),
    }
}

/// 社長年齢: `72`, `満72歳`, `72才`; 18 to 100.
pub(in crate::intake) fn age(text: &str) -> Reading<u8> {
    let text = to_digits(&without_brackets(&plain(text)));
    let digits = AGE.captures(&text).ok_or(Code::Unparsed)?;
    match digits[1].parse::<i64>() {
        Ok(number @ 18..=100) => Read::sure(number as u8),
        _ => Err(Code::Range),
    }
}

/// 募集人数, a cell that says something: a whole number from 1 to 20; 若干名 is 1 and a range its larger end, by guess.
pub(in crate::intake) fn places(text: &str) -> Reading<u8> {
    let text = to_digits(&without_brackets(&plain(text)));
    if ["若干名", "若干", "若干人", "数名", "数人"].contains(&text.as_str()) {
        return Read::but(1, Code::QuotaAssumed);
    }
    let one = |text: &str| {
        let number = PLACES.captures(text).and_then(|found| found[1].parse::<u8>().ok());
        number.filter(|number| (1..=20).contains(number))
    };
    if let Some(number) = one(&text) {
        return Read::sure(number);
    }
    let (low, high) = ends(&text).ok_or(Code::Quota)?;
    match (one(low), one(high)) {
        (Some(low), Some(high)) => Read::but(low.max(high), Code::QuotaAssumed),
        _ => Err(Code::Quota),
    }
}

/// 順位: `1`, `1位`, `1番`, `①`, `第1希望`, `第一希望`, `一`.
pub(in crate::intake) fn rank(text: &str) -> Reading<u32> {
    let text = to_digits(&plain(text));
    let rank = RANK.captures(&text).and_then(|found| found[1].parse().ok()).filter(|rank| *rank > 0);
    rank.map_or(Err(Code::Rank), Read::sure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_in_every_form_of_the_convention() {
        for text in ["23", "２３名", "23名（パート含む）", "約23人", "二十三名", "23人"] {
            assert_eq!(count(text), Read::sure(23), "{text}");
        }
        assert_eq!(count("約20人"), Read::sure(20));
        assert_eq!(count("1,200名"), Read::sure(1200));
        assert_eq!(count("0"), Read::sure(0));
        for text in ["-1", "10000", "99999999999999999999"] {
            assert_eq!(count(text), Err(Code::Range), "{text}");
        }
        assert_eq!(count("多数"), Err(Code::Unparsed));
    }

    #[test]
    fn ages_are_read_in_every_form_of_the_convention() {
        for text in ["72", "７２歳", "満72歳", "72才"] {
            assert_eq!(age(text), Read::sure(72), "{text}");
        }
        for text in ["172", "17", "101", "-5"] {
            assert_eq!(age(text), Err(Code::Range), "{text}");
        }
        assert_eq!(age("高齢"), Err(Code::Unparsed));
    }

    #[test]
    fn places_are_a_whole_number_from_1_to_20_or_a_guess() {
        for text in ["2", "２名", "二名", "2人"] {
            assert_eq!(places(text), Read::sure(2), "{text}");
        }
        for text in ["若干名", "数名"] {
            assert_eq!(places(text), Read::but(1, Code::QuotaAssumed), "{text}");
        }
        assert_eq!(places("1〜2名"), Read::but(2, Code::QuotaAssumed));
        assert_eq!(places("1-2"), Read::but(2, Code::QuotaAssumed));
        for text in ["0", "０名", "-1", "999", "21", "1.5", "応相談", "10〜30名"] {
            assert_eq!(places(text), Err(Code::Quota), "{text}");
        }
    }

    #[test]
    fn ranks_are_whole_numbers_from_1() {
        for text in ["1", "１", "1位", "1番", "①", "第1希望", "第一希望", "一"] {
            assert_eq!(rank(text), Read::sure(1), "{text}");
        }
        assert_eq!(rank("十二位"), Read::sure(12));
        for text in ["◎", "0", "-1", "1.5", "最後", "99999999999"] {
            assert_eq!(rank(text), Err(Code::Rank), "{text}");
        }
    }
}
