//! A candidate's value: its list, or an object of its list with its slots or its days.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Group;

/// What stands at a candidate's key.
pub(super) struct CandidateText {
    /// How many openings it may have, when told.
    pub slots: Option<u32>,
    /// How many of an opening's days it takes, when told.
    pub days: Option<u32>,
    pub list: Vec<Group>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SizedText<L> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slots: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    list: L,
}

impl Serialize for CandidateText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self { slots: None, days: None, ref list } => list.serialize(serializer),
            Self { slots, days, ref list } => SizedText { slots, days, list }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for CandidateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CandidateVisitor)
    }
}

struct CandidateVisitor;

impl<'de> Visitor<'de> for CandidateVisitor {
    type Value = CandidateText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object of slots or days and a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut groups: A) -> Result<CandidateText, A::Error> {
        let mut list = Vec::new();
        while let Some(group) = groups.next_element()? {
            list.push(group);
        }
        Ok(CandidateText { slots: None, days: None, list })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<CandidateText, A::Error> {
        let SizedText { slots, days, list } = SizedText::deserialize(MapAccessDeserializer::new(members))?;
        if slots.is_none() && days.is_none() {
            return Err(A::Error::custom("a candidate's object needs slots or days"));
        }
        Ok(CandidateText { slots, days, list })
    }
}
