//! What the convention says of a column: its name, its other headers, whether it must be filled, and its type.

/// The types of §4 of the convention, as far as they matter before a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// id
    Id,
    /// firm name
    FirmName,
    /// person name
    PersonName,
    /// name beside an id
    NameBesideId,
    /// short text
    Short,
    /// long text
    Long,
    /// tags
    Tags,
    /// areas
    Areas,
    /// money, whose header may carry a unit
    Money,
    /// Everything else: numbers, dates, choices, contact
    Value,
}

impl Type {
    /// How many characters a cell may have; more is E-TOO-LONG. Lists have no limit of their own in the convention
    /// and get that of long texts.
    pub(super) fn limit(self) -> usize {
        match self {
            Self::Long | Self::Tags | Self::Areas => 5_000,
            _ => 200,
        }
    }

    /// Whether a spreadsheet could take what we store for a formula.
    pub(super) fn is_text(self) -> bool {
        matches!(
            self,
            Self::FirmName | Self::PersonName | Self::NameBesideId | Self::Short | Self::Long | Self::Tags
        )
    }
}

/// One column of a sheet.
#[derive(Debug)]
pub(super) struct Column {
    /// The name, by which reports speak of it.
    pub(super) name: &'static str,
    /// Headers accepted instead of the name.
    pub(super) aliases: &'static [&'static str],
    /// Whether a file without it is refused and an empty cell is E-REQUIRED.
    pub(super) required: bool,
    /// Its type.
    pub(super) of: Type,
}

impl Column {
    /// A column that must be filled.
    pub(super) const fn must(name: &'static str, of: Type, aliases: &'static [&'static str]) -> Self {
        Self { name, aliases, required: true, of }
    }

    /// A column that may be empty or absent.
    pub(super) const fn may(name: &'static str, of: Type, aliases: &'static [&'static str]) -> Self {
        Self { name, aliases, required: false, of }
    }

    /// Whether a `?` in it is a lost character.
    pub(super) fn is_name(&self) -> bool {
        ["企業名", "企業名カナ", "市区町村", "代表者名", "氏名", "ふりがな"].contains(&self.name)
    }
}
