//! Why no stable matching exists.

use super::market::CoupledMarket;
use crate::{Candidate, Opening};

/// Couples, singles and openings that cannot be satisfied together: however candidates are seated, one of these
/// openings holds more than its seats, or one of these couples or singles blocks.
///
/// The rest of the market has no part in it: a market of these couples and singles alone, with a seat for everybody
/// at every other opening that has any, has no stable matching either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Couples, by number, at least one.
    pub couples: Vec<u32>,
    /// Singles.
    pub singles: Vec<Candidate>,
    /// Openings whose seats are too few.
    pub openings: Vec<Opening>,
    /// Whether each of them is needed for the contradiction; else patience ended before that was known.
    pub minimal: bool,
}

impl Clash {
    /// The candidates it touches, members of couples among them, in order.
    pub fn candidates(&self, market: &CoupledMarket) -> Vec<Candidate> {
        let couples = market.couples().iter().zip(0..).filter(|(_, number)| self.couples.contains(number));
        let mut candidates: Vec<Candidate> = couples.flat_map(|(couple, _)| couple.members).collect();
        candidates.extend(&self.singles);
        candidates.sort_unstable();
        candidates
    }
}

impl std::fmt::Display for Clash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = [("couple", &self.couples), ("candidate", &self.singles), ("opening", &self.openings)];
        let mut words =
            all.map(|(word, numbers)| numbered(word, numbers)).into_iter().filter(|words| !words.is_empty());
        let first = words.next().unwrap_or_default();
        write!(
            f,
            "however candidates are seated, one of these blocks or holds more than its seats: {first}"
        )?;
        words.try_for_each(|words| write!(f, "; {words}"))
    }
}

/// `couple 1`, `couples 1, 2`, or nothing.
fn numbered(word: &str, numbers: &[u32]) -> String {
    let list = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match numbers.len() {
        0 => list,
        1 => format!("{word} {list}"),
        _ => format!("{word}s {list}"),
    }
}
