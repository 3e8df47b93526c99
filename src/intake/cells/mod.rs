//! Reading cells: one file a family of types. Each reader takes a cell already cleaned by [`clean`] and says what it
//! means, or by which code it cannot be read. Readers know no row, no column and no store.

pub(super) mod amount;
pub(super) mod choice;
pub(super) mod clean;
pub(super) mod contact;
pub(super) mod date;
pub(super) mod kanji;
pub(super) mod list;
pub(super) mod money;
pub(super) mod name;
pub(super) mod pay;
pub(super) mod place;
pub(super) mod plain;
pub(super) mod work;

use super::code::Code;

/// A value read from a cell, sure or with a warning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read<T> {
    /// What the cell says.
    pub(super) value: T,
    /// What had to be guessed on the way.
    pub(super) warning: Option<Code>,
}

impl<T> Read<T> {
    /// Read without loss.
    pub(super) fn sure(value: T) -> Reading<T> {
        Ok(Self { value, warning: None })
    }

    /// Read, but somebody should look.
    pub(super) fn but(value: T, warning: Code) -> Reading<T> {
        Ok(Self { value, warning: Some(warning) })
    }
}

/// What a reader answers: a value, or the code by which the cell is left unread.
pub(super) type Reading<T> = Result<Read<T>, Code>;

/// A sure value, or W-UNPARSED.
pub(super) fn or_unparsed<T>(value: Option<T>) -> Reading<T> {
    value.map_or(Err(Code::Unparsed), Read::sure)
}
