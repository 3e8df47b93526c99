//! What a document may contain, where, and how much it is worth.

use crate::analysis::Token;
use crate::document::Reason;
use crate::synonyms::Term;
use crate::terms::Tie;

/// Weight of the word itself over a part of a word, as measured in the design of the search.
pub(crate) const WORD: f32 = 4.0;
pub(crate) const SYNONYM: f32 = WORD * 0.7;
pub(crate) const RELATED: f32 = WORD * 0.3;
pub(crate) const TYPO: f32 = WORD * 0.5;
pub(crate) const TYPO_SYNONYM: f32 = TYPO * 0.7;
/// A part gets this little and no more however rare it is, so that it ranks behind every word.
pub(crate) const PART: f32 = 0.05;

/// What a document may contain.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pattern {
    /// Words at these distances from the first.
    Phrase(Vec<(usize, String)>),
    /// A part of a word; of one whose parts are no words only when asked.
    Part { part: String, whole: bool },
    /// One kana or kanji, as a word or in one.
    Character(char),
    /// A word at most one edit away.
    Near(String),
    /// A term of this group of the index's table, or of one that is related to it.
    Group(String, Tie),
}

/// Where in a document a pattern counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Everywhere,
    /// In the title and the short texts: what the document is about, not what it mentions.
    Heading,
    /// In the short texts: role, trade, tags.
    Tags,
}

/// One of the things that count as having a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    pub pattern: Pattern,
    pub weight: f32,
    pub place: Place,
    /// Not in a document that has one of these.
    pub unless: Vec<Pattern>,
    pub reason: Reason,
}

impl Alternative {
    pub fn new(pattern: Pattern, weight: f32, reason: Reason) -> Self {
        Alternative { pattern, weight, place: Place::Everywhere, unless: Vec::new(), reason }
    }

    /// A word as such.
    pub fn word(pattern: Pattern, reason: Reason) -> Self {
        Alternative::new(pattern, WORD, reason)
    }

    /// Whether it is only characters, not a word.
    pub fn is_part(&self) -> bool {
        matches!(self.reason, Reason::Part { .. })
    }
}

/// A word as everything that counts as having it, best first.
pub(crate) type Word = Vec<Alternative>;

/// The words of a term, one behind the other.
pub(crate) fn exactly(term: &Term) -> Option<Pattern> {
    phrase(&term.tokens)
}

pub(crate) fn phrase(tokens: &[Token]) -> Option<Pattern> {
    let start = tokens.first()?.position;
    Some(Pattern::Phrase(tokens.iter().map(|token| (token.position - start, token.term.clone())).collect()))
}

/// Whether the words stand within the longer sequence.
pub(crate) fn contains(longer: &[Token], words: &[Token]) -> bool {
    let terms = |tokens: &[Token]| tokens.iter().map(|token| token.term.clone()).collect::<Vec<_>>();
    longer.len() > words.len() && longer.windows(words.len().max(1)).any(|part| terms(part) == terms(words))
}
