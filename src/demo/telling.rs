//! Filling the templates: which sentence may be said of whom, and with which words.

use std::collections::BTreeMap;

use super::rng::Rng;

/// What is known of the firm, opening or person a text is about.
///
/// A template is told only if it needs nothing that is unknown and says nothing that would be untrue; so a founder's firm never
/// speaks of the former president, and a firm in the red never of its profits.
#[derive(Clone, Default)]
pub struct Facts {
    values: BTreeMap<&'static str, String>,
    untrue: Vec<&'static str>,
}

/// Numbers with no meaning beyond their sentence; drawn anew each time. `n1` is always larger than `n2`.
const LOOSE: [(&str, i64, i64); 4] = [("n1", 20, 60), ("n2", 2, 9), ("yen", 5, 30), ("visit", 1, 3)];

impl Facts {
    /// Makes `{name}` known.
    pub fn know(&mut self, name: &'static str, value: impl Into<String>) {
        self.values.insert(name, value.into());
    }

    /// No sentence with one of `words` (parted by spaces) may be told, if `condition` holds.
    pub fn never_say(&mut self, condition: bool, words: &'static str) {
        if condition {
            self.untrue.extend(words.split(' '));
        }
    }

    /// Whether `template` can be told.
    pub fn allow(&self, template: &str) -> bool {
        let known =
            |name: &str| self.values.contains_key(name) || LOOSE.iter().any(|(loose, ..)| *loose == name);
        !self.untrue.iter().any(|word| template.contains(word)) && placeholders(template).all(known)
    }

    /// `template` with every known placeholder filled.
    pub fn fill(&self, template: &str, rng: &mut Rng) -> String {
        let mut text = template.to_owned();
        for name in placeholders(template) {
            let value = match self.values.get(name) {
                Some(value) => value.clone(),
                None => match LOOSE.iter().find(|(loose, ..)| *loose == name) {
                    Some(&(_, low, high)) => rng.range(low, high).to_string(),
                    None => continue,
                },
            };
            text = text.replacen(&format!("{{{name}}}"), &value, 1);
        }
        text
    }

    /// Up to `count` different templates that can be told, filled, in random order.
    pub fn tell<S: AsRef<str>>(&self, bank: &[S], count: usize, rng: &mut Rng) -> Vec<String> {
        let shuffled = rng.sample(bank, bank.len()).into_iter().map(AsRef::as_ref);
        let chosen: Vec<&str> = shuffled.filter(|template| self.allow(template)).take(count).collect();
        chosen.into_iter().map(|template| self.fill(template, rng)).collect()
    }
}

/// The names of the placeholders of `template`, in order.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// A small whole number in kanji, as generations are counted (1–99).
pub fn kanji(number: i64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: i64| DIGITS[n.rem_euclid(10) as usize];
    match number {
        10.. if number / 10 == 1 => format!("十{}", digit(number)),
        10.. => format!("{}十{}", digit(number / 10), digit(number)),
        _ => digit(number).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_needs_an_unknown_fact_is_not_told() {
        let mut facts = Facts::default();
        facts.know("town", "萩市");
        let bank = ["{town}の{gen}代目です。", "{town}の会社です。"];
        assert_eq!(facts.tell(&bank, 2, &mut Rng::of(1, "test", 0)), ["萩市の会社です。"]);
    }

    #[test]
    fn an_untrue_sentence_is_not_told() {
        let mut facts = Facts::default();
        facts.never_say(true, "黒字");
        facts.never_say(false, "社長");
        assert!(!facts.allow("黒字が続いています。"));
        assert!(facts.allow("社長は元気です。"));
    }

    #[test]
    fn generations_are_counted_in_kanji() {
        assert_eq!([2, 10, 14, 23].map(kanji), ["二", "十", "十四", "二十三"]);
    }
}
