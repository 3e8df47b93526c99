//! A text on its way into the index: cut once by who brings it, spelled out by tantivy's own thread.
//!
//! Cutting is the expensive part, and both the words and the written words need it. So a field is given the result, written as a
//! short string, and its tokenizer only reads that.

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

/// A line for each word: a space for each place since the word before, and its term, which has none.
pub(crate) fn words(text: &Analysed) -> String {
    let mut lines = String::with_capacity(text.tokens.len() * LINE);
    let mut place = 0;
    for token in &text.tokens {
        lines.extend(std::iter::repeat_n(' ', token.position - place));
        lines.push_str(&token.term);
        lines.push('\n');
        place = token.position;
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
    tokenizers.register(WORDS, TextAnalyzer::from(Reader(Places::Spaces)));
    tokenizers.register(LINES, TextAnalyzer::from(Reader(Places::Lines)));
}

/// How the place of a term is written.
#[derive(Clone, Copy)]
enum Places {
    /// As many spaces before it as places since the one before.
    Spaces,
    /// Each line is one place.
    Lines,
}

/// A tokenizer that knows the places and terms from the start.
#[derive(Clone)]
struct Reader(Places);

impl Tokenizer for Reader {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, encoded: &'a str) -> Stream<'a> {
        let token = Token { position: 0, position_length: 1, ..Token::default() };
        Stream { places: self.0, lines: encoded.lines(), token, is_first: true }
    }
}

struct Stream<'a> {
    places: Places,
    lines: std::str::Lines<'a>,
    token: Token,
    is_first: bool,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else { return false };
        let (moved, term) = match self.places {
            Places::Spaces => {
                let term = line.trim_start_matches(' ');
                (line.len() - term.len(), term)
            }
            Places::Lines => (usize::from(!self.is_first), line),
        };
        self.is_first = false;
        self.token.position += moved;
        self.token.text.clear();
        self.token.text.push_str(term);
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

    fn read(places: Places, encoded: &str) -> Vec<(usize, String)> {
        let mut tokens = Vec::new();
        Reader(places)
            .token_stream(encoded)
            .process(&mut |token| tokens.push((token.position, token.text.clone())));
        tokens
    }

    #[test]
    fn words_are_read_as_they_were_cut() {
        let text = analyse("週1日、東京都の公認会計士\n IT・後継ぎ");
        let expected: Vec<_> = text.tokens.iter().map(|token| (token.position, token.term.clone())).collect();
        assert_eq!(read(Places::Spaces, &words(&text)), expected);
    }

    #[test]
    fn written_words_are_told_from_names() {
        let written = read(Places::Lines, &written(&analyse("岡山県の会計士は会計士です")));
        let has = |word: &str| written.iter().any(|(_, one)| one == word);
        assert!(has("#岡山") && has("=会計士"));
        assert_eq!(written.iter().filter(|(_, one)| one == "=会計士").count(), 1);
        assert!(written.iter().all(|(_, one)| one.chars().count() > 2));
    }
}
