//! Groups of words that mean the same to someone who searches, and which groups must stay apart.
//!
//! The table lives in `data/synonyms.csv`; more groups are added by [`Synonyms::and`]. An index marks where the terms of one table
//! stand (see `terms`); a question may know more groups than that, whose terms are then asked one by one, so that an edit needs no
//! new index.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::analysis::{Token, analyse};
use crate::dictionary;
use crate::normalise::normalise;
use crate::terms::Finder;

const TABLE: &str = include_str!("../data/synonyms.csv");

/// Rows of this kind are spellings of single characters, which the normalisation deals with.
const CHARACTERS: &str = "char_variant";

/// One group of equivalent terms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// A short name, unique in the table.
    pub id: String,
    /// Words and phrases that find each other.
    pub terms: Vec<String>,
    /// Groups that are found too, at a lower weight; one step, no further.
    pub related: Vec<String>,
    /// Groups that must not be reached from this one.
    pub never_merge_with: Vec<String>,
}

/// The table of groups, by the words of their terms. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Synonyms(Arc<Table>);

#[derive(Debug, Default)]
pub(crate) struct Table {
    pub groups: Vec<Group>,
    /// The terms of each group, cut into words.
    pub terms: Vec<Vec<Term>>,
    pub finder: Finder,
    by_id: HashMap<String, usize>,
    by_words: HashMap<String, usize>,
    longest: usize,
}

/// A string that is looked for as one, cut into words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    /// As it was written.
    pub written: String,
    /// Normalised.
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Term {
    /// Signs at its ends do not belong to it: 酒蔵！ is 酒蔵.
    pub fn new(written: &str) -> Self {
        let analysed = analyse(normalise(written).trim_matches(|c: char| !c.is_alphanumeric()));
        let text = analysed.normalised.text().to_owned();
        Term { written: written.to_owned(), text, tokens: analysed.tokens }
    }
}

/// Everything one term reaches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reach<'a> {
    /// Its group.
    pub group: &'a Group,
    /// All terms of its group.
    pub same: Vec<&'a Term>,
    /// Terms of the related groups.
    pub related: Vec<&'a Term>,
    /// Terms of the groups that must stay apart.
    pub apart: Vec<&'a Term>,
}

impl Default for Synonyms {
    /// The built-in table. Cost: some milliseconds once, then nothing.
    fn default() -> Self {
        static BUILT_IN: OnceLock<Synonyms> = OnceLock::new();
        BUILT_IN.get_or_init(|| Synonyms::of(TABLE.lines().skip(1).filter_map(parse).collect())).clone()
    }
}

impl Synonyms {
    /// This table with these groups added. A group with the id of an existing one takes its place; a term that stands in
    /// two groups belongs to the first of the added ones. Cost: cuts every term, some milliseconds.
    #[must_use]
    pub fn and(&self, added: &[Group]) -> Self {
        let kept = self.0.groups.iter().filter(|old| added.iter().all(|new| new.id != old.id));
        Synonyms::of(added.iter().chain(kept).cloned().collect())
    }

    /// This table with these words added, each list of which means the same: to every group that has one of a list's words, the
    /// others are added; where none has, the list is a group of its own. A word that was known before still belongs where it
    /// belonged. Cost: as [`Synonyms::and`].
    #[must_use]
    pub fn extended(&self, lists: &[Vec<String>]) -> Self {
        let mut groups = self.0.groups.clone();
        for (number, list) in lists.iter().enumerate() {
            let known = self.known(list);
            for &at in &known {
                let group = &mut groups[at];
                let new = list.iter().filter(|term| self.place_of(term) != Some(at));
                group.terms.extend(new.cloned());
            }
            if known.is_empty() {
                groups.push(Group { id: format!("own-{number}"), terms: list.clone(), ..Group::default() });
            }
        }
        let mut table = Table::of(groups);
        table.by_words.extend(self.0.by_words.clone());
        Synonyms(Arc::new(table))
    }

