//! The Glasgow HRT text: a count of candidates, a count of openings, a line for each.
//!
//! ```text
//! 2              number of candidates
//! 1              number of openings
//! 1 1            id, then the list; ids count from 1
//! 2 1
//! 1 1 (2 1)      id, quota, then the list; a tie in parentheses
//! ```
//! Blank lines are allowed and `#` begins a comment. The order of the market is the order of the ids.

use std::fmt::Write;

use super::{Fault, FormatError, Listing, Names, Repeats, WriteError, number, telling_lines};
use crate::lists::Lists;
use crate::market::{MarketBuilder, Side};

/// Reads a market.
///
/// # Errors
/// The first line that is malformed, with its number.
pub fn read(text: &str) -> Result<Listing, FormatError> {
    let lines: Vec<(usize, &str)> = telling_lines(text).collect();
    let candidates = count(&lines, 0, Side::Candidate)?;
    let openings = count(&lines, 1, Side::Opening)?;
    let (rest, expected) = (&lines[2..], u64::from(candidates) + u64::from(openings));
    if (rest.len() as u64) < expected {
        let end = lines.last().map_or(1, |&(line, _)| line);
        return Err(Fault::TooFewLines { expected, found: rest.len() }.at_line(end));
    }
    if let Some(&(line, _)) = rest.get(expected as usize) {
        return Err(Fault::ExtraLine.at_line(line));
    }

    let mut lists = MarketBuilder::default();
    let (candidate_lines, opening_lines) = rest.split_at(candidates as usize);
    let mut repeats = Repeats::among(openings as usize);
    for (agent, (line, list)) in (0..).zip(by_id(Side::Candidate, candidate_lines)?) {
        let groups = groups(Side::Opening, list, agent, &mut repeats).map_err(|fault| fault.at_line(line))?;
        lists.candidate_with_ties(groups);
    }
    let mut repeats = Repeats::among(candidates as usize);
    for (agent, (line, rest)) in (0..).zip(by_id(Side::Opening, opening_lines)?) {
        let (quota, list) = first_word(rest);
        if quota.is_empty() {
            return Err(Fault::NoQuota.at_line(line));
        }
        let quota = number(quota).map_err(|fault| fault.at_line(line))?;
        let groups =
            groups(Side::Candidate, list, agent, &mut repeats).map_err(|fault| fault.at_line(line))?;
        lists.opening_with_ties(quota, groups);
    }
    let (candidates, openings) = (Names::counted(candidates), Names::counted(openings));
    Ok(Listing { candidates, openings, lists, ..Listing::default() })
}

/// The count in one of the first two lines.
fn count(lines: &[(usize, &str)], at: usize, side: Side) -> Result<u32, FormatError> {
    let Some(&(line, text)) = lines.get(at) else {
        let end = lines.last().map_or(1, |&(line, _)| line);
        return Err(Fault::NotACount(side).at_line(end));
    };
    if text.split_whitespace().count() != 1 {
        return Err(Fault::NotACount(side).at_line(line));
    }
    number(text).map_err(|fault| fault.at_line(line))
}

/// The lines of one side in the order of their ids, each without its id.
fn by_id<'a>(side: Side, lines: &[(usize, &'a str)]) -> Result<Vec<(usize, &'a str)>, FormatError> {
    let mut ordered = vec![None; lines.len()];
    for &(line, text) in lines {
        let (id, rest) = first_word(text);
        let at = known(side, id, lines.len()).map_err(|fault| fault.at_line(line))?;
        if ordered[at as usize].replace((line, rest)).is_some() {
            return Err(Fault::AgentTwice { side, id: id.to_owned() }.at_line(line));
        }
    }
    // As many lines as ids and none twice, so that every id has its line.
    Ok(ordered.into_iter().flatten().collect())
}

fn first_word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The number from 0 of an id from 1.
fn known(side: Side, id: &str, agents: usize) -> Result<u32, Fault> {
    let at = number(id)?.checked_sub(1).filter(|&at| (at as usize) < agents);
    at.ok_or_else(|| Fault::Unknown { side, id: id.to_owned() })
}

/// The groups of a list like `3 (1 2) 4`.
fn groups(side: Side, list: &str, agent: u32, repeats: &mut Repeats) -> Result<Vec<Vec<u32>>, Fault> {
    let mut groups = Vec::new();
    let mut tie: Option<Vec<u32>> = None;
    for word in list.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        match (word, &mut tie) {
            ("(", None) => tie = Some(Vec::new()),
            ("(", Some(_)) => return Err(Fault::NestedTie),
            (")", None) => return Err(Fault::UnmatchedTie),
            (")", Some(members)) if members.is_empty() => return Err(Fault::EmptyTie),
            (")", Some(_)) => groups.extend(tie.take()),
            (id, _) => {
                let entry = known(side, id, repeats.last.len())?;
                if repeats.again(agent, entry) {
                    return Err(Fault::EntryTwice(id.to_owned()));
                }
                match &mut tie {
                    Some(members) => members.push(entry),
                    None => groups.push(vec![entry]),
                }
            }
        }
    }
    if tie.is_some() { Err(Fault::UnmatchedTie) } else { Ok(groups) }
}

/// Writes a market. Keys that are not already `1`, `2`, … are given in comment lines, `# candidate 1 = C-007`.
///
/// # Errors
/// Couples, slots and days, which the format does not know.
pub fn write(listing: &Listing) -> Result<String, WriteError> {
    listing.check_no_sizes()?;
    if !listing.couples.is_empty() {
        return Err(WriteError::Couples);
    }
    let mut text = String::new();
    for (side, names) in [(Side::Candidate, &listing.candidates), (Side::Opening, &listing.openings)] {
        for (id, key) in (1u32..).zip(names.keys()).filter(|(id, key)| **key != id.to_string()) {
            let key = key.replace(char::is_control, " ");
            line(&mut text, format_args!("# {side} {id} = {key}"));
        }
    }
    line(&mut text, format_args!("{}", listing.candidates.len()));
    line(&mut text, format_args!("{}", listing.openings.len()));
    for agent in 0..listing.candidates.len() {
        line(&mut text, format_args!("{}{}", agent + 1, list_text(listing.lists.candidates(), agent)));
    }
    for agent in 0..listing.openings.len() {
        let quota = listing.lists.quota(agent as u32);
        line(&mut text, format_args!("{} {quota}{}", agent + 1, list_text(listing.lists.openings(), agent)));
    }
    Ok(text)
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a String takes any text");
}

/// A list with a space before each entry.
fn list_text(lists: &Lists, agent: usize) -> String {
    let group = |group: &[u32]| {
        let ids: Vec<String> = group.iter().map(|entry| (entry + 1).to_string()).collect();
        if group.len() == 1 { format!(" {}", ids[0]) } else { format!(" ({})", ids.join(" ")) }
    };
    lists.groups(agent).map(group).collect()
}
