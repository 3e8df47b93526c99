//! Prefectures by every name that people type: 岡山, 岡山県, Okayama, okayama-ken; with the long vowels of Hyōgo as a keyboard
//! writes them, and Fukushima as Hukusima. The index knows no geography: it gets these names as synonyms.

use migiude_index::Group;

use crate::rules::prefectures;

/// Latin spellings in which the vowels are long. The official ones, in the table of prefectures, leave the length out.
const LONG: [(&str, &[&str]); 7] = [
    ("Hokkaido", &["Hokkaidou", "Hokkaidoh", "Hokkaidō"]),
    ("Tokyo", &["Toukyou", "Tohkyoh", "Tōkyō", "Tokio"]),
    ("Kyoto", &["Kyouto", "Kyohto", "Kyōto"]),
    ("Osaka", &["Oosaka", "Ohsaka", "Ōsaka"]),
    ("Hyogo", &["Hyougo", "Hyohgo", "Hyōgo"]),
    ("Kochi", &["Kouchi", "Kohchi", "Kōchi"]),
    ("Oita", &["Ooita", "Ohita", "Ōita"]),
];

/// Letters of the older spelling, as schools teach and keyboards take it.
const OLDER: [(&str, &str); 4] = [("sh", "s"), ("ch", "t"), ("ts", "t"), ("fu", "hu")];

/// One group of names for each prefecture.
pub(super) fn groups() -> Vec<Group> {
    let rows = prefectures::all().iter();
    rows.map(|row| {
        let latin = latin(&row.romaji);
        let long = latin.iter().map(|name| format!("{name}-{}", suffix(&row.kanji)));
        let kanji = [row.kanji.clone(), row.short_kanji.clone(), row.kana.clone()];
        let mut terms: Vec<String> = kanji.into_iter().chain(latin.iter().cloned()).chain(long).collect();
        terms.dedup();
        Group { id: format!("pref-{}", row.jis_code), terms, ..Group::default() }
    })
    .collect()
}

fn latin(romaji: &str) -> Vec<String> {
    let long = LONG.iter().find(|(name, _)| *name == romaji).map_or(&[][..], |(_, long)| *long);
    let older = OLDER.iter().fold(romaji.to_lowercase(), |name, (new, old)| name.replace(new, old));
    let mut names = vec![romaji.to_owned()];
    names.extend(long.iter().map(|name| (*name).to_owned()));
    names.extend(Some(older).filter(|older| *older != romaji.to_lowercase()));
    names
}

fn suffix(kanji: &str) -> &'static str {
    match kanji.chars().last() {
        Some('都') => "to",
        Some('府') => "fu",
        Some('道') => "do",
        _ => "ken",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefecture_has_every_name_that_people_type() {
        let groups = groups();
        assert_eq!(groups.len(), 47);
        let names = |at: usize| groups[at].terms.join(" ");
        assert_eq!(names(32), "岡山県 岡山 おかやまけん Okayama Okayama-ken");
        assert!(
            names(6).contains("hukusima") && names(27).contains("Hyougo") && names(26).contains("Ōsaka-fu")
        );
    }

    #[test]
    fn no_name_belongs_to_two_prefectures() {
        let mut seen = std::collections::HashSet::new();
        for name in groups().iter().flat_map(|group| &group.terms) {
            assert!(seen.insert(name.to_lowercase()), "{name}");
        }
    }
}
