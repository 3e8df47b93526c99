//! What can go wrong between us and the database, as narrow as a caller can act on.

/// A refusal or failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened or reached. Nothing was created or changed.
    #[error("the database at {at} cannot be opened: {cause}")]
    Unreachable {
        /// The file, or the server without user and password.
        at: String,
        /// The engine's word.
        cause: sqlx::Error,
    },
    /// The address of the server cannot be read.
    #[error("the database address cannot be read: {cause}")]
    BadUrl {
        /// The reader's word.
        cause: sqlx::Error,
    },
    /// The SQLite inside this program is too old to be trusted.
    #[error("SQLite {found} is older than {needed}")]
    OldEngine {
        /// What there is.
        found: String,
        /// What it takes.
        needed: &'static str,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Somebody else is writing and did not finish in time. Trying again helps.
    #[error("somebody else is writing")]
    Busy,
    /// A row holds something that cannot be read back.
    #[error("stored {what} {id} cannot be read: {cause}")]
    Damaged {
        /// The kind of record.
        what: &'static str,
        /// Its id.
        id: String,
        /// The reader's word.
        cause: String,
    },
    /// A statement failed.
    #[error("the database refused a statement: {0}")]
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_BUSY and its extended forms; PostgreSQL's lock_not_available and serialization failures.
        const BUSY: [&str; 6] = ["5", "517", "261", "55P03", "40001", "40P01"];
        let code = error.as_database_error().and_then(|cause| cause.code());
        match code {
            Some(code) if BUSY.contains(&code.as_ref()) => Self::Busy,
            _ => Self::Sql(error),
        }
    }
}

impl StoreError {
    /// A stored record that cannot be read back.
    pub(crate) fn damaged(what: &'static str, id: &str, cause: impl ToString) -> Self {
        Self::Damaged { what, id: id.to_owned(), cause: cause.to_string() }
    }
}
