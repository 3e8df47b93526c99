//! 法人番号, メール and 電話番号.

use super::plain::{is_hyphen, plain};
use super::{Read, Reading};
use crate::intake::code::Code;
use crate::rules::corporate_number::{CorporateNumber, CorporateNumberError};

/// 法人番号: 13 digits whose check digit holds, with `T`, spaces or hyphens.
pub(in crate::intake) fn corporate_number(text: &str) -> Reading<String> {
    match CorporateNumber::parse(text) {
        Ok(number) => Read::sure(number.to_string()),
        Err(CorporateNumberError::CheckDigit) => Err(Code::CorpnoCheck),
        Err(CorporateNumberError::Format) => Err(Code::CorpnoFormat),
    }
}

/// メール, in lower case: one @, no empty parts, a dot in the domain, no spaces.
pub(in crate::intake) fn mail(text: &str) -> Reading<String> {
    use unicode_normalization::UnicodeNormalization;
    let mail = text.nfkc().collect::<String>().trim().to_lowercase();
    let sound = !mail.contains(char::is_whitespace)
        && mail.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.contains('@')
                && domain.contains('.')
                && domain.split('.').all(|part| !part.is_empty())
        });
    if sound { Read::sure(mail) } else { Err(Code::Mail) }
}

/// 電話番号: the digits with their leading 0.
pub(in crate::intake) fn telephone(text: &str) -> Reading<String> {
    let text = plain(text);
    let digits: String =
        text.chars().filter(|letter| !is_hyphen(*letter) && !"().".contains(*letter)).collect();
    let digits = match digits.strip_prefix("+81") {
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => digits,
    };
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Code::Unparsed);
    }
    match (digits.starts_with('0'), digits.len()) {
        (true, 10 | 11) => Read::sure(digits),
        (false, 9 | 10) => Read::but(format!("0{digits}"), Code::LeadingZero),
        _ => Err(Code::Unparsed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corporate_numbers_are_checked() {
        for text in [
            "2990011966227",
            "２９９００１１９６６２２７",
            "T2990011966227",
            "2-9900-1196-6227",
            "2 9900 1196 6227",
        ] {
            assert_eq!(corporate_number(text), Read::sure("2990011966227".to_owned()), "{text}");
        }
        assert_eq!(corporate_number("3990011966227"), Err(Code::CorpnoCheck));
        for text in ["299001196622", "2.99001E+12", "申請中", "29900119662277"] {
            assert_eq!(corporate_number(text), Err(Code::CorpnoFormat), "{text}");
        }
    }

    #[test]
    fn mail_addresses_are_lower_case_and_well_formed() {
        for text in ["Taro@EXAMPLE.jp", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", " taro@example.jp "]
        {
            assert_eq!(mail(text), Read::sure("taro@example.jp".to_owned()), "{text}");
        }
        for text in [
            "a@@b.jp",
            "taro@",
            "taro@example",
            "@example.jp",
            "ta ro@example.jp",
            "taro",
            "a@b..jp",
            "a@.jp",
        ] {
            assert_eq!(mail(text), Err(Code::Mail), "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_digits_with_their_leading_0() {
        for text in [
            "090-0000-6651",
            "０９０－００００－６６５１",
            "090(0000)6651",
            "090 0000 6651",
            "+81 90-0000-6651",
            "+81 (0)90-0000-6651",
        ] {
            assert_eq!(telephone(text), Read::sure("09000006651".to_owned()), "{text}");
        }
        assert_eq!(telephone("9000006651"), Read::but("09000006651".to_owned(), Code::LeadingZero));
        assert_eq!(telephone("836000000"), Read::but("0836000000".to_owned(), Code::LeadingZero));
        for text in ["0900000", "携帯なし", "090000066510", "12345678901"] {
            assert_eq!(telephone(text), Err(Code::Unparsed), "{text}");
        }
    }
}
