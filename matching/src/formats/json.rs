//! The JSON of a market: keys are any texts, a list inside a list is a tie, order is the file's.
//!
//! ```json
//! {"candidates": {"C-1": ["O-1", ["O-2", "O-3"]], "C-2": {"slots": 2, "list": ["O-1", "O-2"]}},
//!  "openings": {"O-1": {"quota": 2, "list": ["C-1"]}, "O-2": {"quota": 1, "list": []},
//!               "O-3": {"quota": 0, "list": []}},
//!  "couples": [{"members": ["C-4", "C-5"], "list": [["O-1", "O-2"], ["O-1", null]]}]}
//! ```
//! A candidate has one slot, so that it gets at most one opening, and takes one day, unless its value is an object of
//! its list and other `slots` (0 or more) or other `days` (1 or more, then a quota counts days). A file has slots, or
//! days, or couples, never two of them.
//!
//! Members of a couple have no list of their own (or an empty one), no slots and no days, and need not stand among the
//! candidates. Members of the document that this format does not know are refused: a rule that is silently left out
//! is a wrong answer.

mod candidate;

use std::fmt;

use candidate::CandidateText;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::pairs::Pairs;
use super::{Couple, Fault, FormatError, Listing, Names, Repeats};
use crate::lists::Lists;
use crate::market::{MarketBuilder, Side};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object of candidates and openings")]
struct MarketText {
    candidates: Pairs<CandidateText>,
    openings: Pairs<OpeningText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    couples: Vec<CoupleText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object of a quota and a list")]
struct OpeningText {
    quota: u32,
    list: Vec<Group>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object of members and a list")]
struct CoupleText {
    members: [String; 2],
    list: Vec<[Option<String>; 2]>,
}

/// One key, or a tie of keys.
#[derive(Serialize)]
#[serde(untagged)]
enum Group {
    One(String),
    Tie(Vec<String>),
}

impl Group {
    fn keys(&self) -> &[String] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Tie(keys) => keys,
        }
    }
}

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct GroupVisitor;
        impl<'de> Visitor<'de> for GroupVisitor {
            type Value = Group;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key or a list of keys (a tie)")
            }

            fn visit_str<E>(self, key: &str) -> Result<Group, E> {
                Ok(Group::One(key.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut keys: A) -> Result<Group, A::Error> {
                let mut tie = Vec::new();
                while let Some(key) = keys.next_element()? {
                    tie.push(key);
                }
                Ok(Group::Tie(tie))
            }
        }
        deserializer.deserialize_any(GroupVisitor)
    }
}

/// Reads a market.
///
/// # Errors
/// What is not JSON of this shape, with its line; an unknown or repeated key, with the member it stands in.
pub fn read(text: &str) -> Result<Listing, FormatError> {
    let MarketText { candidates: by_candidate, openings: by_opening, couples } = parse(text)?;
    let mut candidates = names(Side::Candidate, "candidates", &by_candidate)?;
    let openings = names(Side::Opening, "openings", &by_opening)?;
    let couples = read_couples(&couples, &by_candidate, &mut candidates, &openings)?;
    check_sizes(&by_candidate, !couples.is_empty())?;
    let slots = sizes(&by_candidate, candidates.len(), |text| text.slots);
    let days = sizes(&by_candidate, candidates.len(), |text| text.days);

    let mut lists = MarketBuilder::default();
    let mut entries = Entries { side: Side::Opening, names: &openings, seen: Repeats::among(openings.len()) };
    for (agent, (key, CandidateText { list, .. })) in (0..).zip(&by_candidate.0) {
        let place = || format!("candidates.{key:?}");
        lists.candidate_with_ties(entries.groups(agent, list).map_err(|fault| fault.at_member(place()))?);
    }
    for _ in by_candidate.0.len()..candidates.len() {
        lists.candidate([]);
    }
    let seen = Repeats::among(candidates.len());
    let mut entries = Entries { side: Side::Candidate, names: &candidates, seen };
    for (agent, (key, OpeningText { quota, list })) in (0..).zip(&by_opening.0) {
        let place = || format!("openings.{key:?}.list");
        lists.opening_with_ties(
            *quota,
            entries.groups(agent, list).map_err(|fault| fault.at_member(place()))?,
        );
    }
    Ok(Listing { candidates, openings, lists, couples, slots, days })
}

/// Reads one JSON document of a known shape; `serde_json` names the line in its message.
pub(super) fn parse<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, FormatError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A list would be read as an object's members in their order, which nobody means.
    if text.trim_start().starts_with('[') {
        return Err(Fault::Json("expected an object, found a list".to_owned()).at_line(1));
    }
    serde_json::from_str(text).map_err(|error| {
        let whole = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        // Many a document is one line, so the column is what finds the place.
        let cause = whole.strip_suffix(&place).unwrap_or(&whole);
        Fault::Json(format!("{cause}, column {}", error.column())).at_line(error.line())
    })
}

fn names<V>(side: Side, member: &str, pairs: &Pairs<V>) -> Result<Names, FormatError> {
    Names::new(pairs.0.iter().map(|(key, _)| key.clone()))
        .map_err(|id| Fault::AgentTwice { side, id }.at_member(member.to_owned()))
}

