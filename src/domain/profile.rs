use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{FirmFacts, Resolve, Start, Visibility};

/// What a candidate tells beyond the columns of a sheet. Nothing here may be asked for by age, sex, family, origin or
/// health: there are no such fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileFacts {
    /// Who may find the profile; none until the person chose: then the consent alone decides.
    pub visibility: Option<Visibility>,
    /// Whether the person said to be 18 or older; the age itself is never asked.
    pub of_age: bool,
    /// How far the person would go.
    pub resolve: Option<Resolve>,
    /// From when the person could begin.
    pub free_from: Option<Start>,
    /// The least that a day must earn, in yen. For comparing alone: firms are not shown it.
    pub pay_floor: Option<u64>,
    /// 関わり方: hours of the day, visits, what is possible and what is not.
    pub availability: Option<String>,
    /// 学びたいこと
    pub learn: Option<String>,
    /// What the person would need to live there. Voluntary.
    pub housing: Option<String>,
    /// なりわい: what else the person would live on. Voluntary.
    pub livelihood: Option<String>,
    /// What would help to find people there. Voluntary.
    pub community: Option<String>,
    /// Firms from which the person is hidden, and that are hidden from the person.
    pub blocks: Vec<Block>,
}

impl ProfileFacts {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A firm that must not learn of a candidate, by its 法人番号 or by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// By its 13 digits.
    Number(String),
    /// By its name as the candidate wrote it.
    Name(String),
}

impl Block {
    /// Whether it means this firm. Names are compared without legal form, width, case and spaces.
    pub fn meets(&self, firm: &FirmFacts) -> bool {
        match self {
            Self::Number(number) => firm.corporate_number.as_ref() == Some(number),
            Self::Name(name) => firm.plain_name().is_some_and(|own| own == plain_name(name)),
        }
    }

    /// The [`FirmFacts::keys`] by which it meets a firm.
    pub fn key(&self) -> String {
        match self {
            Self::Number(number) => number.clone(),
            Self::Name(name) => plain_name(name),
        }
    }

    /// As the candidate wrote it.
    pub fn text(&self) -> &str {
        match self {
            Self::Number(text) | Self::Name(text) => text,
        }
    }
}

impl FirmFacts {
    /// Its name without legal form, width, case and spaces; none when nothing is left.
    pub fn plain_name(&self) -> Option<String> {
        Some(plain_name(&self.name)).filter(|name| !name.is_empty())
    }

    /// What a [`Block`] may know it by.
    pub fn keys(&self) -> Vec<String> {
        self.corporate_number.iter().cloned().chain(self.plain_name()).collect()
    }
}

const FORMS: [&str; 9] =
    ["株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "(株)", "(有)", "(同)"];

/// A name without legal form, width, case and spaces.
pub(super) fn plain_name(name: &str) -> String {
    let mut name: String = name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    for form in FORMS {
        name = name.replace(form, "");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_and_without_its_legal_form() {
        assert_eq!(plain_name("株式会社 ヤマダ製作所"), plain_name("ﾔﾏﾀﾞ製作所（株）"));
        assert_ne!(plain_name("山田製作所"), plain_name("山田製材所"));
    }
}
