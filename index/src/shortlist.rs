//! How far the texts of one collection resemble those of another, for shortlists: everybody's words beside everybody's,
//! both ways.
//!
//! Useful for batches of thousands of texts. Not useful for questions, and not for hard conditions (region, days, pay):
//! those are compared elsewhere, for all pairs. No phrases, no synonyms: in a batch they cost more than everything else.
//! Nothing here reads an index: the same texts give the same figures on every machine, whatever an index holds or has
//! deleted, and all arithmetic is in whole numbers.
//!
//! A text asks by the ten nouns that say most in it: those it has often and few texts of the other collection have
//! (tf·idf; Salton and Buckley 1988). A text that has one of them counts by how often it has it, with less for each further
//! time (the saturation of BM25; Robertson and Zaragoza 2009). The one most alike has 1000 thousandths.

use std::collections::{BTreeMap, HashMap};

use crate::analysis::{Role, analyse};
use crate::processors;

/// Terms of a text that are asked.
const MAX_ASKED: usize = 10;
/// Characters of a text that are read.
const MAX_CHARS: usize = 10_000;
/// Times beyond which one more says nothing.
const MOST_TIMES: u16 = 32;
/// Texts that are cut before their terms are numbered: their terms are held as text meanwhile.
const AT_ONCE: usize = 4096;

/// Which of two collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first.
    One,
    /// The second.
    Other,
}

/// Two collections of texts, each text of one comparable with all of the other. Threads may share it.
#[derive(Debug, Default)]
pub struct Resemblance {
    one: Collection,
    other: Collection,
}

#[derive(Debug, Default)]
struct Collection {
    /// For each text, what it asks the other collection: terms with their weight.
    asked: Vec<Vec<(u32, u32)>>,
    /// For each text, what the one most alike reaches.
    most: Vec<u32>,
    /// For each term, the texts that have it and how often, in order.
    holders: Vec<Vec<(u32, u16)>>,
}

/// The terms of texts with how often each text has them.
type Counted = Vec<Vec<(u32, u16)>>;

impl Resemblance {
    /// Compares `ones` texts with `others`, each given by its place. Cost: cuts all texts, some 100 microseconds each,
    /// spread over the processors. Memory: about 1 KB a text.
    pub fn of(
        ones: usize,
        one: impl Fn(usize) -> String + Sync,
        others: usize,
        other: impl Fn(usize) -> String + Sync,
    ) -> Self {
        let mut terms = HashMap::new();
        let mut ones = counted(ones, &one, &mut terms);
        let mut others = counted(others, &other, &mut terms);
        let terms = by_spelling(terms);
        for (term, _) in ones.iter_mut().chain(&mut others).flatten() {
            *term = terms[*term as usize];
        }
        let mut both = Self {
            one: Collection { holders: holders(&ones, terms.len()), ..Collection::default() },
            other: Collection { holders: holders(&others, terms.len()), ..Collection::default() },
        };
        both.one.asked = asked(&ones, &both.other.holders, others.len());
        both.other.asked = asked(&others, &both.one.holders, ones.len());
        both.one.most = both.mosts(Side::One, others.len());
        both.other.most = both.mosts(Side::Other, ones.len());
        both
    }

    /// For each text of the other collection, how far it has what a text of `side` asks, in thousandths of the one that
    /// has most of it. `out` holds one figure a text of the other collection, at its place.
    pub fn spread(&self, side: Side, at: usize, out: &mut [u32]) {
        let (own, _) = self.sides(side);
        self.sums(side, at, out);
        let most = own.most.get(at).copied().unwrap_or_default();
        out.iter_mut().for_each(|sum| *sum = thousandths(*sum, most));
    }

