//! Lists in one cell: tags and areas.

use unicode_normalization::UnicodeNormalization;

use super::plain::plain;
use super::{Read, Reading};
use crate::domain::Areas;
use crate::intake::code::Code;
use crate::rules::prefectures;

/// 歓迎スキル, スキル: NFKC, no repeats, in the order of the cell.
pub(in crate::intake) fn tags(text: &str) -> Reading<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for tag in items(&text.nfkc().collect::<String>()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    Read::sure(tags)
}

/// 希望地域: prefectures and area words, or 全国. One unknown item leaves the whole cell unread.
pub(in crate::intake) fn areas(text: &str) -> Reading<Areas> {
    let mut everywhere = false;
    let mut prefectures: Vec<String> = Vec::new();
    for item in items(&text.nfkc().collect::<String>()) {
        let item = plain(item);
        if ["全国", "どこでも", "全国どこでも", "こだわらない", "不問"].contains(&item.as_str())
        {
            everywhere = true;
            continue;
        }
        let one;
        let names: &[&str] = match prefectures::region_word(&item) {
            Some(names) => names,
            None => {
                one = [prefectures::parse(&item).ok_or(Code::Unparsed)?];
                &one
            }
        };
        for name in names {
            if !prefectures.iter().any(|known| known == name) {
                prefectures.push((*name).to_owned());
            }
        }
    }
    match (everywhere, prefectures.is_empty()) {
        (true, _) => Read::sure(Areas::Everywhere),
        (false, true) => Err(Code::Unparsed),
        (false, false) => Read::sure(Areas::Prefectures(prefectures)),
    }
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '/', '・', ';', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_separated_by_any_sign_of_the_convention_and_not_repeated() {
        for text in [
            "管理会計、SNS運用",
            "管理会計,SNS運用",
            "管理会計，ＳＮＳ運用",
            "管理会計／SNS運用",
            "管理会計 / SNS運用",
            "管理会計・SNS運用",
            "管理会計;SNS運用",
            "管理会計\nSNS運用",
            "管理会計、SNS運用、管理会計、",
        ] {
            assert_eq!(tags(text), Read::sure(vec!["管理会計".to_owned(), "SNS運用".to_owned()]), "{text}");
        }
    }

    #[test]
    fn areas_are_prefectures_area_words_or_everywhere() {
        let list = |names: &[&str]| {
            Read::sure(Areas::Prefectures(names.iter().map(|&name| name.to_owned()).collect()))
        };
        assert_eq!(areas("山口県、鳥取"), list(&["山口県", "鳥取県"]));
        assert_eq!(areas("中国地方"), list(&["鳥取県", "島根県", "岡山県", "広島県", "山口県"]));
        assert_eq!(areas("四国・高知"), list(&["徳島県", "香川県", "愛媛県", "高知県"]));
        assert_eq!(
            areas("九州"),
            list(&["福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県"])
        );
        assert_eq!(areas("関西"), areas("近畿"));
        for text in ["全国", "どこでも", "全国どこでも", "こだわらない", "不問"] {
            assert_eq!(areas(text), Read::sure(Areas::Everywhere), "{text}");
        }
        for text in ["海の近く", "山口県、海の近く", "、"] {
            assert_eq!(areas(text), Err(Code::Unparsed), "{text}");
        }
    }
}
