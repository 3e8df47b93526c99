//! Numbers written in kanji.

/// Replaces numbers in kanji by digits: 令和九年四月一日 → 令和9年4月1日, 五万円 → 5万円, 二〇二七年 → 2027年. 万 and 億 are
/// units and stay; so do 十, 百, 千 behind a digit (180百万円).
pub(in crate::intake) fn to_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars() {
        let behind_digit = run.is_empty() && out.ends_with(|last: char| last.is_ascii_digit());
        if is_digit(letter) || is_place(letter) && !behind_digit {
            run.push(letter);
        } else {
            flush(&mut run, &mut out);
            out.push(letter);
        }
    }
    flush(&mut run, &mut out);
    out
}

fn digit(letter: char) -> Option<u64> {
    "〇一二三四五六七八九".chars().zip(0..).find(|(kanji, _)| *kanji == letter).map(|(_, value)| value)
}

fn is_digit(letter: char) -> bool {
    digit(letter).is_some() || letter == '零'
}

fn is_place(letter: char) -> bool {
    matches!(letter, '十' | '百' | '千')
}

fn flush(run: &mut String, out: &mut String) {
    if run.is_empty() {
        return;
    }
    if run.contains(is_place) {
        let (mut sum, mut last) = (0, None);
        for letter in run.chars() {
            let place = match letter {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                _ => {
                    last = Some(digit(letter).unwrap_or(0));
                    continue;
                }
            };
            // Runs are as long as the cell: keep to what fits.
            sum = u64::saturating_add(sum, last.take().unwrap_or(1) * place);
        }
        out.push_str(&u64::saturating_add(sum, last.unwrap_or(0)).to_string());
    } else {
        out.extend(run.chars().filter_map(|letter| char::from_digit(digit(letter).unwrap_or(0) as u32, 10)));
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::to_digits;

    #[test]
    fn kanji_numbers_become_digits_and_units_stay() {
        for (kanji, digits) in [
            ("昭和三十七年", "昭和37年"),
            ("令和九年四月一日", "令和9年4月1日"),
            ("二〇二七年十二月三十一日", "2027年12月31日"),
            ("五万円", "5万円"),
            ("五百万円", "500万円"),
            ("百万円", "100万円"),
            ("180百万円", "180百万円"),
            ("三ヶ月", "3ヶ月"),
            ("第一希望", "第1希望"),
            ("十", "10"),
            ("千二百三十四", "1234"),
            ("3千円", "3千円"),
            ("なし", "なし"),
        ] {
            assert_eq!(to_digits(kanji), digits, "{kanji}");
        }
    }
}
