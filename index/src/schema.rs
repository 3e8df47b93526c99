//! The fields of the index, and a document written into them.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{self, GRAMS, WORDS};
use crate::dictionary;
use crate::document::{Document, Kind};
use crate::normalise::{KANJI_VARIANTS, is_kanji, normalise};

/// Raise when a field is added, removed or filled otherwise.
const VERSION: u32 = 1;

/// The longest text of one document that is indexed and stored, in characters; the rest is in SQL only.
const MAX_TEXT: usize = 50_000;

/// Name of the column that holds facets.
pub(crate) const FACET: &str = "facet";
/// Name of the column that holds the time of the last change.
pub(crate) const UPDATED: &str = "updated";
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
    pub title: Field,
    pub strong: Field,
    pub text: Field,
    /// Pairs of characters of all three texts.
    pub grams: Field,
    pub facet: Field,
    pub updated: Field,
}

/// The schema with its fields. Cost: some microseconds.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let stored = TextOptions::default().set_stored().set_indexing_options(words.clone());
    let fields = Fields {
        key: builder.add_text_field("key", STRING),
        id: builder.add_text_field(ID, TextOptions::default().set_stored().set_fast("raw")),
        scope: builder.add_text_field("scope", STRING),
        title: builder.add_text_field("title", stored.clone()),
        strong: builder.add_text_field("strong", stored.clone()),
        text: builder.add_text_field("text", stored),
        grams: builder
            .add_text_field("grams", TextOptions::default().set_indexing_options(words.set_tokenizer(GRAMS))),
        facet: builder.add_text_field(FACET, STRING | FAST),
        updated: builder.add_i64_field(UPDATED, FAST | STORED),
    };
    (builder.build(), fields)
}

/// A number that changes with everything that decides what is written into an index.
pub(crate) fn stamp() -> u64 {
    let library = tantivy::version_string();
    let parts = format!("{VERSION} {} {} {library} {KANJI_VARIANTS}", analysis::VERSION, dictionary::stamp());
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

    /// A value of a facet.
    pub fn facet_of(&self, facet: &str, value: &str) -> Term {
        Term::from_field_text(self.facet, &facet_value(facet, value))
    }

    /// The document as tantivy takes it.
    pub fn write(&self, document: &Document) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        out.add_text(self.key, format!("{}{}", letter(document.kind), document.id));
        out.add_text(self.id, &document.id);
        out.add_text(self.scope, scope(document.kind, false));
        if document.shown {
            out.add_text(self.scope, scope(document.kind, true));
        }
        for (field, text) in [(self.title, &document.title), (self.text, &document.text)] {
            let text = beginning(text);
            out.add_text(field, text);
            out.add_text(self.grams, text);
        }
        for value in document.strong.iter().map(|value| beginning(value)).filter(|value| !value.is_empty()) {
            out.add_text(self.strong, value);
            out.add_text(self.grams, value);
            if let Some(place) = one_small_ke(value) {
                out.add_text(self.strong, place);
            }
        }
        for (facet, values) in &document.facets {
            for value in values {
                out.add_text(self.facet, facet_value(facet, value));
            }
        }
        out.add_i64(self.updated, document.updated_at);
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

fn facet_value(facet: &str, value: &str) -> String {
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
