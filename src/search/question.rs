//! What somebody wants to find, apart from the page that shows it: words and filters. A search page asks it, a feed
//! repeats it, and an alert keeps it; so it can be stored, compared, and said to people.

use migiude_index::{Page, Sort};
use serde::{Deserialize, Serialize};

use super::{Ask, Facet};
use crate::texts::Lang;

/// Words and filters, in one order however they were typed: equal questions are equal.
///
/// Whether the filters mean something is not looked at here. The search refuses those that do not, so that a stored
/// question outlives a facet and is then refused with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Question {
    words: String,
    filters: Vec<(String, String)>,
}

/// More words than a question may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a question has at most {} characters of words", Question::LONGEST)]
pub struct TooLong;

impl TooLong {
    /// What to do about it.
    pub fn say(self, lang: Lang) -> String {
        lang.say_with("search-too-long", &[("most", &Question::LONGEST)])
    }
}

impl Question {
    /// Characters of the words.
    pub const LONGEST: usize = 200;
    /// The name of the words among the pairs of an address; every other name is a facet's.
    pub const WORDS: &'static str = "q";

    /// Reads name and value pairs, as an address or a form has them. Empty values say nothing, repeated filters say
    /// it once, and of several words the last count.
    ///
    /// # Errors
    /// [`TooLong`] for more than [`Question::LONGEST`] characters of words.
    pub fn read(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, TooLong> {
        let mut question = Self::default();
        for (name, value) in pairs {
            match value.trim() {
                "" => {}
                words if name == Self::WORDS => question.words = words.to_owned(),
                value => question = question.with(&name, value),
            }
        }
        if question.words.chars().count() > Self::LONGEST { Err(TooLong) } else { Ok(question) }
    }

    /// The pairs that read back as this question.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let words = (!self.words.is_empty()).then(|| (Self::WORDS.to_owned(), self.words.clone()));
        words.into_iter().chain(self.filters.iter().cloned()).collect()
    }

    /// The words; empty when none are asked for.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Names of facets with values as people type them.
    pub fn filters(&self) -> &[(String, String)] {
        &self.filters
    }

    /// Whether it asks for everything there is.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.filters.is_empty()
    }

    /// Whether this filter is in force.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.filters.iter().any(|(n, v)| n == name && v == value)
    }

    /// The same with one more filter.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let facet = Facet::named(name);
        let name = facet.map_or(name, |facet| facet.name());
        let mut other = self.clone();
        if !other.has(name, value) {
            other.filters.push((name.to_owned(), value.to_owned()));
            // As pages offer them; what is no facet comes last, to be refused.
            other.filters.sort_by_cached_key(|(name, value)| {
                let facet = Facet::named(name);
                (facet.is_none(), facet, name.clone(), value.clone())
            });
        }
        other
    }

    /// The same without a filter.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.filters.retain(|(n, v)| !(n == name && v == value));
        other
    }

    /// Its words without its filters.
    #[must_use]
    pub fn words_alone(&self) -> Self {
        Self { words: self.words.clone(), filters: Vec::new() }
    }

    /// Its filters without its words.
    #[must_use]
    pub fn filters_alone(&self) -> Self {
        Self { words: String::new(), filters: self.filters.clone() }
    }

    /// The same filters with other words.
    #[must_use]
    pub fn worded(&self, words: &str) -> Self {
        Self { words: words.chars().take(Self::LONGEST).collect(), filters: self.filters.clone() }
    }

    /// The question to the search: the first hits that anybody may see, best first.
    pub fn ask(&self) -> Ask {
        let (page, sort) = (Page::First, Sort::Relevance);
        Ask { filters: self.filters.clone(), page, sort, ..Ask::new(&self.words) }
    }

    /// What people call it: 「番頭」・都道府県: 岡山県.
    pub fn label(&self, lang: Lang) -> String {
        let words =
            (!self.words.is_empty()).then(|| lang.say_with("search-words", &[("words", &self.words)]));
        let filters = self.filters.iter().map(|(name, value)| label_of(name, value, lang));
        let parts: Vec<String> = words.into_iter().chain(filters).collect();
        if parts.is_empty() { lang.say("search-everything") } else { parts.join(lang.pick("・", ", ")) }
    }
}

/// A filter in words: 都道府県: 岡山県.
pub fn label_of(name: &str, value: &str, lang: Lang) -> String {
    match Facet::named(name) {
        Some(facet) => format!("{}: {}", facet.label(lang), facet.value_label(value, lang)),
        None => format!("{name}: {value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Question {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Question::read(pairs).unwrap()
    }

    #[test]
    fn the_same_question_typed_in_another_order_is_equal_and_reads_back() {
        let one =
            read(&[("q", " 番頭 "), ("kind", "cxo"), ("pref", "岡山県"), ("pref", ""), ("pref", "岡山県")]);
        let other = read(&[("pref", "岡山県"), ("KIND", "cxo"), ("q", "番頭")]);
        assert_eq!(one, other);
        assert_eq!(Question::read(one.pairs()), Ok(one.clone()));
        let stored = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Question>(&stored).unwrap(), one);
    }

    #[test]
    fn a_question_is_said_in_words_and_one_without_words_says_so() {
        let question = read(&[("q", "番頭"), ("pref", "岡山県")]);
        assert_eq!(question.label(Lang::Ja), "「番頭」・都道府県: 岡山県");
        assert_eq!(read(&[]).label(Lang::Ja), "すべての募集");
        assert_eq!(read(&[("nonsense", "1")]).label(Lang::En), "nonsense: 1");
    }

    #[test]
    fn two_hundred_characters_are_enough() {
        let words = |count: usize| Question::read([("q".to_owned(), "番".repeat(count))]);
        assert!(words(200).is_ok());
        assert_eq!(words(201), Err(TooLong));
        assert!(TooLong.say(Lang::Ja).contains("200"));
    }
}
