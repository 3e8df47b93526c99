//! The rule for all cells, the words that mean "no value", and the signs that something is wrong with a text.

use unicode_normalization::UnicodeNormalization;

/// A cell after the rule for all cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::intake) struct Clean {
    /// The text that is read and, for texts, stored.
    pub(in crate::intake) text: String,
    /// Whether control or zero-width characters were removed.
    pub(in crate::intake) had_control: bool,
}

/// Line ends become LF, control and zero-width characters go, spaces at both ends are cut, and one apostrophe that
/// guards a formula sign is taken off.
pub(in crate::intake) fn clean(raw: &str) -> Clean {
    let mut had_control = false;
    let mut text = String::with_capacity(raw.len());
    let mut letters = raw.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                text.push('\n');
            }
            '\n' | '\t' => text.push(letter),
            '\u{A0}' => text.push(' '),
            '\0'..='\u{1F}' | '\u{7F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {
                had_control = true
            }
            _ => text.push(letter),
        }
    }
    // The guard comes off before the end is cut: behind it a lone tab is a sign, too.
    let opened = text.trim_start();
    let bare =
        opened.strip_prefix('\'').filter(|rest| rest.starts_with(is_formula_sign)).unwrap_or(opened).trim();
    if bare.len() != text.len() {
        text = bare.to_owned();
    }
    Clean { text, had_control }
}

fn is_formula_sign(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t')
}

const MARKERS: [&str; 14] = [
    "なし",
    "無し",
    "ナシ",
    "無",
    "-",
    "―",
    "ー",
    "n/a",
    "不明",
    "未定",
    "未記入",
    "該当なし",
    "特になし",
    "非公開",
];

/// Whether the cell says in words that there is no value.
pub(in crate::intake) fn is_marker(text: &str) -> bool {
    // Only short texts can be markers: long ones need not be folded.
    const LONGEST: usize = 12;
    if text.chars().nth(LONGEST).is_some() {
        return false;
    }
    let folded: String =
        text.nfkc().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect();
    MARKERS.contains(&folded.as_str())
}

/// Whether a spreadsheet would take the text for a formula. A bullet (`- text`) and a signed number are none.
pub(in crate::intake) fn looks_like_formula(text: &str) -> bool {
    let mut letters = text.nfkc();
    match letters.next() {
        Some('=' | '@') => true,
        Some('+' | '-') => {
            let rest: String = letters.collect();
            let blank = rest.trim().is_empty();
            let bullet = rest.starts_with(char::is_whitespace);
            let number = rest.chars().all(|letter| letter.is_ascii_digit() || "-().,: ".contains(letter));
            !(blank || bullet || number)
        }
        _ => false,
    }
}

/// Whether the text carries the sign of a character that was lost before we got the file.
pub(in crate::intake) fn has_lost_character(text: &str, question_mark_counts: bool) -> bool {
    text.contains(['〓', '\u{FFFD}']) || question_mark_counts && text.contains('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_lf_and_both_ends_are_cut() {
        assert_eq!(clean(" \u{3000}一\r\n二\r三\n\t").text, "一\n二\n三");
        assert_eq!(clean("一\u{A0}二").text, "一 二");
        assert!(!clean("一\r\n二").had_control);
    }

    #[test]
    fn control_and_zero_width_characters_are_removed_and_told() {
        for raw in ["株\u{0}式", "株\u{B}式", "株\u{200B}式", "\u{FEFF}株式", "株\u{7F}式", "株\u{2060}式"]
        {
            assert_eq!(clean(raw), Clean { text: "株式".into(), had_control: true });
        }
    }

    #[test]
    fn one_apostrophe_before_a_formula_sign_is_taken_off() {
        assert_eq!(clean("'=1+1").text, "=1+1");
        assert_eq!(clean("'＠名前").text, "＠名前");
        assert_eq!(clean("''=1").text, "''=1");
        assert_eq!(clean("'\t").text, "", "a blank cell that an export has guarded is blank again");
        assert_eq!(clean("'70年代").text, "'70年代");
    }

    #[test]
    fn every_marker_of_the_convention_means_no_value() {
        for marker in [
            "なし",
            "無し",
            "ナシ",
            "無",
            "-",
            "－",
            "―",
            "ー",
            "N/A",
            "不明",
            "未定",
            "未記入",
            "該当なし",
            "特になし",
            "非公開",
            "Ｎ／Ａ",
            "ﾅｼ",
        ] {
            assert!(is_marker(marker), "{marker}");
        }
        assert!(!is_marker("なしの花"));
    }

    #[test]
    fn formulas_are_told_from_bullets_and_numbers() {
        for formula in ["=1+1", "＝A1", "@SUM(A1)", "＠名前", "+cmd|'/C calc'!A0", "-2+3+cmd", "－x", "-あり"]
        {
            assert!(looks_like_formula(formula), "{formula}");
        }
        for text in ["- 一つ目", "-", "－", "+81 90-0000-0000", "-1,200", "－　箇条", "普通の文", "", "-\n次"]
        {
            assert!(!looks_like_formula(text), "{text}");
        }
    }

    #[test]
    fn a_question_mark_is_a_loss_only_in_names() {
        assert!(has_lost_character("?田 義雄", true));
        assert!(!has_lost_character("なぜ?", false));
        assert!(has_lost_character("〓田", false));
    }
}
