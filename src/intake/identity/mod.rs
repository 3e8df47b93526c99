//! Who is who: which record a row speaks of, in the store and in the rows already read (§6 of the convention).

pub(super) mod candidates;
pub(super) mod firms;
pub(super) mod openings;

use super::patch::Same;

/// A row that claims to be somebody it cannot be: the column to blame, and why.
pub(super) struct Conflict {
    column: &'static str,
    code: super::code::Code,
}

/// The records that are new or differ from what the store holds. Those of the store come first, in its order.
pub(super) fn changed<T: Clone + PartialEq>(records: &[T], stored: &[T]) -> Vec<T> {
    let differs = |(at, record): &(usize, &T)| stored.get(*at) != Some(*record);
    records.iter().enumerate().filter(differs).map(|(_, record)| record.clone()).collect()
}

/// A later edition's value for a fact that is always there; a mere difference of width or spaces is none.
fn replace<T: Same + Clone>(fact: &mut T, value: &T) {
    if !fact.same(value) {
        *fact = value.clone();
    }
}
