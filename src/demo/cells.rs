//! Small ways of writing that firms' and people's sheets share.

use super::rng::Rng;

/// ASCII in full width, as some keyboards leave it.
pub fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
        .collect()
}

/// Days a week, given in tenths; half a day is written as two days a month.
pub fn days_a_week(tenths: i64, rng: &mut Rng) -> String {
    let whole = tenths / 10;
    match (tenths, rng.weighted(&[(0, 65), (1, 25), (2, 10)])) {
        (5, 0) => "0.5".to_owned(),
        (5, _) => "月2回".to_owned(),
        (_, 1) => format!("週{whole}日"),
        (_, 2) => wide(&whole.to_string()),
        _ => whole.to_string(),
    }
}

/// What stands between the items of a list of tags.
pub fn separator(rng: &mut Rng) -> &'static str {
    rng.weighted(&[("、", 75), ("・", 10), ("／", 10), ("，", 5)])
}

/// Lines as a coordinator types them: mostly with a dot in front.
pub fn bullets(lines: &[String], rng: &mut Rng) -> String {
    const NUMBERS: [&str; 5] = ["①", "②", "③", "④", "⑤"];
    let style = rng.weighted(&[(0, 60), (1, 15), (2, 15), (3, 10)]);
    let mark = |index: usize| match style {
        0 => "・",
        1 => "●",
        2 => NUMBERS[index % NUMBERS.len()],
        _ => "",
    };
    let marked: Vec<String> =
        lines.iter().enumerate().map(|(index, line)| format!("{}{line}", mark(index))).collect();
    marked.join("\n")
}
