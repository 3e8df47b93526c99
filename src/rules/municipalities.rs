//! Every municipality of Japan, and the spellings under which a coordinator may write it.
//!
//! The table holds the cities, towns and villages, the 23 wards of Tokyo, and the designated cities both
//! alone (広島市) and with each ward (広島市中区).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::rules::table;
use crate::rules::variants::place_key;

/// A row of the municipality table.
#[derive(Debug, Clone, Deserialize)]
pub struct Municipality {
    /// 全国地方公共団体コード without its check digit, five digits.
    pub code: String,
    /// Official name of its prefecture.
    pub prefecture: String,
    /// The 郡 (or, off Tokyo, the island) that an address writes before the name; often empty.
    pub county: String,
    /// Official name without 郡.
    pub name: String,
}

static MUNICIPALITIES: LazyLock<Vec<Municipality>> =
    LazyLock::new(|| table::rows(include_str!("data/municipalities.csv")));

/// From (prefecture, spelling with or without 郡) to the official name.
static BY_SPELLING: LazyLock<HashMap<(&str, String), &str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for row in all() {
        for spelling in [row.name.clone(), format!("{}{}", row.county, row.name)] {
            names.insert((row.prefecture.as_str(), place_key(&spelling)), row.name.as_str());
        }
    }
    names
});

/// All municipalities, by code.
pub fn all() -> &'static [Municipality] {
    &MUNICIPALITIES
}

/// The official name, without 郡, of the municipality that `text` names in the prefecture of this official
/// name. Width, spaces, ヶ/ケ, variant kanji and a 郡 (the right one) before the name make no difference.
pub fn find(prefecture: &str, text: &str) -> Option<&'static str> {
    BY_SPELLING.get(&(prefecture, place_key(text))).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::rules::prefectures;

    #[test]
    fn the_table_is_complete() {
        let ward_of_a_city = |row: &&Municipality| row.name.contains('市') && row.name.ends_with('区');
        let wards = all().iter().filter(ward_of_a_city).count();
        let of_tokyo =
            all().iter().filter(|row| row.prefecture == "東京都" && row.name.ends_with('区')).count();
        assert_eq!((all().len() - wards, wards, of_tokyo), (1741, 171, 23));
        let codes: HashSet<_> = all().iter().map(|row| &row.code).collect();
        assert_eq!(codes.len(), all().len());
    }

    #[test]
    fn every_municipality_lies_in_the_prefecture_of_its_code() {
        for row in all() {
            let prefecture = prefectures::find(&row.prefecture).expect("a prefecture");
            assert!(row.code.starts_with(&prefecture.jis_code), "{row:?}");
        }
    }

    #[test]
    fn every_official_name_finds_itself() {
        for row in all() {
            assert_eq!(find(&row.prefecture, &row.name), Some(row.name.as_str()));
        }
    }

    #[test]
    fn a_coordinators_spelling_finds_the_official_name() {
        for (prefecture, text, name) in [
            ("鳥取県", "岩美郡岩美町", "岩美町"),
            ("鳥取県", "岩美町", "岩美町"),
            ("宮城県", "塩釜市", "塩竈市"),
            ("茨城県", "竜ヶ崎市", "龍ケ崎市"),
            ("千葉県", "袖ヶ浦市", "袖ケ浦市"),
            ("神奈川県", "茅ケ崎市", "茅ヶ崎市"),
            ("高知県", "高岡郡梼原町", "檮原町"),
            ("広島県", "広島市", "広島市"),
            ("広島県", "広島市　中区", "広島市中区"),
            ("静岡県", "浜松市浜名区", "浜松市浜名区"),
            ("静岡県", "濱松市", "浜松市"),
            ("東京都", "千代田区", "千代田区"),
            ("東京都", "八丈島八丈町", "八丈町"),
            ("福島県", "双葉郡双葉町", "双葉町"),
            ("奈良県", "大和郡山市", "大和郡山市"),
        ] {
            assert_eq!(find(prefecture, text), Some(name), "{text}");
        }
    }

    #[test]
    fn a_place_of_another_prefecture_or_county_stays_unknown() {
        for (prefecture, text) in [
            ("岡山県", "広島市"),
            ("鳥取県", "八頭郡岩美町"),
            ("広島県", "中区"),
            ("静岡県", "浜松市西区"),
            ("鳥取県", ""),
        ] {
            assert_eq!(find(prefecture, text), None, "{text}");
        }
    }
}
