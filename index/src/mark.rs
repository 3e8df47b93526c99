//! Where in a document the words of a question are, and why it was found.
//!
//! The texts of the few documents of a page are cut again, where they may have a word at all, and searched by the very
//! patterns that were asked, so marks and reasons are exact, and lie on the characters as written.

use std::ops::Range;

use crate::analysis::{Analysed, analyse};
use crate::document::{Reason, Span};
use crate::pattern::{Alternative, Pattern, Place, Word};
use crate::slips::one_edit;
use crate::synonyms::Synonyms;
use crate::terms::{Occurrence, Section, Tie};
use crate::traces::Traces;

/// Characters of a passage, and how many of them stand before the first mark.
const PASSAGE: usize = 120;
const BEFORE: usize = 24;
/// How many times less than the best reason another may weigh and still be marked.
const MARKED_FROM: f32 = 1.5;

/// A document's texts, cut where they may have a word.
pub(crate) struct Texts<'a> {
    table: &'a Synonyms,
    title: &'a str,
    text: &'a str,
    /// Of the title first, then of the short texts, then of the narrative.
    pieces: Vec<Piece>,
}

/// A short text or a sentence of the narrative.
struct Piece {
    section: Section,
    /// Where it begins in its text.
    at: usize,
    analysed: Analysed,
    /// The terms of the table in it.
    occurrences: Vec<Occurrence>,
}

impl Piece {
    fn new(written: &str, at: usize, section: Section, table: &Synonyms) -> Self {
        let analysed = analyse(written);
        let occurrences = table.occurrences(&analysed);
        Piece { section, at, analysed, occurrences }
    }

    fn counts_for(&self, place: Place) -> bool {
        match place {
            Place::Everywhere => true,
            Place::Heading => self.section != Section::Narrative,
            Place::Tags => self.section == Section::Tags,
        }
    }

    /// The terms that tie the text to a group.
    fn ties<'b>(
        &'b self,
        table: &'b Synonyms,
        group: &'b str,
        tie: Tie,
    ) -> impl Iterator<Item = &'b Occurrence> {
        let of_group = table.ties(&self.occurrences).filter(move |(id, how, one)| {
            *id == group && *how == tie && self.section.takes(table.term_of(one), tie)
        });
        of_group.map(|(_, _, one)| one)
    }

    /// Bytes of the normalised text.
    fn find(&self, pattern: &Pattern, table: &Synonyms) -> Vec<Range<usize>> {
        match pattern {
            Pattern::Group(group, tie) => {
                self.ties(table, group, *tie).map(|one| one.range.clone()).collect()
            }
            pattern => find(&self.analysed, pattern),
        }
    }

    /// Bytes of the text as written.
    fn origins(&self, pattern: &Pattern, table: &Synonyms) -> Vec<Range<usize>> {
        let origin = |range| {
            let origin = self.analysed.normalised.origin(range);
            self.at + origin.start..self.at + origin.end
        };
        self.find(pattern, table).into_iter().map(origin).collect()
    }
}

/// What a reader of a hit is shown.
pub(crate) struct Marked {
    pub title: Vec<Span>,
    pub snippet: Vec<Span>,
    pub reasons: Vec<Reason>,
}

impl Marked {
    /// A document that was not found by words: its title and the beginning of its text.
    pub fn nothing(title: &str, text: &str) -> Self {
        let title = spans(title, 0..title.len(), &[]);
        Marked { title, snippet: passage(text, &[]), reasons: Vec::new() }
    }
}