    /// The figure of [`Resemblance::spread`] for one text of the other collection.
    pub fn with(&self, side: Side, at: usize, partner: usize) -> u32 {
        let (own, other) = self.sides(side);
        let Ok(partner) = u32::try_from(partner) else { return 0 };
        let has = |&(term, weight): &(u32, u32)| {
            let holders = other.holders.get(term as usize)?;
            let place = holders.binary_search_by_key(&partner, |(text, _)| *text).ok()?;
            Some(weight * saturated(holders[place].1))
        };
        let sum = own.asked.get(at).into_iter().flatten().filter_map(has).sum();
        thousandths(sum, own.most.get(at).copied().unwrap_or_default())
    }

    fn sides(&self, side: Side) -> (&Collection, &Collection) {
        match side {
            Side::One => (&self.one, &self.other),
            Side::Other => (&self.other, &self.one),
        }
    }

    fn sums(&self, side: Side, at: usize, out: &mut [u32]) {
        let (own, other) = self.sides(side);
        out.fill(0);
        for &(term, weight) in own.asked.get(at).into_iter().flatten() {
            for &(text, times) in other.holders.get(term as usize).into_iter().flatten() {
                if let Some(sum) = out.get_mut(text as usize) {
                    *sum += weight * saturated(times);
                }
            }
        }
    }

    fn mosts(&self, side: Side, others: usize) -> Vec<u32> {
        let count = self.sides(side).0.asked.len();
        let mosts = processors::share(count, 1, |places| {
            let mut sums = vec![0; others];
            let most = |at: usize| {
                self.sums(side, at, &mut sums);
                sums.iter().copied().max().unwrap_or_default()
            };
            places.map(most).collect::<Vec<_>>()
        });
        mosts.concat()
    }
}

/// Cuts texts and numbers their terms.
fn counted(
    count: usize,
    text: &(impl Fn(usize) -> String + Sync),
    terms: &mut HashMap<String, u32>,
) -> Counted {
    let mut all = Vec::with_capacity(count);
    for begin in (0..count).step_by(AT_ONCE) {
        let length = AT_ONCE.min(count - begin);
        let cut =
            processors::share(length, 1, |run| run.map(|at| nouns(&text(begin + at))).collect::<Vec<_>>());
        for nouns in cut.into_iter().flatten() {
            let number = |(term, times): (String, u16)| {
                let next = terms.len() as u32;
                (*terms.entry(term).or_insert(next), times)
            };
            all.push(nouns.into_iter().map(number).collect());
        }
    }
    all
}

/// For each number of a term, its number in the order of spelling: which of equally rare terms a text asks does not hang on
/// who else is there.
fn by_spelling(terms: HashMap<String, u32>) -> Vec<u32> {
    let mut spelled: Vec<(String, u32)> = terms.into_iter().collect();
    spelled.sort_unstable();
    let mut numbers = vec![0; spelled.len()];
    for (number, (_, before)) in (0..).zip(spelled) {
        numbers[before as usize] = number;
    }
    numbers
}

fn nouns(text: &str) -> BTreeMap<String, u16> {
    let text = text.char_indices().nth(MAX_CHARS).map_or(text, |(at, _)| &text[..at]);
    let mut times = BTreeMap::new();
    for token in analyse(text).tokens.into_iter().filter(|token| token.role == Role::Noun) {
        let count: &mut u16 = times.entry(token.term).or_default();
        *count = (*count + 1).min(MOST_TIMES);
    }
    times
}

fn holders(texts: &Counted, terms: usize) -> Vec<Vec<(u32, u16)>> {
    let mut holders = vec![Vec::new(); terms];
    for (place, text) in (0..).zip(texts) {
        for &(term, times) in text {
            holders[term as usize].push((place, times));
        }
    }
    holders
}

