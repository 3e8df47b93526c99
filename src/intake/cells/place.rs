//! 都道府県 and 市区町村.

use super::plain::plain;
use super::{Read, Reading};
use crate::intake::code::Code;
use crate::rules::{municipalities, prefectures};

/// 都道府県, with or without 都, 府, 県: the official name.
pub(in crate::intake) fn prefecture(text: &str) -> Reading<String> {
    prefectures::parse(&plain(text)).map_or(Err(Code::Pref), |name| Read::sure(name.to_owned()))
}

/// 市区町村 of the prefecture: the official name without 郡; an unknown one is kept as written. Without a prefecture
/// nothing can be said about it.
pub(in crate::intake) fn municipality(text: &str, prefecture: Option<&str>) -> Reading<String> {
    let Some(prefecture) = prefecture else {
        return Read::sure(text.to_owned());
    };
    let bare = text.strip_prefix(prefecture).map_or(text, str::trim_start);
    match municipalities::find(prefecture, bare) {
        Some(name) => Read::sure(name.to_owned()),
        None => Read::but(text.to_owned(), Code::MuniUnknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefecture_is_known_with_or_without_its_last_letter() {
        for text in ["岡山県", "岡山", "岡 山 県"] {
            assert_eq!(prefecture(text), Read::sure("岡山県".to_owned()), "{text}");
        }
        assert_eq!(prefecture("東京"), Read::sure("東京都".to_owned()));
        assert_eq!(prefecture("北海道"), Read::sure("北海道".to_owned()));
        for text in ["中国", "岡山市", "日本"] {
            assert_eq!(prefecture(text), Err(Code::Pref), "{text}");
        }
    }

    #[test]
    fn a_municipality_is_known_without_its_county_and_in_variant_kanji() {
        let known = |name: &str| Read::sure(name.to_owned());
        assert_eq!(municipality("岩美郡岩美町", Some("鳥取県")), known("岩美町"));
        assert_eq!(municipality("岩美町", Some("鳥取県")), known("岩美町"));
        assert_eq!(municipality("塩釜市", Some("宮城県")), known("塩竈市"));
        assert_eq!(municipality("茅ケ崎市", Some("神奈川県")), municipality("茅ヶ崎市", Some("神奈川県")));
        assert_eq!(municipality("山口県萩市", Some("山口県")), known("萩市"));
        assert_eq!(municipality("夢見市", Some("山口県")), Read::but("夢見市".to_owned(), Code::MuniUnknown));
    }
}
