//! Reading the tables that are compiled into the program.

use serde::de::DeserializeOwned;

/// The rows of a comma-separated table that lies in `data/`, in file order.
///
/// The text is part of the program, so a row that cannot be read is a mistake of whoever edited the table;
/// the unit tests of each reader meet it first.
pub(super) fn rows<T: DeserializeOwned>(table: &'static str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("a table compiled into the program can be read")
}
