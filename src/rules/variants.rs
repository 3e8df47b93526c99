//! When two spellings are one name: width, case, spaces, legal form and variant kanji.
//!
//! Only for comparing; what is stored and shown keeps the characters its owner wrote.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::rules::table;

/// Legal forms as they look after [`fold`]; ㈱ and （株） have become (株) by then.
const LEGAL_FORMS: [&str; 10] =
    ["株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "(株)", "(有)", "(同)", "(資)", "(名)"];

#[derive(Deserialize)]
struct Variant {
    variant: char,
    standard: char,
    r#use: Use,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Use {
    Names,
    Places,
}

static VARIANTS: LazyLock<Vec<Variant>> = LazyLock::new(|| table::rows(include_str!("data/variants.csv")));

static NAMES: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    VARIANTS.iter().filter(|row| row.r#use == Use::Names).map(|row| (row.variant, row.standard)).collect()
});

static PLACES: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| VARIANTS.iter().map(|row| (row.variant, row.standard)).collect());

/// The text in NFKC with variant kanji replaced by their standard form (澤 → 沢) and ヶ by ケ.
pub fn fold(text: &str) -> String {
    replace(text, &NAMES)
}

/// The key under which spellings of one place meet: [`fold`], the variants seen only in place names
/// (鎌が谷 = 鎌ケ谷, 梼原 = 檮原), no spaces.
pub fn place_key(text: &str) -> String {
    without_spaces(&replace(text, &PLACES))
}

/// The key under which spellings of one person's name meet: [`fold`], lower case, no spaces.
pub fn person_key(name: &str) -> String {
    without_spaces(&fold(name)).to_lowercase()
}

/// The key under which spellings of one firm's name meet: as [`person_key`], without the legal form at
/// either end. A name that is nothing but a legal form keeps it.
pub fn name_key(name: &str) -> String {
    let whole = person_key(name);
    let bare = LEGAL_FORMS
        .iter()
        .find_map(|form| whole.strip_prefix(form).or_else(|| whole.strip_suffix(form)))
        .unwrap_or(&whole);
    if bare.is_empty() { whole } else { bare.to_owned() }
}

fn replace(text: &str, variants: &HashMap<char, char>) -> String {
    text.nfkc().map(|letter| *variants.get(&letter).unwrap_or(&letter)).collect()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_of_the_convention_is_folded() {
        assert_eq!(
            fold("澤濱髙廣櫻瀧國邊邉﨑嶋齋龍竈條會鐵藏萬榮ヶ"),
            "沢浜高広桜滝国辺辺崎島斎竜釜条会鉄蔵万栄ケ"
        );
    }

    #[test]
    fn a_firm_is_the_same_with_any_legal_form_width_and_variant() {
        for spelling in
            ["株式会社廣澤フーズ", "㈱広沢ﾌｰｽﾞ", "（株） 廣沢フーズ", "広澤フーズ　株式会社", "廣澤フーズ(有)"]
        {
            assert_eq!(name_key(spelling), "広沢フーズ", "{spelling}");
        }
        assert_eq!(name_key("ＡＢＣ合同会社"), name_key("(同)abc"));
    }

    #[test]
    fn a_legal_form_inside_a_name_belongs_to_the_name() {
        assert_eq!(name_key("山口株式会社サービス"), "山口株式会社サービス");
        assert_eq!(name_key("株式会社"), "株式会社");
    }

    #[test]
    fn a_person_is_the_same_without_spaces_and_with_variants() {
        assert_eq!(person_key("髙邊　﨑子"), person_key("高辺 崎子"));
        assert_ne!(person_key("斉藤"), person_key("斎藤"));
    }

    #[test]
    fn kana_in_a_firm_name_is_not_read_as_a_place_name() {
        assert_eq!(fold("ながの"), "ながの");
        assert_eq!(place_key("茅が崎 市"), place_key("茅ヶ崎市"));
    }
}
