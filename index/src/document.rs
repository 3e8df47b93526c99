//! What the index is told and what it answers: plain values that the rest of the product can make and read.

/// Which of the two collections a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A post a firm offers.
    Opening,
    /// What a candidate shows.
    Profile,
}

/// Everything the index may know about one opening or profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The collection.
    pub kind: Kind,
    /// The caller's id, unique in its kind.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Role, skills, tags, trade, places: short texts that weigh more than the narrative.
    pub strong: Vec<String>,
    /// The narrative; lines separated by `\n`.
    pub text: String,
    /// Whether those see it who may see only what is published.
    pub shown: bool,
    /// Name of a facet (`pref`, `industry` …) and its values in this document. A value is compared exactly.
    pub facets: Vec<(String, Vec<String>)>,
    /// Last change, in milliseconds since 1970.
    pub updated_at: i64,
}

/// A question to the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The collection.
    pub kind: Kind,
    /// Words separated by spaces of any width; empty for everything. What exceeds the bounds is cut, with a note.
    pub text: String,
    /// Name of a facet and the values wanted: any of the values, all of the facets. An empty list of values asks
    /// nothing.
    pub filters: Vec<(String, Vec<String>)>,
    /// Leave out documents that are not `shown`.
    pub shown_only: bool,
    /// The number of hits wanted.
    pub limit: usize,
    /// The number of hits left out before the first.
    pub offset: usize,
    /// The order of the hits.
    pub sort: Sort,
}

impl Query {
    /// The first twenty published documents for some words, best first.
    pub fn new(kind: Kind, text: &str) -> Self {
        let text = text.to_owned();
        Query { kind, text, filters: vec![], shown_only: true, limit: 20, offset: 0, sort: Sort::Relevance }
    }
}

/// The order of hits; equals are ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first; without words, newest first.
    #[default]
    Relevance,
    /// Last changed first.
    Newest,
}

/// The answer to a [`Query`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The number of documents found, on all pages.
    pub total: u64,
    /// The wanted page of them.
    pub hits: Vec<Hit>,
    /// For each facet its values in the documents found, on all pages, with their numbers: most first, then by value.
    /// Facets by name.
    pub facets: Vec<(String, Vec<(String, u64)>)>,
    /// What the reader should know about how the question was taken.
    pub notes: Vec<Note>,
}

/// One document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The caller's id.
    pub id: String,
    /// The heading with what was found marked.
    pub title: Vec<Span>,
    /// The passage of the narrative where most was found, or its beginning.
    pub snippet: Vec<Span>,
    /// Higher is better; comparable within one answer only. Rounded to thousandths.
    pub score: f32,
    /// Why it was found: one reason a word and one a filter.
    pub reasons: Vec<Reason>,
}

/// A piece of an original text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The characters as the author wrote them.
    pub text: String,
    /// Whether they are what was found.
    pub marked: bool,
}

/// Why a document was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The word itself.
    Word {
        /// As typed.
        asked: String,
    },
    /// A word of the same or of a related group.
    Synonym {
        /// As typed.
        asked: String,
        /// The term of the table.
        found: String,
    },
    /// A word one edit away.
    Typo {
        /// As typed.
        asked: String,
        /// As written in the document, normalised.
        found: String,
    },
    /// Only a part of a longer word, or characters that stand across two words.
    Part {
        /// As typed.
        asked: String,
    },
    /// A filter that it passes.
    Filter {
        /// Name of the facet.
        facet: String,
        /// Its value here.
        value: String,
    },
}

/// How a question was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The text was too long; this is the part that was searched.
    Cut {
        /// The beginning that was kept.
        kept: String,
    },
    /// No document has all the words; those with most of them are shown.
    Fewer {
        /// The number of words each hit has.
        found: usize,
        /// The number of words asked.
        asked: usize,
    },
    /// A word has nothing that can be searched for, such as only signs.
    Ignored {
        /// As typed.
        word: String,
    },
}