/// Refuses candidates of no days, slots and days in one file, and either beside couples.
fn check_sizes(candidates: &Pairs<CandidateText>, couples: bool) -> Result<(), FormatError> {
    let sized = |text: &CandidateText| text.slots.or(text.days).is_some_and(|size| size != 1);
    if let Some((key, _)) = candidates.0.iter().find(|(_, text)| couples && sized(text)) {
        return Err(Fault::CouplesAndSizes.at_member(format!("candidates.{key:?}")));
    }
    let any_slots = candidates.0.iter().any(|(_, text)| text.slots.is_some());
    for (key, text) in candidates.0.iter().filter(|(_, text)| text.days.is_some()) {
        let fault = if any_slots { Fault::SlotsAndDays } else { Fault::NoDays };
        if any_slots || text.days == Some(0) {
            return Err(fault.at_member(format!("candidates.{key:?}.days")));
        }
    }
    Ok(())
}

/// The slots or the days of all candidates; empty when all have one.
fn sizes(
    told: &Pairs<CandidateText>,
    candidates: usize,
    size: impl Fn(&CandidateText) -> Option<u32>,
) -> Vec<u32> {
    let mut sizes: Vec<u32> = told.0.iter().map(|(_, text)| size(text).unwrap_or(1)).collect();
    if sizes.iter().all(|&size| size == 1) {
        return Vec::new();
    }
    sizes.resize(candidates, 1);
    sizes
}

/// Turns the keys of one side's lists into numbers.
struct Entries<'a> {
    side: Side,
    names: &'a Names,
    seen: Repeats,
}

impl Entries<'_> {
    fn groups(&mut self, agent: u32, groups: &[Group]) -> Result<Vec<Vec<u32>>, Fault> {
        groups.iter().map(|group| self.group(agent, group.keys())).collect()
    }

    fn group(&mut self, agent: u32, keys: &[String]) -> Result<Vec<u32>, Fault> {
        if keys.is_empty() {
            return Err(Fault::EmptyTie);
        }
        let entry = |key: &String| {
            let entry = self.names.known(self.side, key)?;
            if self.seen.again(agent, entry) { Err(Fault::EntryTwice(key.clone())) } else { Ok(entry) }
        };
        keys.iter().map(entry).collect()
    }
}

fn read_couples(
    couples: &[CoupleText],
    by_candidate: &Pairs<CandidateText>,
    candidates: &mut Names,
    openings: &Names,
) -> Result<Vec<Couple>, FormatError> {
    let mut coupled = Names::default();
    let mut read = Vec::new();
    for (at, couple) in couples.iter().enumerate() {
        let place = |part: &str| format!("couples[{at}].{part}");
        let mut member = |key: &String| -> Result<u32, Fault> {
            coupled.add(key.clone()).map_err(Fault::MemberTwice)?;
            let Some(number) = candidates.number(key) else {
                return candidates.add(key.clone()).map_err(Fault::MemberTwice);
            };
            match by_candidate.0.get(number as usize) {
                Some((_, CandidateText { slots: None, days: None, list })) if list.is_empty() => Ok(number),
                Some((_, CandidateText { slots: None, days: None, .. })) => {
                    Err(Fault::MemberWithList(key.clone()))
                }
                Some(_) => Err(Fault::MemberWithSize(key.clone())),
                None => Ok(number),
            }
        };
        let [one, other] = &couple.members;
        let members = member(one).and_then(|one| Ok([one, member(other)?]));
        let choice =
            |key: &Option<String>| key.as_ref().map(|key| openings.known(Side::Opening, key)).transpose();
        let pair = |[one, other]: &[Option<String>; 2]| Ok([choice(one)?, choice(other)?]);
        let list = couple.list.iter().map(pair).collect::<Result<Vec<_>, Fault>>();
        let list = list.and_then(|list| super::check_joint_list(&list).map(|()| list));
        read.push(Couple {
            members: members.map_err(|fault| fault.at_member(place("members")))?,
            list: list.map_err(|fault| fault.at_member(place("list")))?,
        });
    }
    Ok(read)
}

/// Writes a market, in its order; a couple's member stands among the candidates with an empty list.
pub fn write(listing: &Listing) -> String {
    let Listing { candidates, openings, lists, couples, slots, days } = listing;
    let other_than_one =
        |sizes: &[u32], agent: u32| sizes.get(agent as usize).copied().filter(|&size| size != 1);
    let candidate = |agent: u32| CandidateText {
        slots: other_than_one(slots, agent),
        days: other_than_one(days, agent),
        list: groups(lists.candidates(), agent, openings),
    };
    let opening = |agent: u32| OpeningText {
        quota: lists.quota(agent),
        list: groups(lists.openings(), agent, candidates),
    };
    let key = |choice: Option<u32>| choice.map(|opening| openings.key(opening).to_owned());
    let couple = |couple: &Couple| CoupleText {
        members: couple.members.map(|member| candidates.key(member).to_owned()),
        list: couple.list.iter().map(|pair| pair.map(key)).collect(),
    };
    to_text(&MarketText {
        candidates: Pairs(by_key(candidates, candidate)),
        openings: Pairs(by_key(openings, opening)),
        couples: couples.iter().map(couple).collect(),
    })
}

fn by_key<V>(names: &Names, value: impl Fn(u32) -> V) -> Vec<(String, V)> {
    names.keys().iter().cloned().zip((0..).map(value)).collect()
}

fn groups(lists: &Lists, agent: u32, partners: &Names) -> Vec<Group> {
    let group = |group: &[u32]| match group {
        [entry] => Group::One(partners.key(*entry).to_owned()),
        entries => Group::Tie(entries.iter().map(|&entry| partners.key(entry).to_owned()).collect()),
    };
    lists.groups(agent as usize).map(group).collect()
}

/// A document as text with a line end.
pub(super) fn to_text(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("texts and numbers always have a JSON form");
    text.push('\n');
    text
}
