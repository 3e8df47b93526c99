//! What would make a profile better read. Advice never stops anybody from saving.

use super::form::tags;
use crate::domain::{CandidateFacts, SideJob};
use crate::store::drafts::Fields;

/// How many of the parts that firms read first are filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Parts that are filled in.
    pub done: usize,
    /// All of them.
    pub of: usize,
    /// Fields of the others.
    pub missing: Vec<&'static str>,
}

/// Tells what is filled in.
pub fn completeness(facts: &CandidateFacts) -> Completeness {
    let parts = [
        ("headline", facts.headline.is_some()),
        ("track", facts.track.is_some()),
        ("resolve", facts.more.resolve.is_some()),
        ("areas", facts.areas.is_some()),
        ("days_from", facts.days.is_some()),
        ("contract", facts.contract.is_some()),
        ("side_job", facts.side_job != SideJob::Unknown),
        ("summary", facts.summary.is_some()),
        ("skills", !facts.skills.is_empty()),
        ("achievements", facts.achievements.is_some()),
        ("motive", facts.motive.is_some()),
    ];
    let missing: Vec<_> = parts.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    Completeness { done: parts.len() - missing.len(), of: parts.len(), missing }
}

/// A piece of advice about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The field.
    pub field: &'static str,
    /// What it is about.
    pub about: About,
}

/// What a piece of advice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// It reads best with so many characters.
    Length {
        /// There are so many.
        now: usize,
        /// At least.
        from: usize,
        /// At most.
        to: usize,
    },
    /// It reads best with so many entries.
    Count {
        /// There are so many.
        now: usize,
        /// At least.
        from: usize,
        /// At most.
        to: usize,
    },
    /// The name stands in a text that is shown without the name.
    Name,
    /// A word about what nobody needs to tell: age, sex, family, origin, health.
    Private {
        /// The word.
        word: &'static str,
    },
}

/// Lengths that read well, in characters.
const LENGTHS: [(&str, usize, usize); 4] =
    [("headline", 20, 40), ("summary", 200, 400), ("motive", 200, 500), ("learn", 0, 200)];
/// Words that lead to what law and decency keep out of a choice.
const PRIVATE: [&str; 14] = [
    "歳です",
    "才です",
    "生年月日",
    "性別",
    "既婚",
    "独身",
    "配偶者",
    "子ども",
    "子供",
    "本籍",
    "宗教",
    "持病",
    "病歴",
    "障害",
];
const FREE: [&str; 8] =
    ["headline", "summary", "achievements", "motive", "learn", "housing", "livelihood", "community"];

/// Advice about a form as typed, in order of its fields.
pub fn advice(form: &Fields) -> Vec<Advice> {
    let text = |name: &str| form.get(name).map(|text| text.trim()).unwrap_or_default();
    let mut all = Vec::new();
    for (field, from, to) in LENGTHS {
        let now = text(field).chars().filter(|c| !c.is_whitespace()).count();
        if now > 0 && !(from..=to).contains(&now) {
            all.push(Advice { field, about: About::Length { now, from, to } });
        }
    }
    let lines = text("achievements").lines().filter(|line| !line.trim().is_empty()).count();
    let counts = [
        ("achievements", lines, 3, 6),
        ("skills", tags(text("skills")).len(), 5, 15),
        ("ties", tags(text("ties")).len(), 0, 3),
    ];
    for (field, now, from, to) in counts {
        if now > 0 && !(from..=to).contains(&now) {
            all.push(Advice { field, about: About::Count { now, from, to } });
        }
    }
    let name: String = text("name").split_whitespace().collect();
    for field in FREE {
        let words = text(field);
        let joined: String = words.split_whitespace().collect();
        if name.chars().count() >= 2 && joined.contains(&name) {
            all.push(Advice { field, about: About::Name });
        }
        if let Some(word) = PRIVATE.into_iter().find(|word| words.contains(word)) {
            all.push(Advice { field, about: About::Private { word } });
        }
    }
    all
}
