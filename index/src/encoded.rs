//! A text on its way into the index: cut once by who brings it, spelled out by tantivy's own thread.
//!
//! Cutting is the expensive part, and both the words and the pairs need it. So a field is given the result, written as a
//! short string, and its tokenizer only reads that.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::{Analysed, Segment};
use crate::grams;

/// Name of the tokenizer that reads [`words`].
pub(crate) const WORDS: &str = "migiude_words";
/// Name of the tokenizer that reads [`runs`].
pub(crate) const GRAMS: &str = "migiude_grams";

/// Ends a word of a run; no control character survives the normalisation.
const END_OF_WORD: char = '\u{1}';
/// Stands before a word that is a name.
const NAME: char = '\u{2}';

/// A line for each word: its position and its term.
pub(crate) fn words(text: &Analysed) -> String {
    text.tokens.iter().map(|token| format!("{} {}\n", token.position, token.term)).collect()
}

/// A line for each run: its words.
pub(crate) fn runs(text: &Analysed) -> String {
    let mut out = String::new();
    for run in &text.runs {
        let string = &text.normalised.text()[run.range.clone()];
        for word in &run.words {
            out.extend(word.name.then_some(NAME));
            out.push_str(&string[word.range.clone()]);
            out.push(END_OF_WORD);
        }
        out.push('\n');
    }
    out
}

/// Makes the two tokenizers known under their names.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(WORDS, TextAnalyzer::from(Reader(read_words)));
    tokenizers.register(GRAMS, TextAnalyzer::from(Reader(read_runs)));
}

fn read_words(encoded: &str) -> Vec<(usize, String)> {
    let word = |line: &str| {
        let (position, term) = line.split_once(' ')?;
        Some((position.parse().ok()?, term.to_owned()))
    };
    encoded.lines().filter_map(word).collect()
}

fn read_runs(encoded: &str) -> Vec<(usize, String)> {
    let mut grams = Vec::new();
    let mut place = 0;
    for line in encoded.lines() {
        let (mut run, mut words) = (String::new(), Vec::new());
        for word in line.split_terminator(END_OF_WORD) {
            let name = word.starts_with(NAME);
            let start = run.len();
            run.push_str(word.trim_start_matches(NAME));
            words.push(Segment { range: start..run.len(), name });
        }
        place = grams::written(&run, &words, place, &mut grams);
    }
    grams
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
    fn pairs_are_read_as_the_words_lay() {
        let grams = read_runs(&runs(&analyse("東京都、会計士")));
        let has = |form: &str| grams.iter().any(|gram| gram.1 == form);
        assert!(has("京都") && has("^東京$") && has("=会計"));
        assert!(!has("^京都$") && !has("=京都") && !has("=東京") && !has("都会"));
    }
}
