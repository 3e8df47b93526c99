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
    /// Marks by which a question may leave it out; never counted, never shown.
    pub marks: Vec<String>,
    /// When it was posted, in milliseconds since 1970.
    pub posted_at: i64,
    /// When it closes, in milliseconds since 1970; none for what stays open.
    pub closes_at: Option<i64>,
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
    /// Leave out documents that have one of these marks.
    pub without: Vec<String>,
    /// Look at the documents of these ids alone; at all when there is no list.
    pub among: Option<Vec<String>>,
    /// Leave out documents that are not `shown`.
    pub shown_only: bool,
    /// The number of hits wanted.
    pub limit: usize,
    /// Where the wanted page lies.
    pub page: Page,
    /// The order of the hits.
    pub sort: Sort,
}

impl Query {
    /// The first twenty published documents for some words, best first.
    pub fn new(kind: Kind, text: &str) -> Self {
        let (text, filters, without) = (text.to_owned(), vec![], vec![]);
        let (page, sort) = (Page::First, Sort::Relevance);
        Query { kind, text, filters, without, among: None, shown_only: true, limit: 20, page, sort }
    }
}

/// Where in the order a page lies: beside a row, not behind a number of rows, so that what is posted or taken down in the
/// meantime moves nobody onto another page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Page {
    /// From the first hit on.
    #[default]
    First,
    /// The hits behind this row.
    After(Cursor),
    /// The hits before this row, the nearest ones.
    Before(Cursor),
}

/// A row's place in the order of one question. It holds as long as the row and the words that are known do not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// What the order compares first; greater goes before.
    pub(crate) key: i64,
    /// The caller's id: equals go by id.
    pub(crate) id: String,
}

impl Cursor {
    /// The place of a row that somebody else has put in order.
    pub fn new(key: i64, id: impl Into<String>) -> Self {
        Cursor { key, id: id.into() }
    }

    /// What the order compares first; greater goes before.
    pub fn key(&self) -> i64 {
        self.key
    }

    /// The caller's id: equals go by id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.key, self.id)
    }
}

/// What is no [`Cursor`] in writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a place in a list of results")]
pub struct BadCursor;

impl std::str::FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(written: &str) -> Result<Self, BadCursor> {
        let (key, id) = written.split_once('.').ok_or(BadCursor)?;
        let key = key.parse().map_err(|_| BadCursor)?;
        if id.is_empty() { Err(BadCursor) } else { Ok(Cursor { key, id: id.to_owned() }) }
    }
}

/// The order of hits; equals are ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first; without words, newest first.
    #[default]
    Relevance,
    /// Last posted first.
    Newest,
    /// What closes first goes first, what stays open last.
    Closing,
}

/// The answer to a [`Query`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The number of documents found, on all pages.
    pub total: u64,
    /// How many of them lie before the first hit of this page.
    pub start: u64,
    /// The wanted page of them.
    pub hits: Vec<Hit>,
    /// Where this page begins and ends, when there is more before or behind it.
    pub before: Option<Cursor>,
    /// See `before`.
    pub after: Option<Cursor>,
    /// For each facet its values with the number of documents that have them: most first, then by value. Facets by
    /// name. Counted over the documents found; for a facet that is filtered by, over what would be found without that
    /// filter, so that each number is what choosing this value alone finds.
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
    /// No document has a word; these are like it, and some have them.
    Perhaps {
        /// As typed.
        asked: String,
        /// Words that may have been meant, nearest first.
        meant: Vec<String>,
    },
    /// A word has nothing that can be searched for, such as only signs.
    Ignored {
        /// As typed.
        word: String,
    },
}
