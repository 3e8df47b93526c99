use super::Sheet;
use crate::store::StoreError;
use crate::texts::Lang;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RankingError {
    /// There is no such round, list, version or receipt, or it is somebody else's.
    #[error("there is nothing here")]
    NotFound,
    /// Lists of this round cannot be made yet.
    #[error("lists are taken from {opens_at} on")]
    TooEarly {
        /// From when on.
        opens_at: i64,
    },
    /// Lists of this round cannot be made any more.
    #[error("lists were taken until {closes_at}")]
    Closed {
        /// Until when they could.
        closes_at: i64,
        /// When the asker's list was certified, if it was.
        certified_at: Option<i64>,
    },
    /// Another version was saved since.
    #[error("the list was changed elsewhere")]
    Changed(Box<Sheet>),
    /// Some share a rank in a round where each has a rank of its own.
    #[error("ties are not allowed in this round")]
    Ties,
    /// Somebody is on the list twice, or somebody is who cannot be ranked.
    #[error("the list names somebody twice, or somebody who cannot be ranked")]
    Stranger,
    /// Nobody is on the list that was to be certified.
    #[error("nobody is on the list")]
    Empty,
    /// The opening of the window does not lie before its end, or the end is past.
    #[error("the window is none")]
    NoWindow,
    /// The round was frozen already.
    #[error("the round was frozen")]
    Frozen,
    /// The couple cannot be linked as asked; the key of the text that says why.
    #[error("the couple cannot be linked: {0}")]
    Couple(&'static str),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RankingError {
    /// The refusal in the reader's language. Instants are said by the page, which knows how.
    pub fn say(&self, lang: Lang) -> String {
        lang.say(match self {
            Self::NotFound => "rankings-not-found",
            Self::TooEarly { .. } => "rankings-too-early",
            Self::Closed { certified_at: Some(_), .. } => "rankings-closed-certified",
            Self::Closed { certified_at: None, .. } => "rankings-closed-uncertified",
            Self::Changed(_) => "rankings-changed",
            Self::Ties => "rankings-no-ties",
            Self::Stranger => "rankings-stranger",
            Self::Empty => "rankings-empty",
            Self::NoWindow => "rankings-no-window",
            Self::Frozen => "rankings-frozen",
            Self::Couple(key) => key,
            Self::Store(_) => "rankings-broken",
        })
    }
}
