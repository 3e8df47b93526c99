//! Names of people, their reading, mail and telephone: none of them can belong to anybody.

use super::rng::Rng;
use super::vocabulary::{Name, VOCABULARY};

/// A surname and a given name.
#[derive(Clone, Copy)]
pub struct Person {
    pub surname: &'static Name,
    pub given: &'static Name,
}

impl Person {
    /// Person `index` of a region: the first 3,000 have different names.
    pub fn of(seed: u64, index: usize) -> Person {
        let names = &VOCABULARY.names;
        let offset = Rng::of(seed, "names", 0).below(3000);
        // 1,607 shares no factor with the number of full names, so the walk visits all of them.
        let place = (index * 1607 + offset) % (names.surnames.len() * names.given.len());
        Person {
            surname: &names.surnames[place % names.surnames.len()],
            given: &names.given[place / names.surnames.len()],
        }
    }

    /// The name with a space between its parts.
    pub fn name(self) -> String {
        format!("{} {}", self.surname.kanji, self.given.kanji)
    }

    /// The name as typed: the space is wide, narrow or forgotten.
    pub fn name_written(self, rng: &mut Rng) -> String {
        let space = rng.weighted(&[(" ", 60), ("　", 30), ("", 10)]);
        format!("{}{space}{}", self.surname.kanji, self.given.kanji)
    }

    /// The reading in hiragana.
    pub fn kana(self) -> String {
        format!("{} {}", self.surname.kana, self.given.kana)
    }

    /// The part of a mail address before the @.
    pub fn mailbox(self) -> String {
        format!("{}.{}", romaji(&self.surname.kana), romaji(&self.given.kana))
    }
}

/// The president of a firm.
pub fn president(index: usize, rng: &mut Rng) -> String {
    let names = &VOCABULARY.names;
    let given = rng.pick(&names.given);
    let surname = &names.surnames[(index * 7 + rng.below(7)) % names.surnames.len()];
    format!("{} {}", surname.kanji, given.kanji)
}

/// A telephone number from the unassigned range 0?0-0000.
pub fn telephone(index: usize, rng: &mut Rng) -> String {
    let network = rng.weighted(&[("090", 50), ("080", 35), ("070", 15)]);
    format!("{network}-0000-{:04}", (index * 7919 + 1132) % 10_000)
}

/// Hiragana in Latin letters (Hepburn, long vowels short) for the syllables of Japanese names.
fn romaji(kana: &str) -> String {
    const SYLLABLES: [(&str, &str); 81] = [
        ("きょ", "kyo"),
        ("きゃ", "kya"),
        ("きゅ", "kyu"),
        ("しょ", "sho"),
        ("しゃ", "sha"),
        ("しゅ", "shu"),
        ("ちょ", "cho"),
        ("じょ", "jo"),
        ("じゅ", "ju"),
        ("りょ", "ryo"),
        ("りゅ", "ryu"),
        ("おお", "o"),
        ("とう", "to"),
        ("こう", "ko"),
        ("ゆう", "yu"),
        ("よう", "yo"),
        ("どう", "do"),
        ("あ", "a"),
        ("い", "i"),
        ("う", "u"),
        ("え", "e"),
        ("お", "o"),
        ("か", "ka"),
        ("き", "ki"),
        ("く", "ku"),
        ("け", "ke"),
        ("こ", "ko"),
        ("さ", "sa"),
        ("し", "shi"),
        ("す", "su"),
        ("せ", "se"),
        ("そ", "so"),
        ("た", "ta"),
        ("ち", "chi"),
        ("つ", "tsu"),
        ("て", "te"),
        ("と", "to"),
        ("な", "na"),
        ("に", "ni"),
        ("ぬ", "nu"),
        ("ね", "ne"),
        ("の", "no"),
        ("は", "ha"),
        ("ひ", "hi"),
        ("ふ", "fu"),
        ("へ", "he"),
        ("ほ", "ho"),
        ("ま", "ma"),
        ("み", "mi"),
        ("む", "mu"),
        ("め", "me"),
        ("も", "mo"),
        ("や", "ya"),
        ("ゆ", "yu"),
        ("よ", "yo"),
        ("ら", "ra"),
        ("り", "ri"),
        ("る", "ru"),
        ("れ", "re"),
        ("ろ", "ro"),
        ("わ", "wa"),
        ("を", "o"),
        ("ん", "n"),
        ("が", "ga"),
        ("ぎ", "gi"),
        ("ぐ", "gu"),
        ("げ", "ge"),
        ("ご", "go"),
        ("ざ", "za"),
        ("じ", "ji"),
        ("ず", "zu"),
        ("ぜ", "ze"),
        ("ぞ", "zo"),
        ("だ", "da"),
        ("で", "de"),
        ("ど", "do"),
        ("ば", "ba"),
        ("び", "bi"),
        ("ぶ", "bu"),
        ("べ", "be"),
        ("ぼ", "bo"),
    ];
    let mut rest = kana;
    let mut latin = String::new();
    while let Some(&(syllable, letters)) = SYLLABLES.iter().find(|(syllable, _)| rest.starts_with(syllable)) {
        latin.push_str(letters);
        rest = &rest[syllable.len()..];
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn three_thousand_people_have_different_names() {
        let names: BTreeSet<String> = (0..3000).map(|index| Person::of(9, index).name()).collect();
        assert_eq!(names.len(), 3000);
    }

    #[test]
    fn every_name_can_be_spelled_in_a_mail_address() {
        assert_eq!(romaji("ささき"), "sasaki");
        assert_eq!(romaji("りょう"), "ryou");
        assert_eq!(romaji("おおた"), "ota");
        for name in VOCABULARY.names.surnames.iter().chain(&VOCABULARY.names.given) {
            let syllables = name.kana.chars().count();
            assert!(romaji(&name.kana).len() >= syllables, "{}", name.kana);
        }
    }
}
