//! Where the terms of the table stand in a text. It is looked up once, when a text is indexed: there, a term becomes a mark of every
//! group that it stands for, and a question asks for one mark where it would have to ask for thirty phrases.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysed, Token};
use crate::synonyms::{Group, Synonyms, Term};

/// A term of the table in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The place of its group in the table.
    pub group: usize,
    /// Its place in the group.
    pub term: usize,
    /// Bytes of the normalised text.
    pub range: Range<usize>,
}

/// What a text is to a group of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tie {
    /// It has one of the group's terms.
    Same,
    /// It has a term of a related group.
    Related,
}

/// The terms of a table by how they may stand in a text. Every word of every text is looked up; what is looked up in comes from the
/// table alone, so nobody can make a lookup slow.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    /// By the first of its words: the word in its base form, wherever it is inflected.
    by_word: FxHashMap<String, Vec<(usize, usize)>>,
    /// By its characters, between the edges of words: however the dictionary cuts it there.
    by_text: FxHashMap<String, Vec<(usize, usize)>>,
    /// Bytes of the longest of them that begins with a character.
    longest: FxHashMap<char, usize>,
    /// For each group, those that it is related to without being kept apart from them.
    askers: Vec<Vec<usize>>,
    /// For each group, those that it is kept apart from.
    apart: Vec<Vec<usize>>,
}

impl Finder {
    pub fn of(groups: &[Group], terms: &[Vec<Term>]) -> Self {
        let mut finder = Self::default();
        let place = |id: &String| groups.iter().position(|group| group.id == *id);
        for group in groups {
            finder.apart.push(group.never_merge_with.iter().filter_map(place).collect());
            finder.askers.push(Vec::new());
        }
        for (asker, group) in groups.iter().enumerate() {
            for related in group.related.iter().filter_map(place) {
                if related != asker && !finder.apart[asker].contains(&related) {
                    finder.askers[related].push(asker);
                }
            }
        }
        let places = terms.iter().enumerate().flat_map(|(group, terms)| {
            terms.iter().enumerate().map(move |(term, found)| ((group, term), found))
        });
        for (place, term) in places {
            if let Some(first) = term.tokens.first() {
                finder.by_word.entry(first.term.clone()).or_default().push(place);
                finder.by_text.entry(term.text.clone()).or_default().push(place);
                if let Some(begins) = term.text.chars().next() {
                    let longest = finder.longest.entry(begins).or_default();
                    *longest = term.text.len().max(*longest);
                }
            }
        }
        finder
    }
}

impl Synonyms {
    /// Every term of the table that stands in a text, in order; of one group only the longest where several begin or end in
    /// each other. Cost: a few lookups a word.
    pub(crate) fn occurrences(&self, text: &Analysed) -> Vec<Occurrence> {
        let table = self.table();
        let mut found: Vec<Occurrence> = Vec::new();
        for (at, token) in text.tokens.iter().enumerate() {
            for &(group, term) in table.finder.by_word.get(&token.term).into_iter().flatten() {
                if let Some(last) = last_of(&text.tokens[at..], &table.terms[group][term].tokens) {
                    found.push(Occurrence { group, term, range: token.range.start..last.range.end });
                }
            }
        }
        let string = text.normalised.text();
        for run in &text.runs {
            for (at, first) in run.words.iter().enumerate() {
                let start = run.range.start + first.range.start;
                let begins = string.get(start..).and_then(|rest| rest.chars().next());
                let Some(&longest) = begins.and_then(|c| table.finder.longest.get(&c)) else { continue };
                let ends = run.words[at..].iter().map(|word| run.range.start + word.range.end);
                for end in ends.take_while(|end| end - start <= longest) {
                    let places = string.get(start..end).and_then(|text| table.finder.by_text.get(text));
                    let occurs =
                        |&(group, term): &(usize, usize)| Occurrence { group, term, range: start..end };
                    found.extend(places.into_iter().flatten().map(occurs));
                }
            }
        }
        let as_written = |one: &Occurrence| string.get(one.range.clone()) == Some(&self.term_of(one).text);
        found.sort_by_key(|one| {
            (one.group, one.range.start, usize::MAX - one.range.end, !as_written(one), one.term)
        });
        let mut longest: Vec<Occurrence> = Vec::with_capacity(found.len());
        for one in found {
            let within =
                longest.last().is_some_and(|last| last.group == one.group && last.range.end >= one.range.end);
            if !within {
                longest.push(one);
            }
        }
        longest.sort_by_key(|one| one.range.start);
        longest
    }

