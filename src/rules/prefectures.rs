//! The 47 prefectures and the words for regions.
//!
//! Not for: municipalities, and words that mean the whole country (intake knows those).

use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::rules::table;

/// A row of the prefecture table.
#[derive(Debug, Clone, Deserialize)]
pub struct Prefecture {
    /// JIS X 0401 code, two digits.
    pub jis_code: String,
    /// Official name: 岡山県.
    pub kanji: String,
    /// Name without 都, 府, 県: 岡山. 北海道 keeps its 道.
    pub short_kanji: String,
    /// Reading in hiragana.
    pub kana: String,
    /// Reading in Latin letters: Okayama.
    pub romaji: String,
    /// One of the eight regions of the ministry's maps.
    pub region_block: String,
    /// The 経済産業局 in charge.
    pub meti_bureau: String,
    /// 全国地方公共団体コード with its check digit.
    pub code6: String,
}

static PREFECTURES: LazyLock<Vec<Prefecture>> =
    LazyLock::new(|| table::rows(include_str!("data/prefectures.csv")));

/// All prefectures, in JIS order (north to south).
pub fn all() -> &'static [Prefecture] {
    &PREFECTURES
}

/// The eight regions of the ministry's maps, north to south.
pub fn regions() -> &'static [&'static str] {
    static REGIONS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut regions: Vec<&str> = all().iter().map(|row| row.region_block.as_str()).collect();
        regions.dedup();
        regions
    });
    &REGIONS
}

/// The prefecture a text names, with or without 都, 府, 県, in any width.
pub fn find(text: &str) -> Option<&'static Prefecture> {
    let name: String = text.trim().nfkc().collect();
    all().iter().find(|row| row.kanji == name || row.short_kanji == name)
}

/// The official name of the prefecture a text names: 岡山 → 岡山県.
pub fn parse(text: &str) -> Option<&'static str> {
    find(text).map(|row| row.kanji.as_str())
}

/// The prefectures a word for a region stands for, by official name in JIS order; 地方 may follow the word.
///
/// The words are those of the import convention: 九州 is without 沖縄, 三重 belongs to 近畿.
pub fn region_word(text: &str) -> Option<&'static [&'static str]> {
    let word: String = text.trim().nfkc().collect();
    Some(match word.strip_suffix("地方").unwrap_or(&word) {
        "東北" => &["青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県"],
        "関東" => &["茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県"],
        "中部" => {
            &["新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県"]
        }
        "近畿" | "関西" => &["三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"],
        "中国" => &["鳥取県", "島根県", "岡山県", "広島県", "山口県"],
        "四国" => &["徳島県", "香川県", "愛媛県", "高知県"],
        "九州" => &["福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_forty_seven_in_jis_order() {
        assert_eq!(all().len(), 47);
        assert!(all().is_sorted_by_key(|row| &row.jis_code));
        assert_eq!(all()[32].romaji, "Okayama");
    }

    #[test]
    fn a_prefecture_is_known_with_and_without_its_suffix() {
        for (text, name) in [
            ("岡山", "岡山県"),
            ("岡山県", "岡山県"),
            (" 東京　", "東京都"),
            ("京都", "京都府"),
            ("北海道", "北海道"),
        ] {
            assert_eq!(parse(text), Some(name));
        }
    }

    #[test]
    fn what_is_no_prefecture_stays_unknown() {
        for text in ["", "岡山府", "北海", "関東", "倉敷市", "東京 都"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_region_word_names_only_real_prefectures_once() {
        let mut named = Vec::new();
        for word in ["東北", "関東地方", "中部", "関西", "中国地方", "四国", "九州"] {
            let prefectures = region_word(word).expect(word);
            assert!(prefectures.iter().all(|name| parse(name) == Some(name)), "{word}");
            named.extend(prefectures);
        }
        let missing: Vec<_> =
            all().iter().map(|row| row.kanji.as_str()).filter(|name| !named.contains(name)).collect();
        assert_eq!(missing, ["北海道", "沖縄県"]);
        assert_eq!(named.len(), 45);
        assert_eq!(region_word("近畿"), region_word("関西地方"));
        assert_eq!(region_word("全国"), None);
    }
}