/// The terms by which each text asks, equals in the order of their spelling.
fn asked(texts: &Counted, holders: &[Vec<(u32, u16)>], others: usize) -> Vec<Vec<(u32, u32)>> {
    let of_text = |text: &Vec<(u32, u16)>| {
        let weighed = text.iter().filter_map(|&(term, times)| {
            let holders = holders.get(term as usize).filter(|holders| !holders.is_empty())?;
            Some((term, root(times) * rarity(holders.len(), others)))
        });
        let mut weighed: Vec<(u32, u32)> = weighed.collect();
        weighed.sort_unstable_by_key(|(term, weight)| (std::cmp::Reverse(*weight), *term));
        weighed.truncate(MAX_ASKED);
        weighed
    };
    texts.iter().map(of_text).collect()
}

/// Eight times the square root.
fn root(times: u16) -> u32 {
    (u32::from(times) * 64).isqrt()
}

/// Eight times the binary logarithm of one more than how many texts there are for each that has the term.
fn rarity(holders: usize, texts: usize) -> u32 {
    // log2(x) · 8 = log2(x⁸); beyond 2¹⁵ a term is as rare as can be, and the power still fits.
    let ratio = (1 + texts / holders.max(1)).min(1 << 15) as u128;
    ratio.pow(8).ilog2()
}

/// A term that is there, in sixteenths of one that is there ever so often.
fn saturated(times: u16) -> u32 {
    u32::from(times) * 16 / (u32::from(times) + 1)
}

fn thousandths(sum: u32, most: u32) -> u32 {
    match most {
        0 => 0,
        most => (u64::from(sum) * 1000 / u64::from(most)) as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTS: [&str; 3] = ["酒蔵の海外営業を率いる", "旅館の経理を整える", "酒蔵の経理"];

    fn compared(persons: &[&str]) -> Resemblance {
        let one = |at: usize| persons[at].to_owned();
        Resemblance::of(persons.len(), one, POSTS.len(), |at| POSTS[at].to_owned())
    }

    #[test]
    fn the_text_with_most_of_what_is_asked_has_a_thousand() {
        let both = compared(&["海外営業と酒蔵の経験", "料理"]);
        let mut figures = vec![0; POSTS.len()];
        both.spread(Side::One, 0, &mut figures);
        assert_eq!(figures[0], 1000);
        assert!(figures[2] > 0 && figures[2] < 1000);
        assert_eq!(figures[1], 0);
        both.spread(Side::One, 1, &mut figures);
        assert_eq!(figures, [0, 0, 0]);
    }

    #[test]
    fn one_figure_alone_is_the_same_as_among_all_in_both_directions() {
        let persons = ["海外営業と酒蔵の経験", "経理ひとすじ、経理を二社で", "旅館と酒蔵"];
        let both = compared(&persons);
        for side in [Side::One, Side::Other] {
            for at in 0..3 {
                let mut figures = vec![0; 3];
                both.spread(side, at, &mut figures);
                let alone: Vec<u32> = (0..3).map(|partner| both.with(side, at, partner)).collect();
                assert_eq!(figures, alone);
            }
        }
    }

    #[test]
    fn a_text_asks_the_same_whoever_else_is_beside_it() {
        // More equally rare words than are asked, first met in another text in another order.
        let words = "味噌、醤油、海苔、茶、紙、漆、竹、鉄、硝子、木工、染物、織物";
        let turned: Vec<&str> = words.split('、').rev().collect();
        let posts = [words.to_owned(), turned[..6].join("、"), turned[6..].join("、")];
        let figures = |persons: &[&str]| {
            let one = |at: usize| persons[at].to_owned();
            let both = Resemblance::of(persons.len(), one, posts.len(), |at| posts[at].clone());
            (0..posts.len()).map(|post| both.with(Side::One, persons.len() - 1, post)).collect::<Vec<_>>()
        };
        assert_eq!(figures(&[words]), figures(&[&turned.join("、"), words]));
    }

    #[test]
    fn rarity_is_eight_times_a_logarithm() {
        assert_eq!(rarity(1, 1), 8);
        assert_eq!(rarity(1, 3), 16);
        assert_eq!(rarity(10, 10), 8);
        assert_eq!(rarity(2, 5), 12);
    }
}
