//! The words that stand in the documents, held in memory to be looked through by their characters.
//!
//! A question is answered by words, and words are looked up whole. What whole words do not find is found by way of this
//! list: a part of a word (会計 in 公認会計士) by every word that contains it, and a string that the dictionary cuts
//! otherwise in another context (後継ぎ and 後継・ぎ) by every way of cutting it into words that occur. So characters need no
//! postings of their own, which would be larger and slower than everything else together.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use crate::analysis::Run;
use crate::normalise::is_katakana;
use crate::schema::Fields;

/// Stands before a word as it is written, when its parts may be words …
const WORD: char = '=';
/// … and when they are none: names, verbs.
const WHOLE: char = '#';
/// Ends a word in the joined list.
const END: char = '\n';

/// Words that a part is looked for in, at most: what is part of more says nothing any more.
const MAX_WORDS: usize = 400;
/// Ways of cutting a string, at most.
const MAX_CUTS: usize = 8;
/// Characters of a string that is cut in every way.
const MAX_CUT: usize = 16;

/// The words of one commit.
#[derive(Clone, Default)]
pub(crate) struct Lexicon {
    segments: Vec<Arc<Words>>,
}

/// The words of one segment.
struct Words {
    id: SegmentId,
    /// Terms of the three texts, sorted.
    terms: Vec<Box<str>>,
    /// Words as written, with what they are before and [`END`] behind each.
    written: String,
}

/// The words of a run as the field of written words takes them: those of two characters or more. Lone ones are terms.
pub(crate) fn written<'a>(string: &'a str, run: &'a Run) -> impl Iterator<Item = (char, &'a str)> {
    let words = run.words.iter().filter_map(|word| {
        let mark = if word.whole { WHOLE } else { WORD };
        Some((mark, string.get(word.range.clone())?))
    });
    words.filter(|(_, word)| word.chars().nth(1).is_some())
}

impl Lexicon {
    /// The words of a searcher; those of segments that `before` knew are taken over. Cost: reads the new segments'
    /// dictionaries.
    pub fn of(searcher: &Searcher, fields: &Fields, before: &Lexicon) -> tantivy::Result<Lexicon> {
        let known: HashMap<SegmentId, &Arc<Words>> =
            before.segments.iter().map(|segment| (segment.id, segment)).collect();
        let segments =
            searcher.segment_readers().iter().map(|reader| match known.get(&reader.segment_id()) {
                Some(segment) => Ok(Arc::clone(segment)),
                None => Words::read(reader, fields).map(Arc::new),
            });
        Ok(Lexicon { segments: segments.collect::<tantivy::Result<_>>()? })
    }

    /// Whether a term occurs.
    pub fn knows(&self, term: &str) -> bool {
        self.segments.iter().any(|segment| segment.terms.binary_search_by(|one| (**one).cmp(term)).is_ok())
    }

    /// Ways of cutting a string into terms that occur, fewest first; bounded.
    pub fn cuts(&self, string: &str) -> Vec<Vec<String>> {
        let bounds: Vec<usize> = string.char_indices().map(|(at, _)| at).chain([string.len()]).collect();
        if bounds.len() > MAX_CUT + 1 {
            return Vec::new();
        }
        // From the end: for each place, the best ways of cutting what is behind it.
        let last = bounds.len() - 1;
        let mut ways: Vec<Vec<Vec<String>>> = vec![Vec::new(); bounds.len()];
        ways[last].push(Vec::new());
        for start in (0..last).rev() {
            let mut from_here = Vec::new();
            for end in start + 1..=last {
                let piece = term(&string[bounds[start]..bounds[end]]);
                if !ways[end].is_empty() && self.knows(piece) {
                    let with = |rest: &Vec<String>| {
                        [piece.to_owned()].into_iter().chain(rest.iter().cloned()).collect()
                    };
                    from_here.extend(ways[end].iter().map(with));
                }
            }
            from_here.sort_by_key(Vec::len);
            from_here.truncate(MAX_CUTS);
            ways[start] = from_here;
        }
        ways.swap_remove(0)
    }

