//! The seven kinds of sheets: their columns, spelled once each, and what one row of each says.

pub(super) mod candidates;
pub(super) mod couples;
pub(super) mod firms;
pub(super) mod interests;
pub(super) mod openings;
pub(super) mod rankings;

use unicode_normalization::UnicodeNormalization;

use super::columns::Column;

/// What one row of a sheet is, in the order in which sheets are imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A firm.
    Firms,
    /// An opening of a firm.
    Openings,
    /// A person.
    Candidates,
    /// A person's interest in an opening.
    Interests,
    /// An entry of a candidate's rank-order list.
    RankingsCandidates,
    /// An entry of an opening's rank-order list.
    RankingsOpenings,
    /// Two people who want to move together.
    Couples,
}

impl Kind {
    /// Every kind, in import order.
    pub const ALL: [Self; 7] = [
        Self::Firms,
        Self::Openings,
        Self::Candidates,
        Self::Interests,
        Self::RankingsCandidates,
        Self::RankingsOpenings,
        Self::Couples,
    ];

    /// The name of its file, without extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Firms => "firms",
            Self::Openings => "openings",
            Self::Candidates => "candidates",
            Self::Interests => "interests",
            Self::RankingsCandidates => "rankings_candidates",
            Self::RankingsOpenings => "rankings_openings",
            Self::Couples => "couples",
        }
    }

    /// Its columns.
    pub(super) fn columns(self) -> &'static [Column] {
        match self {
            Self::Firms => firms::COLUMNS,
            Self::Openings => openings::COLUMNS,
            Self::Candidates => candidates::COLUMNS,
            Self::Interests => interests::COLUMNS,
            Self::RankingsCandidates => rankings::OF_CANDIDATES,
            Self::RankingsOpenings => rankings::OF_OPENINGS,
            Self::Couples => couples::COLUMNS,
        }
    }

    /// The kind that a file's or sheet's name tells: `2026_firms_v2`. None where it tells no kind, or two.
    pub(super) fn told_by_name(name: &str) -> Option<Self> {
        let mut rest: String = name.nfkc().flat_map(char::to_lowercase).collect::<String>().replace('-', "_");
        let mut told = None;
        // Longer names first: rankings_openings names openings too.
        let mut kinds = Self::ALL;
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.name().len()));
        for kind in kinds {
            if let Some(without) = without_word(&rest, kind.name()) {
                if told.is_some() {
                    return None;
                }
                told = Some(kind);
                rest = without;
            }
        }
        told
    }
}

/// The name without the word, if it stands there as a word of its own: `confirms` does not name firms.
fn without_word(name: &str, word: &str) -> Option<String> {
    let at = name.find(word)?;
    let (before, behind) = (&name[..at], &name[at + word.len()..]);
    let whole = !before.ends_with(|letter: char| letter.is_ascii_alphabetic())
        && !behind.starts_with(|letter: char| letter.is_ascii_alphabetic());
    whole.then(|| format!("{before} {behind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_kind_with_anything_before_and_behind() {
        for (name, kind) in [
            ("firms", Some(Kind::Firms)),
            ("2026_firms_v2", Some(Kind::Firms)),
            ("openings-rejected", Some(Kind::Openings)),
            ("rankings_openings", Some(Kind::RankingsOpenings)),
            ("Rankings-Candidates（山口）", Some(Kind::RankingsCandidates)),
            ("candidates", Some(Kind::Candidates)),
            ("firms_and_openings", None),
            ("confirms", None),
            ("Sheet1", None),
        ] {
            assert_eq!(Kind::told_by_name(name), kind, "{name}");
        }
    }
}
