//! A text cut into the words that can be searched for.
//!
//! Words come from the dictionary, in their base form, without particles. They are precise, but a word inside a longer
//! one (会計 in 会計士) is not found by them, nor is a word that the dictionary cuts otherwise in another context: for
//! those see [`crate::lexicon`]. Latin letters and digits are words by themselves.

use std::ops::Range;

use crate::dictionary;
use crate::normalise::{Normalised, is_hiragana, is_kanji, is_katakana, normalise_mapped};
use crate::okurigana;

/// Raise when this file or the normalisation changes what is written into the index.
pub(crate) const VERSION: u32 = 3;

/// Characters that the dictionary is asked to cut at once. No sentence is longer; its cost per call stays bounded.
const MAX_RUN: usize = 400;
/// A word of more characters is cut: what follows distinguishes nothing a person would type.
const MAX_TERM: usize = 48;
/// Katakana words of at least this many characters lose a long vowel at their end: サーバー and サーバ.
pub(crate) const LONG_KATAKANA: usize = 4;

/// One searchable word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// The form that is looked up.
    pub term: String,
    /// Bytes of the normalised text.
    pub range: Range<usize>,
    /// Place in the text, counted in words; particles count, so that a phrase keeps its distances.
    pub position: usize,
    pub role: Role,
}

/// What a word does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// Says what the sentence is about.
    Noun,
    /// Only an addition to its neighbour: 者, さん, 新.
    Affix,
    /// A verb, an adjective, an adverb.
    Other,
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
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Run {
    /// Bytes of the normalised text.
    pub range: Range<usize>,
    pub words: Vec<Segment>,
}

/// One word of a run as the dictionary cut it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment {
    /// Bytes of the run.
    pub range: Range<usize>,
    /// Its parts are no words: a name (山口 in 大山口), a verb or an adjective (出向 in 出向く).
    pub whole: bool,
}

/// One word of a run on its way to becoming a token.
pub(crate) struct Word {
    /// The form that is looked up; none for what only carries grammar.
    pub term: Option<String>,
    /// Bytes of the run.
    pub range: Range<usize>,
    pub role: Role,
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
    for (kind, range) in scripts(normalised.text()) {
        let piece = &normalised.text()[range.clone()];
        match kind {
            Script::Stop => position += 1,
            Script::Other => {}
            Script::Letters | Script::Digits => {
                tokens.push(Token { term: cut(piece), range, position, role: Role::Noun });
                position += 1;
            }
            Script::Japanese => dictionary::with_words(piece, |worker| {
                let mut run = Run { range: range.clone(), words: Vec::with_capacity(worker.num_tokens()) };
                let mut words = Vec::with_capacity(worker.num_tokens());
                for word in worker.token_iter() {
                    let (part, entry) = (word.range_byte(), Entry::parse(word.feature()));
                    run.words.push(Segment { range: part.clone(), whole: entry.is_whole(word.surface()) });
                    // The dictionary sees particles in the ends of katakana words that it does not know.
                    let foreign = word.surface().chars().all(is_katakana);
                    let term = (foreign || entry.means_something()).then(|| term(word.surface(), entry.base));
                    words.push(Word { term, range: part, role: entry.role() });
                }
                for Word { term, range: part, role } in okurigana::joined(piece, words) {
                    let place = range.start + part.start..range.start + part.end;
                    tokens.extend(term.map(|term| Token { term, range: place, position, role }));
                    position += 1;
                }
                runs.push(run);
            }),
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

    /// Whether its parts are no words. The dictionary takes every katakana word it does not know for a name.
    fn is_whole(&self, surface: &str) -> bool {
        let is_name = self.detail == "固有名詞" && !surface.chars().all(is_katakana);
        is_name || matches!(self.part, "動詞" | "形容詞")
    }

    fn role(&self) -> Role {
        match (self.part, self.detail) {
            ("接頭詞", _) | (_, "接尾") => Role::Affix,
            ("名詞", _) => Role::Noun,
            _ => Role::Other,
        }
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
