//! How the word that is being typed may go on. Only what finds something where the reader may look is suggested, so that no word of
//! a hidden document is given away.

use std::collections::HashSet;

use crate::asked::Known;
use crate::clause::{self, Asking};
use crate::collect::count;
use crate::document::{Query, Reason};
use crate::normalise::{is_kanji, normalise};
use crate::pattern::{Alternative, Pattern, exactly};
use crate::plan::separates;
use crate::readings::nouns_beginning;
use crate::snapshot::{Index, IndexError};
use crate::synonyms::Term;

/// Characters of the word from which on something is suggested; one kanji says enough.
const KANA_FROM: usize = 2;
/// Words that are looked at, of each source.
const LOOKED_AT: usize = 24;
/// Readings that are looked through.
const READ: usize = 4_000;

/// A text that goes on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole text, with its last word completed.
    pub text: String,
    /// How many documents have that word.
    pub count: u64,
}

impl Index {
    /// Ways of ending the last word of a question's text: terms of the table, words that occur, and, for kana, what is read like
    /// them; those that most documents have first, at most `limit`. The filters and the page of the question do not count.
    ///
    /// # Errors
    /// As [`Index::search`].
    ///
    /// Cost: counts the documents that have a word, for some dozen words.
    pub fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>, IndexError> {
        let live = self.live()?;
        let searcher = live.reader.searcher();
        let at = query.text.rfind(separates);
        let at = at.map_or(0, |at| at + query.text[at..].chars().next().map_or(0, char::len_utf8));
        let (before, typed) = query.text.split_at(at);
        let typed = Term::new(typed).text;
        let one = typed.chars().nth(KANA_FROM - 1).is_none();
        if typed.is_empty() || (one && !typed.chars().all(is_kanji)) {
            return Ok(Vec::new());
        }
        let asking = Asking { fields: &live.fields, lexicon: &live.lexicon };
        let known = Known { synonyms: &self.synonyms, marked: &live.table, lexicon: &live.lexicon };
        let mut found: Vec<Suggestion> = Vec::new();
        for word in candidates(&typed, known) {
            let itself = |pattern: Pattern| Alternative::word(pattern, Reason::Word { asked: String::new() });
            let word_asked = exactly(&Term::new(&word)).into_iter().map(itself).collect();
            let asked = clause::except(asking.word(&word_asked), query.hidden(&live.fields));
            let count = count(&searcher, &live.columns, query.scope(), &*asked)?;
            if count > 0 {
                found.push(Suggestion { text: format!("{before}{word}"), count });
            }
        }
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        found.truncate(query.limit);
        Ok(found)
    }
}

/// Words that begin as typed, as they are written or read, each in one spelling.
fn candidates(typed: &str, known: Known<'_>) -> Vec<String> {
    let of_table = known.synonyms.terms().filter(|term| term.text.starts_with(typed) && term.text != typed);
    let of_table = of_table.take(LOOKED_AT).map(|term| term.written.clone());
    let occurring = known.lexicon.beginning(typed, LOOKED_AT).into_iter().map(str::to_owned);
    let read = nouns_beginning(typed).take(READ).filter(|noun| known.lexicon.knows(noun));
    let read = read.take(LOOKED_AT).map(str::to_owned);
    let mut seen = HashSet::new();
    of_table.chain(occurring).chain(read).filter(|word| seen.insert(normalise(word))).collect()
}
