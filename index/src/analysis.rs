//! A text cut into what can be searched for: words, and pairs of characters that know where words begin and end.
//!
//! Words come from the dictionary, in their base form, without particles. They are precise, but a word inside a longer
//! one (会計 in 会計士) is not found by them, nor is a word that the dictionary cuts otherwise in another context.
//! Pairs of neighbouring kana and kanji find those, and false friends too (京都 in 東京都). So a pair is written down
//! in up to five forms that say how it lies to the words around it: see [`gram`].
//!
//! Latin letters and digits are words by themselves and have no pairs: IT is not in PROFIT.

use std::ops::Range;

use tantivy::tokenizer::{TextAnalyzer, Token as IndexToken, TokenStream, Tokenizer, TokenizerManager};

use crate::dictionary;
use crate::normalise::{Normalised, is_hiragana, is_kanji, is_katakana, normalise_mapped};

/// Raise when this file or the normalisation changes what is written into the index.
pub(crate) const VERSION: u32 = 1;

/// Name of the tokenizer of words in the schema.
pub(crate) const WORDS: &str = "migiude_words";
/// Name of the tokenizer of pairs in the schema.
pub(crate) const GRAMS: &str = "migiude_grams";

/// Characters that the dictionary is asked to cut at once. No sentence is longer; its cost per call stays bounded.
const MAX_RUN: usize = 400;
/// A word of more characters is cut: what follows distinguishes nothing a person would type.
const MAX_TERM: usize = 48;
/// Katakana words of at least this many characters lose a long vowel at their end: サーバー and サーバ.
const LONG_KATAKANA: usize = 4;

/// One searchable word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// The form that is looked up.
    pub term: String,
    /// Bytes of the normalised text.
    pub range: Range<usize>,
    /// Place in the text, counted in words; particles count, so that a phrase keeps its distances.
    pub position: usize,
    /// Only an addition to its neighbour: 者, さん, 新.
    pub affix: bool,
}

/// A text with its words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analysed {
    pub normalised: Normalised,
    /// The searchable words in order.
    pub tokens: Vec<Token>,
    /// Unbroken kana and kanji, each with the words it was cut into, particles too.
    pub runs: Vec<Run>,
}

/// Kana and kanji without a break between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    pub range: Range<usize>,
    pub words: Vec<Segment>,
}

/// One word of a run as the dictionary cut it.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub range: Range<usize>,
    /// A place, a person, an organisation: its parts are not words (山口 in 大山口).
    pub name: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Japanese,
    Letters,
    Digits,
    /// Ends a sentence or an item: no phrase reaches across.
    Stop,
    /// A space, a hyphen, a middle dot: writing differs, so a phrase does reach across.
    Other,
}

fn script(c: char) -> Script {
    match c {
        c if is_kanji(c) || is_hiragana(c) || is_katakana(c) => Script::Japanese,
        c if c.is_numeric() => Script::Digits,
        c if c.is_alphabetic() => Script::Letters,
        '\n' | '。' | '、' | '!' | '?' | ',' | ';' | ':' | '(' | ')' | '「' | '」' | '|' | '/' => {
            Script::Stop
        }
        _ => Script::Other,
    }
}

/// Cuts a text into words. Cost: some microseconds a sentence.
pub(crate) fn analyse(text: &str) -> Analysed {
    let normalised = normalise_mapped(text);
    let mut tokens = Vec::new();
    let mut runs = Vec::new();
    let mut position = 0;
    let mut worker = dictionary::tokenizer().new_worker();
    for (kind, range) in scripts(normalised.text()) {
        let piece = &normalised.text()[range.clone()];
        match kind {
            Script::Stop => position += 1,
            Script::Other => {}
            Script::Letters | Script::Digits => {
                tokens.push(Token { term: cut(piece), range, position, affix: false });
                position += 1;
            }
            Script::Japanese => {
                worker.reset_sentence(piece);
                worker.tokenize();
                let mut run = Run { range: range.clone(), words: Vec::with_capacity(worker.num_tokens()) };
                for word in worker.token_iter() {
                    let bytes = word.range_byte();
                    let place = range.start + bytes.start..range.start + bytes.end;
                    let entry = Entry::parse(word.feature());
                    run.words.push(Segment { range: place.clone(), name: entry.is_name(word.surface()) });
                    // The dictionary sees particles in the ends of katakana words that it does not know.
                    let foreign = word.surface().chars().all(is_katakana);
                    if foreign || entry.means_something() {
                        let term = term(word.surface(), entry.base);
                        tokens.push(Token { term, range: place, position, affix: entry.is_affix() });
                    }
                    position += 1;
                }
                runs.push(run);
            }
        }
    }
    Analysed { normalised, tokens, runs }
}

/// The text in pieces of one script each.
fn scripts(text: &str) -> Vec<(Script, Range<usize>)> {
    let mut pieces: Vec<(Script, Range<usize>)> = Vec::new();
    let mut length = 0;
    for (at, c) in text.char_indices() {
        let (kind, end) = (script(c), at + c.len_utf8());
        match pieces.last_mut() {
            Some((last, range)) if *last == kind && length < MAX_RUN => {
                range.end = end;
                length += 1;
            }
            _ => {
                pieces.push((kind, at..end));
                length = 1;
            }
        }
    }
    pieces
}

/// What the slim dictionary says about a word.
struct Entry<'a> {
    part: &'a str,
    detail: &'a str,
    base: &'a str,
}

