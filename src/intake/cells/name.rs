//! Names and the coordinators' own numbers.

use unicode_normalization::UnicodeNormalization;

use super::plain::{is_hyphen, plain};
use super::{Read, Reading};

/// 企業ID, 募集ID, 候補者ID: any width, case and hyphen. `ｆ－００１` is F-001.
pub(in crate::intake) fn id(text: &str) -> Reading<String> {
    Read::sure(
        plain(text)
            .chars()
            .map(|letter| if is_hyphen(letter) { '-' } else { letter })
            .flat_map(char::to_uppercase)
            .collect(),
    )
}

/// Short and long texts stay as they are written.
pub(in crate::intake) fn text(text: &str) -> Reading<String> {
    Read::sure(text.to_owned())
}

/// 氏名: runs of spaces become one space.
pub(in crate::intake) fn person(text: &str) -> Reading<String> {
    Read::sure(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

const LEGAL_FORMS: [(&str, &[&str]); 5] = [
    ("株式会社", &["株式会社", "(株)", "（株）", "㈱"]),
    ("有限会社", &["有限会社", "(有)", "（有）", "㈲"]),
    ("合同会社", &["合同会社", "(同)", "（同）"]),
    ("合資会社", &["合資会社", "(資)", "（資）", "㈾"]),
    ("合名会社", &["合名会社", "(名)", "（名）", "㈴"]),
];

/// 企業名: the legal form is written out at the end where it stands, without spaces beside it.
pub(in crate::intake) fn firm(text: &str) -> Reading<String> {
    for (full, spellings) in LEGAL_FORMS {
        for spelling in spellings {
            if let Some(rest) = text.strip_prefix(spelling) {
                return Read::sure(format!("{full}{}", rest.trim_start()));
            }
            if let Some(rest) = text.strip_suffix(spelling) {
                return Read::sure(format!("{}{full}", rest.trim_end()));
            }
        }
    }
    Read::sure(text.to_owned())
}

/// ふりがな, from either kana and half-width.
pub(in crate::intake) fn hiragana(text: &str) -> Reading<String> {
    kana(text, |letter| match letter {
        'ァ'..='ヶ' => shifted(letter, -0x60),
        _ => letter,
    })
}

/// 企業名カナ, from either kana and half-width.
pub(in crate::intake) fn katakana(text: &str) -> Reading<String> {
    kana(text, |letter| match letter {
        'ぁ'..='ゖ' => shifted(letter, 0x60),
        _ => letter,
    })
}

fn kana(text: &str, to: impl Fn(char) -> char) -> Reading<String> {
    let folded: String = text.nfkc().map(to).collect();
    Read::sure(folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn shifted(letter: char, by: i32) -> char {
    (letter as u32).checked_add_signed(by).and_then(char::from_u32).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_one_in_any_width_case_and_hyphen() {
        for text in ["F-001", "ｆ－００１", "F‐001", "f−001", "Fー001", "F - 001", "F—001"] {
            assert_eq!(id(text), Read::sure("F-001".to_owned()), "{text}");
        }
    }

    #[test]
    fn legal_forms_are_written_out_at_the_end_where_they_stand() {
        for text in ["株式会社青木", "(株)青木", "（株）青木", "㈱青木", "株式会社　青木", "㈱ 青木"]
        {
            assert_eq!(firm(text), Read::sure("株式会社青木".to_owned()), "{text}");
        }
        for text in ["青木有限会社", "青木(有)", "青木㈲", "青木 有限会社"] {
            assert_eq!(firm(text), Read::sure("青木有限会社".to_owned()), "{text}");
        }
        assert_eq!(firm("(同)粟野"), Read::sure("合同会社粟野".to_owned()));
        assert_eq!(firm("粟野（資）"), Read::sure("粟野合資会社".to_owned()));
        assert_eq!(firm("髙﨑①商会"), Read::sure("髙﨑①商会".to_owned()));
    }

    #[test]
    fn names_keep_their_characters_and_lose_only_runs_of_spaces() {
        assert_eq!(person("髙﨑　 𠮷子"), Read::sure("髙﨑 𠮷子".to_owned()));
    }

    #[test]
    fn kana_is_hiragana_for_people_and_katakana_for_firms() {
        assert_eq!(hiragana("ｱｵｷ　ハナコ"), Read::sure("あおき はなこ".to_owned()));
        assert_eq!(hiragana("ヴァレリー"), Read::sure("ゔぁれりー".to_owned()));
        assert_eq!(katakana("みぞおりょかん"), Read::sure("ミゾオリョカン".to_owned()));
        assert_eq!(katakana("ﾐｿﾞｵ"), Read::sure("ミゾオ".to_owned()));
    }
}
