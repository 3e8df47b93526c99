use crate::store::StoreError;
use crate::texts::Lang;

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// The key of the text that says what is wrong and what would be right.
    pub text: &'static str,
    /// What the text is about: a placeholder, a number.
    pub about: String,
}

impl Fault {
    /// What is wrong, in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        lang.say_with(self.text, &[("about", &self.about)])
    }
}

/// Why something at the desk was not done.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// Somebody else changed it meanwhile.
    #[error("somebody else changed it meanwhile")]
    Conflict,
    /// Fields that cannot be taken as they are.
    #[error("{} fields cannot be taken as they are", .0.len())]
    Faults(Vec<Fault>),
    /// A sheet cannot be written.
    #[error("the sheet cannot be written: {0}")]
    Sheet(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
