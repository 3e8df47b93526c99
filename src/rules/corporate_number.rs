//! 法人番号, the 13-digit number of a legal person, and its check digit.
//!
//! A well-formed number need not exist; that is for the register of the National Tax Agency to say.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Thirteen digits whose first is the check digit of the other twelve.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CorporateNumber(String);

/// Why a text is no corporate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorporateNumberError {
    /// Not thirteen digits.
    #[error("法人番号は13桁の数字です")]
    Format,
    /// Thirteen digits, but the first does not check the others.
    #[error("法人番号の検査用数字（先頭の1桁）が合いません")]
    CheckDigit,
}

impl CorporateNumber {
    /// Reads a number in any width, with spaces or hyphens, with or without the T of an invoice number.
    ///
    /// # Errors
    /// [`CorporateNumberError::Format`] unless thirteen digits remain, [`CorporateNumberError::CheckDigit`]
    /// when their first is not the check digit of the rest.
    pub fn parse(text: &str) -> Result<Self, CorporateNumberError> {
        let bare: String =
            text.nfkc().filter(|letter| !letter.is_whitespace() && !is_hyphen(*letter)).collect();
        let number = bare.strip_prefix(['T', 't']).unwrap_or(&bare);
        if number.len() != 13 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CorporateNumberError::Format);
        }
        let (check, base) = number.split_at(1);
        if check != check_digit(base).to_string() {
            return Err(CorporateNumberError::CheckDigit);
        }
        Ok(Self(number.to_owned()))
    }

    /// The thirteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 9 − (Σ Pₙ·Qₙ mod 9) over the twelve base digits counted from the lowest, Qₙ = 1 for odd n and 2 for even
/// n (法人番号の指定等に関する省令 第2条). Always 1 to 9.
fn check_digit(base: &str) -> u32 {
    let digits = base.bytes().rev().map(|byte| u32::from(byte - b'0'));
    9 - digits.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum::<u32>() % 9
}

/// Hyphen, dashes, minus and the long-vowel mark that a kana keyboard gives for them.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー')
}

impl fmt::Display for CorporateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for CorporateNumber {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for CorporateNumber {
    type Err = CorporateNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CorporateNumber {
    type Error = CorporateNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CorporateNumber> for String {
    fn from(number: CorporateNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::table;

    #[derive(Deserialize)]
    struct Vector {
        value: String,
        valid: bool,
        reason: String,
    }

    #[test]
    fn every_vector_is_judged_as_it_says() {
        let vectors: Vec<Vector> = table::rows(include_str!("data/corporate_number_vectors.csv"));
        assert!(vectors.len() > 20);
        for vector in vectors {
            let expected = match vector.reason.as_str() {
                _ if vector.valid => None,
                "too_short" | "too_long" | "not_digits" => Some(CorporateNumberError::Format),
                _ => Some(CorporateNumberError::CheckDigit),
            };
            assert_eq!(CorporateNumber::parse(&vector.value).err(), expected, "{}", vector.value);
        }
    }

    #[test]
    fn a_number_is_kept_as_thirteen_plain_digits() {
        let number = CorporateNumber::parse("Ｔ7000－0120‐50002 ").expect("a sound number");
        assert_eq!(number.as_str(), "7000012050002");
        assert_eq!(number.to_string().parse(), Ok(number));
    }

    #[test]
    fn what_a_spreadsheet_made_of_a_number_is_refused_by_its_form() {
        for text in ["2.99001E+12", "", "T", "一二三", "TT7000012050002"] {
            assert_eq!(CorporateNumber::parse(text), Err(CorporateNumberError::Format), "{text}");
        }
    }
}
