//! A text on its way into the index: cut once by who brings it, spelled out by tantivy's own thread.
//!
//! Cutting is the expensive part, and both the words and the written words need it. So a field is given the result, written as a
//! short string, and its tokenizer only reads that.

use std::fmt::Write;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::{Analysed, Run};
use crate::lexicon;
use crate::synonyms::Synonyms;
use crate::terms::{self, Section};

/// Name of the tokenizer that reads [`words`].
pub(crate) const WORDS: &str = "migiude_words";
/// Name of the tokenizer that reads [`written`] and [`marks`].
pub(crate) const LINES: &str = "migiude_lines";

/// Bytes of a line, about.
const LINE: usize = 12;

/// A line for each word: its position and its term.
pub(crate) fn words(text: &Analysed) -> String {
    let mut lines = String::with_capacity(text.tokens.len() * LINE);
    for token in &text.tokens {
        // A string takes all that is written to it.
        let _ = writeln!(lines, "{} {}", token.position, token.term);
    }
    lines
}

/// A line for each different word as it is written; see [`lexicon::written`].
pub(crate) fn written<'a>(text: &'a Analysed) -> String {
    let string = text.normalised.text();
    let written = |run: &'a Run| lexicon::written(&string[run.range.clone()], run);
    let mut words: Vec<(char, &str)> = text.runs.iter().flat_map(written).collect();
    words.sort_unstable();
    words.dedup();
    let mut lines = String::with_capacity(words.len() * LINE);
    for (mark, word) in words {
        lines.push(mark);
        lines.push_str(word);
        lines.push('\n');
    }
    lines
}

/// A line for each mark of the table's terms; see [`terms::marks`].
pub(crate) fn marks(text: &Analysed, section: Section, table: &Synonyms) -> String {
    terms::marks(table, text, section).into_iter().map(|mark| mark + "\n").collect()
}

/// Makes the two tokenizers known under their names.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(WORDS, TextAnalyzer::from(Reader(read_words)));
    tokenizers.register(LINES, TextAnalyzer::from(Reader(read_lines)));
}

fn read_words(encoded: &str) -> Vec<(usize, String)> {
    let word = |line: &str| {
        let (position, term) = line.split_once(' ')?;
        Some((position.parse().ok()?, term.to_owned()))
    };
    encoded.lines().filter_map(word).collect()
}

fn read_lines(encoded: &str) -> Vec<(usize, String)> {
    (0..).zip(encoded.lines()).map(|(place, word)| (place, word.to_owned())).collect()
}

/// A tokenizer that knows the places and terms from the start.
#[derive(Clone)]
struct Reader(fn(&str) -> Vec<(usize, String)>);

impl Tokenizer for Reader {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, encoded: &'a str) -> Stream {
        Stream { terms: (self.0)(encoded).into_iter(), token: Token::default() }
    }
}

struct Stream {
    terms: std::vec::IntoIter<(usize, String)>,
    token: Token,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.terms.next() else { return false };
        self.token = Token { position, text, position_length: 1, ..Token::default() };
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;

    #[test]
    fn words_are_read_as_they_were_cut() {
        let text = analyse("週1日、東京都の公認会計士\n IT・後継ぎ");
        let expected: Vec<_> = text.tokens.iter().map(|token| (token.position, token.term.clone())).collect();
        assert_eq!(read_words(&words(&text)), expected);
    }

    #[test]
    fn written_words_are_told_from_names() {
        let written = read_lines(&written(&analyse("岡山県の会計士は会計士です")));
        let has = |word: &str| written.iter().any(|(_, one)| one == word);
        assert!(has("#岡山") && has("=会計士"));
        assert_eq!(written.iter().filter(|(_, one)| one == "=会計士").count(), 1);
        assert!(written.iter().all(|(_, one)| one.chars().count() > 2));
    }
}