    /// Words as the field of written words holds them that contain a part and are longer than it; of those whose
    /// parts are no words only when asked. Cost: looks through all words, some 100 microseconds for ten thousands of them.
    pub fn containing(&self, part: &str, whole: bool) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for words in self.segments.iter().map(|segment| segment.written.as_str()) {
            let mut from = 0;
            while let Some(at) = words.get(from..).and_then(|rest| rest.find(part)).map(|at| from + at) {
                let start = words[..at].rfind(END).map_or(0, |end| end + END.len_utf8());
                let end = words[at..].find(END).map_or(words.len(), |end| at + end);
                let word = &words[start..end];
                if word.len() > part.len() + 1 && (whole || word.starts_with(WORD)) {
                    found.insert(word.to_owned());
                    if found.len() == MAX_WORDS {
                        return found;
                    }
                }
                from = end;
            }
        }
        found
    }

    /// Pairs of terms across which a string stands: 京都 across 東京 and 都. Bounded.
    pub fn across(&self, string: &str) -> Vec<(String, String)> {
        const MAX_PAIRS: usize = 32;
        let mut pairs = Vec::new();
        for (at, _) in string.char_indices().skip(1).take(MAX_CUT) {
            let (left, right) = string.split_at(at);
            let lefts = self.terms(|term| term.ends_with(left));
            let rights = self.terms(|term| term.starts_with(right));
            for left in &lefts {
                pairs.extend(rights.iter().map(|right| (left.clone(), right.clone())));
            }
        }
        pairs.truncate(MAX_PAIRS);
        pairs
    }

    /// Every term that is such, once, in order.
    pub fn all_terms<'a>(&'a self, is_such: impl Fn(&str) -> bool + 'a) -> BTreeSet<&'a str> {
        let all = self.segments.iter().flat_map(|segment| &segment.terms);
        all.map(|term| &**term).filter(|term| is_such(term)).collect()
    }

    /// Terms that begin like this and go on, shortest first; bounded. Cost: looks at no others.
    pub fn beginning(&self, with: &str, most: usize) -> Vec<&str> {
        let from_here = self.segments.iter().flat_map(|segment| {
            let from = segment.terms.partition_point(|term| **term < *with);
            segment.terms[from..].iter().map(|term| &**term).take_while(|term| term.starts_with(with))
        });
        let found: BTreeSet<(usize, &str)> =
            from_here.filter(|term| *term != with).map(|term| (term.len(), term)).collect();
        found.into_iter().map(|(_, term)| term).take(most).collect()
    }

    /// The shortest terms that are such; bounded.
    fn terms(&self, is_such: impl Fn(&str) -> bool) -> Vec<String> {
        const MOST: usize = 8;
        let all = self.all_terms(is_such).into_iter();
        let found: BTreeSet<(usize, &str)> = all.map(|term| (term.len(), term)).collect();
        found.into_iter().take(MOST).map(|(_, term)| term.to_owned()).collect()
    }
}

/// A piece of a word as terms are: katakana without the long vowel at its end.
fn term(piece: &str) -> &str {
    let long = piece.chars().count() >= crate::analysis::LONG_KATAKANA && piece.chars().all(is_katakana);
    piece.strip_suffix('ー').filter(|_| long).unwrap_or(piece)
}

impl Words {
    fn read(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Words> {
        let mut terms = BTreeSet::new();
        for field in [fields.title_words, fields.strong_words, fields.text_words] {
            each_term(reader, field, |term| {
                terms.insert(Box::from(term));
            })?;
        }
        let mut written = String::new();
        each_term(reader, fields.written, |word| {
            written.push_str(word);
            written.push(END);
        })?;
        Ok(Words { id: reader.segment_id(), terms: terms.into_iter().collect(), written })
    }
}

fn each_term(
    reader: &SegmentReader,
    field: tantivy::schema::Field,
    mut see: impl FnMut(&str),
) -> tantivy::Result<()> {
    let index = reader.inverted_index(field)?;
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        if let Ok(term) = std::str::from_utf8(terms.key()) {
            see(term);
        }
    }
    Ok(())
}