impl<'a> Entry<'a> {
    fn parse(feature: &'a str) -> Self {
        let mut columns = feature.splitn(3, ',');
        let mut next = || columns.next().unwrap_or("*");
        Entry { part: next(), detail: next(), base: next() }
    }

    /// Particles, auxiliaries and verbs that only carry grammar are not searched for.
    fn means_something(&self) -> bool {
        match self.part {
            "助詞" | "助動詞" | "接続詞" | "連体詞" | "フィラー" | "記号" => false,
            "名詞" => !matches!(self.detail, "非自立" | "代名詞"),
            "動詞" => {
                self.detail == "自立" && !matches!(self.base, "する" | "ある" | "なる" | "いる" | "できる")
            }
            _ => true,
        }
    }

    /// The dictionary takes every katakana word it does not know for a name.
    fn is_name(&self, surface: &str) -> bool {
        self.detail == "固有名詞" && !surface.chars().all(is_katakana)
    }

    fn is_affix(&self) -> bool {
        self.part == "接頭詞" || self.detail == "接尾"
    }
}

fn term(surface: &str, base: &str) -> String {
    let form = if base == "*" { surface } else { base };
    let long = form.chars().count() >= LONG_KATAKANA && form.chars().all(is_katakana);
    cut(form.strip_suffix('ー').filter(|_| long).unwrap_or(form))
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_TERM).collect()
}

/// The forms in which a pair of characters stands in the index, and how a query asks for a string by them.
pub(crate) mod gram {
    /// How a string may lie to the words of a text.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub(crate) enum Lie {
        /// It begins where a word begins and ends where a word ends, however it was cut between.
        Whole,
        /// It is inside one word that is not a name.
        Inside,
        /// Anywhere, false friends included.
        Anywhere,
    }

    pub(super) fn plain(pair: &str) -> String {
        pair.to_owned()
    }
    pub(super) fn inside(pair: &str) -> String {
        format!("={pair}")
    }
    pub(super) fn edged(pair: &str, first: bool, last: bool) -> String {
        format!("{}{pair}{}", if first { "^" } else { "" }, if last { "$" } else { "" })
    }

    /// The pairs to be found side by side; none for a string of fewer than two characters.
    pub(crate) fn of(string: &str, lie: Lie) -> Vec<String> {
        let pairs: Vec<String> = super::pairs(string).map(|(_, pair)| pair.to_owned()).collect();
        let last = pairs.len().saturating_sub(1);
        let form = |(i, pair): (usize, &String)| match lie {
            Lie::Whole => edged(pair, i == 0, i == last),
            Lie::Inside => inside(pair),
            Lie::Anywhere => plain(pair),
        };
        pairs.iter().enumerate().map(form).collect()
    }
}

/// Neighbouring characters with the byte where the first begins.
fn pairs(string: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = string.char_indices().skip(2).map(|(at, _)| at).chain([string.len()]);
    let many = string.chars().count() >= 2;
    string.char_indices().zip(ends).take_while(move |_| many).map(|((at, _), end)| (at, &string[at..end]))
}

impl Analysed {
    /// Every pair in every form, with its place counted in characters. The last character of a run stands alone too,
    /// so that any character is the beginning of something.
    fn grams(&self) -> Vec<(usize, String)> {
        let text = self.normalised.text();
        let mut grams = Vec::new();
        let mut place = 0;
        for run in &self.runs {
            let begins = |at: usize| run.words.binary_search_by_key(&at, |word| word.range.start).is_ok();
            let string = &text[run.range.clone()];
            for (offset, pair) in pairs(string) {
                let (start, end) = (run.range.start + offset, run.range.start + offset + pair.len());
                let (first, last) = (begins(start), end == run.range.end || begins(end));
                grams.push((place, gram::plain(pair)));
                for (first, last) in [(first, false), (false, last), (first, last)] {
                    let form = gram::edged(pair, first, last);
                    if grams.iter().rev().take_while(|gram| gram.0 == place).all(|gram| gram.1 != form) {
                        grams.push((place, form));
                    }
                }
                if self.inside_a_word(run, start..end) {
                    grams.push((place, gram::inside(pair)));
                }
                place += 1;
            }
            grams.extend(string.chars().next_back().map(|c| (place, c.to_string())));
            place += 2;
        }
        grams
    }

    /// Whether the bytes are a part, not the whole, of one word that is not a name.
    pub(crate) fn inside_a_word(&self, run: &Run, range: Range<usize>) -> bool {
        let after = run.words.partition_point(|word| word.range.start <= range.start);
        after
            .checked_sub(1)
            .and_then(|at| run.words.get(at))
            .is_some_and(|word| range.end <= word.range.end && word.range != range && !word.name)
    }
}

/// The two tokenizers under the names the schema uses.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(WORDS, TextAnalyzer::from(Analyser { grams: false }));
    tokenizers.register(GRAMS, TextAnalyzer::from(Analyser { grams: true }));
}

#[derive(Clone)]
struct Analyser {
    grams: bool,
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let analysed = analyse(text);
        let words: Vec<(usize, String)> = if self.grams {
            analysed.grams()
        } else {
            analysed.tokens.into_iter().map(|token| (token.position, token.term)).collect()
        };
        Stream { words: words.into_iter(), token: IndexToken::default() }
    }
}

struct Stream {
    words: std::vec::IntoIter<(usize, String)>,
    token: IndexToken,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.words.next() else { return false };
        self.token = IndexToken { position, text, position_length: 1, ..IndexToken::default() };
        true
    }
    fn token(&self) -> &IndexToken {
        &self.token
    }
    fn token_mut(&mut self) -> &mut IndexToken {
        &mut self.token
    }
}
