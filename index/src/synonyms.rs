//! Groups of words that mean the same to someone who searches, and which groups must stay apart.
//!
//! The table lives in `data/synonyms.csv`; an operator's own groups are added by [`Synonyms::with`]. Synonyms widen a
//! query, never the index, so that an edit needs no new index.

use std::collections::HashMap;

use crate::analysis::{Token, analyse};

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

/// The table of groups, by the words of their terms.
#[derive(Debug, Clone)]
pub struct Synonyms {
    groups: Vec<Group>,
    by_id: HashMap<String, usize>,
    by_words: HashMap<String, usize>,
    longest: usize,
}

/// Everything one term reaches.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Reach<'a> {
    /// All terms of its group.
    pub same: Vec<&'a str>,
    /// Terms of the related groups.
    pub related: Vec<&'a str>,
    /// Terms of the groups that must stay apart.
    pub apart: Vec<&'a str>,
}

impl Default for Synonyms {
    fn default() -> Self {
        let groups = TABLE.lines().skip(1).filter_map(parse).collect();
        Synonyms::of(groups)
    }
}

impl Synonyms {
    /// The built-in table with these groups added. A group with the id of an existing one takes its place; a term
    /// that stands in two groups belongs to the first of the added ones.
    pub fn with(added: &[Group]) -> Self {
        let built_in = Synonyms::default().groups;
        let kept = built_in.into_iter().filter(|old| added.iter().all(|new| new.id != old.id));
        Synonyms::of(added.iter().cloned().chain(kept).collect())
    }

    fn of(groups: Vec<Group>) -> Self {
        let mut table =
            Synonyms { groups: Vec::new(), by_id: HashMap::new(), by_words: HashMap::new(), longest: 1 };
        for (at, group) in groups.iter().enumerate() {
            table.by_id.entry(group.id.clone()).or_insert(at);
            for term in &group.terms {
                let words = analyse(term).tokens;
                table.longest = table.longest.max(words.len());
                if !words.is_empty() {
                    table.by_words.entry(key(&words)).or_insert(at);
                }
            }
        }
        table.groups = groups;
        table
    }

    /// What these words reach when they are exactly a term of the table.
    pub(crate) fn reach(&self, words: &[Token]) -> Option<Reach<'_>> {
        self.by_words.get(&key(words)).map(|&at| self.reach_of(&self.groups[at]))
    }

    /// How many of the words, from the first, make the longest term of the table; 0 when none does.
    pub(crate) fn longest_term(&self, words: &[Token]) -> usize {
        let most = words.len().min(self.longest);
        (1..=most).rev().find(|&length| self.by_words.contains_key(&key(&words[..length]))).unwrap_or(0)
    }

    /// Every term of the table.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flat_map(|group| &group.terms).map(String::as_str)
    }

    fn reach_of<'a>(&'a self, group: &'a Group) -> Reach<'a> {
        let terms = |ids: Vec<&String>| -> Vec<&'a str> {
            let groups = ids.into_iter().filter_map(|id| self.by_id.get(id)).map(|&at| &self.groups[at]);
            groups.flat_map(|group| &group.terms).map(String::as_str).collect()
        };
        let apart = &group.never_merge_with;
        Reach {
            same: group.terms.iter().map(String::as_str).collect(),
            related: terms(group.related.iter().filter(|id| !apart.contains(id)).collect()),
            apart: terms(apart.iter().collect()),
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
        let groups = Synonyms::default().groups;
        let characters = TABLE.lines().filter(|row| row.contains(CHARACTERS)).count();
        assert_eq!(groups.len(), TABLE.lines().count() - 1 - characters);
        for group in &groups {
            for id in group.related.iter().chain(&group.never_merge_with) {
                assert!(groups.iter().any(|other| other.id == *id), "{} names {id}", group.id);
            }
        }
    }

    #[test]
    fn no_term_is_taken_for_a_term_of_another_group() {
        let table = Synonyms::default();
        for group in &table.groups {
            for term in &group.terms {
                let reach =
                    table.reach(&analyse(term).tokens).unwrap_or_else(|| panic!("{term} has no words"));
                assert!(reach.same.contains(&term.as_str()), "{term} of {} belongs elsewhere", group.id);
            }
        }
    }

    #[test]
    fn groups_that_must_stay_apart_do_not_reach_each_other() {
        let table = Synonyms::default();
        for group in &table.groups {
            let reach = table.reach_of(group);
            for apart in &reach.apart {
                assert!(
                    !reach.same.contains(apart) && !reach.related.contains(apart),
                    "{} reaches {apart}",
                    group.id
                );
            }
        }
    }
}
