//! The fields of the index, and a document written into them.

use std::collections::BTreeSet;

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{self, Analysed, analyse};
use crate::dictionary;
use crate::document::{Document, Kind};
use crate::encoded::{self, LINES, WORDS};
use crate::normalise::{KANJI_VARIANTS, is_kanji, normalise};
use crate::synonyms::Synonyms;
use crate::terms::Section;

/// Raise when a field is added, removed or filled otherwise.
const VERSION: u32 = 3;

/// The longest text of one document that is indexed and stored, in characters; the rest is in SQL only.
const MAX_TEXT: usize = 50_000;

/// Name of the column that holds facets.
pub(crate) const FACET: &str = "facet";
/// Name of the column that holds when a document was posted.
pub(crate) const POSTED: &str = "posted";
/// Name of the column that holds when it closes; empty for what stays open.
pub(crate) const CLOSES: &str = "closes";
/// Name of the column that holds ids.
pub(crate) const ID: &str = "id";

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Kind and id together: what a change replaces.
    pub key: Field,
    pub id: Field,
    /// The kind, and again with a mark when the document is shown.
    pub scope: Field,
    /// The three texts as they were written, to be shown.
    pub title: Field,
    pub strong: Field,
    pub text: Field,
    /// The words of the three texts.
    pub title_words: Field,
    pub strong_words: Field,
    pub text_words: Field,
    /// The words of all three as they are written; see `lexicon`.
    pub written: Field,
    /// The marks of the table's terms, in title and short texts and in the narrative; see `terms`.
    pub heading_marks: Field,
    pub text_marks: Field,
    pub facet: Field,
    pub mark: Field,
    pub posted: Field,
    pub closes: Field,
}

/// The schema with its fields. Cost: some microseconds.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexed = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
        TextOptions::default()
            .set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions))
    };
    let listed = |how: IndexRecordOption| {
        let indexing = TextFieldIndexing::default().set_tokenizer(LINES).set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing.set_index_option(how))
    };
    let fields = Fields {
        key: builder.add_text_field("key", STRING),
        id: builder.add_text_field(ID, TextOptions::default().set_stored().set_fast("raw")),
        scope: builder.add_text_field("scope", STRING),
        title: builder.add_text_field("title", STORED),
        strong: builder.add_text_field("strong", STORED),
        text: builder.add_text_field("text", STORED),
        title_words: builder.add_text_field("title_words", indexed(WORDS)),
        strong_words: builder.add_text_field("strong_words", indexed(WORDS)),
        text_words: builder.add_text_field("text_words", indexed(WORDS)),
        written: builder.add_text_field("written", listed(IndexRecordOption::Basic)),
        heading_marks: builder.add_text_field("heading_marks", listed(IndexRecordOption::WithFreqs)),
        text_marks: builder.add_text_field("text_marks", listed(IndexRecordOption::WithFreqs)),
        facet: builder.add_text_field(FACET, FAST),
        mark: builder.add_text_field("mark", STRING),
        posted: builder.add_i64_field(POSTED, FAST),
        closes: builder.add_i64_field(CLOSES, FAST),
    };
    (builder.build(), fields)
}

/// A number that changes with everything that decides what is written into an index, with this table.
pub(crate) fn stamp(table: &Synonyms) -> u64 {
    let (library, dictionary, table) = (tantivy::version_string(), dictionary::stamp(), table.stamp());
    let parts = format!("{VERSION} {} {dictionary} {library} {table} {KANJI_VARIANTS}", analysis::VERSION);
    dictionary::fnv1a(parts.as_bytes())
}

impl Fields {
    /// What identifies a document.
    pub fn key_of(&self, kind: Kind, id: &str) -> Term {
        Term::from_field_text(self.key, &format!("{}{id}", letter(kind)))
    }

    /// All documents of a kind, or only those that are shown.
    pub fn scope_of(&self, kind: Kind, shown_only: bool) -> Term {
        Term::from_field_text(self.scope, &scope(kind, shown_only))
    }

    /// Documents that have a mark.
    pub fn mark_of(&self, mark: &str) -> Term {
        Term::from_field_text(self.mark, mark)
    }

    /// The document of an id.
    pub fn id_of(&self, id: &str) -> Term {
        Term::from_field_text(self.id, id)
    }

    /// The document as tantivy takes it. Cost: cuts its texts, about a millisecond for a page of them.
    pub fn write(&self, document: &Document, table: &Synonyms) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        out.add_text(self.key, format!("{}{}", letter(document.kind), document.id));
        out.add_text(self.id, &document.id);
        out.add_text(self.scope, scope(document.kind, false));
        if document.shown {
            out.add_text(self.scope, scope(document.kind, true));
        }
        let mut index = |section: Section, text: &Analysed| {
            let (words, marks) = match section {
                Section::Title => (self.title_words, self.heading_marks),
                Section::Tags => (self.strong_words, self.heading_marks),
                Section::Narrative => (self.text_words, self.text_marks),
            };
            out.add_text(words, encoded::words(text));
            out.add_text(self.written, encoded::written(text));
            out.add_text(marks, encoded::marks(text, section, table));
        };
        let (title, text) = (beginning(&document.title), beginning(&document.text));
        let strong =
            || document.strong.iter().map(|value| beginning(value)).filter(|value| !value.is_empty());
        index(Section::Title, &analyse(title));
        index(Section::Narrative, &analyse(text));
        for value in strong() {
            index(Section::Tags, &analyse(value));
            if let Some(place) = one_small_ke(value) {
                index(Section::Tags, &analyse(&place));
            }
        }
        out.add_text(self.title, title);
        out.add_text(self.text, text);
        strong().for_each(|value| out.add_text(self.strong, value));
        for (facet, values) in &document.facets {
            for value in values.iter().collect::<BTreeSet<_>>() {
                out.add_text(self.facet, facet_value(facet, value));
            }
        }
        document.marks.iter().for_each(|mark| out.add_text(self.mark, mark));
        out.add_i64(self.posted, document.posted_at);
        if let Some(closes) = document.closes_at {
            out.add_i64(self.closes, closes);
        }
        out
    }
}

/// The spellings of place names like 霞ヶ関, 霞ケ関 and 霞が関 as one; nothing when the text has none of them. In
/// running text が between kanji is a particle, so this is for short texts only.
pub(crate) fn one_small_ke(text: &str) -> Option<String> {
    let mut chars: Vec<char> = normalise(text).chars().collect();
    let mut changed = false;
    for i in 1..chars.len().saturating_sub(1) {
        let small = matches!(chars[i], 'ヶ' | 'ケ' | 'が' | 'ガ' | 'ヵ');
        if small && is_kanji(chars[i - 1]) && is_kanji(chars[i + 1]) {
            chars[i] = 'ヶ';
            changed = true;
        }
    }
    changed.then(|| chars.into_iter().collect())
}

/// A facet's name and value from the form in which they stand in the index.
pub(crate) fn split_facet(stored: &str) -> (&str, &str) {
    stored.split_once('\u{1f}').unwrap_or((stored, ""))
}

/// A facet's name and value as they stand in the index.
pub(crate) fn facet_value(facet: &str, value: &str) -> String {
    format!("{facet}\u{1f}{value}")
}

fn letter(kind: Kind) -> char {
    match kind {
        Kind::Opening => 'o',
        Kind::Profile => 'p',
    }
}

fn scope(kind: Kind, shown: bool) -> String {
    format!("{}{}", letter(kind), if shown { "+" } else { "" })
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(MAX_TEXT).map_or(text, |(at, _)| &text[..at])
}
