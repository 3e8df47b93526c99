//! The suite text: one letter a line says who it is about.
//!
//! ```text
//! r 1 10 20             candidate (resident), then its list
//! c 2 3 10 20 10 -1     couple of two candidates, then pairs of openings; -1 = that member unmatched
//! p 10 1 2 1            opening (programme), quota, then its list
//! p 20 1 3 1
//! ```
//! Ids are any words without blanks. Lists are strict. The order of the market is the order of the lines. Blank
//! lines are allowed and `#` begins a comment.

use super::{Couple, Fault, FormatError, Listing, Names, Repeats, WriteError, number, telling_lines};
use crate::market::Side;

/// The word for "that member unmatched" in a couple's list.
const UNMATCHED: &str = "-1";

/// Reads a market.
///
/// # Errors
/// The first line that is malformed, with its number.
pub fn read(text: &str) -> Result<Listing, FormatError> {
    let lines: Vec<(usize, Vec<&str>)> =
        telling_lines(text).map(|(line, text)| (line, text.split_whitespace().collect())).collect();
    let mut listing = Listing::default();
    for (line, words) in &lines {
        name(&mut listing, words).map_err(|fault| fault.at_line(*line))?;
    }
    let mut reader = Reader {
        openings_seen: Repeats::among(listing.openings.len()),
        candidates_seen: Repeats::among(listing.candidates.len()),
        listing,
    };
    for (line, words) in &lines {
        reader.line(words).map_err(|fault| fault.at_line(*line))?;
    }
    Ok(reader.listing)
}

/// First pass: who there is.
fn name(listing: &mut Listing, words: &[&str]) -> Result<(), Fault> {
    let (ids, side) = match words {
        ["r", id, ..] => (vec![*id], Side::Candidate),
        ["c", one, other, ..] => (vec![*one, *other], Side::Candidate),
        ["p", id, ..] => (vec![*id], Side::Opening),
        ["r" | "p", ..] => return Err(Fault::NoId),
        ["c", ..] => return Err(Fault::HalfPair),
        _ => return Err(Fault::UnknownLine(words.first().copied().unwrap_or_default().to_owned())),
    };
    for id in ids {
        let names = if side == Side::Candidate { &mut listing.candidates } else { &mut listing.openings };
        names.add(id.to_owned()).map_err(|id| Fault::AgentTwice { side, id })?;
    }
    Ok(())
}

/// Second pass: what they want.
struct Reader {
    listing: Listing,
    openings_seen: Repeats,
    candidates_seen: Repeats,
}

impl Reader {
    fn line(&mut self, words: &[&str]) -> Result<(), Fault> {
        let Listing { candidates, openings, lists, couples, .. } = &mut self.listing;
        match words {
            ["r", _, list @ ..] => {
                let agent = lists.candidates().len() as u32;
                lists.candidate(strict(Side::Opening, openings, list, agent, &mut self.openings_seen)?);
            }
            ["p", _, quota, list @ ..] => {
                let agent = lists.openings().len() as u32;
                let list = strict(Side::Candidate, candidates, list, agent, &mut self.candidates_seen)?;
                lists.opening(number(quota)?, list);
            }
            ["c", one, other, list @ ..] => {
                couples.push(Couple {
                    members: [
                        candidates.known(Side::Candidate, one)?,
                        candidates.known(Side::Candidate, other)?,
                    ],
                    list: joint(openings, list)?,
                });
                lists.candidate([]);
                lists.candidate([]);
            }
            _ => return Err(Fault::NoQuota),
        }
        Ok(())
    }
}

fn strict(
    side: Side,
    names: &Names,
    ids: &[&str],
    agent: u32,
    seen: &mut Repeats,
) -> Result<Vec<u32>, Fault> {
    let entry = |id: &&str| {
        let entry = names.known(side, id)?;
        if seen.again(agent, entry) { Err(Fault::EntryTwice((*id).to_owned())) } else { Ok(entry) }
    };
    ids.iter().map(entry).collect()
}

fn joint(openings: &Names, words: &[&str]) -> Result<Vec<[Option<u32>; 2]>, Fault> {
    let (pairs, rest) = words.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(Fault::HalfPair);
    }
    let choice = |word: &str| match word {
        UNMATCHED => Ok(None),
        id => openings.known(Side::Opening, id).map(Some),
    };
    let list =
        pairs.iter().map(|[one, other]| Ok([choice(one)?, choice(other)?])).collect::<Result<Vec<_>, _>>()?;
    super::check_joint_list(&list)?;
    Ok(list)
}

/// Writes a market.
///
/// # Errors
/// Ties, slots and days, and keys that are empty or hold blanks, `#` or the word for unmatched.
pub fn write(listing: &Listing) -> Result<String, WriteError> {
    listing.check_no_sizes()?;
    let Listing { candidates, openings, lists, couples, .. } = listing;
    let unfit = |key: &&String| {
        key.is_empty() || key.contains(|c: char| c.is_whitespace() || c == '#') || *key == UNMATCHED
    };
    if let Some(key) = candidates.keys().iter().chain(openings.keys()).find(unfit) {
        return Err(WriteError::Key(key.clone()));
    }
    let mut couple_of: Vec<Option<&Couple>> = vec![None; candidates.len()];
    for couple in couples {
        for member in couple.members {
            couple_of[member as usize] = Some(couple);
        }
    }
    let mut text = Vec::new();
    for (agent, couple) in (0..).zip(couple_of) {
        // A couple is told of once, at its first member.
        match couple {
            None => text.push(format!(
                "r {}{}",
                candidates.key(agent),
                words(lists.candidates(), agent, openings)?
            )),
            Some(couple) if couple.members.iter().min() == Some(&agent) => {
                let [one, other] = couple.members.map(|member| candidates.key(member));
                let word = |choice: Option<u32>| choice.map_or(UNMATCHED, |opening| openings.key(opening));
                let list = couple.list.iter().map(|[a, b]| format!(" {} {}", word(*a), word(*b)));
                text.push(format!("c {one} {other}{}", list.collect::<String>()));
            }
            Some(_) => {}
        }
    }
    for agent in 0..openings.len() as u32 {
        let list = words(lists.openings(), agent, candidates)?;
        text.push(format!("p {} {}{list}", openings.key(agent), lists.quota(agent)));
    }
    text.push(String::new());
    Ok(text.join("\n"))
}

/// A strict list with a space before each entry.
fn words(lists: &crate::Lists, agent: u32, partners: &Names) -> Result<String, WriteError> {
    let mut text = String::new();
    for group in lists.groups(agent as usize) {
        let [entry] = group else { return Err(WriteError::Ties) };
        text.push(' ');
        text.push_str(partners.key(*entry));
    }
    Ok(text)
}
