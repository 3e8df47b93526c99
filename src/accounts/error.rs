use crate::store::StoreError;
use crate::texts::Lang;

/// What is wrong with one field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// The key of the text that says what is wrong and what would be right.
    pub text: &'static str,
}

/// Why nobody was let in, or nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The log-in name or the password is wrong; which of them is never said.
    #[error("log-in name or password is wrong")]
    WrongLogin,
    /// Too many tries; the next one counts after this many seconds.
    #[error("too many tries; wait {seconds} s")]
    TooManyTries {
        /// How long to wait.
        seconds: u64,
    },
    /// Too many passwords are being checked at this moment.
    #[error("too many passwords are being checked")]
    Busy,
    /// The set-up code is wrong, too old, or was used.
    #[error("the set-up code does not open anything")]
    WrongCode,
    /// Fields that cannot be taken as they are.
    #[error("{} fields cannot be taken as they are", .0.len())]
    Faults(Vec<Fault>),
    /// The link is unknown or too old.
    #[error("the link is unknown or too old")]
    DeadLink,
    /// The link was opened before.
    #[error("the link was opened before")]
    UsedLink,
    /// Not one's to give, or to take away.
    #[error("this is not yours to decide")]
    NotYours,
    /// Neither a code of the app nor a recovery code, or used before; or an answer of a passkey that does not fit.
    #[error("the second proof is wrong")]
    WrongSecond,
    /// Begun too long ago.
    #[error("begun too long ago")]
    Lapsed,
    /// Browsers make no passkeys for the address under which this server is reached.
    #[error("no passkeys at this address")]
    NoPasskeys,
    /// Who works for the programme keeps at least one second proof.
    #[error("the last second proof of somebody whose work asks for one")]
    LastFactor,
    /// Nobody would be left who decides for the firm.
    #[error("nobody would be left who decides for the firm")]
    LastAdmin,
    /// A password hash or a passkey cannot be made or read.
    #[error("a password hash or a passkey cannot be made or read: {0}")]
    Hash(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AccountError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::WrongLogin => lang.say("accounts-wrong-login"),
            Self::TooManyTries { seconds } => {
                lang.say_with("accounts-too-many-tries", &[("minutes", &seconds.div_ceil(60))])
            }
            Self::Busy => lang.say("accounts-busy"),
            Self::WrongCode => lang.say("accounts-wrong-code"),
            Self::Faults(faults) => {
                faults.iter().map(|fault| lang.say(fault.text)).collect::<Vec<_>>().join("\n")
            }
            Self::DeadLink => lang.say("accounts-dead-link"),
            Self::UsedLink => lang.say("accounts-used-link"),
            Self::NotYours => lang.say("accounts-not-yours"),
            Self::WrongSecond => lang.say("accounts-wrong-second"),
            Self::Lapsed => lang.say("accounts-lapsed"),
            Self::NoPasskeys => lang.say("accounts-no-passkeys"),
            Self::LastFactor => lang.say("accounts-last-factor"),
            Self::LastAdmin => lang.say("accounts-last-admin"),
            Self::Hash(_) | Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}
