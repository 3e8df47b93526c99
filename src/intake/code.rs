//! The codes of the import convention, spelled once.

/// What a problem does to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not data; listed, not an error.
    Skip,
    /// Stored, but somebody should look.
    Warn,
    /// Not stored.
    Reject,
}

impl Level {
    /// The word of the JSON report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Warn => "warn",
            Self::Reject => "reject",
        }
    }
}

macro_rules! codes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// Why a row was rejected (`E-`), stored with a warning (`W-`) or skipped (`S-`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $(#[doc = concat!("`", $name, "`")] $variant),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as reports write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

codes! {
    Required = "E-REQUIRED", IdConflict = "E-ID-CONFLICT", CorpnoConflict = "E-CORPNO-CONFLICT", Pref = "E-PREF",
    Enum = "E-ENUM", Quota = "E-QUOTA", PayUnit = "E-PAY-UNIT", Mail = "E-MAIL", MailConflict = "E-MAIL-CONFLICT",
    UnknownFirm = "E-UNKNOWN-FIRM", UnknownOpening = "E-UNKNOWN-OPENING", UnknownCandidate = "E-UNKNOWN-CANDIDATE",
    Rank = "E-RANK", DupEntry = "E-DUP-ENTRY", CoupleSelf = "E-COUPLE-SELF", CoupleOverlap = "E-COUPLE-OVERLAP",
    CoupleConflict = "E-COUPLE-CONFLICT", TooLong = "E-TOO-LONG", Mojibake = "E-MOJIBAKE", Columns = "E-COLUMNS",
    CorpnoCheck = "W-CORPNO-CHECK", CorpnoFormat = "W-CORPNO-FORMAT", CorpnoMissing = "W-CORPNO-MISSING",
    DupFirm = "W-DUP-FIRM", DupOpening = "W-DUP-OPENING", DupCandidate = "W-DUP-CANDIDATE",
    DupInterest = "W-DUP-INTEREST", DupCouple = "W-DUP-COUPLE", IdAlias = "W-ID-ALIAS", IdChanged = "W-ID-CHANGED",
    DateSerial = "W-DATE-SERIAL", Unparsed = "W-UNPARSED", Range = "W-RANGE", Ambiguous = "W-AMBIGUOUS",
    UnitAssumed = "W-UNIT-ASSUMED", QuotaAssumed = "W-QUOTA-ASSUMED", FirmByName = "W-FIRM-BY-NAME",
    NameMismatch = "W-NAME-MISMATCH", MuniUnknown = "W-MUNI-UNKNOWN", Era = "W-ERA", Formula = "W-FORMULA",
    LostChar = "W-LOST-CHAR", ControlChar = "W-CONTROL-CHAR", AgeWord = "W-AGE-WORD", SexWord = "W-SEX-WORD",
    MinWage = "W-MINWAGE", LegalMissing = "W-LEGAL-MISSING", PayMissing = "W-PAY-MISSING", Unpaid = "W-UNPAID",
    ConsentMissing = "W-CONSENT-MISSING", Tie = "W-TIE", RankGap = "W-RANK-GAP", LeadingZero = "W-LEADING-ZERO",
    Title = "S-TITLE", Header = "S-HEADER", Total = "S-TOTAL", Blank = "S-BLANK", Note = "S-NOTE",
}

impl Code {
    /// What it does to its row.
    pub fn level(self) -> Level {
        match self.name().as_bytes() {
            [b'E', ..] => Level::Reject,
            [b'W', ..] => Level::Warn,
            _ => Level::Skip,
        }
    }
}
