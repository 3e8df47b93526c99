//! Prefectures by every name that people type: 岡山, 岡山県, Okayama, okayama-ken; with the long vowels of Hyōgo as a keyboard
//! writes them, and Fukushima as Hukusima; and regions by the words that people use, which find their prefectures. The index
//! knows no geography: it gets these names as synonyms.

use std::sync::LazyLock;

use migiude_index::{Group, Synonyms};

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

/// Words for regions with what else they are called. Their prefectures are those of the import convention …
const REGIONS: [(&str, &[&str]); 7] = [
    ("東北", &["東北地方", "Tohoku"]),
    ("関東", &["関東地方", "Kanto"]),
    ("中部", &["中部地方", "Chubu"]),
    ("近畿", &["近畿地方", "関西", "関西地方", "Kansai", "Kinki"]),
    ("中国地方", &["中国", "Chugoku"]),
    ("四国", &["四国地方", "Shikoku"]),
    ("九州", &["九州地方", "Kyushu"]),
];

/// … and others that lie across them or within one, with their prefectures.
const OTHERS: [(&str, &[&str]); 28] = [
    ("首都圏", &["埼玉県", "千葉県", "東京都", "神奈川県"]),
    ("北関東", &["茨城県", "栃木県", "群馬県"]),
    ("北陸", &["新潟県", "富山県", "石川県", "福井県"]),
    ("甲信越", &["新潟県", "山梨県", "長野県"]),
    ("東海", &["岐阜県", "静岡県", "愛知県", "三重県"]),
    ("山陰", &["鳥取県", "島根県"]),
    ("山陽", &["岡山県", "広島県", "山口県"]),
    ("瀬戸内", &["岡山県", "広島県", "山口県", "香川県", "愛媛県"]),
    ("会津", &["福島県"]),
    ("庄内", &["山形県"]),
    ("信州", &["長野県"]),
    ("飛騨", &["岐阜県"]),
    ("能登", &["石川県"]),
    ("加賀", &["石川県"]),
    ("丹後", &["京都府"]),
    ("丹波", &["京都府", "兵庫県"]),
    ("但馬", &["兵庫県"]),
    ("播磨", &["兵庫県"]),
    ("紀州", &["和歌山県"]),
    ("石見", &["島根県"]),
    ("備前", &["岡山県"]),
    ("備中", &["岡山県"]),
    ("備後", &["広島県"]),
    ("讃岐", &["香川県"]),
    ("阿波", &["徳島県"]),
    ("伊予", &["愛媛県"]),
    ("土佐", &["高知県"]),
    ("薩摩", &["鹿児島県"]),
];

/// What means the same in every region: the built-in groups and the names of places.
pub(super) fn table() -> &'static Synonyms {
    static TABLE: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::default().and(&groups()));
    &TABLE
}

/// One group of names for each prefecture, and one for each region, which is related to its prefectures.
fn groups() -> Vec<Group> {
    of_prefectures().chain(of_regions()).collect()
}

fn of_regions() -> impl Iterator<Item = Group> {
    let known = REGIONS.iter().map(|&(word, others)| {
        let terms = [word].into_iter().chain(others.iter().copied()).collect::<Vec<_>>();
        (terms, prefectures::region_word(word).unwrap_or_default())
    });
    let others = OTHERS.iter().map(|&(word, prefectures)| (vec![word], prefectures));
    known.chain(others).map(|(terms, names)| {
        let found = names.iter().filter_map(|name| prefectures::find(name));
        Group {
            id: format!("region-{}", terms[0]),
            related: found.map(|row| id(&row.jis_code)).collect(),
            terms: terms.into_iter().map(str::to_owned).collect(),
            ..Group::default()
        }
    })
}

fn id(jis_code: &str) -> String {
    format!("pref-{jis_code}")
}

fn of_prefectures() -> impl Iterator<Item = Group> {
    prefectures::all().iter().map(|row| {
        let latin = latin(&row.romaji);
        let long = latin.iter().map(|name| format!("{name}-{}", suffix(&row.kanji)));
        let kanji = [row.kanji.clone(), row.short_kanji.clone(), row.kana.clone(), short(&row.kana)];
        let mut terms: Vec<String> = kanji.into_iter().chain(latin.iter().cloned()).chain(long).collect();
        terms.dedup();
        Group { id: id(&row.jis_code), terms, ..Group::default() }
    })
}

/// おかやま for おかやまけん. ほっかいどう has no shorter name.
fn short(kana: &str) -> String {
    ["けん", "ふ", "と"].iter().find_map(|suffix| kana.strip_suffix(suffix)).unwrap_or(kana).to_owned()
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
        assert_eq!(groups.len(), 47 + REGIONS.len() + OTHERS.len());
        let names = |at: usize| groups[at].terms.join(" ");
        assert_eq!(names(32), "岡山県 岡山 おかやまけん おかやま Okayama Okayama-ken");
        assert!(
            names(6).contains("hukusima") && names(27).contains("Hyougo") && names(26).contains("Ōsaka-fu")
        );
    }

    #[test]
    fn a_region_finds_each_of_its_prefectures() {
        let groups = groups();
        let related = |term: &str| {
            let group = groups.iter().find(|group| group.terms.iter().any(|one| one == term)).expect(term);
            group.related.join(" ")
        };
        assert_eq!(related("関西"), "pref-24 pref-25 pref-26 pref-27 pref-28 pref-29 pref-30");
        assert_eq!(related("中国"), "pref-31 pref-32 pref-33 pref-34 pref-35");
        assert_eq!(related("山陰"), "pref-31 pref-32");
        for (_, names) in OTHERS {
            assert!(names.iter().all(|name| prefectures::find(name).is_some()), "{names:?}");
        }
    }

    #[test]
    fn no_name_belongs_to_two_places() {
        let mut seen = std::collections::HashSet::new();
        for name in groups().iter().flat_map(|group| &group.terms) {
            assert!(seen.insert(name.to_lowercase()), "{name}");
        }
    }
}