    /// Two of these words that must not mean the same, because their groups stay apart.
    pub fn kept_apart<'a>(&self, words: &'a [String]) -> Option<(&'a str, &'a str)> {
        let of = |word: &'a String| self.place_of(word).map(|at| (word.as_str(), &self.0.groups[at]));
        let known: Vec<(&str, &Group)> = words.iter().filter_map(of).collect();
        let apart = |one: &Group, other: &Group| one.never_merge_with.contains(&other.id);
        known.iter().enumerate().find_map(|(at, (word, group))| {
            let rest = known[at + 1..].iter();
            let mut clashes = rest.filter(|(_, other)| apart(group, other) || apart(other, group));
            clashes.next().map(|(other, _)| (*word, *other))
        })
    }

    /// The groups of these words, each once.
    fn known(&self, words: &[String]) -> BTreeSet<usize> {
        words.iter().filter_map(|word| self.place_of(word)).collect()
    }

    fn place_of(&self, word: &str) -> Option<usize> {
        self.0.by_words.get(&key(&Term::new(word).tokens)).copied()
    }

    fn of(groups: Vec<Group>) -> Self {
        Synonyms(Arc::new(Table::of(groups)))
    }

    /// The group that a term belongs to, whatever its width, case and variant characters.
    pub fn group_of(&self, term: &str) -> Option<&Group> {
        self.0.by_words.get(&key(&analyse(term).tokens)).map(|&group| &self.0.groups[group])
    }

    /// What these words reach when they are exactly a term of the table.
    pub(crate) fn reach(&self, words: &[Token]) -> Option<Reach<'_>> {
        self.0.by_words.get(&key(words)).map(|&group| self.0.reach(group))
    }

    /// Whether a group, and all that is related to it or kept apart from it, is the same in both tables.
    pub(crate) fn agrees(&self, other: &Synonyms, group: &Group) -> bool {
        let same = |id: &String| self.group(id) == other.group(id);
        same(&group.id) && group.related.iter().all(same) && group.never_merge_with.iter().all(same)
    }

    fn group(&self, id: &str) -> Option<&Group> {
        self.0.by_id.get(id).map(|&at| &self.0.groups[at])
    }

    pub(crate) fn table(&self) -> &Table {
        &self.0
    }

    /// A number that changes with the table.
    pub(crate) fn stamp(&self) -> u64 {
        dictionary::fnv1a(format!("{:?}", self.0.groups).as_bytes())
    }

    /// How many of the words, from the first, make the longest term of the table; 0 when none does.
    pub(crate) fn longest_term(&self, words: &[Token]) -> usize {
        let most = words.len().min(self.0.longest);
        (1..=most).rev().find(|&length| self.0.by_words.contains_key(&key(&words[..length]))).unwrap_or(0)
    }

    /// Every term of the table.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.0.terms.iter().flatten()
    }
}

impl Table {
    fn of(groups: Vec<Group>) -> Self {
        let mut table = Table::default();
        for (at, group) in groups.iter().enumerate() {
            table.by_id.entry(group.id.clone()).or_insert(at);
            let terms: Vec<Term> = group.terms.iter().map(|term| Term::new(term)).collect();
            for term in terms.iter().filter(|term| !term.tokens.is_empty()) {
                table.longest = table.longest.max(term.tokens.len());
                table.by_words.entry(key(&term.tokens)).or_insert(at);
            }
            table.terms.push(terms);
        }
        table.finder = Finder::of(&groups, &table.terms);
        table.groups = groups;
        table
    }

    fn reach(&self, at: usize) -> Reach<'_> {
        let Group { related, never_merge_with: apart, .. } = &self.groups[at];
        let terms = |ids: &[&String]| -> Vec<&Term> {
            ids.iter().filter_map(|id| self.by_id.get(*id)).flat_map(|&at| &self.terms[at]).collect()
        };
        Reach {
            group: &self.groups[at],
            same: self.terms[at].iter().collect(),
            related: terms(&related.iter().filter(|id| !apart.contains(id)).collect::<Vec<_>>()),
            apart: terms(&apart.iter().collect::<Vec<_>>()),
        }
    }
}

/// Terms are compared by their words and the distances between them.
fn key(words: &[Token]) -> String {
    let start = words.first().map_or(0, |word| word.position);
    words.iter().map(|word| format!("{}{}\n", word.position - start, word.term)).collect()
}

/// A row of the table: group_id, kind, canonical, terms, related, never_merge_with, note.
fn parse(row: &str) -> Option<Group> {
    let columns: Vec<&str> = row.split(',').collect();
    let [id, kind, _, terms, related, apart, _] = columns[..] else { return None };
    let list = |cell: &str| cell.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    (kind != CHARACTERS).then(|| Group {
        id: id.to_owned(),
        terms: list(terms),
        related: list(related),
        never_merge_with: list(apart),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_names_only_groups_that_exist() {
        let table = Synonyms::default().0;
        let characters = TABLE.lines().filter(|row| row.contains(CHARACTERS)).count();
        assert_eq!(table.groups.len(), TABLE.lines().count() - 1 - characters);
        for group in &table.groups {
            for id in group.related.iter().chain(&group.never_merge_with) {
                assert!(table.by_id.contains_key(id), "{} names {id}", group.id);
            }
        }
    }

    #[test]
    fn no_term_is_taken_for_a_term_of_another_group() {
        let synonyms = Synonyms::default();
        for term in synonyms.terms() {
            let reach =
                synonyms.reach(&term.tokens).unwrap_or_else(|| panic!("{} has no words", term.written));
            assert!(reach.same.contains(&term), "{} belongs elsewhere", term.written);
        }
    }

    #[test]
    fn groups_that_must_stay_apart_do_not_reach_each_other() {
        let table = Synonyms::default().0;
        for at in 0..table.groups.len() {
            let reach = table.reach(at);
            for apart in &reach.apart {
                assert!(!reach.same.contains(apart) && !reach.related.contains(apart), "{}", apart.written);
            }
        }
    }
}
