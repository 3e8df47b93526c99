//! What was found in a row while it was read.

use super::code::Code;

/// A problem found in a row before its line in the report is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The column whose cell caused it; none for the whole row.
    pub(super) column: Option<&'static str>,
    /// What the cell says, as it stands in the file.
    pub(super) value: Option<String>,
    /// Why.
    pub(super) code: Code,
}