impl<'a> Texts<'a> {
    /// Cuts of the texts what may have one of the words that left these traces.
    pub fn new(
        title: &'a str,
        strong: &[&'a str],
        text: &'a str,
        table: &'a Synonyms,
        traces: &Traces,
    ) -> Self {
        let tags = strong.iter().map(|tag| (*tag, 0, Section::Tags));
        let narrative = sentences(text).map(|(at, sentence)| (sentence, at, Section::Narrative));
        let pieces = [(title, 0, Section::Title)].into_iter().chain(tags).chain(narrative);
        let pieces = pieces
            .filter(|(written, ..)| traces.may_stand_in(written))
            .map(|(written, at, section)| Piece::new(written, at, section, table));
        Texts { table, title, text, pieces: pieces.collect() }
    }

    /// The marks and one reason for each word that the document has: the best one.
    pub fn mark(&self, words: &[Word]) -> Marked {
        let (mut title, mut text, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
        for word in words {
            let present: Vec<&Alternative> = word.iter().filter(|each| self.has(each)).collect();
            let Some(best) = present.first() else { continue };
            reasons.push(self.reason(best));
            // What is worth much less than the best is not marked beside it: a part beside the word, a related term
            // beside a synonym.
            for each in present.iter().filter(|each| each.weight * MARKED_FROM > best.weight) {
                for piece in self.pieces.iter().filter(|piece| piece.counts_for(each.place)) {
                    match piece.section {
                        Section::Title => title.extend(piece.origins(&each.pattern, self.table)),
                        Section::Narrative => text.extend(piece.origins(&each.pattern, self.table)),
                        Section::Tags => {}
                    }
                }
            }
        }
        Marked {
            title: spans(self.title, 0..self.title.len(), &merged(title)),
            snippet: passage(self.text, &merged(text)),
            reasons,
        }
    }

    fn has(&self, alternative: &Alternative) -> bool {
        let has = |place: Place, pattern: &Pattern| {
            let mut pieces = self.pieces.iter().filter(|piece| piece.counts_for(place));
            pieces.any(|piece| !piece.find(pattern, self.table).is_empty())
        };
        has(alternative.place, &alternative.pattern)
            && !alternative.unless.iter().any(|unless| has(Place::Everywhere, unless))
    }

    /// The reason of an alternative, completed by what this document has: a term of the group, a word that is one edit away.
    fn reason(&self, alternative: &Alternative) -> Reason {
        match (&alternative.reason, &alternative.pattern) {
            (Reason::Typo { asked, .. }, Pattern::Near(_)) => {
                let near = self.pieces.iter().find_map(|piece| {
                    let range = find(&piece.analysed, &alternative.pattern).into_iter().next()?;
                    piece.analysed.normalised.text().get(range).map(str::to_owned)
                });
                let found = near.unwrap_or_default();
                Reason::Typo { asked: asked.clone(), found }
            }
            (Reason::Synonym { asked, .. }, Pattern::Group(group, tie)) => {
                let term = self.pieces.iter().find_map(|piece| piece.ties(self.table, group, *tie).next());
                let found = term.map(|one| self.table.term_of(one).written.clone()).unwrap_or_default();
                Reason::Synonym { asked: asked.clone(), found }
            }
            (reason, _) => reason.clone(),
        }
    }
}

/// The sentences of a text with the places where they begin. No word of a question and no term of the table lies across their
/// ends.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive(['。', '\n']).scan(0, |at, sentence| {
        let begins = *at;
        *at += sentence.len();
        Some((begins, sentence))
    })
}

/// Bytes of the normalised text.
fn find(text: &Analysed, pattern: &Pattern) -> Vec<Range<usize>> {
    match pattern {
        Pattern::Phrase(words) => phrases(text, words),
        Pattern::Near(word) => {
            let near = text.tokens.iter().filter(|token| near(&token.term, word));
            near.map(|token| token.range.clone()).collect()
        }
        Pattern::Part { part, whole } => parts(text, part, *whole),
        // These are known when the text is cut; see [`Piece::find`].
        Pattern::Group(..) => Vec::new(),
        Pattern::Character(c) => {
            let found = text.normalised.text().match_indices(*c);
            found.map(|(at, found)| at..at + found.len()).collect()
        }
    }
}

fn near(term: &str, word: &str) -> bool {
    term == word || one_edit(term, word)
}