    /// What the occurrences make a text to the groups of the table, once for each that counts. A term does not count for a group
    /// where it stands in a longer one that must stay apart from it: お試し in お試しCxO for お試し事業承継.
    pub(crate) fn ties<'a>(
        &'a self,
        occurrences: &'a [Occurrence],
    ) -> impl Iterator<Item = (&'a str, Tie, &'a Occurrence)> {
        let table = self.table();
        occurrences.iter().flat_map(move |one| {
            let counts = move |asker: usize| {
                let apart = &table.finder.apart[asker];
                let holds = |longer: &Occurrence| {
                    let (outer, inner) = (&longer.range, &one.range);
                    outer.len() > inner.len() && outer.start <= inner.start && inner.end <= outer.end
                };
                !occurrences.iter().any(|longer| apart.contains(&longer.group) && holds(longer))
            };
            let same = Some((one.group, Tie::Same)).into_iter();
            let related = table.finder.askers[one.group].iter().map(|&asker| (asker, Tie::Related));
            let ties = same.chain(related).filter(move |(asker, _)| counts(*asker));
            ties.map(move |(asker, tie)| (table.groups[asker].id.as_str(), tie, one))
        })
    }

    /// The terms that tie a text to a group.
    pub(crate) fn terms_tied(&self, group: &str, tie: Tie) -> impl Iterator<Item = &Term> {
        let table = self.table();
        let asker = table.groups.iter().position(|one| one.id == group);
        let ties = move |other: &usize| match tie {
            Tie::Same => asker == Some(*other),
            Tie::Related => asker.is_some_and(|asker| table.finder.askers[*other].contains(&asker)),
        };
        (0..table.groups.len()).filter(ties).flat_map(|group| &table.terms[group])
    }

    /// The term that occurs.
    pub(crate) fn term_of(&self, occurrence: &Occurrence) -> &Term {
        &self.table().terms[occurrence.group][occurrence.term]
    }
}

/// A tie as it stands in the index.
pub(crate) fn mark(group: &str, tie: Tie) -> String {
    let sign = match tie {
        Tie::Same => '=',
        Tie::Related => '~',
    };
    format!("{sign}{group}")
}

/// The marks of a text. A single character is a term of tags alone: 酒 in a narrative says little.
pub(crate) fn marks(synonyms: &Synonyms, text: &Analysed, section: Section) -> Vec<String> {
    let occurrences = synonyms.occurrences(text);
    let ties = synonyms.ties(&occurrences).filter(|(_, tie, one)| section.takes(synonyms.term_of(one), *tie));
    let counted: BTreeSet<(&str, Tie, usize)> =
        ties.map(|(group, tie, one)| (group, tie, one.range.start)).collect();
    counted.into_iter().map(|(group, tie, _)| mark(group, tie)).collect()
}

/// A part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Title,
    /// The short texts.
    Tags,
    Narrative,
}

impl Section {
    /// Whether a term says here that the document is about its group.
    pub fn takes(self, term: &Term, tie: Tie) -> bool {
        let is_one = term.text.chars().nth(1).is_none();
        match self {
            Section::Tags => true,
            Section::Title => !is_one,
            Section::Narrative => !is_one && tie == Tie::Same,
        }
    }
}

/// The last of the words of the text when it begins with these.
fn last_of<'a>(text: &'a [Token], words: &[Token]) -> Option<&'a Token> {
    let same = |(here, word): (&Token, &Token)| {
        here.term == word.term && here.position - text[0].position == word.position - words[0].position
    };
    (text.len() >= words.len() && text.iter().zip(words).all(same)).then(|| &text[words.len() - 1])
}
