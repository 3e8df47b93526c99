//! A text without the words that may not stand in it.

use unicode_normalization::UnicodeNormalization;

/// The text with the first line that holds `words` (in NFKC and without spaces, as the linter quotes them) rid of them. A
/// line of which nothing but punctuation is left goes with them. None when the words are not found.
pub(super) fn without(text: &str, words: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (at, rest) =
        lines.iter().enumerate().find_map(|(at, line)| Some((at, line_without(line, words)?)))?;
    if rest.chars().any(char::is_alphanumeric) {
        lines[at] = rest;
    } else {
        lines.remove(at);
    }
    Some(lines.join("\n"))
}

fn line_without(line: &str, words: &str) -> Option<String> {
    // Each sign of the normal form, with the place in the line that it came from.
    let normal: Vec<(char, usize, usize)> = line
        .char_indices()
        .flat_map(|(at, sign)| {
            let end = at + sign.len_utf8();
            sign.nfkc()
                .filter(|sign| !sign.is_whitespace())
                .map(move |sign| (sign, at, end))
                .collect::<Vec<_>>()
        })
        .collect();
    let words: Vec<char> = words.chars().collect();
    let begin = normal.windows(words.len()).position(|part| part.iter().map(|(sign, ..)| sign).eq(&words))?;
    let (from, to) = (normal[begin].1, normal[begin + words.len() - 1].2);
    let (before, after) = (&line[..from], &line[to..]);
    // 「（25歳まで）」 leaves no empty brackets, 「25歳まで、」 no comma at the beginning.
    let after = after.trim_start_matches(['、', '，', '。', '・']);
    let joined = format!("{before}{after}");
    Some(joined.replace("（）", "").replace("()", "").replace("「」", "").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_go_and_the_rest_stays_as_it_was_written() {
        assert_eq!(
            without("経理の経験がある方（４５歳 以下）", "45歳以下").as_deref(),
            Some("経理の経験がある方")
        );
        assert_eq!(without("20代歓迎、経験不問", "20代歓迎").as_deref(), Some("経験不問"));
        assert_eq!(
            without("未経験可\n35歳まで\n週1日から", "35歳まで").as_deref(),
            Some("未経験可\n週1日から")
        );
        assert_eq!(without("経験不問", "35歳まで"), None);
    }
}
