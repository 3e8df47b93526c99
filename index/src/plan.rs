//! The words of a question, taken apart as far as they must be: as they were typed, and where a word is found nowhere in any of
//! its ways ([`Asked`]), the words it consists of (酒蔵で週1回働く番頭), of which two thirds suffice.

use crate::asked::{Asked, Known, first_found};
use crate::document::Note;
use crate::normalise::is_katakana;
use crate::pattern::Word;
use crate::synonyms::Term;

/// Characters of a question that are read.
const MAX_CHARS: usize = 200;
/// Words of a question that are asked.
const MAX_WORDS: usize = 12;

/// The words to be asked.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub words: Vec<Word>,
    /// How many of the words suffice: all that were typed apart, and most of those that a sentence consists of.
    pub enough: usize,
    pub notes: Vec<Note>,
}

/// Plans a question. `found` says whether any document of the collection has the word.
pub(crate) fn plan<E>(
    text: &str,
    known: Known<'_>,
    mut found: impl FnMut(&Word) -> Result<bool, E>,
) -> Result<Plan, E> {
    let mut plan = Plan::default();
    let kept = text.char_indices().nth(MAX_CHARS).map_or(text, |(at, _)| &text[..at]);
    let mut asked = split(kept);
    if kept.len() < text.len() || asked.len() > MAX_WORDS {
        asked.truncate(MAX_WORDS);
        plan.notes.push(Note::Cut { kept: asked.join(" ") });
    }
    for word in asked {
        let term = Asked(Term::new(word), known);
        let steps = term.steps();
        let searchable = steps.iter().any(|step| !step.is_empty());
        if let Some(step) = first_found(&steps, &mut found)? {
            plan.words.push(step);
            plan.enough += 1;
            continue;
        }
        let units = term.units();
        if units.iter().any(|unit| unit.text() != term.text()) {
            let mut words = Vec::with_capacity(units.len());
            for unit in units {
                let word = match first_found(&unit.steps(), &mut found)? {
                    None => unit.core_found(&mut found)?,
                    word => word,
                };
                words.push(word.unwrap_or_default());
            }
            // 宇宙飛行士 that is nowhere, nor its parts, is one word that is missing, not two. So is ブロックチェーン, of
            // which a chain of shops has only a part.
            let foreign = term.text().chars().all(is_katakana);
            if words.iter().all(Vec::is_empty) || (foreign && words.iter().any(Vec::is_empty)) {
                words = vec![Word::new()];
                plan.notes.extend(term.perhaps(&mut found)?);
            }
            plan.enough += enough_of(words.len());
            plan.words.extend(words);
        } else if searchable {
            plan.notes.extend(term.perhaps(&mut found)?);
            plan.words.push(term.core_found(&mut found)?.unwrap_or_default());
            plan.enough += 1;
        } else {
            plan.notes.push(Note::Ignored { word: word.to_owned() });
        }
    }
    if plan.words.len() > MAX_WORDS {
        plan.words.truncate(MAX_WORDS);
        if plan.notes.iter().all(|note| !matches!(note, Note::Cut { .. })) {
            plan.notes.push(Note::Cut { kept: kept.to_owned() });
        }
    }
    Ok(plan)
}

/// How many of the words of a sentence suffice. Who writes a sentence does not choose each of its words: 週末だけ手伝える漆器の
/// 仕事 is wanted also where nobody speaks of the weekend.
fn enough_of(words: usize) -> usize {
    if words < 3 { words } else { (2 * words).div_ceil(3) }
}

/// Whether a character stands between the words of a question.
pub(crate) fn separates(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "、。,，/／|｜\"“”「」『』".contains(c)
}

/// The words of a question as they were typed, between spaces and commas, each once.
pub fn split(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(separates).filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}
