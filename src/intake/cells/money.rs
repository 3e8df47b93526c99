//! Amounts of yen as people write them.

use std::sync::LazyLock;

use regex::Regex;

use super::kanji::to_digits;
use super::plain::{ends, plain, without_brackets};
use super::{Reading, or_unparsed};
use crate::domain::Range;

static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([0-9][0-9,]*)(?:\.([0-9]+))?(億|千万|百万|万|千)?").expect("the pattern is valid")
});

/// 年商: `1億8,000万円`, `1.8億円`, `18,000万円`, `約2億円`, `五万円`, `1.2〜1.4億円`. `unit` is what a bare number counts,
/// from the header (年商（百万円）).
pub(in crate::intake) fn money(text: &str, unit: u64) -> Reading<Range<u64>> {
    or_unparsed(yen(&without_brackets(&plain(text)), unit))
}

/// The yen of a text that is plain and without brackets.
pub(super) fn yen(text: &str, unit: u64) -> Option<Range<u64>> {
    let text = to_digits(text);
    let text = strip_vague(&text);
    if let Some(one) = Amount::read(text) {
        return one.yen(unit).map(Range::exactly);
    }
    let (low, high) = ends(text)?;
    let (low, high) = (Amount::read(strip_vague(low))?, Amount::read(strip_vague(high))?);
    let max = high.yen(unit)?;
    // The unit on the right holds for both ends, unless the left one has its own or is plainly in yen (30000〜5万円).
    let unit = if low.bare() { high.unit()?.unwrap_or(unit) } else { unit };
    let min = match low.yen(unit)? {
        min if min > max && low.bare() => low.yen(1).filter(|yen| *yen >= unit)?,
        min => min,
    };
    (min <= max).then_some(Range { min, max })
}

fn strip_vague(text: &str) -> &str {
    let text = ["約", "およそ", "概ね", "¥", "\\"]
        .iter()
        .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
    ["程度", "ほど", "前後"].iter().fold(text, |text, word| text.strip_suffix(word).unwrap_or(text))
}

/// A number with its units: 1億8,000万円 has two parts.
struct Amount {
    parts: Vec<(u128, u32, Option<u64>)>,
    says_yen: bool,
}

impl Amount {
    fn read(text: &str) -> Option<Self> {
        let (mut rest, says_yen) = match text.strip_suffix('円') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let mut parts: Vec<(u128, u32, Option<u64>)> = Vec::new();
        while !rest.is_empty() {
            let found = PART.captures(rest)?;
            let whole = found[1].replace(',', "");
            let fraction = found.get(2).map_or("", |digits| digits.as_str());
            // Longer numbers are no money.
            if whole.len() + fraction.len() > 18 {
                return None;
            }
            let number = format!("{whole}{fraction}").parse().ok()?;
            let unit = found.get(3).map(|unit| match unit.as_str() {
                "億" => 100_000_000,
                "千万" => 10_000_000,
                "百万" => 1_000_000,
                "万" => 10_000,
                _ => 1_000,
            });
            // Units fall from left to right, and only the last part may lack one.
            if let Some((_, _, before)) = parts.last()
                && before.is_none_or(|before| before <= unit.unwrap_or(1))
            {
                return None;
            }
            parts.push((number, fraction.len() as u32, unit));
            rest = &rest[found[0].len()..];
        }
        (!parts.is_empty()).then_some(Self { parts, says_yen })
    }

    fn bare(&self) -> bool {
        !self.says_yen && matches!(self.parts[..], [(_, _, None)])
    }

    /// The unit of a single part; `None` where several parts leave it open.
    fn unit(&self) -> Option<Option<u64>> {
        match self.parts[..] {
            [(_, _, None)] if self.says_yen => Some(Some(1)),
            [(_, _, unit)] => Some(unit),
            _ => None,
        }
    }

    fn yen(&self, bare_unit: u64) -> Option<u64> {
        let ground = if self.bare() { bare_unit } else { 1 };
        let sum: u128 = self
            .parts
            .iter()
            .map(|(number, decimals, unit)| {
                number * u128::from(unit.unwrap_or(ground)) / 10_u128.pow(*decimals)
            })
            .sum();
        // Stores count in signed 64 bits.
        i64::try_from(sum).ok().map(|sum| sum as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::cells::Read;
    use crate::intake::code::Code;

    fn yen(text: &str) -> Reading<Range<u64>> {
        money(text, 1)
    }

    #[test]
    fn money_is_read_in_every_form_of_the_convention() {
        for text in [
            "180000000",
            "1億8,000万円",
            "1.8億円",
            "18,000万円",
            "180百万円",
            "１８０，０００，０００円",
            "約1.8億円",
        ] {
            assert_eq!(yen(text), Read::sure(Range::exactly(180_000_000)), "{text}");
        }
        assert_eq!(yen("約2億円"), Read::sure(Range::exactly(200_000_000)));
        assert_eq!(yen("五万円"), Read::sure(Range::exactly(50_000)));
        assert_eq!(yen("18,000万"), Read::sure(Range::exactly(180_000_000)));
        assert_eq!(yen("1,200千円"), Read::sure(Range::exactly(1_200_000)));
        assert_eq!(yen("3万5千円"), Read::sure(Range::exactly(35_000)));
        assert_eq!(yen("約448000000円"), Read::sure(Range::exactly(448_000_000)));
    }

    #[test]
    fn the_unit_on_the_right_holds_for_both_ends() {
        for text in ["1.2〜1.4億円", "1.2-1.4億円", "1.2億円から1.4億円", "1.2億〜1億4000万円"]
        {
            assert_eq!(yen(text), Read::sure(Range { min: 120_000_000, max: 140_000_000 }), "{text}");
        }
        assert_eq!(yen("3〜5万円"), Read::sure(Range { min: 30_000, max: 50_000 }));
        assert_eq!(yen("30,000〜50,000円"), Read::sure(Range { min: 30_000, max: 50_000 }));
        assert_eq!(yen("30000〜5万円"), Read::sure(Range { min: 30_000, max: 50_000 }));
        assert_eq!(yen("9,000万〜1億2,000万円"), Read::sure(Range { min: 90_000_000, max: 120_000_000 }));
    }

    #[test]
    fn a_bare_number_counts_the_unit_of_the_header_and_an_own_unit_wins() {
        assert_eq!(money("180", 1_000_000), Read::sure(Range::exactly(180_000_000)));
        assert_eq!(money("1.5〜2", 1_000_000), Read::sure(Range { min: 1_500_000, max: 2_000_000 }));
        assert_eq!(money("1.8億円", 1_000_000), Read::sure(Range::exactly(180_000_000)));
        assert_eq!(money("180000円", 1_000_000), Read::sure(Range::exactly(180_000)));
    }

    #[test]
    fn what_is_no_amount_is_left_unread() {
        for text in [
            "トントン",
            "-5",
            "5万円〜",
            "5〜3万円",
            "",
            "1.2.3",
            "2.99001E+12",
            "万円",
            "8万1億",
            "99999999999999999999",
        ] {
            assert_eq!(yen(text), Err(Code::Unparsed), "{text}");
        }
    }
}