fn phrases(text: &Analysed, words: &[(usize, String)]) -> Vec<Range<usize>> {
    let at = |position: usize, term: &str| {
        let index = text.tokens.binary_search_by_key(&position, |token| token.position).ok()?;
        text.tokens.get(index).filter(|token| token.term == term)
    };
    let Some((_, first)) = words.first() else { return Vec::new() };
    let begins = text.tokens.iter().filter(|token| token.term == *first);
    let phrase = |begin: &crate::analysis::Token| {
        let found: Option<Vec<_>> =
            words.iter().map(|(distance, term)| at(begin.position + distance, term)).collect();
        found.and_then(|found| found.last().map(|last| begin.range.start..last.range.end))
    };
    begins.filter_map(phrase).collect()
}

/// Where a string is a part, not the whole, of one word.
fn parts(text: &Analysed, part: &str, whole: bool) -> Vec<Range<usize>> {
    let found = text.normalised.text().match_indices(part).map(|(at, _)| at..at + part.len());
    let is_part = |range: &Range<usize>| {
        let after = text.runs.partition_point(|run| run.range.start <= range.start);
        let Some(run) = after.checked_sub(1).and_then(|at| text.runs.get(at)) else { return false };
        let part = range.start - run.range.start..range.end - run.range.start;
        let after = run.words.partition_point(|word| word.range.start <= part.start);
        let word = after.checked_sub(1).and_then(|at| run.words.get(at));
        word.is_some_and(|word| part.end <= word.range.end && word.range != part && (whole || !word.whole))
    };
    found.filter(is_part).collect()
}

/// In order, without overlap.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The stretch of a text with most marks, from a little before the first of them.
fn passage(text: &str, marks: &[Range<usize>]) -> Vec<Span> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let character = |at: usize| bounds.partition_point(|&bound| bound < at);
    let start_for = |mark: &Range<usize>| {
        let wanted = character(mark.start).saturating_sub(BEFORE);
        wanted.min((bounds.len() - 1).saturating_sub(PASSAGE))
    };
    let end_for = |start: usize| (start + PASSAGE).min(bounds.len() - 1);
    let inside = |start: usize| {
        let range = bounds[start]..bounds[end_for(start)];
        marks.iter().filter(|mark| range.start <= mark.start && mark.end <= range.end).count()
    };
    // Of equals the first: a reader expects the earliest passage.
    let start = marks.iter().map(start_for).rev().max_by_key(|&start| inside(start)).unwrap_or(0);
    let range = bounds[start]..bounds[end_for(start)];
    let mut spans = spans(text, range.clone(), marks);
    let ellipsis = || Span { text: "…".to_owned(), marked: false };
    if range.start > 0 {
        spans.insert(0, ellipsis());
    }
    if range.end < text.len() {
        spans.push(ellipsis());
    }
    spans
}

/// The stretch of the text cut at the marks; line breaks become spaces.
fn spans(text: &str, range: Range<usize>, marks: &[Range<usize>]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = range.start;
    let mut push = |piece: Range<usize>, marked: bool| {
        if let Some(text) = text.get(piece).filter(|text| !text.is_empty()) {
            spans.push(Span { text: text.replace(['\r', '\n'], " "), marked });
        }
    };
    for mark in marks.iter().filter(|mark| mark.end > range.start && mark.start < range.end) {
        let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..range.end, false);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_without_marks_is_the_beginning() {
        assert_eq!(passage("短い文。", &[]), [Span { text: "短い文。".into(), marked: false }]);
        assert_eq!(passage("", &[]), []);
        let long = passage(&"あ".repeat(500), &[]);
        assert_eq!(long.len(), 2);
        assert_eq!(long[0].text.chars().count(), PASSAGE);
    }

    #[test]
    fn a_passage_shows_a_mark_at_the_very_end() {
        let text = "あ".repeat(500) + "番頭";
        let at_the_end = 1500..1506;
        let spans = passage(&text, std::slice::from_ref(&at_the_end));
        assert_eq!(spans[0].text, "…");
        assert_eq!(spans.last(), Some(&Span { text: "番頭".into(), marked: true }));
    }
}
